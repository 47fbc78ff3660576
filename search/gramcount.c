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

/* Grams of the question while a word is read: how many in a row of the least
   size, and of the next. */
typedef struct reading {
    hdx_gram_sizes sizes;
    uint64_t last;
    unsigned read, run, longer_run;
} reading;

/*
 * Reads a symbol and adds the grams that end with it to `list`, whose first
 * number is their count. A gram of the question has all shorter ones in it that
 * are of its sizes, so that most symbols cost one look.
 */
static inline void read_symbol(const hdx_question_grams *grams, reading *r,
                               hdx_symbol symbol, uint16_t *list)
{
    hdx_symbol fifth = (hdx_symbol)(r->last >> 48);
    unsigned size = r->sizes.least;
    uint32_t found;
    r->last = r->last << 16 | symbol;
    if (++r->read < size || size > r->sizes.most)
        return;
    found = find(grams, hdx_gram_key(r->last, 0, size));
    r->run = found ? r->run + 1 : 0;
    if (found)
        list[++list[0]] = (uint16_t)(found - 1);
    found = r->run > 1 && ++size <= r->sizes.most
                ? find(grams, hdx_gram_key(r->last, fifth, size))
                : 0;
    r->longer_run = found ? r->longer_run + 1 : 0;
    if (found)
        list[++list[0]] = (uint16_t)(found - 1);
    if (r->longer_run > 1 && ++size <= r->sizes.most &&
        (found = find(grams, hdx_gram_key(r->last, fifth, size))))
        list[++list[0]] = (uint16_t)(found - 1);
}

/* Looks up the grams inside of a word; its list, or NULL. */
static const uint16_t *make_list(hdx_gramcount *c, uint32_t id)
{
    const hdx_lexicon_word *word = &c->lexicon->words[id];
    const hdx_symbol *symbols = symbols_of(c, word);
    size_t room = hdx_grams_room(word->symbol_count) + 1;
    reading r = {.sizes = hdx_gram_sizes_of(c->mode, word->dense)};
    bool bordered = !hdx_is_dense(word->dense);
    if (!hdx_grow(&c->lists, &c->list_capacity, c->list_count + room,
                  sizeof *c->lists)) {
        c->failed = true;
        return NULL;
    }
    uint16_t *list = c->lists + c->list_count;
    list[0] = 0;
    if (bordered)
        read_symbol(c->grams, &r, HDX_GRAM_BORDER, list);
    for (size_t i = 0; i < word->symbol_count; i++)
        read_symbol(c->grams, &r, symbols[i], list);
    if (bordered)
        read_symbol(c->grams, &r, HDX_GRAM_BORDER, list);
    c->known[id] = (uint64_t)c->call << 32 | c->list_count;
    c->list_count += list[0] + 1u;
    return list;
}

/* The list of a word, or NULL. */
static inline const uint16_t *list_of(hdx_gramcount *c, uint32_t id)
{
    uint64_t known = c->known[id];
    if (known >> 32 != c->call && c->mode == HDX_GRAMS_TEXT)
        return NULL;
    return known >> 32 != c->call || !(uint32_t)known
               ? make_list(c, id)
               : c->lists + (uint32_t)known;
}

/* Says of the words that share a gram with the question that they do. */
static void find_sharing(hdx_gramcount *c)
{
    const hdx_lexicon *l = c->lexicon;
    const hdx_lexicon_hashed *items = l->buckets[HDX_BUCKETS_OF_GRAMS].items;
    for (size_t i = 0; i < c->grams->count; i++) {
        uint32_t hash = (uint32_t)(c->grams->keys[i] >> 32), end;
        uint32_t at = hdx_lexicon_bucket(l, HDX_BUCKETS_OF_GRAMS, hash, &end);
        for (; at < end; at++)
            if (items[at].hash == hash)
                c->known[items[at].word] = (uint64_t)c->call << 32;
    }
}

bool hdx_gramcount_start(hdx_gramcount *count, hdx_arena *arena)
{
    if (!hdx_grow(&count->lists, &count->list_capacity, 1,
                  sizeof *count->lists))
        return false;
    count->list_count = 1; /* no list is at 0 */
    if (count->mode == HDX_GRAMS_TEXT)
        find_sharing(count);
    return hdx_tally_make(arena, count->grams->count, &count->tally);
}

/* Whether the question has `a` before `b` over the border of two words. */
static inline bool has_border(const hdx_question_grams *grams, hdx_symbol a,
                              hdx_symbol b)
{
    uint32_t bit = hdx_border_bit(a, b);
    return grams->borders[bit / 64] >> (bit % 64) & 1;
}

/* Counts a gram; whether the question has it. */
static bool count_gram(hdx_gramcount *c, uint64_t last, hdx_symbol fifth,
                       unsigned size)
{
    uint32_t found = find(c->grams, hdx_gram_key(last, fifth, size));
    if (found)
        hdx_tally_count(&c->tally, found - 1, 1);
    return found;
}

/* The symbol of a word, or the border before or behind it. */
static inline hdx_symbol symbol_at(const hdx_gramcount *c,
                                   const hdx_lexicon_word *word, int at)
{
    return at >= 0 && at < word->symbol_count
               ? c->lexicon->symbols[word->symbols + (uint32_t)at]
               : HDX_GRAM_BORDER;
}

/* Counts the grams over the border between two words of scripts with spaces,
   the first of which has two symbols or more. */
static void count_spaced(hdx_gramcount *c, const hdx_lexicon_word *a,
                         const hdx_lexicon_word *b)
{
    enum { BITS = 16 };
    int end = a->symbol_count;
    hdx_symbol before = symbol_at(c, a, end - 2);
    hdx_symbol last = symbol_at(c, a, end - 1), next = symbol_at(c, b, 1);
    uint64_t first = (uint64_t)before << 3 * BITS | (uint64_t)last << 2 * BITS |
                     (uint64_t)HDX_GRAM_BORDER << BITS | symbol_at(c, b, 0);
    if (b->dense == HDX_SPACED_SIGNS) {
        count_gram(c, first, 0, 3);
        return;
    }
    bool has_first = count_gram(c, first, 0, 4);
    if (has_first)
        count_gram(c, first, symbol_at(c, a, end - 3), 5);
    uint64_t second = first << BITS | next;
    if (!count_gram(c, second, 0, 4))
        return;
    if (has_first)
        count_gram(c, second, before, 5);
    if (b->symbol_count > 1)
        count_gram(c, second << BITS | symbol_at(c, b, 2), last, 5);
}

/* Counts the grams that end in the word at `at` and began before it. */
static void count_crossing(hdx_gramcount *c, uint32_t begin, uint32_t at)
{
    enum { LONGEST = 4 }; /* words that a gram can touch before this one */
    const uint32_t *texts = c->lexicon->texts;
    const hdx_lexicon_word *words = c->lexicon->words;
    const hdx_lexicon_word *a = &words[texts[at - 1] & HDX_TEXT_WORD];
    const hdx_lexicon_word *b = &words[texts[at] & HDX_TEXT_WORD];
    if (hdx_is_dense(b->dense)) {
        if (a->dense != b->dense || !(texts[at] & HDX_TEXT_JOINED))
            return;
    } else {
        if (c->mode != HDX_GRAMS_TEXT || hdx_is_dense(a->dense))
            return;
        if (a->symbol_count > 1) {
            count_spaced(c, a, b);
            return;
        }
    }
    hdx_gram_window window = hdx_gram_window_start(c->mode);
    uint32_t i = at - begin > LONGEST ? at - LONGEST : begin;
    for (; i < at; i++) {
        const hdx_lexicon_word *word = &words[texts[i] & HDX_TEXT_WORD];
        hdx_grams_pass(&window, symbols_of(c, word), word->symbol_count,
                       word->dense, texts[i] & HDX_TEXT_JOINED);
    }
    size_t made =
        hdx_grams_cross(&window, symbols_of(c, b), b->symbol_count, b->dense,
                        texts[at] & HDX_TEXT_JOINED, c->keys);
    for (size_t n = 0; n < made; n++) {
        uint32_t found = find(c->grams, c->keys[n]);
        if (found)
            hdx_tally_count(&c->tally, found - 1, 1);
    }
}

void hdx_gramcount_add(hdx_gramcount *count, uint32_t begin, uint32_t end)
{
    hdx_gramcount *c = count;
    bool sound = c->mode == HDX_GRAMS_READING;
    uint32_t length = 0;
    hdx_symbol last = 0;
    for (uint32_t i = begin; i < end; i++) {
        uint32_t id = c->lexicon->texts[i] & HDX_TEXT_WORD;
        const hdx_lexicon_edge *edge = &c->lexicon->edges[id];
        const uint16_t *list = list_of(c, id);
        length += hdx_grams_length(c->mode, edge->symbol_count, edge->dense);
        for (uint16_t n = 0; list && n < list[0]; n++)
            hdx_tally_count(&c->tally, list[n + 1], 1);
        hdx_symbol first = sound ? hdx_pinyin_of(edge->first) : edge->first;
        if (i > begin && has_border(c->grams, last, first))
            count_crossing(c, begin, i);
        last = sound ? hdx_pinyin_of(edge->last) : edge->last;
    }
    c->tally.length += length;
}
