/* Counting grams word by word. */
#include "search/gramcount.h"

#include "text/letters.h"

/* 1 + the number of a gram of the question; 0: it has none of this key. */
static inline uint32_t find(const hdx_question_grams *grams, uint64_t key)
{
    size_t mask = grams->capacity - 1;
    for (size_t at = key & mask; grams->slots[at]; at = (at + 1) & mask)
        if (grams->keys[grams->slots[at] - 1] == key)
            return grams->slots[at];
    return 0;
}

static const hdx_symbol *symbols_of(hdx_gramcount *c,
                                    const hdx_lexicon_word *word)
{
    const hdx_symbol *symbols = c->lexicon->symbols + word->symbols;
    if (c->mode != HDX_GRAMS_READING)
        return symbols;
    for (size_t i = 0; i < word->symbol_count; i++)
        c->syllables[i] = hdx_pinyin_of(symbols[i]);
    return c->syllables;
}

/* Looks up the grams inside of a word; its list, or NULL. */
static const uint16_t *make_list(hdx_gramcount *c, const hdx_lexicon_word *word,
                                 uint32_t id)
{
    hdx_gram_window alone = hdx_gram_window_start(c->mode);
    size_t made = hdx_grams_add(&alone, symbols_of(c, word), word->symbol_count,
                                word->dense, false, c->keys);
    if (!hdx_grow(&c->lists, &c->list_capacity, c->list_count + made + 1,
                  sizeof *c->lists)) {
        c->failed = true;
        return NULL;
    }
    uint16_t *list = c->lists + c->list_count, count = 0;
    for (size_t i = 0; i < made; i++) {
        uint32_t found = find(c->grams, c->keys[i]);
        if (found)
            list[++count] = (uint16_t)(found - 1);
    }
    list[0] = count;
    c->known[id] = (uint64_t)c->call << 32 | c->list_count;
    c->list_count += count + 1u;
    return list;
}

/* Whether the question has `a` before `b` over the border of two words. */
static inline bool has_border(const hdx_question_grams *grams, hdx_symbol a,
                              hdx_symbol b)
{
    uint32_t bit = hdx_border_bit(a, b);
    return grams->borders[bit / 64] >> (bit % 64) & 1;
}

/* Counts the grams that end in the word at `at` and began before it. */
static void count_crossing(hdx_gramcount *c, uint32_t begin, uint32_t at)
{
    enum { LONGEST = 4 }; /* words that a gram can touch before this one */
    const uint32_t *texts = c->lexicon->texts;
    hdx_gram_window window = hdx_gram_window_start(c->mode);
    uint32_t i = at - begin > LONGEST ? at - LONGEST : begin;
    for (; i < at; i++) {
        const hdx_lexicon_word *word =
            &c->lexicon->words[texts[i] & HDX_TEXT_WORD];
        hdx_grams_pass(&window, symbols_of(c, word), word->symbol_count,
                       word->dense, texts[i] & HDX_TEXT_JOINED);
    }
    const hdx_lexicon_word *word =
        &c->lexicon->words[texts[at] & HDX_TEXT_WORD];
    size_t made =
        hdx_grams_cross(&window, symbols_of(c, word), word->symbol_count,
                        word->dense, texts[at] & HDX_TEXT_JOINED, c->keys);
    for (size_t n = 0; n < made; n++) {
        uint32_t found = find(c->grams, c->keys[n]);
        if (found)
            hdx_tally_count(&c->tally, found - 1, 1);
    }
}

void hdx_gramcount_add(hdx_gramcount *count, uint32_t begin, uint32_t end)
{
    hdx_gramcount *c = count;
    bool reading = c->mode == HDX_GRAMS_READING;
    uint32_t length = 0;
    hdx_symbol last = 0;
    for (uint32_t i = begin; i < end; i++) {
        uint32_t id = c->lexicon->texts[i] & HDX_TEXT_WORD;
        const hdx_lexicon_word *word = &c->lexicon->words[id];
        uint64_t known = c->known[id];
        const uint16_t *list = known >> 32 == c->call
                                   ? c->lists + (uint32_t)known
                                   : make_list(c, word, id);
        length += hdx_grams_length(c->mode, word->symbol_count, word->dense);
        for (uint16_t n = 0; list && n < list[0]; n++)
            hdx_tally_count(&c->tally, list[n + 1], 1);
        hdx_symbol first = reading ? hdx_pinyin_of(word->first) : word->first;
        if (i > begin && has_border(c->grams, last, first))
            count_crossing(c, begin, i);
        last = reading ? hdx_pinyin_of(word->last) : word->last;
    }
    c->tally.length += length;
}
