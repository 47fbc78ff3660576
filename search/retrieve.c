/*
 * The first stage and the ranking: for one link the question is asked, sections
 * are retrieved, ranked and collapsed to articles, and the scores made
 * comparable between locales.
 */
#include <stdlib.h>

#include "base/error.h"
#include "search/call.h"
#include "search/correction.h"

/*
 * With 50, 64 and 100 sections at least Success@1 of all judged sets is the
 * same to a thousandth; MRR@10 of the FAQ sets is .653, .653, .653.
 */
enum { SECTIONS_PER_ARTICLE = 6, RETRIEVE_LEAST = 64 };

/*
 * Of the first stage, which only chooses the candidates. That their length does
 * not count (b 0) saves reading it, a sixth of the time and more, and costs
 * nothing: Success@1 of all judged sets is .799 with 0 and with 0.5.
 */
static const hdx_bm25 WEIGHTING = {.k1 = 1.5, .b = 0};

/*
 * A question is looked for by its rarest words: so many postings the engine
 * reads at most, or those of a share of all sections, which settles how long a
 * search takes. With a quarter and no LEAST, Success@1 falls by .003 in xquad,
 * by .002 in the rest and by .04 in the FAQ sets, which are small and need
 * their common words.
 */
enum { READ_LEAST = 2048, READ_SHARE = 4 };

helpdex_status hdx_call_ask(hdx_call *call, size_t link)
{
    hdx_link *at = &call->links[link];
    if (at->asked)
        return HELPDEX_OK;
    hdx_analyser_trim(at->shard->analyser);
    at->asked = true;
    helpdex_status status =
        hdx_question_make(&at->shard->maker, call->query, &call->scratch,
                          &at->question, call->err);
    if (!status && link == 0 && !at->fallback)
        status = hdx_correct(&call->chain, &at->question, &call->results->arena,
                             &call->results->correction, call->err);
    return status;
}

/* Whether a link before this one has the article too, for this reader. */
static bool is_shadowed(const hdx_call *c, size_t link, uint32_t article)
{
    hdx_str id =
        hdx_forward_article_at(c->links[link].shard->forward, article).id;
    for (size_t i = 0; i < link; i++) {
        const hdx_search_shard *shard = c->links[i].shard;
        uint32_t other = hdx_forward_find(shard->forward, id);
        if (other != HDX_NO_ARTICLE && hdx_call_may_show(c, shard, other))
            return true;
    }
    return false;
}

/* Of the first so many leads those of one sort, weak or not, any of them. */
static hdx_query any_of(const hdx_question *question, size_t leads, bool weak,
                        hdx_query *leaves)
{
    size_t count = 0;
    for (size_t i = 0; i < leads; i++)
        if (question->leads[i].weak == weak)
            leaves[count++] = (hdx_query){.op = HDX_QUERY_TERM,
                                          .weight = question->leads[i].weight,
                                          .term = question->leads[i].term};
    return (hdx_query){
        .op = HDX_QUERY_OR, .weight = 1, .children = leaves, .count = count};
}

/* Whether nothing but stop words is asked. */
static bool only_stop_words(const hdx_question *question)
{
    for (size_t i = 0; i < question->word_count; i++)
        if (!question->words[i].stop)
            return false;
    return true;
}

static int by_rarity(const void *a, const void *b)
{
    const hdx_question_lead *x = a, *y = b;
    if (x->sections != y->sections)
        return x->sections < y->sections ? -1 : 1;
    return hdx_str_cmp(x->term, y->term);
}

/* Puts the rarest leads first. Returns how many the engine is to read. */
static size_t choose_leads(hdx_question *question, uint32_t sections)
{
    uint64_t most = sections / READ_SHARE, read = 0;
    size_t chosen = 0;
    most = most > READ_LEAST ? most : READ_LEAST;
    if (question->lead_count)
        qsort(question->leads, question->lead_count, sizeof *question->leads,
              by_rarity);
    while (chosen < question->lead_count &&
           (read += question->leads[chosen].sections) <= most)
        chosen++;
    return chosen ? chosen : question->lead_count > 0;
}

/*
 * The tree that finds any strong lead of the first so many, weak ones beside
 * it, or any weak one where nothing else is asked.
 */
static helpdex_status make_query(hdx_call *c, const hdx_question *question,
                                 size_t leads, hdx_query *out)
{
    enum { STRONG, WEAK, SORTS };
    hdx_query *sorts = hdx_arena_alloc(&c->scratch, SORTS * sizeof *sorts);
    hdx_query *leaves =
        hdx_arena_alloc(&c->scratch, (leads + 1) * sizeof *leaves);
    if (!sorts || !leaves)
        return hdx_fail_nomem(c->err);
    sorts[STRONG] = any_of(question, leads, false, leaves);
    sorts[WEAK] = any_of(question, leads, true, leaves + sorts[STRONG].count);
    if (sorts[STRONG].count == 0 && only_stop_words(question))
        *out = sorts[WEAK];
    else if (sorts[WEAK].count == 0)
        *out = sorts[STRONG];
    else
        *out = (hdx_query){.op = HDX_QUERY_MAYBE,
                           .weight = 1,
                           .children = sorts,
                           .count = SORTS};
    return HELPDEX_OK;
}

/* Retrieves up to `limit` sections. */
static helpdex_status retrieve(hdx_call *c, hdx_search_shard *shard,
                               const hdx_query *query, uint32_t limit,
                               hdx_ranked **out, size_t *count)
{
    hdx_candidate *candidates =
        hdx_arena_alloc(&c->scratch, (limit + 1) * sizeof *candidates);
    *out = hdx_arena_alloc(&c->scratch, (limit + 1) * sizeof **out);
    if (!candidates || !*out)
        return hdx_fail_nomem(c->err);
    helpdex_status status = hdx_engine_retrieve(
        shard->engine, query, WEIGHTING, limit, candidates, count, c->err);
    for (size_t i = 0; !status && i < *count; i++) {
        (*out)[i].section = candidates[i].ordinal;
        if (candidates[i].ordinal >= shard->lexicon.header->sections)
            return hdx_fail(c->err, HELPDEX_STORE,
                            "the terms and the texts of %s are not of one "
                            "build; index again",
                            shard->locale.tag);
    }
    return status;
}

/* Leaves out the sections that are not for this reader. Returns how many are
   left. */
static size_t admit(const hdx_call *c, const hdx_search_shard *shard,
                    hdx_ranked *ranked, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t article =
            hdx_forward_article_of(shard->forward, ranked[i].section);
        if (hdx_call_may_show(c, shard, article))
            ranked[kept++] = ranked[i];
    }
    return kept;
}

void hdx_call_weigh(const hdx_call *call, hdx_found *found)
{
    const hdx_link *at = &call->links[found->at.link];
    hdx_forward_article facts = hdx_call_article(call, found->at);
    hdx_factors_of(&hdx_factor_weights_default, &facts, at->shard->newest,
                   call->request, &found->factors);
    if (at->fallback) {
        found->factors.by[HDX_FACTOR_LOCALE] =
            hdx_factor_weights_default.fallback;
        found->factors.why[HDX_FACTOR_LOCALE] = at->shard->locale.tag;
    }
    found->score =
        found->scale * found->base * hdx_factors_product(&found->factors);
}

/*
 * Keeps the best section of each article. Within a locale the order is the
 * ranker's; between locales what counts is how much of the question the best
 * of each answers.
 */
static helpdex_status collapse(hdx_call *c, size_t link, size_t first,
                               const hdx_ranked *ranked, size_t count)
{
    hdx_link *at = &c->links[link];
    at->cover = 0;
    for (size_t i = 0; i < count; i++)
        at->cover = ranked[i].cover > at->cover ? ranked[i].cover : at->cover;
    double scale = at->cover / (count ? ranked[0].score + 1e-9 : 1);
    unsigned char *taken = hdx_arena_alloc(
        &c->scratch, hdx_forward_article_count(at->shard->forward) / 8 + 1);
    if (!taken)
        return hdx_fail_nomem(c->err);
    c->count = first;
    for (size_t i = 0; i < count; i++) {
        uint32_t section = ranked[i].section;
        uint32_t article = hdx_forward_article_of(at->shard->forward, section);
        unsigned char bit = (unsigned char)(1 << article % 8);
        if (taken[article / 8] & bit ||
            (link > 0 && !at->bridges && is_shadowed(c, link, article)))
            continue;
        if (!hdx_grow(&c->found, &c->capacity, c->count + 1, sizeof *c->found))
            return hdx_fail_nomem(c->err);
        taken[article / 8] |= bit;
        hdx_found *next = &c->found[c->count++];
        *next = (hdx_found){.at = {link, section, article},
                            .from = {link, section, article},
                            .base = ranked[i].score,
                            .scale = scale,
                            .parts = ranked[i].parts};
        hdx_call_weigh(c, next);
    }
    return HELPDEX_OK;
}

/* Retrieves up to `limit` sections, and ranks those for this reader. */
static helpdex_status retrieve_ranked(hdx_call *c, hdx_link *at, size_t leads,
                                      uint32_t limit, hdx_ranked **ranked,
                                      size_t *count, bool *all)
{
    hdx_query query;
    helpdex_status status = make_query(c, &at->question, leads, &query);
    if (!status)
        status = retrieve(c, at->shard, &query, limit, ranked, count);
    if (status)
        return status;
    *all = *count < limit;
    *count = admit(c, at->shard, *ranked, *count);
    return hdx_rank(c->searcher->ranking, &at->shard->maker, at->shard->forward,
                    &at->question, &c->scratch, *ranked, *count, c->err);
}

/*
 * Sections crowd each other out, so more are retrieved, by common words too,
 * until there are enough articles or no more sections.
 */
helpdex_status hdx_call_retrieve(hdx_call *call, size_t link)
{
    hdx_link *at = &call->links[link];
    uint32_t sections = at->shard->lexicon.header->sections;
    uint32_t ask = call->request->limit * SECTIONS_PER_ARTICLE;
    size_t first = call->count, got = 0;
    hdx_ranked *ranked = NULL;
    helpdex_status status = hdx_call_ask(call, link);
    if (status || at->question.lead_count == 0)
        return status;
    size_t leads = choose_leads(&at->question, sections);
    ask = ask < RETRIEVE_LEAST ? RETRIEVE_LEAST : ask;
    for (bool all = false; !status;) {
        uint32_t limit = ask < sections ? ask : sections;
        status = retrieve_ranked(call, at, leads, limit, &ranked, &got, &all);
        if (!status)
            status = collapse(call, link, first, ranked, got);
        if (limit == sections || call->count - first >= call->request->limit ||
            (all && leads == at->question.lead_count))
            break;
        if (all)
            leads = at->question.lead_count;
        else
            ask *= 4;
    }
    return status;
}
