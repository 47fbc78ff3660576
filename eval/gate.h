/*
 * The gate of the writers: golden queries measured, compared with what was
 * found before, each article that sank named with the words that lost it.
 */
#ifndef HDX_GATE_H
#define HDX_GATE_H

#include "eval/baseline.h"

/* A word of a query that is found by another tier than before. */
typedef struct hdx_word_change {
    const char *word;
    const char *before; /* NULL: not found */
    const char *now;    /* likewise */
} hdx_word_change;

/* A golden query that finds its article at another rank than before. */
typedef struct hdx_change {
    const hdx_outcome *now;
    bool worse;
    unsigned before; /* rank; 0: was not found, or not asked */
    bool match_lost; /* was word for word a question of the article */
    const hdx_word_change *words; /* when the article is not found at all,
                                     those by which it was */
    size_t word_count;
} hdx_change;

typedef struct hdx_gate_locale {
    const char *locale;
    const char *file; /* of its golden queries */
    hdx_measurement golden;
    hdx_measurement questions;     /* those of the articles themselves */
    const hdx_kept_locale *before; /* NULL: the baseline has it not */
    hdx_change *changes;           /* the worse ones first */
    size_t change_count;
    size_t worse;
    size_t fresh;   /* golden queries that the baseline has not */
    size_t dropped; /* those of the baseline that are not asked any more */
} hdx_gate_locale;

typedef struct hdx_gate {
    hdx_arena arena;
    hdx_gate_locale *locales;
    size_t count;
    size_t worse, better; /* changes of all locales */
    bool compared;        /* there is a baseline */
    size_t forgotten;     /* queries of the baseline in locales that are not
                             asked any more */
} hdx_gate;

/*
 * Measures every set whose locale is `only` (NULL: all), and the questions of
 * the articles of its locale. `sets` is borrowed; `run` as of hdx_measure().
 * `out` is to be released even after an error. Errors: those of
 * hdx_measure(); NOT_FOUND when there is no set of `only`.
 */
helpdex_status hdx_gate_measure(helpdex_searcher *searcher,
                                const hdx_golden_sets *sets, const char *only,
                                FILE *run, hdx_gate *out, helpdex_error *err);

/*
 * Compares what was measured with a baseline, which is borrowed. `whole`: all
 * was measured that there is, so that other locales of the baseline are over.
 */
helpdex_status hdx_gate_compare(hdx_gate *gate, const hdx_baseline *baseline,
                                bool whole, helpdex_error *err);

void hdx_gate_free(hdx_gate *gate);

#endif
