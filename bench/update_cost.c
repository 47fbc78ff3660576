/*
 * How long it takes until one changed article can be searched: a line is added
 * to it and the index is brought up to date, fsync included, and opened.
 *
 *   update_cost KB_DIR ARTICLE SCRATCH_DIR [ROUNDS]
 *
 * ARTICLE is a file of KB_DIR, which is written to: give it a copy. Prints wall
 * milliseconds of building and of opening, and CPU milliseconds of both.
 */
#include <helpdex/index.h>
#include <helpdex/search.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "bench/bench.h"

static double ms(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void build(const char *kb, const char *index)
{
    helpdex_report *report;
    helpdex_error err;
    check(helpdex_index_build(kb, index, NULL, &report, &err), &err);
    helpdex_report_free(report);
}

static void change(const char *article, int round)
{
    FILE *out = fopen(article, "a");
    if (!out || fprintf(out, "\nRound %d.\n", round) < 0 || fclose(out) != 0) {
        perror(article);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: update_cost KB_DIR ARTICLE SCRATCH_DIR "
                        "[ROUNDS]\n");
        return 2;
    }
    hdx_arena paths = {0};
    const char *index = hdx_arena_format(&paths, "%s/index", argv[3]).ptr;
    int rounds = argc > 4 ? atoi(argv[4]) : 5;
    build(argv[1], index);
    printf("%10s %10s %10s\n", "build ms", "open ms", "CPU ms");
    for (int i = 0; i < rounds; i++) {
        helpdex_searcher *searcher;
        helpdex_error err;
        change(argv[2], i);
        double cpu = ms(CLOCK_PROCESS_CPUTIME_ID), start = ms(CLOCK_MONOTONIC);
        build(argv[1], index);
        double built = ms(CLOCK_MONOTONIC);
        check(helpdex_searcher_open(index, &searcher, &err), &err);
        printf("%10.1f %10.1f %10.1f\n", built - start,
               ms(CLOCK_MONOTONIC) - built, ms(CLOCK_PROCESS_CPUTIME_ID) - cpu);
        helpdex_searcher_free(searcher);
    }
    hdx_arena_free(&paths);
    return 0;
}
