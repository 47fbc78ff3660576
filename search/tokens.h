/* How many tokens a language model makes of a text, when nobody counts them. */
#ifndef HDX_TOKENS_H
#define HDX_TOKENS_H

#include <helpdex/search.h>

#include "base/str.h"

/*
 * An upper estimate from the scripts of the text alone; a helpdex_token_count.
 * O(bytes). `context` is ignored.
 */
size_t hdx_tokens_estimate(void *context, const char *text, size_t size);

/* By the request's counter, else by the estimate. */
size_t hdx_tokens_count(const helpdex_request *request, hdx_str text);

#endif
