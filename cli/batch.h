/* Many questions from a file, for evaluation and timing. */
#ifndef HDX_BATCH_H
#define HDX_BATCH_H

#include <helpdex/search.h>

#include "cli/cli.h"
#include "cli/journal.h"

/* Asks every line of options->batch; returns the status to exit with. */
int cli_ask_batch(helpdex_searcher *searcher, const cli_options *options,
                  cli_journal *journal);

#endif
