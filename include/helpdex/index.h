/*
 * Building an index from a folder of translated articles, and checking the
 * bytes of one. An index is a folder: `CURRENT` names the generation that
 * serves, and a generation never changes once it is published.
 */
#ifndef HELPDEX_INDEX_H
#define HELPDEX_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include <helpdex/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Called now and then while an index is built: `done` of `total` articles,
 * `stage` in words ("reading", "indexing", "publishing"). Never by two threads at a time,
 * but not always by the one that builds.
 */
typedef void helpdex_progress(void *context, const char *stage, size_t done,
                              size_t total);

/* How to build. Fill with helpdex_index_options_init(), then change. */
typedef struct helpdex_index_options {
    size_t size;             /* sizeof(helpdex_index_options) */
    const char *locale;      /* NULL: names of files tell their locales;
                                else KB_DIR is one tree of this locale */
    const char *locales_dir; /* folder of locale packs; NULL: those built in */
    bool full;               /* build all, even what has not changed */
    unsigned jobs;           /* threads, up to 64; 0: one for each processor */
    helpdex_progress *progress; /* NULL: none */
    void *progress_context;
} helpdex_index_options;

typedef enum helpdex_severity {
    HELPDEX_WARNING, /* indexed all the same, or left out on purpose */
    HELPDEX_ERROR,   /* stops the publishing; the old index still serves */
    HELPDEX_NOTE     /* how it was read; nothing has to be mended */
} helpdex_severity;

/* One thing to say about one place in a file. */
typedef struct helpdex_finding {
    helpdex_severity severity;
    const char *file;
    unsigned line;   /* from 1; 0 when it is about the whole file */
    unsigned column; /* in code points from 1; 0 when there is none */
    const char *message;
    /* Of helpdex_check() alone; else NULL and false. */
    const char *rule;        /* its id */
    const char *fingerprint; /* stays when lines are added above: of the rule,
                                the file below the folder and the line's text */
    bool fixable;            /* mended safely when options->fix is set */
    bool fixed;              /* it was */
} helpdex_finding;

/* What one locale of an index holds. */
typedef struct helpdex_locale_stats {
    const char *locale; /* canonical BCP 47 tag */
    uint64_t articles;
    uint64_t sections;
    uint64_t terms;    /* distinct */
    uint64_t warnings; /* findings about its files */
    double seconds;    /* wall time; 0 when nothing had to be built */
} helpdex_locale_stats;

/* What a build or a verification found. Immutable; free it once. */
typedef struct helpdex_report helpdex_report;

/**
 * Set every option to its default.
 *
 * Ownership: writes `*options` alone.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API void helpdex_index_options_init(helpdex_index_options *options);

/**
 * Build the index of a knowledge base and publish it, all locales together.
 *
 * Whatever happens, readers see the old generation or the new one, never a
 * mixture. When neither articles nor locale packs have changed since the live
 * generation, nothing is written (unless `full`), and of the locales only those
 * are indexed in which something has. The report is the same whatever `jobs`.
 *
 * Ownership: strings are read during the call. `*out` is new, to be released
 *   with helpdex_report_free(); it is set on success and on BAD_INPUT, where
 *   it holds every finding, and NULL otherwise.
 * Errors: INVALID (not a locale), NOT_FOUND (no such folder), BAD_INPUT (an
 *   article, a locale pack or helpdex.yml cannot be read as such; `err` is the
 *   first of them), IO, IN_USE (another build), STORE.
 * Threads: any number of builds of different indexes; readers need no notice.
 * Cost: linear in the bytes of the articles; memory in those of one locale's
 *   text for each of `jobs`. Syncs to disk before it returns.
 */
HELPDEX_API helpdex_status
helpdex_index_build(const char *kb_dir, const char *index_dir,
                    const helpdex_index_options *options, helpdex_report **out,
                    helpdex_error *err);

/**
 * Read every byte of an index that a search could read, and compare it with
 * what was published.
 *
 * Ownership: `*out` is new, to be released with helpdex_report_free(); it is
 *   set on OK and on DAMAGED, where its findings name each damaged file, and
 *   NULL otherwise.
 * Errors: NOT_FOUND (no index there), DAMAGED, INCOMPATIBLE (built by another
 *   version), IO.
 * Threads: any; a reader's lock is held meanwhile.
 * Cost: reads the live generation and the previous one once.
 */
HELPDEX_API helpdex_status helpdex_index_verify(const char *index_dir,
                                                helpdex_report **out,
                                                helpdex_error *err);

/**
 * The name of the generation that the report is about.
 *
 * Ownership: borrowed from `report`; "" when there is none to speak of.
 * Errors: none.
 * Threads: any; reports are immutable.
 * Cost: constant.
 */
HELPDEX_API const char *helpdex_report_generation(const helpdex_report *report);

/**
 * Whether the call published a new generation.
 *
 * Ownership: nothing changes hands.
 * Errors: none.
 * Threads: any; reports are immutable.
 * Cost: constant.
 */
HELPDEX_API bool helpdex_report_published(const helpdex_report *report);

/**
 * How many locales the generation has.
 *
 * Ownership: nothing changes hands.
 * Errors: none.
 * Threads: any; reports are immutable.
 * Cost: constant.
 */
HELPDEX_API size_t helpdex_report_locale_count(const helpdex_report *report);

/**
 * The figures of one locale, in the order of their tags.
 *
 * Ownership: borrowed from `report`; NULL when `at` is out of range.
 * Errors: none.
 * Threads: any; reports are immutable.
 * Cost: constant.
 */
HELPDEX_API const helpdex_locale_stats *helpdex_report_locale(
    const helpdex_report *report, size_t at);

/**
 * How many findings there are.
 *
 * Ownership: nothing changes hands.
 * Errors: none.
 * Threads: any; reports are immutable.
 * Cost: constant.
 */
HELPDEX_API size_t helpdex_report_finding_count(const helpdex_report *report);

/**
 * One finding, in the order in which files are read: those of the default
 * locale first.
 *
 * Ownership: borrowed from `report`; NULL when `at` is out of range.
 * Errors: none.
 * Threads: any; reports are immutable.
 * Cost: constant.
 */
HELPDEX_API const helpdex_finding *helpdex_report_finding(
    const helpdex_report *report, size_t at);

/**
 * Release a report. NULL is fine.
 *
 * Ownership: takes `report`; everything borrowed from it is gone.
 * Errors: none.
 * Threads: one call, after the last use.
 * Cost: linear in the findings.
 */
HELPDEX_API void helpdex_report_free(helpdex_report *report);

#ifdef __cplusplus
}
#endif

#endif
