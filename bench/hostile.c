/*
 * How long a search can be made to take. A thousand queries that mean harm
 * (tests/unit/hostile.h) are asked in every locale of an index, with
 * explanations and passages; the slowest are printed.
 *
 *   hostile INDEX_DIR
 */
#include <helpdex/search.h>
#include <helpdex/suggest.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench/bench.h"
#include "tests/unit/hostile.h"

enum { BUDGET = 2000 };

static double cpu_ms(void)
{
    return 1e3 * cpu_seconds(CLOCK_THREAD_CPUTIME_ID);
}

/* What one asking takes; whether it was refused is counted. */
static double ask(helpdex_searcher *searcher, const char *locale, hdx_str query,
                  bool all, size_t *refused)
{
    helpdex_request request;
    helpdex_results *results = NULL;
    helpdex_error err;
    helpdex_request_init(&request);
    request.query = query.ptr;
    request.query_size = query.len;
    request.locale = locale;
    request.explain = all;
    request.budget = all ? BUDGET : 0;
    double start = cpu_ms();
    helpdex_status status = helpdex_search(searcher, &request, &results, &err);
    double took = cpu_ms() - start;
    if (status && status != HELPDEX_INVALID) {
        fprintf(stderr, "%s: %s\n", locale, err.message);
        exit(1);
    }
    *refused += status == HELPDEX_INVALID;
    helpdex_results_free(results);
    return took;
}

static double complete(helpdex_searcher *searcher, const char *locale,
                       hdx_str prefix)
{
    helpdex_suggest_request request;
    helpdex_suggestions *suggestions = NULL;
    helpdex_error err;
    helpdex_suggest_request_init(&request);
    request.prefix = prefix.ptr;
    request.prefix_size = prefix.len;
    request.locale = locale;
    double start = cpu_ms();
    helpdex_suggest(searcher, &request, &suggestions, &err);
    double took = cpu_ms() - start;
    helpdex_suggestions_free(suggestions);
    return took;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void run(helpdex_searcher *searcher, const char *locale)
{
    enum { PLAIN, ALL, SUGGEST, WAYS };
    static double taken[WAYS][HOSTILE_QUERIES];
    static const char *const names[WAYS] = {"search", "explain, passages",
                                            "suggest"};
    size_t refused = 0;
    hdx_buf buf = {0};
    for (uint32_t i = 0; i < HOSTILE_QUERIES; i++) {
        hdx_str query = hostile_query(i, &buf);
        taken[PLAIN][i] = ask(searcher, locale, query, false, &refused);
        taken[ALL][i] = ask(searcher, locale, query, true, &refused);
        taken[SUGGEST][i] = complete(searcher, locale, query);
    }
    for (int way = 0; way < WAYS; way++) {
        qsort(taken[way], HOSTILE_QUERIES, sizeof **taken, by_value);
        printf("| %s | %s | %.2f | %.2f | %.2f |\n", locale, names[way],
               taken[way][HOSTILE_QUERIES / 2],
               taken[way][HOSTILE_QUERIES * 99 / 100],
               taken[way][HOSTILE_QUERIES - 1]);
    }
    printf("| %s | refused as no UTF-8 | %zu of %d |\n", locale, refused / 2,
           HOSTILE_QUERIES);
    hdx_buf_free(&buf);
}

int main(int argc, char **argv)
{
    helpdex_searcher *searcher;
    helpdex_error err;
    if (argc != 2) {
        fprintf(stderr, "usage: hostile INDEX_DIR\n");
        return 2;
    }
    if (helpdex_searcher_open(argv[1], &searcher, &err)) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    printf("| locale | what | p50, ms | p99, ms | most, ms |\n"
           "|---|---|--:|--:|--:|\n");
    for (size_t i = 0; i < helpdex_searcher_locale_count(searcher); i++)
        run(searcher, helpdex_searcher_locale(searcher, i));
    helpdex_searcher_free(searcher);
    return 0;
}
