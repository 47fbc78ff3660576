/*
 * The steps: count in how many examples each feature stands; make vectors; learn
 * rows of weights, a block of intents at a time; count the words of each intent;
 * write it all down.
 */
#include "intent/learn.h"

#include <math.h>
#include <stdlib.h>

#include "base/log.h"
#include "intent/descent.h"

/* A weight that was learned. */
typedef struct entry {
    uint32_t feature, intent;
    float weight;
} entry;

typedef struct entry_list {
    entry *items;
    size_t count, capacity;
} entry_list;

/* A word of an intent, and how often. */
typedef struct term {
    uint32_t feature, intent, times;
} term;

typedef struct learning {
    const hdx_corpus *corpus;
    uint32_t fold;
    hdx_intent_header header;
    hdx_intent_model model; /* its pointers are to what follows */
    uint32_t *starts;
    hdx_intent_feature *features;
    hdx_intent_posting *postings;
    hdx_intent_name *names;
    hdx_buf rows, ids;
    hdx_weight *weights; /* of all samples */
    hdx_sample *samples;
    size_t sample_count;
    hdx_descent descent;
    entry_list entries;
    term *terms;
    size_t term_count;
} learning;

static bool is_held_out(const learning *l, const hdx_corpus_item *item)
{
    return item->fold == l->fold && l->fold != HDX_FOLDS;
}

static void *zeros(size_t count, size_t size)
{
    return calloc(count + 1, size);
}

/* Counts in how many examples each slot stands. */
static void count_slots(const learning *l, uint32_t *counts, uint32_t *examples)
{
    const hdx_corpus *c = l->corpus;
    for (size_t i = 0; i < c->in_scope; i++) {
        const hdx_corpus_item *item = &c->items[i];
        if (is_held_out(l, item))
            continue;
        ++*examples;
        for (uint32_t f = 0; f < item->count; f++)
            counts[c->features[item->begin + f].slot]++;
    }
}

static double rarity(uint32_t examples, uint32_t with)
{
    return sqrt(sqrt(1 + hdx_log((1.0 + examples) / (1.0 + with))));
}

/* Makes the table of features and finds its buckets. */
static bool make_features(learning *l)
{
    hdx_intent_header *h = &l->header;
    uint32_t *counts = zeros(HDX_SLOTS, sizeof *counts);
    if (!counts)
        return false;
    count_slots(l, counts, &h->examples);
    for (uint32_t slot = 0; slot < HDX_SLOTS; slot++)
        h->features += counts[slot] > 0;
    for (h->buckets = 1; h->buckets < h->features && h->buckets < HDX_SLOTS;)
        h->buckets *= 2;
    l->features = zeros((size_t)h->features + 1, sizeof *l->features);
    l->starts = zeros((size_t)h->buckets + 1, sizeof *l->starts);
    uint32_t made = 0;
    for (uint32_t slot = 0; slot < HDX_SLOTS && l->features && l->starts;
         slot++)
        if (counts[slot]) {
            l->features[made++] = (hdx_intent_feature){
                .slot = slot,
                .rarity = (float)rarity(h->examples, counts[slot])};
            l->starts[1 + ((uint64_t)slot * h->buckets >> HDX_SLOT_BITS)] =
                made;
        }
    free(counts);
    if (!l->features || !l->starts)
        return false;
    for (uint32_t i = 0; i < h->buckets; i++)
        if (l->starts[i + 1] < l->starts[i])
            l->starts[i + 1] = l->starts[i];
    l->model = (hdx_intent_model){
        .header = h, .starts = l->starts, .features = l->features};
    return true;
}

static bool make_samples(learning *l)
{
    const hdx_corpus *c = l->corpus;
    size_t made = 0;
    l->weights = zeros(c->feature_count, sizeof *l->weights);
    l->samples = zeros(c->in_scope, sizeof *l->samples);
    if (!l->weights || !l->samples)
        return false;
    for (size_t i = 0; i < c->in_scope; i++) {
        const hdx_corpus_item *item = &c->items[i];
        if (is_held_out(l, item))
            continue;
        hdx_bag bag = hdx_corpus_bag(c, item);
        hdx_weight *to = l->weights + made;
        size_t count = hdx_vector_make(&l->model, &bag, to);
        l->samples[l->sample_count++] =
            (hdx_sample){to, (uint32_t)count, item->intent};
        l->names[item->intent].examples++;
        made += count;
    }
    return true;
}

/* The steps of a byte that the largest weight of a row is cut into. */
enum { STEPS = 127 };

/* Keeps what will be more than zero as a byte. */
static bool keep_block(learning *l, uint32_t first)
{
    uint32_t lanes = l->header.intents - first;
    lanes = lanes < HDX_INTENT_LANES ? lanes : HDX_INTENT_LANES;
    for (uint32_t lane = 0; lane < lanes; lane++)
        l->names[first + lane].bias =
            l->descent.weights[l->header.features][lane];
    for (uint32_t f = 0; f < l->header.features; f++) {
        const float *row = l->descent.weights[f];
        float most = 0;
        for (uint32_t lane = 0; lane < lanes; lane++)
            most = fabsf(row[lane]) > most ? fabsf(row[lane]) : most;
        if (most > l->features[f].scale)
            l->features[f].scale = most;
        for (uint32_t lane = 0; lane < lanes; lane++) {
            if (fabsf(row[lane]) * 2 * STEPS < l->features[f].scale)
                continue;
            entry_list *to = &l->entries;
            if (!hdx_grow(&to->items, &to->capacity, to->count + 1,
                          sizeof *to->items))
                return false;
            to->items[to->count++] = (entry){f, first + lane, row[lane]};
        }
    }
    return true;
}

static bool learn_rows(learning *l)
{
    hdx_descent *d = &l->descent;
    d->features = l->header.features;
    d->weights = zeros(d->features + 1, sizeof *d->weights);
    d->alphas = zeros(l->sample_count, sizeof *d->alphas);
    d->order = zeros(l->sample_count, sizeof *d->order);
    if (!d->weights || !d->alphas || !d->order)
        return false;
    for (uint32_t first = 0; first < l->header.intents;
         first += HDX_INTENT_LANES) {
        memset(d->weights, 0, (d->features + 1) * sizeof *d->weights);
        hdx_descent_run(d, l->samples, l->sample_count, first);
        if (!keep_block(l, first))
            return false;
    }
    return true;
}

static int by_feature(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->feature != y->feature)
        return x->feature < y->feature ? -1 : 1;
    return (x->intent > y->intent) - (x->intent < y->intent);
}

/* Writes one row, in the shorter of its two shapes. */
static void write_row(learning *l, const entry *entries, size_t count,
                      float scale)
{
    signed char dense[HDX_INTENTS_MOST + HDX_INTENT_LANES] = {0};
    uint32_t lanes = hdx_intent_lanes(l->header.intents);
    bool whole = count * HDX_INTENT_ENTRY >= lanes;
    for (size_t i = 0; i < count; i++) {
        signed char byte = (signed char)lroundf(entries[i].weight / scale);
        char sparse[HDX_INTENT_ENTRY] = {(char)(entries[i].intent & 0xFF),
                                         (char)(entries[i].intent >> 8),
                                         (char)byte};
        if (whole)
            dense[entries[i].intent] = byte;
        else if (byte)
            hdx_buf_add(&l->rows, (hdx_str){sparse, sizeof sparse});
    }
    if (whole)
        hdx_buf_add(&l->rows, (hdx_str){(char *)dense, lanes});
}

static bool make_rows(learning *l)
{
    entry_list *all = &l->entries;
    qsort(all->items, all->count, sizeof *all->items, by_feature);
    size_t at = 0;
    for (uint32_t f = 0; f < l->header.features; f++) {
        hdx_intent_feature *feature = &l->features[f];
        feature->scale /= STEPS;
        feature->row = (uint32_t)l->rows.len;
        size_t begin = at;
        while (at < all->count && all->items[at].feature == f)
            at++;
        write_row(l, all->items + begin, at - begin, feature->scale);
    }
    l->header.row_bytes = (uint32_t)l->rows.len;
    l->features[l->header.features].row = (uint32_t)l->rows.len;
    return !l->rows.failed && l->rows.len <= INT32_MAX;
}

static int by_term(const void *a, const void *b)
{
    const term *x = a, *y = b;
    if (x->feature != y->feature)
        return x->feature < y->feature ? -1 : 1;
    return (x->intent > y->intent) - (x->intent < y->intent);
}

/* Lists the words of every intent, each once; `lengths` of intents. */
static bool list_terms(learning *l, double *lengths)
{
    const hdx_corpus *c = l->corpus;
    size_t made = 0;
    l->terms = zeros(c->feature_count, sizeof *l->terms);
    if (!l->terms)
        return false;
    for (size_t i = 0; i < c->in_scope; i++) {
        const hdx_corpus_item *item = &c->items[i];
        for (uint32_t f = 0; f < item->words && !is_held_out(l, item); f++) {
            const hdx_feature *from = &c->features[item->begin + f];
            l->terms[made++] =
                (term){hdx_intent_feature_at(&l->model, from->slot),
                       item->intent, from->times};
            lengths[item->intent] += from->times;
        }
    }
    qsort(l->terms, made, sizeof *l->terms, by_term);
    for (size_t i = 0; i < made; i++) {
        term *last = l->term_count ? &l->terms[l->term_count - 1] : NULL;
        if (last && by_term(last, &l->terms[i]) == 0)
            last->times += l->terms[i].times;
        else
            l->terms[l->term_count++] = l->terms[i];
    }
    return true;
}

/* Of BM25, the usual ones. */
static const double SATURATION = 1.2, LENGTH = 0.75;

static void fill_postings(learning *l, const double *lengths)
{
    double total = 0;
    uint32_t intents = l->header.intents, f = 0;
    for (uint32_t i = 0; i < intents; i++)
        total += lengths[i];
    double mean = total / intents;
    for (size_t i = 0; i < l->term_count;) {
        size_t end = i;
        uint32_t feature = l->terms[i].feature;
        while (end < l->term_count && l->terms[end].feature == feature)
            end++;
        double with = (double)(end - i);
        double idf = hdx_log(1 + (intents - with + 0.5) / (with + 0.5));
        for (; f <= feature; f++)
            l->features[f].posting = (uint32_t)i;
        l->features[feature].worth = (float)idf;
        for (; i < end; i++) {
            double times = l->terms[i].times;
            double norm =
                1 - LENGTH + LENGTH * lengths[l->terms[i].intent] / mean;
            l->postings[i] =
                (hdx_intent_posting){(float)(idf * times * (SATURATION + 1) /
                                             (times + SATURATION * norm)),
                                     l->terms[i].intent};
        }
    }
    for (; f <= l->header.features; f++)
        l->features[f].posting = (uint32_t)l->term_count;
    l->header.postings = (uint32_t)l->term_count;
    l->header.strange = hdx_log(1 + (intents + 0.5) / 0.5);
}

static bool make_postings(learning *l)
{
    double *lengths = zeros(l->header.intents, sizeof *lengths);
    bool made = lengths && list_terms(l, lengths);
    l->postings = zeros(l->term_count, sizeof *l->postings);
    made = made && l->postings;
    if (made)
        fill_postings(l, lengths);
    free(lengths);
    return made;
}

static bool make_names(learning *l)
{
    l->names = zeros(l->header.intents, sizeof *l->names);
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

/* By messages and titles of an intent, how much the search is worth. */
static const double FEW = 31, WEIGHT_OF_FEW = 1, WEIGHT = 0.3;

static bool write(learning *l, hdx_buf *out)
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
    learning l = {.corpus = corpus,
                  .fold = fold,
                  .header = {.stamp = stamp, .intents = corpus->intents}};
    bool made = make_names(&l) && make_features(&l) && make_samples(&l) &&
                learn_rows(&l) && make_postings(&l) && make_rows(&l) &&
                write(&l, out);
    free(l.starts);
    free(l.features);
    free(l.postings);
    free(l.names);
    free(l.weights);
    free(l.samples);
    free(l.descent.weights);
    free(l.descent.alphas);
    free(l.descent.order);
    free(l.entries.items);
    free(l.terms);
    hdx_buf_free(&l.rows);
    hdx_buf_free(&l.ids);
    return made ? HELPDEX_OK : hdx_fail_nomem(err);
}
