/* A question as one locale's index understands it: weighted terms. */
#ifndef HDX_QUESTION_H
#define HDX_QUESTION_H

#include "store/engine.h"
#include "text/analyse.h"

/* Only so much of a query is searched; a message that is longer says in its
   first lines what it wants. In bytes. */
enum { HDX_QUESTION_BYTES = 4096 };

typedef struct hdx_question_term {
    hdx_str term;
    double weight; /* of its kind: what multiplies its score */
    double idf;    /* how rare it is here */
    bool stop;     /* a stop word: it ranks, and finds nothing by itself */
} hdx_question_term;

typedef struct hdx_question {
    hdx_question_term *terms; /* distinct, in order of appearance; one of the
                                 titles follows its word */
    size_t count;
    hdx_map numbers; /* term -> position in `terms` */
    double self;     /* sum of weight times idf: what could be found */
} hdx_question;

/*
 * Cuts a query with the locale's analyser. The terms live in the analyser's memory, the array in `arena`;
 * release the map with hdx_question_free().
 */
helpdex_status hdx_question_make(hdx_analyser *analyser,
                                 const hdx_engine *engine, hdx_str query,
                                 hdx_tokens *scratch, hdx_arena *arena,
                                 hdx_question *out, helpdex_error *err);
void hdx_question_free(hdx_question *question);

#endif
