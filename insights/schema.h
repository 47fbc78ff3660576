/*
 * The tables of the store, as steps from one version to the next that both
 * SQLite and PostgreSQL understand once the words in braces are replaced.
 */
#ifndef HDX_SCHEMA_SQL_H
#define HDX_SCHEMA_SQL_H

#include "base/error.h"

enum { HDX_EVENTS_VERSION = 2 };

/* What the words in braces are in a dialect. */
typedef struct hdx_dialect {
    const char *integer; /* of 64 bits */
    const char *real;
    const char *table_end; /* behind the columns of a table */
} hdx_dialect;

/* The statements that lead from `version` (0: nothing is there) to the newest;
   `*out` is to be released with hdx_buf_free(). Errors: NOMEM. */
helpdex_status hdx_schema_steps(int version, const hdx_dialect *dialect,
                                hdx_buf *out, helpdex_error *err);

/* Refuses a version that this program does not know; `where` names the store. */
helpdex_status hdx_schema_check(int version, const char *where,
                                helpdex_error *err);

#endif
