/*
 * What text analysis costs: its share of indexing a tree of articles, and the
 * time a question takes to be cut.
 *
 *   analysis_cost ARTICLES_DIR LOCALE SCRATCH_DIR QUERIES.tsv
 *
 * Prints the CPU seconds of a whole build and of the analysis in it, then for
 * each number of words in a question (`qid<TAB>question` a line) how many there
 * are and the median and 99th percentile of microseconds: of the first time,
 * when only words of questions before are remembered, and of later times.
 * SCRATCH_DIR is a folder for a throw-away index.
 */
#include <helpdex/index.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/file.h"
#include "bench/bench.h"
#include "text/analyse.h"

enum { MOST_WORDS = 40, ROUNDS = 5 };

static double analysing;

helpdex_status __real_hdx_analyse(hdx_analyser *analyser, hdx_str text,
                                  hdx_tokens *tokens, helpdex_error *err);
helpdex_status __wrap_hdx_analyse(hdx_analyser *analyser, hdx_str text,
                                  hdx_tokens *tokens, helpdex_error *err);

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

helpdex_status __wrap_hdx_analyse(hdx_analyser *analyser, hdx_str text,
                                  hdx_tokens *tokens, helpdex_error *err)
{
    /* One thread builds, and the monotonic clock costs a tenth. */
    double start = seconds(CLOCK_MONOTONIC);
    helpdex_status status = __real_hdx_analyse(analyser, text, tokens, err);
    analysing += seconds(CLOCK_MONOTONIC) - start;
    return status;
}

static void measure_build(const char *articles, const char *locale,
                          const char *index)
{
    helpdex_index_options options;
    helpdex_report *report;
    helpdex_error err;
    hdx_dir_remove(index, NULL);
    helpdex_index_options_init(&options);
    options.locale = locale;
    analysing = 0;
    double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
    check(helpdex_index_build(articles, index, &options, &report, &err), &err);
    double took = seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
    helpdex_report_free(report);
    hdx_dir_remove(index, NULL);
    printf("indexing %.3f s, analysis %.3f s: %.1f %%\n", took, analysing,
           100 * analysing / took);
}

typedef struct times {
    double *items;
    size_t count, capacity;
} times;

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Cuts a question once more and notes the time under its number of words. */
static void measure_question(hdx_analyser *analyser, hdx_str question,
                             hdx_tokens *tokens, times *all)
{
    helpdex_error err;
    double start = seconds(CLOCK_MONOTONIC);
    check(__real_hdx_analyse(analyser, question, tokens, &err), &err);
    double took = seconds(CLOCK_MONOTONIC) - start;
    times *at = &all[tokens->words < MOST_WORDS ? tokens->words : MOST_WORDS];
    if (!hdx_grow(&at->items, &at->capacity, at->count + 1, sizeof took))
        abort();
    at->items[at->count++] = took * 1e6;
}

static void print_times(times *at)
{
    qsort(at->items, at->count, sizeof *at->items, by_value);
    printf("  %6.1f %6.1f", at->items[at->count / 2],
           at->items[at->count * 99 / 100]);
    free(at->items);
}

static void measure_questions(const char *locale, const char *path)
{
    hdx_arena arena = {0};
    hdx_catalog *catalog;
    hdx_analyser *analyser;
    const hdx_pack *pack;
    hdx_locale wanted;
    hdx_tokens tokens = {0};
    hdx_str text, line;
    times first[MOST_WORDS + 1] = {0}, later[MOST_WORDS + 1] = {0};
    helpdex_error err;
    check(hdx_locale_read(hdx_str_of(locale), &wanted), NULL);
    check(hdx_catalog_open(NULL, &catalog, &err), &err);
    check(hdx_catalog_pack(catalog, &wanted, &pack, &err), &err);
    check(hdx_analyser_open(pack, &analyser, &err), &err);
    check(hdx_file_read(&arena, path, SIZE_MAX, &text, &err), &err);
    for (int round = 0; round <= ROUNDS; round++)
        for (hdx_str rest = text; hdx_str_line(&rest, &line);) {
            const char *tab = memchr(line.ptr, '\t', line.len);
            size_t skip = tab ? (size_t)(tab - line.ptr) + 1 : 0;
            measure_question(analyser,
                             (hdx_str){line.ptr + skip, line.len - skip},
                             &tokens, round ? later : first);
        }
    printf("                 first time     later\n"
           "words questions  p50 us p99 us  p50 us p99 us\n");
    for (int i = 0; i <= MOST_WORDS; i++) {
        if (first[i].count == 0)
            continue;
        printf("%5d %9zu", i, first[i].count);
        print_times(&first[i]);
        print_times(&later[i]);
        printf("\n");
    }
    hdx_tokens_free(&tokens);
    hdx_analyser_free(analyser);
    hdx_catalog_free(catalog);
    hdx_arena_free(&arena);
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: analysis_cost ARTICLES_DIR LOCALE SCRATCH_DIR "
                        "QUERIES.tsv\n");
        return 2;
    }
    hdx_arena arena = {0};
    hdx_str index = hdx_arena_format(&arena, "%s/index", argv[3]);
    if (!index.ptr)
        return 1;
    measure_build(argv[1], argv[2], index.ptr);
    measure_questions(argv[2], argv[4]);
    hdx_arena_free(&arena);
    return 0;
}
