/* A progress bar on standard error, for a terminal. */
#ifndef HDX_PROGRESS_H
#define HDX_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct cli_progress {
    bool shown;
    long long last_ms;
} cli_progress;

/* A helpdex_progress; `context` is a cli_progress. */
void cli_progress_step(void *context, const char *stage, size_t done,
                       size_t total);

/* Wipes the bar, so that other lines can follow. */
void cli_progress_end(cli_progress *bar);

#endif
