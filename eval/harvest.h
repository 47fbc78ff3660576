/*
 * What customers wrote becomes golden queries in the files of a knowledge
 * base. Nothing is written that has not been redacted, nothing of a text with
 * a seed phrase, and no row that is there already.
 */
#ifndef HDX_HARVEST_H
#define HDX_HARVEST_H

#include "base/map.h"
#include "eval/golden.h"
#include "eval/measure.h"

/* A file that rows are added to. */
typedef struct hdx_harvest_file {
    const char *locale; /* canonical */
    const char *path;
    hdx_buf rows;
    size_t added;
} hdx_harvest_file;

typedef struct hdx_harvest {
    hdx_arena arena;
    const char *dir;
    hdx_map seen; /* "locale TAB query TAB article" */
    hdx_harvest_file *files;
    size_t count, capacity;
} hdx_harvest;

typedef enum hdx_harvested {
    HDX_HARVEST_ADDED,
    HDX_HARVEST_KNOWN,       /* such a row is there */
    HDX_HARVEST_SEED_PHRASE, /* which the text has */
    HDX_HARVEST_NO_QUERY     /* nothing is left that could be asked */
} hdx_harvested;

/*
 * Reads the golden queries in `dir`, which need not be there. Both arguments
 * are borrowed; `out` is to be released in any case. Errors: those of
 * hdx_golden_read_all() but NOT_FOUND; BAD_INPUT (a file is not named after a
 * locale).
 */
helpdex_status hdx_harvest_open(helpdex_searcher *searcher, const char *dir,
                                hdx_harvest *out, helpdex_error *err);
void hdx_harvest_free(hdx_harvest *harvest);

/* Makes a row of a text of valid UTF-8 and an article; of a long text the
   beginning. `locale` is canonical. Errors: NOMEM, STORE. */
helpdex_status hdx_harvest_add(hdx_harvest *harvest, const char *locale,
                               hdx_str text, const char *article,
                               hdx_harvested *outcome, helpdex_error *err);

/* Writes the files that have new rows, each at one instant. Errors: IO. */
helpdex_status hdx_harvest_write(hdx_harvest *harvest, helpdex_error *err);

#endif
