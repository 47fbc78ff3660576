/*
 * What a decision costs with everything included (reading, redacting, rules,
 * paths, search, classifier, cutting the answer, counting tokens, and signing
 * the session), beside its search alone. Both are asked in turn, in one process,
 * and the CPU time of each message is the median of all passes but the first.
 *
 *   ask_cost INDEX_DIR LOCALE MESSAGES.tsv
 *
 * MESSAGES.tsv has an id, a tab and a message a line.
 */
#include <helpdex/decide.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "bench/bench.h"

enum { PASSES = 7, MOST = 20000, LARGEST_FILE = 1 << 26, HITS = 5 };

static helpdex_error error;

static double cpu_us(void)
{
    return 1e6 * cpu_seconds(CLOCK_THREAD_CPUTIME_ID);
}

static int least_first(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double ask(helpdex_assistant *assistant, const char *locale,
                  hdx_str message, helpdex_verdict *verdict)
{
    static const char key[] = "a key for measuring alone";
    helpdex_ask_request request;
    helpdex_reply *reply;
    helpdex_ask_request_init(&request);
    request.message = message.ptr;
    request.message_size = message.len;
    request.locale = locale;
    request.key = key;
    request.key_size = sizeof key;
    double start = cpu_us();
    check(helpdex_ask(assistant, &request, &reply, &error), &error);
    double took = cpu_us() - start;
    *verdict = helpdex_reply_decision(reply)->verdict;
    helpdex_reply_free(reply);
    return took;
}

static double search(helpdex_searcher *searcher, const char *locale,
                     hdx_str message)
{
    helpdex_request request;
    helpdex_results *results;
    helpdex_request_init(&request);
    request.query = message.ptr;
    request.query_size = message.len;
    request.locale = locale;
    request.limit = HITS;
    request.snippet = 0; /* as a decision searches */
    double start = cpu_us();
    check(helpdex_search(searcher, &request, &results, &error), &error);
    double took = cpu_us() - start;
    helpdex_results_free(results);
    return took;
}

static void print_times(const char *what, double *times, size_t count)
{
    qsort(times, count, sizeof *times, least_first);
    printf("%-10s p50 %7.1f us   p99 %7.1f us\n", what, times[count / 2],
           times[count * 99 / 100]);
}

static hdx_str messages[MOST];
static double asked[MOST], searched[MOST];

/* The messages of a file; how many. */
static size_t read_messages(hdx_arena *arena, const char *path)
{
    hdx_str text, line;
    size_t count = 0;
    check(hdx_file_read(arena, path, LARGEST_FILE, &text, &error), &error);
    while (count < MOST && hdx_str_line(&text, &line)) {
        const char *tab = line.len ? memchr(line.ptr, '\t', line.len) : NULL;
        if (tab)
            messages[count++] = hdx_str_trim(
                (hdx_str){tab + 1, line.len - (size_t)(tab + 1 - line.ptr)});
        if (count && messages[count - 1].len == 0)
            count--;
    }
    return count;
}

int main(int argc, char **argv)
{
    hdx_arena arena = {0};
    helpdex_assistant *assistant;
    size_t verdicts[3] = {0};
    if (argc != 4) {
        fputs("usage: ask_cost INDEX_DIR LOCALE MESSAGES.tsv\n", stderr);
        return 2;
    }
    size_t count = read_messages(&arena, argv[3]);
    check(helpdex_assistant_open(argv[1], &assistant, &error), &error);
    helpdex_searcher *searcher = helpdex_assistant_searcher(assistant);
    for (size_t i = 0; i < count; i++) {
        double ask_times[PASSES], search_times[PASSES];
        helpdex_verdict verdict = HELPDEX_ANSWER;
        for (int pass = 0; pass < PASSES; pass++) {
            search_times[pass] = search(searcher, argv[2], messages[i]);
            ask_times[pass] = ask(assistant, argv[2], messages[i], &verdict);
        }
        qsort(ask_times + 1, PASSES - 1, sizeof *ask_times, least_first);
        qsort(search_times + 1, PASSES - 1, sizeof *search_times, least_first);
        asked[i] = ask_times[PASSES / 2];
        searched[i] = search_times[PASSES / 2];
        verdicts[verdict]++;
    }
    if (count) {
        printf("%zu messages: %zu answered, %zu asked back, %zu handed over\n",
               count, verdicts[HELPDEX_ANSWER], verdicts[HELPDEX_CLARIFY],
               verdicts[HELPDEX_ESCALATE]);
        print_times("decision", asked, count);
        print_times("search", searched, count);
    }
    helpdex_assistant_free(assistant);
    hdx_arena_free(&arena);
    return 0;
}
