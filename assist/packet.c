/*
 * Writing the handoff packet. Members that are lists are always there, empty
 * ones too, so that a reader never has to ask; single texts that are unknown
 * are left out.
 */
#include "assist/packet.h"

#include <time.h>

#include "base/json.h"

enum { PACKET_VERSION = 1 };

static void text(hdx_json *json, const char *key, const char *value)
{
    if (value)
        hdx_json_text(json, key, value);
}

static void moment(hdx_json *json, const char *key, int64_t at)
{
    char written[sizeof "-2147483648-01-01T00:00:00Z"];
    time_t seconds = (time_t)at;
    struct tm parts;
    if (gmtime_r(&seconds, &parts) &&
        strftime(written, sizeof written, "%Y-%m-%dT%H:%M:%SZ", &parts))
        text(json, key, written);
}

static void texts(hdx_json *json, const char *key, const char *const *values,
                  size_t count)
{
    hdx_json_list(json, key);
    for (size_t i = 0; i < count; i++)
        text(json, NULL, values[i]);
    hdx_json_end_list(json);
}

static void pairs(hdx_json *json, const char *key,
                  const hdx_packet_pair *values, size_t count)
{
    hdx_json_object(json, key);
    for (size_t i = 0; i < count; i++)
        text(json, values[i].name, values[i].value);
    hdx_json_end_object(json);
}

static void article(hdx_json *json, const char *key,
                    const hdx_packet_article *a)
{
    hdx_json_object(json, key);
    text(json, "id", a->id);
    text(json, "section", a->section);
    text(json, "locale", a->locale);
    text(json, "title", a->title);
    text(json, "url", a->url);
    hdx_json_end_object(json);
}

/* An item of a list that is two texts. */
static void two(hdx_json *json, const char *first, const char *one,
                const char *second, const char *other)
{
    hdx_json_object(json, NULL);
    text(json, first, one);
    text(json, second, other);
    hdx_json_end_object(json);
}

static void tried(hdx_json *json, const hdx_packet *p)
{
    hdx_json_object(json, "tried");
    hdx_json_list(json, "articles");
    for (size_t i = 0; i < p->article_count; i++)
        article(json, NULL, &p->articles[i]);
    hdx_json_end_list(json);
    hdx_json_list(json, "options");
    for (size_t i = 0; i < p->option_count; i++)
        two(json, "label", p->options[i].label, "value", p->options[i].value);
    hdx_json_end_list(json);
    hdx_json_list(json, "answers");
    for (size_t i = 0; i < p->answer_count; i++)
        two(json, "question", p->answers[i].question, "answer",
            p->answers[i].answer);
    hdx_json_end_list(json);
    hdx_json_list(json, "flows");
    for (size_t i = 0; i < p->flow_count; i++)
        two(json, "name", p->flows[i].name, "status", p->flows[i].status);
    hdx_json_end_list(json);
    hdx_json_end_object(json);
}

static void transcript(hdx_json *json, const hdx_packet *p)
{
    hdx_json_list(json, "transcript");
    for (size_t i = 0; i < p->turn_count; i++) {
        const hdx_packet_turn *t = &p->transcript[i];
        hdx_json_object(json, NULL);
        text(json, "role",
             t->role == HDX_PACKET_CUSTOMER ? "customer" : "assistant");
        text(json, "text", t->text);
        moment(json, "at", t->at);
        hdx_json_end_object(json);
    }
    hdx_json_end_list(json);
}

static void write(hdx_json *json, const hdx_packet *p)
{
    hdx_json_object(json, NULL);
    hdx_json_count(json, "version", PACKET_VERSION);
    text(json, "id", p->id);
    moment(json, "created", p->created);
    text(json, "category", p->category);
    text(json, "urgency", hdx_urgency_name(p->urgency));
    text(json, "queue", p->queue);
    text(json, "locale", p->locale);
    texts(json, "agent_languages", p->agent_languages, p->agent_language_count);
    text(json, "summary", p->summary);
    texts(json, "reasons", p->reasons, p->reason_count);
    tried(json, p);
    transcript(json, p);
    pairs(json, "slots", p->slots, p->slot_count);
    pairs(json, "context", p->context, p->context_count);
    if (p->suggested)
        article(json, "suggested_article", p->suggested);
    text(json, "session", p->session);
    hdx_json_end_object(json);
}

helpdex_status hdx_packet_json(hdx_arena *arena, const hdx_packet *packet,
                               hdx_str *out, helpdex_error *err)
{
    hdx_buf buf = {NULL};
    hdx_json json = {.out = &buf};
    write(&json, packet);
    *out = buf.failed ? (hdx_str){NULL, 0}
                      : hdx_arena_copy(arena, hdx_buf_str(&buf));
    hdx_buf_free(&buf);
    return out->ptr ? HELPDEX_OK : hdx_fail_nomem(err);
}
