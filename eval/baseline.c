/* The baseline as JSON. */
#include "eval/baseline.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>

#include "base/file.h"

enum { LARGEST_FILE = 1 << 26, VERSION = 1 };

#define REMEDY "restore it, or save a new one with --save"

static int by_query(const void *a, const void *b)
{
    const hdx_kept *x = a, *y = b;
    return strcmp(x->query, y->query);
}

static int by_locale(const void *a, const void *b)
{
    const hdx_kept_locale *x = a, *y = b;
    return strcmp(x->locale, y->locale);
}

const hdx_kept_locale *hdx_baseline_locale(const hdx_baseline *baseline,
                                           const char *locale)
{
    const hdx_kept_locale wanted = {.locale = locale};
    return baseline->count ? bsearch(&wanted, baseline->locales,
                                     baseline->count, sizeof wanted, by_locale)
                           : NULL;
}

const hdx_kept *hdx_baseline_query(const hdx_kept_locale *locale,
                                   const char *query)
{
    const hdx_kept wanted = {.query = query};
    return bsearch(&wanted, locale->items, locale->count, sizeof wanted,
                   by_query);
}

/* The file while it is read. */
typedef struct reading {
    hdx_arena *arena;
    const char *path;
    helpdex_error *err;
} reading;

static helpdex_status not_a_baseline(const reading *r, const char *what)
{
    return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, 0, 0,
                       "no baseline of the gate: %s; " REMEDY, what);
}

static helpdex_status read_text(const reading *r, const cJSON *object,
                                const char *key, const char **out)
{
    const char *text =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
    if (!text)
        return not_a_baseline(r, key);
    *out = hdx_arena_copy(r->arena, hdx_str_of(text)).ptr;
    return *out ? HELPDEX_OK : hdx_fail_nomem(r->err);
}

static helpdex_status read_words(const reading *r, const cJSON *object,
                                 hdx_kept *out)
{
    hdx_word_tier *words = hdx_arena_alloc(
        r->arena, ((size_t)cJSON_GetArraySize(object) + 1) * sizeof *words);
    if (!words)
        return hdx_fail_nomem(r->err);
    out->words = words;
    for (const cJSON *at = object ? object->child : NULL; at; at = at->next) {
        hdx_word_tier *word = &words[out->word_count++];
        const char *tier = cJSON_GetStringValue(at);
        if (!tier)
            return not_a_baseline(r, "words");
        word->word = hdx_arena_copy(r->arena, hdx_str_of(at->string)).ptr;
        word->tier = hdx_arena_copy(r->arena, hdx_str_of(tier)).ptr;
        if (!word->word || !word->tier)
            return hdx_fail_nomem(r->err);
    }
    return HELPDEX_OK;
}

static helpdex_status read_kept(const reading *r, const cJSON *object,
                                hdx_kept *out)
{
    const cJSON *rank = cJSON_GetObjectItemCaseSensitive(object, "rank");
    helpdex_status status = read_text(r, object, "query", &out->query);
    if (!status)
        status = read_text(r, object, "article", &out->article);
    if (!status && cJSON_IsNumber(rank) && rank->valuedouble >= 0 &&
        rank->valuedouble <= HDX_DEPTH)
        out->rank = (unsigned)rank->valuedouble;
    else if (!status && !cJSON_IsNull(rank))
        status = not_a_baseline(r, "rank");
    out->matched =
        cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, "matched"));
    return status
               ? status
               : read_words(
                     r, cJSON_GetObjectItemCaseSensitive(object, "words"), out);
}

static helpdex_status read_locale(const reading *r, const cJSON *object,
                                  hdx_kept_locale *out)
{
    const cJSON *figures = cJSON_GetObjectItemCaseSensitive(object, "figures");
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(object, "queries");
    if (!cJSON_IsArray(list))
        return not_a_baseline(r, "queries");
    for (int m = 0; m < HDX_METRICS; m++) {
        const cJSON *mean =
            cJSON_GetObjectItemCaseSensitive(figures, hdx_metric_names[m].key);
        if (!cJSON_IsNumber(mean))
            return not_a_baseline(r, "figures");
        out->means[m] = mean->valuedouble;
    }
    out->locale = hdx_arena_copy(r->arena, hdx_str_of(object->string)).ptr;
    out->items = hdx_arena_alloc(
        r->arena, ((size_t)cJSON_GetArraySize(list) + 1) * sizeof *out->items);
    if (!out->locale || !out->items)
        return hdx_fail_nomem(r->err);
    helpdex_status status = HELPDEX_OK;
    for (const cJSON *at = list->child; at && !status; at = at->next)
        status = read_kept(r, at, &out->items[out->count++]);
    if (!status)
        qsort(out->items, out->count, sizeof *out->items, by_query);
    return status;
}

static helpdex_status read_locales(const reading *r, const cJSON *root,
                                   hdx_baseline *out)
{
    const cJSON *version = cJSON_GetObjectItemCaseSensitive(root, "version");
    const cJSON *locales = cJSON_GetObjectItemCaseSensitive(root, "locales");
    if (!cJSON_IsNumber(version) || version->valueint != VERSION)
        return not_a_baseline(r, "version");
    if (!cJSON_IsObject(locales))
        return not_a_baseline(r, "locales");
    out->locales =
        hdx_arena_alloc(r->arena, ((size_t)cJSON_GetArraySize(locales) + 1) *
                                      sizeof *out->locales);
    if (!out->locales)
        return hdx_fail_nomem(r->err);
    helpdex_status status = HELPDEX_OK;
    for (const cJSON *at = locales->child; at && !status; at = at->next)
        status = read_locale(r, at, &out->locales[out->count++]);
    if (!status)
        qsort(out->locales, out->count, sizeof *out->locales, by_locale);
    return status;
}

helpdex_status hdx_baseline_read(hdx_arena *arena, const char *path,
                                 hdx_baseline *out, helpdex_error *err)
{
    const reading r = {arena, path, err};
    hdx_str text;
    const char *end = NULL;
    unsigned line, column;
    *out = (hdx_baseline){0};
    helpdex_status status =
        hdx_file_read(arena, path, LARGEST_FILE, &text, err);
    if (status)
        return status;
    if (hdx_utf8_check(text) != SIZE_MAX)
        return not_a_baseline(&r, "it is not UTF-8");
    cJSON *root = cJSON_ParseWithOpts(text.ptr, &end, true);
    if (!root) {
        hdx_str_position(text, end ? (size_t)(end - text.ptr) : 0, &line,
                         &column);
        return hdx_fail_at(err, HELPDEX_BAD_INPUT, path, line, column,
                           "the baseline is no JSON from here on; " REMEDY);
    }
    status = read_locales(&r, root, out);
    cJSON_Delete(root);
    return status;
}

static helpdex_status keep(hdx_arena *arena, const hdx_outcome *from,
                           hdx_kept *out, helpdex_error *err)
{
    const hdx_right *right = from->right;
    const char *article = right->article;
    if (right->section)
        article = hdx_arena_format(arena, "%s#%s", article, right->section).ptr;
    *out = (hdx_kept){.query = from->golden->query,
                      .article = article,
                      .rank = from->rank,
                      .matched = from->matched,
                      .words = from->words,
                      .word_count = from->word_count};
    return article ? HELPDEX_OK : hdx_fail_nomem(err);
}

/* The place of a locale; an old list is copied to have room for a new one. */
static hdx_kept_locale *place_of(hdx_arena *arena, hdx_baseline *baseline,
                                 const char *locale)
{
    for (size_t i = 0; i < baseline->count; i++)
        if (strcmp(baseline->locales[i].locale, locale) == 0)
            return &baseline->locales[i];
    hdx_kept_locale *list =
        hdx_arena_alloc(arena, (baseline->count + 1) * sizeof *list);
    if (!list)
        return NULL;
    if (baseline->count)
        memcpy(list, baseline->locales, baseline->count * sizeof *list);
    baseline->locales = list;
    return &list[baseline->count++];
}

helpdex_status hdx_baseline_put(hdx_arena *arena, hdx_baseline *baseline,
                                const hdx_measurement *from, helpdex_error *err)
{
    hdx_kept_locale *place = place_of(arena, baseline, from->locale);
    hdx_kept *items = hdx_arena_alloc(arena, (from->count + 1) * sizeof *items);
    if (!place || !items)
        return hdx_fail_nomem(err);
    *place = (hdx_kept_locale){
        .locale = from->locale, .items = items, .count = from->count};
    for (int m = 0; m < HDX_METRICS; m++)
        place->means[m] = from->figures[m].mean;
    for (size_t i = 0; i < from->count; i++)
        if (keep(arena, &from->outcomes[i], &items[i], err))
            return HELPDEX_NOMEM;
    qsort(items, from->count, sizeof *items, by_query);
    qsort(baseline->locales, baseline->count, sizeof *baseline->locales,
          by_locale);
    return HELPDEX_OK;
}

/* Adds an object on one line, and deletes it. */
static void add_line(hdx_buf *out, cJSON *object)
{
    char *text = object ? cJSON_PrintUnformatted(object) : NULL;
    out->failed = out->failed || !text;
    hdx_buf_add(out, hdx_str_of(text));
    cJSON_free(text);
    cJSON_Delete(object);
}

static cJSON *kept_json(const hdx_kept *kept)
{
    cJSON *item = cJSON_CreateObject();
    cJSON_AddStringToObject(item, "query", kept->query);
    cJSON_AddStringToObject(item, "article", kept->article);
    cJSON_AddItemToObject(item, "rank",
                          kept->rank ? cJSON_CreateNumber(kept->rank)
                                     : cJSON_CreateNull());
    if (kept->matched)
        cJSON_AddTrueToObject(item, "matched");
    cJSON *words = cJSON_AddObjectToObject(item, "words");
    for (size_t i = 0; i < kept->word_count; i++)
        if (kept->words[i].tier)
            cJSON_AddStringToObject(words, kept->words[i].word,
                                    kept->words[i].tier);
    return item;
}

static cJSON *figures_json(const hdx_kept_locale *locale)
{
    cJSON *figures = cJSON_CreateObject();
    for (int m = 0; m < HDX_METRICS; m++)
        cJSON_AddNumberToObject(figures, hdx_metric_names[m].key,
                                round(locale->means[m] * 1e4) / 1e4);
    return figures;
}

static void add_locale(hdx_buf *out, const hdx_kept_locale *locale)
{
    add_line(out, cJSON_CreateString(locale->locale));
    hdx_buf_add(out, HDX_STR(": {\n\"figures\": "));
    add_line(out, figures_json(locale));
    hdx_buf_add(out, HDX_STR(",\n\"queries\": ["));
    for (size_t i = 0; i < locale->count; i++) {
        hdx_buf_add(out, i ? HDX_STR(",\n") : HDX_STR("\n"));
        add_line(out, kept_json(&locale->items[i]));
    }
    hdx_buf_add(out, HDX_STR("\n]}"));
}

helpdex_status hdx_baseline_write(const hdx_baseline *baseline,
                                  const char *path, helpdex_error *err)
{
    hdx_buf text = {0};
    hdx_buf_add(&text, HDX_STR("{\"version\": 1, \"locales\": {\n"));
    for (size_t i = 0; i < baseline->count; i++) {
        if (i)
            hdx_buf_add(&text, HDX_STR(",\n"));
        add_locale(&text, &baseline->locales[i]);
    }
    hdx_buf_add(&text, HDX_STR("\n}}\n"));
    helpdex_status status =
        text.failed ? hdx_fail_nomem(err)
                    : hdx_file_replace(path, hdx_buf_str(&text), err);
    hdx_buf_free(&text);
    return status;
}
