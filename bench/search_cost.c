/*
 * What a search costs beside the least that could answer: plain Xapian's OR of
 * the same words, ten hits, with the same snippets. Both are asked in turn, in
 * one process, and the CPU time of each question is the median of all passes
 * but the first.
 *
 *   search_cost INDEX_DIR LOCALE SCRATCH_DIR QUERIES.tsv
 *
 * QUERIES.tsv has an id, a tab and a question a line. The plain index is made
 * in SCRATCH_DIR from the same sections: their stems and those of the title.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "bench/bench.h"
#include "search/searcher.h"
#include "search/snippet.h"

enum { PASSES = 5, HITS = 10, SNIPPET = 180, LARGEST_FILE = 1 << 26 };

static hdx_arena memory;
static helpdex_error error;

static double cpu_us(void)
{
    return 1e6 * cpu_seconds(CLOCK_THREAD_CPUTIME_ID);
}

/* The distinct stems of a text with how often each occurs. */
static size_t count_stems(hdx_search_shard *shard, hdx_str text, hdx_tokens *t,
                          hdx_map *seen, hdx_posting *out, size_t count)
{
    check(hdx_analyse(shard->analyser, text, t, &error), &error);
    for (size_t i = 0; i < t->words; i++) {
        bool added;
        hdx_map_entry *entry =
            hdx_map_add(seen, t->items[i].word->stem, &added);
        if (added) {
            entry->value = count;
            out[count++] = (hdx_posting){entry->key, 0};
        }
        out[entry->value].frequency++;
    }
    return count;
}

static hdx_engine *make_plain(hdx_search_shard *shard, const char *path)
{
    hdx_engine_writer *writer;
    hdx_engine *engine;
    hdx_tokens tokens = {0};
    hdx_map seen = {0};
    hdx_posting *postings = NULL;
    size_t room = 0;
    check(hdx_engine_writer_open(path, &writer, &error), &error);
    for (uint32_t i = 0; i < hdx_forward_section_count(shard->forward); i++) {
        hdx_forward_section s = hdx_forward_section_at(shard->forward, i);
        hdx_str title = hdx_forward_article_at(shard->forward, s.article).title;
        if (!hdx_grow(&postings, &room, s.text.len + title.len + 2,
                      sizeof *postings))
            abort();
        hdx_map_clear(&seen);
        size_t count = count_stems(shard, title, &tokens, &seen, postings, 0);
        count = count_stems(shard, s.text, &tokens, &seen, postings, count);
        check(hdx_engine_writer_add(writer, postings, count, &error), &error);
    }
    check(hdx_engine_writer_finish(writer, &error), &error);
    hdx_engine_writer_free(writer);
    hdx_map_free(&seen);
    hdx_tokens_free(&tokens);
    free(postings);
    check(hdx_engine_open(path, &engine, &error), &error);
    return engine;
}

/* Plain Xapian: any of the words, and the snippets of `question`. */
static double ask_plain(hdx_search_shard *shard, hdx_engine *engine,
                        hdx_str query, const hdx_question *question,
                        hdx_arena *arena)
{
    static const hdx_bm25 weighting = {.k1 = 1, .b = 0.5};
    hdx_tokens *tokens = shard->maker.tokens;
    hdx_candidate hits[HITS];
    size_t count = 0, words = 0;
    double start = cpu_us();
    check(hdx_analyse(shard->analyser, query, tokens, &error), &error);
    hdx_query *leaves =
        hdx_arena_alloc(arena, (tokens->words + 1) * sizeof *leaves);
    for (size_t i = 0; i < tokens->words; i++) {
        hdx_str stem = tokens->items[i].word->stem;
        size_t n = 0;
        while (n < words && !hdx_str_eq(leaves[n].term, stem))
            n++;
        if (n == words)
            leaves[words++] =
                (hdx_query){.op = HDX_QUERY_TERM, .weight = 1, .term = stem};
    }
    hdx_query any = {
        .op = HDX_QUERY_OR, .weight = 1, .children = leaves, .count = words};
    if (words)
        check(hdx_engine_retrieve(engine, &any, weighting, HITS, hits, &count,
                                  &error),
              &error);
    for (size_t i = 0; i < count; i++) {
        hdx_snippet snippet;
        hdx_forward_section s =
            hdx_forward_section_at(shard->forward, hits[i].ordinal);
        check(hdx_snippet_make(&shard->maker, s.text, question, SNIPPET, arena,
                               &snippet, &error),
              &error);
    }
    return cpu_us() - start;
}

static double ask_helpdex(helpdex_searcher *searcher, const char *locale,
                          hdx_str query)
{
    helpdex_request request;
    helpdex_results *results;
    helpdex_request_init(&request);
    request.query = query.ptr;
    request.query_size = query.len;
    request.locale = locale;
    double start = cpu_us();
    check(helpdex_search(searcher, &request, &results, &error), &error);
    helpdex_results_free(results);
    return cpu_us() - start;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double percentile(const double *sorted, size_t count, double share)
{
    size_t at = (size_t)(share * (double)count);
    return sorted[at < count ? at : count - 1];
}

static hdx_search_shard *find_shard(helpdex_searcher *s, const char *locale)
{
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->shards[i].locale.tag, locale) == 0)
            return &s->shards[i];
    fprintf(stderr, "the index has no locale %s\n", locale);
    exit(1);
}

enum { HELPDEX_SIDE, PLAIN_SIDE, SIDES };

/* The median of each side for one question. */
static void measure(helpdex_searcher *s, hdx_search_shard *shard,
                    hdx_engine *plain, hdx_str query, double out[SIDES])
{
    double taken[SIDES][PASSES];
    hdx_arena arena = {0};
    for (int pass = 0; pass <= PASSES; pass++) {
        hdx_question question;
        int at = pass ? pass - 1 : 0; /* the first is written over */
        hdx_arena_reset(&arena);
        taken[HELPDEX_SIDE][at] = ask_helpdex(s, shard->locale.tag, query);
        check(
            hdx_question_make(&shard->maker, query, &arena, &question, &error),
            &error);
        taken[PLAIN_SIDE][at] =
            ask_plain(shard, plain, query, &question, &arena);
        hdx_question_free(&shard->maker, &question);
    }
    for (int side = 0; side < SIDES; side++) {
        qsort(taken[side], PASSES, sizeof **taken, by_value);
        out[side] = taken[side][PASSES / 2];
    }
    hdx_arena_free(&arena);
}

static void print_percentiles(double *taken[SIDES], size_t count)
{
    static const double shares[] = {0.5, 0.9, 0.99};
    for (int side = 0; side < SIDES; side++)
        qsort(taken[side], count, sizeof **taken, by_value);
    printf("| percentile | Helpdex, us | plain OR, us | ratio |\n"
           "|---|--:|--:|--:|\n");
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        double ours = percentile(taken[HELPDEX_SIDE], count, shares[i]);
        double plain = percentile(taken[PLAIN_SIDE], count, shares[i]);
        printf("| p%.0f | %.0f | %.0f | %.2f |\n", 100 * shares[i], ours, plain,
               ours / plain);
    }
}

int main(int argc, char **argv)
{
    helpdex_searcher *searcher;
    hdx_str text, line;
    if (argc != 5) {
        fprintf(stderr,
                "usage: search_cost INDEX_DIR LOCALE SCRATCH_DIR QUERIES\n");
        return 2;
    }
    check(helpdex_searcher_open(argv[1], &searcher, &error), &error);
    hdx_search_shard *shard = find_shard(searcher, argv[2]);
    check(hdx_dir_make(argv[3], &error), &error);
    hdx_str path = hdx_arena_format(&memory, "%s/plain", argv[3]);
    remove(path.ptr);
    hdx_engine *plain = make_plain(shard, path.ptr);
    check(hdx_file_read(&memory, argv[4], LARGEST_FILE, &text, &error), &error);
    double *taken[SIDES];
    for (int side = 0; side < SIDES; side++)
        taken[side] = hdx_arena_alloc(&memory, text.len * sizeof **taken);
    size_t count = 0;
    for (double out[SIDES]; hdx_str_line(&text, &line);) {
        const char *tab = memchr(line.ptr, '\t', line.len);
        if (!tab)
            continue;
        hdx_str query = {tab + 1, line.len - (size_t)(tab + 1 - line.ptr)};
        measure(searcher, shard, plain, query, out);
        for (int side = 0; side < SIDES; side++)
            taken[side][count] = out[side];
        count++;
    }
    print_percentiles(taken, count);
    hdx_engine_free(plain);
    helpdex_searcher_free(searcher);
    hdx_arena_free(&memory);
    return 0;
}
