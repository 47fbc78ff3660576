/*
 * Tables of exports, a record a row: CSV by libcsv (a tab or semicolon as
 * separator is told by the first line) and JSON Lines. Who reads them says
 * which names of columns mean what.
 */
#ifndef HDX_RECORDS_H
#define HDX_RECORDS_H

#include "importer/intake.h"

enum { HDX_COLUMN_LIMIT = 16 };

typedef struct hdx_column {
    const char *name; /* in any case */
    unsigned at;      /* of its text in a row */
} hdx_column;

typedef struct hdx_records {
    const hdx_column *names;
    size_t name_count;
    bool all; /* columns that are none of these are said to be left out */

    /* What is wrong with a first line that has these columns; NULL: nothing. */
    const char *(*check)(const bool has[HDX_COLUMN_LIMIT]);

    /* Takes a row, whose texts are in the arena. Errors: NOMEM. */
    helpdex_status (*take)(void *context, hdx_place place,
                           const hdx_str row[HDX_COLUMN_LIMIT],
                           helpdex_error *err);
    void *context;
} hdx_records;

/* The text is valid UTF-8. Errors: NOMEM; others are findings. */
helpdex_status hdx_records_csv(hdx_intake *in, const hdx_records *records,
                               const char *file, hdx_str text,
                               helpdex_error *err);
helpdex_status hdx_records_jsonl(hdx_intake *in, const hdx_records *records,
                                 const char *file, hdx_str text,
                                 helpdex_error *err);

#endif
