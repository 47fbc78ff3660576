/* helpdex search: one question for a person or a program. */
#include <helpdex/search.h>

#include <stdio.h>
#include <unistd.h>

#include "base/str.h"
#include "cli/batch.h"
#include "cli/cli.h"
#include "cli/journal.h"
#include "cli/render.h"

/* The arguments as one text, so that a question needs no quotes. */
static bool join_words(const cli_options *options, hdx_buf *out)
{
    for (int i = 0; i < options->arg_count; i++) {
        if (i)
            hdx_buf_byte(out, ' ');
        hdx_buf_add(out, hdx_str_of(options->args[i]));
    }
    return !out->failed;
}

static int ask_one(helpdex_searcher *searcher, const cli_options *options,
                   cli_journal *journal)
{
    hdx_buf query = {0};
    helpdex_request request;
    helpdex_results *results = NULL;
    helpdex_error err = {.status = HELPDEX_NOMEM, .message = "out of memory"};
    helpdex_request_init(&request);
    request.locale = options->locale;
    request.limit = (unsigned)options->limit;
    request.explain = options->explain;
    helpdex_status status = HELPDEX_NOMEM;
    if (join_words(options, &query)) {
        request.query = query.ptr;
        status = helpdex_search(searcher, &request, &results, &err);
    }
    int code = status ? cli_fail(&err) : EXIT_DONE;
    if (!status && options->json)
        cli_print_results_json(searcher, NULL, query.ptr, results);
    else if (!status)
        cli_print_results(results, cli_colour(options, STDOUT_FILENO));
    if (!status)
        cli_journal_note(journal, &request, results);
    if (!status && helpdex_results_count(results) == 0)
        code = EXIT_NO;
    helpdex_results_free(results);
    hdx_buf_free(&query);
    return code;
}

int cli_search(const cli_options *options)
{
    helpdex_searcher *searcher;
    helpdex_error err;
    if (options->batch && options->arg_count) {
        fputs("helpdex: a query beside --batch; give one of them\n", stderr);
        return EXIT_USAGE;
    }
    if (options->latency && !options->batch) {
        fputs("helpdex: --latency without --batch; add the batch\n", stderr);
        return EXIT_USAGE;
    }
    if (options->format && !options->batch) {
        fputs("helpdex: --format without --batch; use --json\n", stderr);
        return EXIT_USAGE;
    }
    if (options->limit > 1000) {
        fputs("helpdex: --limit is over 1000; ask for fewer\n", stderr);
        return EXIT_USAGE;
    }
    if (helpdex_searcher_open(options->index, &searcher, &err))
        return cli_fail(&err);
    if (helpdex_searcher_notice(searcher) && !options->quiet) {
        fputs("helpdex: warning: ", stderr);
        cli_print_text(helpdex_searcher_notice(searcher), stderr);
        fputc('\n', stderr);
    }
    cli_journal journal = cli_journal_open(options);
    int code = options->batch ? cli_ask_batch(searcher, options, &journal)
                              : ask_one(searcher, options, &journal);
    cli_journal_close(&journal);
    helpdex_searcher_free(searcher);
    return code;
}
