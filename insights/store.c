/* Which store a name means. */
#include <string.h>

#include "base/error.h"
#include "insights/store.h"

helpdex_status hdx_store_open(const char *where, hdx_store **out,
                              helpdex_error *err)
{
    hdx_str name = hdx_str_of(where);
    *out = NULL;
    if (!name.len)
        return hdx_fail(err, HELPDEX_INVALID,
                        "an empty name of a journal; name a file, or "
                        "postgresql://user@host/database");
    if (hdx_str_starts(name, HDX_STR("postgresql://")) ||
        hdx_str_starts(name, HDX_STR("postgres://")))
        return hdx_store_open_postgres(where, out, err);
    if (strstr(where, "://"))
        return hdx_fail(err, HELPDEX_INVALID,
                        "a journal is no such URL; name a file, or "
                        "postgresql://user@host/database");
    return hdx_store_open_sqlite(where, out, err);
}
