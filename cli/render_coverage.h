/* A coverage for people, as totals and a matrix, and for programs. */
#ifndef HDX_RENDER_COVERAGE_H
#define HDX_RENDER_COVERAGE_H

#include <helpdex/coverage.h>

#include "cli/cli.h"

/* Totals, then the articles that lack something (`all`: every one); `quiet`:
   the totals alone. */
void cli_print_coverage(const helpdex_coverage *coverage,
                        const cli_options *options);

void cli_print_coverage_json(const helpdex_coverage *coverage);

#endif
