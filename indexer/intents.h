/* The intent classifier of a locale: articles as intents. */
#ifndef HDX_INTENTS_H
#define HDX_INTENTS_H

#include "base/error.h"
#include "store/forward.h"
#include "text/pack.h"

/*
 * Trains on the titles and questions of the articles in the folder of a
 * finished locale, and writes the classifier beside them. None is written when
 * fewer than two articles are there, or none has questions. Errors: STORE (ICU
 * failed), BAD_INPUT (too many articles), IO.
 */
helpdex_status hdx_intents_build(const char *dir, const hdx_pack *pack,
                                 helpdex_error *err);

/* Articles of a forward file: those of which `stays` has a bit, or with NULL
   those that are not gone. */
typedef struct hdx_intent_source {
    const hdx_forward *forward; /* NULL: none */
    const unsigned char *stays;
} hdx_intent_source;

/* A number that is another if their ids, titles or questions are others; of
   several files the sum. */
uint64_t hdx_intents_sum(hdx_intent_source from);

/* Likewise to the file `path`, of the articles of two files. `*written`: there
   is something to train on. */
helpdex_status hdx_intents_train(const hdx_intent_source from[2],
                                 const hdx_pack *pack, const char *path,
                                 bool *written, helpdex_error *err);

#endif
