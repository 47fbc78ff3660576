/*
 * What is said of a scan: how the folder was read, and what was left out. One
 * finding a folder: a tree of another kind must not bury what matters.
 */
#include "base/error.h"
#include "base/file.h"
#include "base/map.h"
#include "indexer/scan.h"
#include "text/character.h"

helpdex_status hdx_scan_say(hdx_scan *s, helpdex_severity severity,
                            hdx_str shown, const char *what)
{
    hdx_str path = shown.len ? hdx_arena_format(s->arena, "%s/%.*s", s->kb_dir,
                                                HDX_FMT(shown))
                             : hdx_str_of(s->kb_dir);
    if (!path.ptr || !what)
        return hdx_fail_nomem(s->err);
    return hdx_report_add(s->report, severity, path.ptr, 0, 0, what, s->err);
}

static helpdex_status warn(hdx_scan *s, hdx_str shown, const char *what)
{
    return hdx_scan_say(s, HELPDEX_WARNING, shown, what);
}

/* What is left out, under one name. */
typedef struct group {
    hdx_str name;
    size_t count;
} group;

/* Where a file that fits nowhere is looked for: the folder beside the locales',
   or the file itself. */
static hdx_str group_of(const hdx_scan *s, hdx_str path)
{
    hdx_str before =
        s->found.pattern_count ? s->found.patterns[0].before : HDX_STR("");
    size_t parts = 1;
    if (hdx_str_starts(path, before))
        for (size_t i = 0; i < before.len; i++)
            parts += before.ptr[i] == '/';
    return hdx_scan_top(path, parts);
}

static helpdex_status warn_group(hdx_scan *s, const group *g)
{
    bool folder = hdx_scan_ending(g->name).len == 0 || g->count > 1;
    hdx_str patterns = hdx_detected_patterns(s->arena, &s->found);
    hdx_str what = hdx_arena_format(
        s->arena,
        folder
            ? "%zu in it fit no pattern of this layout (%s), so they are left "
              "out; move them, or give the folder an alias or exclude it in "
              "helpdex.yml"
            : "%zu article that fits no pattern of this layout (%s), so it is "
              "left out; move it into a locale, or exclude it in helpdex.yml",
        g->count, patterns.len ? patterns.ptr : "");
    return patterns.ptr ? warn(s, g->name, what.ptr) : hdx_fail_nomem(s->err);
}

/* Names what fits nowhere, folder by folder. */
static helpdex_status warn_left(hdx_scan *s)
{
    hdx_map groups = {0};
    group *list = hdx_arena_alloc(s->arena, (s->count + 1) * sizeof *list);
    helpdex_status status = HELPDEX_OK;
    if (!list)
        return hdx_fail_nomem(s->err);
    for (size_t i = 0; i < s->count && !status; i++) {
        bool added;
        if (s->found.places[i].kind != HDX_PLACE_NOWHERE)
            continue;
        hdx_str name = group_of(s, s->paths[i]);
        hdx_map_entry *entry = hdx_map_add(&groups, name, &added);
        if (!entry) {
            status = hdx_fail_nomem(s->err);
            break;
        }
        if (added)
            entry->value = groups.count - 1;
        list[entry->value].name = name;
        list[entry->value].count++;
    }
    for (size_t i = 0; i < groups.count && !status; i++)
        status = warn_group(s, &list[i]);
    hdx_map_free(&groups);
    return status;
}

static bool holds(const hdx_scan *s, const hdx_locale *locale)
{
    for (size_t i = 0; i < s->out->count; i++)
        if (strcmp(s->out->locales[i].locale.tag, locale->tag) == 0)
            return true;
    return false;
}

/* A locale's folder without an article, where only locales have folders. */
static helpdex_status warn_empty(hdx_scan *s)
{
    const hdx_detected *f = &s->found;
    hdx_listing tops;
    if (f->pattern_count != 1 || !f->patterns[0].locale_first)
        return HELPDEX_OK;
    hdx_str before = f->patterns[0].before;
    while (before.len && before.ptr[before.len - 1] != '/')
        before.len--;
    hdx_str dir =
        hdx_arena_format(s->arena, "%s/%.*s", s->kb_dir, HDX_FMT(before));
    helpdex_status status =
        dir.ptr ? hdx_dir_list(s->arena, dir.ptr, false, &tops, s->err)
                : hdx_fail_nomem(s->err);
    for (size_t i = 0; !status && i < tops.count; i++) {
        hdx_locale locale;
        if (tops.items[i].kind != HDX_ENTRY_DIR ||
            hdx_layout_config_locale(&s->config, tops.items[i].path, &locale) ||
            !hdx_layout_config_wants(&s->config, &locale) || holds(s, &locale))
            continue;
        hdx_str shown = hdx_arena_format(s->arena, "%.*s%s", HDX_FMT(before),
                                         tops.items[i].path.ptr);
        status = shown.ptr ? warn(s, shown,
                                  "no article in it; add one, or remove the "
                                  "folder")
                           : hdx_fail_nomem(s->err);
    }
    return status;
}

/* Paths that differ by case are one on the disks of many writers. */
static helpdex_status warn_of_case(hdx_scan *s, const hdx_layout_locale *of)
{
    hdx_map seen = {0};
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < of->count && !status; i++) {
        bool added;
        hdx_str folded = hdx_fold_case(s->arena, of->files[i].below);
        hdx_map_entry *entry =
            folded.ptr ? hdx_map_add(&seen, folded, &added) : NULL;
        if (!entry) {
            status = hdx_fail_nomem(s->err);
        } else if (added) {
            entry->value = i;
        } else {
            hdx_str what = hdx_arena_format(
                s->arena,
                "differs from %s by its case alone, and on many disks one "
                "replaces the other; rename one",
                of->files[entry->value].shown.ptr);
            status = warn(s, of->files[i].shown, what.ptr);
        }
    }
    hdx_map_free(&seen);
    return status;
}

/* A locale that shares nothing where the others do may be an ordinary word. */
static helpdex_status note_strangers(hdx_scan *s)
{
    size_t sharing = 0;
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < s->found.name_count; i++)
        sharing += s->found.names[i].taken && s->found.names[i].shared;
    for (size_t i = 0; i < s->found.name_count && !status; i++) {
        const hdx_detect_name *n = &s->found.names[i];
        if (sharing < 2 || !n->taken || n->shared || n->known)
            continue;
        hdx_str what = hdx_arena_format(
            s->arena,
            "\"%.*s\" is read as the locale %s, though no other locale has an "
            "article of the same name; if it is none, list yours under "
            "locales: in helpdex.yml",
            HDX_FMT(n->text), n->locale.tag);
        status = hdx_scan_say(s, HELPDEX_NOTE, HDX_STR(""), what.ptr);
    }
    return status;
}

/* Says how the folder was read, unless it is as Helpdex would have it. */
static helpdex_status note_layout(hdx_scan *s)
{
    const char *presumed =
        s->config.default_locale.tag[0] ? "" : s->out->default_locale.tag;
    hdx_str patterns = hdx_detected_patterns(s->arena, &s->found);
    if (!patterns.ptr)
        return hdx_fail_nomem(s->err);
    if (strcmp(s->found.name, "native") == 0)
        return HELPDEX_OK;
    hdx_str what = hdx_arena_format(
        s->arena,
        "read as %s (%s): %zu articles in %zu locales%s%s; write layout: %sin "
        "helpdex.yml to have it read otherwise",
        s->found.name,
        patterns.len ? patterns.ptr
        : s->found.places[0].kind == HDX_PLACE_LOCALE || s->found.name_count
            ? "lang: in each head"
            : "no locale in any name",
        s->out->articles, s->out->count,
        *presumed ? ", those without a locale taken as " : "", presumed,
        *presumed ? "and default_locale: " : "");
    return hdx_scan_say(s, HELPDEX_NOTE, HDX_STR(""), what.ptr);
}

helpdex_status hdx_scan_report(hdx_scan *s)
{
    helpdex_status status = warn_left(s);
    if (!status)
        status = warn_empty(s);
    for (size_t i = 0; i < s->out->count && !status; i++)
        status = warn_of_case(s, &s->out->locales[i]);
    if (!status && s->found.pattern_count)
        status = note_strangers(s);
    if (!status && !s->hints.only)
        status = note_layout(s);
    return status;
}
