/* What every benchmark needs: an end when something fails, and the CPU's clock. */
#ifndef HDX_BENCH_H
#define HDX_BENCH_H

#include <helpdex/error.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Prints what went wrong and ends the program. */
static inline void check(helpdex_status status, const helpdex_error *err)
{
    char line[1200];
    if (!status)
        return;
    helpdex_error_format(err, line, sizeof line);
    fprintf(stderr, "%s\n", line);
    exit(1);
}

/* Of a clock such as CLOCK_THREAD_CPUTIME_ID. */
static inline double cpu_seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

#endif
