/*
 * helpdex_search: for each locale of the chain the question is understood,
 * sections are retrieved, ranked and collapsed to articles, and the scores made
 * comparable; then the best of all are written out with their snippets.
 */
#include <helpdex/search.h>

#include <stdlib.h>

#include "base/clock.h"
#include "base/error.h"
#include "search/correction.h"
#include "search/explain.h"
#include "search/question.h"
#include "search/searcher.h"
#include "search/snippet.h"
#include "text/message.h"

enum { LIMIT_LARGEST = 1000, SECTIONS_PER_ARTICLE = 8, RETRIEVE_LEAST = 100 };

/* Of the first stage, which only chooses the candidates. */
static const hdx_bm25 WEIGHTING = {.k1 = 1.5, .b = 0.5};

/* What a text in another language is worth to the reader: a little less. */
static const double FALLBACK_SHARE = 0.8;

struct helpdex_results {
    hdx_arena arena;
    helpdex_hit *hits;
    size_t count;
    char locale[HDX_TAG_SIZE];
    const char *correction;
    const char *messages[HDX_MESSAGES];
    uint64_t took_us;
};

/* A section that stands for its article. */
typedef struct found {
    size_t link; /* in the chain */
    uint32_t section;
    uint32_t article;
    double score;
    double share; /* of the ranker's score that is */
    hdx_rank_parts parts;
} found;

/* One call of helpdex_search. */
typedef struct search {
    helpdex_searcher *searcher;
    const helpdex_request *request;
    hdx_str query;
    hdx_arena scratch;
    hdx_chain chain;
    hdx_question *questions; /* one for each link */
    found *found;
    size_t count;
    size_t capacity;
    helpdex_results *results;
    helpdex_error *err;
} search;

void helpdex_request_init(helpdex_request *request)
{
    *request = (helpdex_request){.size = sizeof *request,
                                 .query = "",
                                 .query_size = SIZE_MAX,
                                 .limit = 10,
                                 .snippet = 180};
}

static helpdex_status check_request(search *s, hdx_locale *locale)
{
    const helpdex_request *r = s->request;
    if (r->size != sizeof *r)
        return hdx_fail(s->err, HELPDEX_INVALID,
                        "a request of another version; call "
                        "helpdex_request_init first");
    if (r->limit < 1 || r->limit > LIMIT_LARGEST)
        return hdx_fail(s->err, HELPDEX_INVALID,
                        "limit %u; ask for 1 to 1000 articles", r->limit);
    s->query = r->query_size == SIZE_MAX ? hdx_str_of(r->query)
                                         : (hdx_str){r->query, r->query_size};
    size_t bad = hdx_utf8_check(s->query);
    if (bad != SIZE_MAX)
        return hdx_fail(s->err, HELPDEX_INVALID,
                        "the query is not UTF-8 at byte %zu; encode it as "
                        "UTF-8",
                        bad);
    if (!r->locale) {
        *locale = s->searcher->default_locale;
    } else if (!hdx_locale_parse(hdx_str_of(r->locale), locale)) {
        return hdx_fail(s->err, HELPDEX_INVALID,
                        "\"%.64s\" is not a language tag; write one, such as "
                        "pt-BR",
                        r->locale);
    }
    return HELPDEX_OK;
}

/* Whether a locale before this link has the article too. */
static bool is_shadowed(const search *s, size_t link, uint32_t article)
{
    hdx_str id =
        hdx_forward_article_at(s->chain.links[link].shard->forward, article).id;
    for (size_t i = 0; i < link; i++)
        if (hdx_forward_has_id(s->chain.links[i].shard->forward, id))
            return true;
    return false;
}

/*
 * Scores candidates, and keeps the best section of each article. Within a
 * locale the order is the ranker's; between locales what counts is how much of
 * the question the best of each answers.
 */
static helpdex_status collapse(search *s, size_t link, size_t first,
                               hdx_ranked *ranked, size_t count)
{
    const hdx_chain_link *at = &s->chain.links[link];
    helpdex_status status =
        hdx_rank(s->searcher->ranking, &at->shard->maker, at->shard->forward,
                 &s->questions[link], &s->scratch, ranked, count, s->err);
    double best = 0;
    for (size_t i = 0; i < count; i++)
        best = ranked[i].cover > best ? ranked[i].cover : best;
    double share = (at->fallback ? FALLBACK_SHARE : 1) * best /
                   (count ? ranked[0].score + 1e-9 : 1);
    s->count = first;
    for (size_t i = 0;
         !status && i < count && s->count - first < s->request->limit; i++) {
        uint32_t section = ranked[i].section;
        uint32_t article = hdx_forward_article_of(at->shard->forward, section);
        bool taken = false;
        for (size_t n = first; n < s->count && !taken; n++)
            taken = s->found[n].article == article;
        if (taken || (link > 0 && is_shadowed(s, link, article)))
            continue;
        if (!hdx_grow(&s->found, &s->capacity, s->count + 1, sizeof *s->found))
            return hdx_fail_nomem(s->err);
        s->found[s->count++] = (found){.link = link,
                                       .section = section,
                                       .article = article,
                                       .score = share * ranked[i].score,
                                       .share = share,
                                       .parts = ranked[i].parts};
    }
    return status;
}

/* Leads of one sort, weak or not, any of them. */
static hdx_query any_of(const hdx_question *question, bool weak,
                        hdx_query *leaves)
{
    size_t count = 0;
    for (size_t i = 0; i < question->lead_count; i++)
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

/*
 * The tree that finds any strong lead, weak ones beside it, or any weak one
 * where nothing else is asked.
 */
static helpdex_status make_query(search *s, const hdx_question *question,
                                 hdx_query *out)
{
    enum { STRONG, WEAK, SORTS };
    hdx_query *sorts = hdx_arena_alloc(&s->scratch, SORTS * sizeof *sorts);
    hdx_query *leaves = hdx_arena_alloc(
        &s->scratch, (question->lead_count + 1) * sizeof *leaves);
    if (!sorts || !leaves)
        return hdx_fail_nomem(s->err);
    sorts[STRONG] = any_of(question, false, leaves);
    sorts[WEAK] = any_of(question, true, leaves + sorts[STRONG].count);
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
static helpdex_status retrieve(search *s, hdx_search_shard *shard,
                               const hdx_query *query, uint32_t limit,
                               hdx_ranked **out, size_t *count)
{
    hdx_candidate *candidates =
        hdx_arena_alloc(&s->scratch, (limit + 1) * sizeof *candidates);
    *out = hdx_arena_alloc(&s->scratch, (limit + 1) * sizeof **out);
    if (!candidates || !*out)
        return hdx_fail_nomem(s->err);
    helpdex_status status = hdx_engine_retrieve(
        shard->engine, query, WEIGHTING, limit, candidates, count, s->err);
    for (size_t i = 0; !status && i < *count; i++) {
        (*out)[i].section = candidates[i].ordinal;
        if (candidates[i].ordinal >= shard->lexicon.header->sections)
            return hdx_fail(s->err, HELPDEX_STORE,
                            "the terms and the texts of %s are not of one "
                            "build; index again",
                            shard->locale.tag);
    }
    return status;
}

/*
 * Finds up to `limit` articles in one locale. Sections crowd each other out,
 * so more are retrieved until there are enough articles or no more sections.
 */
static helpdex_status search_link(search *s, size_t link)
{
    hdx_search_shard *shard = s->chain.links[link].shard;
    uint32_t sections = shard->lexicon.header->sections;
    uint32_t ask = s->request->limit * SECTIONS_PER_ARTICLE;
    size_t first = s->count, got = 0;
    hdx_ranked *ranked = NULL;
    hdx_query query;
    hdx_analyser_trim(shard->analyser);
    helpdex_status status = hdx_question_make(
        &shard->maker, s->query, &s->scratch, &s->questions[link], s->err);
    if (!status && link == 0 && !s->chain.links[0].fallback)
        status = hdx_correct(&s->chain, &s->questions[0], &s->results->arena,
                             &s->results->correction, s->err);
    if (status || s->questions[link].lead_count == 0)
        return status;
    status = make_query(s, &s->questions[link], &query);
    for (ask = ask < RETRIEVE_LEAST ? RETRIEVE_LEAST : ask; !status; ask *= 4) {
        uint32_t limit = ask < sections ? ask : sections;
        status = retrieve(s, shard, &query, limit, &ranked, &got);
        if (!status)
            status = collapse(s, link, first, ranked, got);
        if (s->count - first >= s->request->limit || got < limit ||
            limit == sections)
            break;
    }
    return status;
}

static int best_first(const void *a, const void *b)
{
    const found *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->link != y->link)
        return x->link < y->link ? -1 : 1;
    return (x->section > y->section) - (x->section < y->section);
}

static const char *copy(search *s, hdx_str text)
{
    return hdx_arena_copy(&s->results->arena, text).ptr;
}

static helpdex_status fill_headings(search *s, hdx_str headings,
                                    helpdex_hit *hit)
{
    hdx_str rest = headings, line;
    size_t lines = 0;
    while (hdx_str_line(&rest, &line))
        lines++;
    const char **path =
        hdx_arena_alloc(&s->results->arena, (lines + 1) * sizeof *path);
    if (!path)
        return hdx_fail_nomem(s->err);
    for (rest = headings; hdx_str_line(&rest, &line);)
        if (!(path[hit->heading_count++] = copy(s, line)))
            return hdx_fail_nomem(s->err);
    hit->heading_path = path;
    return HELPDEX_OK;
}

static helpdex_status fill_url(search *s, hdx_str url, hdx_str anchor,
                               helpdex_hit *hit)
{
    hdx_buf buf = {0};
    if (url.len == 0)
        return HELPDEX_OK;
    hdx_buf_add(&buf, url);
    if (anchor.len)
        hdx_buf_byte(&buf, '#');
    if (hdx_buf_add_uri(&buf, anchor))
        hit->url = copy(s, hdx_buf_str(&buf));
    hdx_buf_free(&buf);
    return hit->url ? HELPDEX_OK : hdx_fail_nomem(s->err);
}

static helpdex_status fill_snippet(search *s, const found *from, hdx_str text,
                                   helpdex_hit *hit)
{
    hdx_snippet snippet = {HDX_STR(""), HDX_STR("")};
    helpdex_status status = HELPDEX_OK;
    if (s->request->snippet)
        status =
            hdx_snippet_make(&s->chain.links[from->link].shard->maker, text,
                             &s->questions[from->link], s->request->snippet,
                             &s->results->arena, &snippet, s->err);
    hit->snippet = snippet.text.ptr;
    hit->snippet_html = snippet.html.ptr;
    return status;
}

static helpdex_status fill_explanation(search *s, const found *from,
                                       helpdex_hit *hit)
{
    const hdx_rank_parts *parts = &from->parts;
    if (!s->request->explain)
        return HELPDEX_OK;
    helpdex_explanation *out = hdx_arena_alloc(&s->results->arena, sizeof *out);
    if (!out)
        return hdx_fail_nomem(s->err);
    *out =
        (helpdex_explanation){.words = from->share * parts->words,
                              .grams = from->share * parts->grams,
                              .sentence = from->share * parts->sentence,
                              .title_words = from->share * parts->title_words,
                              .title_grams = from->share * parts->title_grams,
                              .readings = from->share * parts->readings};
    hit->explanation = out;
    return hdx_explain_words(&s->chain.links[from->link].shard->maker,
                             s->searcher->ranking, &s->questions[from->link],
                             from->section, from->article, &s->results->arena,
                             out, s->err);
}

static helpdex_status fill_hit(search *s, const found *from, unsigned rank,
                               helpdex_hit *hit)
{
    const hdx_chain_link *link = &s->chain.links[from->link];
    hdx_forward_article article =
        hdx_forward_article_at(link->shard->forward, from->article);
    hdx_forward_section section =
        hdx_forward_section_at(link->shard->forward, from->section);
    *hit = (helpdex_hit){.rank = rank,
                         .id = copy(s, article.id),
                         .section = copy(s, section.anchor),
                         .locale = copy(s, hdx_str_of(link->shard->locale.tag)),
                         .fallback = link->fallback,
                         .title = copy(s, article.title),
                         .path = copy(s, article.path),
                         .line = section.line,
                         .score = from->score};
    if (!hit->id || !hit->section || !hit->locale || !hit->title || !hit->path)
        return hdx_fail_nomem(s->err);
    helpdex_status status = fill_headings(s, section.headings, hit);
    if (!status)
        status = fill_url(s, article.url, section.anchor, hit);
    if (!status)
        status = fill_snippet(s, from, section.text, hit);
    if (!status)
        status = fill_explanation(s, from, hit);
    return status;
}

static helpdex_status fill_results(search *s)
{
    if (s->count)
        qsort(s->found, s->count, sizeof *s->found, best_first);
    if (s->count > s->request->limit)
        s->count = s->request->limit;
    s->results->hits = hdx_arena_alloc(
        &s->results->arena, (s->count + 1) * sizeof *s->results->hits);
    if (!s->results->hits)
        return hdx_fail_nomem(s->err);
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < s->count && !status; i++)
        status =
            fill_hit(s, &s->found[i], (unsigned)i + 1, &s->results->hits[i]);
    s->results->count = s->count;
    return status;
}

/* Public and internal messages are the same, in the same order. */
_Static_assert((int)HELPDEX_MESSAGE_OTHER_LANGUAGE + 1 == HDX_MESSAGES,
               "messages");

static helpdex_status fill_messages(search *s)
{
    const char *correction = s->results->correction;
    helpdex_status status = HELPDEX_OK;
    for (hdx_message i = 0; i < HDX_MESSAGES && !status; i++)
        if (correction || i != HDX_MESSAGE_DID_YOU_MEAN)
            status = hdx_message_format(
                s->chain.pack, i, hdx_str_of(correction ? correction : ""),
                &s->results->arena, &s->results->messages[i], s->err);
    return status;
}

static helpdex_status run(search *s)
{
    hdx_locale locale;
    helpdex_status status = check_request(s, &locale);
    if (!status)
        status = hdx_chain_make(s->searcher, &locale, &s->scratch, &s->chain,
                                s->err);
    if (status)
        return status;
    memcpy(s->results->locale, locale.tag, sizeof locale.tag);
    s->questions =
        hdx_arena_alloc(&s->scratch, s->chain.count * sizeof *s->questions);
    if (!s->questions)
        return hdx_fail_nomem(s->err);
    for (size_t i = 0; i < s->chain.count && !status; i++)
        status = search_link(s, i);
    if (!status)
        status = fill_messages(s);
    return status ? status : fill_results(s);
}

helpdex_status helpdex_search(helpdex_searcher *searcher,
                              const helpdex_request *request,
                              helpdex_results **out, helpdex_error *err)
{
    uint64_t start = hdx_now_ns();
    *out = NULL;
    search s = {.searcher = searcher,
                .request = request,
                .results = calloc(1, sizeof *s.results),
                .err = err};
    if (!s.results)
        return hdx_fail_nomem(err);
    helpdex_status status = run(&s);
    for (size_t i = 0; s.questions && i < s.chain.count; i++)
        hdx_question_free(&s.chain.links[i].shard->maker, &s.questions[i]);
    free(s.found);
    hdx_arena_free(&s.scratch);
    if (status) {
        helpdex_results_free(s.results);
        return status;
    }
    s.results->took_us = (hdx_now_ns() - start) / 1000;
    *out = s.results;
    return HELPDEX_OK;
}

size_t helpdex_results_count(const helpdex_results *results)
{
    return results->count;
}

const helpdex_hit *helpdex_results_at(const helpdex_results *results, size_t at)
{
    return at < results->count ? &results->hits[at] : NULL;
}

const char *helpdex_results_locale(const helpdex_results *results)
{
    return results->locale;
}

const char *helpdex_results_correction(const helpdex_results *results)
{
    return results->correction;
}

const char *helpdex_results_message(const helpdex_results *results,
                                    helpdex_message message)
{
    return (unsigned)message < HDX_MESSAGES ? results->messages[message] : NULL;
}

uint64_t helpdex_results_took_us(const helpdex_results *results)
{
    return results->took_us;
}

void helpdex_results_free(helpdex_results *results)
{
    if (!results)
        return;
    hdx_arena_free(&results->arena);
    free(results);
}
