/*
 * Writing, mapping and looking up the lexicon. One table says which parts the
 * file has, in order, and how long each is.
 */
#include "store/lexicon.h"

#include <stdlib.h>

#include "store/parts.h"

#define MAGIC "HDXLEX1\n"
enum { PARTS = 19 };

/* The parts behind the header; only the header's numbers are looked at. */
static void list_parts(hdx_lexicon *l, const hdx_lexicon_header *h,
                       hdx_part out[PARTS])
{
    const hdx_part parts[PARTS] = {
        HDX_PART(l->words, h->words),
        HDX_PART(l->edges, h->words),
        HDX_PART(l->terms, h->terms),
        HDX_PART(l->section_texts, (uint64_t)h->sections + 1),
        HDX_PART(l->article_texts, (uint64_t)h->articles + 1),
        HDX_PART(l->texts, h->texts),
        HDX_PART(l->exact, h->exact_slots),
        HDX_PART(l->loose, h->loose_slots),
        HDX_PART(l->buckets[HDX_BUCKETS_OF_NEAR].starts,
                 (uint64_t)h->buckets[HDX_BUCKETS_OF_NEAR].buckets + 1),
        HDX_PART(l->buckets[HDX_BUCKETS_OF_NEAR].items,
                 h->buckets[HDX_BUCKETS_OF_NEAR].items),
        HDX_PART(l->buckets[HDX_BUCKETS_OF_GRAMS].starts,
                 (uint64_t)h->buckets[HDX_BUCKETS_OF_GRAMS].buckets + 1),
        HDX_PART(l->buckets[HDX_BUCKETS_OF_GRAMS].items,
                 h->buckets[HDX_BUCKETS_OF_GRAMS].items),
        HDX_PART(l->beginnings, h->words),
        HDX_PART(l->endings, h->endings),
        HDX_PART(l->grams[HDX_GRAMS_OF_TEXT],
                 h->grams[HDX_GRAMS_OF_TEXT].capacity),
        HDX_PART(l->grams[HDX_GRAMS_OF_TITLES],
                 h->grams[HDX_GRAMS_OF_TITLES].capacity),
        HDX_PART(l->grams[HDX_GRAMS_OF_READINGS],
                 h->grams[HDX_GRAMS_OF_READINGS].capacity),
        HDX_PART(l->symbols, h->symbols),
        HDX_PART(l->bytes, h->bytes),
    };
    memcpy(out, parts, sizeof parts);
}

helpdex_status hdx_lexicon_write(const hdx_lexicon *lexicon, const char *path,
                                 helpdex_error *err)
{
    hdx_lexicon_header header = *lexicon->header;
    hdx_lexicon copy = *lexicon;
    hdx_part parts[PARTS];
    memcpy(header.magic, MAGIC, sizeof header.magic);
    header.byte_order = HDX_BYTE_ORDER;
    list_parts(&copy, &header, parts);
    return hdx_parts_write(path,
                           (hdx_str){(const char *)&header, sizeof header},
                           parts, PARTS, err);
}

static bool is_power_of_two(uint32_t n)
{
    return (n & (n - 1)) == 0;
}

static bool words_inside(const hdx_lexicon *l)
{
    const hdx_lexicon_header *h = l->header;
    for (uint32_t i = 0; i < h->words; i++) {
        const hdx_lexicon_word *w = &l->words[i];
        if ((uint64_t)w->exact + w->exact_size > h->bytes ||
            (uint64_t)w->symbols + w->symbol_count > h->symbols ||
            w->symbol_count > HDX_LEXICON_SYMBOLS ||
            w->stem_count > w->symbol_count || w->dense > HDX_LEXICON_DENSEST ||
            w->term >= h->terms || l->edges[i].dense != w->dense ||
            l->edges[i].symbol_count != w->symbol_count)
            return false;
    }
    for (uint32_t i = 0; i < h->terms; i++) {
        const hdx_lexicon_term *t = &l->terms[i];
        if ((uint64_t)t->text + t->size > h->bytes ||
            t->first_word >= h->words ||
            (i && t->first_word <= l->terms[i - 1].first_word))
            return false;
    }
    return true;
}

/* Offsets that rise from 0 to `end`. */
static bool offsets_inside(const uint32_t *offsets, uint32_t count,
                           uint32_t begin, uint32_t end)
{
    if (offsets[0] != begin || offsets[count] != end)
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (offsets[i] > offsets[i + 1])
            return false;
    return true;
}

/* Whether each text that is not empty begins with a mark. */
static bool segments_begin(const hdx_lexicon *l, const uint32_t *offsets,
                           uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (offsets[i] < offsets[i + 1] &&
            !(l->texts[offsets[i]] & HDX_TEXT_SEGMENT))
            return false;
    return true;
}

static bool texts_inside(const hdx_lexicon *l)
{
    const hdx_lexicon_header *h = l->header;
    for (uint32_t i = 0; i < h->texts; i++) {
        uint32_t at = l->texts[i];
        if (at & HDX_TEXT_SEGMENT ? (at & ~HDX_TEXT_SEGMENT) >= HDX_SEGMENTS
                                  : (at & HDX_TEXT_WORD) >= h->words)
            return false;
    }
    return offsets_inside(l->article_texts, h->articles, 0,
                          l->article_texts[h->articles]) &&
           offsets_inside(l->section_texts, h->sections,
                          l->article_texts[h->articles], h->texts) &&
           segments_begin(l, l->article_texts, h->articles) &&
           segments_begin(l, l->section_texts, h->sections);
}

/* Every slot names a word, and one is free, so that looking ends. */
static bool slots_inside(const uint32_t *slots, uint32_t count, uint32_t words)
{
    bool free_slot = count == 0;
    for (uint32_t i = 0; i < count; i++) {
        if (slots[i] > words)
            return false;
        free_slot = free_slot || slots[i] == 0;
    }
    return free_slot && is_power_of_two(count);
}

static bool buckets_inside(const hdx_lexicon_buckets *buckets,
                           const hdx_bucket_counts *counts, uint32_t words)
{
    for (uint32_t i = 0; i < counts->items; i++)
        if (buckets->items[i].word >= words)
            return false;
    return counts->buckets > 0 && is_power_of_two(counts->buckets) &&
           offsets_inside(buckets->starts, counts->buckets, 0, counts->items);
}

static bool tables_inside(const hdx_lexicon *l)
{
    const hdx_lexicon_header *h = l->header;
    for (int kind = 0; kind < HDX_BUCKET_KINDS; kind++)
        if (!buckets_inside(&l->buckets[kind], &h->buckets[kind], h->words))
            return false;
    for (uint32_t i = 0; i < h->words; i++)
        if (l->beginnings[i] >= h->words)
            return false;
    for (uint32_t i = 0; i < h->endings; i++)
        if (l->endings[i] >= h->words)
            return false;
    for (int kind = 0; kind < HDX_GRAM_KINDS; kind++) {
        uint32_t capacity = h->grams[kind].capacity, i = 0;
        while (i < capacity && l->grams[kind][i].texts)
            i++;
        if (!is_power_of_two(capacity) || (capacity && i == capacity))
            return false;
    }
    return slots_inside(l->exact, h->exact_slots, h->words) &&
           slots_inside(l->loose, h->loose_slots, h->words);
}

/* Sets the pointers into the mapping; false when the file cannot be one. */
static bool locate(hdx_lexicon *l)
{
    hdx_str bytes = l->file.bytes;
    hdx_part parts[PARTS];
    if (!hdx_parts_has_header(bytes, sizeof *l->header, MAGIC))
        return false;
    l->header = (const void *)bytes.ptr;
    list_parts(l, l->header, parts);
    return hdx_parts_locate(bytes, sizeof *l->header, parts, PARTS) &&
           words_inside(l) && texts_inside(l) && tables_inside(l);
}

helpdex_status hdx_lexicon_open(const char *path, hdx_lexicon *out,
                                helpdex_error *err)
{
    *out = (hdx_lexicon){0};
    helpdex_status status = hdx_file_map(path, &out->file, err);
    if (!status && !locate(out)) {
        status = hdx_fail_at(err, HELPDEX_DAMAGED, path, 0, 0,
                             "not a lexicon of this machine's byte order; "
                             "rebuild the index");
        hdx_lexicon_close(out);
    }
    return status;
}

void hdx_lexicon_close(hdx_lexicon *lexicon)
{
    hdx_file_unmap(&lexicon->file);
    *lexicon = (hdx_lexicon){0};
}

uint32_t hdx_lexicon_hash(const void *bytes, size_t size)
{
    const unsigned char *p = bytes;
    uint64_t hash = 0x9E3779B97F4A7C15u ^ size;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ p[i]) * 0x100000001B3u;
    return (uint32_t)(hash ^ hash >> 32);
}

uint32_t hdx_lexicon_find(const hdx_lexicon *lexicon, hdx_str exact)
{
    uint32_t mask = lexicon->header->exact_slots - 1;
    if (lexicon->header->exact_slots == 0)
        return HDX_NO_WORD;
    uint32_t at = hdx_lexicon_hash(exact.ptr, exact.len) & mask;
    for (uint32_t slot; (slot = lexicon->exact[at]); at = (at + 1) & mask)
        if (hdx_str_eq(hdx_lexicon_exact(lexicon, slot - 1), exact))
            return slot - 1;
    return HDX_NO_WORD;
}

uint32_t hdx_lexicon_find_loose(const hdx_lexicon *lexicon,
                                const uint16_t *symbols, size_t count,
                                uint32_t *at)
{
    uint32_t mask = lexicon->header->loose_slots - 1;
    if (lexicon->header->loose_slots == 0)
        return HDX_NO_WORD;
    uint32_t hash = hdx_lexicon_hash(symbols, count * sizeof *symbols);
    for (uint32_t slot; (slot = lexicon->loose[(hash + *at) & mask]);) {
        const hdx_lexicon_word *w = &lexicon->words[slot - 1];
        ++*at;
        if (w->loose == hash && w->symbol_count == count &&
            memcmp(lexicon->symbols + w->symbols, symbols,
                   count * sizeof *symbols) == 0)
            return slot - 1;
    }
    return HDX_NO_WORD;
}

uint32_t hdx_lexicon_find_term(const hdx_lexicon *lexicon, hdx_str term,
                               uint32_t *place)
{
    uint32_t low = 0, high = lexicon->header->terms;
    bool found = false;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const hdx_lexicon_term *t = &lexicon->terms[middle];
        int order =
            hdx_str_cmp((hdx_str){lexicon->bytes + t->text, t->size}, term);
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
        found = found || order == 0;
    }
    if (place)
        *place = low;
    return found ? low : HDX_NO_WORD;
}

size_t hdx_lexicon_near_hashes(const uint16_t *symbols, size_t count,
                               uint32_t hashes[HDX_NEAR_LONGEST + 1])
{
    uint16_t shorter[HDX_NEAR_LONGEST];
    if (count < HDX_NEAR_SHORTEST || count > HDX_NEAR_LONGEST)
        return 0;
    size_t made = 0;
    hashes[made++] = hdx_lexicon_hash(symbols, count * sizeof *symbols);
    memcpy(shorter, symbols + 1, (count - 1) * sizeof *symbols);
    for (size_t i = 0; i < count; i++) {
        hashes[made++] =
            hdx_lexicon_hash(shorter, (count - 1) * sizeof *symbols);
        if (i + 1 < count)
            shorter[i] = symbols[i];
    }
    return made;
}

int hdx_lexicon_beginning_cmp(const uint16_t *a, size_t a_count,
                              const uint16_t *b, size_t b_count)
{
    for (size_t i = 0; i < a_count && i < b_count; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return (a_count > b_count) - (a_count < b_count);
}

uint32_t hdx_lexicon_find_beginning(const hdx_lexicon *lexicon,
                                    const uint16_t *symbols, size_t count)
{
    uint32_t low = 0, high = lexicon->header->words;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const hdx_lexicon_word *w =
            &lexicon->words[lexicon->beginnings[middle]];
        if (hdx_lexicon_beginning_cmp(lexicon->symbols + w->symbols,
                                      w->symbol_count, symbols, count) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int hdx_lexicon_ending_cmp(const uint16_t *a, size_t a_count, const uint16_t *b,
                           size_t b_count)
{
    while (a_count && b_count) {
        uint16_t x = a[--a_count], y = b[--b_count];
        if (x != y)
            return x < y ? -1 : 1;
    }
    return (a_count > 0) - (b_count > 0);
}

uint32_t hdx_lexicon_find_ending(const hdx_lexicon *lexicon,
                                 const uint16_t *symbols, size_t count)
{
    uint32_t low = 0, high = lexicon->header->endings;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const hdx_lexicon_word *w = &lexicon->words[lexicon->endings[middle]];
        if (hdx_lexicon_ending_cmp(lexicon->symbols + w->symbols, w->stem_count,
                                   symbols, count) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t hdx_lexicon_gram_texts(const hdx_lexicon *lexicon, hdx_gram_kind kind,
                                uint64_t key)
{
    uint32_t capacity = lexicon->header->grams[kind].capacity;
    const hdx_gram_count *slots = lexicon->grams[kind];
    uint32_t at = (uint32_t)key & (capacity - 1), tag = (uint32_t)(key >> 32);
    for (; capacity && slots[at].texts; at = (at + 1) & (capacity - 1))
        if (slots[at].tag == tag)
            return slots[at].texts;
    return 1;
}
