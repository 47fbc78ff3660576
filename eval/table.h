/*
 * Files of lines that people write: UTF-8, a row a line, blank lines and a byte
 * order mark stepped over. Faults are named by line and column.
 */
#ifndef HDX_TABLE_H
#define HDX_TABLE_H

#include "base/arena.h"
#include "base/error.h"

typedef struct hdx_table {
    const char *file;
    hdx_str rest;
    hdx_str row;
    unsigned line; /* of `row`, from 1 */
} hdx_table;

/* Reads a whole file; its text is in `arena`, and `path` is borrowed. Errors:
   NOT_FOUND, IO, BAD_INPUT (not UTF-8, a NUL, more than 64 MiB). */
helpdex_status hdx_table_open(hdx_arena *arena, const char *path,
                              hdx_table *out, helpdex_error *err);

/* Goes to the next row that is not blank; false behind the last. */
bool hdx_table_next(hdx_table *table);

/* How many lines are left, blank ones included. */
size_t hdx_table_lines_left(const hdx_table *table);

/* Blames the place `at`, which is inside the row. Returns BAD_INPUT. */
helpdex_status hdx_table_fault(const hdx_table *table, const char *at,
                               const char *message, helpdex_error *err);

#endif
