/* The catalogs of all locales of an index. */
#ifndef HDX_SHELVES_H
#define HDX_SHELVES_H

#include <helpdex/catalog.h>

/* A zeroed one is empty. */
typedef struct hdx_shelves {
    helpdex_catalog **items; /* in the order of helpdex_searcher_locale() */
    size_t count;
} hdx_shelves;

/* `out` is to be released in any case. Errors: NOMEM, STORE. */
helpdex_status hdx_shelves_open(const helpdex_searcher *searcher,
                                hdx_shelves *out, helpdex_error *err);
void hdx_shelves_free(hdx_shelves *shelves);

/* The article in any locale that has it; NULL: none has. */
const helpdex_article *hdx_shelves_find(const hdx_shelves *shelves,
                                        const char *id);

#endif
