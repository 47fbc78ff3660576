/*
 * The terms of one section with their weights, counted. A vocabulary of the
 * whole locale gives each term a number, so that counting is an array look-up.
 */
#ifndef HDX_POSTINGS_H
#define HDX_POSTINGS_H

#include "store/engine.h"
#include "text/analyse.h"

typedef struct hdx_postings hdx_postings;

helpdex_status hdx_postings_new(hdx_postings **out, helpdex_error *err);
void hdx_postings_free(hdx_postings *postings);

/* Forgets what was counted, the base included; the vocabulary stays. */
void hdx_postings_clear(hdx_postings *postings);

/* Counts each token `weight` times. */
helpdex_status hdx_postings_add(hdx_postings *postings,
                                const hdx_tokens *tokens, uint32_t weight,
                                helpdex_error *err);

/* Makes what is counted now the base that hdx_postings_restart() goes to. */
helpdex_status hdx_postings_keep(hdx_postings *postings, helpdex_error *err);
void hdx_postings_restart(hdx_postings *postings);

/* The terms counted, borrowed until the next call. */
helpdex_status hdx_postings_list(hdx_postings *postings,
                                 const hdx_posting **out, size_t *count,
                                 helpdex_error *err);

/* Distinct terms seen so far. */
size_t hdx_postings_vocabulary(const hdx_postings *postings);

#endif
