/* Why a hit stands where it does, as a tree. */
#ifndef HDX_CLI_EXPLAIN_H
#define HDX_CLI_EXPLAIN_H

#include <helpdex/search.h>

/*
 * A tree on standard output. The parts add up to their sum as they are printed;
 * the sum times the factors is the score, but for the last decimal.
 */
void cli_print_explanation(const helpdex_explanation *explanation);

#endif
