/* What `helpdex check` prints, in four formats. */
#ifndef HDX_CLI_RENDER_CHECK_H
#define HDX_CLI_RENDER_CHECK_H

#include <stdbool.h>

#include <helpdex/check.h>

/* What was found; findings of a baseline are `known`, and not shown. */
typedef struct cli_checked {
    const helpdex_report *report;
    const bool *known;
    size_t errors, warnings, fixed, baseline;
} cli_checked;

void cli_print_check_text(const cli_checked *checked, bool quiet);
void cli_print_check_json(const cli_checked *checked);
/* Workflow commands, by which GitHub annotates the lines of a change. */
void cli_print_check_github(const cli_checked *checked);
/* SARIF 2.1.0, columns in code points. */
void cli_print_check_sarif(const cli_checked *checked);

#endif
