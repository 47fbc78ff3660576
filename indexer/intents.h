/* The intent classifier of a locale: articles as intents. */
#ifndef HDX_INTENTS_H
#define HDX_INTENTS_H

#include "base/error.h"
#include "text/pack.h"

/*
 * Trains on the titles and questions of the articles in the folder of a
 * finished locale, and writes the classifier beside them. None is written when
 * fewer than two articles are there, or none has questions. Errors: STORE (ICU
 * failed), BAD_INPUT (too many articles), IO.
 */
helpdex_status hdx_intents_build(const char *dir, const hdx_pack *pack,
                                 helpdex_error *err);

#endif
