/* TREC's columns: read strictly, so that no typing error costs a judgement. */
#include "eval/trec.h"

#include <stdlib.h>

#include "base/map.h"
#include "eval/table.h"

#define QUERY_SHAPE "write qid<TAB>query"
#define QREL_SHAPE "write: qid 0 article relevance"

/* Of which a column has none. */
static bool is_space(char byte)
{
    return (unsigned char)byte <= ' ' || byte == 0x7F;
}

void hdx_trec_line(FILE *run, const char *qid, const char *article,
                   unsigned rank, double score)
{
    fprintf(run, "%s Q0 ", qid);
    for (const char *at = article; *at; at++)
        if (is_space(*at))
            fprintf(run, "%%%02X", (unsigned)*at);
        else
            fputc(*at, run);
    fprintf(run, " %u %.6f helpdex\n", rank, score);
}

/* Undoes what hdx_trec_line does to an id, in place. */
static void decode(char *id)
{
    char *to = id;
    for (const char *at = id; *at; at++) {
        char digits[3] = {0}, *end = digits;
        unsigned long byte = 0;
        if (*at == '%' && at[1] && at[2]) {
            memcpy(digits, at + 1, 2);
            byte = strtoul(digits, &end, 16);
        }
        bool encoded = end == digits + 2 && byte && is_space((char)byte);
        *to++ = encoded ? (char)byte : *at;
        at += encoded ? 2 : 0;
    }
    *to = '\0';
}

static helpdex_status read_query(hdx_arena *arena, const hdx_table *t,
                                 hdx_golden *out, helpdex_error *err)
{
    const char *end = t->row.ptr + t->row.len;
    const char *tab = memchr(t->row.ptr, '\t', t->row.len);
    if (!tab || tab == t->row.ptr)
        return hdx_table_fault(t, t->row.ptr,
                               "no query id before a tab; " QUERY_SHAPE, err);
    for (const char *at = t->row.ptr; at < tab; at++)
        if (is_space(*at))
            return hdx_table_fault(
                t, at, "a query id has no spaces; " QUERY_SHAPE, err);
    hdx_str qid = {t->row.ptr, (size_t)(tab - t->row.ptr)};
    hdx_str query = {tab + 1, (size_t)(end - tab - 1)};
    *out = (hdx_golden){.qid = hdx_arena_copy(arena, qid).ptr,
                        .query = hdx_arena_copy(arena, query).ptr};
    return out->qid && out->query ? HELPDEX_OK : hdx_fail_nomem(err);
}

static helpdex_status read_queries(hdx_arena *arena, const char *path,
                                   hdx_golden_set *out, hdx_map *by_qid,
                                   helpdex_error *err)
{
    hdx_table t;
    bool added = false;
    helpdex_status status = hdx_table_open(arena, path, &t, err);
    if (status)
        return status;
    out->items = hdx_arena_alloc(arena, (hdx_table_lines_left(&t) + 1) *
                                            sizeof *out->items);
    if (!out->items)
        return hdx_fail_nomem(err);
    while (hdx_table_next(&t)) {
        hdx_golden *golden = &out->items[out->count];
        status = read_query(arena, &t, golden, err);
        if (status)
            return status;
        hdx_map_entry *entry =
            hdx_map_add(by_qid, hdx_str_of(golden->qid), &added);
        if (!entry)
            return hdx_fail_nomem(err);
        if (!added)
            return hdx_table_fault(&t, t.row.ptr,
                                   "this query id is there twice; give each "
                                   "query its own",
                                   err);
        entry->value = out->count++;
    }
    return HELPDEX_OK;
}

/* The next column of a row, from `*at`; empty at the end. */
static hdx_str next_column(const hdx_table *t, const char **at)
{
    const char *end = t->row.ptr + t->row.len;
    while (*at < end && is_space(**at))
        ++*at;
    const char *begin = *at;
    while (*at < end && !is_space(**at))
        ++*at;
    return (hdx_str){begin, (size_t)(*at - begin)};
}

static helpdex_status read_relevance(const hdx_table *t, hdx_str text,
                                     unsigned *out, helpdex_error *err)
{
    char digits[16] = "", *end = digits;
    memcpy(digits, text.ptr, text.len < 15 ? text.len : 15);
    long relevance = strtol(digits, &end, 10);
    if (!text.len || text.len > 9 || *end)
        return hdx_table_fault(t, text.ptr,
                               "the relevance is no number; " QREL_SHAPE, err);
    *out = relevance > 0 ? (unsigned)relevance : 0;
    return HELPDEX_OK;
}

typedef struct judgement {
    hdx_str qid;
    hdx_str article;
    unsigned relevance;
} judgement;

static helpdex_status read_judgement(const hdx_table *t, judgement *out,
                                     helpdex_error *err)
{
    const char *at = t->row.ptr;
    out->qid = next_column(t, &at);
    hdx_str iteration = next_column(t, &at);
    out->article = next_column(t, &at);
    hdx_str relevance = next_column(t, &at);
    hdx_str more = next_column(t, &at);
    if (!iteration.len || !out->article.len || !relevance.len)
        return hdx_table_fault(t, t->row.ptr, "not four columns; " QREL_SHAPE,
                               err);
    if (more.len)
        return hdx_table_fault(t, more.ptr, "a fifth column; " QREL_SHAPE, err);
    return read_relevance(t, relevance, &out->relevance, err);
}

static helpdex_status add_judgement(hdx_arena *arena, const hdx_table *t,
                                    const judgement *from, hdx_golden *golden,
                                    helpdex_error *err)
{
    hdx_str id = hdx_arena_copy(arena, from->article);
    hdx_right *right = hdx_arena_alloc(arena, sizeof *right);
    if (!id.ptr || !right)
        return hdx_fail_nomem(err);
    decode((char *)(uintptr_t)id.ptr);
    for (const hdx_right *at = golden->right; at; at = at->next)
        if (strcmp(at->article, id.ptr) == 0)
            return hdx_table_fault(t, from->article.ptr,
                                   "this article is judged twice for the "
                                   "query; keep one of the lines",
                                   err);
    *right = (hdx_right){
        .article = id.ptr, .gain = from->relevance, .line = t->line};
    hdx_golden_add(golden, right);
    return HELPDEX_OK;
}

static helpdex_status read_qrels(hdx_arena *arena, const char *path,
                                 hdx_golden_set *set, const hdx_map *by_qid,
                                 helpdex_error *err)
{
    hdx_table t;
    judgement row = {.relevance = 0};
    helpdex_status status = hdx_table_open(arena, path, &t, err);
    while (!status && hdx_table_next(&t)) {
        status = read_judgement(&t, &row, err);
        if (status)
            return status;
        const hdx_map_entry *entry = hdx_map_find(by_qid, row.qid);
        if (entry && row.relevance)
            status =
                add_judgement(arena, &t, &row, &set->items[entry->value], err);
    }
    return status;
}

helpdex_status hdx_trec_read(hdx_arena *arena, const char *queries,
                             const char *qrels, const char *locale,
                             hdx_golden_set *out, helpdex_error *err)
{
    hdx_map by_qid = {0};
    size_t kept = 0;
    *out = (hdx_golden_set){.locale = locale, .file = qrels};
    helpdex_status status = read_queries(arena, queries, out, &by_qid, err);
    if (!status)
        status = read_qrels(arena, qrels, out, &by_qid, err);
    hdx_map_free(&by_qid);
    if (status)
        return status;
    for (size_t i = 0; i < out->count; i++)
        if (out->items[i].right)
            out->items[kept++] = out->items[i];
    out->count = kept;
    if (kept == 0)
        return hdx_fail_at(err, HELPDEX_BAD_INPUT, qrels, 0, 0,
                           "no query of %s has a relevant article in it; give "
                           "files that belong together",
                           queries);
    return HELPDEX_OK;
}
