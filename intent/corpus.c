/*
 * Intents are numbered in the order of their ids, and their examples keep their
 * order, so that the same examples give the same bytes.
 */
#include "intent/corpus.h"

#include <stdlib.h>

static int by_text(const void *a, const void *b)
{
    return hdx_str_cmp(*(const hdx_str *)a, *(const hdx_str *)b);
}

static helpdex_status list_ids(const hdx_intent_example *examples, size_t count,
                               hdx_corpus *c, helpdex_error *err)
{
    size_t ids = 0;
    c->ids = hdx_arena_alloc(&c->arena, (count + 1) * sizeof *c->ids);
    if (!c->ids)
        return hdx_fail_nomem(err);
    for (size_t i = 0; i < count; i++)
        if (examples[i].intent.ptr)
            c->ids[ids++] = examples[i].intent;
    qsort(c->ids, ids, sizeof *c->ids, by_text);
    size_t kept = 0;
    for (size_t i = 0; i < ids; i++)
        if (kept == 0 || !hdx_str_eq(c->ids[kept - 1], c->ids[i]))
            c->ids[kept++] = c->ids[i];
    if (kept > HDX_INTENTS_MOST)
        return hdx_fail(err, HELPDEX_BAD_INPUT,
                        "%zu intents in one locale; %d are the most", kept,
                        (int)HDX_INTENTS_MOST);
    c->intents = (uint32_t)kept;
    return HELPDEX_OK;
}

static uint32_t number_of(const hdx_corpus *c, hdx_str id)
{
    const hdx_str *at =
        bsearch(&id, c->ids, c->intents, sizeof *c->ids, by_text);
    return at ? (uint32_t)(at - c->ids) : HDX_OUT_OF_SCOPE;
}

static bool keep_features(hdx_corpus *c, const hdx_bag *bag,
                          hdx_corpus_item *item)
{
    if (!hdx_grow(&c->features, &c->feature_capacity,
                  c->feature_count + bag->count, sizeof *c->features))
        return false;
    if (bag->count)
        memcpy(c->features + c->feature_count, bag->items,
               bag->count * sizeof *bag->items);
    item->begin = c->feature_count;
    item->count = (uint32_t)bag->count;
    item->words = (uint32_t)bag->words;
    item->terms = (uint32_t)bag->terms;
    c->feature_count += bag->count;
    return true;
}

/* Those of an intent come together, those out of scope last. */
static int by_intent(const void *a, const void *b)
{
    const hdx_corpus_item *x = a, *y = b;
    if (x->intent != y->intent)
        return x->intent < y->intent ? -1 : 1;
    return (x->begin > y->begin) - (x->begin < y->begin);
}

/* Deals the messages of each intent out to the folds. */
static void deal(hdx_corpus *c)
{
    uint32_t dealt = 0;
    qsort(c->items, c->count, sizeof *c->items, by_intent);
    for (size_t i = 0; i < c->count; i++) {
        hdx_corpus_item *item = &c->items[i];
        if (i == 0 || item->intent != item[-1].intent)
            dealt = item->intent;
        if (item->fold != HDX_FOLDS)
            item->fold = dealt++ % HDX_FOLDS;
        if (item->intent == HDX_OUT_OF_SCOPE)
            continue;
        c->in_scope++;
        c->messages += item->fold != HDX_FOLDS;
    }
}

helpdex_status hdx_corpus_read(const hdx_intent_example *examples, size_t count,
                               hdx_analyser *analyser, hdx_corpus *out,
                               helpdex_error *err)
{
    hdx_corpus *c = out;
    hdx_intent_scratch scratch = {0};
    *c = (hdx_corpus){0};
    c->items = hdx_arena_alloc(&c->arena, (count + 1) * sizeof *c->items);
    if (!c->items)
        return hdx_fail_nomem(err);
    helpdex_status status = list_ids(examples, count, c, err);
    for (size_t i = 0; i < count && !status; i++) {
        hdx_corpus_item *item = &c->items[c->count];
        hdx_analyser_trim(analyser);
        status = hdx_intent_read(analyser, examples[i].text, &scratch, err);
        if (status || scratch.bag.count == 0)
            continue;
        item->intent = examples[i].intent.ptr ? number_of(c, examples[i].intent)
                                              : HDX_OUT_OF_SCOPE;
        item->fold = examples[i].title ? HDX_FOLDS : 0;
        if (!keep_features(c, &scratch.bag, item))
            status = hdx_fail_nomem(err);
        c->count++;
    }
    hdx_intent_scratch_free(&scratch);
    if (status)
        hdx_corpus_free(c);
    else
        deal(c);
    return status;
}

void hdx_corpus_free(hdx_corpus *corpus)
{
    hdx_arena_free(&corpus->arena);
    free(corpus->features);
    *corpus = (hdx_corpus){0};
}

hdx_bag hdx_corpus_bag(const hdx_corpus *corpus, const hdx_corpus_item *item)
{
    return (hdx_bag){.items = corpus->features + item->begin,
                     .count = item->count,
                     .words = item->words,
                     .terms = item->terms};
}
