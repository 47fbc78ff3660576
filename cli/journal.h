/* Noting searches, which never fails one. */
#ifndef HDX_CLI_JOURNAL_H
#define HDX_CLI_JOURNAL_H

#include <helpdex/journal.h>

#include "cli/cli.h"

typedef struct cli_journal {
    helpdex_journal *journal; /* NULL: nothing is noted */
    bool quiet;
    bool warned; /* once is enough */
} cli_journal;

/* Opens options->journal, if there is one; warns when that fails. */
cli_journal cli_journal_open(const cli_options *options);

void cli_journal_note(cli_journal *journal, const helpdex_request *request,
                      const helpdex_results *results);

/* Writes what waits and closes it. */
void cli_journal_close(cli_journal *journal);

#endif
