/*
 * What a request brings as JSON. It is an object whose texts are sound UTF-8
 * without NUL; members that nobody asks for are let be, as parameters are.
 */
#ifndef HDX_SERVER_BODY_H
#define HDX_SERVER_BODY_H

#include <cjson/cJSON.h>

#include "server/exchange.h"

/* The body, to be released with cJSON_Delete(); NULL: it is no such object, and
   was refused. */
cJSON *hdx_body_open(hdx_exchange *x);

/* Whether some JSON has the escape of NUL, at which the parser would cut a
   text. */
bool hdx_body_has_nul(hdx_str json);

/*
 * A member of `body`, borrowed; what is null is absent, and leaves `*out` as it
 * is. False: it is of another type or longer than `most` bytes, and was
 * refused.
 */
bool hdx_sent_text(hdx_exchange *x, const cJSON *body, const char *name,
                   size_t most, const char **out);
bool hdx_sent_number(hdx_exchange *x, const cJSON *body, const char *name,
                     int least, int most, int *out);

#endif
