/*
 * What a text has that looks like something: a number of a transaction, of a
 * case. Patterns are ICU's regular expressions, written by the editors of a
 * knowledge base; matching is bounded in time and memory, whatever the text.
 */
#ifndef HDX_SHAPE_H
#define HDX_SHAPE_H

#include "base/error.h"

/* Whether a pattern can be used. Errors: BAD_INPUT, with what is wrong and
   where in the pattern as its column. */
helpdex_status hdx_shape_check(hdx_str pattern, helpdex_error *err);

/*
 * The first part of a text that matches; `ptr` is NULL when none does, or none
 * is found in time. Errors: NOMEM, BAD_INPUT (not a pattern).
 */
helpdex_status hdx_shape_find(hdx_str pattern, hdx_str text, hdx_str *out,
                              helpdex_error *err);

#endif
