/*
 * Counting words and grams. A section is its article's text and its own; what
 * occurs in it more than once counts once for the section.
 */
#include "indexer/counting.h"

#include <stdlib.h>

#include "text/grams.h"
#include "text/letters.h"

/*
 * Grams of so many sections are counted. With 512, 1,024, 2,048 and all of the
 * 2,303 of facqa, Success@1 is the same to a thousandth.
 */
enum { SAMPLE = 2048, FIRST_SLOTS = 1 << 12 };

typedef struct gram {
    uint64_t key; /* 0: the slot is free */
    uint32_t texts;
    uint32_t last; /* 1 + the text that counted it last */
} gram;

/* All grams of one kind. */
typedef struct grams {
    gram *slots;
    size_t capacity, count;
    uint32_t texts;
    double length; /* of all texts together, as weighted */
} grams;

struct hdx_counting {
    const hdx_lexicon *lexicon;
    const hdx_counts *to;
    grams grams[HDX_GRAM_KINDS];
    hdx_gram_count *done[HDX_GRAM_KINDS];
    uint32_t *seen_word, *seen_term; /* 1 + the section that saw it last */
    double title_words;              /* of all titles and questions */
    uint64_t *keys;                  /* of one word */
    hdx_symbol *readings;            /* of one word */
    size_t key_capacity, reading_capacity;
};

static bool grow(grams *g)
{
    size_t capacity = g->capacity ? 2 * g->capacity : FIRST_SLOTS;
    gram *slots = calloc(capacity, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < g->capacity; i++) {
        size_t at = g->slots[i].key & (capacity - 1);
        while (g->slots[i].key && slots[at].key)
            at = (at + 1) & (capacity - 1);
        if (g->slots[i].key)
            slots[at] = g->slots[i];
    }
    free(g->slots);
    g->slots = slots;
    g->capacity = capacity;
    return true;
}

/* Counts a gram of the text at work, once. */
static bool count_gram(grams *g, uint64_t key)
{
    if (2 * g->count >= g->capacity && !grow(g))
        return false;
    size_t at = key & (g->capacity - 1);
    while (g->slots[at].key && g->slots[at].key != key)
        at = (at + 1) & (g->capacity - 1);
    gram *found = &g->slots[at];
    if (!found->key) {
        found->key = key;
        g->count++;
    }
    if (found->last != g->texts + 1) {
        found->last = g->texts + 1;
        found->texts++;
    }
    return true;
}

/* The symbols of a word as the window wants them. */
static const hdx_symbol *symbols_of(hdx_counting *c, hdx_gram_mode mode,
                                    const hdx_lexicon_word *word)
{
    const hdx_symbol *symbols = c->lexicon->symbols + word->symbols;
    if (mode != HDX_GRAMS_READING)
        return symbols;
    if (!hdx_grow(&c->readings, &c->reading_capacity, word->symbol_count + 1u,
                  sizeof *c->readings))
        return NULL;
    for (uint32_t i = 0; i < word->symbol_count; i++)
        c->readings[i] = hdx_pinyin_of(symbols[i]);
    return c->readings;
}

/* Counts the grams of the texts [begin, end) as a part of the text at work. */
static bool count_grams(hdx_counting *c, grams *g, hdx_gram_mode mode,
                        uint32_t begin, uint32_t end)
{
    const hdx_lexicon *l = c->lexicon;
    hdx_gram_window window = hdx_gram_window_start(mode);
    double weight = 1;
    for (uint32_t i = begin; i < end; i++) {
        uint32_t at = l->texts[i];
        if (at & HDX_TEXT_SEGMENT) {
            window = hdx_gram_window_start(mode);
            weight =
                mode == HDX_GRAMS_TITLE
                    ? 1
                    : hdx_segment_weight((hdx_segment)(at & ~HDX_TEXT_SEGMENT));
            continue;
        }
        const hdx_lexicon_word *word = &l->words[at & HDX_TEXT_WORD];
        const hdx_symbol *symbols = symbols_of(c, mode, word);
        if (!symbols ||
            !hdx_grow(&c->keys, &c->key_capacity,
                      hdx_grams_room(word->symbol_count), sizeof *c->keys))
            return false;
        size_t count =
            hdx_grams_add(&window, symbols, word->symbol_count, word->dense,
                          at & HDX_TEXT_JOINED, c->keys);
        g->length +=
            weight * hdx_grams_length(mode, word->symbol_count, word->dense);
        for (size_t n = 0; n < count; n++)
            if (!count_gram(g, c->keys[n]))
                return false;
    }
    return true;
}

/* Counts the grams of one section, its article's included. */
static bool count_section_grams(hdx_counting *c, uint32_t section, bool pinyin)
{
    const hdx_lexicon *l = c->lexicon;
    uint32_t article = c->to->article_of[section];
    for (int reading = 0; reading <= pinyin; reading++) {
        grams *g =
            &c->grams[reading ? HDX_GRAMS_OF_READINGS : HDX_GRAMS_OF_TEXT];
        hdx_gram_mode mode = reading ? HDX_GRAMS_READING : HDX_GRAMS_TEXT;
        if (!count_grams(c, g, mode, l->article_texts[article],
                         l->article_texts[article + 1]) ||
            !count_grams(c, g, mode, l->section_texts[section],
                         l->section_texts[section + 1]))
            return false;
        g->texts++;
    }
    return true;
}

/* Counts each word and term of a text once for `stamp`. Adds to its length. */
static double count_words(hdx_counting *c, uint32_t begin, uint32_t end,
                          uint32_t stamp)
{
    const hdx_lexicon *l = c->lexicon;
    double length = 0;
    double weight = 1;
    for (uint32_t i = begin; i < end; i++) {
        uint32_t at = l->texts[i], word = at & HDX_TEXT_WORD;
        if (at & HDX_TEXT_SEGMENT) {
            weight = hdx_segment_weight((hdx_segment)(at & ~HDX_TEXT_SEGMENT));
            continue;
        }
        uint32_t term = l->words[word].term;
        length += weight;
        if (c->seen_word[word] != stamp) {
            c->seen_word[word] = stamp;
            c->to->words[word].sections++;
        }
        if (c->seen_term[term] != stamp) {
            c->seen_term[term] = stamp;
            c->to->terms[term].sections++;
        }
    }
    return length;
}

static void count_sections(hdx_counting *c)
{
    const hdx_lexicon *l = c->lexicon;
    hdx_lexicon_header *h = c->to->header;
    double length = 0;
    for (uint32_t i = 0; i < h->sections; i++) {
        uint32_t article = c->to->article_of[i];
        length += count_words(c, l->article_texts[article],
                              l->article_texts[article + 1], i + 1);
        length +=
            count_words(c, l->section_texts[i], l->section_texts[i + 1], i + 1);
    }
    h->means.section_words = (float)(length / (h->sections ? h->sections : 1));
}

/* Counts one title or question, the texts [begin, end). */
static bool count_title(hdx_counting *c, uint32_t begin, uint32_t end)
{
    const hdx_lexicon *l = c->lexicon;
    hdx_lexicon_header *h = c->to->header;
    uint32_t stamp = h->sections + 1 + ++h->titles;
    for (uint32_t i = begin; i < end; i++) {
        uint32_t term = l->words[l->texts[i] & HDX_TEXT_WORD].term;
        if (c->seen_term[term] == stamp)
            continue;
        c->seen_term[term] = stamp;
        c->to->terms[term].titles++;
    }
    c->title_words += end - begin;
    grams *g = &c->grams[HDX_GRAMS_OF_TITLES];
    bool counted = count_grams(c, g, HDX_GRAMS_TITLE, begin, end);
    g->texts++;
    return counted;
}

static bool count_titles(hdx_counting *c)
{
    const hdx_lexicon *l = c->lexicon;
    hdx_lexicon_header *h = c->to->header;
    for (uint32_t i = 0, end; i < l->article_texts[h->articles]; i = end) {
        uint32_t segment = l->texts[i] & ~HDX_TEXT_SEGMENT;
        for (end = i + 1; end < l->article_texts[h->articles] &&
                          !(l->texts[end] & HDX_TEXT_SEGMENT);)
            end++;
        if ((segment == HDX_SEGMENT_TITLE || segment == HDX_SEGMENT_QUESTION) &&
            !count_title(c, i + 1, end))
            return false;
    }
    if (h->titles)
        h->means.title_words = (float)(c->title_words / h->titles);
    return true;
}

/* How many sentences a section has. */
static double sentences_of(const hdx_lexicon *l, uint32_t section)
{
    double count = 0;
    for (uint32_t i = l->section_texts[section];
         i < l->section_texts[section + 1]; i++)
        count += l->texts[i] == (HDX_TEXT_SEGMENT | HDX_SEGMENT_SENTENCE);
    return count;
}

static bool count_sample(hdx_counting *c, bool pinyin)
{
    hdx_lexicon_header *h = c->to->header;
    uint32_t step = h->sections / SAMPLE + 1;
    double sentences = 0;
    for (uint32_t i = 0; i < h->sections; i += step) {
        if (!count_section_grams(c, i, pinyin))
            return false;
        sentences += sentences_of(c->lexicon, i);
    }
    const grams *text = &c->grams[HDX_GRAMS_OF_TEXT];
    const grams *titles = &c->grams[HDX_GRAMS_OF_TITLES];
    const grams *readings = &c->grams[HDX_GRAMS_OF_READINGS];
    h->means.section_grams = (float)(text->length / (text->texts + 1e-9));
    h->means.section_readings =
        (float)(readings->length / (readings->texts + 1e-9));
    h->means.title_grams = (float)(titles->length / (titles->texts + 1e-9));
    h->means.sentence_grams = (float)(text->length / (sentences + 1));
    return true;
}

/* The counts above 1 as they are written. */
static bool pack_grams(hdx_counting *c, int kind)
{
    const grams *from = &c->grams[kind];
    hdx_gram_counts *header = &c->to->header->grams[kind];
    uint32_t count = 0, capacity = 2;
    for (size_t i = 0; i < from->capacity; i++)
        count += from->slots[i].texts > 1;
    while (capacity < 2 * (uint64_t)count)
        capacity *= 2;
    hdx_gram_count *slots = c->done[kind] = calloc(capacity, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < from->capacity; i++) {
        const gram *g = &from->slots[i];
        uint32_t at = (uint32_t)g->key & (capacity - 1);
        if (g->texts < 2)
            continue;
        while (slots[at].texts)
            at = (at + 1) & (capacity - 1);
        slots[at] = (hdx_gram_count){(uint32_t)(g->key >> 32), g->texts};
    }
    *header = (hdx_gram_counts){capacity, from->texts};
    return true;
}

helpdex_status hdx_counting_run(const hdx_lexicon *lexicon, bool pinyin,
                                const hdx_counts *to, hdx_counting **out,
                                helpdex_error *err)
{
    hdx_counting *c = calloc(1, sizeof *c);
    *out = c;
    if (!c)
        return hdx_fail_nomem(err);
    c->lexicon = lexicon;
    c->to = to;
    c->seen_word = calloc(to->header->words + 1u, sizeof *c->seen_word);
    c->seen_term = calloc(to->header->terms + 1u, sizeof *c->seen_term);
    if (!c->seen_word || !c->seen_term)
        return hdx_fail_nomem(err);
    count_sections(c);
    bool counted = count_titles(c) && count_sample(c, pinyin);
    for (int i = 0; i < HDX_GRAM_KINDS && counted; i++)
        counted = pack_grams(c, i);
    return counted ? HELPDEX_OK : hdx_fail_nomem(err);
}

const hdx_gram_count *hdx_counting_grams(const hdx_counting *counting,
                                         hdx_gram_kind kind)
{
    return counting->done[kind];
}

void hdx_counting_free(hdx_counting *counting)
{
    if (!counting)
        return;
    for (int i = 0; i < HDX_GRAM_KINDS; i++) {
        free(counting->grams[i].slots);
        free(counting->done[i]);
    }
    free(counting->seen_word);
    free(counting->seen_term);
    free(counting->keys);
    free(counting->readings);
    free(counting);
}
