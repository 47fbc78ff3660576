/* Rows collect by file and are written together, behind what is there. */
#include "eval/harvest.h"

#include <helpdex/journal.h>

#include <stdlib.h>

#include "base/file.h"

/* A question of more bytes is a story: its beginning is asked. */
enum { QUERY_LIMIT = 400, FILE_LIMIT = 1 << 26 };

static helpdex_status note(hdx_harvest *h, const char *locale, hdx_str query,
                           const char *article, bool *added, helpdex_error *err)
{
    hdx_str key = hdx_arena_format(&h->arena, "%s\t%.*s\t%s", locale,
                                   HDX_FMT(query), article);
    return key.ptr && hdx_map_add(&h->seen, key, added) ? HELPDEX_OK
                                                        : hdx_fail_nomem(err);
}

static helpdex_status add_file(hdx_harvest *h, const char *locale,
                               const char *path, helpdex_error *err)
{
    if (!path ||
        !hdx_grow(&h->files, &h->capacity, h->count + 1, sizeof *h->files))
        return hdx_fail_nomem(err);
    h->files[h->count++] = (hdx_harvest_file){.locale = locale, .path = path};
    return HELPDEX_OK;
}

static helpdex_status note_set(hdx_harvest *h, helpdex_searcher *searcher,
                               const hdx_golden_set *set, helpdex_error *err)
{
    const char *locale;
    bool added;
    helpdex_status status =
        hdx_canonical_locale(searcher, set->locale, &h->arena, &locale, err);
    if (status == HELPDEX_INVALID)
        return hdx_fail_at(err, HELPDEX_BAD_INPUT, set->file, 0, 0,
                           "\"%s\" is not a language tag; name the file after "
                           "its locale, such as pt-BR.tsv",
                           set->locale);
    if (!status)
        status = add_file(h, locale, set->file, err);
    for (size_t i = 0; i < set->count && !status; i++)
        for (const hdx_right *at = set->items[i].right; at && !status;
             at = at->next)
            status = note(h, locale, hdx_str_of(set->items[i].query),
                          at->article, &added, err);
    return status;
}

helpdex_status hdx_harvest_open(helpdex_searcher *searcher, const char *dir,
                                hdx_harvest *out, helpdex_error *err)
{
    hdx_golden_sets sets;
    *out = (hdx_harvest){.dir = dir};
    helpdex_status status = hdx_golden_read_all(&out->arena, dir, &sets, err);
    if (status == HELPDEX_NOT_FOUND)
        return HELPDEX_OK;
    for (size_t i = 0; i < sets.count && !status; i++)
        status = note_set(out, searcher, &sets.items[i], err);
    return status;
}

void hdx_harvest_free(hdx_harvest *harvest)
{
    for (size_t i = 0; i < harvest->count; i++)
        hdx_buf_free(&harvest->files[i].rows);
    free(harvest->files);
    hdx_map_free(&harvest->seen);
    hdx_arena_free(&harvest->arena);
}

static helpdex_status file_of(hdx_harvest *h, const char *locale,
                              hdx_harvest_file **out, helpdex_error *err)
{
    size_t at = 0;
    while (at < h->count && strcmp(h->files[at].locale, locale) != 0)
        at++;
    helpdex_status status = HELPDEX_OK;
    if (at == h->count)
        status = add_file(
            h, hdx_arena_copy(&h->arena, hdx_str_of(locale)).ptr,
            hdx_arena_format(&h->arena, "%s/%s.tsv", h->dir, locale).ptr, err);
    if (!status && !h->files[at].locale)
        status = hdx_fail_nomem(err);
    *out = status ? NULL : &h->files[at];
    return status;
}

/* One line with single blanks, cut behind a word if it has to be cut and there
   are words with blanks between them. */
static hdx_str one_line(hdx_arena *arena, const char *text)
{
    hdx_str line = hdx_arena_copy_line(arena, hdx_str_of(text));
    char *bytes = (char *)(uintptr_t)line.ptr;
    size_t len = 0;
    for (size_t i = 0; bytes && i < line.len; i++)
        if (bytes[i] != ' ' || (len && bytes[len - 1] != ' '))
            bytes[len++] = bytes[i];
    hdx_str all = {line.ptr, len}, cut = hdx_utf8_cut(all, QUERY_LIMIT);
    if (cut.len < all.len && all.ptr[cut.len] != ' ')
        for (size_t i = cut.len; i > QUERY_LIMIT / 2; i--)
            if (cut.ptr[i - 1] == ' ')
                return (hdx_str){cut.ptr, i - 1};
    return cut;
}

/* Whether there is a word outside of placeholders. */
static bool asks_something(hdx_str query)
{
    bool inside = false;
    for (size_t i = 0; i < query.len; i++) {
        unsigned char c = (unsigned char)query.ptr[i];
        inside = c == '<' || (inside && c != '>');
        if (!inside && (c >= 0x80 || (c >= '0' && c <= '9') ||
                        ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')))
            return true;
    }
    return false;
}

static helpdex_status add_row(hdx_harvest *h, const char *locale, hdx_str query,
                              const char *article, hdx_harvested *outcome,
                              helpdex_error *err)
{
    hdx_harvest_file *file;
    bool added = false;
    helpdex_status status = note(h, locale, query, article, &added, err);
    *outcome = HDX_HARVEST_KNOWN;
    if (status || !added)
        return status;
    status = file_of(h, locale, &file, err);
    if (status)
        return status;
    hdx_buf_add(&file->rows, query);
    hdx_buf_byte(&file->rows, '\t');
    hdx_buf_add(&file->rows, hdx_str_of(article));
    hdx_buf_byte(&file->rows, '\n');
    file->added++;
    *outcome = HDX_HARVEST_ADDED;
    return file->rows.failed ? hdx_fail_nomem(err) : HELPDEX_OK;
}

helpdex_status hdx_harvest_add(hdx_harvest *harvest, const char *locale,
                               hdx_str text, const char *article,
                               hdx_harvested *outcome, helpdex_error *err)
{
    helpdex_redaction *redacted;
    helpdex_status status = helpdex_redact(text.ptr, text.len, &redacted, err);
    if (status)
        return status;
    hdx_str query = one_line(&harvest->arena, helpdex_redaction_text(redacted));
    /* in an id a "#" would begin a section */
    bool sound = asks_something(query) && !strpbrk(article, "#\t\n");
    if (!query.ptr)
        status = hdx_fail_nomem(err);
    else if (helpdex_redaction_seed_phrase(redacted))
        *outcome = HDX_HARVEST_SEED_PHRASE;
    else if (!sound)
        *outcome = HDX_HARVEST_NO_QUERY;
    else
        status = add_row(harvest, locale, query, article, outcome, err);
    helpdex_redaction_free(redacted);
    return status;
}

static helpdex_status write_file(hdx_harvest *h, hdx_harvest_file *file,
                                 helpdex_error *err)
{
    hdx_buf all = {0};
    hdx_str old = HDX_STR("");
    helpdex_status status = HELPDEX_OK;
    if (hdx_file_exists(file->path))
        status = hdx_file_read(&h->arena, file->path, FILE_LIMIT, &old, err);
    if (status)
        return status;
    hdx_buf_add(&all, old);
    if (old.len && old.ptr[old.len - 1] != '\n')
        hdx_buf_byte(&all, '\n');
    hdx_buf_add(&all, hdx_buf_str(&file->rows));
    status = all.failed ? hdx_fail_nomem(err)
                        : hdx_file_replace(file->path, hdx_buf_str(&all), err);
    hdx_buf_free(&all);
    return status;
}

helpdex_status hdx_harvest_write(hdx_harvest *harvest, helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < harvest->count && !status; i++) {
        if (harvest->files[i].added == 0)
            continue;
        status = hdx_dir_make(harvest->dir, err);
        if (!status)
            status = write_file(harvest, &harvest->files[i], err);
    }
    return status;
}
