/*
 * Writing the handoff packet. Members that are lists are always there, empty
 * ones too, so that a reader never has to ask; single texts that are unknown
 * are left out.
 */
#include "assist/packet.h"

#include <cjson/cJSON.h>
#include <time.h>

enum { PACKET_VERSION = 1 };

/* `failed` is sticky: memory was out. */
typedef struct writer {
    cJSON *root;
    bool failed;
} writer;

static void text(writer *w, cJSON *map, const char *name, const char *value)
{
    if (value && !cJSON_AddStringToObject(map, name, value))
        w->failed = true;
}

static void moment(writer *w, cJSON *map, const char *name, int64_t at)
{
    char written[sizeof "-2147483648-01-01T00:00:00Z"];
    time_t seconds = (time_t)at;
    struct tm parts;
    if (gmtime_r(&seconds, &parts) &&
        strftime(written, sizeof written, "%Y-%m-%dT%H:%M:%SZ", &parts))
        text(w, map, name, written);
}

static cJSON *list(writer *w, cJSON *map, const char *name)
{
    cJSON *made = cJSON_AddArrayToObject(map, name);
    if (!made)
        w->failed = true;
    return made;
}

static cJSON *map(writer *w, cJSON *outer, const char *name)
{
    cJSON *made = cJSON_AddObjectToObject(outer, name);
    if (!made)
        w->failed = true;
    return made;
}

/* A new map at the end of a list. */
static cJSON *item(writer *w, cJSON *items)
{
    cJSON *made = cJSON_CreateObject();
    if (made && cJSON_AddItemToArray(items, made))
        return made;
    cJSON_Delete(made);
    w->failed = true;
    return NULL;
}

static void texts(writer *w, const char *name, const char *const *values,
                  size_t count)
{
    cJSON *items = list(w, w->root, name);
    for (size_t i = 0; i < count; i++) {
        cJSON *value = cJSON_CreateString(values[i]);
        if (!value || !cJSON_AddItemToArray(items, value)) {
            cJSON_Delete(value);
            w->failed = true;
        }
    }
}

static void pairs(writer *w, const char *name, const hdx_packet_pair *values,
                  size_t count)
{
    cJSON *made = map(w, w->root, name);
    for (size_t i = 0; i < count; i++)
        text(w, made, values[i].name, values[i].value);
}

static void article(writer *w, cJSON *at, const hdx_packet_article *a)
{
    text(w, at, "id", a->id);
    text(w, at, "section", a->section);
    text(w, at, "locale", a->locale);
    text(w, at, "title", a->title);
    text(w, at, "url", a->url);
}

static void tried(writer *w, const hdx_packet *p)
{
    cJSON *all = map(w, w->root, "tried");
    cJSON *articles = list(w, all, "articles");
    for (size_t i = 0; i < p->article_count; i++)
        article(w, item(w, articles), &p->articles[i]);
    cJSON *options = list(w, all, "options");
    for (size_t i = 0; i < p->option_count; i++) {
        cJSON *at = item(w, options);
        text(w, at, "label", p->options[i].label);
        text(w, at, "value", p->options[i].value);
    }
    cJSON *answers = list(w, all, "answers");
    for (size_t i = 0; i < p->answer_count; i++) {
        cJSON *at = item(w, answers);
        text(w, at, "question", p->answers[i].question);
        text(w, at, "answer", p->answers[i].answer);
    }
    cJSON *flows = list(w, all, "flows");
    for (size_t i = 0; i < p->flow_count; i++) {
        cJSON *at = item(w, flows);
        text(w, at, "name", p->flows[i].name);
        text(w, at, "status", p->flows[i].status);
    }
}

static void transcript(writer *w, const hdx_packet *p)
{
    cJSON *turns = list(w, w->root, "transcript");
    for (size_t i = 0; i < p->turn_count; i++) {
        const hdx_packet_turn *t = &p->transcript[i];
        cJSON *at = item(w, turns);
        text(w, at, "role",
             t->role == HDX_PACKET_CUSTOMER ? "customer" : "assistant");
        text(w, at, "text", t->text);
        moment(w, at, "at", t->at);
    }
}

static void write(writer *w, const hdx_packet *p)
{
    if (!cJSON_AddNumberToObject(w->root, "version", PACKET_VERSION))
        w->failed = true;
    text(w, w->root, "id", p->id);
    moment(w, w->root, "created", p->created);
    text(w, w->root, "category", p->category);
    text(w, w->root, "urgency", hdx_urgency_name(p->urgency));
    text(w, w->root, "queue", p->queue);
    text(w, w->root, "locale", p->locale);
    texts(w, "agent_languages", p->agent_languages, p->agent_language_count);
    text(w, w->root, "summary", p->summary);
    texts(w, "reasons", p->reasons, p->reason_count);
    tried(w, p);
    transcript(w, p);
    pairs(w, "slots", p->slots, p->slot_count);
    pairs(w, "context", p->context, p->context_count);
    if (p->suggested)
        article(w, map(w, w->root, "suggested_article"), p->suggested);
    text(w, w->root, "session", p->session);
}

helpdex_status hdx_packet_json(hdx_arena *arena, const hdx_packet *packet,
                               hdx_str *json, helpdex_error *err)
{
    writer w = {.root = cJSON_CreateObject()};
    char *printed = NULL;
    *json = (hdx_str){NULL, 0};
    if (w.root)
        write(&w, packet);
    if (w.root && !w.failed)
        printed = cJSON_PrintUnformatted(w.root);
    cJSON_Delete(w.root);
    if (printed)
        *json = hdx_arena_copy(arena, hdx_str_of(printed));
    cJSON_free(printed);
    return json->ptr ? HELPDEX_OK : hdx_fail_nomem(err);
}
