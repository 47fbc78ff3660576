/*
 * The scan of a knowledge base. It reads names, and contents only where no
 * name tells a locale; it follows no symbolic link: a file outside the folder
 * cannot become an article.
 */
#include "indexer/layout.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/file.h"
#include "indexer/scan.h"

/* Names at the top of a knowledge base that are no articles. */
static const char *const reserved[] = {
    "queries",    "rules",           "triage",      "README.md",
    "LICENSE.md", "CONTRIBUTING.md", "node_modules"};

hdx_str hdx_scan_ending(hdx_str path)
{
    static const char *const endings[] = {".md", ".markdown", ".mdx"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        hdx_str ending = hdx_str_of(endings[i]);
        if (path.len <= ending.len)
            continue;
        hdx_str end = {path.ptr + path.len - ending.len, ending.len};
        if (hdx_str_eq_nocase(end, ending) && end.ptr[-1] != '/')
            return end;
    }
    return HDX_STR("");
}

static hdx_str file_name(hdx_str path)
{
    size_t at = path.len;
    while (at && path.ptr[at - 1] != '/')
        at--;
    return (hdx_str){path.ptr + at, path.len - at};
}

hdx_str hdx_scan_top(hdx_str path, size_t parts)
{
    for (size_t i = 0; i < path.len; i++)
        if (path.ptr[i] == '/' && --parts == 0)
            return (hdx_str){path.ptr, i};
    return path;
}

static bool is_reserved(hdx_str path)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (hdx_str_eq(hdx_scan_top(path, 1), hdx_str_of(reserved[i])))
            return true;
    return false;
}

/* `_x.md` is a template or a piece of pages, `_index.md` the page of its
   folder. */
static bool is_piece(hdx_str path)
{
    hdx_str name = file_name(path);
    return name.ptr[0] == '_' && !hdx_str_starts(name, HDX_STR("_index."));
}

static helpdex_status warn(hdx_scan *s, hdx_str shown, const char *what)
{
    return hdx_scan_say(s, HELPDEX_WARNING, shown, what);
}

/* A link to a folder hides all the articles behind it. */
static bool is_linked_folder(const hdx_scan *s, const hdx_entry *entry)
{
    hdx_arena scratch = {0};
    hdx_str path =
        hdx_arena_format(&scratch, "%s/%s", s->kb_dir, entry->path.ptr);
    bool is = entry->link && path.ptr && hdx_dir_exists(path.ptr);
    hdx_arena_free(&scratch);
    return is;
}

/* Takes what may be an article of this knowledge base. */
static helpdex_status take_entry(hdx_scan *s, const hdx_entry *entry,
                                 size_t *pieces, hdx_str *piece)
{
    hdx_str path = entry->path, ending = hdx_scan_ending(path);
    bool linked = is_linked_folder(s, entry);
    if ((ending.len == 0 && !linked) || (!s->hints.only && is_reserved(path)) ||
        hdx_layout_config_excludes(&s->config, path))
        return HELPDEX_OK;
    if (linked)
        return warn(s, path,
                    "a link to a folder, so it is left out; put the folder "
                    "itself there");
    if (entry->kind != HDX_ENTRY_FILE)
        return warn(s, path,
                    "not a regular file, so it is left out; put the article "
                    "itself there");
    if (hdx_utf8_check(path) != SIZE_MAX)
        return warn(s, path,
                    "its name is not UTF-8, so it is left out; rename it");
    if (is_piece(path)) {
        *piece = (*pieces)++ ? *piece : path;
        return HELPDEX_OK;
    }
    s->paths[s->count] = path;
    s->stems[s->count++] = (hdx_str){path.ptr, path.len - ending.len};
    return HELPDEX_OK;
}

static helpdex_status list_articles(hdx_scan *s)
{
    hdx_listing all;
    hdx_str piece = HDX_STR("");
    size_t pieces = 0;
    helpdex_status status =
        hdx_dir_list(s->arena, s->kb_dir, true, &all, s->err);
    if (status)
        return status;
    s->paths = hdx_arena_alloc(s->arena, (all.count + 1) * sizeof *s->paths);
    s->stems = hdx_arena_alloc(s->arena, (all.count + 1) * sizeof *s->stems);
    if (!s->paths || !s->stems)
        return hdx_fail_nomem(s->err);
    for (size_t i = 0; i < all.count && !status; i++)
        status = take_entry(s, &all.items[i], &pieces, &piece);
    if (!status && pieces)
        status = warn(s, piece,
                      hdx_arena_format(
                          s->arena,
                          "a name that begins with _ is that of a template or "
                          "a piece of other pages, so it is left out (%zu "
                          "such); rename it if it is an article",
                          pieces)
                          .ptr);
    return status;
}

/* The number of a locale in the layout, added if it is new. */
static size_t locale_at(hdx_scan *s, const hdx_locale *locale)
{
    hdx_layout *out = s->out;
    for (size_t i = 0; i < out->count; i++)
        if (strcmp(out->locales[i].locale.tag, locale->tag) == 0)
            return i;
    out->locales[out->count] = (hdx_layout_locale){.locale = *locale};
    return out->count++;
}

/* Gives each locale its files; `owner[i]` is the number of file i's locale. */
static helpdex_status collect(hdx_scan *s, const size_t *owner)
{
    for (size_t i = 0; i < s->count; i++)
        if (owner[i] != SIZE_MAX)
            s->out->locales[owner[i]].count++;
    for (size_t i = 0; i < s->out->count; i++) {
        hdx_layout_locale *to = &s->out->locales[i];
        to->files = hdx_arena_alloc(s->arena, to->count * sizeof *to->files);
        if (!to->files)
            return hdx_fail_nomem(s->err);
        to->count = 0;
    }
    for (size_t i = 0; i < s->count; i++) {
        if (owner[i] == SIZE_MAX)
            continue;
        hdx_layout_locale *to = &s->out->locales[owner[i]];
        hdx_str rest = s->found.places[i].rest,
                ending = hdx_scan_ending(s->paths[i]);
        hdx_layout_file file = {.shown = s->paths[i]};
        file.path =
            hdx_arena_format(s->arena, "%s/%s", s->kb_dir, s->paths[i].ptr);
        file.below = hdx_arena_format(s->arena, "%.*s%.*s", HDX_FMT(rest),
                                      HDX_FMT(ending));
        if (!file.path.ptr || !file.below.ptr)
            return hdx_fail_nomem(s->err);
        to->files[to->count++] = file;
        s->out->articles++;
    }
    return HELPDEX_OK;
}

/* The locale of what stands under no locale. */
static helpdex_status choose_default(hdx_scan *s)
{
    const hdx_locale *presumed = s->hints.presumed;
    hdx_layout *out = s->out;
    bool any = false, declared = out->default_locale.tag[0];
    for (size_t i = 0; i < s->count && !any; i++)
        any = s->found.places[i].kind == HDX_PLACE_DEFAULT;
    if (!any)
        return HELPDEX_OK;
    if (!declared && presumed)
        out->default_locale = *presumed;
    for (size_t i = 0; i < s->found.name_count; i++) {
        const hdx_detect_name *n = &s->found.names[i];
        if (n->taken && s->found.pattern_count &&
            strcmp(n->locale.tag, out->default_locale.tag) == 0)
            return hdx_fail_at(
                s->err, HELPDEX_BAD_INPUT, s->kb_dir, 0, 0,
                declared
                    ? "articles of %s stand under \"%.*s\" and also outside of "
                      "all locales; join them, or exclude some in helpdex.yml"
                    : "articles outside of all locales cannot be taken as %s, "
                      "which has its own under \"%.*s\"; write "
                      "default_locale: in helpdex.yml",
                n->locale.tag, HDX_FMT(n->text));
    }
    if (!out->default_locale.tag[0])
        return hdx_fail_at(s->err, HELPDEX_BAD_INPUT, s->kb_dir, 0, 0,
                           "articles outside of all locales; write "
                           "default_locale: in helpdex.yml");
    return HELPDEX_OK;
}

/* Two folders of one locale would be two halves of it, or one is forgotten. */
static helpdex_status check_twins(const hdx_scan *s)
{
    const hdx_detected *f = &s->found;
    if (f->pattern_count == 0 || !f->patterns[0].locale_first)
        return HELPDEX_OK;
    for (size_t i = 0; i < f->name_count; i++)
        for (size_t n = 0; n < i; n++)
            if (f->names[i].taken && f->names[n].taken &&
                strcmp(f->names[i].locale.tag, f->names[n].locale.tag) == 0)
                return hdx_fail_at(
                    s->err, HELPDEX_BAD_INPUT, s->kb_dir, 0, 0,
                    "two folders hold the locale %s, \"%.*s\" and \"%.*s\"; "
                    "join them",
                    f->names[i].locale.tag, HDX_FMT(f->names[n].text),
                    HDX_FMT(f->names[i].text));
    return HELPDEX_OK;
}

static helpdex_status assign(hdx_scan *s)
{
    size_t *owner = hdx_arena_alloc(s->arena, (s->count + 1) * sizeof *owner);
    s->out->locales = hdx_arena_alloc(s->arena, (s->found.name_count + 1) *
                                                    sizeof *s->out->locales);
    if (!owner || !s->out->locales)
        return hdx_fail_nomem(s->err);
    for (size_t i = 0; i < s->count; i++) {
        const hdx_place *p = &s->found.places[i];
        const hdx_locale *locale =
            p->kind == HDX_PLACE_DEFAULT  ? &s->out->default_locale
            : p->kind == HDX_PLACE_LOCALE ? &s->found.names[p->name].locale
                                          : NULL;
        owner[i] = locale && hdx_layout_config_wants(&s->config, locale)
                       ? locale_at(s, locale)
                       : SIZE_MAX;
    }
    return collect(s, owner);
}

/* All is one tree: of the locale that was asked for, or the declared one. */
static helpdex_status place_as_one(hdx_scan *s)
{
    s->found = (hdx_detected){.name = "one tree"};
    s->found.places =
        hdx_arena_alloc(s->arena, (s->count + 1) * sizeof *s->found.places);
    if (!s->found.places)
        return hdx_fail_nomem(s->err);
    for (size_t i = 0; i < s->count; i++)
        s->found.places[i] = (hdx_place){HDX_PLACE_DEFAULT, 0, s->stems[i]};
    return HELPDEX_OK;
}

static helpdex_status fail_empty(const hdx_scan *s)
{
    return hdx_fail_at(s->err, HELPDEX_BAD_INPUT, s->kb_dir, 0, 0,
                       "no articles in it; they lie as <locale>/"
                       "<category>/<slug>.md, or in one tree with "
                       "--locale TAG");
}

static helpdex_status find_layout(hdx_scan *s)
{
    bool any = true;
    helpdex_status status = hdx_detect(s->arena, &s->config, s->stems, s->count,
                                       s->kb_dir, &s->found, s->err);
    if (status || s->found.pattern_count)
        return status;
    any = false;
    if (hdx_detect_by_key(&s->config))
        status = hdx_scan_place_by_key(s, &any);
    if (status || any)
        return status;
    if (s->config.layout.len || !s->config.default_locale.tag[0])
        return fail_empty(s);
    return place_as_one(s);
}

static int by_tag(const void *a, const void *b)
{
    return strcmp(((const hdx_layout_locale *)a)->locale.tag,
                  ((const hdx_layout_locale *)b)->locale.tag);
}

helpdex_status hdx_layout_scan(hdx_arena *arena, const char *kb_dir,
                               hdx_layout_hints hints, helpdex_report *report,
                               hdx_layout *out, helpdex_error *err)
{
    *out = (hdx_layout){
        .url = HDX_STR(""), .contact = HDX_STR(""), .config = HDX_STR("")};
    hdx_scan s = {.arena = arena,
                  .kb_dir = kb_dir,
                  .hints = hints,
                  .report = report,
                  .out = out,
                  .err = err};
    if (!hdx_dir_exists(kb_dir))
        return hdx_fail_at(err, HELPDEX_NOT_FOUND, kb_dir, 0, 0,
                           "no such folder; name the folder of the "
                           "knowledge base");
    helpdex_status status =
        hdx_layout_config_read(arena, kb_dir, &s.config, err);
    if (status)
        return status;
    out->url = s.config.url;
    out->contact = s.config.contact;
    out->config = s.config.text;
    out->default_locale = hints.only ? *hints.only : s.config.default_locale;
    if (hints.only)
        s.config.locale_count = 0;
    status = list_articles(&s);
    if (!status)
        status = hints.only ? place_as_one(&s) : find_layout(&s);
    if (!status)
        status = check_twins(&s);
    if (!status)
        status = choose_default(&s);
    if (!status)
        status = assign(&s);
    if (!status && out->articles == 0)
        status = fail_empty(&s);
    if (status)
        return status;
    qsort(out->locales, out->count, sizeof *out->locales, by_tag);
    return hdx_scan_report(&s);
}
