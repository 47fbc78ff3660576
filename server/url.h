/* Paths and queries as they come, percent-encoded. */
#ifndef HDX_SERVER_URL_H
#define HDX_SERVER_URL_H

#include "base/arena.h"

typedef enum hdx_url_fault {
    HDX_URL_SOUND,
    HDX_URL_ESCAPE, /* a % without two digits */
    HDX_URL_TEXT,   /* not UTF-8, or a NUL character */
    HDX_URL_NOMEM
} hdx_url_fault;

/* Decodes a part; a plus is a space in a query alone. `*out` is in `arena` and
   terminated. */
hdx_url_fault hdx_url_decode(hdx_arena *arena, hdx_str part, bool query,
                             hdx_str *out);

/* Cuts the next `name=value` off a query. False when nothing is left. */
bool hdx_url_pair(hdx_str *query, hdx_str *name, hdx_str *value);

#endif
