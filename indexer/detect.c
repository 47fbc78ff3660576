/*
 * Detection counts. A layout's score is how many files are in two locales at
 * least under it, and of two that are alike in this, how many stand under a
 * locale at all.
 */
#include "indexer/detect.h"

#include <stdlib.h>

#include "base/map.h"

/*
 * The layouts. Of two that score alike the first is taken: patterns with a
 * default locale outside of the locales' folders come before the same without,
 * because they need more to score at all.
 */
static const struct row {
    const char *name;
    const char *patterns[HDX_LAYOUT_PATTERNS];
} rows[] = {
    {"docusaurus",
     {"i18n/{locale}/docusaurus-plugin-content-docs/current/{path}.md",
      "docs/{path}.md"}},
    {"starlight",
     {"src/content/docs/{locale}/{path}.md", "src/content/docs/{path}.md"}},
    {"starlight", {"src/content/docs/{locale}/{path}.md"}},
    {"redocly", {"@l10n/{locale}/{path}.md", "{path}.md"}},
    {"tldr", {"pages.{locale}/{path}.md", "pages/{path}.md"}},
    {"jekyll", {"_i18n/{locale}/{path}.md"}},
    {"hugo", {"content/{locale}/{path}.md"}},
    {"hugo", {"content/{path}.{locale}.md", "content/{path}.md"}},
    {"mkdocs", {"docs/{path}.{locale}.md", "docs/{path}.md"}},
    {"vitepress", {"docs/{locale}/{path}.md", "docs/{path}.md"}},
    {"mkdocs", {"docs/{locale}/{path}.md"}},
    {"vitepress", {"{locale}/{path}.md", "{path}.md"}},
    {"native", {"{locale}/{path}.md"}},
    {"suffix", {"{path}.{locale}.md", "{path}.md"}},
};

const char *hdx_detect_layout(size_t at)
{
    return at < sizeof rows / sizeof *rows ? rows[at].name : NULL;
}

/* Heads say `lang`; scanned for by indexer/layout.c when no pattern fits. */
#define BY_KEY "jekyll"

/* Who has a path first: the default locale, or OTHERS + a name's number; and
   whether another has it too. */
enum { OF_DEFAULT = 1, OTHERS = 2 };
static const uint64_t SHARED = (uint64_t)1 << 32;

typedef struct score {
    size_t shared;
    size_t files;
} score;

typedef struct detector {
    hdx_arena *arena;
    const hdx_layout_config *config;
    const hdx_str *stems;
    size_t count;
    hdx_map known_names; /* text -> 1 + number */
    hdx_detect_name *names;
    size_t name_count, name_capacity;
    hdx_map shared; /* rest -> who has it */
    hdx_place *places;
    helpdex_error *err;
} detector;

/* The part of a pattern in front of its locale says that it is one. */
static bool is_wrapped(const hdx_detected *l)
{
    return l->pattern_count > 1 &&
           l->patterns[0].before.len > l->patterns[1].before.len &&
           l->patterns[0].locale_first;
}

static helpdex_status name_of(detector *d, hdx_str text, size_t *number)
{
    bool added;
    hdx_map_entry *entry = hdx_map_add(&d->known_names, text, &added);
    if (!entry)
        return hdx_fail_nomem(d->err);
    if (added) {
        if (!hdx_grow(&d->names, &d->name_capacity, d->name_count + 1,
                      sizeof *d->names))
            return hdx_fail_nomem(d->err);
        hdx_detect_name *name = &d->names[d->name_count];
        *name = (hdx_detect_name){.text = text};
        helpdex_status status =
            hdx_layout_config_locale(d->config, text, &name->locale);
        if (status == HELPDEX_NOMEM)
            return hdx_fail_nomem(d->err);
        name->tag = status == HELPDEX_OK;
        name->known = name->tag &&
                      hdx_layout_config_knows(d->config, text, &name->locale);
        name->wanted =
            name->tag && hdx_layout_config_wants(d->config, &name->locale);
        entry->value = ++d->name_count;
    }
    *number = entry->value - 1;
    return HELPDEX_OK;
}

/* Places a file by the first pattern that it is of, tags not yet doubted. */
static helpdex_status place(detector *d, const hdx_detected *l, hdx_str stem,
                            hdx_place *out)
{
    *out = (hdx_place){0};
    for (size_t i = 0; i < l->pattern_count; i++) {
        hdx_str locale, rest;
        size_t number = 0;
        if (!hdx_pattern_match(&l->patterns[i], stem, &locale, &rest))
            continue;
        if (!l->patterns[i].locale) {
            bool inside =
                is_wrapped(l) && hdx_str_starts(stem, l->patterns[0].before);
            *out = (hdx_place){.kind = inside ? HDX_PLACE_NOWHERE
                                              : HDX_PLACE_DEFAULT,
                               .rest = rest};
            return HELPDEX_OK;
        }
        helpdex_status status = name_of(d, locale, &number);
        if (status)
            return status;
        if (d->names[number].tag) {
            *out = (hdx_place){HDX_PLACE_LOCALE, number, rest};
            return HELPDEX_OK;
        }
    }
    return HELPDEX_OK;
}

static bool has_default(const hdx_detected *l)
{
    for (size_t i = 0; i < l->pattern_count; i++)
        if (!l->patterns[i].locale)
            return true;
    return false;
}

/* What a file would be called in the default locale; empty: it cannot be. What
   stands in `no/` may be of the default locale, too. */
static hdx_str default_path(const hdx_detected *l, hdx_str stem,
                            const hdx_place *place)
{
    hdx_str locale, rest;
    if (place->kind == HDX_PLACE_DEFAULT)
        return place->rest;
    for (size_t i = 0; i < l->pattern_count && !is_wrapped(l); i++)
        if (!l->patterns[i].locale &&
            hdx_pattern_match(&l->patterns[i], stem, &locale, &rest))
            return rest;
    return HDX_STR("");
}

/* Notes who has which paths: the default locale where the layout has one, else
   whoever is first. */
static helpdex_status note_paths(detector *d, const hdx_detected *l)
{
    bool added, by_default = has_default(l);
    hdx_map_clear(&d->shared);
    for (size_t i = 0; i < d->count; i++) {
        const hdx_place *p = &d->places[i];
        hdx_str path = by_default ? default_path(l, d->stems[i], p)
                       : p->kind == HDX_PLACE_LOCALE ? p->rest
                                                     : HDX_STR("");
        if (path.len == 0)
            continue;
        hdx_map_entry *entry = hdx_map_add(&d->shared, path, &added);
        uint64_t owner = by_default ? OF_DEFAULT : OTHERS + p->name;
        if (!entry)
            return hdx_fail_nomem(d->err);
        if (added)
            entry->value = owner;
        else if (entry->value != owner)
            entry->value |= SHARED;
    }
    return HELPDEX_OK;
}

/* Whether a file under a locale is in another too. */
static hdx_map_entry *shared_of(const detector *d, const hdx_place *p)
{
    hdx_map_entry *entry = hdx_map_find(&d->shared, p->rest);
    return entry && (entry->value & SHARED ||
                     (entry->value & ~SHARED) == OF_DEFAULT)
               ? entry
               : NULL;
}

static helpdex_status count_shared(detector *d, const hdx_detected *l)
{
    helpdex_status status = note_paths(d, l);
    for (size_t i = 0; i < d->count && !status; i++) {
        const hdx_place *p = &d->places[i];
        if (p->kind != HDX_PLACE_LOCALE)
            continue;
        d->names[p->name].files++;
        d->names[p->name].shared += shared_of(d, p) ? 1 : 0;
    }
    return status;
}

/* Folders where the locales' stand that are none. */
static helpdex_status count_others(detector *d, const hdx_pattern *pattern,
                                   size_t *others)
{
    hdx_map seen = {0};
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < d->count && !status; i++) {
        bool added;
        hdx_str stem = d->stems[i];
        if (!hdx_str_starts(stem, pattern->before) ||
            d->places[i].kind == HDX_PLACE_LOCALE)
            continue;
        hdx_str inside = {stem.ptr + pattern->before.len,
                          stem.len - pattern->before.len};
        const char *slash = memchr(inside.ptr, '/', inside.len);
        hdx_str folder = {inside.ptr, slash ? (size_t)(slash - inside.ptr) : 0};
        if (slash && !hdx_map_add(&seen, folder, &added))
            status = hdx_fail_nomem(d->err);
    }
    *others = seen.count;
    hdx_map_free(&seen);
    return status;
}

/* Two letters, perhaps with a script and a region: what people who write no
   locale hardly call a folder, as they do with `new`, `pro` or `my-account`. */
static bool looks_like_tag(hdx_str text)
{
    size_t part = 0, parts = 0;
    for (size_t i = 0; i <= text.len; i++) {
        if (i < text.len && text.ptr[i] != '-' && text.ptr[i] != '_') {
            part++;
            continue;
        }
        if (part > 4 || (parts == 0 && part > 2 && i == text.len))
            return false;
        parts++;
        part = 0;
    }
    return true;
}

/* Which of the tags are locales of this layout. */
static helpdex_status doubt(detector *d, const hdx_detected *l)
{
    size_t others = 0, tags = 0;
    bool by_default = has_default(l), wrapped = is_wrapped(l);
    bool declared = d->config->pattern_count && !by_default;
    helpdex_status status =
        by_default ? HELPDEX_OK : count_others(d, &l->patterns[0], &others);
    for (size_t i = 0; i < d->name_count; i++)
        tags += d->names[i].files && looks_like_tag(d->names[i].text) ? 1 : 0;
    for (size_t i = 0; i < d->name_count; i++) {
        hdx_detect_name *n = &d->names[i];
        bool borne_out = by_default
                             ? n->shared && 2 * n->shared >= n->files
                             : n->shared || others == 0 ||
                                   (tags > others && looks_like_tag(n->text));
        /* With a list of locales, what it lacks is an ordinary name. */
        bool listed = d->config->locale_count && by_default && !wrapped;
        n->taken = n->files > 0 &&
                   (n->known || wrapped || declared || (!listed && borne_out));
    }
    return status;
}

/* Whether the declared default locale has a folder of its own: then it does not
   stand outside of them. */
static bool has_own_default(const detector *d, const hdx_detected *l)
{
    for (size_t i = 0; i < d->name_count; i++)
        if (d->names[i].taken && l->patterns[0].locale_first &&
            strcmp(d->names[i].locale.tag, d->config->default_locale.tag) == 0)
            return has_default(l);
    return false;
}

/* Files under names that are no locales are those of the default. */
static helpdex_status settle(detector *d, const hdx_detected *l, score *out)
{
    hdx_detected rest = *l;
    helpdex_status status = HELPDEX_OK;
    rest.pattern_count = 0;
    for (size_t i = 0; i < l->pattern_count; i++)
        if (!l->patterns[i].locale)
            rest.patterns[rest.pattern_count++] = l->patterns[i];
    *out = (score){0};
    for (size_t i = 0; i < d->count && !status; i++) {
        hdx_place *p = &d->places[i];
        if (p->kind != HDX_PLACE_LOCALE)
            continue;
        if (!d->names[p->name].taken) {
            status = place(d, &rest, d->stems[i], p);
            continue;
        }
        if (!d->names[p->name].wanted)
            continue;
        hdx_map_entry *entry = shared_of(d, p);
        out->files++;
        out->shared += entry ? 1 : 0;
        if (entry && entry->value == OF_DEFAULT) {
            out->shared++; /* the default's, once */
            entry->value |= SHARED;
        }
    }
    return status;
}

static helpdex_status try_layout(detector *d, const hdx_detected *l, score *out)
{
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < d->name_count; i++) {
        d->names[i].files = d->names[i].shared = 0;
        d->names[i].taken = false;
    }
    for (size_t i = 0; i < d->count && !status; i++)
        status = place(d, l, d->stems[i], &d->places[i]);
    if (!status && d->name_count)
        status = count_shared(d, l);
    if (!status)
        status = doubt(d, l);
    if (!status)
        status = settle(d, l, out);
    if (has_own_default(d, l))
        *out = (score){0};
    return status;
}

static void read_row(const struct row *row, hdx_detected *out)
{
    *out = (hdx_detected){.name = row->name};
    for (; out->pattern_count < HDX_LAYOUT_PATTERNS &&
           row->patterns[out->pattern_count];
         out->pattern_count++)
        hdx_pattern_read(hdx_str_of(row->patterns[out->pattern_count]),
                         &out->patterns[out->pattern_count]);
}

static bool is_named(const hdx_layout_config *config, const char *name)
{
    return config->layout.len == 0 ||
           hdx_str_eq(config->layout, hdx_str_of(name));
}

/* The layout that scores best; one of the configuration is not doubted. */
static helpdex_status choose(detector *d, hdx_detected *best)
{
    const hdx_layout_config *config = d->config;
    score most = {0}, now;
    helpdex_status status = HELPDEX_OK;
    *best = (hdx_detected){0};
    if (config->pattern_count) {
        *best = (hdx_detected){.name = "patterns",
                               .pattern_count = config->pattern_count};
        memcpy(best->patterns, config->patterns, sizeof best->patterns);
        return HELPDEX_OK;
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows && !status; i++) {
        hdx_detected row;
        read_row(&rows[i], &row);
        if (!is_named(config, row.name))
            continue;
        status = try_layout(d, &row, &now);
        if (now.shared > most.shared ||
            (now.shared == most.shared && now.files > most.files)) {
            most = now;
            *best = row;
        }
    }
    return status;
}

static helpdex_status check_name(const hdx_layout_config *config,
                                 const char *kb_dir, helpdex_error *err)
{
    const char *nearest = rows[0].name;
    size_t least = SIZE_MAX;
    hdx_arena scratch = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t edits = config->layout.len
                           ? hdx_str_distance(config->layout.ptr, rows[i].name)
                           : 0;
        if (edits < least) {
            least = edits;
            nearest = rows[i].name;
        }
    }
    if (least == 0)
        return HELPDEX_OK;
    hdx_str path = hdx_arena_format(&scratch, "%s/" HDX_CONFIG_FILE, kb_dir);
    helpdex_status status =
        !path.ptr ? hdx_fail_nomem(err)
                  : hdx_fail_at(err, HELPDEX_BAD_INPUT, path.ptr,
                                config->layout_line, config->layout_column,
                                "the layout \"%.*s\" is not known; did you "
                                "mean %s? Or write a pattern, such as "
                                "{locale}/{path}.md",
                                HDX_FMT(config->layout), nearest);
    hdx_arena_free(&scratch);
    return status;
}

static helpdex_status keep(const detector *d, hdx_detected *out)
{
    out->places = d->places;
    out->name_count = d->name_count;
    out->names =
        hdx_arena_alloc(d->arena, (d->name_count + 1) * sizeof *out->names);
    if (!out->names)
        return hdx_fail_nomem(d->err);
    if (d->name_count)
        memcpy(out->names, d->names, d->name_count * sizeof *out->names);
    return HELPDEX_OK;
}

helpdex_status hdx_detect(hdx_arena *arena, const hdx_layout_config *config,
                          const hdx_str *stems, size_t count,
                          const char *kb_dir, hdx_detected *out,
                          helpdex_error *err)
{
    score best;
    detector d = {.arena = arena,
                  .config = config,
                  .stems = stems,
                  .count = count,
                  .err = err};
    helpdex_status status = check_name(config, kb_dir, err);
    if (status)
        return status;
    d.places = hdx_arena_alloc(arena, (count + 1) * sizeof *d.places);
    if (!d.places)
        return hdx_fail_nomem(err);
    status = choose(&d, out);
    if (!status)
        status = try_layout(&d, out, &best);
    if (!status)
        status = keep(&d, out);
    free(d.names);
    hdx_map_free(&d.known_names);
    hdx_map_free(&d.shared);
    return status;
}

hdx_str hdx_detected_patterns(hdx_arena *arena, const hdx_detected *detected)
{
    hdx_buf buf = {0};
    for (size_t i = 0; i < detected->pattern_count; i++) {
        hdx_buf_add(&buf, i ? HDX_STR(", ") : HDX_STR(""));
        hdx_buf_add(&buf, detected->patterns[i].text);
    }
    hdx_str text = buf.failed ? (hdx_str){NULL, 0}
                              : hdx_arena_copy(arena, hdx_buf_str(&buf));
    hdx_buf_free(&buf);
    return text;
}

bool hdx_detect_by_key(const hdx_layout_config *config)
{
    return config->pattern_count == 0 && is_named(config, BY_KEY);
}
