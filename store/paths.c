/*
 * Reading triage paths. A key that is not known is refused: a typing error must
 * not silently take a question, or the way to a person, out of a path.
 */
#include "store/paths.h"

#include <stdlib.h>

#include "store/path_nodes.h"

static const char *const urgency_names[HDX_URGENCIES] = {
    [HDX_URGENCY_LOW] = "low",
    [HDX_URGENCY_NORMAL] = "normal",
    [HDX_URGENCY_HIGH] = "high",
    [HDX_URGENCY_URGENT] = "urgent"};

const char *hdx_urgency_name(hdx_urgency urgency)
{
    return urgency_names[urgency];
}

static helpdex_status fail(const hdx_path_reader *r, const hdx_yaml *at,
                           const char *what)
{
    return hdx_text_fail(&r->file, at, what);
}

static const char *const slot_keys[] = {"context", "ask", "pattern", "optional",
                                        NULL};

static const char *slot_key(unsigned kind, size_t at)
{
    (void)kind;
    return slot_keys[at];
}

static helpdex_status read_slot_key(hdx_path_reader *r, const hdx_yaml *at,
                                    hdx_path_slot *out)
{
    if (hdx_str_eq_nocase(at->key, HDX_STR("context")))
        return hdx_text_line(&r->file, at, &out->context);
    if (hdx_str_eq_nocase(at->key, HDX_STR("ask")))
        return hdx_text_one_by_locale(&r->file, at, "a question", &out->ask);
    if (hdx_str_eq_nocase(at->key, HDX_STR("pattern")))
        return hdx_text_line(&r->file, at, &out->pattern);
    if (hdx_str_eq_nocase(at->key, HDX_STR("optional")))
        return hdx_path_answer_read(r, at, &out->optional);
    return hdx_text_unknown(&r->file, at, "slots", slot_key, 0);
}

/* A slot of which nothing is said is one that options fill, or the fact of that
   name. */
static helpdex_status read_slot(hdx_path_reader *r, const hdx_yaml *map)
{
    hdx_path_slot *out = &r->path->slots[r->path->slot_count++];
    helpdex_status status = HELPDEX_OK;
    *out = (hdx_path_slot){.name = map->key,
                           .context = map->key,
                           .line = map->line,
                           .column = map->column};
    if (hdx_text_is_blank(map))
        return HELPDEX_OK;
    if (map->kind != HDX_YAML_MAP)
        return fail(r, map, "no slot; write what it is below it, or nothing");
    for (const hdx_yaml *at = map->first; at && !status; at = at->next) {
        status = hdx_text_once(&r->file, map, at);
        if (!status)
            status = read_slot_key(r, at, out);
    }
    return status;
}

static helpdex_status read_slots(hdx_path_reader *r, const hdx_yaml *value)
{
    size_t count = 0;
    helpdex_status status = HELPDEX_OK;
    if (value->kind != HDX_YAML_MAP)
        return fail(r, value,
                    "slots are names; write one a line, with a colon");
    for (const hdx_yaml *at = value->first; at; at = at->next)
        count++;
    if (count > HDX_PATH_SLOTS)
        return fail(r, value,
                    "more than 16 slots; ask for less, or part the path in "
                    "two");
    r->path->slots =
        hdx_arena_alloc(r->file.arena, (count + 1) * sizeof *r->path->slots);
    if (!r->path->slots)
        return hdx_fail_nomem(r->file.err);
    for (const hdx_yaml *at = value->first; at && !status; at = at->next) {
        status = hdx_text_once(&r->file, value, at);
        if (!status)
            status = read_slot(r, at);
    }
    return status;
}

static helpdex_status read_name(hdx_path_reader *r, const hdx_yaml *value)
{
    return hdx_text_line(&r->file, value, &r->path->name);
}

static helpdex_status read_stakes(hdx_path_reader *r, const hdx_yaml *value)
{
    hdx_str text = hdx_str_trim(value->text);
    bool high = hdx_str_eq_nocase(text, HDX_STR("high"));
    r->path->high_stakes = high;
    return value->kind == HDX_YAML_SCALAR &&
                   (high || hdx_str_eq_nocase(text, HDX_STR("normal")))
               ? HELPDEX_OK
               : fail(r, value, "no such stakes; write high or normal");
}

static helpdex_status read_queue(hdx_path_reader *r, const hdx_yaml *value)
{
    return hdx_text_line(&r->file, value, &r->path->queue);
}

static helpdex_status read_urgency(hdx_path_reader *r, const hdx_yaml *value)
{
    return hdx_path_urgency_read(r, value, &r->path->urgency);
}

static helpdex_status read_articles(hdx_path_reader *r, const hdx_yaml *value)
{
    return hdx_text_list(&r->file, value, &r->path->articles);
}

static helpdex_status read_labels(hdx_path_reader *r, const hdx_yaml *value)
{
    return hdx_text_by_locale(&r->file, value, &r->path->labels);
}

static helpdex_status read_reassurance(hdx_path_reader *r,
                                       const hdx_yaml *value)
{
    return hdx_text_one_by_locale(&r->file, value, "a reassurance",
                                  &r->path->reassurance);
}

static helpdex_status read_start(hdx_path_reader *r, const hdx_yaml *value)
{
    return hdx_path_node_find(r, value, &r->path->start);
}

/* In the order of reading: nodes know the slots, the start is a node. */
static const struct path_key {
    const char *name;
    helpdex_status (*read)(hdx_path_reader *r, const hdx_yaml *value);
} path_keys[] = {
    {"path", read_name},
    {"stakes", read_stakes},
    {"queue", read_queue},
    {"urgency", read_urgency},
    {"articles", read_articles},
    {"labels", read_labels},
    {"reassurance", read_reassurance},
    {"slots", read_slots},
    {"nodes", hdx_path_nodes_read},
    {"start", read_start},
};
enum { KEYS = sizeof path_keys / sizeof *path_keys };

const char *hdx_path_key(size_t at)
{
    return at < KEYS ? path_keys[at].name : NULL;
}

const char *hdx_path_slot_key(size_t at)
{
    return slot_key(0, at);
}

static const char *key_at(unsigned kind, size_t at)
{
    (void)kind;
    return hdx_path_key(at);
}

static helpdex_status check_keys(hdx_path_reader *r, const hdx_yaml *root)
{
    for (const hdx_yaml *at = root->first; at; at = at->next) {
        size_t i = 0;
        helpdex_status status = hdx_text_once(&r->file, root, at);
        if (status)
            return status;
        while (i < KEYS &&
               !hdx_str_eq_nocase(at->key, hdx_str_of(path_keys[i].name)))
            i++;
        if (i == KEYS)
            return hdx_text_unknown(&r->file, at, "a path", key_at, 0);
    }
    return HELPDEX_OK;
}

/* What a path cannot do without. */
static helpdex_status check_whole(hdx_path_reader *r, const hdx_yaml *root)
{
    const hdx_path *path = r->path;
    const char *what = NULL;
    if (path->queue.len == 0)
        what = "a path without a queue; add queue: and who takes over";
    else if (path->node_count == 0)
        what = "a path without nodes; add nodes:";
    else if (path->articles.count == 0 && path->labels.count == 0)
        what = "nothing leads to this path; add articles: or labels:";
    else if (path->high_stakes && path->reassurance.count == 0)
        what = "stakes are high and nobody is reassured; add reassurance: "
               "{en: \"...\"}";
    return what ? fail(r, root, what) : HELPDEX_OK;
}

/* The name of a file without its ending. */
static hdx_str stem_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    return (hdx_str){name, dot ? (size_t)(dot - name) : strlen(name)};
}

static helpdex_status read_path(hdx_path_reader *r, const hdx_yaml *root,
                                const char *name)
{
    hdx_path *path = r->path;
    path->name = hdx_arena_copy(r->file.arena, stem_of(name));
    if (!path->name.ptr)
        return hdx_fail_nomem(r->file.err);
    helpdex_status status = check_keys(r, root);
    for (size_t i = 0; i < KEYS && !status; i++) {
        const hdx_yaml *value = hdx_yaml_get(root, path_keys[i].name);
        if (value)
            status = path_keys[i].read(r, value);
    }
    return status ? status : check_whole(r, root);
}

helpdex_status hdx_paths_read(hdx_paths *paths, hdx_str text, const char *file,
                              const char *name, helpdex_error *err)
{
    hdx_yaml *root;
    hdx_path path = {.file =
                         hdx_arena_copy(&paths->arena, hdx_str_of(file)).ptr,
                     .line = 1,
                     .column = 1,
                     .urgency = HDX_URGENCY_NORMAL};
    hdx_path_reader r = {
        .file = {.arena = &paths->arena, .path = path.file, .err = err},
        .path = &path};
    if (!path.file)
        return hdx_fail_nomem(err);
    helpdex_status status =
        hdx_yaml_parse(&paths->arena, text, file, 1, &root, err);
    if (status || !root)
        return status;
    if (root->kind != HDX_YAML_MAP)
        return fail(&r, root, "no path; write queue:, articles: and nodes:");
    status = read_path(&r, root, name);
    if (status)
        return status;
    if (!hdx_grow(&paths->items, &paths->capacity, paths->count + 1,
                  sizeof *paths->items))
        return hdx_fail_nomem(err);
    paths->items[paths->count++] = path;
    return HELPDEX_OK;
}

bool hdx_path_way(const hdx_path_node *node, size_t at, uint32_t *next)
{
    *next = node->next;
    if (node->kind == HDX_NODE_PERSON)
        return false;
    if (node->kind == HDX_NODE_ASK && node->option_count) {
        if (at < node->option_count && node->options[at].next != HDX_NO_NODE)
            *next = node->options[at].next;
        return at < node->option_count;
    }
    if (at < node->case_count)
        *next = node->cases[at].next;
    return at <= node->case_count;
}

void hdx_paths_free(hdx_paths *paths)
{
    free(paths->items);
    hdx_arena_free(&paths->arena);
    *paths = (hdx_paths){0};
}
