/*
 * helpdex_ask: a turn is opened (assist/turn.c), decided (assist/decide.c), and
 * what was decided is written out.
 */
#include <stdlib.h>

#include "assist/trust.h"
#include "base/clock.h"
#include "base/error.h"
#include "search/contact.h"
#include "search/tokens.h"

enum { BUDGET = 1000 };

/* What a model writes, and what it is told to do, in tokens; of a short answer
   with its instructions. */
enum { WORDING_TOKENS = 250 };

helpdex_status helpdex_assistant_open(const char *index_dir,
                                      helpdex_assistant **out,
                                      helpdex_error *err)
{
    helpdex_assistant *a = calloc(1, sizeof *a);
    *out = NULL;
    if (!a)
        return hdx_fail_nomem(err);
    helpdex_status status = helpdex_searcher_open(index_dir, &a->searcher, err);
    if (!status)
        status =
            hdx_pathbook_open(a->searcher->generation->path.ptr,
                              &a->searcher->default_locale, &a->paths, err);
    if (!status)
        status = hdx_knowers_open(a, err);
    if (!status)
        status = hdx_trust_open(a, err);
    if (!status)
        status = hdx_person_book_open(a->searcher->catalog, &a->people, err);
    if (status) {
        helpdex_assistant_free(a);
        return status;
    }
    *out = a;
    return HELPDEX_OK;
}

helpdex_searcher *helpdex_assistant_searcher(helpdex_assistant *assistant)
{
    return assistant->searcher;
}

void helpdex_assistant_free(helpdex_assistant *assistant)
{
    if (!assistant)
        return;
    hdx_person_book_close(&assistant->people);
    free(assistant->measured);
    hdx_knowers_close(assistant);
    hdx_pathbook_close(&assistant->paths);
    helpdex_searcher_free(assistant->searcher);
    free(assistant);
}

void helpdex_ask_request_init(helpdex_ask_request *request)
{
    *request = (helpdex_ask_request){.size = sizeof *request,
                                     .message = "",
                                     .message_size = SIZE_MAX,
                                     .budget = BUDGET};
}

static helpdex_status write_options(hdx_turn *t)
{
    const hdx_session *s = &t->session;
    helpdex_option *options = hdx_arena_alloc(
        &t->reply->arena, (s->option_count + 1) * sizeof *options);
    bool failed = !options;
    for (size_t i = 0; i < s->option_count && !failed; i++) {
        const hdx_offered *from = &s->options[i];
        options[i] = (helpdex_option){.label = hdx_turn_text(t, from->label),
                                      .value = hdx_turn_text(t, from->value)};
        if (from->id.len)
            options[i].id = hdx_turn_text(t, from->id);
        if (from->path.len)
            options[i].path = hdx_turn_text(t, from->path);
        failed = !options[i].label || !options[i].value ||
                 (from->id.len && !options[i].id) ||
                 (from->path.len && !options[i].path);
    }
    t->out->options = options;
    t->out->option_count = s->option_count;
    return failed ? hdx_fail_nomem(t->err) : HELPDEX_OK;
}

/* The first thing that was said to the customer, and the rest of it. */
static void note_turns(hdx_turn *t)
{
    hdx_session *s = &t->session;
    hdx_session_say(s, true, t->spoken, t->now);
    const char *const said[] = {t->out->reassurance, t->out->answer,
                                t->out->prompt};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (said[i])
            hdx_session_say(s, false, hdx_str_of(said[i]), t->now);
}

static helpdex_status write_session(hdx_turn *t)
{
    const helpdex_ask_request *r = t->request;
    hdx_buf token = {0};
    if (!r->key)
        return HELPDEX_OK;
    if (hdx_session_write(&t->session, (hdx_str){r->key, r->key_size}, t->now,
                          &token))
        t->out->session = hdx_turn_text(t, hdx_buf_str(&token));
    hdx_buf_free(&token);
    return t->out->session ? HELPDEX_OK : hdx_fail_nomem(t->err);
}

/* The texts of the first hits, up to the budget, and the words around them. */
static void count_tokens(hdx_turn *t)
{
    size_t most = t->request->budget, read = 0;
    const helpdex_results *results = t->reply->results;
    for (size_t i = 0; results && i < HDX_CHOICES && read < most; i++) {
        const helpdex_hit *hit = helpdex_results_at(results, i);
        hdx_reading reading;
        uint32_t first, end;
        if (!hit || !hdx_turn_find(t, hdx_str_of(hit->id), &reading))
            break;
        hdx_forward_sections_of(reading.shard->forward, reading.ordinal, &first,
                                &end);
        for (uint32_t n = first; n < end && read < most; n++) {
            hdx_str text =
                hdx_forward_section_at(reading.shard->forward, n).text;
            read += hdx_tokens_estimate(NULL, text.ptr, text.len);
        }
    }
    read = (read < most ? read : most) + WORDING_TOKENS +
           hdx_tokens_estimate(NULL, t->message.ptr, t->message.len);
    bool asks_back = t->out->verdict == HELPDEX_CLARIFY && !t->session.path.len;
    t->out->tokens.needed = asks_back ? read : 0;
    t->out->tokens.saved = asks_back ? 0 : read;
}

static helpdex_status finish(hdx_turn *t)
{
    helpdex_decision *out = t->out;
    hdx_arena *arena = &t->reply->arena;
    size_t reasons = 0;
    while (reasons < HDX_REASONS && t->reasons[reasons])
        reasons++;
    const char **list = hdx_arena_alloc(arena, (reasons + 1) * sizeof *list);
    hdx_str address, generation;
    if (!list || !t->chain.links ||
        !hdx_contact_address(t->assistant->searcher, t->chain.links[0].shard,
                             arena, &address))
        return hdx_fail_nomem(t->err);
    memcpy(list, t->reasons, reasons * sizeof *list);
    out->reasons = list;
    out->reason_count = reasons;
    out->human_route = address.len ? address.ptr : NULL;
    generation =
        hdx_str_of(helpdex_searcher_generation(t->assistant->searcher));
    out->locale = hdx_turn_text(t, hdx_str_of(t->locale.tag));
    out->generation = hdx_turn_text(t, generation);
    out->conversation = hdx_turn_text(t, t->session.conversation);
    if (!out->locale || !out->generation || !out->conversation)
        return hdx_fail_nomem(t->err);
    helpdex_status status =
        hdx_turn_message(t, HDX_MESSAGE_PERSON, &out->human);
    if (!status && out->verdict == HELPDEX_ANSWER && !out->flow)
        status = hdx_turn_offer_more(t);
    if (!status)
        status = write_options(t);
    note_turns(t);
    count_tokens(t);
    if (!status && out->verdict == HELPDEX_ESCALATE) {
        status = hdx_turn_packet(t);
        hdx_turn_leave(t); /* what they say now answers no question of it */
    }
    return status ? status : write_session(t);
}

static helpdex_status run(hdx_turn *t)
{
    helpdex_status status = hdx_turn_open(t);
    if (!status)
        status = hdx_turn_decide(t);
    return status ? status : finish(t);
}

helpdex_status helpdex_ask(helpdex_assistant *assistant,
                           const helpdex_ask_request *request,
                           helpdex_reply **out, helpdex_error *err)
{
    uint64_t start = hdx_now_ns();
    helpdex_reply *reply = calloc(1, sizeof *reply);
    *out = NULL;
    if (!reply)
        return hdx_fail_nomem(err);
    hdx_turn t = hdx_turn_new(assistant, request, reply, err);
    helpdex_status status = run(&t);
    if (status) {
        helpdex_reply_free(reply);
        return status;
    }
    reply->decision.took_us = (hdx_now_ns() - start) / 1000;
    *out = reply;
    return HELPDEX_OK;
}

const helpdex_decision *helpdex_reply_decision(const helpdex_reply *reply)
{
    return &reply->decision;
}

void helpdex_reply_free(helpdex_reply *reply)
{
    if (!reply)
        return;
    helpdex_results_free(reply->results);
    hdx_arena_free(&reply->arena);
    free(reply);
}
