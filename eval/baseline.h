/*
 * What was found before, in a small file that is kept beside the golden
 * queries: sorted, a query a line, so that a change of it can be read.
 */
#ifndef HDX_BASELINE_H
#define HDX_BASELINE_H

#include "eval/measure.h"

/* A golden query as it was when the baseline was saved. */
typedef struct hdx_kept {
    const char *query;
    const char *article; /* with #section, if the golden query had one */
    unsigned rank;       /* 0: not found */
    bool matched;
    const hdx_word_tier *words; /* in a file, only those that were found */
    size_t word_count;
} hdx_kept;

typedef struct hdx_kept_locale {
    const char *locale;
    double means[HDX_METRICS];
    hdx_kept *items; /* in bytewise order of queries */
    size_t count;
} hdx_kept_locale;

typedef struct hdx_baseline {
    hdx_kept_locale *locales; /* in bytewise order */
    size_t count;
} hdx_baseline;

/* In `arena`. Errors: NOT_FOUND, IO, BAD_INPUT. */
helpdex_status hdx_baseline_read(hdx_arena *arena, const char *path,
                                 hdx_baseline *out, helpdex_error *err);

/* Puts a measurement in the place of what the baseline had of its locale. */
helpdex_status hdx_baseline_put(hdx_arena *arena, hdx_baseline *baseline,
                                const hdx_measurement *from,
                                helpdex_error *err);

/* Replaces the file at one instant. Errors: IO. */
helpdex_status hdx_baseline_write(const hdx_baseline *baseline,
                                  const char *path, helpdex_error *err);

/* NULL when the baseline does not have it. */
const hdx_kept_locale *hdx_baseline_locale(const hdx_baseline *baseline,
                                           const char *locale);
const hdx_kept *hdx_baseline_query(const hdx_kept_locale *locale,
                                   const char *query);

#endif
