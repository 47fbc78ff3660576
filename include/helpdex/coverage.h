/*
 * Which articles of a knowledge base are translated into which locale, and how
 * well: a matrix with a row for each article and a column for each locale. The
 * articles of the default locale are the sources of all others.
 */
#ifndef HELPDEX_COVERAGE_H
#define HELPDEX_COVERAGE_H

#include <helpdex/index.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum helpdex_cell_state {
    HELPDEX_CELL_TRANSLATED,   /* and up to date, as far as is known */
    HELPDEX_CELL_STALE,        /* its source has changed since */
    HELPDEX_CELL_WRONG_SCRIPT, /* under 5 % of its letters are of the script
                                  of its locale */
    HELPDEX_CELL_STUB,         /* there is a file without a translation */
    HELPDEX_CELL_MISSING,      /* there is none, or it is a draft */
    HELPDEX_CELL_ORPHAN,       /* the article has no source */
    HELPDEX_CELL_SOURCE,       /* of the default locale */
    HELPDEX_CELL_NONE          /* nothing here, of an article without source */
} helpdex_cell_state;
enum { HELPDEX_CELL_STATES = HELPDEX_CELL_NONE };

/* One article in one locale. */
typedef struct helpdex_cell {
    helpdex_cell_state state;
    const char *file;   /* below the knowledge base; NULL: there is none */
    const char *title;  /* in this locale; NULL: there is none */
    const char *reason; /* why it is a stub or missing; NULL: nothing to say */
    unsigned behind;    /* of a stale one: sections that have changed since;
                           0: only the dates of git tell that it is stale */
    unsigned sections;  /* that its source has */
} helpdex_cell;

typedef struct helpdex_coverage_row {
    const char *id;
    const char *title;  /* of the source; else of the first that there is */
    const char *locale; /* of that title */
    bool has_source;
    bool complete; /* has a source, and every translation is up to date */
} helpdex_coverage_row;

/* The counts of a column, or of all columns together. */
typedef struct helpdex_coverage_totals {
    const char *locale; /* canonical tag; NULL: of all */
    bool is_source;     /* of the default locale */
    size_t articles;    /* sources */
    size_t counts[HELPDEX_CELL_STATES];
    double percent; /* of the sources that are translated and up to date */
} helpdex_coverage_totals;

/* By what a translation was found stale. */
typedef enum helpdex_coverage_basis {
    HELPDEX_BASIS_INDEX, /* sections that the index remembers */
    HELPDEX_BASIS_GIT,   /* dates of commits, because there is no index */
    HELPDEX_BASIS_NONE   /* heads of articles alone */
} helpdex_coverage_basis;

/* Fill with helpdex_coverage_options_init(), then change. */
typedef struct helpdex_coverage_options {
    size_t size;             /* sizeof(helpdex_coverage_options) */
    const char *locale;      /* this column alone; NULL: all */
    const char *locales_dir; /* folder of locale packs; NULL: those built in */
} helpdex_coverage_options;

/* Immutable; free it once. */
typedef struct helpdex_coverage helpdex_coverage;

/**
 * Set every option to its default.
 *
 * Ownership: writes `*options` alone.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API void helpdex_coverage_options_init(
    helpdex_coverage_options *options);

/**
 * Compare the articles of a knowledge base, as they are on disk, across its
 * locales.
 *
 * A translation is stale when sections of its source have changed since the
 * index (`index_dir`, NULL: none) first saw its present text; without an index,
 * when the last commit of its source is newer than its own; and when its head
 * says so. An article that cannot be read is a finding, and counts as missing.
 *
 * Ownership: strings are read during the call. `*out` is new, to be released
 *   with helpdex_coverage_free(); NULL on failure.
 * Errors: INVALID (options; a locale without articles), NOT_FOUND (no such
 *   knowledge base), BAD_INPUT (no articles; helpdex.yml or a locale pack
 *   cannot be read), INCOMPATIBLE or DAMAGED (the index), IO. An index that is
 *   not there is none.
 * Threads: any number of calls; a reader's lock of the index is held meanwhile.
 * Cost: linear in the bytes of the articles and of the index; without an index,
 *   two runs of git. Memory for the longest article and the matrix.
 */
HELPDEX_API helpdex_status
helpdex_coverage_measure(const char *kb_dir, const char *index_dir,
                         const helpdex_coverage_options *options,
                         helpdex_coverage **out, helpdex_error *err);

/**
 * How many columns there are.
 *
 * Ownership: nothing changes hands.
 * Errors: none.
 * Threads: any; coverages are immutable.
 * Cost: constant.
 */
HELPDEX_API size_t
helpdex_coverage_locale_count(const helpdex_coverage *coverage);

/**
 * The totals of one column: the default locale first, the others in order of
 * their tags.
 *
 * Ownership: borrowed from `coverage`; NULL when `at` is out of range.
 * Errors: none.
 * Threads: any; coverages are immutable.
 * Cost: constant.
 */
HELPDEX_API const helpdex_coverage_totals *helpdex_coverage_locale(
    const helpdex_coverage *coverage, size_t at);

/**
 * The totals of all columns but that of the default locale.
 *
 * Ownership: borrowed from `coverage`.
 * Errors: none.
 * Threads: any; coverages are immutable.
 * Cost: constant.
 */
HELPDEX_API const helpdex_coverage_totals *helpdex_coverage_all(
    const helpdex_coverage *coverage);

/**
 * How many articles there are, those without a source included.
 *
 * Ownership: nothing changes hands.
 * Errors: none.
 * Threads: any; coverages are immutable.
 * Cost: constant.
 */
HELPDEX_API size_t helpdex_coverage_row_count(const helpdex_coverage *coverage);

/**
 * One article: those of the default locale in the order of their files, then
 * those that have no source.
 *
 * Ownership: borrowed from `coverage`; NULL when `at` is out of range.
 * Errors: none.
 * Threads: any; coverages are immutable.
 * Cost: constant.
 */
HELPDEX_API const helpdex_coverage_row *helpdex_coverage_row_at(
    const helpdex_coverage *coverage, size_t at);

/**
 * One article in one locale.
 *
 * Ownership: borrowed from `coverage`; NULL when `row` or `locale` is out of
 *   range.
 * Errors: none.
 * Threads: any; coverages are immutable.
 * Cost: constant.
 */
HELPDEX_API const helpdex_cell *helpdex_coverage_cell(
    const helpdex_coverage *coverage, size_t row, size_t locale);

/**
 * By what stale translations were found.
 *
 * Ownership: nothing changes hands.
 * Errors: none.
 * Threads: any; coverages are immutable.
 * Cost: constant.
 */
HELPDEX_API helpdex_coverage_basis
helpdex_coverage_basis_of(const helpdex_coverage *coverage);

/**
 * Findings: how the files were read, and which of them cannot be.
 *
 * Ownership: borrowed from `coverage`; not to be freed on its own.
 * Errors: none.
 * Threads: any; coverages are immutable.
 * Cost: constant.
 */
HELPDEX_API const helpdex_report *helpdex_coverage_report(
    const helpdex_coverage *coverage);

/**
 * Release a coverage. NULL is fine.
 *
 * Ownership: takes `coverage`; everything borrowed from it is gone.
 * Errors: none.
 * Threads: one call, after the last use.
 * Cost: constant.
 */
HELPDEX_API void helpdex_coverage_free(helpdex_coverage *coverage);

#ifdef __cplusplus
}
#endif

#endif
