/*
 * Reading rules. One table says which key a rule may have and how its value is
 * read; a key that is not known is refused, because a rule with a typing error
 * in its scope would hold for everybody.
 */
#include "store/rules.h"

#include <stdlib.h>

#include "base/date.h"

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
    hdx_text_reader file;
    hdx_rules *rules;
    const char *name;
} rule_reader;

const char *hdx_level_name(hdx_level level)
{
    return level_names[level];
}

static helpdex_status read_article(rule_reader *r, const hdx_yaml *value,
                                   hdx_rule *out)
{
    return hdx_text_line(&r->file, value, &out->article);
}

static helpdex_status read_category(rule_reader *r, const hdx_yaml *value,
                                    hdx_rule *out)
{
    return hdx_text_line(&r->file, value, &out->category);
}

static helpdex_status read_categories(rule_reader *r, const hdx_yaml *value,
                                      hdx_rule *out)
{
    return hdx_text_lines(&r->file, value, &out->categories);
}

static helpdex_status read_regions(rule_reader *r, const hdx_yaml *value,
                                   hdx_rule *out)
{
    return hdx_text_lines(&r->file, value, &out->regions);
}

static helpdex_status read_platforms(rule_reader *r, const hdx_yaml *value,
                                     hdx_rule *out)
{
    return hdx_text_lines(&r->file, value, &out->platforms);
}

static helpdex_status read_queries(rule_reader *r, const hdx_yaml *value,
                                   hdx_rule *out)
{
    return hdx_text_by_locale(&r->file, value, &out->queries);
}

static helpdex_status read_locales(rule_reader *r, const hdx_yaml *value,
                                   hdx_rule *out)
{
    helpdex_status status = hdx_text_list(&r->file, value, &out->locales);
    for (size_t i = 0; i < out->locales.count; i++)
        out->locales.items[i].locale = out->locales.items[i].text;
    return status;
}

static helpdex_status read_text(rule_reader *r, const hdx_yaml *value,
                                hdx_rule *out)
{
    return hdx_text_one_by_locale(&r->file, value, "a banner", &out->texts);
}

static helpdex_status read_by(rule_reader *r, const hdx_yaml *value,
                              hdx_rule *out)
{
    char *end = NULL;
    if (value->kind == HDX_YAML_SCALAR)
        out->by = strtod(value->text.ptr, &end);
    if (!end || end == value->text.ptr || *end ||
        !(out->by >= BY_LEAST && out->by <= BY_MOST))
        return hdx_text_fail(
            &r->file, value,
            "by is no number from 0.1 to 10; write one, such as "
            "1.5");
    return HELPDEX_OK;
}

static helpdex_status read_id(rule_reader *r, const hdx_yaml *value,
                              hdx_rule *out)
{
    helpdex_status status = hdx_text_line(&r->file, value, &out->id);
    for (size_t i = 0; i < r->rules->count && !status; i++) {
        const hdx_rule *other = &r->rules->items[i];
        if (other->kind == HDX_RULE_BANNER && hdx_str_eq(other->id, out->id))
            return hdx_fail_at(r->file.err, HELPDEX_BAD_INPUT, r->file.path,
                               value->line, value->column,
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
    return hdx_text_fail(&r->file, value,
                         "no such level; write info, warning or critical");
}

static helpdex_status read_versions(rule_reader *r, const hdx_yaml *value,
                                    hdx_rule *out)
{
    if (value->kind == HDX_YAML_SCALAR &&
        hdx_version_range_read(value->text, &out->versions))
        return HELPDEX_OK;
    return hdx_text_fail(&r->file, value,
                         "no range of versions; write one in quotes, such as "
                         "\">=4.2 <5\"");
}

static helpdex_status read_moment(rule_reader *r, const hdx_yaml *value,
                                  int64_t *out)
{
    if (value->kind == HDX_YAML_SCALAR && hdx_date_read(value->text, out))
        return HELPDEX_OK;
    return hdx_text_fail(&r->file, value,
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

static const char *key_at(unsigned kind, size_t at)
{
    return hdx_rule_key((hdx_rule_kind)kind, at);
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
    return what ? hdx_text_fail(&r->file, at, what) : HELPDEX_OK;
}

static helpdex_status read_key(rule_reader *r, const hdx_yaml *map,
                               const hdx_yaml *at, hdx_rule *out)
{
    helpdex_status status = hdx_text_once(&r->file, map, at);
    if (status)
        return status;
    for (size_t i = 0; i < KEYS; i++)
        if (rule_keys[i].kinds & 1u << out->kind &&
            hdx_str_eq_nocase(at->key, hdx_str_of(rule_keys[i].name)))
            return rule_keys[i].read(r, at, out);
    return hdx_text_unknown(&r->file, at, sections[out->kind], key_at,
                            out->kind);
}

static helpdex_status read_rule(rule_reader *r, const hdx_yaml *map,
                                hdx_rule_kind kind)
{
    hdx_rule rule = {.kind = kind,
                     .path = r->file.path,
                     .line = map->line,
                     .column = map->column,
                     .start = INT64_MIN,
                     .end = INT64_MAX};
    if (map->kind != HDX_YAML_MAP)
        return hdx_text_fail(&r->file, map, "no rule; write - article: id");
    helpdex_status status = HELPDEX_OK;
    for (const hdx_yaml *at = map->first; at && !status; at = at->next)
        status = read_key(r, map, at, &rule);
    if (!status)
        status = check_whole(r, map, &rule);
    if (status)
        return status;
    rule.why =
        hdx_arena_format(r->file.arena, "rules/%s:%u", r->name, rule.line).ptr;
    if (!rule.why || !hdx_grow(&r->rules->items, &r->rules->capacity,
                               r->rules->count + 1, sizeof *r->rules->items))
        return hdx_fail_nomem(r->file.err);
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
        return hdx_fail_at(r->file.err, HELPDEX_BAD_INPUT, r->file.path,
                           section->line, section->column,
                           "unknown key \"%.*s\"; write pins, hides, boosts "
                           "or banners",
                           HDX_FMT(section->key));
    if (hdx_text_is_blank(section))
        return HELPDEX_OK;
    if (section->kind != HDX_YAML_LIST)
        return hdx_text_fail(&r->file, section,
                             "no list; begin each rule with - ");
    for (const hdx_yaml *at = section->first; at && !status; at = at->next)
        status = read_rule(r, at, kind);
    return status;
}

helpdex_status hdx_rules_read(hdx_rules *rules, hdx_str text, const char *path,
                              const char *name, helpdex_error *err)
{
    hdx_yaml *root;
    rule_reader r = {
        .file = {.arena = &rules->arena,
                 .path = hdx_arena_copy(&rules->arena, hdx_str_of(path)).ptr,
                 .err = err},
        .rules = rules,
        .name = name};
    if (!r.file.path)
        return hdx_fail_nomem(err);
    helpdex_status status =
        hdx_yaml_parse(&rules->arena, text, path, 1, &root, err);
    if (status || !root)
        return status;
    if (root->kind != HDX_YAML_MAP)
        return hdx_text_fail(&r.file, root,
                             "no rules; write pins: and a list below");
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
