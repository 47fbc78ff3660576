/*
 * The YAML reader. It works on events, not on libyaml's documents: those
 * resolve aliases into a graph, and in Debian 12's 0.2.5 nest without limit.
 */
#include "base/yaml.h"

#include <yaml.h>

enum { DEPTH_LIMIT = 32, NODE_LIMIT = 100000, SIZE_LIMIT = 1 << 20 };

typedef struct reader {
    yaml_parser_t parser;
    hdx_arena *arena;
    hdx_str text;
    const char *file;
    unsigned first_line;
    helpdex_error *err;
    unsigned nodes;
    unsigned depth;
    struct {
        hdx_yaml *node;
        hdx_yaml **tail; /* where the next child goes */
        hdx_yaml key;    /* of a map, when its value is still to come */
        bool has_key;
    } open[DEPTH_LIMIT];
    hdx_yaml *root;
} reader;

static helpdex_status fail_mark(reader *r, yaml_mark_t mark, const char *what)
{
    return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->file,
                       r->first_line + (unsigned)mark.line,
                       (unsigned)mark.column + 1, "%s", what);
}

static helpdex_status fail_parser(reader *r)
{
    const yaml_parser_t *p = &r->parser;
    if (p->error == YAML_MEMORY_ERROR)
        return hdx_fail_nomem(r->err);
    const char *problem = p->problem ? p->problem : "cannot be read";
    unsigned line = (unsigned)p->problem_mark.line + 1;
    unsigned column = (unsigned)p->problem_mark.column + 1;
    if (p->error == YAML_READER_ERROR) /* it tells a byte, and no mark */
        hdx_str_position(r->text, p->problem_offset, &line, &column);
    return hdx_fail_at(
        r->err, HELPDEX_BAD_INPUT, r->file, r->first_line + line - 1, column,
        "YAML: %s; quote the value, or mend the indentation", problem);
}

/* Hangs a node where the parser stands; keys of maps are kept for later. */
static helpdex_status attach(reader *r, hdx_yaml *node, yaml_mark_t mark)
{
    if (++r->nodes > NODE_LIMIT)
        return fail_mark(r, mark, "more than 100,000 values; shorten it");
    if (r->depth == 0) {
        r->root = node;
        return HELPDEX_OK;
    }
    unsigned at = r->depth - 1;
    bool in_map = r->open[at].node->kind == HDX_YAML_MAP;
    if (in_map && !r->open[at].has_key) {
        if (node->kind != HDX_YAML_SCALAR)
            return fail_mark(r, mark, "a key is a list or a map; quote it");
        r->open[at].key = *node;
        r->open[at].has_key = true;
        return HELPDEX_OK;
    }
    if (in_map) {
        node->key = r->open[at].key.text;
        node->line = r->open[at].key.line;
        node->column = r->open[at].key.column;
        r->open[at].has_key = false;
    }
    *r->open[at].tail = node;
    r->open[at].tail = &node->next;
    return HELPDEX_OK;
}

static helpdex_status begin(reader *r, const yaml_event_t *event,
                            hdx_yaml_kind kind, const yaml_char_t *anchor,
                            const yaml_char_t *tag)
{
    if (anchor)
        return fail_mark(r, event->start_mark,
                         "an anchor (&name); write the value out");
    if (tag)
        return fail_mark(r, event->start_mark, "a tag (!name); remove it");
    hdx_yaml *node = hdx_arena_alloc(r->arena, sizeof *node);
    if (!node)
        return hdx_fail_nomem(r->err);
    node->kind = kind;
    node->line = r->first_line + (unsigned)event->start_mark.line;
    node->column = (unsigned)event->start_mark.column + 1;
    if (kind == HDX_YAML_SCALAR) {
        hdx_str value = {(const char *)event->data.scalar.value,
                         event->data.scalar.length};
        node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        node->text = hdx_arena_copy(r->arena, value);
        if (!node->text.ptr)
            return hdx_fail_nomem(r->err);
        if (memchr(node->text.ptr, '\0', node->text.len))
            return fail_mark(r, event->start_mark,
                             "a NUL character; remove it");
        return attach(r, node, event->start_mark);
    }
    if (r->depth == DEPTH_LIMIT)
        return fail_mark(r, event->start_mark,
                         "nested deeper than 32 levels; flatten it");
    helpdex_status status = attach(r, node, event->start_mark);
    if (!status) {
        r->open[r->depth].node = node;
        r->open[r->depth].tail = &node->first;
        r->open[r->depth].has_key = false;
        r->depth++;
    }
    return status;
}

static helpdex_status handle(reader *r, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_ALIAS_EVENT:
        return fail_mark(r, event->start_mark,
                         "an alias (*name); write the value out");
    case YAML_SCALAR_EVENT:
        return begin(r, event, HDX_YAML_SCALAR, event->data.scalar.anchor,
                     event->data.scalar.tag);
    case YAML_SEQUENCE_START_EVENT:
        return begin(r, event, HDX_YAML_LIST, event->data.sequence_start.anchor,
                     event->data.sequence_start.tag);
    case YAML_MAPPING_START_EVENT:
        return begin(r, event, HDX_YAML_MAP, event->data.mapping_start.anchor,
                     event->data.mapping_start.tag);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        r->depth--;
        return HELPDEX_OK;
    case YAML_DOCUMENT_START_EVENT:
        if (r->root)
            return fail_mark(r, event->start_mark,
                             "a second document; keep one in a file");
        return HELPDEX_OK;
    default:
        return HELPDEX_OK;
    }
}

/* Whether `at` begins a line, or follows a byte order mark, to libyaml. */
static bool begins_line(hdx_str text, size_t at)
{
    static const char *const ends[] = {
        "\n", "\r", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xEF\xBB\xBF"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t len = strlen(ends[i]);
        if (at >= len && memcmp(text.ptr + at - len, ends[i], len) == 0)
            return true;
    }
    return at == 0;
}

/* libyaml's time grows with the square of the number of %TAG directives, and
   it reads them all before the first event. */
static helpdex_status refuse_tag_directives(reader *r)
{
    hdx_str word = HDX_STR("%TAG");
    for (size_t at = 0; at + word.len <= r->text.len; at++) {
        const char *found =
            memchr(r->text.ptr + at, word.ptr[0], r->text.len - at);
        if (!found)
            break;
        at = (size_t)(found - r->text.ptr);
        hdx_str rest = {found, r->text.len - at};
        if (!hdx_str_starts(rest, word) || !begins_line(r->text, at))
            continue;
        unsigned line, column;
        hdx_str_position(r->text, at, &line, &column);
        return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->file,
                           r->first_line + line - 1, column,
                           "a %%TAG directive; remove it");
    }
    return HELPDEX_OK;
}

helpdex_status hdx_yaml_parse(hdx_arena *arena, hdx_str text, const char *file,
                              unsigned first_line, hdx_yaml **root,
                              helpdex_error *err)
{
    *root = NULL;
    if (text.len > SIZE_LIMIT)
        return hdx_fail_at(err, HELPDEX_BAD_INPUT, file, first_line, 1,
                           "more than 1 MiB of YAML; shorten it");
    reader r = {.arena = arena,
                .text = text,
                .file = file,
                .first_line = first_line,
                .err = err};
    helpdex_status status = refuse_tag_directives(&r);
    if (status)
        return status;
    if (!yaml_parser_initialize(&r.parser))
        return hdx_fail_nomem(err);
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(
        &r.parser, (const unsigned char *)(text.len ? text.ptr : ""), text.len);
    bool more = true;
    while (more && !status) {
        yaml_event_t event;
        if (!yaml_parser_parse(&r.parser, &event)) {
            status = fail_parser(&r);
            break;
        }
        more = event.type != YAML_STREAM_END_EVENT;
        status = handle(&r, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&r.parser);
    if (!status)
        *root = r.root;
    return status;
}

const hdx_yaml *hdx_yaml_get(const hdx_yaml *map, const char *key)
{
    const char *dot = strchr(key, '.');
    hdx_str name = {key, dot ? (size_t)(dot - key) : strlen(key)};
    if (!map || map->kind != HDX_YAML_MAP)
        return NULL;
    for (const hdx_yaml *at = map->first; at; at = at->next)
        if (hdx_str_eq_nocase(at->key, name))
            return dot ? hdx_yaml_get(at, dot + 1) : at;
    return NULL;
}
