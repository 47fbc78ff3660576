/*
 * One locale of a build: its articles are indexed into a shard, or its files
 * are found to be what the live generation has. Editions of one build may be
 * worked on by several threads, one each.
 */
#ifndef HDX_EDITION_H
#define HDX_EDITION_H

#include "indexer/change.h"
#include "indexer/filebook.h"
#include "indexer/fingerprint.h"
#include "indexer/sources.h"

/* What all editions of a build share, and nobody changes meanwhile. */
typedef struct hdx_edition_common {
    const hdx_layout *layout;
    hdx_catalog *catalog;
    const hdx_generation *live; /* NULL: nothing can be taken over */
    hdx_sources *originals;     /* the default locale's articles */
    hdx_str shared;             /* hdx_fingerprint_shared() */
    const char *draft;          /* folder to index into */
    void (*step)(void *context, const char *stage); /* an article is done */
    void *context;
} hdx_edition_common;

typedef struct hdx_edition {
    const hdx_edition_common *common;
    const hdx_layout_locale *from;
    bool original; /* of the default locale */
    hdx_arena arena;
    hdx_arena article;      /* of the one at work */
    helpdex_report *report; /* findings about its files, and nothing else */
    size_t first_finding;   /* where the build's report has them */
    const hdx_manifest_locale
        *was; /* in the live generation; NULL: not there */
    bool
        unchanged; /* its articles, its pack: the fingerprint is that of `was` */
    bool reused;   /* its files are those of `was` */
    bool partial;  /* they stay, and a delta is made beside them */
    bool taught;   /* but for the intents, which were trained anew */
    bool refused;  /* a fault in an article stops the publishing */
    helpdex_error first;
    helpdex_locale_stats stats;
    hdx_digest fingerprint;
    hdx_digest setting; /* see hdx_manifest_locale */
    uint64_t copies;
    hdx_look *looks; /* of each file; NULL: nothing was compared */
    hdx_change change;
    hdx_buf name;               /* of a file in the filebook; scratch */
    hdx_filebook *filebook;     /* of the live generation; NULL: none */
    hdx_filebook_draft reading; /* what was read for this build */
} hdx_edition;

/* Errors: NOMEM. Release it whatever this returns. */
helpdex_status hdx_edition_init(hdx_edition *edition,
                                const hdx_edition_common *common,
                                const hdx_layout_locale *from,
                                helpdex_error *err);
void hdx_edition_free(hdx_edition *edition);

/* Finds out whether it is unchanged; what cannot be read is not. */
void hdx_edition_compare(hdx_edition *edition);

/* Takes the figures and findings from the live generation. The originals are
   those that it has. */
helpdex_status hdx_edition_reuse(hdx_edition *edition, helpdex_error *err);

/*
 * Indexes it. `after` is called when all articles were added and the files are
 * not written yet; NULL: by nobody.
 */
helpdex_status hdx_edition_index(hdx_edition *edition,
                                 void (*after)(void *context), void *context,
                                 helpdex_error *err);

#endif
