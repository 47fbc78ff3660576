/*
 * Answers that are kept in memory, because customers ask the same again and
 * again: a search costs a hundred times what it costs to send its answer once
 * more. Each worker keeps its own; a tag stands for generation, rules and
 * request, so that no answer is kept too long.
 */
#ifndef HDX_SERVER_KEPT_H
#define HDX_SERVER_KEPT_H

#include "base/str.h"

typedef struct hdx_kept_answer {
    uint64_t hash;
    bool used;   /* since the hand came by last */
    bool packed; /* by gzip */
    char *bytes; /* tag, target and body; NULL: the place is free */
    size_t tag, target, body; /* their lengths */
} hdx_kept_answer;

enum { HDX_KEPT_PLACES = 8192 };

/* Zeroed, it is empty. */
typedef struct hdx_kept {
    hdx_kept_answer *places; /* HDX_KEPT_PLACES of them */
    size_t bytes;            /* of all answers */
    size_t hand;             /* of the clock: the next that may have to go */
} hdx_kept;

/* By what an answer is found: `packs`: the caller takes gzip. */
typedef struct hdx_kept_key {
    hdx_str tag;
    hdx_str target;
    bool packs;
} hdx_kept_key;

/* The answer of a key, or NULL; its body is kept until the next call. */
const hdx_kept_answer *hdx_kept_find(hdx_kept *kept, const hdx_kept_key *key,
                                     hdx_str *body);

/* Keeps an answer, for which others go until all take `most` bytes at most. One
   that takes too much of that, or for which there is no memory, is not kept. */
void hdx_kept_add(hdx_kept *kept, const hdx_kept_key *key, hdx_str body,
                  bool packed, size_t most);

/* Forgets all. */
void hdx_kept_clear(hdx_kept *kept);
void hdx_kept_free(hdx_kept *kept);

#endif
