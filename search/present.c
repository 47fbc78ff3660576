/*
 * The last stage: what was found is sorted, and the best of it written out with
 * snippets, links and labels.
 */
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "search/call.h"
#include "search/confidence.h"
#include "search/explain.h"
#include "search/snippet.h"
#include "text/message.h"

static int best_first(const void *a, const void *b)
{
    const hdx_found *x = a, *y = b;
    /* 0, not pinned, is the last place of all. */
    unsigned x_pin = x->factors.pinned - 1, y_pin = y->factors.pinned - 1;
    if (x_pin != y_pin)
        return x_pin < y_pin ? -1 : 1;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->at.link != y->at.link)
        return x->at.link < y->at.link ? -1 : 1;
    if (x->at.section != y->at.section)
        return x->at.section < y->at.section ? -1 : 1;
    return (x->from.link > y->from.link) - (x->from.link < y->from.link);
}

/* An article may have been found in two languages: its better place stays. */
static void sort_found(hdx_call *c)
{
    size_t kept = 0;
    /* Equal but for the way in which they were summed up. */
    for (size_t i = 0; i < c->count; i++)
        c->found[i].score = round(c->found[i].score * 1e9) / 1e9;
    if (c->count)
        qsort(c->found, c->count, sizeof *c->found, best_first);
    size_t wanted = c->request->limit > 1 ? c->request->limit : 2;
    for (size_t i = 0; i < c->count && kept < wanted; i++) {
        bool twice = false;
        for (size_t n = 0; n < kept && !twice; n++)
            twice = c->found[n].at.link == c->found[i].at.link &&
                    c->found[n].at.article == c->found[i].at.article;
        if (!twice)
            c->found[kept++] = c->found[i];
    }
    c->ranked = kept;
    c->count = kept < c->request->limit ? kept : c->request->limit;
}

static const char *copy(hdx_call *c, hdx_str text)
{
    return hdx_arena_copy(&c->results->arena, text).ptr;
}

helpdex_status hdx_call_headings(hdx_call *c, hdx_str headings,
                                 const char *const **path, size_t *count)
{
    hdx_str rest = headings, line;
    size_t lines = 0;
    while (hdx_str_line(&rest, &line))
        lines++;
    const char **list =
        hdx_arena_alloc(&c->results->arena, (lines + 1) * sizeof *list);
    if (!list)
        return hdx_fail_nomem(c->err);
    *path = list;
    *count = 0;
    for (rest = headings; hdx_str_line(&rest, &line);)
        if (!(list[(*count)++] = copy(c, line)))
            return hdx_fail_nomem(c->err);
    return HELPDEX_OK;
}

helpdex_status hdx_call_url(hdx_call *c, hdx_str url, hdx_str anchor,
                            const char **out)
{
    hdx_buf buf = {0};
    *out = NULL;
    if (url.len == 0)
        return HELPDEX_OK;
    hdx_buf_add(&buf, url);
    if (anchor.len)
        hdx_buf_byte(&buf, '#');
    if (hdx_buf_add_uri(&buf, anchor))
        *out = copy(c, hdx_buf_str(&buf));
    hdx_buf_free(&buf);
    return *out ? HELPDEX_OK : hdx_fail_nomem(c->err);
}

static helpdex_status fill_snippet(hdx_call *c, const hdx_found *found,
                                   hdx_str text, helpdex_hit *hit)
{
    hdx_snippet snippet = {HDX_STR(""), HDX_STR(""), 0};
    hdx_link *at = &c->links[found->at.link];
    helpdex_status status = HELPDEX_OK;
    if (c->request->snippet) {
        status = hdx_call_ask(c, found->at.link);
        if (!status)
            status = hdx_snippet_make(&at->shard->maker, text, &at->question,
                                      c->request->snippet, &c->results->arena,
                                      &snippet, c->err);
    }
    hit->snippet = snippet.text.ptr;
    hit->snippet_html = snippet.html.ptr;
    hit->snippet_begin = snippet.begin;
    return status;
}

static helpdex_status fill_stale(hdx_call *c,
                                 const hdx_forward_article *article,
                                 helpdex_hit *hit)
{
    if (article->behind == 0)
        return HELPDEX_OK;
    helpdex_staleness *stale =
        hdx_arena_alloc(&c->results->arena, sizeof *stale);
    if (!stale)
        return hdx_fail_nomem(c->err);
    *stale = (helpdex_staleness){article->behind, article->sections};
    hit->stale = stale;
    return HELPDEX_OK;
}

static helpdex_status fill_explanation(hdx_call *c, const hdx_found *found,
                                       helpdex_hit *hit)
{
    const hdx_rank_parts *parts = &found->parts;
    const hdx_link *from = &c->links[found->from.link];
    if (!c->request->explain)
        return HELPDEX_OK;
    helpdex_explanation *out = hdx_arena_alloc(&c->results->arena, sizeof *out);
    if (!out)
        return hdx_fail_nomem(c->err);
    *out = (helpdex_explanation){
        .words = found->scale * parts->words,
        .grams = found->scale * parts->grams,
        .sentence = found->scale * parts->sentence,
        .title_words = found->scale * parts->title_words,
        .title_grams = found->scale * parts->title_grams,
        .readings = found->scale * parts->readings,
        .coverage = found->scale * parts->coverage,
        .question_match = found->scale * parts->question_match};
    hit->explanation = out;
    helpdex_status status =
        hdx_factors_explain(&found->factors, &c->results->arena, out, c->err);
    if (status)
        return status;
    return hdx_explain_words(&from->shard->maker, c->searcher->ranking,
                             &from->question, found->from.section,
                             found->from.article, &c->results->arena, out,
                             c->err);
}

static helpdex_status fill_hit(hdx_call *c, size_t index, helpdex_hit *hit)
{
    const hdx_found *found = &c->found[index];
    const hdx_link *link = &c->links[found->at.link];
    hdx_forward_article article = hdx_call_article(c, found->at);
    hdx_forward_section section =
        hdx_forward_section_at(link->shard->forward, found->at.section);
    bool translated = found->at.link != found->from.link;
    *hit = (helpdex_hit){.rank = (unsigned)index + 1,
                         .id = copy(c, article.id),
                         .section = copy(c, section.anchor),
                         .locale = copy(c, hdx_str_of(link->shard->locale.tag)),
                         .fallback = link->fallback,
                         .title = copy(c, article.title),
                         .path = copy(c, article.path),
                         .line = section.line,
                         .score = fmin(1, found->score),
                         .confidence = hdx_call_confidence(c, index)};
    if (!hit->id || !hit->section || !hit->locale || !hit->title || !hit->path)
        return hdx_fail_nomem(c->err);
    if (translated &&
        !(hit->via = copy(
              c, hdx_str_of(c->links[found->from.link].shard->locale.tag))))
        return hdx_fail_nomem(c->err);
    if (article.deep_link.len && !(hit->deep_link = copy(c, article.deep_link)))
        return hdx_fail_nomem(c->err);
    helpdex_status status = hdx_call_headings(
        c, section.headings, &hit->heading_path, &hit->heading_count);
    if (!status)
        status = hdx_call_url(c, article.url, section.anchor, &hit->url);
    if (!status)
        status = fill_stale(c, &article, hit);
    if (!status)
        status = fill_snippet(c, found, section.text, hit);
    if (!status)
        status = fill_explanation(c, found, hit);
    return status;
}

/* Public and internal messages are the same, in the same order. */
_Static_assert((int)HELPDEX_MESSAGE_SEED_PHRASE + 1 == HDX_SEARCH_MESSAGES,
               "messages");

static helpdex_status fill_messages(hdx_call *c)
{
    const char *correction = c->results->correction;
    helpdex_status status = HELPDEX_OK;
    for (hdx_message i = 0; i < HDX_SEARCH_MESSAGES && !status; i++)
        if ((correction || i != HDX_MESSAGE_DID_YOU_MEAN) &&
            (c->seed_phrase || i != HDX_MESSAGE_SEED_PHRASE))
            status = hdx_message_format(
                c->chain.pack, i, hdx_str_of(correction ? correction : ""),
                &c->results->arena, &c->results->messages[i], c->err);
    return status;
}

helpdex_status hdx_call_present(hdx_call *call)
{
    helpdex_results *results = call->results;
    sort_found(call);
    results->hits = hdx_arena_alloc(&results->arena,
                                    (call->count + 1) * sizeof *results->hits);
    if (!results->hits)
        return hdx_fail_nomem(call->err);
    helpdex_status status = fill_messages(call);
    for (size_t i = 0; i < call->count && !status; i++)
        status = fill_hit(call, i, &results->hits[i]);
    results->count = call->count;
    return status;
}
