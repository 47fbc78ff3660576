/*
 * One table says which key a node of a kind may have and how its value is read.
 * A kind is told by the key that only it has. Names of nodes are known before
 * any of them is read, so that a name which leads nowhere is refused where it
 * stands.
 */
#include "store/path_nodes.h"

/* Nobody looks through more, and ways are followed by recursion. */
enum { NODES_MOST = 200 };

static helpdex_status fail(const hdx_path_reader *r, const hdx_yaml *at,
                           const char *what)
{
    return hdx_text_fail(&r->file, at, what);
}

static size_t child_count(const hdx_yaml *value)
{
    size_t count = 0;
    for (const hdx_yaml *at = value->first; at; at = at->next)
        count++;
    return count;
}

helpdex_status hdx_path_node_find(const hdx_path_reader *reader,
                                  const hdx_yaml *value, uint32_t *out)
{
    const hdx_path *path = reader->path;
    hdx_str nearest = HDX_STR(""), name = hdx_str_trim(value->text);
    size_t least = SIZE_MAX;
    if (value->kind != HDX_YAML_SCALAR || name.len == 0)
        return fail(reader, value, "no node; write the name of one");
    for (uint32_t i = 0; i < path->node_count; i++) {
        *out = i;
        if (hdx_str_eq(path->nodes[i].name, name))
            return HELPDEX_OK;
        size_t edits =
            hdx_str_distance(value->text.ptr, path->nodes[i].name.ptr);
        if (edits < least) {
            least = edits;
            nearest = path->nodes[i].name;
        }
    }
    return hdx_fail_at(reader->file.err, HELPDEX_BAD_INPUT, reader->file.path,
                       value->line, value->column,
                       "no node is called \"%.*s\"; did you mean %.*s?",
                       HDX_FMT(name), HDX_FMT(nearest));
}

static helpdex_status find_slot(const hdx_path_reader *r, const hdx_yaml *value,
                                uint32_t *out)
{
    hdx_str name = hdx_str_trim(value->text);
    if (value->kind != HDX_YAML_SCALAR || name.len == 0)
        return fail(r, value, "no slot; write the name of one");
    for (uint32_t i = 0; i < r->path->slot_count; i++)
        if (hdx_str_eq(r->path->slots[i].name, name)) {
            *out = i;
            return HELPDEX_OK;
        }
    return hdx_fail_at(r->file.err, HELPDEX_BAD_INPUT, r->file.path,
                       value->line, value->column,
                       "nobody declares the slot \"%.*s\"; add it below "
                       "slots: of the path",
                       HDX_FMT(name));
}

helpdex_status hdx_path_urgency_read(const hdx_path_reader *reader,
                                     const hdx_yaml *value, hdx_urgency *out)
{
    for (hdx_urgency i = 0; i < HDX_URGENCIES; i++)
        if (value->kind == HDX_YAML_SCALAR &&
            hdx_str_eq_nocase(hdx_str_trim(value->text),
                              hdx_str_of(hdx_urgency_name(i)))) {
            *out = i;
            return HELPDEX_OK;
        }
    return fail(reader, value,
                "no such urgency; write low, normal, high or urgent");
}

helpdex_status hdx_path_answer_read(const hdx_path_reader *reader,
                                    const hdx_yaml *value, bool *out)
{
    static const char *const words[] = {"no", "yes", "false", "true"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (value->kind == HDX_YAML_SCALAR &&
            hdx_str_eq_nocase(hdx_str_trim(value->text),
                              hdx_str_of(words[i]))) {
            *out = i % 2;
            return HELPDEX_OK;
        }
    return fail(reader, value, "neither yes nor no; write one of them");
}

static helpdex_status read_ask(hdx_path_reader *r, const hdx_yaml *value)
{
    return hdx_text_one_by_locale(&r->file, value, "a question",
                                  &r->node->text);
}

static helpdex_status read_text(hdx_path_reader *r, const hdx_yaml *value)
{
    return hdx_text_one_by_locale(&r->file, value, "the text of a node",
                                  &r->node->text);
}

static helpdex_status read_failed(hdx_path_reader *r, const hdx_yaml *value)
{
    return hdx_text_one_by_locale(&r->file, value, "what is said of a failure",
                                  &r->node->failed);
}

static helpdex_status read_slot(hdx_path_reader *r, const hdx_yaml *value)
{
    return find_slot(r, value, &r->node->slot);
}

static helpdex_status read_next(hdx_path_reader *r, const hdx_yaml *value)
{
    return hdx_path_node_find(r, value, &r->node->next);
}

static helpdex_status read_article(hdx_path_reader *r, const hdx_yaml *value)
{
    return hdx_text_line(&r->file, value, &r->node->article);
}

static helpdex_status read_section(hdx_path_reader *r, const hdx_yaml *value)
{
    return hdx_text_line(&r->file, value, &r->node->section);
}

static helpdex_status read_link(hdx_path_reader *r, const hdx_yaml *value)
{
    return hdx_text_line(&r->file, value, &r->node->link);
}

static helpdex_status read_flow(hdx_path_reader *r, const hdx_yaml *value)
{
    return hdx_text_line(&r->file, value, &r->node->flow);
}

static helpdex_status read_handoff(hdx_path_reader *r, const hdx_yaml *value)
{
    bool yes;
    helpdex_status status = hdx_path_answer_read(r, value, &yes);
    return status || yes ? status
                         : fail(r, value,
                                "a node that hands over does so; write "
                                "handoff: yes, or remove the node");
}

static helpdex_status read_queue(hdx_path_reader *r, const hdx_yaml *value)
{
    return hdx_text_line(&r->file, value, &r->node->queue);
}

static helpdex_status read_urgency(hdx_path_reader *r, const hdx_yaml *value)
{
    return hdx_path_urgency_read(r, value, &r->node->urgency);
}

static helpdex_status read_needs(hdx_path_reader *r, const hdx_yaml *value)
{
    hdx_path_node *node = r->node;
    helpdex_status status = HELPDEX_OK;
    const hdx_yaml *at = value->kind == HDX_YAML_LIST ? value->first : value;
    node->needs = hdx_arena_alloc(r->file.arena, (child_count(value) + 1) *
                                                     sizeof *node->needs);
    if (!node->needs)
        return hdx_fail_nomem(r->file.err);
    for (; at && !status; at = value->kind == HDX_YAML_LIST ? at->next : NULL) {
        uint32_t *slot = &node->needs[node->need_count++];
        status = find_slot(r, at, slot);
        if (!status && r->path->slots[*slot].ask.count == 0)
            status = fail(r, at,
                          "the slot has no question; add ask: to it, or take "
                          "it out here");
    }
    return status;
}

static const char *const option_keys[] = {"value", "label", "next", NULL};

static const char *option_key(unsigned kind, size_t at)
{
    (void)kind;
    return option_keys[at];
}

static helpdex_status read_option_key(hdx_path_reader *r, const hdx_yaml *at,
                                      hdx_path_option *out)
{
    if (hdx_str_eq_nocase(at->key, HDX_STR("value")))
        return hdx_text_line(&r->file, at, &out->value);
    if (hdx_str_eq_nocase(at->key, HDX_STR("label")))
        return hdx_text_one_by_locale(&r->file, at, "a label", &out->label);
    if (hdx_str_eq_nocase(at->key, HDX_STR("next")))
        return hdx_path_node_find(r, at, &out->next);
    return hdx_text_unknown(&r->file, at, "options", option_key, 0);
}

static helpdex_status read_option(hdx_path_reader *r, const hdx_yaml *map)
{
    hdx_path_node *node = r->node;
    hdx_path_option *out = &node->options[node->option_count];
    helpdex_status status = HELPDEX_OK;
    *out = (hdx_path_option){
        .next = HDX_NO_NODE, .line = map->line, .column = map->column};
    if (map->kind != HDX_YAML_MAP)
        return fail(r, map, "no option; write - value: name");
    for (const hdx_yaml *at = map->first; at && !status; at = at->next) {
        status = hdx_text_once(&r->file, map, at);
        if (!status)
            status = read_option_key(r, at, out);
    }
    if (!status && out->value.len == 0)
        return fail(r, map, "an option without a value; add value: name");
    if (!status && out->label.count == 0)
        return fail(r, map, "an option without a label; add label: {en: ...}");
    for (size_t i = 0; i < node->option_count && !status; i++)
        if (hdx_str_eq_nocase(node->options[i].value, out->value))
            return fail(r, map,
                        "another option has this value too; give one of them "
                        "another");
    node->option_count += !status;
    return status;
}

static helpdex_status read_options(hdx_path_reader *r, const hdx_yaml *value)
{
    helpdex_status status = HELPDEX_OK;
    if (value->kind != HDX_YAML_LIST || !value->first)
        return fail(r, value, "no options; begin each with - value: name");
    if (child_count(value) > HDX_PATH_OPTIONS)
        return fail(r, value,
                    "more than 12 options; ask in two steps, the likeliest "
                    "first");
    r->node->options = hdx_arena_alloc(
        r->file.arena, child_count(value) * sizeof *r->node->options);
    if (!r->node->options)
        return hdx_fail_nomem(r->file.err);
    for (const hdx_yaml *at = value->first; at && !status; at = at->next)
        status = read_option(r, at);
    return status;
}

static helpdex_status read_case(hdx_path_reader *r, const hdx_yaml *map)
{
    hdx_path_case *out = &r->node->cases[r->node->case_count++];
    helpdex_status status = HELPDEX_OK;
    if (map->kind != HDX_YAML_MAP)
        return fail(r, map, "no condition; write - {region: [DE], next: name}");
    *out = (hdx_path_case){
        .tests = hdx_arena_alloc(r->file.arena,
                                 child_count(map) * sizeof *out->tests + 1),
        .next = HDX_NO_NODE};
    if (!out->tests)
        return hdx_fail_nomem(r->file.err);
    for (const hdx_yaml *at = map->first; at && !status; at = at->next) {
        hdx_path_test *test = &out->tests[out->count];
        status = hdx_text_once(&r->file, map, at);
        if (!status && hdx_str_eq_nocase(at->key, HDX_STR("next"))) {
            status = hdx_path_node_find(r, at, &out->next);
        } else if (!status) {
            test->name = at->key;
            status = hdx_text_lines(&r->file, at, &test->values);
            out->count++;
        }
    }
    if (!status && out->count == 0)
        return fail(r, map,
                    "always true; add what must hold, such as region: [DE], or "
                    "move it to next: below when:");
    if (!status && out->next == HDX_NO_NODE)
        return fail(r, map, "it leads nowhere; add next: and a node");
    return status;
}

static helpdex_status read_when(hdx_path_reader *r, const hdx_yaml *value)
{
    helpdex_status status = HELPDEX_OK;
    if (value->kind != HDX_YAML_LIST || !value->first)
        return fail(r, value,
                    "no conditions; write - {region: [DE], next: name}");
    r->node->cases = hdx_arena_alloc(r->file.arena, child_count(value) *
                                                        sizeof *r->node->cases);
    if (!r->node->cases)
        return hdx_fail_nomem(r->file.err);
    for (const hdx_yaml *at = value->first; at && !status; at = at->next)
        status = read_case(r, at);
    return status;
}

enum {
    ASK = 1 << HDX_NODE_ASK,
    WHEN = 1 << HDX_NODE_WHEN,
    ARTICLE = 1 << HDX_NODE_ARTICLE,
    LINK = 1 << HDX_NODE_LINK,
    FLOW = 1 << HDX_NODE_FLOW,
    PERSON = 1 << HDX_NODE_PERSON
};

/* The first HDX_NODE_KINDS rows are those that tell the kinds, in order. */
static const struct node_key {
    const char *name;
    unsigned kinds; /* that may have it */
    helpdex_status (*read)(hdx_path_reader *r, const hdx_yaml *value);
} node_keys[] = {
    {"ask", ASK, read_ask},
    {"when", WHEN, read_when},
    {"article", ARTICLE, read_article},
    {"deep_link", LINK, read_link},
    {"flow", FLOW, read_flow},
    {"handoff", PERSON, read_handoff},
    {"slot", ASK, read_slot},
    {"options", ASK, read_options},
    {"next", ASK | WHEN, read_next},
    {"section", ARTICLE, read_section},
    {"text", ARTICLE | LINK | FLOW | PERSON, read_text},
    {"needs", FLOW | PERSON, read_needs},
    {"failed", FLOW, read_failed},
    {"otherwise", ARTICLE | LINK | FLOW, read_next},
    {"queue", PERSON, read_queue},
    {"urgency", PERSON, read_urgency},
};
enum { KEYS = sizeof node_keys / sizeof *node_keys };

const char *hdx_path_node_key(hdx_node_kind kind, size_t at)
{
    for (size_t i = 0; i < KEYS; i++)
        if (node_keys[i].kinds & 1u << kind && at-- == 0)
            return node_keys[i].name;
    return NULL;
}

const char *hdx_path_option_key(size_t at)
{
    return option_key(0, at);
}

static const char *key_at(unsigned kind, size_t at)
{
    return hdx_path_node_key((hdx_node_kind)kind, at);
}

static helpdex_status read_kind(hdx_path_reader *r, const hdx_yaml *map)
{
    r->node->kind = HDX_NODE_KINDS;
    for (hdx_node_kind i = 0; i < HDX_NODE_KINDS; i++) {
        const hdx_yaml *at = hdx_yaml_get(map, node_keys[i].name);
        if (at && r->node->kind != HDX_NODE_KINDS)
            return hdx_fail_at(
                r->file.err, HELPDEX_BAD_INPUT, r->file.path, at->line,
                at->column, "%s and %s in one node; make it two nodes",
                node_keys[r->node->kind].name, node_keys[i].name);
        if (at)
            r->node->kind = i;
    }
    return r->node->kind == HDX_NODE_KINDS
               ? fail(r, map,
                      "a node that does nothing; add ask, when, article, "
                      "deep_link, flow or handoff")
               : HELPDEX_OK;
}

/* What a node of its kind cannot do without. */
static helpdex_status check_whole(const hdx_path_reader *r, const hdx_yaml *map)
{
    const hdx_path_node *node = r->node;
    const char *what = NULL;
    if (node->kind == HDX_NODE_ASK && node->slot == HDX_NO_SLOT)
        what = "a question without a slot for its answer; add slot: and a name";
    else if (node->kind == HDX_NODE_LINK && node->text.count == 0)
        what = "a link without a text; add text: {en: \"...\"}";
    else if (node->kind == HDX_NODE_FLOW && node->failed.count == 0)
        what = "a flow can fail; add failed: {en: \"...\"}, what is said then";
    return what ? fail(r, map, what) : HELPDEX_OK;
}

static helpdex_status read_key(hdx_path_reader *r, const hdx_yaml *map,
                               const hdx_yaml *at)
{
    static const char *const below[HDX_NODE_KINDS] = {
        [HDX_NODE_ASK] = "a node that asks",
        [HDX_NODE_WHEN] = "a node with when",
        [HDX_NODE_ARTICLE] = "a node with an article",
        [HDX_NODE_LINK] = "a node with a deep_link",
        [HDX_NODE_FLOW] = "a node with a flow",
        [HDX_NODE_PERSON] = "a node that hands over"};
    helpdex_status status = hdx_text_once(&r->file, map, at);
    if (status)
        return status;
    for (size_t i = 0; i < KEYS; i++)
        if (node_keys[i].kinds & 1u << r->node->kind &&
            hdx_str_eq_nocase(at->key, hdx_str_of(node_keys[i].name)))
            return node_keys[i].read(r, at);
    return hdx_text_unknown(&r->file, at, below[r->node->kind], key_at,
                            r->node->kind);
}

static helpdex_status read_node(hdx_path_reader *r, const hdx_yaml *map)
{
    if (map->kind != HDX_YAML_MAP)
        return fail(r, map, "no node; write what it does below it");
    helpdex_status status = read_kind(r, map);
    for (const hdx_yaml *at = map->first; at && !status; at = at->next)
        status = read_key(r, map, at);
    return status ? status : check_whole(r, map);
}

helpdex_status hdx_path_nodes_read(hdx_path_reader *reader,
                                   const hdx_yaml *value)
{
    hdx_path *path = reader->path;
    helpdex_status status = HELPDEX_OK;
    if (value->kind != HDX_YAML_MAP || !value->first)
        return fail(reader, value, "no nodes; write a name and what it does");
    if (child_count(value) > NODES_MOST)
        return fail(reader, value, "over 200 nodes; make it several paths");
    path->nodes = hdx_arena_alloc(reader->file.arena,
                                  child_count(value) * sizeof *path->nodes);
    if (!path->nodes)
        return hdx_fail_nomem(reader->file.err);
    for (const hdx_yaml *at = value->first; at && !status; at = at->next) {
        status = hdx_text_once(&reader->file, value, at);
        path->nodes[path->node_count++] =
            (hdx_path_node){.name = at->key,
                            .line = at->line,
                            .column = at->column,
                            .slot = HDX_NO_SLOT,
                            .next = HDX_NO_NODE,
                            .queue = path->queue,
                            .urgency = path->urgency};
    }
    reader->node = path->nodes;
    for (const hdx_yaml *at = value->first; at && !status; at = at->next) {
        status = read_node(reader, at);
        reader->node++;
    }
    return status;
}
