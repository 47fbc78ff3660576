/* helpdex check: says what to mend in a knowledge base, and mends some. */
#include <helpdex/check.h>

#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/lint_baseline.h"
#include "cli/render_check.h"

static void count(cli_checked *c)
{
    for (size_t i = 0; i < helpdex_report_finding_count(c->report); i++) {
        const helpdex_finding *f = helpdex_report_finding(c->report, i);
        if (f->fixed)
            c->fixed++;
        else if (c->known[i])
            c->baseline++;
        else if (f->severity == HELPDEX_ERROR)
            c->errors++;
        else
            c->warnings++;
    }
}

static void print(const cli_checked *c, const cli_options *o)
{
    const char *format = o->format ? o->format : o->json ? "json" : "text";
    if (strcmp(format, "json") == 0)
        cli_print_check_json(c);
    else if (strcmp(format, "github") == 0)
        cli_print_check_github(c);
    else if (strcmp(format, "sarif") == 0)
        cli_print_check_sarif(c);
    else
        cli_print_check_text(c, o->quiet);
}

static int save(const helpdex_report *report, const cli_options *o)
{
    helpdex_error err;
    if (cli_baseline_write(o->baseline, report, &err))
        return cli_fail(&err);
    if (!o->quiet)
        printf("%zu findings are the baseline %s now\n",
               helpdex_report_finding_count(report), o->baseline);
    return EXIT_DONE;
}

static int conclude(const helpdex_report *report, const cli_options *o)
{
    helpdex_error err;
    if (o->save)
        return save(report, o);
    bool *known = calloc(helpdex_report_finding_count(report) + 1, 1);
    if (!known) {
        fputs("helpdex: out of memory; close other programs or add memory\n",
              stderr);
        return EXIT_INPUT;
    }
    int code = EXIT_DONE;
    cli_checked checked = {.report = report, .known = known};
    if (o->baseline && cli_baseline_read(o->baseline, report, known, &err)) {
        code = cli_fail(&err);
    } else {
        count(&checked);
        print(&checked, o);
        code = checked.errors ? EXIT_NO : EXIT_DONE;
    }
    free(known);
    return code;
}

int cli_check(const cli_options *o)
{
    helpdex_check_options options;
    helpdex_report *report;
    helpdex_error err;
    if (o->save && !o->baseline) {
        fputs("helpdex: --save without --baseline; name the file to write\n",
              stderr);
        return EXIT_USAGE;
    }
    helpdex_check_options_init(&options);
    options.locale = o->locale;
    options.locales_dir = o->locales_dir;
    options.index_dir = o->index;
    options.fix = o->fix;
    if (helpdex_check(o->args[0], &options, &report, &err))
        return cli_fail(&err);
    int code = conclude(report, o);
    helpdex_report_free(report);
    return code;
}
