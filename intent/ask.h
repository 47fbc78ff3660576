/*
 * Asking a model: which intents a message is nearest to, how sure that is, and
 * what to do about it.
 */
#ifndef HDX_INTENT_ASK_H
#define HDX_INTENT_ASK_H

#include "intent/vector.h"

typedef struct hdx_intent_rank {
    uint32_t intent;
    double score;
} hdx_intent_rank;

enum { HDX_INTENT_RANKS = 8 };

typedef struct hdx_intent_answer {
    hdx_intent_rank ranks[HDX_INTENT_RANKS]; /* best first */
    size_t count;
    double margin; /* of the best over the next */
    double scope;  /* 0 is the mean of messages in scope */
    double energy; /* the first half of it, as it was measured */
    double cover;  /* the second */
    hdx_judgement judgement;
} hdx_intent_answer;

/* How much a message looks like those in scope, from two halves: the energy of
   its rows, and how far the words of the best intent cover it. */
double hdx_intent_scope(const hdx_spread *energies, const hdx_spread *covers,
                        double energy, double cover);

/* Scratch of a caller; a zeroed one is empty. Used again without allocating. */
typedef struct hdx_intent_scratch {
    hdx_tokens tokens;
    hdx_bag bag;
    hdx_weight *weights;
    size_t weight_capacity;
    float *scores; /* of the rows, and behind them of the postings */
    size_t score_capacity;
} hdx_intent_scratch;

void hdx_intent_scratch_free(hdx_intent_scratch *scratch);

/* The bag of a text, as scratch->bag. Errors: STORE (ICU failed). */
helpdex_status hdx_intent_read(hdx_analyser *analyser, hdx_str text,
                               hdx_intent_scratch *scratch, helpdex_error *err);

/* Asks with a bag that was read before. */
helpdex_status hdx_intent_ask_bag(const hdx_intent_model *model,
                                  const hdx_bag *bag,
                                  hdx_intent_scratch *scratch,
                                  hdx_intent_answer *out, helpdex_error *err);

/*
 * Asks with a text of valid UTF-8; `analyser` has the stamp that the model was
 * opened with. Errors: STORE (ICU failed).
 */
helpdex_status hdx_intent_ask(const hdx_intent_model *model,
                              hdx_analyser *analyser, hdx_str text,
                              hdx_intent_scratch *scratch,
                              hdx_intent_answer *out, helpdex_error *err);

#endif
