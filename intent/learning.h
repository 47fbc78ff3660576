/*
 * A model in the making, shared by the files that make its parts: learn.c the
 * features and samples, documents.c the postings, rows.c the rows of weights.
 */
#ifndef HDX_LEARNING_H
#define HDX_LEARNING_H

#include "intent/corpus.h"
#include "intent/descent.h"

typedef struct hdx_learning {
    const hdx_corpus *corpus;
    uint32_t fold; /* that is held out; HDX_FOLDS: none */
    hdx_intent_header header;
    hdx_intent_model model; /* of what there is so far */
    uint32_t *starts;
    hdx_intent_feature *features;
    hdx_intent_posting *postings;
    hdx_intent_name *names;
    hdx_buf rows, ids;
    hdx_weight *weights; /* of all samples */
    size_t weight_count;
    hdx_sample *samples; /* in the order of intents */
    size_t sample_count;
    uint32_t *firsts; /* of each intent, its first sample; and the end */
} hdx_learning;

/* Whether an item is not to be learned from. */
static inline bool hdx_learning_skips(const hdx_learning *l,
                                      const hdx_corpus_item *item)
{
    return item->fold == l->fold && l->fold != HDX_FOLDS;
}

/* Each returns false when memory is out. Postings come before rows. */
bool hdx_documents_make(hdx_learning *learning);
bool hdx_rows_make(hdx_learning *learning);

/* Zeroed, and never NULL for want of elements. */
void *hdx_learning_alloc(size_t count, size_t size);

#endif
