/*
 * The scan of a knowledge base. It reads names, never contents, and follows no
 * symbolic link: a file outside the folder cannot become an article.
 */
#include "indexer/layout.h"

#include <fnmatch.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/file.h"
#include "base/yaml.h"

#define CONFIG_FILE "helpdex.yml"
enum { CONFIG_LIMIT = 1 << 20 };

/* Names at the top of a knowledge base that are no articles. */
static const char *const reserved[] = {
    "queries", "rules", "triage", "README.md", "LICENSE.md", "CONTRIBUTING.md"};

typedef struct scan {
    hdx_arena *arena;
    const char *kb_dir;
    helpdex_report *report;
    hdx_layout *out;
    helpdex_error *err;
    const char *config_path;
    const hdx_yaml *only;    /* list of locales, or NULL for all */
    const hdx_yaml *aliases; /* map from folder name to tag, or NULL */
    const hdx_yaml *exclude; /* list of patterns, or NULL */
    size_t capacity;         /* of out->locales */
} scan;

static helpdex_status fail_config(const scan *s, const hdx_yaml *at,
                                  const char *what)
{
    return hdx_fail_at(s->err, HELPDEX_BAD_INPUT, s->config_path, at->line,
                       at->column, "%s", what);
}

static helpdex_status config_default(scan *s, const hdx_yaml *value)
{
    if (value->kind == HDX_YAML_SCALAR &&
        hdx_locale_parse(value->text, &s->out->default_locale))
        return HELPDEX_OK;
    return fail_config(s, value,
                       "default_locale is no language tag; write "
                       "one, such as pt-BR");
}

static helpdex_status config_locales(scan *s, const hdx_yaml *value)
{
    hdx_locale locale;
    if (value->kind != HDX_YAML_LIST)
        return fail_config(s, value, "locales is a list; write [a, b]");
    for (const hdx_yaml *at = value->first; at; at = at->next)
        if (at->kind != HDX_YAML_SCALAR || !hdx_locale_parse(at->text, &locale))
            return fail_config(s, at,
                               "not a language tag; write one, such "
                               "as pt-BR");
    s->only = value;
    return HELPDEX_OK;
}

static helpdex_status config_aliases(scan *s, const hdx_yaml *value)
{
    hdx_locale locale;
    if (value->kind != HDX_YAML_MAP)
        return fail_config(s, value, "aliases is a map; write folder: tag");
    for (const hdx_yaml *at = value->first; at; at = at->next)
        if (at->kind != HDX_YAML_SCALAR || !hdx_locale_parse(at->text, &locale))
            return fail_config(s, at,
                               "not a language tag; write one, such "
                               "as pt-BR");
    s->aliases = value;
    return HELPDEX_OK;
}

static helpdex_status config_exclude(scan *s, const hdx_yaml *value)
{
    if (value->kind != HDX_YAML_LIST)
        return fail_config(s, value, "exclude is a list; write [\"*/x/*\"]");
    s->exclude = value;
    return HELPDEX_OK;
}

static helpdex_status config_url(scan *s, const hdx_yaml *value)
{
    if (value->kind != HDX_YAML_SCALAR)
        return fail_config(s, value,
                           "url is one text; write "
                           "\"https://.../{locale}/{id}\"");
    s->out->url = value->text;
    return HELPDEX_OK;
}

static helpdex_status config_contact(scan *s, const hdx_yaml *value)
{
    if (value->kind == HDX_YAML_SCALAR)
        s->out->contact = hdx_arena_copy_line(s->arena, value->text);
    if (value->kind == HDX_YAML_SCALAR && !s->out->contact.ptr)
        return hdx_fail_nomem(s->err);
    if (s->out->contact.len == 0)
        return fail_config(s, value,
                           "contact is one text, the way to a person; write "
                           "\"https://.../{locale}/contact\"");
    return HELPDEX_OK;
}

static helpdex_status config_layout(scan *s, const hdx_yaml *value)
{
    if (value->kind == HDX_YAML_SCALAR &&
        (hdx_str_eq(value->text, HDX_STR("native")) ||
         hdx_str_eq(value->text, HDX_STR("auto"))))
        return HELPDEX_OK;
    return fail_config(s, value,
                       "this layout is not known; use native: "
                       "<locale>/<category>/<slug>.md");
}

static const struct config_key {
    const char *name;
    helpdex_status (*read)(scan *s, const hdx_yaml *value);
} config_keys[] = {
    {"default_locale", config_default},
    {"locales", config_locales},
    {"aliases", config_aliases},
    {"exclude", config_exclude},
    {"url", config_url},
    {"contact", config_contact},
    {"layout", config_layout},
};

static helpdex_status unknown_key(const scan *s, const hdx_yaml *at)
{
    const char *nearest = config_keys[0].name;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < sizeof config_keys / sizeof *config_keys; i++) {
        size_t edits = hdx_str_distance(at->key.ptr, config_keys[i].name);
        if (edits < least) {
            least = edits;
            nearest = config_keys[i].name;
        }
    }
    return hdx_fail_at(s->err, HELPDEX_BAD_INPUT, s->config_path, at->line,
                       at->column, "unknown key \"%.*s\"; did you mean %s?",
                       HDX_FMT(at->key), nearest);
}

static helpdex_status read_config(scan *s)
{
    hdx_str path = hdx_arena_format(s->arena, "%s/" CONFIG_FILE, s->kb_dir);
    if (!path.ptr)
        return hdx_fail_nomem(s->err);
    s->config_path = path.ptr;
    hdx_yaml *root;
    helpdex_status status = hdx_file_read(s->arena, path.ptr, CONFIG_LIMIT,
                                          &s->out->config, s->err);
    if (status == HELPDEX_NOT_FOUND)
        return HELPDEX_OK;
    if (!status)
        status = hdx_yaml_parse(s->arena, s->out->config, path.ptr, 1, &root,
                                s->err);
    if (!status && root && root->kind != HDX_YAML_MAP)
        return fail_config(s, root, "not a map; write key: value");
    for (const hdx_yaml *at = status || !root ? NULL : root->first;
         at && !status; at = at->next) {
        const struct config_key *key = NULL;
        for (size_t i = 0; i < sizeof config_keys / sizeof *config_keys; i++)
            if (hdx_str_eq(at->key, hdx_str_of(config_keys[i].name)))
                key = &config_keys[i];
        status = key ? key->read(s, at) : unknown_key(s, at);
    }
    return status;
}

static bool is_article(hdx_str path)
{
    static const char *const endings[] = {".md", ".markdown"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        hdx_str ending = hdx_str_of(endings[i]);
        if (path.len > ending.len &&
            hdx_str_eq_nocase(
                (hdx_str){path.ptr + path.len - ending.len, ending.len},
                ending))
            return true;
    }
    return false;
}

static bool is_excluded(const scan *s, hdx_str shown)
{
    for (const hdx_yaml *at = s->exclude ? s->exclude->first : NULL; at;
         at = at->next)
        if (at->kind == HDX_YAML_SCALAR &&
            fnmatch(at->text.ptr, shown.ptr, 0) == 0)
            return true;
    return false;
}

static helpdex_status warn(scan *s, hdx_str shown, const char *what)
{
    hdx_str path = hdx_arena_format(s->arena, "%s/%s", s->kb_dir, shown.ptr);
    if (!path.ptr)
        return hdx_fail_nomem(s->err);
    return hdx_report_add(s->report, HELPDEX_WARNING, path.ptr, 0, 0, what,
                          s->err);
}

/* A link to a folder hides all the articles behind it. */
static bool is_linked_folder(const hdx_entry *entry, const char *path)
{
    return entry->link && hdx_dir_exists(path);
}

/* Takes the articles of one folder; `folder` is "" for the whole base. */
static helpdex_status take_files(scan *s, hdx_str folder,
                                 hdx_layout_locale *into)
{
    hdx_listing all;
    const char *slash = folder.len ? "/" : "";
    hdx_str root =
        hdx_arena_format(s->arena, "%s%s%s", s->kb_dir, slash, folder.ptr);
    if (!root.ptr)
        return hdx_fail_nomem(s->err);
    helpdex_status status =
        hdx_dir_list(s->arena, root.ptr, true, &all, s->err);
    if (status)
        return status;
    into->files =
        hdx_arena_alloc(s->arena, (all.count + 1) * sizeof *into->files);
    if (!into->files)
        return hdx_fail_nomem(s->err);
    for (size_t i = 0; i < all.count && !status; i++) {
        const hdx_entry *entry = &all.items[i];
        hdx_layout_file file = {.below = entry->path};
        file.shown = hdx_arena_format(s->arena, "%s%s%s", folder.ptr, slash,
                                      entry->path.ptr);
        file.path =
            hdx_arena_format(s->arena, "%s/%s", root.ptr, entry->path.ptr);
        if (!file.shown.ptr || !file.path.ptr)
            return hdx_fail_nomem(s->err);
        if ((!is_article(entry->path) &&
             !is_linked_folder(entry, file.path.ptr)) ||
            is_excluded(s, file.shown))
            continue;
        if (entry->kind == HDX_ENTRY_FILE)
            into->files[into->count++] = file;
        else
            status = warn(s, file.shown,
                          "not a regular file, so it is left out; put the "
                          "article itself there");
    }
    s->out->articles += into->count;
    return status;
}

static bool is_reserved(hdx_str name)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (hdx_str_eq(name, hdx_str_of(reserved[i])))
            return true;
    return false;
}

/* The locale of a folder's name, by the aliases or by itself. */
static helpdex_status folder_locale(const scan *s, hdx_str name,
                                    hdx_locale *out)
{
    for (const hdx_yaml *at = s->aliases ? s->aliases->first : NULL; at;
         at = at->next)
        if (hdx_str_eq(at->key, name))
            return hdx_locale_read(at->text, out);
    return hdx_locale_read(name, out);
}

static helpdex_status find_wanted(const scan *s, const hdx_locale *locale,
                                  bool *wanted)
{
    hdx_locale listed;
    helpdex_status status = HELPDEX_OK;
    *wanted = !s->only;
    for (const hdx_yaml *at = s->only ? s->only->first : NULL; at && !status;
         at = at->next) {
        status = hdx_locale_read(at->text, &listed);
        *wanted = *wanted || strcmp(listed.tag, locale->tag) == 0;
    }
    return status ? hdx_fail_nomem(s->err) : HELPDEX_OK; /* tags were checked */
}

static helpdex_status add_locale(scan *s, hdx_str folder,
                                 const hdx_locale *locale)
{
    hdx_layout *out = s->out;
    for (size_t i = 0; i < out->count; i++)
        if (strcmp(out->locales[i].locale.tag, locale->tag) == 0)
            return hdx_fail_at(s->err, HELPDEX_BAD_INPUT, s->kb_dir, 0, 0,
                               "two folders hold the locale %s, %.*s the "
                               "second; join them",
                               locale->tag, HDX_FMT(folder));
    hdx_layout_locale *into = &out->locales[out->count];
    *into = (hdx_layout_locale){.locale = *locale};
    helpdex_status status = take_files(s, folder, into);
    if (!status && into->count)
        out->count++;
    else if (!status)
        status = warn(s, folder,
                      "no article in it; add one, or remove the "
                      "folder");
    return status;
}

/* Takes a folder at the top, if its name is a locale's. */
static helpdex_status take_folder(scan *s, hdx_str name)
{
    hdx_locale locale;
    bool wanted;
    helpdex_status status = folder_locale(s, name, &locale);
    if (status == HELPDEX_NOMEM)
        return hdx_fail_nomem(s->err);
    if (status)
        return warn(s, name,
                    "not a language tag, so the folder is "
                    "left out; give it an alias in " CONFIG_FILE);
    status = find_wanted(s, &locale, &wanted);
    return status || !wanted ? status : add_locale(s, name, &locale);
}

static helpdex_status scan_folders(scan *s)
{
    hdx_listing tops;
    helpdex_status status =
        hdx_dir_list(s->arena, s->kb_dir, false, &tops, s->err);
    if (status)
        return status;
    s->out->locales =
        hdx_arena_alloc(s->arena, (tops.count + 1) * sizeof *s->out->locales);
    if (!s->out->locales)
        return hdx_fail_nomem(s->err);
    for (size_t i = 0; i < tops.count && !status; i++) {
        hdx_str name = tops.items[i].path;
        hdx_str path = hdx_arena_format(s->arena, "%s/%s", s->kb_dir, name.ptr);
        if (!path.ptr)
            return hdx_fail_nomem(s->err);
        bool linked = is_linked_folder(&tops.items[i], path.ptr);
        hdx_str current = hdx_arena_format(s->arena, "%s/CURRENT", path.ptr);
        if (!current.ptr)
            return hdx_fail_nomem(s->err);
        if (is_reserved(name) || hdx_file_exists(current.ptr) ||
            (tops.items[i].kind != HDX_ENTRY_DIR && !is_article(name) &&
             !linked))
            continue;
        if (linked)
            status = warn(s, name,
                          "a link to a folder, so it is left out; "
                          "put the folder itself there");
        else if (tops.items[i].kind != HDX_ENTRY_DIR)
            status = warn(s, name,
                          "lies in no locale's folder, so it is "
                          "left out; move it into one");
        else
            status = take_folder(s, name);
    }
    return status;
}

static int by_tag(const void *a, const void *b)
{
    return strcmp(((const hdx_layout_locale *)a)->locale.tag,
                  ((const hdx_layout_locale *)b)->locale.tag);
}

helpdex_status hdx_layout_scan(hdx_arena *arena, const char *kb_dir,
                               const hdx_locale *locale, helpdex_report *report,
                               hdx_layout *out, helpdex_error *err)
{
    *out = (hdx_layout){
        .url = HDX_STR(""), .contact = HDX_STR(""), .config = HDX_STR("")};
    scan s = {.arena = arena,
              .kb_dir = kb_dir,
              .report = report,
              .out = out,
              .err = err};
    if (!hdx_dir_exists(kb_dir))
        return hdx_fail_at(err, HELPDEX_NOT_FOUND, kb_dir, 0, 0,
                           "no such folder; name the folder of the "
                           "knowledge base");
    helpdex_status status = read_config(&s);
    if (status)
        return status;
    if (locale) {
        out->default_locale = *locale;
        out->locales = hdx_arena_alloc(arena, sizeof *out->locales);
        if (!out->locales)
            return hdx_fail_nomem(err);
        out->locales[0].locale = *locale;
        out->count = 1;
        status = take_files(&s, HDX_STR(""), &out->locales[0]);
    } else {
        status = scan_folders(&s);
        qsort(out->locales, out->count, sizeof *out->locales, by_tag);
    }
    if (!status && out->articles == 0)
        return hdx_fail_at(err, HELPDEX_BAD_INPUT, kb_dir, 0, 0,
                           "no articles in it; they lie as <locale>/"
                           "<category>/<slug>.md, or in one tree with "
                           "--locale TAG");
    return status;
}
