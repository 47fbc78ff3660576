/*
 * The report of a build or a verification. It keeps findings in the order in
 * which they were made, which is that of the files.
 */
#include "indexer/findings.h"

#include <stdlib.h>

#include "base/error.h"

helpdex_status hdx_report_new(helpdex_report **out, helpdex_error *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return hdx_fail_nomem(err);
    (*out)->generation = HDX_STR("");
    return HELPDEX_OK;
}

helpdex_status hdx_report_add(helpdex_report *report, helpdex_severity severity,
                              const char *file, unsigned line, unsigned column,
                              const char *message, helpdex_error *err)
{
    helpdex_finding finding = {
        .severity = severity,
        .file = hdx_arena_copy(&report->arena, hdx_str_of(file)).ptr,
        .line = line,
        .column = column,
        .message = hdx_arena_copy(&report->arena, hdx_str_of(message)).ptr};
    if (!finding.file || !finding.message ||
        !hdx_grow(&report->findings, &report->finding_capacity,
                  report->finding_count + 1, sizeof *report->findings))
        return hdx_fail_nomem(err);
    report->findings[report->finding_count++] = finding;
    return HELPDEX_OK;
}

helpdex_status hdx_report_add_error(helpdex_report *report,
                                    const helpdex_error *what,
                                    helpdex_error *err)
{
    return hdx_report_add(report, HELPDEX_ERROR, what->file, what->line,
                          what->column, what->message, err);
}

void hdx_report_keep_notes(helpdex_report *report)
{
    size_t kept = 0;
    for (size_t i = 0; i < report->finding_count; i++)
        if (report->findings[i].severity == HELPDEX_NOTE)
            report->findings[kept++] = report->findings[i];
    report->finding_count = kept;
}

helpdex_status hdx_report_add_locale(helpdex_report *report,
                                     const helpdex_locale_stats *stats,
                                     helpdex_error *err)
{
    hdx_str tag = hdx_arena_copy(&report->arena, hdx_str_of(stats->locale));
    if (!tag.ptr ||
        !hdx_grow(&report->locales, &report->locale_capacity,
                  report->locale_count + 1, sizeof *report->locales))
        return hdx_fail_nomem(err);
    report->locales[report->locale_count] = *stats;
    report->locales[report->locale_count++].locale = tag.ptr;
    return HELPDEX_OK;
}

const char *helpdex_report_generation(const helpdex_report *report)
{
    return report->generation.ptr;
}

bool helpdex_report_published(const helpdex_report *report)
{
    return report->published;
}

size_t helpdex_report_locale_count(const helpdex_report *report)
{
    return report->locale_count;
}

const helpdex_locale_stats *helpdex_report_locale(const helpdex_report *report,
                                                  size_t at)
{
    return at < report->locale_count ? &report->locales[at] : NULL;
}

size_t helpdex_report_finding_count(const helpdex_report *report)
{
    return report->finding_count;
}

const helpdex_finding *helpdex_report_finding(const helpdex_report *report,
                                              size_t at)
{
    return at < report->finding_count ? &report->findings[at] : NULL;
}

void helpdex_report_free(helpdex_report *report)
{
    if (!report)
        return;
    free(report->locales);
    free(report->findings);
    hdx_arena_free(&report->arena);
    free(report);
}
