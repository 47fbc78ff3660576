/*
 * The hash map. FNV-1a by 8 bytes at a time with a final mix: keys are short
 * words of trusted articles and of one query, so that no keyed hash is needed.
 */
#include "base/map.h"

#include <stdlib.h>

static uint64_t hash_of(hdx_str key)
{
    uint64_t h = 0xcbf29ce484222325u ^ key.len;
    size_t i = 0;
    for (; i + 8 <= key.len; i += 8) {
        uint64_t word;
        memcpy(&word, key.ptr + i, 8);
        h = (h ^ word) * 0x9E3779B97F4A7C15u;
        h ^= h >> 29;
    }
    for (; i < key.len; i++)
        h = (h ^ (unsigned char)key.ptr[i]) * 0x100000001b3u;
    h ^= h >> 32;
    h *= 0xD6E8FEB86659FD93u;
    return h ^ h >> 32;
}

static hdx_map_entry *slot_of(const hdx_map *map, hdx_str key, uint64_t hash)
{
    size_t at = (size_t)hash & (map->capacity - 1);
    while (map->slots[at].key.ptr && (map->slots[at].hash != hash ||
                                      !hdx_str_eq(map->slots[at].key, key)))
        at = (at + 1) & (map->capacity - 1);
    return &map->slots[at];
}

static bool widen(hdx_map *map)
{
    hdx_map wider = {.capacity = map->capacity ? map->capacity * 2 : 64,
                     .count = map->count};
    wider.slots = calloc(wider.capacity, sizeof *wider.slots);
    if (!wider.slots)
        return false;
    for (size_t i = 0; i < map->capacity; i++) {
        hdx_map_entry *old = &map->slots[i];
        if (old->key.ptr)
            *slot_of(&wider, old->key, old->hash) = *old;
    }
    free(map->slots);
    *map = wider;
    return true;
}

hdx_map_entry *hdx_map_add(hdx_map *map, hdx_str key, bool *added)
{
    *added = false;
    if (map->count * 4 >= map->capacity * 3 && !widen(map))
        return NULL;
    uint64_t hash = hash_of(key);
    hdx_map_entry *entry = slot_of(map, key, hash);
    if (!entry->key.ptr) {
        *added = true;
        *entry = (hdx_map_entry){.key = key, .hash = hash};
        if (!key.ptr)
            entry->key.ptr = "";
        map->count++;
    }
    return entry;
}

hdx_map_entry *hdx_map_find(const hdx_map *map, hdx_str key)
{
    if (map->count == 0)
        return NULL;
    hdx_map_entry *entry = slot_of(map, key, hash_of(key));
    return entry->key.ptr ? entry : NULL;
}

void hdx_map_clear(hdx_map *map)
{
    if (map->capacity)
        memset(map->slots, 0, map->capacity * sizeof *map->slots);
    map->count = 0;
}

void hdx_map_free(hdx_map *map)
{
    free(map->slots);
    *map = (hdx_map){0};
}
