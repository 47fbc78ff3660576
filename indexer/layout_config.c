/* Reading `helpdex.yml`: one table says which key is read by what. */
#include "indexer/layout_config.h"

#include <fnmatch.h>

#include "base/file.h"

enum { CONFIG_LIMIT = 1 << 20 };

typedef struct reader {
    hdx_arena *arena;
    const char *path;
    hdx_layout_config *out;
    helpdex_error *err;
} reader;

static helpdex_status fail(const reader *r, const hdx_yaml *at,
                           const char *what)
{
    return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line, at->column,
                       "%s", what);
}

static helpdex_status read_tag(const reader *r, const hdx_yaml *at,
                               hdx_locale *out)
{
    helpdex_status status = at->kind == HDX_YAML_SCALAR
                                ? hdx_locale_read(at->text, out)
                                : HELPDEX_BAD_INPUT;
    if (status == HELPDEX_NOMEM)
        return hdx_fail_nomem(r->err);
    return status ? fail(r, at, "not a language tag; write one, such as pt-BR")
                  : HELPDEX_OK;
}

static helpdex_status read_default(reader *r, const hdx_yaml *value)
{
    return read_tag(r, value, &r->out->default_locale);
}

static helpdex_status read_locales(reader *r, const hdx_yaml *value)
{
    size_t count = 0;
    helpdex_status status = HELPDEX_OK;
    if (value->kind != HDX_YAML_LIST)
        return fail(r, value, "locales is a list; write [a, b]");
    for (const hdx_yaml *at = value->first; at; at = at->next)
        count++;
    r->out->locales =
        hdx_arena_alloc(r->arena, (count + 1) * sizeof(hdx_locale));
    if (!r->out->locales)
        return hdx_fail_nomem(r->err);
    for (const hdx_yaml *at = value->first; at && !status; at = at->next)
        status = read_tag(r, at, &r->out->locales[r->out->locale_count++]);
    return status;
}

static helpdex_status read_aliases(reader *r, const hdx_yaml *value)
{
    hdx_locale locale;
    helpdex_status status = HELPDEX_OK;
    if (value->kind != HDX_YAML_MAP)
        return fail(r, value, "aliases is a map; write folder: tag");
    for (const hdx_yaml *at = value->first; at && !status; at = at->next)
        status = read_tag(r, at, &locale);
    r->out->aliases = value;
    return status;
}

static helpdex_status read_exclude(reader *r, const hdx_yaml *value)
{
    if (value->kind != HDX_YAML_LIST)
        return fail(r, value, "exclude is a list; write [\"*/x/*\"]");
    r->out->exclude = value;
    return HELPDEX_OK;
}

static helpdex_status read_url(reader *r, const hdx_yaml *value)
{
    if (value->kind != HDX_YAML_SCALAR)
        return fail(r, value,
                    "url is one text; write \"https://.../{locale}/{id}\"");
    r->out->url = value->text;
    return HELPDEX_OK;
}

static helpdex_status read_contact(reader *r, const hdx_yaml *value)
{
    if (value->kind == HDX_YAML_SCALAR)
        r->out->contact = hdx_arena_copy_line(r->arena, value->text);
    if (value->kind == HDX_YAML_SCALAR && !r->out->contact.ptr)
        return hdx_fail_nomem(r->err);
    if (r->out->contact.len == 0)
        return fail(r, value,
                    "contact is one text, the way to a person; write "
                    "\"https://.../{locale}/contact\"");
    return HELPDEX_OK;
}

static helpdex_status read_pattern(reader *r, const hdx_yaml *at)
{
    hdx_layout_config *out = r->out;
    if (at->kind != HDX_YAML_SCALAR)
        return fail(r, at,
                    "not a pattern; write one, such as "
                    "{locale}/{path}.md");
    if (out->pattern_count == HDX_LAYOUT_PATTERNS)
        return fail(r, at, "more than four patterns; remove some");
    const char *wrong =
        hdx_pattern_read(at->text, &out->patterns[out->pattern_count]);
    if (wrong)
        return fail(r, at, wrong);
    out->pattern_count++;
    return HELPDEX_OK;
}

/* `auto`, a name, a pattern or a list of patterns. */
static helpdex_status read_layout(reader *r, const hdx_yaml *value)
{
    hdx_layout_config *out = r->out;
    helpdex_status status = HELPDEX_OK;
    out->layout_line = value->line;
    out->layout_column = value->column;
    if (value->kind == HDX_YAML_MAP)
        return fail(r, value, "layout is a name or a pattern; write auto");
    if (value->kind == HDX_YAML_SCALAR &&
        !memchr(value->text.ptr, '{', value->text.len)) {
        if (!hdx_str_eq(value->text, HDX_STR("auto")))
            out->layout = value->text;
        return HELPDEX_OK;
    }
    if (value->kind == HDX_YAML_SCALAR)
        status = read_pattern(r, value);
    for (const hdx_yaml *at = value->first; at && !status; at = at->next)
        status = read_pattern(r, at);
    for (size_t i = 0; i < out->pattern_count; i++)
        if (out->patterns[i].locale)
            return status;
    return status ? status
                  : fail(r, value,
                         "no pattern has a {locale}; write one, such "
                         "as {locale}/{path}.md");
}

static const struct key {
    const char *name;
    helpdex_status (*read)(reader *r, const hdx_yaml *value);
} keys[] = {
    {"default_locale", read_default},
    {"locales", read_locales},
    {"aliases", read_aliases},
    {"exclude", read_exclude},
    {"url", read_url},
    {"contact", read_contact},
    {"layout", read_layout},
};

static helpdex_status unknown_key(const reader *r, const hdx_yaml *at)
{
    const char *nearest = keys[0].name;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        size_t edits = hdx_str_distance(at->key.ptr, keys[i].name);
        if (edits < least) {
            least = edits;
            nearest = keys[i].name;
        }
    }
    return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line, at->column,
                       "unknown key \"%.*s\"; did you mean %s?",
                       HDX_FMT(at->key), nearest);
}

static helpdex_status read_key(reader *r, const hdx_yaml *at)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (hdx_str_eq(at->key, hdx_str_of(keys[i].name)))
            return keys[i].read(r, at);
    return unknown_key(r, at);
}

helpdex_status hdx_layout_config_read(hdx_arena *arena, const char *kb_dir,
                                      hdx_layout_config *out,
                                      helpdex_error *err)
{
    *out = (hdx_layout_config){
        .text = HDX_STR(""), .url = HDX_STR(""), .contact = HDX_STR("")};
    hdx_str path = hdx_arena_format(arena, "%s/" HDX_CONFIG_FILE, kb_dir);
    if (!path.ptr)
        return hdx_fail_nomem(err);
    reader r = {.arena = arena, .path = path.ptr, .out = out, .err = err};
    hdx_yaml *root;
    helpdex_status status =
        hdx_file_read(arena, path.ptr, CONFIG_LIMIT, &out->text, err);
    if (status == HELPDEX_NOT_FOUND)
        return HELPDEX_OK;
    if (!status)
        status = hdx_yaml_parse(arena, out->text, path.ptr, 1, &root, err);
    if (!status && root && root->kind != HDX_YAML_MAP)
        return fail(&r, root, "not a map; write key: value");
    for (const hdx_yaml *at = status || !root ? NULL : root->first;
         at && !status; at = at->next)
        status = read_key(&r, at);
    return status;
}

const char *hdx_layout_config_key(size_t at)
{
    return at < sizeof keys / sizeof *keys ? keys[at].name : NULL;
}

bool hdx_layout_config_excludes(const hdx_layout_config *config, hdx_str path)
{
    for (const hdx_yaml *at = config->exclude ? config->exclude->first : NULL;
         at; at = at->next)
        if (at->kind == HDX_YAML_SCALAR &&
            fnmatch(at->text.ptr, path.ptr, 0) == 0)
            return true;
    return false;
}

static const hdx_yaml *alias_of(const hdx_layout_config *config, hdx_str name)
{
    for (const hdx_yaml *at = config->aliases ? config->aliases->first : NULL;
         at; at = at->next)
        if (hdx_str_eq(at->key, name))
            return at;
    return NULL;
}

helpdex_status hdx_layout_config_locale(const hdx_layout_config *config,
                                        hdx_str name, hdx_locale *out)
{
    const hdx_yaml *alias = alias_of(config, name);
    return hdx_locale_read(alias ? alias->text : name, out);
}

bool hdx_layout_config_wants(const hdx_layout_config *config,
                             const hdx_locale *locale)
{
    for (size_t i = 0; i < config->locale_count; i++)
        if (strcmp(config->locales[i].tag, locale->tag) == 0)
            return true;
    return config->locale_count == 0;
}

bool hdx_layout_config_knows(const hdx_layout_config *config, hdx_str name,
                             const hdx_locale *locale)
{
    return alias_of(config, name) ||
           strcmp(config->default_locale.tag, locale->tag) == 0 ||
           (config->locale_count && hdx_layout_config_wants(config, locale));
}
