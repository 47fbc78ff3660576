/*
 * The steps: count in how many examples each feature stands; make vectors; list
 * the words of each intent; learn rows of weights; write it all down.
 */
#include "intent/learn.h"

#include <math.h>
#include <stdlib.h>

#include "base/log.h"
#include "intent/learning.h"

/* How much the search is worth beside the rows, by the mean number of examples
   of an intent: banking77 with 10 of each 75.0 to 76.3 %, with all 90.1 to
   90.6. */
static const double FEW = 31, WEIGHT_OF_FEW = 1, WEIGHT = 0.3;

void *hdx_learning_alloc(size_t count, size_t size)
{
    return calloc(count + 1, size);
}

/* Counts in how many examples each slot stands; returns how many there are. */
static uint32_t count_slots(const hdx_learning *l, uint32_t *counts)
{
    const hdx_corpus *c = l->corpus;
    uint32_t examples = 0;
    for (size_t i = 0; i < c->in_scope; i++) {
        const hdx_corpus_item *item = &c->items[i];
        if (hdx_learning_skips(l, item))
            continue;
        examples++;
        for (uint32_t f = 0; f < item->count; f++)
            counts[c->features[item->begin + f].slot]++;
    }
    return examples;
}

/*
 * How much a feature weighs. By the fourth root of the usual measure 76.4 % of
 * banking77 with 10 examples each are right, by its square root 76.3, by itself
 * 75.9; of clinc150 94.2, 94.0, 93.5.
 */
static float rarity(uint32_t examples, uint32_t with)
{
    double idf = 1 + hdx_log((1.0 + examples) / (1.0 + with));
    return (float)sqrt(sqrt(idf));
}

static void fill_features(hdx_learning *l, const uint32_t *counts)
{
    const hdx_intent_header *h = &l->header;
    uint32_t made = 0;
    for (uint32_t slot = 0; slot < HDX_SLOTS; slot++) {
        if (!counts[slot])
            continue;
        uint64_t bucket = (uint64_t)slot * h->buckets >> HDX_SLOT_BITS;
        l->features[made++] = (hdx_intent_feature){
            .slot = slot, .rarity = rarity(h->examples, counts[slot])};
        l->starts[bucket + 1] = made;
    }
    for (uint32_t i = 0; i < h->buckets; i++)
        if (l->starts[i + 1] < l->starts[i])
            l->starts[i + 1] = l->starts[i];
}

/* Makes the table of features and its buckets. */
static bool make_features(hdx_learning *l)
{
    hdx_intent_header *h = &l->header;
    uint32_t *counts = hdx_learning_alloc(HDX_SLOTS, sizeof *counts);
    if (!counts)
        return false;
    h->examples = count_slots(l, counts);
    for (uint32_t slot = 0; slot < HDX_SLOTS; slot++)
        h->features += counts[slot] > 0;
    for (h->buckets = 1; h->buckets < h->features && h->buckets < HDX_SLOTS;)
        h->buckets *= 2;
    l->features = hdx_learning_alloc(h->features, sizeof *l->features);
    l->starts = hdx_learning_alloc(h->buckets, sizeof *l->starts);
    bool made = l->features && l->starts;
    if (made)
        fill_features(l, counts);
    free(counts);
    l->model = (hdx_intent_model){
        .header = h, .starts = l->starts, .features = l->features};
    return made;
}

static bool make_samples(hdx_learning *l)
{
    const hdx_corpus *c = l->corpus;
    hdx_weight *to = l->weights =
        hdx_learning_alloc(c->feature_count, sizeof *l->weights);
    l->samples = hdx_learning_alloc(c->in_scope, sizeof *l->samples);
    l->firsts = hdx_learning_alloc(c->intents, sizeof *l->firsts);
    if (!l->weights || !l->samples || !l->firsts)
        return false;
    for (size_t i = 0; i < c->in_scope; i++) {
        const hdx_corpus_item *item = &c->items[i];
        if (hdx_learning_skips(l, item))
            continue;
        hdx_bag bag = hdx_corpus_bag(c, item);
        uint32_t count = (uint32_t)hdx_vector_make(&l->model, &bag, to);
        l->samples[l->sample_count++] = (hdx_sample){to, count, item->intent};
        l->names[item->intent].examples++;
        to += count;
    }
    l->weight_count = (size_t)(to - l->weights);
    for (uint32_t i = 0; i < c->intents; i++)
        l->firsts[i + 1] = l->firsts[i] + l->names[i].examples;
    return true;
}

static bool make_names(hdx_learning *l)
{
    l->names = hdx_learning_alloc(l->header.intents, sizeof *l->names);
    if (!l->names)
        return false;
    for (uint32_t i = 0; i < l->header.intents; i++) {
        l->names[i].offset = (uint32_t)l->ids.len;
        l->names[i].size = (uint32_t)l->corpus->ids[i].len;
        hdx_buf_add(&l->ids, l->corpus->ids[i]);
        hdx_buf_byte(&l->ids, '\0');
    }
    l->header.id_bytes = (uint32_t)l->ids.len;
    return !l->ids.failed;
}

static bool write(hdx_learning *l, hdx_buf *out)
{
    double each = (double)l->header.examples / l->header.intents;
    l->header.search_weight = each <= FEW ? WEIGHT_OF_FEW : WEIGHT;
    l->model = (hdx_intent_model){.header = &l->header,
                                  .starts = l->starts,
                                  .features = l->features,
                                  .postings = l->postings,
                                  .names = l->names,
                                  .rows = l->rows.ptr,
                                  .ids = l->ids.ptr};
    out->len = 0;
    return hdx_intent_model_write(&l->model, out);
}

helpdex_status hdx_learn(const hdx_corpus *corpus, uint32_t fold,
                         uint64_t stamp, hdx_buf *out, helpdex_error *err)
{
    hdx_learning l = {.corpus = corpus,
                      .fold = fold,
                      .header = {.stamp = stamp, .intents = corpus->intents}};
    bool made = make_names(&l) && make_features(&l) && make_samples(&l) &&
                hdx_documents_make(&l) && hdx_rows_make(&l) && write(&l, out);
    free(l.starts);
    free(l.features);
    free(l.postings);
    free(l.names);
    free(l.weights);
    free(l.samples);
    free(l.firsts);
    hdx_buf_free(&l.rows);
    hdx_buf_free(&l.ids);
    return made ? HELPDEX_OK : hdx_fail_nomem(err);
}
