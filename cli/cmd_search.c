/* helpdex search: one question for a person or a program. */
#include <helpdex/search.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "cli/batch.h"
#include "cli/cli.h"
#include "cli/journal.h"
#include "cli/render.h"

enum { LIMIT_LARGEST = 1000, BUDGET_LARGEST = 10000000 };

void cli_fill_request(const cli_options *options, helpdex_request *request)
{
    helpdex_request_init(request);
    request->locale = options->locale;
    request->region = options->region;
    request->platform = options->platform;
    request->app_version = options->app_version;
    request->limit = (unsigned)options->limit;
    request->budget = (unsigned)options->budget;
    request->explain = options->explain;
}

static int ask_one(helpdex_searcher *searcher, const cli_options *options,
                   cli_journal *journal)
{
    hdx_buf query = {0};
    helpdex_request request;
    helpdex_results *results = NULL;
    helpdex_error err = {.status = HELPDEX_NOMEM, .message = "out of memory"};
    cli_fill_request(options, &request);
    helpdex_status status = HELPDEX_NOMEM;
    if (cli_join_words(options, &query)) {
        request.query = query.ptr;
        status = helpdex_search(searcher, &request, &results, &err);
    }
    int code = status ? cli_fail(&err) : EXIT_DONE;
    if (!status && options->json)
        cli_print_results_json(NULL, query.ptr, options->budget > 0, results);
    else if (!status && options->budget && helpdex_results_count(results))
        fputs(helpdex_results_context(results), stdout);
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

/* What does not go together, and how to ask instead; NULL: all is well. */
static const char *misuse(const cli_options *o)
{
    bool json = o->format ? strcmp(o->format, "json") == 0 : o->json;
    if (o->batch && o->arg_count)
        return "a query beside --batch; give one of them";
    if (o->latency && !o->batch)
        return "--latency without --batch; add the batch";
    if (o->format && !o->batch)
        return "--format without --batch; use --json";
    if (o->limit > LIMIT_LARGEST)
        return "--limit is over 1000; ask for fewer";
    if (o->budget > BUDGET_LARGEST)
        return "--budget is over 10000000; ask for fewer tokens";
    if (o->budget && o->batch && !json)
        return "--budget with run lines, which hold no passages; use --format "
               "json";
    if (o->budget && o->explain && !json)
        return "--explain beside --budget; add --json, or ask twice";
    return NULL;
}

int cli_search(const cli_options *options)
{
    helpdex_searcher *searcher;
    helpdex_error err;
    const char *why = misuse(options);
    if (why) {
        fprintf(stderr, "helpdex: %s\n", why);
        return EXIT_USAGE;
    }
    if (helpdex_searcher_open(options->index, &searcher, &err))
        return cli_fail(&err);
    cli_print_notice(searcher, options);
    cli_journal journal = cli_journal_open(options);
    int code = options->batch ? cli_search_batch(searcher, options, &journal)
                              : ask_one(searcher, options, &journal);
    cli_journal_close(&journal);
    helpdex_searcher_free(searcher);
    return code;
}
