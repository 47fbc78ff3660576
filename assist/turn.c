/*
 * Opening a turn: the request is checked, the message read together with the
 * conversation so far, and the customer's locales and facts made ready; and
 * what all stages ask of a turn.
 */
#include "assist/turn.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"

#include <helpdex/redact.h>

enum { MESSAGE_BYTES = 4096 };

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

helpdex_status hdx_turn_refuse_empty(const hdx_turn *turn)
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
        return hdx_turn_refuse_empty(t);
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
