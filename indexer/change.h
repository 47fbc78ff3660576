/*
 * What of a locale has changed since the files of the live generation were
 * written: while it is little, those files stay, and only what is new is
 * indexed, into a delta beside them. A delta is always made whole, of all that
 * differs from the files it stands beside, so that they never pile up.
 */
#ifndef HDX_CHANGE_H
#define HDX_CHANGE_H

#include "indexer/filebook.h"
#include "indexer/layout.h"
#include "indexer/sources.h"

/* A file as it was looked at for this build. */
typedef struct hdx_look {
    hdx_file_stamp stamp;
    int64_t looked; /* when, as the stamp has it */
    hdx_digest digest;
    bool same;     /* its bytes are those of the live generation */
    bool stays;    /* so does its article in the live generation's files */
    uint32_t note; /* 1 + the first of its notes there; 0: it has none */
} hdx_look;

typedef struct hdx_change {
    hdx_arena arena;
    const hdx_forwards *was;
    uint32_t *gone; /* articles of the files that stay, in order */
    size_t gone_count;
    unsigned char *stays; /* a bit for each article of these files */
    uint64_t articles;    /* that stay */
    uint64_t sections;
} hdx_change;

/*
 * Whether little enough has changed; then `looks`, one for each file of `from`,
 * say what stays. `original`: the locale is the one that others are translated
 * from. False when memory is out, too: all can be indexed anew.
 */
bool hdx_change_find(const hdx_manifest *live, const hdx_layout_locale *from,
                     bool original, hdx_sources *sources, hdx_look *looks,
                     hdx_change *out);
void hdx_change_free(hdx_change *change);

/* The file of the article that has this id and stays; NULL: none has. */
const char *hdx_change_path_of(const hdx_change *change, hdx_str id);

/* Says of the articles that may be other than they were that they are touched;
   false: no memory. */
bool hdx_change_touch(const hdx_change *change, hdx_sources *sources);

#endif
