/*
 * Asking an index a question in the customer's own language. A searcher pins
 * one generation for its life; open a new one to see a new generation.
 */
#ifndef HELPDEX_SEARCH_H
#define HELPDEX_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include <helpdex/error.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct helpdex_searcher helpdex_searcher;
typedef struct helpdex_results helpdex_results;

/**
 * How many tokens a language model makes of a text of `size` bytes, which are
 * UTF-8 and not terminated; see helpdex_request.
 */
typedef size_t helpdex_token_count(void *context, const char *text,
                                   size_t size);

/* What is asked. Fill with helpdex_request_init(), then change. */
typedef struct helpdex_request {
    size_t size;          /* sizeof(helpdex_request) */
    const char *query;    /* UTF-8; only its first 4,096 bytes are searched */
    size_t query_size;    /* in bytes; SIZE_MAX: `query` is terminated */
    const char *locale;   /* the reader's BCP 47 tag; NULL: index's default */
    const char *region;   /* where the reader is (ISO 3166): articles and
                           rules for other regions are left out; NULL: none */
    const char *platform; /* likewise, such as "ios" */
    const char *app_version; /* likewise, of rules, such as "4.2.1" */
    int64_t now;      /* for rules that start and end, in seconds since 1970;
                         0: by the clock */
    unsigned limit;   /* articles wanted, 1 to 1,000; 10 */
    unsigned snippet; /* length of a snippet in code points; 0: none; 180 */
    unsigned budget;  /* tokens that passages may take, of the first ten hits;
                        0: no passages; 0 */
    helpdex_token_count *count_tokens; /* called during the search; NULL: an
                        estimate by scripts, which is rarely too low */
    void *count_context;
    bool explain; /* say of each hit why it stands where it does; false */
} helpdex_request;

/* A word of the question, and how it was found in a hit. */
typedef struct helpdex_explained_word {
    const char *word;  /* as the index folds it */
    const char *found; /* the closest word of the hit; NULL: none */
    const char *tier;  /* how that stands to `word`, the closest first: exact,
                          stem, folded, marks, synonym, part, typo, unfinished
                          or beginning; NULL with `found` */
    double weight;     /* what a word of the tier counts; 0 without one */
    double idf;        /* how rare it is, with all that stands for it */
} helpdex_explained_word;

/* What a score is multiplied by for a reason outside of the words, or a rule
   that acts beside the score (by 1). */
typedef struct helpdex_explained_factor {
    const char *name; /* locale, weight, freshness, helpfulness, region,
                         platform, stale, boost or pin */
    double by;
    const char *why; /* the tag, of locale; "rules/fees.yml:3", of boost */
} helpdex_explained_factor;

/* Why a hit stands where it does: what adds up to its score, of its text, of
   its title or the best of its questions, and of pinyin; grams are pieces of
   words. Each is as it was before the factors, which multiply the sum; where
   that comes out above 1, the score of the hit is 1. */
typedef struct helpdex_explanation {
    double words;
    double grams;
    double sentence; /* grams of the best sentence */
    double title_words;
    double title_grams;
    double readings;
    double coverage;       /* how many of the rarer words are there at all */
    double question_match; /* the title or a question is the question itself */
    const helpdex_explained_factor *factors; /* those that are not 1 */
    size_t factor_count;
    const helpdex_explained_word *question; /* each distinct word, in order */
    size_t question_count;
} helpdex_explanation;

/* How far a translation is behind what it was made from. */
typedef struct helpdex_staleness {
    unsigned behind;   /* sections of the source that are newer */
    unsigned sections; /* that the source has */
} helpdex_staleness;

/* The best section of one article. All strings are UTF-8 and terminated. */
typedef struct helpdex_hit {
    unsigned rank;       /* from 1 */
    const char *id;      /* the article's id, the same in every locale */
    const char *section; /* the section's anchor; "" above the first heading */
    const char *locale;  /* the locale the text is in */
    bool fallback;       /* true: not in the reader's language, which lacks
                            this article */
    const char *via;     /* the locale whose text the question found, when
                            this is the translation of that; NULL: this text */
    const char *title;
    const char *const *heading_path; /* from the outermost, without title */
    size_t heading_count;
    const char *snippet;      /* plain text; "" when none was asked for */
    const char *snippet_html; /* escaped text and <mark>, nothing else */
    size_t snippet_begin;  /* byte of the section's text where it is cut out */
    const char *url;       /* NULL when the KB has no URL template */
    const char *deep_link; /* into the app; NULL when it has none */
    const helpdex_staleness *stale; /* NULL: as new as its source */
    const char *path;  /* of the article's file, below its KB folder */
    unsigned line;     /* of the section in that file, from 1 */
    double score;      /* 0 to 1, how much of the question is found
                                 here; comparable within one answer, and no
                                 probability */
    double confidence; /* 0 to 1, an estimate of how likely it is that this
                          answers the question */
    const helpdex_explanation *explanation; /* NULL when none was asked for */
} helpdex_hit;

/* A known issue that touches the question, or a warning about the question
   itself (`seed-phrase`): to be shown above the hits. */
typedef struct helpdex_banner {
    const char *id;
    const char *level;   /* info, warning or critical */
    const char *text;    /* plain */
    const char *locale;  /* the text is in */
    const char *article; /* id of one that says more; NULL: none */
    const char *url;     /* of that article; NULL: none */
} helpdex_banner;

/* An article to offer where nothing was found: one with a title that looks like
   the question, else what the writers put first in its category. */
typedef struct helpdex_topic {
    const char *id;
    const char *locale;
    const char *title;
    const char *url; /* NULL when the KB has no URL template */
} helpdex_topic;

/* What a section says about the question, for a language model: whole sentences,
   dots where some are left out, without characters that cannot be seen. */
typedef struct helpdex_passage {
    unsigned number; /* from 1, to be cited by */
    const char *text;
    const char *id;
    const char *section;
    const char *locale;
    const char *title;
    const char *const *heading_path;
    size_t heading_count;
    const char *url;                /* NULL when the KB has no URL template */
    const helpdex_staleness *stale; /* NULL: as new as its source */
    size_t tokens;                  /* with its fence and its citation */
} helpdex_passage;

/* What there is to say around the hits. */
typedef enum helpdex_message {
    HELPDEX_MESSAGE_NOTHING_FOUND,
    HELPDEX_MESSAGE_DID_YOU_MEAN,   /* with the correction; NULL without one */
    HELPDEX_MESSAGE_OTHER_LANGUAGE, /* of a hit that is a fallback */
    HELPDEX_MESSAGE_OUTDATED,       /* of a hit that is stale */
    HELPDEX_MESSAGE_TOPICS,         /* above the topics */
    HELPDEX_MESSAGE_PERSON,         /* the way to a person */
    HELPDEX_MESSAGE_SEED_PHRASE     /* when the question seems to hold one */
} helpdex_message;

/**
 * Open the live generation of an index for searching.
 *
 * Every byte is compared with the manifest first. If the live generation is
 * damaged, the previous one serves, and helpdex_searcher_notice() says so.
 *
 * Ownership: `*out` is new, to be released with helpdex_searcher_free(); NULL
 *   on failure.
 * Errors: NOT_FOUND (no index there), INCOMPATIBLE (built by another version;
 *   the message names the command that mends it), DAMAGED (no generation is
 *   whole), IO, STORE.
 * Threads: any; each thread opens its own.
 * Cost: reads the index once (about a second for each GB).
 */
HELPDEX_API helpdex_status helpdex_searcher_open(const char *index_dir,
                                                 helpdex_searcher **out,
                                                 helpdex_error *err);

/**
 * The name of the generation that answers.
 *
 * Ownership: borrowed from `searcher`.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API const char *helpdex_searcher_generation(
    const helpdex_searcher *searcher);

/**
 * What operators should know: that an older generation serves, and why.
 *
 * Ownership: borrowed from `searcher`; NULL when all is well.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API const char *helpdex_searcher_notice(
    const helpdex_searcher *searcher);

/**
 * When answers last changed within this generation: the last moment up to `now`,
 * in seconds since 1970, at which a rule of the editors began or ended. Whoever
 * keeps answers keeps them by the generation and this.
 *
 * Ownership: nothing changes hands.
 * Errors: none; 0 when none has yet.
 * Threads: any.
 * Cost: linear in the rules.
 */
HELPDEX_API int64_t helpdex_searcher_changed(const helpdex_searcher *searcher,
                                             int64_t now);

/**
 * How many locales the index holds.
 *
 * Ownership: nothing changes hands.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API size_t
helpdex_searcher_locale_count(const helpdex_searcher *searcher);

/**
 * The tag of one of them, in alphabetical order.
 *
 * Ownership: borrowed from `searcher`; NULL when `at` is out of range.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API const char *helpdex_searcher_locale(
    const helpdex_searcher *searcher, size_t at);

/**
 * Whether a locale is written from right to left.
 *
 * Ownership: nothing changes hands.
 * Errors: none; false of what is no tag.
 * Threads: any.
 * Cost: a look at the data of ICU.
 */
HELPDEX_API bool helpdex_locale_is_right_to_left(const char *locale);

/**
 * Release a searcher. NULL is fine. Results outlive it.
 *
 * Ownership: takes `searcher`.
 * Errors: none.
 * Threads: one call, after the last use.
 * Cost: constant.
 */
HELPDEX_API void helpdex_searcher_free(helpdex_searcher *searcher);

/**
 * Set every field of a request to its default; the query is empty.
 *
 * Ownership: writes `*request` alone.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API void helpdex_request_init(helpdex_request *request);

/**
 * How many tokens a text is taken for when nobody counts them: an estimate by
 * its scripts, which is rarely too low.
 *
 * Ownership: nothing changes hands; `text` is UTF-8 and not terminated.
 * Errors: none.
 * Threads: any.
 * Cost: linear in the text.
 */
HELPDEX_API size_t helpdex_token_estimate(const char *text, size_t size);

/**
 * Rank articles for one question, each by its best section.
 *
 * A question without a searchable character succeeds with no hits. Articles
 * that the reader's locale lacks come from the locales of its fallback chain,
 * marked `fallback`. A question in another language of the index finds the
 * articles of that language, and gives their translations for the reader,
 * marked `via`.
 *
 * Ownership: `request` is read during the call. `*out` is new, to be released
 *   with helpdex_results_free(); it outlives the searcher. NULL on failure.
 * Errors: INVALID (query not UTF-8, not a locale tag, limit out of range),
 *   NOT_FOUND (no locale of the chain is in the index), STORE.
 * Threads: one call at a time for each searcher.
 * Cost: one retrieval for each locale of the chain, then the snippets; to
 *   explain, the texts of each hit are read once more. A budget costs the
 *   reading of up to ten articles; finding nothing costs a look at the titles.
 */
HELPDEX_API helpdex_status helpdex_search(helpdex_searcher *searcher,
                                          const helpdex_request *request,
                                          helpdex_results **out,
                                          helpdex_error *err);

/**
 * How many hits there are.
 *
 * Ownership: nothing changes hands.
 * Errors: none.
 * Threads: any; results are immutable.
 * Cost: constant.
 */
HELPDEX_API size_t helpdex_results_count(const helpdex_results *results);

/**
 * One hit, best first.
 *
 * Ownership: borrowed from `results`; NULL when `at` is out of range.
 * Errors: none.
 * Threads: any; results are immutable.
 * Cost: constant.
 */
HELPDEX_API const helpdex_hit *helpdex_results_at(
    const helpdex_results *results, size_t at);

/**
 * How many known issues touch the question, and one more when it seems to hold
 * the seed phrase of a wallet.
 *
 * Ownership: nothing changes hands.
 * Errors: none.
 * Threads: any; results are immutable.
 * Cost: constant.
 */
HELPDEX_API size_t helpdex_results_banner_count(const helpdex_results *results);

/**
 * One of them, the gravest first; a warning about the question before all.
 *
 * Ownership: borrowed from `results`; NULL when `at` is out of range.
 * Errors: none.
 * Threads: any; results are immutable.
 * Cost: constant.
 */
HELPDEX_API const helpdex_banner *helpdex_results_banner(
    const helpdex_results *results, size_t at);

/**
 * How many articles there are to offer instead; 0 when there are hits.
 *
 * Ownership: nothing changes hands.
 * Errors: none.
 * Threads: any; results are immutable.
 * Cost: constant.
 */
HELPDEX_API size_t helpdex_results_topic_count(const helpdex_results *results);

/**
 * One of them, the nearest first.
 *
 * Ownership: borrowed from `results`; NULL when `at` is out of range.
 * Errors: none.
 * Threads: any; results are immutable.
 * Cost: constant.
 */
HELPDEX_API const helpdex_topic *helpdex_results_topic(
    const helpdex_results *results, size_t at);

/**
 * Where the reader gets to a person: the `contact` of the knowledge base, with
 * the locale that serves them filled in. There with hits and without.
 *
 * Ownership: borrowed from `results`; NULL when the knowledge base says none.
 * Errors: none.
 * Threads: any; results are immutable.
 * Cost: constant.
 */
HELPDEX_API const char *helpdex_results_contact(const helpdex_results *results);

/**
 * How many passages fit the budget. All of them together, and the context, take
 * no more tokens than it has.
 *
 * Ownership: nothing changes hands.
 * Errors: none.
 * Threads: any; results are immutable.
 * Cost: constant.
 */
HELPDEX_API size_t
helpdex_results_passage_count(const helpdex_results *results);

/**
 * One passage, in the order of the hits, and of one article in its own order.
 *
 * Ownership: borrowed from `results`; NULL when `at` is out of range.
 * Errors: none.
 * Threads: any; results are immutable.
 * Cost: constant.
 */
HELPDEX_API const helpdex_passage *helpdex_results_passage(
    const helpdex_results *results, size_t at);

/**
 * All passages as one text for a language model, each with its citation and
 * inside a fence that its text cannot close.
 *
 * Ownership: borrowed from `results`; "" without passages.
 * Errors: none.
 * Threads: any; results are immutable.
 * Cost: constant.
 */
HELPDEX_API const char *helpdex_results_context(const helpdex_results *results);

/**
 * The canonical tag of the locale that was asked for.
 *
 * Ownership: borrowed from `results`.
 * Errors: none.
 * Threads: any; results are immutable.
 * Cost: constant.
 */
HELPDEX_API const char *helpdex_results_locale(const helpdex_results *results);

/**
 * The name of the generation that answered.
 *
 * Ownership: borrowed from `results`.
 * Errors: none.
 * Threads: any; results are immutable.
 * Cost: constant.
 */
HELPDEX_API const char *helpdex_results_generation(
    const helpdex_results *results);

/**
 * The question without what seems to be a typing error, to be offered: "did
 * you mean ...?" A word is only corrected when neither the reader's locale nor
 * its fallbacks have it, to one of the reader's locale that is one edit away:
 * a letter more, less, other, or two exchanged. The hits are those of both.
 *
 * Ownership: borrowed from `results`; NULL when there is nothing to correct.
 * Errors: none.
 * Threads: any; results are immutable.
 * Cost: constant.
 */
HELPDEX_API const char *helpdex_results_correction(
    const helpdex_results *results);

/**
 * A short text to show with the results, in the reader's language as its locale
 * pack says it.
 *
 * Ownership: borrowed from `results`; NULL when there is nothing to say.
 * Errors: none.
 * Threads: any; results are immutable.
 * Cost: constant.
 */
HELPDEX_API const char *helpdex_results_message(const helpdex_results *results,
                                                helpdex_message message);

/**
 * How long the search took, in microseconds of wall time.
 *
 * Ownership: nothing changes hands.
 * Errors: none.
 * Threads: any; results are immutable.
 * Cost: constant.
 */
HELPDEX_API uint64_t helpdex_results_took_us(const helpdex_results *results);

/**
 * Release results. NULL is fine.
 *
 * Ownership: takes `results`; every hit is gone.
 * Errors: none.
 * Threads: one call, after the last use.
 * Cost: constant.
 */
HELPDEX_API void helpdex_results_free(helpdex_results *results);

#ifdef __cplusplus
}
#endif

#endif
