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

/* The links that are asked together: this one, and its delta behind it. */
static size_t group_of(const hdx_call *c, size_t link)
{
    return link + 1 < c->link_count && c->links[link + 1].delta ? 2 : 1;
}

/* Asks the delta of a link, which has been asked. */
static helpdex_status ask_delta(hdx_call *c, size_t link)
{
    hdx_link *at = &c->links[link], *delta = &c->links[link + 1];
    hdx_analyser_trim(delta->shard->analyser);
    delta->asked = true;
    return hdx_question_repeat(&delta->shard->maker, &at->question, &c->scratch,
                               &delta->question, c->err);
}

helpdex_status hdx_call_ask(hdx_call *call, size_t link)
{
    link -= call->links[link].delta;
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
    if (!status && group_of(call, link) > 1)
        status = ask_delta(call, link);
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

/* What finds candidates, the rarest first. */
typedef struct leading {
    hdx_question_lead *leads;
    size_t count;
    size_t chosen; /* so many are asked for */
} leading;

/* Of the chosen leads those of one sort, weak or not, any of them. */
static hdx_query any_of(const leading *by, bool weak, hdx_query *leaves)
{
    size_t count = 0;
    for (size_t i = 0; i < by->chosen; i++)
        if (by->leads[i].weak == weak)
            leaves[count++] = (hdx_query){.op = HDX_QUERY_TERM,
                                          .weight = by->leads[i].weight,
                                          .term = by->leads[i].term};
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

/* Puts the rarest leads first, and chooses those that the engine is to read. */
static void choose_leads(leading *by, uint32_t sections)
{
    uint64_t most = sections / READ_SHARE, read = 0;
    by->chosen = 0;
    most = most > READ_LEAST ? most : READ_LEAST;
    if (by->count)
        qsort(by->leads, by->count, sizeof *by->leads, by_rarity);
    while (by->chosen < by->count &&
           (read += by->leads[by->chosen].sections) <= most)
        by->chosen++;
    if (by->chosen == 0 && by->count)
        by->chosen = 1;
}

/* Adds the leads of a delta to those of its link, by term. */
static helpdex_status add_leads(hdx_call *c, const hdx_question *delta,
                                leading *by)
{
    hdx_question_lead *all = hdx_arena_alloc(
        &c->scratch, (by->count + delta->lead_count + 1) * sizeof *all);
    size_t count = by->count;
    if (!all)
        return hdx_fail_nomem(c->err);
    if (count)
        memcpy(all, by->leads, count * sizeof *all);
    for (size_t i = 0; i < delta->lead_count; i++) {
        const hdx_question_lead *lead = &delta->leads[i];
        size_t at = 0;
        while (at < by->count && !hdx_str_eq(all[at].term, lead->term))
            at++;
        if (at == by->count)
            all[count++] = *lead;
        else
            all[at].sections += lead->sections;
    }
    by->leads = all;
    by->count = count;
    return HELPDEX_OK;
}

/*
 * The tree that finds any strong lead of those chosen, weak ones beside it, or
 * any weak one where nothing else is asked.
 */
static helpdex_status make_query(hdx_call *c, const hdx_question *question,
                                 const leading *by, hdx_query *out)
{
    enum { STRONG, WEAK, SORTS };
    hdx_query *sorts = hdx_arena_alloc(&c->scratch, SORTS * sizeof *sorts);
    hdx_query *leaves =
        hdx_arena_alloc(&c->scratch, (by->chosen + 1) * sizeof *leaves);
    if (!sorts || !leaves)
        return hdx_fail_nomem(c->err);
    sorts[STRONG] = any_of(by, false, leaves);
    sorts[WEAK] = any_of(by, true, leaves + sorts[STRONG].count);
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

/* What the links of a group have found. */
enum { GROUP_MOST = 2 };
typedef struct findings {
    hdx_rank_run runs[GROUP_MOST];
    size_t links;
    bool all; /* there is no more */
} findings;

/* Retrieves up to `limit` sections of a group, and parts them by link. */
static helpdex_status retrieve(hdx_call *c, size_t link, const hdx_query *query,
                               uint32_t limit, findings *f)
{
    size_t count = 0;
    const hdx_search_shard *shard = c->links[link].shard;
    hdx_candidate *candidates =
        hdx_arena_alloc(&c->scratch, (limit + 1) * sizeof *candidates);
    if (!candidates)
        return hdx_fail_nomem(c->err);
    for (size_t i = 0; i < f->links; i++) {
        hdx_link *at = &c->links[link + i];
        f->runs[i] = (hdx_rank_run){
            .maker = &at->shard->maker,
            .forward = at->shard->forward,
            .question = &at->question,
            .candidates = hdx_arena_alloc(
                &c->scratch, (limit + 1) * sizeof *f->runs->candidates)};
        if (!f->runs[i].candidates)
            return hdx_fail_nomem(c->err);
    }
    helpdex_status status = hdx_engine_retrieve(
        shard->engine, query, WEIGHTING, limit, candidates, &count, c->err);
    f->all = count < limit;
    for (size_t i = 0; !status && i < count; i++) {
        hdx_rank_run *run = &f->runs[candidates[i].joined];
        if (candidates[i].ordinal >= run->maker->lexicon->header->sections)
            return hdx_fail(c->err, HELPDEX_STORE,
                            "the terms and the texts of %s are not of one "
                            "build; index again",
                            shard->locale.tag);
        run->candidates[run->count++].section = candidates[i].ordinal;
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
static helpdex_status collapse(hdx_call *c, size_t link, double scale,
                               const hdx_ranked *ranked, size_t count)
{
    hdx_link *at = &c->links[link];
    unsigned char *taken = hdx_arena_alloc(
        &c->scratch, hdx_forward_article_count(at->shard->forward) / 8 + 1);
    if (!taken)
        return hdx_fail_nomem(c->err);
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
static helpdex_status retrieve_ranked(hdx_call *c, size_t link,
                                      const leading *by, uint32_t limit,
                                      findings *f)
{
    hdx_query query;
    helpdex_status status = make_query(c, &c->links[link].question, by, &query);
    if (!status)
        status = retrieve(c, link, &query, limit, f);
    if (status)
        return status;
    for (size_t i = 0; i < f->links; i++)
        f->runs[i].count = admit(c, c->links[link + i].shard,
                                 f->runs[i].candidates, f->runs[i].count);
    return hdx_rank(c->searcher->ranking, f->runs, f->links, &c->scratch,
                    c->err);
}

/* The leads of a link and its delta, and how many sections these have. */
static helpdex_status lead(hdx_call *c, size_t link, leading *by,
                           uint32_t *sections)
{
    const hdx_link *at = &c->links[link];
    helpdex_status status = HELPDEX_OK;
    *sections = at->shard->lexicon.header->sections;
    *by = (leading){.leads = at->question.leads,
                    .count = at->question.lead_count};
    if (group_of(c, link) > 1) {
        *sections += at[1].shard->lexicon.header->sections;
        status = add_leads(c, &at[1].question, by);
    }
    choose_leads(by, *sections);
    return status;
}

/* Collapses what a group has found, by one scale. */
static helpdex_status collapse_group(hdx_call *c, size_t link, size_t first,
                                     const findings *f)
{
    double cover = 0, best = 0;
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < f->links; i++)
        for (size_t n = 0; n < f->runs[i].count; n++) {
            const hdx_ranked *ranked = &f->runs[i].candidates[n];
            cover = ranked->cover > cover ? ranked->cover : cover;
            best = ranked->score > best ? ranked->score : best;
        }
    c->count = first;
    for (size_t i = 0; i < f->links && !status; i++) {
        c->links[link + i].cover = cover;
        status = collapse(c, link + i, cover / (best + 1e-9),
                          f->runs[i].candidates, f->runs[i].count);
    }
    return status;
}

/*
 * Sections crowd each other out, so more are retrieved, by common words too,
 * until there are enough articles or no more sections.
 */
helpdex_status hdx_call_retrieve(hdx_call *call, size_t link)
{
    uint32_t sections, ask = call->request->limit * SECTIONS_PER_ARTICLE;
    size_t first = call->count;
    findings f = {.links = group_of(call, link)};
    leading by;
    helpdex_status status = hdx_call_ask(call, link);
    if (!status)
        status = lead(call, link, &by, &sections);
    if (status || by.count == 0)
        return status;
    ask = ask < RETRIEVE_LEAST ? RETRIEVE_LEAST : ask;
    while (!status) {
        uint32_t limit = ask < sections ? ask : sections;
        status = retrieve_ranked(call, link, &by, limit, &f);
        if (!status)
            status = collapse_group(call, link, first, &f);
        if (limit == sections || call->count - first >= call->request->limit ||
            (f.all && by.chosen == by.count))
            break;
        if (f.all)
            by.chosen = by.count;
        else
            ask *= 4;
    }
    return status;
}
