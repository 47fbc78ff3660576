/*
 * Reading one article of an index, whole: its sections as text and as HTML, and
 * what a help centre shows beside them.
 */
#ifndef HELPDEX_PAGE_H
#define HELPDEX_PAGE_H

#include <helpdex/search.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct helpdex_page helpdex_page;

/* Which article is wanted. Fill with helpdex_page_request_init(), then
   change. */
typedef struct helpdex_page_request {
    size_t size;             /* sizeof(helpdex_page_request) */
    const char *id;          /* of the article */
    const char *locale;      /* the reader's BCP 47 tag; NULL: the default */
    const char *region;      /* where the reader is (ISO 3166): what is for
                                others, or hidden from them, is not found; NULL:
                                none */
    const char *platform;    /* likewise, such as "ios" */
    const char *app_version; /* likewise, of rules, such as "4.2.1" */
    int64_t now; /* for rules that start and end, in seconds since 1970; 0: by
                    the clock */
} helpdex_page_request;

typedef struct helpdex_page_section {
    const char *anchor;              /* "" above the first heading */
    const char *const *heading_path; /* from the outermost, without title */
    size_t heading_count;
    const char *text; /* plain; blocks are lines */
    const char *html; /* the same, a paragraph a line: escaped text and <p>,
                         nothing else */
} helpdex_page_section;

/* The article in another locale. */
typedef struct helpdex_page_locale {
    const char *locale;
    const char *title;
    const char *url; /* NULL when the KB has no URL template */
} helpdex_page_locale;

/* All strings are UTF-8 and terminated. */
typedef struct helpdex_page_content {
    const char *id;
    const char *locale; /* the locale the text is in */
    bool fallback;      /* true: not in the reader's language, which lacks it */
    const char *title;
    const char *category;  /* "" when it has none */
    const char *url;       /* NULL when the KB has no URL template */
    const char *deep_link; /* into the app; NULL when it has none */
    const char *modified;  /* day of its last change, "2026-11-24"; NULL: not
                              known */
    const helpdex_staleness *stale; /* NULL: as new as its source */
    bool high_stakes;               /* a mistake here costs the reader dearly */
    const char *const *questions;   /* the ways customers ask for it */
    size_t question_count;
    const helpdex_page_section *sections;
    size_t section_count;
    const helpdex_page_locale *locales; /* that have it for this reader, this
                                           one included, by their tags */
    size_t locale_count;
    const char *generation;
} helpdex_page_content;

/**
 * Set every field of a request to its default; no article is named.
 *
 * Ownership: writes `*request` alone.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API void helpdex_page_request_init(helpdex_page_request *request);

/**
 * Read an article for a reader: in their language, else in the first of its
 * fallbacks that has it.
 *
 * Ownership: `request` is read during the call. `*out` is new, to be released
 *   with helpdex_page_free(); it outlives the searcher. NULL on failure.
 * Errors: INVALID (no id, not a locale tag), NOT_FOUND (no article of this id
 *   that this reader may see).
 * Threads: one call at a time for each searcher.
 * Cost: linear in the article.
 */
HELPDEX_API helpdex_status helpdex_page_read(
    helpdex_searcher *searcher, const helpdex_page_request *request,
    helpdex_page **out, helpdex_error *err);

/**
 * What it holds.
 *
 * Ownership: borrowed from `page`.
 * Errors: none.
 * Threads: any; pages are immutable.
 * Cost: constant.
 */
HELPDEX_API const helpdex_page_content *helpdex_page_content_of(
    const helpdex_page *page);

/**
 * Release a page. NULL is fine.
 *
 * Ownership: takes `page`; its content is gone.
 * Errors: none.
 * Threads: one call, after the last use.
 * Cost: constant.
 */
HELPDEX_API void helpdex_page_free(helpdex_page *page);

#ifdef __cplusplus
}
#endif

#endif
