/*
 * Features are hashed as they are met; how often each stands in the text is
 * counted by a table that is cleared for each of the three parts.
 */
#include "intent/features.h"

#include <stdlib.h>

enum { FIRST_SEEN = 1024 };

static uint32_t slot_of(uint64_t key)
{
    key = (key ^ key >> 32) * 0xD6E8FEB86659FD93u;
    return (uint32_t)(key >> (64 - HDX_SLOT_BITS));
}

static uint64_t key_of_text(hdx_str text)
{
    uint64_t key = 0xcbf29ce484222325u;
    for (size_t i = 0; i < text.len; i++)
        key = (key ^ (unsigned char)text.ptr[i]) * 0x100000001b3u;
    return key ^ key >> 29;
}

/* A pair is not what the pair the other way round is. */
static uint64_t key_of_pair(uint64_t first, uint64_t second)
{
    return (first * 0x9E3779B97F4A7C15u ^ first >> 31) + second;
}

/* Clears the table for a part of at most `most` features more; returns how much
   of it is used, a power of two, or 0 when memory is out. */
static size_t start_part(hdx_bag *bag, size_t most)
{
    size_t capacity = FIRST_SEEN;
    while (capacity < 2 * most)
        capacity *= 2;
    if (!hdx_grow(&bag->seen, &bag->seen_capacity, capacity,
                  sizeof *bag->seen) ||
        !hdx_grow(&bag->items, &bag->capacity, bag->count + most,
                  sizeof *bag->items))
        return 0;
    memset(bag->seen, 0, capacity * sizeof *bag->seen);
    return capacity;
}

static void count(hdx_bag *bag, size_t capacity, uint64_t key)
{
    uint32_t slot = slot_of(key);
    size_t at = slot & (capacity - 1);
    for (; bag->seen[at]; at = (at + 1) & (capacity - 1))
        if (bag->items[bag->seen[at] - 1].slot == slot) {
            bag->items[bag->seen[at] - 1].times++;
            return;
        }
    bag->items[bag->count] = (hdx_feature){slot, 1};
    bag->seen[at] = (uint32_t)++bag->count;
}

static bool count_words(hdx_bag *bag, const hdx_tokens *tokens)
{
    size_t capacity = start_part(bag, tokens->words);
    for (size_t i = 0; i < tokens->words && capacity; i++)
        count(bag, capacity, key_of_text(tokens->items[i].word->stem));
    bag->words = bag->count;
    return capacity != 0;
}

static bool count_pairs(hdx_bag *bag, const hdx_tokens *tokens)
{
    size_t capacity = start_part(bag, tokens->words);
    uint64_t before = 0;
    for (size_t i = 0; i < tokens->words && capacity; i++) {
        uint64_t now = key_of_text(tokens->items[i].word->stem);
        if (i > 0)
            count(bag, capacity, key_of_pair(before, now));
        before = now;
    }
    bag->terms = bag->count;
    return capacity != 0;
}

static bool count_grams(hdx_bag *bag, const hdx_tokens *tokens)
{
    hdx_symbol symbols[HDX_WORD_BYTES];
    uint64_t keys[3 * (HDX_WORD_BYTES + 2)];
    hdx_gram_window window = hdx_gram_window_start(HDX_GRAMS_TITLE);
    size_t most = 0;
    for (size_t i = 0; i < tokens->words; i++)
        most += hdx_grams_room(tokens->items[i].word->loose.len);
    size_t capacity = start_part(bag, most);
    if (!capacity)
        return false;
    for (size_t i = 0; i < tokens->words; i++) {
        const hdx_token *token = &tokens->items[i];
        hdx_str loose = token->word->loose;
        size_t length = 0;
        for (size_t at = 0; at < loose.len;)
            symbols[length++] = hdx_symbol_of(hdx_utf8_next(loose, &at));
        bool joined = i > 0 && token[-1].end == token->begin;
        size_t made = hdx_grams_add(&window, symbols, length,
                                    token->word->dense, joined, keys);
        for (size_t n = 0; n < made; n++)
            count(bag, capacity, keys[n]);
    }
    return true;
}

bool hdx_bag_fill(hdx_bag *bag, const hdx_tokens *tokens)
{
    bag->count = 0;
    return count_words(bag, tokens) && count_pairs(bag, tokens) &&
           count_grams(bag, tokens);
}

void hdx_bag_free(hdx_bag *bag)
{
    free(bag->items);
    free(bag->seen);
    *bag = (hdx_bag){0};
}
