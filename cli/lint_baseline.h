/* Findings that were there when a baseline was saved, and do not count. */
#ifndef HDX_CLI_LINT_BASELINE_H
#define HDX_CLI_LINT_BASELINE_H

#include <stdbool.h>

#include <helpdex/index.h>

/*
 * Writes the findings of `report` that are not fixed as lines `fingerprint rule
 * file`, so that each shows as a line in a review. Errors: IO.
 */
helpdex_status cli_baseline_write(const char *path,
                                  const helpdex_report *report,
                                  helpdex_error *err);

/*
 * Sets `known[i]` for each finding that the file has; as often as it has it.
 * Errors: NOT_FOUND, BAD_INPUT (a line that is none), IO.
 */
helpdex_status cli_baseline_read(const char *path, const helpdex_report *report,
                                 bool *known, helpdex_error *err);

#endif
