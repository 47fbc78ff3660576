/* The bar, drawn at most twenty times a second and at the ends of a stage. */
#include "cli/progress.h"

#include <stdio.h>
#include <time.h>

enum { WIDTH = 30, STEP_MS = 50 };

static long long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void cli_progress_step(void *context, const char *stage, size_t done,
                       size_t total)
{
    cli_progress *bar = context;
    long long now = now_ms();
    bool inside = done > 1 && done < total; /* neither end of a stage */
    if (total == 0 || (inside && bar->shown && now - bar->last_ms < STEP_MS))
        return;
    bar->shown = true;
    bar->last_ms = now;
    char drawn[WIDTH + 1];
    for (size_t i = 0; i < WIDTH; i++)
        drawn[i] = i * total < done * WIDTH ? '#' : '.';
    drawn[WIDTH] = '\0';
    fprintf(stderr, "\r%-10s [%s] %zu/%zu", stage, drawn, done, total);
    fflush(stderr);
}

void cli_progress_end(cli_progress *bar)
{
    if (bar->shown)
        fprintf(stderr, "\r\033[K");
    bar->shown = false;
}
