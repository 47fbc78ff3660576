/*
 * When files were last committed, as git tells it. Two runs of git for a whole
 * folder, however many files it has; nothing is written, no shell is used.
 */
#ifndef HDX_HISTORY_H
#define HDX_HISTORY_H

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"

/* Of what is being changed and not committed yet. */
#define HDX_UNCOMMITTED ((uint64_t)INT64_MAX)

typedef struct hdx_history {
    hdx_arena arena;
    hdx_map by_path;  /* below the folder -> seconds since 1970 */
    const char *lack; /* why there are no dates; NULL: there are */
} hdx_history;

/*
 * Asks for all files of `dir`. A folder without a history (no git, no work
 * tree, a shallow clone) is no error: `lack` says why. To be released after a
 * failure, too. Errors: NOMEM.
 */
helpdex_status hdx_history_read(const char *dir, hdx_history *out,
                                helpdex_error *err);
void hdx_history_free(hdx_history *history);

/* Seconds since 1970; HDX_UNCOMMITTED for what git does not know. */
uint64_t hdx_history_of(const hdx_history *history, hdx_str path);

#endif
