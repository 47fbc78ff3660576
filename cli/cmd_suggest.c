/* helpdex suggest: completions of what is typed so far. */
#include <helpdex/suggest.h>

#include <stdio.h>
#include <unistd.h>

#include "base/str.h"
#include "cli/batch.h"
#include "cli/cli.h"
#include "cli/render.h"
#include "present/answers.h"

static helpdex_status ask(void *engine, const cli_options *options,
                          const char *text, void **out, helpdex_error *err)
{
    helpdex_suggest_request request;
    helpdex_suggestions *suggestions = NULL;
    helpdex_suggest_request_init(&request);
    request.prefix = text;
    request.locale = options->locale;
    request.region = options->region;
    request.platform = options->platform;
    request.app_version = options->app_version;
    request.limit = (unsigned)options->limit;
    helpdex_status status =
        helpdex_suggest(engine, &request, &suggestions, err);
    *out = suggestions;
    return status;
}

/* One JSON object; with a `qid` (NULL: none), which comes first, one line. */
static void print_json(const helpdex_searcher *searcher, const char *qid,
                       const char *prefix,
                       const helpdex_suggestions *suggestions)
{
    hdx_buf out = {0};
    hdx_json json = cli_json(&out, qid != NULL);
    hdx_present_suggestions(&json, qid, hdx_str_of(prefix),
                            helpdex_searcher_generation(searcher), suggestions);
    cli_print_buffer(&out);
}

static void print_one(const helpdex_suggestion *from, bool colour)
{
    cli_print_text(from->text, stdout);
    printf("  %s%s", cli_dim(colour), hdx_suggestion_kinds[from->kind]);
    if (from->id) {
        fputs("  ", stdout);
        cli_print_text(from->id, stdout);
    }
    printf("  %s", from->locale);
    if (from->via)
        printf(" (by %s)", from->via);
    if (from->match != HELPDEX_MATCH_EXACT)
        printf("  %s", hdx_suggestion_matches[from->match]);
    printf("%s\n", cli_plain(colour));
}

static void print_batch(void *engine, const cli_options *options,
                        const char *qid, const char *text, const void *answer)
{
    (void)options;
    print_json(engine, qid, text, answer);
}

static void forget(void *answer)
{
    helpdex_suggestions_free(answer);
}

static int ask_one(helpdex_searcher *searcher, const cli_options *options)
{
    hdx_buf prefix = {0};
    void *answer = NULL;
    helpdex_error err = {.status = HELPDEX_NOMEM, .message = "out of memory"};
    helpdex_status status = HELPDEX_NOMEM;
    if (cli_join_words(options, &prefix))
        status = ask(searcher, options, prefix.ptr, &answer, &err);
    int code = status ? cli_fail(&err) : EXIT_DONE;
    if (!status && options->json)
        print_json(searcher, NULL, prefix.ptr, answer);
    for (size_t i = 0;
         !status && !options->json && i < helpdex_suggestions_count(answer);
         i++)
        print_one(helpdex_suggestions_at(answer, i),
                  cli_colour(options, STDOUT_FILENO));
    if (!status && helpdex_suggestions_count(answer) == 0)
        code = EXIT_NO;
    forget(answer);
    hdx_buf_free(&prefix);
    return code;
}

int cli_suggest(const cli_options *options)
{
    static const cli_asking asking = {ask,  print_batch, forget,
                                      NULL, NULL,        true};
    helpdex_searcher *searcher;
    helpdex_error err;
    if (options->batch && options->arg_count) {
        fputs("helpdex: a prefix beside --batch; give one of them\n", stderr);
        return EXIT_USAGE;
    }
    if (options->latency && !options->batch) {
        fputs("helpdex: --latency without --batch; add the batch\n", stderr);
        return EXIT_USAGE;
    }
    if (helpdex_searcher_open(options->index, &searcher, &err))
        return cli_fail(&err);
    cli_print_notice(searcher, options);
    int code = options->batch ? cli_run_batch(searcher, options, &asking)
                              : ask_one(searcher, options);
    helpdex_searcher_free(searcher);
    return code;
}
