/*
 * Reading front matter. One table says under which names a field is found and
 * how its value is read.
 */
#include "indexer/frontmatter.h"

#include <stddef.h>

#include "base/map.h"
#include "base/toml.h"
#include "indexer/cleaning.h"

enum { SYNONYMS = 6 };

/* Every section of the article carries them all. */
enum { TEXTS_LIMIT = 256 };

typedef enum field_kind {
    FIELD_TEXT,
    FIELD_TEXTS,
    FIELD_ALL,  /* texts under all names together */
    FIELD_TRUE, /* a bool that is set when the value says yes */
    FIELD_FALSE /* a bool that is set when the value says no */
} field_kind;

/* The first name under which the head says something wins. */
static const struct field {
    size_t offset;
    field_kind kind;
    const char *names[SYNONYMS];
} fields[] = {
    {offsetof(hdx_front_matter, id),
     FIELD_TEXT,
     {"id", "translationKey", "page_id"}},
    {offsetof(hdx_front_matter, title), FIELD_TEXT, {"title", "seo.title"}},
    {offsetof(hdx_front_matter, description),
     FIELD_TEXT,
     {"description", "summary", "seo.description"}},
    {offsetof(hdx_front_matter, questions), FIELD_TEXTS, {"questions"}},
    {offsetof(hdx_front_matter, tags),
     FIELD_TEXTS,
     {"tags", "labels", "keywords", "terms", "categories"}},
    {offsetof(hdx_front_matter, category), FIELD_TEXT, {"category"}},
    {offsetof(hdx_front_matter, modified),
     FIELD_TEXT,
     {"lastmod", "updated", "last_update.date", "date"}},
    {offsetof(hdx_front_matter, weight), FIELD_TEXT, {"weight"}},
    {offsetof(hdx_front_matter, stakes), FIELD_TEXT, {"stakes"}},
    {offsetof(hdx_front_matter, deep_link), FIELD_TEXT, {"deep_link"}},
    {offsetof(hdx_front_matter, regions), FIELD_TEXTS, {"regions"}},
    {offsetof(hdx_front_matter, platforms), FIELD_TEXTS, {"platforms"}},
    {offsetof(hdx_front_matter, source_hash), FIELD_TEXTS, {"source_hash"}},
    {offsetof(hdx_front_matter, aliases),
     FIELD_ALL,
     {"aliases", "redirect_from", "permalink", "slug"}},
    {offsetof(hdx_front_matter, permalink), FIELD_TEXT, {"permalink"}},
    {offsetof(hdx_front_matter, lang),
     FIELD_TEXT,
     {"lang", "locale", "language"}},
    {offsetof(hdx_front_matter, draft), FIELD_TRUE, {"draft"}},
    {offsetof(hdx_front_matter, draft), FIELD_FALSE, {"published"}},
    {offsetof(hdx_front_matter, untranslated), FIELD_TRUE, {"untranslated"}},
    {offsetof(hdx_front_matter, outdated),
     FIELD_TRUE,
     {"outdated", "outdated_translation"}},
};

static bool is_one_of(hdx_str text, const char *const *words)
{
    for (; *words; words++)
        if (hdx_str_eq_nocase(text, hdx_str_of(*words)))
            return true;
    return false;
}

static bool says_yes(const hdx_yaml *value)
{
    static const char *const yes[] = {"true", "yes", "on", "1", NULL};
    return value->kind == HDX_YAML_SCALAR && is_one_of(value->text, yes);
}

static bool says_no(const hdx_yaml *value)
{
    static const char *const no[] = {"false", "no", "off", "0", NULL};
    return value->kind == HDX_YAML_SCALAR && is_one_of(value->text, no);
}

/* Texts below a value, however deep, blank ones left out; counts if !out. */
static size_t collect(const hdx_yaml *value, hdx_str *out)
{
    if (value->kind == HDX_YAML_SCALAR) {
        hdx_str text = hdx_str_trim(value->text);
        if (text.len && out)
            *out = text;
        return text.len > 0;
    }
    size_t count = 0;
    for (const hdx_yaml *at = value->first; at; at = at->next)
        count += collect(at, out ? out + count : NULL);
    return count;
}

/* Adds the texts below a value to those that are there. */
static bool read_texts(hdx_arena *arena, const hdx_yaml *value,
                       hdx_strings *out)
{
    size_t more = collect(value, NULL);
    hdx_str *items =
        hdx_arena_alloc(arena, (out->count + more + 1) * sizeof *items);
    if (!items)
        return false;
    if (out->count)
        memcpy(items, out->items, out->count * sizeof *items);
    collect(value, items + out->count);
    for (size_t i = out->count; i < out->count + more; i++) {
        items[i] = hdx_clean_text(arena, items[i]);
        if (!items[i].ptr)
            return false;
    }
    *out = (hdx_strings){items, out->count + more};
    return true;
}

static bool read_field(hdx_arena *arena, const struct field *field,
                       const hdx_yaml *value, hdx_front_matter *out)
{
    char *at = (char *)out + field->offset;
    switch (field->kind) {
    case FIELD_TEXT:
        if (value->kind == HDX_YAML_SCALAR)
            *(hdx_str *)(void *)at =
                hdx_clean_text(arena, hdx_str_trim(value->text));
        return value->kind != HDX_YAML_SCALAR || ((hdx_str *)(void *)at)->ptr;
    case FIELD_TEXTS:
    case FIELD_ALL:
        return read_texts(arena, value, (hdx_strings *)(void *)at);
    case FIELD_TRUE:
        *(bool *)at = *(bool *)at || says_yes(value);
        return true;
    case FIELD_FALSE:
        *(bool *)at = *(bool *)at || says_no(value);
        return true;
    }
    return true;
}

/* A key alone, as templates of articles have it, or YAML's null. */
static bool is_blank(const hdx_yaml *value)
{
    static const char *const nulls[] = {"~", "null", NULL};
    if (value->kind != HDX_YAML_SCALAR)
        return value->first == NULL;
    return hdx_str_trim(value->text).len == 0 ||
           (value->plain && is_one_of(value->text, nulls));
}

/* What can be said against the head as a whole. */
static helpdex_status check_root(const hdx_yaml *root, const char *file,
                                 helpdex_error *err)
{
    hdx_map keys = {0};
    helpdex_status status = HELPDEX_OK;
    if (root && root->kind != HDX_YAML_MAP)
        return hdx_fail_at(err, HELPDEX_BAD_INPUT, file, root->line,
                           root->column,
                           "front matter without a key; write key: value");
    for (const hdx_yaml *at = root ? root->first : NULL; at && !status;
         at = at->next) {
        bool added;
        if (!hdx_map_add(&keys, at->key, &added))
            status = hdx_fail_nomem(err);
        else if (!added)
            status =
                hdx_fail_at(err, HELPDEX_BAD_INPUT, file, at->line, at->column,
                            "the key \"%.*s\" is written twice; keep one",
                            HDX_FMT(at->key));
    }
    hdx_map_free(&keys);
    return status;
}

/* The next value that a field has under its names from `*name` on; NULL: no
   more. */
static const hdx_yaml *value_of(const hdx_yaml *root, const struct field *field,
                                size_t *name)
{
    while (*name < SYNONYMS && field->names[*name]) {
        const hdx_yaml *value = hdx_yaml_get(root, field->names[(*name)++]);
        if (value && !is_blank(value))
            return value;
    }
    return NULL;
}

static helpdex_status read_value(hdx_arena *arena, const struct field *field,
                                 const hdx_yaml *value, const char *file,
                                 hdx_front_matter *out, helpdex_error *err)
{
    bool texts = field->kind == FIELD_TEXTS || field->kind == FIELD_ALL;
    if (texts && collect(value, NULL) > TEXTS_LIMIT)
        return hdx_fail_at(err, HELPDEX_BAD_INPUT, file, value->line,
                           value->column, "more than %d entries; keep the best",
                           (int)TEXTS_LIMIT);
    return read_field(arena, field, value, out) ? HELPDEX_OK
                                                : hdx_fail_nomem(err);
}

static helpdex_status read_fields(hdx_arena *arena, const hdx_yaml *root,
                                  const char *file, hdx_front_matter *out,
                                  helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < sizeof fields / sizeof *fields && !status; i++) {
        size_t name = 0;
        const hdx_yaml *value;
        while (!status && (value = value_of(root, &fields[i], &name))) {
            status = read_value(arena, &fields[i], value, file, out, err);
            if (fields[i].kind != FIELD_ALL)
                break;
        }
    }
    return status;
}

const char *hdx_front_matter_key(size_t at)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        for (size_t name = 0; name < SYNONYMS && fields[i].names[name]; name++)
            if (at-- == 0)
                return fields[i].names[name];
    return NULL;
}

/* A line of the fence, and nothing else. */
static bool is_fence(hdx_str line, hdx_str fence)
{
    return hdx_str_eq(hdx_str_trim(line), fence) && hdx_str_starts(line, fence);
}

helpdex_status hdx_front_matter_read(hdx_arena *arena, hdx_str text,
                                     const char *file, hdx_front_matter *out,
                                     helpdex_error *err)
{
    *out = (hdx_front_matter){0};
    hdx_str bom = HDX_STR("\xEF\xBB\xBF");
    size_t start = hdx_str_starts(text, bom) ? bom.len : 0;
    hdx_str rest = {text.ptr + start, text.len - start}, line;
    out->body = start;
    if (!hdx_str_line(&rest, &line))
        return HELPDEX_OK;
    bool toml = is_fence(line, HDX_STR("+++"));
    hdx_str fence = toml ? HDX_STR("+++") : HDX_STR("---");
    if (!is_fence(line, fence))
        return HELPDEX_OK;
    const char *head = rest.ptr;
    while (hdx_str_line(&rest, &line)) {
        if (!is_fence(line, fence))
            continue;
        hdx_str inside = {head, (size_t)(line.ptr - head)};
        hdx_yaml *root = NULL;
        out->body = (size_t)(rest.ptr - text.ptr);
        helpdex_status status = (toml ? hdx_toml_parse : hdx_yaml_parse)(
            arena, inside, file, 2, &root, err);
        out->root = root;
        if (!status)
            status = check_root(root, file, err);
        if (!status)
            status = read_fields(arena, root, file, out, err);
        return status;
    }
    return hdx_fail_at(err, HELPDEX_BAD_INPUT, file, 1, 1,
                       "front matter is not closed; end it with a line of %s",
                       fence.ptr);
}
