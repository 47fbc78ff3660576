/*
 * Rows of weights. Where intents and examples are many, a block of intents is
 * not set against all others but against those that are nearest by their
 * words, and a sample of all.
 */
#include <math.h>
#include <stdlib.h>

#include "intent/learning.h"

enum {
    LANES = HDX_INTENT_LANES,
    ALL_PAIRS = 4000000, /* of examples and intents that are all trained */
    NEIGHBOURS = 5,      /* of an intent, beyond that */
    PASSES = 8,
    PASSES_OF_MANY = 4, /* beyond ALL_PAIRS */
    SAMPLED = 128,      /* examples of all intents, beyond that */
    STEPS = 127         /* of a byte that the largest weight is cut into */
};

/* Beyond ALL_PAIRS, weights under so much of an intent's largest are left out. */
static const float LEAST_SHARE = 0.05F;

/* A weight that was learned. */
typedef struct entry {
    uint32_t feature, intent;
    float weight;
} entry;

/*
 * The features of a block's samples are numbered anew, so that their weights
 * lie close together: with 10,000 intents that halves the time.
 */
typedef struct rows {
    hdx_learning *l;
    hdx_descent descent;
    bool all;                /* every block learns from all samples */
    hdx_sample *samples;     /* of the block at work */
    hdx_weight *weights;     /* of these */
    uint32_t *sample_marks;  /* of all samples: the block they were taken for */
    uint32_t *features;      /* of the block: their numbers outside of it */
    uint32_t *feature_marks; /* of all features, as of samples */
    uint32_t *numbers;       /* likewise: theirs in the block */
    float *found;            /* scores of intents */
    entry *entries;
    size_t count, capacity;
} rows;

/* The number of a feature in the block. */
static uint32_t number_of(rows *r, uint32_t feature, uint32_t block)
{
    if (r->feature_marks[feature] != block) {
        r->feature_marks[feature] = block;
        r->numbers[feature] = (uint32_t)r->descent.features;
        r->features[r->descent.features++] = feature;
    }
    return r->numbers[feature];
}

static void take_sample(rows *r, uint32_t sample, uint32_t block)
{
    const hdx_sample *from = &r->l->samples[sample];
    hdx_sample *before = r->samples + r->descent.count;
    hdx_weight *to = r->weights;
    if (r->sample_marks[sample] == block)
        return;
    r->sample_marks[sample] = block;
    if (r->descent.count > 0)
        to += before[-1].weights - r->weights + before[-1].count;
    for (uint32_t i = 0; i < from->count; i++)
        to[i] = (hdx_weight){number_of(r, from->weights[i].feature, block),
                             from->weights[i].value};
    r->samples[r->descent.count++] =
        (hdx_sample){to, from->count, from->intent};
}

static void take_intent(rows *r, uint32_t intent, uint32_t block)
{
    for (uint32_t i = r->l->firsts[intent]; i < r->l->firsts[intent + 1]; i++)
        take_sample(r, i, block);
}

/* Adds what the words of an intent find. */
static void search_words(rows *r, uint32_t intent)
{
    const hdx_learning *l = r->l;
    for (uint32_t i = l->firsts[intent]; i < l->firsts[intent + 1]; i++) {
        const hdx_sample *s = &l->samples[i];
        for (uint32_t w = 0; w < s->count; w++) {
            const hdx_intent_feature *f = &l->features[s->weights[w].feature];
            for (uint32_t p = f->posting; p < f[1].posting; p++)
                r->found[l->postings[p].intent] += l->postings[p].worth;
        }
    }
}

/* Takes the intents whose words are the most alike. */
static void take_neighbours(rows *r, uint32_t intent, uint32_t block)
{
    uint32_t intents = r->l->header.intents;
    memset(r->found, 0, intents * sizeof *r->found);
    search_words(r, intent);
    r->found[intent] = 0;
    for (int n = 0; n < NEIGHBOURS; n++) {
        uint32_t best = 0;
        for (uint32_t i = 1; i < intents; i++)
            if (r->found[i] > r->found[best])
                best = i;
        if (r->found[best] <= 0)
            break;
        r->found[best] = 0;
        take_intent(r, best, block);
    }
}

/* Chooses the samples that the block of intents from `first` learns from. */
static void choose(rows *r, uint32_t first)
{
    const hdx_learning *l = r->l;
    uint32_t block = first / LANES + 1, end = first + LANES;
    size_t step = l->sample_count / SAMPLED + 1;
    r->descent.count = r->descent.features = 0;
    if (r->all) {
        for (uint32_t i = 0; i < l->sample_count; i++)
            take_sample(r, i, block);
        return;
    }
    for (uint32_t i = first; i < end && i < l->header.intents; i++)
        take_intent(r, i, block);
    for (uint32_t i = first; i < end && i < l->header.intents; i++)
        take_neighbours(r, i, block);
    for (size_t i = 0; i < l->sample_count; i += step)
        take_sample(r, (uint32_t)i, block);
}

/* How large a weight of a lane must be to be kept. */
static void find_least(const rows *r, float least[LANES])
{
    for (int lane = 0; lane < LANES; lane++)
        least[lane] = 0;
    for (size_t f = 0; f < r->descent.features && !r->all; f++)
        for (int lane = 0; lane < LANES; lane++) {
            float weight = r->descent.weights[f][lane];
            float size = fabsf(weight) * LEAST_SHARE;
            least[lane] = size > least[lane] ? size : least[lane];
        }
}

static bool keep(rows *r, uint32_t feature, uint32_t intent, float weight)
{
    if (!hdx_grow(&r->entries, &r->capacity, r->count + 1, sizeof *r->entries))
        return false;
    r->entries[r->count++] = (entry){feature, intent, weight};
    return true;
}

/* Keeps what will be more than zero as a byte. */
static bool keep_block(rows *r, uint32_t first)
{
    const hdx_descent *d = &r->descent;
    hdx_learning *l = r->l;
    float least[LANES];
    uint32_t lanes = l->header.intents - first;
    lanes = lanes < LANES ? lanes : LANES;
    find_least(r, least);
    for (uint32_t lane = 0; lane < lanes; lane++)
        l->names[first + lane].bias = d->weights[d->features][lane];
    for (size_t f = 0; f < d->features; f++) {
        const float *row = d->weights[f];
        float *scale = &l->features[r->features[f]].scale;
        for (uint32_t lane = 0; lane < lanes; lane++)
            *scale = fabsf(row[lane]) > *scale ? fabsf(row[lane]) : *scale;
        for (uint32_t lane = 0; lane < lanes; lane++)
            if (fabsf(row[lane]) * 2 * STEPS >= *scale && row[lane] != 0 &&
                fabsf(row[lane]) >= least[lane] &&
                !keep(r, r->features[f], first + lane, row[lane]))
                return false;
    }
    return true;
}

static bool learn(rows *r)
{
    for (uint32_t first = 0; first < r->l->header.intents; first += LANES) {
        choose(r, first);
        hdx_descent_run(&r->descent, first);
        if (!keep_block(r, first))
            return false;
    }
    return true;
}

/* Brings the entries into the order of features; those of a feature stay in the
   order of intents. */
static bool sort_entries(rows *r)
{
    size_t features = r->l->header.features;
    size_t *ends = hdx_learning_alloc(features + 1, sizeof *ends);
    entry *sorted = hdx_learning_alloc(r->count, sizeof *sorted);
    bool made = ends && sorted;
    for (size_t i = 0; made && i < r->count; i++)
        ends[r->entries[i].feature + 1]++;
    for (size_t f = 0; made && f < features; f++)
        ends[f + 1] += ends[f];
    for (size_t i = 0; made && i < r->count; i++)
        sorted[ends[r->entries[i].feature]++] = r->entries[i];
    free(ends);
    free(made ? r->entries : sorted);
    if (made)
        r->entries = sorted;
    return made;
}

static signed char byte_of(float weight, float scale)
{
    return (signed char)lroundf(weight / scale);
}

/* Writes one row, in the shorter of its two shapes. */
static void write_row(hdx_learning *l, const entry *entries, size_t count,
                      float scale)
{
    uint32_t lanes = hdx_intent_lanes(l->header.intents);
    if (count * HDX_INTENT_ENTRY >= lanes) {
        size_t begin = l->rows.len;
        for (uint32_t i = 0; i < lanes; i++)
            hdx_buf_byte(&l->rows, 0);
        for (size_t i = 0; i < count && !l->rows.failed; i++)
            l->rows.ptr[begin + entries[i].intent] =
                (char)byte_of(entries[i].weight, scale);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        signed char byte = byte_of(entries[i].weight, scale);
        char bytes[HDX_INTENT_ENTRY] = {(char)(entries[i].intent & 0xFF),
                                        (char)(entries[i].intent >> 8),
                                        (char)byte};
        if (byte)
            hdx_buf_add(&l->rows, (hdx_str){bytes, sizeof bytes});
    }
}

static bool write_rows(rows *r)
{
    hdx_learning *l = r->l;
    size_t at = 0;
    for (uint32_t f = 0; f < l->header.features; f++) {
        hdx_intent_feature *feature = &l->features[f];
        size_t begin = at;
        feature->scale /= STEPS;
        feature->row = (uint32_t)l->rows.len;
        while (at < r->count && r->entries[at].feature == f)
            at++;
        write_row(l, r->entries + begin, at - begin, feature->scale);
        if (l->rows.len > INT32_MAX)
            return false;
    }
    l->header.row_bytes = (uint32_t)l->rows.len;
    l->features[l->header.features].row = (uint32_t)l->rows.len;
    return !l->rows.failed;
}

/* Room for a block of all samples. */
static bool make_room(rows *r)
{
    const hdx_learning *l = r->l;
    hdx_descent *d = &r->descent;
    size_t samples = l->sample_count, features = l->header.features;
    d->weights = hdx_learning_alloc(features + 1, sizeof *d->weights);
    d->alphas = hdx_learning_alloc(samples, sizeof *d->alphas);
    d->order = hdx_learning_alloc(samples, sizeof *d->order);
    d->samples = r->samples = hdx_learning_alloc(samples, sizeof *r->samples);
    r->weights = hdx_learning_alloc(l->weight_count, sizeof *r->weights);
    r->sample_marks = hdx_learning_alloc(samples, sizeof *r->sample_marks);
    r->features = hdx_learning_alloc(features, sizeof *r->features);
    r->feature_marks = hdx_learning_alloc(features, sizeof *r->feature_marks);
    r->numbers = hdx_learning_alloc(features, sizeof *r->numbers);
    r->found = hdx_learning_alloc(l->header.intents, sizeof *r->found);
    return d->weights && d->alphas && d->order && r->samples && r->weights &&
           r->sample_marks && r->features && r->feature_marks && r->numbers &&
           r->found;
}

bool hdx_rows_make(hdx_learning *learning)
{
    rows r = {.l = learning,
              .all = learning->sample_count * learning->header.intents <=
                     ALL_PAIRS};
    r.descent.passes = r.all ? PASSES : PASSES_OF_MANY;
    bool made =
        make_room(&r) && learn(&r) && sort_entries(&r) && write_rows(&r);
    free(r.descent.weights);
    free(r.descent.alphas);
    free(r.descent.order);
    free(r.samples);
    free(r.weights);
    free(r.sample_marks);
    free(r.features);
    free(r.feature_marks);
    free(r.numbers);
    free(r.found);
    free(r.entries);
    return made;
}
