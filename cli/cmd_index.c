/* helpdex index: builds an index and says what became of it. */
#include <helpdex/index.h>

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "base/str.h"
#include "cli/cli.h"
#include "cli/progress.h"
#include "cli/render.h"
#include "cli/watch.h"

static void print_table(const helpdex_report *report)
{
    bool published = helpdex_report_published(report);
    printf("%-10s %9s %9s %9s %9s %9s\n", "locale", "articles", "sections",
           "terms", "seconds", "warnings");
    for (size_t i = 0; i < helpdex_report_locale_count(report); i++) {
        const helpdex_locale_stats *l = helpdex_report_locale(report, i);
        printf("%-10s %9" PRIu64 " %9" PRIu64 " %9" PRIu64 " %9.2f %9" PRIu64
               "\n",
               l->locale, l->articles, l->sections, l->terms, l->seconds,
               l->warnings);
    }
    printf("generation %s %s\n", helpdex_report_generation(report),
           published ? "published" : "is up to date; nothing was built");
}

static void add_locales(cJSON *root, const helpdex_report *report)
{
    cJSON *list = cJSON_AddArrayToObject(root, "locales");
    for (size_t i = 0; i < helpdex_report_locale_count(report); i++) {
        const helpdex_locale_stats *l = helpdex_report_locale(report, i);
        cJSON *item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "locale", l->locale);
        cJSON_AddNumberToObject(item, "articles", (double)l->articles);
        cJSON_AddNumberToObject(item, "sections", (double)l->sections);
        cJSON_AddNumberToObject(item, "terms", (double)l->terms);
        cJSON_AddNumberToObject(item, "seconds", cli_decimals(l->seconds));
        cJSON_AddNumberToObject(item, "warnings", (double)l->warnings);
        cJSON_AddItemToArray(list, item);
    }
}

static void add_findings(cJSON *root, const char *key,
                         helpdex_severity severity,
                         const helpdex_report *report)
{
    cJSON *list = cJSON_AddArrayToObject(root, key);
    for (size_t i = 0; i < helpdex_report_finding_count(report); i++) {
        const helpdex_finding *f = helpdex_report_finding(report, i);
        if (f->severity != severity)
            continue;
        cJSON *item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "file", f->file);
        cJSON_AddNumberToObject(item, "line", f->line);
        cJSON_AddNumberToObject(item, "column", f->column);
        cJSON_AddStringToObject(item, "message", f->message);
        cJSON_AddItemToArray(list, item);
    }
}

static void print_json(const helpdex_report *report)
{
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "generation",
                            helpdex_report_generation(report));
    cJSON_AddBoolToObject(root, "published", helpdex_report_published(report));
    add_locales(root, report);
    add_findings(root, "warnings", HELPDEX_WARNING, report);
    add_findings(root, "errors", HELPDEX_ERROR, report);
    add_findings(root, "notes", HELPDEX_NOTE, report);
    cli_print_json(root, false);
}

static bool has_index(const char *dir)
{
    hdx_buf current = {0};
    hdx_buf_add(&current, hdx_str_of(dir));
    bool has = hdx_buf_add(&current, HDX_STR("/CURRENT")) &&
               access(current.ptr, F_OK) == 0;
    hdx_buf_free(&current);
    return has;
}

static int report_failure(const helpdex_error *err,
                          const helpdex_report *report,
                          const cli_options *options)
{
    if (!report)
        return cli_fail(err);
    if (options->json)
        print_json(report);
    cli_print_findings(report);
    fprintf(stderr, "helpdex: nothing was published; %s\n",
            has_index(options->index) ? "an older index serves as before"
                                      : "mend the files named above");
    return EXIT_INPUT;
}

static void print_success(const helpdex_report *report,
                          const cli_options *options)
{
    if (!options->quiet)
        cli_print_findings(report);
    if (options->json)
        print_json(report);
    else if (!options->quiet)
        print_table(report);
    fflush(stdout);
}

/* Builds once. While watching, nothing is said of what has not changed. */
static int build_once(const cli_options *options, bool full, bool tacit)
{
    helpdex_index_options build;
    helpdex_report *report;
    helpdex_error err;
    cli_progress bar = {0};
    int code = EXIT_DONE;
    helpdex_index_options_init(&build);
    build.locale = options->locale;
    build.locales_dir = options->locales_dir;
    build.full = full;
    build.jobs =
        options->jobs > UINT16_MAX ? UINT16_MAX : (unsigned)options->jobs;
    if (isatty(STDERR_FILENO) && !options->quiet) {
        build.progress = cli_progress_step;
        build.progress_context = &bar;
    }
    helpdex_status status = helpdex_index_build(
        options->args[0], options->index, &build, &report, &err);
    cli_progress_end(&bar);
    if (status)
        code = report_failure(&err, report, options);
    else if (!tacit || helpdex_report_published(report))
        print_success(report, options);
    helpdex_report_free(report);
    return code;
}

/*
 * Builds whenever something was saved, until Ctrl-C. Folders are watched before
 * the first build, so that no save falls between.
 */
static int watch_and_build(const cli_options *options)
{
    cli_watch watch;
    int code = cli_watch_begin(&watch, options->args[0], options->locales_dir,
                               options->index);
    if (!code) {
        code = build_once(options, options->full, false);
        if (!options->quiet)
            fprintf(stderr, "helpdex: waiting for changes; Ctrl-C ends\n");
        while (cli_watch_wait(&watch, code == EXIT_LOCKED, &code))
            code = build_once(options, false, true);
    }
    cli_watch_end(&watch);
    return code;
}

int cli_index(const cli_options *options)
{
    return options->watch ? watch_and_build(options)
                          : build_once(options, options->full, false);
}
