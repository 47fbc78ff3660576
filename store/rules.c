/*
 * Reading rules. One table says which key a rule may have and how its value is
 * read; a key that is not known is refused, because a rule with a typing error
 * in its scope would hold for everybody.
 */
#include "store/rules.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/yaml.h"

enum { DAY_TEXT = 10, DAY_SECONDS = 86400 };
static const double BY_LEAST = 0.1, BY_MOST = 10;

static const char *const sections[HDX_RULE_KINDS] = {
    [HDX_RULE_PIN] = "pins",
    [HDX_RULE_HIDE] = "hides",
    [HDX_RULE_BOOST] = "boosts",
    [HDX_RULE_BANNER] = "banners"};

static const char *const level_names[HDX_LEVELS] = {
    [HDX_LEVEL_INFO] = "info",
    [HDX_LEVEL_WARNING] = "warning",
    [HDX_LEVEL_CRITICAL] = "critical"};

typedef struct rule_reader {
    hdx_rules *rules;
    hdx_arena *arena;
    const char *path;
    const char *name;
    helpdex_error *err;
} rule_reader;

const char *hdx_level_name(hdx_level level)
{
    return level_names[level];
}

static helpdex_status fail_value(rule_reader *r, const hdx_yaml *at,
                                 const char *what)
{
    return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line, at->column,
                       "%s", what);
}

/* A key alone says nothing, as does YAML's null. */
static bool is_blank(const hdx_yaml *value)
{
    return value->kind == HDX_YAML_SCALAR
               ? hdx_str_trim(value->text).len == 0 ||
                     (value->plain &&
                      (hdx_str_eq(value->text, HDX_STR("~")) ||
                       hdx_str_eq_nocase(value->text, HDX_STR("null"))))
               : value->first == NULL;
}

static helpdex_status read_line(rule_reader *r, const hdx_yaml *value,
                                hdx_str *out)
{
    if (value->kind != HDX_YAML_SCALAR || is_blank(value))
        return fail_value(r, value, "no text; write one behind the colon");
    *out = hdx_arena_copy_line(r->arena, value->text);
    return out->ptr ? HELPDEX_OK : hdx_fail_nomem(r->err);
}

/* A text, or a list of texts, one a line. */
static helpdex_status read_lines(rule_reader *r, const hdx_yaml *value,
                                 hdx_str *out)
{
    hdx_buf buf = {0};
    helpdex_status status = HELPDEX_OK;
    const hdx_yaml *at = value->kind == HDX_YAML_LIST ? value->first : value;
    if (value->kind == HDX_YAML_MAP || !at)
        return fail_value(r, value, "no list of texts; write [a, b]");
    for (; at && !status; at = value->kind == HDX_YAML_LIST ? at->next : NULL) {
        hdx_str line = HDX_STR("");
        status = read_line(r, at, &line);
        if (!status && buf.len)
            hdx_buf_byte(&buf, '\n');
        if (!status)
            hdx_buf_add(&buf, line);
    }
    *out = hdx_arena_copy(r->arena, hdx_buf_str(&buf));
    if (!status && (buf.failed || !out->ptr))
        status = hdx_fail_nomem(r->err);
    hdx_buf_free(&buf);
    return status;
}

static size_t leaves_of(const hdx_yaml *value)
{
    size_t count = value->kind == HDX_YAML_SCALAR;
    for (const hdx_yaml *at = value->first; at; at = at->next)
        count += leaves_of(at);
    return count;
}

static helpdex_status make_room(rule_reader *r, const hdx_yaml *value,
                                hdx_rule_texts *out)
{
    out->items =
        hdx_arena_alloc(r->arena, (leaves_of(value) + 1) * sizeof *out->items);
    return out->items ? HELPDEX_OK : hdx_fail_nomem(r->err);
}

/* Adds a text, or each of a list of texts. */
static helpdex_status add_texts(rule_reader *r, hdx_str locale,
                                const hdx_yaml *value, hdx_rule_texts *out)
{
    helpdex_status status = HELPDEX_OK;
    if (value->kind == HDX_YAML_SCALAR) {
        hdx_rule_text *text = &out->items[out->count];
        *text = (hdx_rule_text){
            .locale = locale, .line = value->line, .column = value->column};
        status = read_line(r, value, &text->text);
        out->count += !status;
        return status;
    }
    if (value->kind == HDX_YAML_MAP || !value->first)
        return fail_value(r, value, "no list of texts; write [\"a\", \"b\"]");
    for (const hdx_yaml *at = value->first; at && !status; at = at->next)
        status = at->kind == HDX_YAML_SCALAR
                     ? add_texts(r, locale, at, out)
                     : fail_value(r, at, "not a text; write it in quotes");
    return status;
}

/* Texts by locale, or texts of no locale. */
static helpdex_status read_texts(rule_reader *r, const hdx_yaml *value,
                                 hdx_rule_texts *out)
{
    helpdex_status status = make_room(r, value, out);
    if (status || value->kind != HDX_YAML_MAP)
        return status ? status : add_texts(r, HDX_STR(""), value, out);
    if (!value->first)
        return fail_value(r, value, "no text in any locale; add one");
    for (const hdx_yaml *at = value->first; at && !status; at = at->next)
        status = add_texts(r, at->key, at, out);
    return status;
}

static helpdex_status read_article(rule_reader *r, const hdx_yaml *value,
                                   hdx_rule *out)
{
    return read_line(r, value, &out->article);
}

static helpdex_status read_category(rule_reader *r, const hdx_yaml *value,
                                    hdx_rule *out)
{
    return read_line(r, value, &out->category);
}

static helpdex_status read_categories(rule_reader *r, const hdx_yaml *value,
                                      hdx_rule *out)
{
    return read_lines(r, value, &out->categories);
}

static helpdex_status read_regions(rule_reader *r, const hdx_yaml *value,
                                   hdx_rule *out)
{
    return read_lines(r, value, &out->regions);
}

static helpdex_status read_platforms(rule_reader *r, const hdx_yaml *value,
                                     hdx_rule *out)
{
    return read_lines(r, value, &out->platforms);
}

static helpdex_status read_queries(rule_reader *r, const hdx_yaml *value,
                                   hdx_rule *out)
{
    return read_texts(r, value, &out->queries);
}

static helpdex_status read_locales(rule_reader *r, const hdx_yaml *value,
                                   hdx_rule *out)
{
    helpdex_status status = make_room(r, value, &out->locales);
    if (!status)
        status = add_texts(r, HDX_STR(""), value, &out->locales);
    for (size_t i = 0; i < out->locales.count; i++)
        out->locales.items[i].locale = out->locales.items[i].text;
    return status;
}

static helpdex_status read_text(rule_reader *r, const hdx_yaml *value,
                                hdx_rule *out)
{
    for (const hdx_yaml *at = value->first; at; at = at->next)
        if (at->kind != HDX_YAML_SCALAR)
            return fail_value(r, at,
                              "a banner has one text in each locale; write "
                              "en: \"...\"");
    return read_texts(r, value, &out->texts);
}

static helpdex_status read_by(rule_reader *r, const hdx_yaml *value,
                              hdx_rule *out)
{
    char *end = NULL;
    if (value->kind == HDX_YAML_SCALAR)
        out->by = strtod(value->text.ptr, &end);
    if (!end || end == value->text.ptr || *end ||
        !(out->by >= BY_LEAST && out->by <= BY_MOST))
        return fail_value(r, value,
                          "by is no number from 0.1 to 10; write one, such as "
                          "1.5");
    return HELPDEX_OK;
}

static helpdex_status read_id(rule_reader *r, const hdx_yaml *value,
                              hdx_rule *out)
{
    helpdex_status status = read_line(r, value, &out->id);
    for (size_t i = 0; i < r->rules->count && !status; i++) {
        const hdx_rule *other = &r->rules->items[i];
        if (other->kind == HDX_RULE_BANNER && hdx_str_eq(other->id, out->id))
            return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, value->line,
                               value->column,
                               "the banner %s has this id too; give one of "
                               "them another",
                               other->why);
    }
    return status;
}

static helpdex_status read_level(rule_reader *r, const hdx_yaml *value,
                                 hdx_rule *out)
{
    for (hdx_level i = 0; i < HDX_LEVELS; i++)
        if (value->kind == HDX_YAML_SCALAR &&
            hdx_str_eq_nocase(value->text, hdx_str_of(level_names[i]))) {
            out->level = i;
            return HELPDEX_OK;
        }
    return fail_value(r, value,
                      "no such level; write info, warning or critical");
}

static helpdex_status read_versions(rule_reader *r, const hdx_yaml *value,
                                    hdx_rule *out)
{
    if (value->kind == HDX_YAML_SCALAR &&
        hdx_version_range_read(value->text, &out->versions))
        return HELPDEX_OK;
    return fail_value(r, value,
                      "no range of versions; write one in quotes, such as "
                      "\">=4.2 <5\"");
}

static helpdex_status read_moment(rule_reader *r, const hdx_yaml *value,
                                  int64_t *out)
{
    if (value->kind == HDX_YAML_SCALAR && hdx_date_read(value->text, out))
        return HELPDEX_OK;
    return fail_value(r, value,
                      "no day or moment; write 2026-11-24 or "
                      "2026-11-24T08:00Z");
}

static helpdex_status read_start(rule_reader *r, const hdx_yaml *value,
                                 hdx_rule *out)
{
    return read_moment(r, value, &out->start);
}

/* A day without a time is one that it is in force on. */
static helpdex_status read_end(rule_reader *r, const hdx_yaml *value,
                               hdx_rule *out)
{
    helpdex_status status = read_moment(r, value, &out->end);
    if (!status && hdx_str_trim(value->text).len == DAY_TEXT)
        out->end += DAY_SECONDS;
    return status;
}

enum {
    PIN = 1 << HDX_RULE_PIN,
    HIDE = 1 << HDX_RULE_HIDE,
    BOOST = 1 << HDX_RULE_BOOST,
    BANNER = 1 << HDX_RULE_BANNER,
    EVERY = PIN | HIDE | BOOST | BANNER
};

static const struct rule_key {
    const char *name;
    unsigned kinds; /* that may have it */
    helpdex_status (*read)(rule_reader *r, const hdx_yaml *value,
                           hdx_rule *out);
} rule_keys[] = {
    {"article", EVERY, read_article},
    {"category", BOOST, read_category},
    {"by", BOOST, read_by},
    {"id", BANNER, read_id},
    {"level", BANNER, read_level},
    {"text", BANNER, read_text},
    {"categories", BANNER, read_categories},
    {"queries", EVERY, read_queries},
    {"locales", EVERY, read_locales},
    {"regions", EVERY, read_regions},
    {"platforms", EVERY, read_platforms},
    {"app_versions", EVERY, read_versions},
    {"start", EVERY, read_start},
    {"end", EVERY, read_end},
};
enum { KEYS = sizeof rule_keys / sizeof *rule_keys };

static helpdex_status unknown_key(rule_reader *r, const hdx_yaml *at,
                                  hdx_rule_kind kind)
{
    const char *nearest = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < KEYS; i++) {
        size_t edits = hdx_str_distance(at->key.ptr, rule_keys[i].name);
        if (rule_keys[i].kinds & 1u << kind && edits < least) {
            least = edits;
            nearest = rule_keys[i].name;
        }
    }
    return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line, at->column,
                       "unknown key \"%.*s\" below %s; did you mean %s?",
                       HDX_FMT(at->key), sections[kind], nearest);
}

/* What a rule of its kind cannot do without. */
static helpdex_status check_whole(rule_reader *r, const hdx_yaml *at,
                                  const hdx_rule *rule)
{
    const char *what = NULL;
    bool named = rule->article.len || rule->category.len;
    if (rule->kind == HDX_RULE_BANNER && rule->id.len == 0)
        what = "a banner without an id; add id: and a name of your own";
    else if (rule->kind == HDX_RULE_BANNER && rule->texts.count == 0)
        what = "a banner without a text; add text: {en: \"...\"}";
    else if (rule->kind == HDX_RULE_BOOST && !named)
        what = "a boost of nothing; add article: or category:";
    else if (rule->kind == HDX_RULE_BOOST && rule->article.len &&
             rule->category.len)
        what = "a boost of an article and a category; make it two";
    else if (rule->kind == HDX_RULE_BOOST && rule->by == 0)
        what = "a boost that does not say how much; add by: 1.5";
    else if (rule->kind != HDX_RULE_BANNER && !named)
        what = "a rule without an article; add article: and its id";
    else if (rule->kind == HDX_RULE_PIN && rule->queries.count == 0)
        what = "a pin without queries would be first everywhere; add queries:";
    else if (rule->end <= rule->start)
        what = "it ends before it starts; exchange start and end";
    return what ? fail_value(r, at, what) : HELPDEX_OK;
}

static helpdex_status read_key(rule_reader *r, const hdx_yaml *map,
                               const hdx_yaml *at, hdx_rule *out)
{
    for (const hdx_yaml *before = map->first; before != at;
         before = before->next)
        if (hdx_str_eq_nocase(before->key, at->key))
            return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line,
                               at->column,
                               "the key \"%.*s\" is written twice; keep one",
                               HDX_FMT(at->key));
    for (size_t i = 0; i < KEYS; i++)
        if (rule_keys[i].kinds & 1u << out->kind &&
            hdx_str_eq_nocase(at->key, hdx_str_of(rule_keys[i].name)))
            return rule_keys[i].read(r, at, out);
    return unknown_key(r, at, out->kind);
}

static helpdex_status read_rule(rule_reader *r, const hdx_yaml *map,
                                hdx_rule_kind kind)
{
    hdx_rule rule = {.kind = kind,
                     .path = r->path,
                     .line = map->line,
                     .column = map->column,
                     .start = INT64_MIN,
                     .end = INT64_MAX};
    if (map->kind != HDX_YAML_MAP)
        return fail_value(r, map, "no rule; write - article: id");
    helpdex_status status = HELPDEX_OK;
    for (const hdx_yaml *at = map->first; at && !status; at = at->next)
        status = read_key(r, map, at, &rule);
    if (!status)
        status = check_whole(r, map, &rule);
    if (status)
        return status;
    rule.why =
        hdx_arena_format(r->arena, "rules/%s:%u", r->name, rule.line).ptr;
    if (!rule.why || !hdx_grow(&r->rules->items, &r->rules->capacity,
                               r->rules->count + 1, sizeof *r->rules->items))
        return hdx_fail_nomem(r->err);
    r->rules->items[r->rules->count++] = rule;
    return HELPDEX_OK;
}

static helpdex_status read_section(rule_reader *r, const hdx_yaml *section)
{
    hdx_rule_kind kind = 0;
    helpdex_status status = HELPDEX_OK;
    while (kind < HDX_RULE_KINDS &&
           !hdx_str_eq_nocase(section->key, hdx_str_of(sections[kind])))
        kind++;
    if (kind == HDX_RULE_KINDS)
        return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, section->line,
                           section->column,
                           "unknown key \"%.*s\"; write pins, hides, boosts "
                           "or banners",
                           HDX_FMT(section->key));
    if (is_blank(section))
        return HELPDEX_OK;
    if (section->kind != HDX_YAML_LIST)
        return fail_value(r, section, "no list; begin each rule with - ");
    for (const hdx_yaml *at = section->first; at && !status; at = at->next)
        status = read_rule(r, at, kind);
    return status;
}

helpdex_status hdx_rules_read(hdx_rules *rules, hdx_str text, const char *path,
                              const char *name, helpdex_error *err)
{
    hdx_yaml *root;
    rule_reader r = {.rules = rules,
                     .arena = &rules->arena,
                     .path =
                         hdx_arena_copy(&rules->arena, hdx_str_of(path)).ptr,
                     .name = name,
                     .err = err};
    if (!r.path)
        return hdx_fail_nomem(err);
    helpdex_status status =
        hdx_yaml_parse(&rules->arena, text, path, 1, &root, err);
    if (status || !root)
        return status;
    if (root->kind != HDX_YAML_MAP)
        return fail_value(&r, root, "no rules; write pins: and a list below");
    for (const hdx_yaml *at = root->first; at && !status; at = at->next)
        status = read_section(&r, at);
    return status;
}

const char *hdx_rule_key(hdx_rule_kind kind, size_t at)
{
    for (size_t i = 0; i < KEYS; i++)
        if (rule_keys[i].kinds & 1u << kind && at-- == 0)
            return rule_keys[i].name;
    return NULL;
}

const char *hdx_rule_section(hdx_rule_kind kind)
{
    return sections[kind];
}

void hdx_rules_free(hdx_rules *rules)
{
    free(rules->items);
    hdx_arena_free(&rules->arena);
    *rules = (hdx_rules){0};
}
