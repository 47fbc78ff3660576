/*
 * A hash map from text to a number: open addressing, keys borrowed. A zeroed
 * map is empty.
 */
#ifndef HDX_MAP_H
#define HDX_MAP_H

#include "base/str.h"

typedef struct hdx_map_entry {
    hdx_str key; /* ptr NULL: the slot is free */
    uint64_t hash;
    uint64_t value;
} hdx_map_entry;

typedef struct hdx_map {
    hdx_map_entry *slots;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
} hdx_map;

/*
 * The entry of `key`, added with value 0 if it was not there (`*added`). The
 * key's bytes must outlive the entry: a caller whose bytes are short-lived
 * replaces entry->key by a lasting copy. NULL when memory is out. Entries move
 * at the next hdx_map_add().
 */
hdx_map_entry *hdx_map_add(hdx_map *map, hdx_str key, bool *added);

/* The entry of `key`, or NULL. */
hdx_map_entry *hdx_map_find(const hdx_map *map, hdx_str key);

/* Forgets the entries and keeps the room. */
void hdx_map_clear(hdx_map *map);

void hdx_map_free(hdx_map *map);

#endif
