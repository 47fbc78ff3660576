/*
 * What an index holds of each article, for those who list, check or link them.
 * A catalog is of one locale, and is a copy: it outlives its searcher.
 */
#ifndef HELPDEX_CATALOG_H
#define HELPDEX_CATALOG_H

#include <helpdex/search.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct helpdex_catalog helpdex_catalog;

/* All strings are UTF-8 and terminated. */
typedef struct helpdex_article {
    const char *id; /* the same in every locale */
    const char *title;
    const char *category;         /* "" when it has none */
    const char *url;              /* NULL when the KB has no URL template */
    const char *path;             /* of its file, below its KB folder */
    const char *const *questions; /* the ways customers ask for it */
    size_t question_count;
} helpdex_article;

/**
 * List the articles of one locale of an index: all of them, whatever regions
 * and platforms they are for. A list for readers takes helpdex_search() or
 * helpdex_suggest(), which know the reader.
 *
 * Ownership: `*out` is new, to be released with helpdex_catalog_free(); it
 *   outlives the searcher. NULL on failure.
 * Errors: NOT_FOUND (`locale` is none of helpdex_searcher_locale()).
 * Threads: one call at a time for each searcher.
 * Cost: linear in the articles of the locale.
 */
HELPDEX_API helpdex_status
helpdex_catalog_open(const helpdex_searcher *searcher, const char *locale,
                     helpdex_catalog **out, helpdex_error *err);

/**
 * How many articles there are.
 *
 * Ownership: nothing changes hands.
 * Errors: none.
 * Threads: any; catalogs are immutable.
 * Cost: constant.
 */
HELPDEX_API size_t helpdex_catalog_count(const helpdex_catalog *catalog);

/**
 * One article, in the bytewise order of ids.
 *
 * Ownership: borrowed from `catalog`; NULL when `at` is out of range.
 * Errors: none.
 * Threads: any; catalogs are immutable.
 * Cost: constant.
 */
HELPDEX_API const helpdex_article *helpdex_catalog_at(
    const helpdex_catalog *catalog, size_t at);

/**
 * The article of an id.
 *
 * Ownership: borrowed from `catalog`; NULL when the locale lacks it.
 * Errors: none.
 * Threads: any; catalogs are immutable.
 * Cost: logarithmic in the articles.
 */
HELPDEX_API const helpdex_article *helpdex_catalog_find(
    const helpdex_catalog *catalog, const char *id);

/**
 * Release a catalog. NULL is fine.
 *
 * Ownership: takes `catalog`; every article is gone.
 * Errors: none.
 * Threads: one call, after the last use.
 * Cost: constant.
 */
HELPDEX_API void helpdex_catalog_free(helpdex_catalog *catalog);

#ifdef __cplusplus
}
#endif

#endif
