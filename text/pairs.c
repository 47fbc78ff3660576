/* The memo of pairs: open addressing, at most three quarters full. */
#include "text/pairs.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 1024 };

static hdx_pair *slot_of(const hdx_pairs *pairs, uint32_t key)
{
    size_t at = (key * 0x9E3779B97F4A7C15u >> 32) & (pairs->capacity - 1);
    while (pairs->slots[at].key && pairs->slots[at].key != key)
        at = (at + 1) & (pairs->capacity - 1);
    return &pairs->slots[at];
}

static bool widen(hdx_pairs *pairs)
{
    hdx_pairs wider = {.capacity =
                           pairs->capacity ? 2 * pairs->capacity : FIRST_SLOTS,
                       .count = pairs->count};
    wider.slots = calloc(wider.capacity, sizeof *wider.slots);
    if (!wider.slots)
        return false;
    for (size_t i = 0; i < pairs->capacity; i++)
        if (pairs->slots[i].key)
            *slot_of(&wider, pairs->slots[i].key) = pairs->slots[i];
    free(pairs->slots);
    *pairs = wider;
    return true;
}

hdx_pair *hdx_pairs_at(hdx_pairs *pairs, uint16_t first, uint16_t second)
{
    uint32_t key = (uint32_t)first << 16 | second;
    if (pairs->count * 4 >= pairs->capacity * 3 && !widen(pairs))
        return NULL;
    hdx_pair *pair = slot_of(pairs, key);
    if (!pair->key) {
        pair->key = key;
        pairs->count++;
    }
    return pair;
}

void hdx_pairs_free(hdx_pairs *pairs)
{
    free(pairs->slots);
    *pairs = (hdx_pairs){0};
}
