/*
 * Asking an index its golden queries, as any program would: what came of each,
 * and the figures of all.
 */
#ifndef HDX_MEASURE_H
#define HDX_MEASURE_H

#include <helpdex/search.h>

#include <stdio.h>

#include "eval/golden.h"
#include "eval/metrics.h"

/* Hits that are asked for: a rank behind the tenth scores nothing, but tells a
   writer how far an article has sunk. */
enum { HDX_DEPTH = 100 };

/* How a word of the query was found in the article. */
typedef struct hdx_word_tier {
    const char *word;
    const char *tier; /* NULL: not found */
} hdx_word_tier;

/* What came of a golden query. */
typedef struct hdx_outcome {
    const hdx_golden *golden;
    const hdx_right *right; /* the one that came best; of none, the first */
    unsigned rank;          /* of `right`; 0: not among HDX_DEPTH hits */
    const char *instead;    /* its section that was found, when rank is 0 for
                               that alone; else NULL */
    const char *first;      /* the article of the first hit; NULL: none */
    bool matched; /* the query is its title or one of its questions, word for
                     word */
    bool gone;    /* no locale of the index has any of the right articles */
    const hdx_word_tier *words; /* of `right` */
    size_t word_count;
} hdx_outcome;

typedef struct hdx_measurement {
    const char *locale;    /* canonical */
    hdx_outcome *outcomes; /* in the order of the set */
    size_t count;
    hdx_figure figures[HDX_METRICS];
} hdx_measurement;

/*
 * Asks every query of `set`. With `explain`, outcomes have words. The hits go
 * to `run` as TREC lines; NULL: nowhere. In `arena`; `set` is borrowed. Errors:
 * those of helpdex_search(); BAD_INPUT when the set's file is named after no
 * locale.
 */
helpdex_status hdx_measure(helpdex_searcher *searcher,
                           const hdx_golden_set *set, bool explain, FILE *run,
                           hdx_arena *arena, hdx_measurement *out,
                           helpdex_error *err);

/* The canonical tag of a locale. In `arena`. Errors: INVALID. */
helpdex_status hdx_canonical_locale(helpdex_searcher *searcher, const char *tag,
                                    hdx_arena *arena, const char **out,
                                    helpdex_error *err);

#endif
