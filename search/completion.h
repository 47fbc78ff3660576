/*
 * Completing in one locale: what was typed is spelled, in one of several ways,
 * and the best texts and words that begin so are picked.
 */
#ifndef HDX_COMPLETION_H
#define HDX_COMPLETION_H

#include <helpdex/suggest.h>

#include "search/key_heap.h"
#include "search/searcher.h"
#include "text/spelling.h"

/* In which way a prefix is taken; each is tried when those before found
   nothing. */
typedef enum hdx_attempt {
    HDX_ATTEMPT_WHOLE,
    HDX_ATTEMPT_WITHOUT_STOPS,      /* without stop words in front */
    HDX_ATTEMPT_KEYBOARD,           /* typed on another keyboard */
    HDX_ATTEMPT_TYPO,               /* with one letter wrong */
    HDX_ATTEMPT_TYPO_WITHOUT_STOPS, /* both */
    HDX_ATTEMPTS
} hdx_attempt;

/* A text or a word of a shelf. */
typedef struct hdx_pick {
    uint32_t text;
    uint32_t score;
    helpdex_suggestion_match match;
    size_t link; /* for whoever picks from several shards */
} hdx_pick;

/* Whether a text of a shelf is to be picked: asked from the best on, once for
   each of its keys that fits. */
typedef bool hdx_pick_wanted(void *context, hdx_shelf_kind kind, uint32_t text);

typedef struct hdx_picks {
    hdx_pick *items[HDX_SHELVES]; /* room for `limit` each */
    size_t count[HDX_SHELVES];
    size_t limit;
    hdx_pick_wanted *wanted;
    void *context;
} hdx_picks;

/* What completing needs again and again. */
typedef struct hdx_completer {
    hdx_tokens *tokens; /* the searcher's */
    hdx_spelling spelling;
    hdx_key_heap heap;
} hdx_completer;

/* Fills `picks`, the best first. `prefix` is valid UTF-8. */
helpdex_status hdx_complete(hdx_completer *completer,
                            const hdx_search_shard *shard, hdx_str prefix,
                            hdx_attempt attempt, hdx_picks *picks,
                            helpdex_error *err);

#endif
