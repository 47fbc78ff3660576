/* What a searcher holds, shared by the files of search/. */
#ifndef HDX_SEARCHER_H
#define HDX_SEARCHER_H

#include <helpdex/search.h>

#include "search/question.h"
#include "search/rank.h"
#include "search/rulebook.h"
#include "search/suggest.h"
#include "store/forward.h"
#include "store/generation.h"
#include "store/pool.h"

/* One locale of the index, open. */
typedef struct hdx_search_shard {
    hdx_locale locale;
    hdx_engine *engine; /* of its delta as well, which has none */
    hdx_forward *forward;
    hdx_lexicon lexicon;
    hdx_pool pool;
    hdx_analyser *analyser;
    hdx_question_maker maker; /* on these */
    hdx_rule_sheet rules;
    int32_t newest;                 /* day of the last change of an article */
    struct hdx_search_shard *delta; /* of the same locale: what has changed
                                       since these were written; NULL: nothing.
                                       What it replaces is gone from these. */
} hdx_search_shard;

struct helpdex_searcher {
    hdx_generation *generation;
    hdx_catalog *catalog;
    hdx_search_shard *shards; /* in order of tags, one a locale */
    size_t count;
    size_t opened; /* shards to close */
    hdx_locale default_locale;
    hdx_rulebook rules;
    const hdx_ranking *ranking;
    hdx_tokens tokens;        /* scratch of the call at work */
    hdx_suggester *suggester; /* made by the first suggestion */
    signed char *adds; /* count * count: whether locale [i] has an article
                          that locale [j] lacks; -1: not looked at yet */
};

/* Whether `shard` has an article that `reader`'s lacks, or has for some readers
   alone; remembered. */
bool hdx_searcher_adds(helpdex_searcher *searcher,
                       const hdx_search_shard *shard,
                       const hdx_search_shard *reader);

/* Hides what the rules without queries hide from a reader; with NULL shows it
   again, as every call must at its end. */
void hdx_searcher_hide(helpdex_searcher *searcher,
                       const hdx_rule_reader *reader);

/* Whether such a rule hides an article from a reader. */
bool hdx_searcher_hides(const helpdex_searcher *searcher,
                        const hdx_rule_reader *reader, hdx_str id);

/*
 * The section of a translation that says what a section of its sibling says:
 * that of the same anchor, else of the same place if both have as many, else
 * the first.
 */
uint32_t hdx_counterpart(const hdx_forward *from, uint32_t section,
                         const hdx_forward *to, uint32_t article);

/* Says of whom the next call is, to every locale: the words that only articles
   for others have are not told. */
void hdx_searcher_attend(helpdex_searcher *searcher, const char *region,
                         const char *platform);

/* A locale to search, in the order of preference. Its delta is the link behind
   it. */
typedef struct hdx_chain_link {
    hdx_search_shard *shard;
    bool delta;    /* is that of the link before */
    bool fallback; /* another language than the reader's */
    bool adds;     /* has articles that those before it lack */
} hdx_chain_link;

typedef struct hdx_chain {
    hdx_chain_link *links;
    size_t count;
    const hdx_pack *pack; /* of the locale that was asked for */
} hdx_chain;

/*
 * The locales of the index that serve a reader of `wanted`: those of the
 * language, best fit first, then the fallbacks of its pack, then the index's
 * default. In `arena`.
 */
helpdex_status hdx_chain_make(helpdex_searcher *searcher,
                              const hdx_locale *wanted, hdx_arena *arena,
                              hdx_chain *out, helpdex_error *err);

#endif
