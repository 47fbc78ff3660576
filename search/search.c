/*
 * helpdex_search: the stages of a call, in order. What was found is asked of
 * with the functions of search/results.c.
 */
#include <helpdex/search.h>

#include <stdlib.h>

#include "base/clock.h"
#include "base/error.h"
#include "search/call.h"

enum { LIMIT_LARGEST = 1000 };

void helpdex_request_init(helpdex_request *request)
{
    *request = (helpdex_request){.size = sizeof *request,
                                 .query = "",
                                 .query_size = SIZE_MAX,
                                 .limit = 10,
                                 .snippet = 180};
}

static helpdex_status check_request(hdx_call *c)
{
    const helpdex_request *r = c->request;
    if (r->size != sizeof *r)
        return hdx_fail(c->err, HELPDEX_INVALID,
                        "a request of another version; call "
                        "helpdex_request_init first");
    if (r->limit < 1 || r->limit > LIMIT_LARGEST)
        return hdx_fail(c->err, HELPDEX_INVALID,
                        "limit %u; ask for 1 to 1000 articles", r->limit);
    c->query = r->query_size == SIZE_MAX ? hdx_str_of(r->query)
                                         : (hdx_str){r->query, r->query_size};
    size_t bad = hdx_utf8_check(c->query);
    if (bad != SIZE_MAX)
        return hdx_fail(c->err, HELPDEX_INVALID,
                        "the query is not UTF-8 at byte %zu; encode it as "
                        "UTF-8",
                        bad);
    if (!r->locale) {
        c->locale = c->searcher->default_locale;
    } else if (!hdx_locale_parse(hdx_str_of(r->locale), &c->locale)) {
        return hdx_fail(c->err, HELPDEX_INVALID,
                        "\"%.64s\" is not a language tag; write one, such as "
                        "pt-BR",
                        r->locale);
    }
    return HELPDEX_OK;
}

/* The links of the chain, with room for those that only bridge. */
static helpdex_status make_links(hdx_call *c)
{
    size_t room = c->chain.count + 2 * c->searcher->count;
    c->links = hdx_arena_alloc(&c->scratch, room * sizeof *c->links);
    if (!c->links)
        return hdx_fail_nomem(c->err);
    c->link_count = c->chain.count;
    for (size_t i = 0; i < c->chain.count; i++)
        c->links[i] = (hdx_link){.shard = c->chain.links[i].shard,
                                 .delta = c->chain.links[i].delta,
                                 .fallback = c->chain.links[i].fallback,
                                 .adds = c->chain.links[i].adds};
    return HELPDEX_OK;
}

/* Asks the question of a link: its rules come before what it finds. */
static helpdex_status ask_link(hdx_call *c, size_t link)
{
    helpdex_status status = hdx_call_ask(c, link);
    if (!status)
        status = hdx_call_rule(c, link);
    return status ? status : hdx_call_retrieve(c, link);
}

static helpdex_status run(hdx_call *c)
{
    helpdex_status status = check_request(c);
    if (!status)
        status = hdx_chain_make(c->searcher, &c->locale, &c->scratch, &c->chain,
                                c->err);
    if (!status)
        status = make_links(c);
    if (status)
        return status;
    memcpy(c->results->locale, c->locale.tag, sizeof c->locale.tag);
    hdx_str name = hdx_str_of(helpdex_searcher_generation(c->searcher));
    c->results->generation = hdx_arena_copy(&c->results->arena, name).ptr;
    if (!c->results->generation)
        return hdx_fail_nomem(c->err);
    hdx_searcher_attend(c->searcher, c->request->region, c->request->platform);
    status = hdx_call_look_for_seed_phrase(c);
    if (!status)
        status = ask_link(c, 0);
    if (!status)
        status = hdx_call_bridge(c);
    for (size_t i = 1; i < c->link_count && !status; i++)
        if (!c->links[i].delta && (c->links[i].adds || c->links[i].bridges))
            status = ask_link(c, i);
    if (!status)
        status = hdx_call_pin(c);
    if (!status)
        status = hdx_call_translate(c);
    if (!status)
        status = hdx_call_favour(c);
    if (!status)
        status = hdx_call_present(c);
    if (!status)
        status = hdx_call_announce(c);
    if (!status)
        status = hdx_call_passages(c);
    return status ? status : hdx_call_offer(c);
}

helpdex_status helpdex_search(helpdex_searcher *searcher,
                              const helpdex_request *request,
                              helpdex_results **out, helpdex_error *err)
{
    uint64_t start = hdx_now_ns();
    *out = NULL;
    hdx_call c = {.searcher = searcher,
                  .request = request,
                  .results = calloc(1, sizeof *c.results),
                  .err = err};
    if (!c.results)
        return hdx_fail_nomem(err);
    helpdex_status status = run(&c);
    for (size_t i = 0; i < c.link_count; i++)
        if (c.links[i].asked)
            hdx_question_free(&c.links[i].shard->maker, &c.links[i].question);
    hdx_call_unhide(&c);
    free(c.found);
    hdx_arena_free(&c.scratch);
    if (status) {
        helpdex_results_free(c.results);
        return status;
    }
    c.results->took_us = (hdx_now_ns() - start) / 1000;
    *out = c.results;
    return HELPDEX_OK;
}
