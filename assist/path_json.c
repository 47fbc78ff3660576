/*
 * A triage path written out for one reader. Queues and urgencies are left out:
 * they are between the path and the help desk.
 */
#include <helpdex/path.h>

#include <stdlib.h>

#include "assist/turn.h"
#include "base/error.h"
#include "base/json.h"

struct helpdex_path {
    hdx_buf json;
};

typedef struct writer {
    const hdx_path *path;
    hdx_turn turn; /* what finds articles for the reader */
    hdx_readers readers;
    hdx_json json;
} writer;

void helpdex_path_request_init(helpdex_path_request *request)
{
    *request = (helpdex_path_request){.size = sizeof *request};
}

static void add_str(hdx_json *json, const char *key, hdx_str text)
{
    if (text.len)
        hdx_json_str(json, key, text);
    else
        hdx_json_null(json, key);
}

static void add_text(writer *w, const char *key, const hdx_local_texts *texts)
{
    const hdx_local_text *text =
        hdx_pathbook_text(&w->turn.assistant->paths, texts, w->readers);
    add_str(&w->json, key, text ? text->text : HDX_STR(""));
}

static void add_next(writer *w, uint32_t next)
{
    add_str(&w->json, "next",
            next == HDX_NO_NODE ? HDX_STR("") : w->path->nodes[next].name);
}

static void add_options(writer *w, const hdx_path_node *node)
{
    hdx_json_list(&w->json, "options");
    for (size_t i = 0; i < node->option_count; i++) {
        hdx_json_object(&w->json, NULL);
        add_text(w, "label", &node->options[i].label);
        hdx_json_str(&w->json, "value", node->options[i].value);
        add_next(w, node->options[i].next);
        hdx_json_end_object(&w->json);
    }
    hdx_json_end_list(&w->json);
}

static void add_test(writer *w, const hdx_path_test *test)
{
    hdx_str rest = test->values, line;
    hdx_json_object(&w->json, NULL);
    hdx_json_str(&w->json, "name", test->name);
    hdx_json_list(&w->json, "values");
    while (hdx_str_line(&rest, &line))
        hdx_json_str(&w->json, NULL, line);
    hdx_json_end_list(&w->json);
    hdx_json_end_object(&w->json);
}

static void add_cases(writer *w, const hdx_path_node *node)
{
    hdx_json_list(&w->json, "cases");
    for (size_t i = 0; i < node->case_count; i++) {
        hdx_json_object(&w->json, NULL);
        hdx_json_list(&w->json, "if");
        for (size_t n = 0; n < node->cases[i].count; n++)
            add_test(w, &node->cases[i].tests[n]);
        hdx_json_end_list(&w->json);
        add_next(w, node->cases[i].next);
        hdx_json_end_object(&w->json);
    }
    hdx_json_end_list(&w->json);
}

/* An article that is for others is not told. */
static void add_article(writer *w, const hdx_path_node *node)
{
    hdx_reading reading;
    bool told = hdx_turn_find(&w->turn, node->article, &reading);
    add_str(&w->json, "id", told ? node->article : HDX_STR(""));
    add_str(&w->json, "section", told ? node->section : HDX_STR(""));
}

static void add_needs(writer *w, const hdx_path_node *node)
{
    hdx_json_list(&w->json, "needs");
    for (size_t i = 0; i < node->need_count; i++)
        hdx_json_str(&w->json, NULL, w->path->slots[node->needs[i]].name);
    hdx_json_end_list(&w->json);
}

static void add_node(writer *w, const hdx_path_node *node)
{
    static const char *const kinds[HDX_NODE_KINDS] = {
        [HDX_NODE_ASK] = "ask",         [HDX_NODE_WHEN] = "when",
        [HDX_NODE_ARTICLE] = "article", [HDX_NODE_LINK] = "link",
        [HDX_NODE_FLOW] = "flow",       [HDX_NODE_PERSON] = "person"};
    hdx_json *json = &w->json;
    hdx_json_object(json, NULL);
    hdx_json_str(json, "name", node->name);
    hdx_json_text(json, "kind", kinds[node->kind]);
    add_text(w, "text", &node->text);
    if (node->kind == HDX_NODE_ASK) {
        hdx_json_str(json, "slot", w->path->slots[node->slot].name);
        add_options(w, node);
    } else if (node->kind == HDX_NODE_WHEN) {
        add_cases(w, node);
    } else {
        add_needs(w, node);
    }
    if (node->kind == HDX_NODE_ARTICLE)
        add_article(w, node);
    if (node->kind == HDX_NODE_LINK)
        hdx_json_str(json, "link", node->link);
    if (node->kind == HDX_NODE_FLOW)
        hdx_json_str(json, "flow", node->flow);
    if (node->kind != HDX_NODE_PERSON)
        add_next(w, node->next);
    hdx_json_end_object(json);
}

static void add_slots(writer *w)
{
    hdx_json_list(&w->json, "slots");
    for (size_t i = 0; i < w->path->slot_count; i++) {
        const hdx_path_slot *slot = &w->path->slots[i];
        hdx_json_object(&w->json, NULL);
        hdx_json_str(&w->json, "name", slot->name);
        add_str(&w->json, "context", slot->context);
        add_text(w, "prompt", &slot->ask);
        hdx_json_bool(&w->json, "optional", slot->optional);
        hdx_json_end_object(&w->json);
    }
    hdx_json_end_list(&w->json);
}

static void write_path(writer *w, const char *generation)
{
    const hdx_path *path = w->path;
    hdx_json_object(&w->json, NULL);
    hdx_json_str(&w->json, "path", path->name);
    hdx_json_text(&w->json, "locale", w->turn.locale.tag);
    hdx_json_text(&w->json, "generation", generation);
    add_text(w, "label", &path->labels);
    hdx_json_bool(&w->json, "high_stakes", path->high_stakes);
    add_text(w, "reassurance", &path->reassurance);
    hdx_json_str(&w->json, "start", path->nodes[path->start].name);
    add_slots(w);
    hdx_json_list(&w->json, "nodes");
    for (size_t i = 0; i < path->node_count; i++)
        add_node(w, &path->nodes[i]);
    hdx_json_end_list(&w->json);
    hdx_json_end_object(&w->json);
}

/* The locales that the reader is served in. */
static helpdex_status find_readers(writer *w, const char *locale,
                                   hdx_arena *arena)
{
    hdx_turn *t = &w->turn;
    helpdex_searcher *searcher = t->assistant->searcher;
    t->locale = searcher->default_locale;
    if (locale && !hdx_locale_parse(hdx_str_of(locale), &t->locale))
        return hdx_fail(t->err, HELPDEX_INVALID,
                        "\"%.64s\" is not a language tag; write one, such as "
                        "pt-BR",
                        locale);
    helpdex_status status =
        hdx_chain_make(searcher, &t->locale, arena, &t->chain, t->err);
    if (status)
        return status;
    t->served =
        hdx_arena_alloc(arena, (t->chain.count + 1) * sizeof *t->served);
    if (!t->served)
        return hdx_fail_nomem(t->err);
    for (size_t i = 0; i < t->chain.count; i++)
        t->served[i] = t->chain.links[i].shard->locale;
    w->readers = hdx_turn_readers(t);
    return HELPDEX_OK;
}

static helpdex_status check_request(const helpdex_path_request *r,
                                    helpdex_error *err)
{
    if (r->size != sizeof *r)
        return hdx_fail(err, HELPDEX_INVALID,
                        "a request of another version; call "
                        "helpdex_path_request_init first");
    if (!r->name || hdx_utf8_check(hdx_str_of(r->name)) != SIZE_MAX ||
        hdx_utf8_check(hdx_str_of(r->locale)) != SIZE_MAX)
        return hdx_fail(err, HELPDEX_INVALID,
                        "no name of a path, or not UTF-8; give its name as "
                        "UTF-8");
    return HELPDEX_OK;
}

/* Of the knowledge base the names are the files' of triage/. */
static helpdex_status find_path(writer *w, const char *name)
{
    w->path = hdx_pathbook_find(&w->turn.assistant->paths, hdx_str_of(name));
    return w->path ? HELPDEX_OK
                   : hdx_fail(w->turn.err, HELPDEX_NOT_FOUND,
                              "no path \"%.100s\"; see triage/ of the "
                              "knowledge base",
                              name);
}

static helpdex_status read_path(writer *w, const helpdex_path_request *request,
                                hdx_buf *out)
{
    hdx_arena arena = {0};
    const helpdex_searcher *searcher = w->turn.assistant->searcher;
    helpdex_status status = check_request(request, w->turn.err);
    if (!status)
        status = find_path(w, request->name);
    if (!status)
        status = find_readers(w, request->locale, &arena);
    if (!status) {
        w->json = (hdx_json){.out = out};
        write_path(w, helpdex_searcher_generation(searcher));
        hdx_buf_byte(out, '\0');
        if (out->failed)
            status = hdx_fail_nomem(w->turn.err);
    }
    hdx_arena_free(&arena);
    return status;
}

helpdex_status helpdex_path_read(helpdex_assistant *assistant,
                                 const helpdex_path_request *request,
                                 helpdex_path **out, helpdex_error *err)
{
    helpdex_fact facts[2];
    helpdex_ask_request reader = {.facts = facts};
    writer w = {
        .turn = {.assistant = assistant, .request = &reader, .err = err}};
    helpdex_path *path = calloc(1, sizeof *path);
    *out = NULL;
    if (!path)
        return hdx_fail_nomem(err);
    if (request->region)
        facts[reader.fact_count++] = (helpdex_fact){"region", request->region};
    if (request->platform)
        facts[reader.fact_count++] =
            (helpdex_fact){"platform", request->platform};
    helpdex_status status = read_path(&w, request, &path->json);
    if (status)
        helpdex_path_free(path);
    else
        *out = path;
    return status;
}

const char *helpdex_path_json(const helpdex_path *path)
{
    return path->json.ptr;
}

void helpdex_path_free(helpdex_path *path)
{
    if (!path)
        return;
    hdx_buf_free(&path->json);
    free(path);
}
