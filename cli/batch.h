/* Many questions from a file, for evaluation and timing. */
#ifndef HDX_BATCH_H
#define HDX_BATCH_H

#include <helpdex/search.h>

#include "cli/cli.h"
#include "cli/journal.h"

/* What is done with a line. `engine` is what answers, such as a searcher. An
   answer is NULL when there is none. */
typedef struct cli_asking {
    helpdex_status (*ask)(void *engine, const cli_options *options,
                          const char *text, void **answer, helpdex_error *err);
    void (*print)(void *engine, const cli_options *options, const char *qid,
                  const char *text, const void *answer);
    void (*forget)(void *answer);
    void (*note)(cli_journal *journal, const cli_options *options,
                 const char *text, const void *answer); /* NULL: not noted */
    cli_journal *journal;
    bool objects; /* each answer is one line of JSON */
} cli_asking;

/* Asks every line of options->batch; returns the status to exit with. */
int cli_run_batch(void *engine, const cli_options *options,
                  const cli_asking *asking);

/* The same with searches. */
int cli_search_batch(helpdex_searcher *searcher, const cli_options *options,
                     cli_journal *journal);

#endif
