/* helpdex coverage: what is translated, and how well. */
#include <helpdex/coverage.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "cli/cli.h"
#include "cli/render.h"
#include "cli/render_coverage.h"
#include "eval/coverage_page.h"

static helpdex_status write_report(const helpdex_coverage *coverage,
                                   const char *path, helpdex_error *err)
{
    hdx_buf page = {0};
    hdx_coverage_page_write(coverage, &page);
    if (page.failed) {
        hdx_buf_free(&page);
        return hdx_fail_nomem(err);
    }
    FILE *out = fopen(path, "w");
    if (!out) {
        hdx_buf_free(&page);
        return hdx_fail_at(err, HELPDEX_IO, path, 0, 0,
                           "cannot create: %s; check the path",
                           strerror(errno));
    }
    bool failed = fwrite(page.ptr, 1, page.len, out) != page.len;
    failed = fclose(out) != 0 || failed;
    hdx_buf_free(&page);
    return failed ? hdx_fail_at(err, HELPDEX_IO, path, 0, 0,
                                "cannot write: %s; check the disk",
                                strerror(errno))
                  : HELPDEX_OK;
}

/* Names the locales under the limit; how many they are. */
static size_t name_those_under(const helpdex_coverage *coverage, long limit)
{
    size_t under = 0;
    for (size_t i = 0; i < helpdex_coverage_locale_count(coverage); i++) {
        const helpdex_coverage_totals *t = helpdex_coverage_locale(coverage, i);
        if (t->is_source || t->percent >= (double)limit)
            continue;
        fprintf(stderr,
                "helpdex: %s is under %ld %%: %zu of %zu articles are "
                "translated and up to date (%.1f %%)\n",
                t->locale, limit, t->counts[HELPDEX_CELL_TRANSLATED],
                t->articles, t->percent);
        under++;
    }
    return under;
}

/* Whether an article could not be read: the figures are not those of all. */
static bool has_errors(const helpdex_report *report)
{
    const helpdex_finding *f;
    for (size_t i = 0; (f = helpdex_report_finding(report, i)); i++)
        if (f->severity == HELPDEX_ERROR)
            return true;
    return false;
}

static void print(const helpdex_coverage *coverage, const cli_options *options)
{
    if (options->json)
        cli_print_coverage_json(coverage);
    else
        cli_print_coverage(coverage, options);
}

int cli_coverage(const cli_options *options)
{
    helpdex_coverage_options how;
    helpdex_coverage *coverage;
    helpdex_error err;
    if (options->fail_under > 100) {
        fprintf(stderr, "helpdex: --fail-under is a percentage; write 1 to "
                        "100\n");
        return EXIT_USAGE;
    }
    helpdex_coverage_options_init(&how);
    how.locale = options->locale;
    how.locales_dir = options->locales_dir;
    helpdex_status status = helpdex_coverage_measure(
        options->args[0], options->index, &how, &coverage, &err);
    if (!status && options->report)
        status = write_report(coverage, options->report, &err);
    if (status) {
        helpdex_coverage_free(coverage);
        return cli_fail(&err);
    }
    const helpdex_report *report = helpdex_coverage_report(coverage);
    bool unread = has_errors(report);
    if (!options->quiet || unread)
        cli_print_findings(report);
    print(coverage, options);
    size_t under = options->fail_under
                       ? name_those_under(coverage, options->fail_under)
                       : 0;
    helpdex_coverage_free(coverage);
    return unread ? EXIT_INPUT : under ? EXIT_NO : EXIT_DONE;
}
