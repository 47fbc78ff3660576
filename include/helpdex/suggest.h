/*
 * Completing what is being typed: titles and questions of articles, and words
 * of the index. Made to be called at every key.
 */
#ifndef HELPDEX_SUGGEST_H
#define HELPDEX_SUGGEST_H

#include <helpdex/search.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct helpdex_suggestions helpdex_suggestions;

/* What is typed so far. Fill with helpdex_suggest_request_init(), then
   change. */
typedef struct helpdex_suggest_request {
    size_t size;          /* sizeof(helpdex_suggest_request) */
    const char *prefix;   /* UTF-8; only its first 256 bytes count */
    size_t prefix_size;   /* in bytes; SIZE_MAX: `prefix` is terminated */
    const char *locale;   /* the reader's BCP 47 tag; NULL: index's default */
    const char *region;   /* where the reader is (ISO 3166): articles for
                           others are left out, and what a rule without
                           queries hides from them; NULL: none */
    const char *platform; /* likewise, such as "ios" */
    const char *app_version; /* likewise, of rules, such as "4.2.1" */
    int64_t now;    /* for rules that start and end, in seconds since 1970;
                       0: by the clock */
    unsigned limit; /* completions wanted, 1 to 100; 8 */
} helpdex_suggest_request;

typedef enum helpdex_suggestion_kind {
    HELPDEX_SUGGESTION_TITLE,
    HELPDEX_SUGGESTION_QUESTION, /* one that an article answers */
    HELPDEX_SUGGESTION_TERM      /* a word to search for */
} helpdex_suggestion_kind;

/* How what was typed leads to a text. */
typedef enum helpdex_suggestion_match {
    HELPDEX_MATCH_EXACT,    /* it begins the text or a word of it */
    HELPDEX_MATCH_READING,  /* it begins its pinyin, romaji or initials */
    HELPDEX_MATCH_KEYBOARD, /* it does on the keyboard of the locale */
    HELPDEX_MATCH_TYPO      /* it does with one letter mended */
} helpdex_suggestion_match;

/* One completion. All strings are UTF-8 and terminated. */
typedef struct helpdex_suggestion {
    helpdex_suggestion_kind kind;
    helpdex_suggestion_match match;
    const char *text;   /* as it is written; of a term as it is indexed */
    const char *id;     /* of the article; NULL for a term */
    const char *title;  /* likewise */
    const char *url;    /* likewise; NULL too when the KB has no template */
    const char *locale; /* the locale the text is in */
    bool fallback;      /* true: not in the reader's language */
    const char *via;    /* the locale whose text was completed, when this is
                           the translation of that; NULL: this text */
    double score;       /* 0 to 1; compares those of one kind and match */
} helpdex_suggestion;

/**
 * Set every field of a request to its default; the prefix is empty.
 *
 * Ownership: writes `*request` alone.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API void helpdex_suggest_request_init(helpdex_suggest_request *request);

/**
 * Complete what is typed so far.
 *
 * The prefix is found at the beginning of a text, then at the beginning of any
 * of its words, whatever the locale's pack folds: case, accents, the other
 * Chinese script, kana. Hangul may end inside of a syllable. Latin letters also
 * find Chinese by its pinyin or initials, and kana by romaji. When nothing
 * begins so, stop words in front, the keyboard and one typing error (a letter
 * more, less, other, two neighbours exchanged) are tried in this order. An
 * article is shown once, by its best text. The locales of the reader's fallback
 * chain fill what the reader's own leaves free.
 *
 * Ownership: `request` is read during the call. `*out` is new, to be released
 *   with helpdex_suggestions_free(); it outlives the searcher. NULL on failure.
 * Errors: INVALID (prefix not UTF-8, not a locale tag, limit out of range),
 *   NOT_FOUND (no locale of the chain is in the index), STORE.
 * Threads: one call at a time for each searcher.
 * Cost: logarithmic in the texts of each locale that is asked; some
 *   microseconds, a few tens with a typing error.
 */
HELPDEX_API helpdex_status helpdex_suggest(
    helpdex_searcher *searcher, const helpdex_suggest_request *request,
    helpdex_suggestions **out, helpdex_error *err);

/**
 * How many completions there are.
 *
 * Ownership: nothing changes hands.
 * Errors: none.
 * Threads: any; suggestions are immutable.
 * Cost: constant.
 */
HELPDEX_API size_t
helpdex_suggestions_count(const helpdex_suggestions *suggestions);

/**
 * One completion, best first.
 *
 * Ownership: borrowed from `suggestions`; NULL when `at` is out of range.
 * Errors: none.
 * Threads: any; suggestions are immutable.
 * Cost: constant.
 */
HELPDEX_API const helpdex_suggestion *helpdex_suggestions_at(
    const helpdex_suggestions *suggestions, size_t at);

/**
 * The canonical tag of the locale that was asked for.
 *
 * Ownership: borrowed from `suggestions`.
 * Errors: none.
 * Threads: any; suggestions are immutable.
 * Cost: constant.
 */
HELPDEX_API const char *helpdex_suggestions_locale(
    const helpdex_suggestions *suggestions);

/**
 * Release suggestions. NULL is fine.
 *
 * Ownership: takes `suggestions`; every completion is gone.
 * Errors: none.
 * Threads: one call, after the last use.
 * Cost: constant.
 */
HELPDEX_API void helpdex_suggestions_free(helpdex_suggestions *suggestions);

#ifdef __cplusplus
}
#endif

#endif
