/*
 * Ranges of keys, and the keys in them from the best on: a heap of ranges by
 * the best key of each, which parts a range in two when that is taken.
 */
#ifndef HDX_KEY_HEAP_H
#define HDX_KEY_HEAP_H

#include "store/pool.h"

typedef struct hdx_heap_entry {
    hdx_key_range range;
    uint32_t best; /* key of the range */
    bool read;     /* what was typed was read as another script */
} hdx_heap_entry;

typedef struct hdx_key_heap {
    hdx_heap_entry *items; /* a heap */
    size_t count, capacity;
    const hdx_shelf *shelf;
    bool failed; /* memory was out once; what was added since is missing */
} hdx_key_heap;

/* Empties it for another shelf. */
void hdx_key_heap_start(hdx_key_heap *all, const hdx_shelf *shelf);
void hdx_key_heap_free(hdx_key_heap *all);

/* Adds a range, unless it is empty. Ranges may overlap: a key is then taken as
   often. */
void hdx_key_heap_add(hdx_key_heap *all, hdx_key_range range, bool read);

/* Takes the best key, the first among equals; its `range` is of no use. False
   when there are no more. */
bool hdx_key_heap_take(hdx_key_heap *all, hdx_heap_entry *out);

#endif
