/*
 * One document for each intent: all words of its examples. Postings hold what
 * BM25 gives for a word in it, so that a search only adds.
 */
#include <stdlib.h>

#include "base/log.h"
#include "intent/learning.h"

/* Of BM25, the usual ones. */
static const double SATURATION = 1.2, LENGTH = 0.75;

/* A word of an intent, and how often. */
typedef struct term {
    uint32_t feature, intent, times;
} term;

typedef struct term_list {
    term *items;
    size_t count;
    double *lengths; /* of the documents, in words */
} term_list;

static int by_term(const void *a, const void *b)
{
    const term *x = a, *y = b;
    if (x->feature != y->feature)
        return x->feature < y->feature ? -1 : 1;
    return (x->intent > y->intent) - (x->intent < y->intent);
}

/* Lists the words of every intent, each once. */
static void list_terms(const hdx_learning *l, term_list *out)
{
    const hdx_corpus *c = l->corpus;
    size_t made = 0;
    for (size_t i = 0; i < c->in_scope; i++) {
        const hdx_corpus_item *item = &c->items[i];
        if (hdx_learning_skips(l, item))
            continue;
        for (uint32_t f = 0; f < item->words; f++) {
            const hdx_feature *from = &c->features[item->begin + f];
            out->items[made++] =
                (term){hdx_intent_feature_at(&l->model, from->slot),
                       item->intent, from->times};
            out->lengths[item->intent] += from->times;
        }
    }
    qsort(out->items, made, sizeof *out->items, by_term);
    for (size_t i = 0; i < made; i++) {
        term *last = out->count ? &out->items[out->count - 1] : NULL;
        if (last && by_term(last, &out->items[i]) == 0)
            last->times += out->items[i].times;
        else
            out->items[out->count++] = out->items[i];
    }
}

static double idf(double intents, double with)
{
    return hdx_log(1 + (intents - with + 0.5) / (with + 0.5));
}

/* The postings of one feature, which are the terms [begin, end). */
static void fill_feature(hdx_learning *l, const term_list *terms, size_t begin,
                         size_t end, double mean_length)
{
    double worth = idf(l->header.intents, (double)(end - begin));
    l->features[terms->items[begin].feature].worth = (float)worth;
    for (size_t i = begin; i < end; i++) {
        const term *t = &terms->items[i];
        double relative = terms->lengths[t->intent] / mean_length;
        double norm = SATURATION * (1 - LENGTH + LENGTH * relative);
        double score = worth * t->times * (SATURATION + 1) / (t->times + norm);
        l->postings[i] = (hdx_intent_posting){(float)score, t->intent};
    }
}

static void fill_postings(hdx_learning *l, const term_list *terms)
{
    double total = 0;
    uint32_t intents = l->header.intents, next = 0;
    for (uint32_t i = 0; i < intents; i++)
        total += terms->lengths[i];
    for (size_t i = 0, end; i < terms->count; i = end) {
        uint32_t feature = terms->items[i].feature;
        for (end = i; end < terms->count; end++)
            if (terms->items[end].feature != feature)
                break;
        while (next <= feature)
            l->features[next++].posting = (uint32_t)i;
        fill_feature(l, terms, i, end, total / intents);
    }
    while (next <= l->header.features)
        l->features[next++].posting = (uint32_t)terms->count;
    l->header.postings = (uint32_t)terms->count;
    l->header.strange = idf(intents, 0);
}

bool hdx_documents_make(hdx_learning *learning)
{
    hdx_learning *l = learning;
    term_list terms = {
        .items = hdx_learning_alloc(l->corpus->feature_count, sizeof(term)),
        .lengths = hdx_learning_alloc(l->header.intents, sizeof(double))};
    bool made = terms.items && terms.lengths;
    if (made) {
        list_terms(l, &terms);
        l->postings = hdx_learning_alloc(terms.count, sizeof *l->postings);
        made = l->postings != NULL;
    }
    if (made) {
        fill_postings(l, &terms);
        l->model.postings = l->postings;
    }
    free(terms.items);
    free(terms.lengths);
    return made;
}
