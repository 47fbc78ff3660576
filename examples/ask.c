/*
 * Ask a question, from C: the whole life of an index in one page.
 *
 *   cc ask.c $(pkg-config --cflags --libs helpdex) -o ask
 *   ./ask KB_DIR INDEX_DIR LOCALE "the question"
 */
#include <stdio.h>

#include <helpdex/index.h>
#include <helpdex/search.h>

static int fail(const helpdex_error *err)
{
    char line[1200];
    helpdex_error_format(err, line, sizeof line);
    fprintf(stderr, "%s\n", line);
    return 1;
}

static int ask(helpdex_searcher *searcher, const char *locale,
               const char *question)
{
    helpdex_error err;
    helpdex_results *results;
    helpdex_request request;
    helpdex_request_init(&request);
    request.query = question;
    request.locale = locale;
    request.limit = 3;
    if (helpdex_search(searcher, &request, &results, &err))
        return fail(&err);
    for (size_t i = 0; i < helpdex_results_count(results); i++) {
        const helpdex_hit *hit = helpdex_results_at(results, i);
        printf("%u. %s (%s#%s)\n   %s\n", hit->rank, hit->title, hit->id,
               hit->section, hit->snippet);
    }
    helpdex_results_free(results);
    return 0;
}

int main(int argc, char **argv)
{
    helpdex_error err;
    helpdex_report *report = NULL;
    helpdex_searcher *searcher;
    if (argc != 5) {
        fprintf(stderr, "usage: ask KB_DIR INDEX_DIR LOCALE QUESTION\n");
        return 2;
    }
    helpdex_status status =
        helpdex_index_build(argv[1], argv[2], NULL, &report, &err);
    helpdex_report_free(report); /* it would list warnings */
    if (status)
        return fail(&err);
    if (helpdex_searcher_open(argv[2], &searcher, &err))
        return fail(&err);
    int code = ask(searcher, argv[3], argv[4]);
    helpdex_searcher_free(searcher);
    return code;
}
