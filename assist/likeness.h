/*
 * How much of a message a text says: which question of an article names it
 * best, and at which sentence an answer begins.
 */
#ifndef HDX_LIKENESS_H
#define HDX_LIKENESS_H

#include "text/analyse.h"

/* A message that texts are held against. Zeroed, it has no words. */
typedef struct hdx_likeness {
    hdx_analyser *analyser;
    hdx_tokens said;
    hdx_tokens other; /* scratch */
} hdx_likeness;

/* Cuts the message by the analyser of the texts, which is not to be trimmed in
   between. Close it even if it fails. Errors: NOMEM, STORE. */
helpdex_status hdx_likeness_open(hdx_analyser *analyser, hdx_str message,
                                 hdx_likeness *out, helpdex_error *err);
void hdx_likeness_close(hdx_likeness *likeness);

/* The share of the message's words that a text has, from 0 to less than 1: more
   words that are all there count for more. Stop words do not count. */
helpdex_status hdx_likeness_to(hdx_likeness *likeness, hdx_str text,
                               double *out, helpdex_error *err);

#endif
