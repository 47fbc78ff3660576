/* What a build has written of each locale, to hold rules and paths against. */
#ifndef HDX_INDEXED_H
#define HDX_INDEXED_H

#include "indexer/findings.h"
#include "store/forward.h"
#include "text/locale.h"

/* Zeroed, it has nothing. */
typedef struct hdx_indexed {
    hdx_arena arena;
    size_t count;        /* of locales, those in the report */
    hdx_locale *locales; /* of which articles were indexed */
    hdx_forwards *forwards;
} hdx_indexed;

/* Opens what lies below `draft`. Close it even if it fails. Errors: DAMAGED. */
helpdex_status hdx_indexed_open(const char *draft, const helpdex_report *report,
                                hdx_indexed *out, helpdex_error *err);
void hdx_indexed_close(hdx_indexed *indexed);

bool hdx_indexed_has(const hdx_indexed *indexed, hdx_str id);

/* The id of an article that is written nearly like `id`; empty: none is. */
hdx_str hdx_indexed_nearest(const hdx_indexed *indexed, hdx_str id);

#endif
