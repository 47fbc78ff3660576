/*
 * What is noted of each event. Every text that may come from outside goes
 * through redaction; what comes from the index does not. Names that must stay
 * as they are, since rows are joined by them, are held to an alphabet in which
 * nobody can be written to.
 */
#include "insights/event.h"

#include <stdlib.h>
#include <string.h>

#include "insights/redact.h"

/* As many bytes as are searched; what a secret has behind them is read. */
enum { TEXT_BYTES = 4096, NAME_BYTES = 256, BEHIND_BYTES = 512 };
enum { OPAQUE_BYTES = 128 };

/* An event that is being made; the first failure stays. */
typedef struct making {
    hdx_event *event;
    bool seed_phrase; /* of one of its texts, which is not here */
    helpdex_status status;
    helpdex_error *err;
} making;

const char *hdx_event_table(hdx_event_kind kind)
{
    static const char *const tables[HDX_EVENT_KINDS] = {
        "searches", "feedback", "ratings", "decisions", "contacts", "handoffs"};
    return tables[kind];
}

bool hdx_event_is_lasting(hdx_event_kind kind)
{
    return kind != HDX_EVENT_SEARCH && kind != HDX_EVENT_DECISION;
}

static void start(making *m, hdx_event_kind kind, bool known,
                  helpdex_error *err)
{
    *m = (making){.event = calloc(1, sizeof *m->event), .err = err};
    if (!m->event)
        m->status = hdx_fail_nomem(err);
    else if (!known)
        m->status = hdx_fail(err, HELPDEX_INVALID,
                             "an event of another version; zero it and set its "
                             "size to its sizeof");
    if (m->event)
        m->event->kind = kind;
}

static helpdex_status end(making *m, hdx_event **out)
{
    if (m->status) {
        hdx_event_free(m->event);
        m->event = NULL;
    }
    *out = m->event;
    return m->status;
}

/* The next value, NULL so far; NULL: it has failed before. */
static hdx_value *add(making *m, const char *column)
{
    if (m->status)
        return NULL;
    hdx_value *value = &m->event->values[m->event->count++];
    *value = (hdx_value){.column = column};
    return value;
}

static void put_integer(making *m, const char *column, int64_t integer)
{
    hdx_value *value = add(m, column);
    if (!value)
        return;
    value->type = HDX_VALUE_INTEGER;
    value->integer = integer;
}

static void put_real(making *m, const char *column, double real)
{
    hdx_value *value = add(m, column);
    if (!value)
        return;
    value->type = HDX_VALUE_REAL;
    value->real = real;
}

/* A text of our own. */
static void put_own(making *m, const char *column, const char *text)
{
    hdx_value *value = add(m, column);
    if (!value || !text)
        return;
    value->text = strdup(text);
    value->type = HDX_VALUE_TEXT;
    if (!value->text)
        m->status = hdx_fail_nomem(m->err);
}

static void redact_into(making *m, hdx_value *value, hdx_str text, size_t most)
{
    hdx_arena arena = {0};
    hdx_redaction made;
    m->status = hdx_redact(&arena, hdx_utf8_cut(text, most + BEHIND_BYTES),
                           most, &made, m->err);
    if (!m->status && made.seed_phrase) {
        m->seed_phrase = true;
    } else if (!m->status) {
        value->text = strdup(made.text.ptr);
        value->type = HDX_VALUE_TEXT;
        if (!value->text)
            m->status = hdx_fail_nomem(m->err);
    }
    hdx_arena_free(&arena);
}

/* A text of somebody else, redacted; an empty one is none. */
static void put_view(making *m, const char *column, hdx_str text, size_t most)
{
    hdx_value *value = add(m, column);
    if (!value || !text.len)
        return;
    size_t bad = hdx_utf8_check(text);
    if (bad != SIZE_MAX)
        m->status = hdx_fail(m->err, HELPDEX_INVALID,
                             "the %s is not UTF-8 at byte %zu; encode it as "
                             "UTF-8",
                             column, bad);
    else
        redact_into(m, value, text, most);
}

static void put_text(making *m, const char *column, const char *text)
{
    put_view(m, column, hdx_str_of(text), TEXT_BYTES);
}

static void put_name(making *m, const char *column, const char *text)
{
    put_view(m, column, hdx_str_of(text), NAME_BYTES);
}

/* No address can be written in it: it has no "@" and no space. */
static bool is_opaque(const char *text)
{
    size_t len = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                              "abcdefghijklmnopqrstuvwxyz0123456789._~:+/=-");
    return !text[len] && len <= OPAQUE_BYTES;
}

static void put_opaque(making *m, const char *column, const char *text)
{
    bool given = text && *text;
    if (!m->status && given && !is_opaque(text))
        m->status = hdx_fail(m->err, HELPDEX_INVALID,
                             "the %s is not at most %d letters, digits and "
                             "._~:+/=-; give a name that says nothing, such "
                             "as a random one or a digest",
                             column, OPAQUE_BYTES);
    put_own(m, column, given ? text : NULL);
}

/* The id of an article or the like: kept as it is where it can be opaque, since
   ids of help desks are numbers that may look like a card's. */
static void put_id(making *m, const char *column, const char *id)
{
    if (id && is_opaque(id))
        put_own(m, column, *id ? id : NULL);
    else
        put_name(m, column, id);
}

static void must(making *m, bool holds, const char *what)
{
    if (!m->status && !holds)
        m->status = hdx_fail(m->err, HELPDEX_INVALID, "%s", what);
}

static void put_head(making *m, int64_t at, const char *session,
                     const char *locale)
{
    put_integer(m, "at", at);
    put_opaque(m, "session", session);
    put_name(m, "locale", locale);
}

/* The least close of the tiers by which words of the hit were found. */
static const char *tier_of(const helpdex_explanation *e)
{
    static const char *const tiers[] = {"exact", "stem",       "folded",
                                        "marks", "synonym",    "part",
                                        "typo",  "unfinished", "beginning"};
    size_t least = 0;
    const char *tier = NULL;
    for (size_t i = 0; e && i < e->question_count; i++) {
        const char *name = e->question[i].tier;
        size_t at = 0;
        while (name && at < sizeof tiers / sizeof *tiers &&
               strcmp(tiers[at], name) != 0)
            at++;
        if (name && (!tier || at > least)) {
            least = at;
            tier = name;
        }
    }
    return tier;
}

static void put_request(making *m, const helpdex_request *request)
{
    hdx_str query = request->query_size == SIZE_MAX
                        ? hdx_str_of(request->query)
                        : (hdx_str){request->query, request->query_size};
    put_view(m, "query", query, TEXT_BYTES);
    put_name(m, "region", request->region);
    put_name(m, "platform", request->platform);
}

static void put_results(making *m, const helpdex_results *results)
{
    const helpdex_hit *first = helpdex_results_at(results, 0);
    const char *correction = helpdex_results_correction(results);
    put_text(m, "correction", m->seed_phrase ? NULL : correction);
    put_integer(m, "hits", (int64_t)helpdex_results_count(results));
    put_own(m, "first_id", first ? first->id : NULL);
    put_own(m, "first_tier", first ? tier_of(first->explanation) : NULL);
    put_own(m, "via", first ? first->via : NULL);
    if (first)
        put_integer(m, "fallback", first->fallback);
    else
        add(m, "fallback");
    put_own(m, "generation", helpdex_results_generation(results));
    put_integer(m, "took_us", (int64_t)helpdex_results_took_us(results));
}

helpdex_status hdx_event_of_search(const helpdex_search_event *from,
                                   hdx_event **out, helpdex_error *err)
{
    making m;
    start(&m, HDX_EVENT_SEARCH, from->size == sizeof *from, err);
    if (!m.status) {
        put_head(&m, from->at, from->session,
                 helpdex_results_locale(from->results));
        put_request(&m, from->request);
        put_results(&m, from->results);
        put_integer(&m, "seed_phrase", m.seed_phrase);
    }
    return end(&m, out);
}

helpdex_status hdx_event_of_feedback(const helpdex_feedback_event *from,
                                     hdx_event **out, helpdex_error *err)
{
    making m;
    start(&m, HDX_EVENT_FEEDBACK, from->size == sizeof *from, err);
    if (!m.status) {
        must(&m, from->article && *from->article,
             "feedback on no article; give its id");
        put_head(&m, from->at, from->session, from->locale);
        put_id(&m, "article", from->article);
        put_id(&m, "section", from->section);
        put_integer(&m, "helpful", from->helpful);
        put_text(&m, "comment", from->comment);
        put_integer(&m, "seed_phrase", m.seed_phrase);
    }
    return end(&m, out);
}

helpdex_status hdx_event_of_rating(const helpdex_rating_event *from,
                                   hdx_event **out, helpdex_error *err)
{
    making m;
    start(&m, HDX_EVENT_RATING, from->size == sizeof *from, err);
    if (!m.status) {
        must(&m, from->stars >= 1 && from->stars <= 5,
             "a rating has 1 to 5 stars; give one of these");
        put_head(&m, from->at, from->session, from->locale);
        put_integer(&m, "stars", from->stars);
        put_text(&m, "comment", from->comment);
        put_integer(&m, "seed_phrase", m.seed_phrase);
    }
    return end(&m, out);
}

helpdex_status hdx_event_of_decision(const helpdex_decision_event *from,
                                     hdx_event **out, helpdex_error *err)
{
    making m;
    start(&m, HDX_EVENT_DECISION, from->size == sizeof *from, err);
    if (!m.status) {
        must(&m, from->decision && *from->decision,
             "a decision without its name; give answer, clarify or escalate");
        must(&m, from->confidence <= 1,
             "a confidence above 1; give 0 to 1, or less for none");
        put_head(&m, from->at, from->session, from->locale);
        put_text(&m, "message", from->message);
        put_name(&m, "decision", from->decision);
        if (from->confidence >= 0)
            put_real(&m, "confidence", from->confidence);
        else
            add(&m, "confidence");
        put_name(&m, "reasons", from->reasons);
        put_id(&m, "article", from->article);
        put_id(&m, "path", from->path);
        put_opaque(&m, "generation", from->generation);
        put_integer(&m, "took_us", from->took_us);
        put_integer(&m, "seed_phrase", m.seed_phrase);
    }
    return end(&m, out);
}

helpdex_status hdx_event_of_contact(const helpdex_contact_event *from,
                                    hdx_event **out, helpdex_error *err)
{
    making m;
    start(&m, HDX_EVENT_CONTACT, from->size == sizeof *from, err);
    if (!m.status) {
        put_head(&m, from->at, from->session, from->locale);
        put_opaque(&m, "id", from->id);
        put_opaque(&m, "customer", from->customer);
        put_name(&m, "channel", from->channel);
        put_name(&m, "topic", from->topic);
        put_id(&m, "article", from->article);
        put_text(&m, "text", from->text);
        put_integer(&m, "seed_phrase", m.seed_phrase);
    }
    return end(&m, out);
}

helpdex_status hdx_event_of_handoff(const helpdex_handoff_event *from,
                                    hdx_event **out, helpdex_error *err)
{
    making m;
    start(&m, HDX_EVENT_HANDOFF, from->size == sizeof *from, err);
    if (!m.status) {
        put_head(&m, from->at, from->session, from->locale);
        put_opaque(&m, "id", from->id);
        put_name(&m, "category", from->category);
        put_name(&m, "urgency", from->urgency);
        put_name(&m, "queue", from->queue);
        put_id(&m, "article", from->article);
    }
    return end(&m, out);
}

void hdx_event_free(hdx_event *event)
{
    if (!event)
        return;
    for (size_t i = 0; i < event->count; i++)
        free(event->values[i].text);
    free(event);
}
