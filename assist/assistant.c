/*
 * helpdex_ask: a message is read together with the conversation so far, the
 * stages of assist/turn.h decide, and what was decided is written out. Whoever
 * wants a person gets one, whatever else the message says.
 */
#include <stdlib.h>

#include "assist/trust.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"
#include "search/contact.h"
#include "search/tokens.h"

#include <helpdex/redact.h>

enum { MESSAGE_BYTES = 4096, BUDGET = 1000 };

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

void hdx_turn_reason(hdx_turn *turn, const char *word)
{
    for (size_t i = 0; i < HDX_REASONS; i++) {
        if (!turn->reasons[i]) {
            turn->reasons[i] = word;
            return;
        }
        if (strcmp(turn->reasons[i], word) == 0)
            return;
    }
}

const char *hdx_turn_fact(const hdx_turn *turn, const char *name)
{
    for (size_t i = 0; i < turn->request->fact_count; i++)
        if (strcmp(turn->request->facts[i].name, name) == 0)
            return turn->request->facts[i].value;
    return NULL;
}

const char *hdx_turn_text(hdx_turn *turn, hdx_str text)
{
    return hdx_arena_copy(&turn->reply->arena, text).ptr;
}

helpdex_status hdx_turn_message(hdx_turn *turn, hdx_message message,
                                const char **out)
{
    return hdx_message_format(turn->chain.pack, message, HDX_STR(""),
                              &turn->reply->arena, out, turn->err);
}

bool hdx_turn_find(const hdx_turn *turn, hdx_str id, hdx_reading *out)
{
    if (hdx_searcher_hides(turn->assistant->searcher, &turn->reader, id))
        return false;
    for (size_t i = 0; i < turn->chain.count; i++) {
        hdx_search_shard *shard = turn->chain.links[i].shard;
        uint32_t at = hdx_forward_find(shard->forward, id);
        if (at == HDX_NO_ARTICLE)
            continue;
        *out = (hdx_reading){shard, at,
                             hdx_forward_article_at(shard->forward, at)};
        if (hdx_audience_admits(out->article.regions, turn->reader.region) &&
            hdx_audience_admits(out->article.platforms, turn->reader.platform))
            return true;
    }
    return false;
}

static helpdex_status check_request(hdx_turn *t)
{
    const helpdex_ask_request *r = t->request;
    if (r->size != sizeof *r)
        return hdx_fail(t->err, HELPDEX_INVALID,
                        "a request of another version; call "
                        "helpdex_ask_request_init first");
    if (r->key && r->key_size < HDX_SESSION_KEY_LEAST)
        return hdx_fail(t->err, HELPDEX_INVALID,
                        "a key of %zu bytes; take %d or more that nobody can "
                        "guess",
                        r->key_size, HDX_SESSION_KEY_LEAST);
    if (r->session && !r->key)
        return hdx_fail(t->err, HELPDEX_INVALID,
                        "a session without a key; give the key that it was "
                        "signed with");
    for (size_t i = 0; i < r->fact_count; i++)
        if (!r->facts[i].name || !*r->facts[i].name || !r->facts[i].value ||
            hdx_utf8_check(hdx_str_of(r->facts[i].name)) != SIZE_MAX ||
            hdx_utf8_check(hdx_str_of(r->facts[i].value)) != SIZE_MAX)
            return hdx_fail(t->err, HELPDEX_INVALID,
                            "fact %zu has no name, no value, or is not UTF-8; "
                            "give both as UTF-8",
                            i + 1);
    return HELPDEX_OK;
}

static helpdex_status refuse_empty(const hdx_turn *turn)
{
    return hdx_fail(turn->err, HELPDEX_INVALID,
                    "an empty message; give what the customer wrote");
}

static helpdex_status read_message(hdx_turn *t)
{
    const helpdex_ask_request *r = t->request;
    hdx_str whole = r->message_size == SIZE_MAX
                        ? hdx_str_of(r->message)
                        : (hdx_str){r->message, r->message_size};
    size_t bad = hdx_utf8_check(whole);
    if (bad != SIZE_MAX)
        return hdx_fail(t->err, HELPDEX_INVALID,
                        "the message is not UTF-8 at byte %zu; encode it as "
                        "UTF-8",
                        bad);
    t->message = hdx_str_trim(hdx_utf8_cut(whole, MESSAGE_BYTES));
    if (t->message.len == 0 && !r->session &&
        r->outcome != HELPDEX_OUTCOME_PERSON)
        return refuse_empty(t);
    helpdex_redaction *redaction = NULL;
    helpdex_status status =
        helpdex_redact(t->message.ptr, t->message.len, &redaction, t->err);
    if (status)
        return status;
    t->spoken = hdx_arena_copy(&t->reply->arena,
                               hdx_str_of(helpdex_redaction_text(redaction)));
    t->seed_phrase = helpdex_redaction_seed_phrase(redaction);
    if (t->seed_phrase)
        hdx_turn_reason(t, "seed_phrase");
    helpdex_redaction_free(redaction);
    return t->spoken.ptr ? HELPDEX_OK : hdx_fail_nomem(t->err);
}

static helpdex_status begin_session(hdx_turn *t)
{
    unsigned char bytes[8];
    helpdex_status status = hdx_random(bytes, sizeof bytes, t->err);
    if (status)
        return status;
    uint64_t number;
    memcpy(&number, bytes, sizeof number);
    t->session = (hdx_session){.began = t->now};
    t->session.conversation = hdx_arena_format(&t->reply->arena, "%016llx",
                                               (unsigned long long)number);
    return t->session.conversation.ptr ? HELPDEX_OK : hdx_fail_nomem(t->err);
}

static helpdex_status resume_session(hdx_turn *t)
{
    const helpdex_ask_request *r = t->request;
    hdx_session_state state = HDX_SESSION_REFUSED;
    helpdex_status status = HELPDEX_OK;
    if (r->session)
        status = hdx_session_read(
            hdx_str_of(r->session), (hdx_str){r->key, r->key_size}, t->now,
            &t->reply->arena, &t->session, &state, t->err);
    if (status || (r->session && state == HDX_SESSION_SOUND))
        return status;
    if (r->session)
        hdx_turn_reason(t, state == HDX_SESSION_EXPIRED ? "session_expired"
                                                        : "session_refused");
    return begin_session(t);
}

static helpdex_status choose_locale(hdx_turn *t)
{
    const char *wanted = t->request->locale;
    hdx_str tag = wanted ? hdx_str_of(wanted) : t->session.locale;
    if (tag.len == 0) {
        t->locale = t->assistant->searcher->default_locale;
    } else if (!hdx_locale_parse(tag, &t->locale)) {
        return hdx_fail(t->err, HELPDEX_INVALID,
                        "\"%.64s\" is not a language tag; write one, such as "
                        "pt-BR",
                        wanted ? wanted : "");
    }
    hdx_arena *arena = &t->reply->arena;
    helpdex_status status = hdx_chain_make(t->assistant->searcher, &t->locale,
                                           arena, &t->chain, t->err);
    if (status)
        return status;
    t->session.locale = hdx_str_of(t->locale.tag);
    t->served =
        hdx_arena_alloc(arena, (t->chain.count + 1) * sizeof *t->served);
    if (!t->served)
        return hdx_fail_nomem(t->err);
    for (size_t i = 0; i < t->chain.count; i++)
        t->served[i] = t->chain.links[i].shard->locale;
    return HELPDEX_OK;
}

static void know_reader(hdx_turn *t)
{
    const char *version = hdx_turn_fact(t, "app_version");
    t->reader = (hdx_rule_reader){.locale = &t->locale,
                                  .region = hdx_turn_fact(t, "region"),
                                  .platform = hdx_turn_fact(t, "platform"),
                                  .now = t->now};
    if (version && hdx_version_read(hdx_str_of(version), &t->version))
        t->reader.version = &t->version;
}

static bool is_told(hdx_facts facts, hdx_str name)
{
    for (size_t i = 0; i < facts.count; i++)
        if (hdx_str_eq(facts.items[i].name, name))
            return true;
    return false;
}

/* The facts as views, of one name the first, and what was offered at the turn
   before. */
static helpdex_status gather(hdx_turn *t)
{
    const helpdex_ask_request *r = t->request;
    hdx_arena *arena = &t->reply->arena;
    hdx_fact *facts =
        hdx_arena_alloc(arena, (r->fact_count + 1) * sizeof *facts);
    t->offered = hdx_arena_alloc(arena, sizeof t->session.options);
    if (!facts || !t->offered)
        return hdx_fail_nomem(t->err);
    t->facts.items = facts;
    for (size_t i = 0; i < r->fact_count; i++) {
        hdx_str name = hdx_str_of(r->facts[i].name);
        if (!is_told(t->facts, name))
            facts[t->facts.count++] =
                (hdx_fact){name, hdx_str_of(r->facts[i].value)};
    }
    know_reader(t);
    memcpy(t->offered, t->session.options, sizeof t->session.options);
    t->offered_count = t->session.option_count;
    t->session.option_count = 0;
    t->session.messages++;
    return HELPDEX_OK;
}

helpdex_status hdx_turn_unhelped(hdx_turn *turn)
{
    bool done = false;
    helpdex_status status = HELPDEX_OK;
    turn->out->confidence = 1;
    hdx_turn_reason(turn, "unhelped");
    if (turn->session.path.len)
        status = hdx_turn_walk(turn, HDX_SAID_UNHELPED, &done);
    return status || done ? status : hdx_turn_hand_over(turn);
}

/* What a flow came to, as it is called in packets. */
static hdx_str outcome_name(helpdex_outcome outcome)
{
    switch (outcome) {
    case HELPDEX_OUTCOME_FLOW_DONE:
        return HDX_STR("done");
    case HELPDEX_OUTCOME_FLOW_PENDING:
        return HDX_STR("pending");
    default:
        return HDX_STR("failed");
    }
}

/* The customer hears what the flow says; when it failed, that it did, and then
   what the path has instead. */
static helpdex_status after_flow(hdx_turn *t)
{
    helpdex_outcome outcome = t->request->outcome;
    hdx_session *s = &t->session;
    hdx_str text = hdx_str_of(t->request->outcome_text);
    if (hdx_utf8_check(text) != SIZE_MAX)
        return hdx_fail(t->err, HELPDEX_INVALID,
                        "the text of the flow is not UTF-8; encode it as "
                        "UTF-8");
    if (s->flow_count)
        s->flows[s->flow_count - 1].status = outcome_name(outcome);
    hdx_turn_reason(t, "flow");
    const char *said = text.len ? hdx_turn_text(t, text) : NULL;
    if (text.len && !said)
        return hdx_fail_nomem(t->err);
    const char *done, *failed;
    helpdex_status status = hdx_turn_flow_texts(t, &done, &failed);
    if (status)
        return status;
    if (outcome == HELPDEX_OUTCOME_FLOW_FAILED) {
        t->out->reassurance = said ? said : failed;
        return hdx_turn_unhelped(t);
    }
    t->out->verdict = HELPDEX_ANSWER;
    t->out->answer = said ? said : done;
    t->out->confidence = 1;
    status = hdx_turn_reassure_again(t);
    if (status)
        return status;
    return t->out->answer ? HELPDEX_OK : hdx_turn_hand_over(t);
}

/* Whether somebody says so in a conversation, offered or not. */
static helpdex_status says_unhelped(hdx_turn *t, const hdx_phrase_text *words,
                                    bool *out)
{
    const char *label;
    hdx_phrase_text phrase;
    if (t->session.messages < 2)
        return HELPDEX_OK;
    helpdex_status status = hdx_turn_message(t, HDX_MESSAGE_UNHELPED, &label);
    if (status)
        return status;
    if (!hdx_phrase_prepare(&t->reply->arena, hdx_str_of(label), &phrase))
        return hdx_fail_nomem(t->err);
    hdx_phrase_loosen(&phrase);
    *out = phrase.count > 0 && hdx_phrase_same(words, &phrase);
    return HELPDEX_OK;
}

static helpdex_status give_person(hdx_turn *t)
{
    t->out->confidence = 1;
    hdx_turn_reason(t, "person_asked");
    return hdx_turn_hand_over(t);
}

static helpdex_status decide(hdx_turn *t)
{
    bool done = false;
    hdx_phrase_text words;
    if (t->request->outcome == HELPDEX_OUTCOME_UNHELPED)
        return hdx_turn_unhelped(t);
    if (t->request->outcome == HELPDEX_OUTCOME_PERSON)
        return give_person(t);
    if (t->request->outcome != HELPDEX_OUTCOME_NONE)
        return after_flow(t);
    if (!hdx_phrase_prepare(&t->reply->arena, t->message, &words))
        return hdx_fail_nomem(t->err);
    hdx_phrase_loosen(&words);
    helpdex_status status = HELPDEX_OK;
    if (hdx_asks_for_person(&t->assistant->people, &words))
        return give_person(t);
    bool unhelped = false;
    status = says_unhelped(t, &words, &unhelped);
    if (!status && unhelped)
        return hdx_turn_unhelped(t);
    if (!status && t->offered_count)
        status = hdx_turn_choose(t, &done);
    if (!status && !done &&
        (t->session.pending || (t->session.path.len && !t->message.len)))
        status = hdx_turn_walk(
            t, t->message.len ? HDX_SAID_TEXT : HDX_SAID_NOTHING, &done);
    if (status || done)
        return status;
    if (!t->message.len)
        return refuse_empty(t);
    const hdx_path *path =
        hdx_pathbook_by_label(&t->assistant->paths, &t->locale, &words);
    if (!path)
        return hdx_turn_consult(t);
    bool known_issue;
    t->out->confidence = 1;
    hdx_turn_reason(t, "label");
    status = hdx_turn_announce(t, &known_issue);
    return status ? status : hdx_turn_begin(t, path);
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

hdx_turn hdx_turn_new(helpdex_assistant *assistant,
                      const helpdex_ask_request *request, helpdex_reply *reply,
                      helpdex_error *err)
{
    return (hdx_turn){.assistant = assistant,
                      .request = request,
                      .now = request->now ? request->now : hdx_clock(),
                      .reply = reply,
                      .out = &reply->decision,
                      .urgency = HDX_URGENCY_NORMAL,
                      .err = err};
}

helpdex_status hdx_turn_open(hdx_turn *turn)
{
    helpdex_status status = check_request(turn);
    if (!status)
        status = read_message(turn);
    if (!status)
        status = resume_session(turn);
    if (!status)
        status = choose_locale(turn);
    return status ? status : gather(turn);
}

static helpdex_status run(hdx_turn *t)
{
    helpdex_status status = hdx_turn_open(t);
    if (!status)
        status = decide(t);
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
