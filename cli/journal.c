/* The journal of `search`: its faults are warnings. */
#include "cli/journal.h"

#include "base/clock.h"

static void warn(cli_journal *journal, const helpdex_error *err)
{
    if (!journal->quiet && !journal->warned) {
        fputs("helpdex: warning: ", stderr);
        cli_print_error(err);
    }
    journal->warned = true;
}

cli_journal cli_journal_open(const cli_options *options)
{
    cli_journal journal = {.quiet = options->quiet};
    helpdex_error err;
    if (options->journal &&
        helpdex_journal_open(options->journal, &journal.journal, &err))
        warn(&journal, &err);
    return journal;
}

void cli_journal_note(cli_journal *journal, const helpdex_request *request,
                      const helpdex_results *results)
{
    helpdex_error err;
    const helpdex_search_event event = {.size = sizeof event,
                                        .at = hdx_clock(),
                                        .request = request,
                                        .results = results};
    if (journal->journal &&
        helpdex_journal_search(journal->journal, &event, &err))
        warn(journal, &err);
}

void cli_journal_close(cli_journal *journal)
{
    helpdex_error err;
    if (journal->journal && helpdex_journal_flush(journal->journal, &err))
        warn(journal, &err);
    helpdex_journal_free(journal->journal);
}
