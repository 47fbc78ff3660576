/* Opening all catalogs of an index. */
#include "eval/shelves.h"

#include <stdlib.h>

#include "base/error.h"

helpdex_status hdx_shelves_open(const helpdex_searcher *searcher,
                                hdx_shelves *out, helpdex_error *err)
{
    size_t count = helpdex_searcher_locale_count(searcher);
    helpdex_status status = HELPDEX_OK;
    *out = (hdx_shelves){.items = calloc(count + 1, sizeof(helpdex_catalog *))};
    if (!out->items)
        return hdx_fail_nomem(err);
    while (out->count < count && !status) {
        const char *locale = helpdex_searcher_locale(searcher, out->count);
        status = helpdex_catalog_open(searcher, locale,
                                      &out->items[out->count++], err);
    }
    return status;
}

void hdx_shelves_free(hdx_shelves *shelves)
{
    for (size_t i = 0; i < shelves->count; i++)
        helpdex_catalog_free(shelves->items[i]);
    free(shelves->items);
}

const helpdex_article *hdx_shelves_find(const hdx_shelves *shelves,
                                        const char *id)
{
    const helpdex_article *found = NULL;
    for (size_t i = 0; i < shelves->count && !found; i++)
        found = helpdex_catalog_find(shelves->items[i], id);
    return found;
}
