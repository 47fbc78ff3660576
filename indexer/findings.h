/* What a build has to say about files, collected into the public report. */
#ifndef HDX_FINDINGS_H
#define HDX_FINDINGS_H

#include <helpdex/index.h>

#include "base/arena.h"

struct helpdex_report {
    hdx_arena arena; /* owns all that follows but the arrays */
    hdx_str generation;
    bool published;
    helpdex_locale_stats *locales;
    size_t locale_count, locale_capacity;
    helpdex_finding *findings;
    size_t finding_count, finding_capacity;
};

helpdex_status hdx_report_new(helpdex_report **out, helpdex_error *err);

/* Adds a finding; the text "what; try this" is copied. NOMEM or OK. */
helpdex_status hdx_report_add(helpdex_report *report, helpdex_severity severity,
                              const char *file, unsigned line, unsigned column,
                              const char *message, helpdex_error *err);

/* Adds an error as a finding. */
helpdex_status hdx_report_add_error(helpdex_report *report,
                                    const helpdex_error *what,
                                    helpdex_error *err);

/* Drops what is no note. */
void hdx_report_keep_notes(helpdex_report *report);

/* Adds the figures of a locale; its tag is copied. */
helpdex_status hdx_report_add_locale(helpdex_report *report,
                                     const helpdex_locale_stats *stats,
                                     helpdex_error *err);

#endif
