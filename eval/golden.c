/* Reading the golden queries of a knowledge base. */
#include "eval/golden.h"

#include "base/file.h"
#include "base/map.h"
#include "eval/table.h"

#define SHAPE "write query<TAB>article id, with #section if need be"
#define ENDING ".tsv"

void hdx_golden_add(hdx_golden *golden, hdx_right *right)
{
    hdx_right **end = &golden->right;
    while (*end)
        end = &(*end)->next;
    *end = right;
}

/* Cuts a row at its tab. */
static helpdex_status cut_row(const hdx_table *t, hdx_str *query,
                              hdx_str *answer, helpdex_error *err)
{
    const char *end = t->row.ptr + t->row.len;
    const char *tab = memchr(t->row.ptr, '\t', t->row.len);
    if (!tab)
        return hdx_table_fault(t, t->row.ptr, "no tab behind the query; " SHAPE,
                               err);
    const char *more = memchr(tab + 1, '\t', (size_t)(end - tab - 1));
    if (more)
        return hdx_table_fault(t, more, "a second tab; " SHAPE, err);
    *query = hdx_str_trim((hdx_str){t->row.ptr, (size_t)(tab - t->row.ptr)});
    *answer = hdx_str_trim((hdx_str){tab + 1, (size_t)(end - tab - 1)});
    if (!query->len)
        return hdx_table_fault(t, t->row.ptr, "no query before the tab; " SHAPE,
                               err);
    if (!answer->len)
        return hdx_table_fault(t, tab + 1, "no article behind the tab; " SHAPE,
                               err);
    return HELPDEX_OK;
}

static helpdex_status read_answer(hdx_arena *arena, const hdx_table *t,
                                  hdx_str answer, hdx_right **out,
                                  helpdex_error *err)
{
    const char *mark = memchr(answer.ptr, '#', answer.len);
    size_t len = mark ? (size_t)(mark - answer.ptr) : answer.len;
    unsigned row, column;
    if (len == 0)
        return hdx_table_fault(t, answer.ptr, "no article before the #; " SHAPE,
                               err);
    if (mark && len + 1 == answer.len)
        return hdx_table_fault(t, mark, "no section behind the #; " SHAPE, err);
    hdx_right *right = *out = hdx_arena_alloc(arena, sizeof *right);
    if (!right)
        return hdx_fail_nomem(err);
    hdx_str_position(t->row, (size_t)(answer.ptr - t->row.ptr), &row, &column);
    *right = (hdx_right){
        .article = hdx_arena_copy(arena, (hdx_str){answer.ptr, len}).ptr,
        .gain = 1,
        .line = t->line,
        .column = column};
    if (mark)
        right->section =
            hdx_arena_copy(arena, (hdx_str){mark + 1, answer.len - len - 1})
                .ptr;
    return right->article && (right->section || !mark) ? HELPDEX_OK
                                                       : hdx_fail_nomem(err);
}

/* The golden query of this text, new if need be. */
static hdx_golden *find_or_add(hdx_arena *arena, hdx_map *seen, hdx_str query,
                               hdx_golden_set *set)
{
    bool added;
    hdx_map_entry *entry = hdx_map_add(seen, query, &added);
    if (entry && !added)
        return &set->items[entry->value];
    hdx_str text = hdx_arena_copy(arena, query);
    hdx_str qid =
        hdx_arena_format(arena, "%s-%zu", set->locale, set->count + 1);
    if (!entry || !text.ptr || !qid.ptr)
        return NULL;
    entry->value = set->count;
    hdx_golden *golden = &set->items[set->count++];
    *golden = (hdx_golden){.qid = qid.ptr, .query = text.ptr};
    return golden;
}

static helpdex_status read_rows(hdx_arena *arena, hdx_table *t, hdx_map *seen,
                                hdx_golden_set *out, helpdex_error *err)
{
    while (hdx_table_next(t)) {
        hdx_str query = {0}, answer = {0};
        hdx_right *right = NULL;
        helpdex_status status = cut_row(t, &query, &answer, err);
        if (!status)
            status = read_answer(arena, t, answer, &right, err);
        if (status)
            return status;
        hdx_golden *golden = find_or_add(arena, seen, query, out);
        if (!golden)
            return hdx_fail_nomem(err);
        hdx_golden_add(golden, right);
    }
    if (out->count == 0)
        return hdx_fail_at(err, HELPDEX_BAD_INPUT, t->file, 0, 0,
                           "no golden query in it; " SHAPE);
    return HELPDEX_OK;
}

helpdex_status hdx_golden_read(hdx_arena *arena, const char *file,
                               const char *locale, hdx_golden_set *out,
                               helpdex_error *err)
{
    hdx_table table;
    hdx_map seen = {0};
    helpdex_status status = hdx_table_open(arena, file, &table, err);
    if (status)
        return status;
    *out = (hdx_golden_set){.locale = locale, .file = file};
    out->items = hdx_arena_alloc(arena, (hdx_table_lines_left(&table) + 1) *
                                            sizeof *out->items);
    status = out->items ? read_rows(arena, &table, &seen, out, err)
                        : hdx_fail_nomem(err);
    hdx_map_free(&seen);
    return status;
}

/* Whether a file is one of golden queries, and of which locale. */
static bool is_golden_file(const hdx_entry *entry, hdx_str *locale)
{
    const size_t end = sizeof ENDING - 1;
    hdx_str name = entry->path;
    if (entry->kind != HDX_ENTRY_FILE || name.len <= end ||
        memcmp(name.ptr + name.len - end, ENDING, end) != 0)
        return false;
    *locale = (hdx_str){name.ptr, name.len - end};
    return true;
}

helpdex_status hdx_golden_read_all(hdx_arena *arena, const char *dir,
                                   hdx_golden_sets *out, helpdex_error *err)
{
    hdx_listing files;
    hdx_str locale;
    *out = (hdx_golden_sets){0};
    helpdex_status status = hdx_dir_list(arena, dir, false, &files, err);
    if (status)
        return status;
    out->items = hdx_arena_alloc(arena, (files.count + 1) * sizeof *out->items);
    if (!out->items)
        return hdx_fail_nomem(err);
    for (size_t i = 0; i < files.count && !status; i++) {
        if (!is_golden_file(&files.items[i], &locale))
            continue;
        const char *path =
            hdx_arena_format(arena, "%s/%s", dir, files.items[i].path.ptr).ptr;
        const char *tag = hdx_arena_copy(arena, locale).ptr;
        status = path && tag ? hdx_golden_read(arena, path, tag,
                                               &out->items[out->count++], err)
                             : hdx_fail_nomem(err);
    }
    if (!status && out->count == 0)
        return hdx_fail_at(err, HELPDEX_NOT_FOUND, dir, 0, 0,
                           "no file of golden queries in it; write "
                           "<locale>" ENDING " with rows query<TAB>article id");
    return status;
}
