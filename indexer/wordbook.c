/*
 * Collecting words and texts. While articles come, words are numbered in the
 * order of appearance; at the end they are sorted by their terms, and every
 * text is rewritten with the new numbers.
 */
#include "indexer/wordbook.h"

#include <stdlib.h>

#include "indexer/counting.h"
#include "text/grams.h"

_Static_assert((int)HDX_LEXICON_SYMBOLS == (int)HDX_WORD_BYTES &&
                   (int)HDX_LEXICON_DENSEST == (int)HDX_DENSE_LETTERS,
               "what the lexicon checks is what the analyser makes");

/* A sentence shorter than this, in bytes, goes on into the next. */
enum { SENTENCE_BYTES = 25 };

typedef struct entry {
    hdx_str exact, loose, stem, term;
    uint64_t order; /* the first bytes of the term, to sort by */
    hdx_density dense;
} entry;

typedef struct numbers {
    uint32_t *items;
    size_t count, capacity;
} numbers;

struct hdx_wordbook {
    hdx_arena arena;
    hdx_map numbers; /* exact form -> number */
    entry *entries;
    size_t capacity;
    numbers texts[2];   /* of articles, of sections */
    numbers starts[2];  /* where each begins */
    numbers article_of; /* each section */
    int at;             /* which is being filled */
};

enum { ARTICLES, SECTIONS };

helpdex_status hdx_wordbook_new(hdx_wordbook **out, helpdex_error *err)
{
    *out = calloc(1, sizeof **out);
    return *out ? HELPDEX_OK : hdx_fail_nomem(err);
}

void hdx_wordbook_free(hdx_wordbook *book)
{
    if (!book)
        return;
    for (int i = 0; i < 2; i++) {
        free(book->texts[i].items);
        free(book->starts[i].items);
    }
    free(book->article_of.items);
    hdx_map_free(&book->numbers);
    hdx_arena_free(&book->arena);
    free(book->entries);
    free(book);
}

static bool push(numbers *to, uint32_t number)
{
    if (!hdx_grow(&to->items, &to->capacity, to->count + 1, sizeof number))
        return false;
    to->items[to->count++] = number;
    return true;
}

static helpdex_status start(hdx_wordbook *b, int what, helpdex_error *err)
{
    b->at = what;
    if (b->texts[what].count > INT32_MAX)
        return hdx_fail(err, HELPDEX_BAD_INPUT,
                        "more than two billion words in one locale; split the "
                        "knowledge base");
    return push(&b->starts[what], (uint32_t)b->texts[what].count)
               ? HELPDEX_OK
               : hdx_fail_nomem(err);
}

helpdex_status hdx_wordbook_article(hdx_wordbook *book, helpdex_error *err)
{
    return start(book, ARTICLES, err);
}

helpdex_status hdx_wordbook_section(hdx_wordbook *book, helpdex_error *err)
{
    if (!push(&book->article_of, (uint32_t)book->starts[ARTICLES].count - 1))
        return hdx_fail_nomem(err);
    return start(book, SECTIONS, err);
}

static uint64_t order_of(hdx_str term)
{
    uint64_t order = 0;
    for (size_t i = 0; i < sizeof order; i++)
        order = order << 8 | (i < term.len ? (unsigned char)term.ptr[i] : 0);
    return order;
}

/* The number of a word, new or known; false when memory is out. */
static bool number_of(hdx_wordbook *b, hdx_word *word, uint32_t *number)
{
    bool added;
    if (word->number) {
        *number = word->number - 1;
        return true;
    }
    hdx_map_entry *at = hdx_map_add(&b->numbers, word->exact, &added);
    if (!at)
        return false;
    if (added) {
        size_t count = b->numbers.count;
        entry made = {.exact = hdx_arena_copy(&b->arena, word->exact),
                      .loose = hdx_arena_copy(&b->arena, word->loose),
                      .stem = hdx_arena_copy(&b->arena, word->stem),
                      .term = hdx_arena_copy(&b->arena, word->term),
                      .order = order_of(word->term),
                      .dense = word->dense};
        if (!made.exact.ptr || !made.loose.ptr || !made.stem.ptr ||
            !made.term.ptr ||
            !hdx_grow(&b->entries, &b->capacity, count, sizeof made)) {
            hdx_map_clear(&b->numbers); /* it holds a borrowed key */
            return false;
        }
        b->entries[count - 1] = made;
        at->key = made.exact;
        at->value = count - 1;
    }
    *number = (uint32_t)at->value;
    word->number = *number + 1;
    return true;
}

/* Whether a sentence ends between two words: at the end of a line, at a full
   stop before a space, or at one of a script without spaces. */
static bool ends_sentence(hdx_str gap)
{
    static const uint32_t stops[] = {0x3002, 0xFF01, 0xFF1F, 0x0964,
                                     0x0965, 0x061F, 0x06D4, 0x17D4,
                                     0x104B, 0x2026, '\n'};
    bool stop = false;
    for (size_t at = 0; at < gap.len;) {
        uint32_t c = hdx_utf8_next(gap, &at);
        if (c == ' ' && stop)
            return true;
        stop = c == '.' || c == '!' || c == '?' || (stop && c != ' ');
        for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
            if (c == stops[i])
                return true;
    }
    return false;
}

helpdex_status hdx_wordbook_add(hdx_wordbook *book, hdx_segment segment,
                                hdx_str text, const hdx_tokens *tokens,
                                helpdex_error *err)
{
    numbers *to = &book->texts[book->at];
    uint32_t mark = HDX_TEXT_SEGMENT | (uint32_t)segment, number;
    size_t begin = 0, end = 0; /* of the sentence, of the word before */
    hdx_density dense = HDX_SPACED;
    for (size_t i = 0; i < tokens->words; i++) {
        const hdx_token *token = &tokens->items[i];
        bool joined = i && hdx_is_dense(dense) && token->word->dense == dense &&
                      token->begin == end;
        bool cut =
            i == 0 ||
            (segment == HDX_SEGMENT_SENTENCE && end - begin >= SENTENCE_BYTES &&
             ends_sentence((hdx_str){text.ptr + end, token->begin - end}));
        if (!number_of(book, token->word, &number) ||
            (cut && !push(to, mark)) ||
            !push(to, number | (joined ? HDX_TEXT_JOINED : 0)))
            return hdx_fail_nomem(err);
        begin = cut ? token->begin : begin;
        end = token->end;
        dense = token->word->dense;
    }
    return HELPDEX_OK;
}

/* What finishing makes; freed as a whole. */
typedef struct making {
    hdx_wordbook *book;
    const entry **sorted;
    uint32_t *renumbered; /* by the number of appearance */
    hdx_lexicon_header header;
    hdx_lexicon_word *words;
    hdx_lexicon_edge *edges;
    hdx_lexicon_term *terms;
    uint32_t *texts, *section_texts, *article_texts;
    uint32_t *exact, *loose, *beginnings, *endings;
    uint32_t *starts[HDX_BUCKET_KINDS];
    hdx_lexicon_hashed *items[HDX_BUCKET_KINDS];
    hdx_buf bytes;
    uint16_t *symbols;
    size_t symbol_capacity;
    hdx_counting *counting;
    helpdex_error *err;
} making;

static int by_term(const void *a, const void *b)
{
    const entry *x = *(const entry *const *)a, *y = *(const entry *const *)b;
    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    int order = hdx_str_cmp(x->term, y->term);
    return order ? order : hdx_str_cmp(x->exact, y->exact);
}

static bool sort_words(making *m)
{
    hdx_wordbook *b = m->book;
    size_t count = b->numbers.count;
    m->sorted = calloc(count + 1, sizeof(const entry *));
    m->renumbered = calloc(count + 1, sizeof *m->renumbered);
    if (!m->sorted || !m->renumbered)
        return false;
    for (size_t i = 0; i < count; i++)
        m->sorted[i] = &b->entries[i];
    qsort(m->sorted, count, sizeof(const entry *), by_term);
    for (size_t i = 0; i < count; i++)
        m->renumbered[m->sorted[i] - b->entries] = (uint32_t)i;
    m->header.words = (uint32_t)count;
    return true;
}

/* How many of a word's symbols its stem begins with. */
static uint16_t stem_symbols(const uint16_t *symbols, size_t count,
                             hdx_str stem)
{
    size_t alike = 0;
    for (size_t at = 0; at < stem.len && alike < count; alike++)
        if (hdx_symbol_of(hdx_utf8_next(stem, &at)) != symbols[alike])
            break;
    return (uint16_t)alike;
}

/* Adds the symbols of a loose form; false when memory is out. */
static bool add_symbols(making *m, hdx_str loose, hdx_str stem,
                        hdx_lexicon_word *word)
{
    word->symbols = m->header.symbols;
    for (size_t at = 0; at < loose.len;) {
        if (!hdx_grow(&m->symbols, &m->symbol_capacity, m->header.symbols + 1u,
                      sizeof *m->symbols))
            return false;
        m->symbols[m->header.symbols++] =
            hdx_symbol_of(hdx_utf8_next(loose, &at));
        word->symbol_count++;
    }
    word->stem_count =
        stem_symbols(m->symbols + word->symbols, word->symbol_count, stem);
    word->loose = hdx_lexicon_hash(m->symbols + word->symbols,
                                   word->symbol_count * sizeof *m->symbols);
    return true;
}

static hdx_lexicon_edge edge_of(const making *m, const hdx_lexicon_word *word)
{
    const uint16_t *symbols = m->symbols + word->symbols;
    uint16_t count = word->symbol_count;
    return (hdx_lexicon_edge){.first = count ? symbols[0] : 0,
                              .last = count ? symbols[count - 1] : 0,
                              .dense = (uint8_t)word->dense,
                              .symbol_count = (uint8_t)count};
}

static bool make_words(making *m)
{
    size_t count = m->header.words;
    m->words = calloc(count + 1, sizeof *m->words);
    m->edges = calloc(count + 1, sizeof *m->edges);
    m->terms = calloc(count + 1, sizeof *m->terms);
    if (!m->words || !m->edges || !m->terms)
        return false;
    for (size_t i = 0; i < count; i++) {
        const entry *from = m->sorted[i];
        hdx_lexicon_word *word = &m->words[i];
        if (i == 0 || !hdx_str_eq(from->term, m->sorted[i - 1]->term)) {
            m->terms[m->header.terms++] =
                (hdx_lexicon_term){.text = (uint32_t)m->bytes.len,
                                   .size = (uint32_t)from->term.len,
                                   .first_word = (uint32_t)i};
            hdx_buf_add(&m->bytes, from->term);
        }
        word->exact = (uint32_t)m->bytes.len;
        word->exact_size = (uint16_t)from->exact.len;
        word->term = m->header.terms - 1;
        word->stem = hdx_lexicon_hash(from->stem.ptr, from->stem.len);
        word->dense = (uint16_t)from->dense;
        hdx_buf_add(&m->bytes, from->exact);
        if (!add_symbols(m, from->loose, from->stem, word))
            return false;
        m->edges[i] = edge_of(m, word);
    }
    m->header.bytes = (uint32_t)m->bytes.len;
    return !m->bytes.failed;
}

/* The starts of the texts in the array of all, and its end. */
static uint32_t *make_starts(const numbers *starts, uint32_t base, size_t end)
{
    uint32_t *out = calloc(starts->count + 1, sizeof *out);
    for (size_t i = 0; out && i < starts->count; i++)
        out[i] = base + starts->items[i];
    if (out)
        out[starts->count] = base + (uint32_t)end;
    return out;
}

static bool make_texts(making *m)
{
    hdx_wordbook *b = m->book;
    size_t first = b->texts[ARTICLES].count, count = 0;
    m->texts = calloc(first + b->texts[SECTIONS].count + 1, sizeof *m->texts);
    m->article_texts = make_starts(&b->starts[ARTICLES], 0, first);
    m->section_texts = make_starts(&b->starts[SECTIONS], (uint32_t)first,
                                   b->texts[SECTIONS].count);
    if (!m->texts || !m->article_texts || !m->section_texts)
        return false;
    for (int what = ARTICLES; what <= SECTIONS; what++)
        for (size_t i = 0; i < b->texts[what].count; i++) {
            uint32_t at = b->texts[what].items[i];
            m->texts[count++] = at & HDX_TEXT_SEGMENT
                                    ? at
                                    : (at & HDX_TEXT_JOINED) |
                                          m->renumbered[at & HDX_TEXT_WORD];
        }
    m->header.texts = (uint32_t)count;
    m->header.articles = (uint32_t)b->starts[ARTICLES].count;
    m->header.sections = (uint32_t)b->starts[SECTIONS].count;
    return true;
}

/* Slots for `count` entries, at most half of them taken. */
static uint32_t slots_for(uint32_t count)
{
    uint32_t slots = 2;
    while (slots < 2 * (uint64_t)count && slots < UINT32_MAX / 2 + 1)
        slots *= 2;
    return slots;
}

static void take_slot(uint32_t *slots, uint32_t count, uint32_t hash,
                      uint32_t word)
{
    uint32_t at = hash & (count - 1);
    while (slots[at])
        at = (at + 1) & (count - 1);
    slots[at] = word + 1;
}

static bool make_slots(making *m)
{
    uint32_t count = slots_for(m->header.words);
    m->header.exact_slots = m->header.loose_slots = count;
    m->exact = calloc(count, sizeof *m->exact);
    m->loose = calloc(count, sizeof *m->loose);
    if (!m->exact || !m->loose)
        return false;
    for (uint32_t i = 0; i < m->header.words; i++) {
        hdx_str exact = m->sorted[i]->exact;
        take_slot(m->exact, count, hdx_lexicon_hash(exact.ptr, exact.len), i);
        take_slot(m->loose, count, m->words[i].loose, i);
    }
    return true;
}

enum { MOST_HASHES = HDX_LEXICON_SYMBOLS + 2 };

/* What a word is looked up by: near words not where a letter is a syllable or
   more. */
static size_t hashes_of(const making *m, hdx_bucket_kind kind, uint32_t number,
                        uint32_t hashes[MOST_HASHES])
{
    const hdx_lexicon_word *word = &m->words[number];
    const uint16_t *symbols = m->symbols + word->symbols;
    uint64_t keys[MOST_HASHES];
    size_t count;
    if (kind == HDX_BUCKETS_OF_NEAR)
        return word->dense != HDX_SPACED
                   ? 0
                   : hdx_lexicon_near_hashes(symbols, word->symbol_count,
                                             hashes);
    count = hdx_grams_least(symbols, word->symbol_count,
                            (hdx_density)word->dense, keys);
    for (size_t i = 0; i < count; i++)
        hashes[i] = (uint32_t)(keys[i] >> 32);
    return count;
}

/* Sorts all words into the buckets of their hashes, by counting. */
static bool make_buckets(making *m, hdx_bucket_kind kind)
{
    uint32_t hashes[MOST_HASHES];
    hdx_bucket_counts *counts = &m->header.buckets[kind];
    uint32_t mask = (counts->buckets = slots_for(m->header.words)) - 1;
    /* One more than is written: counts stand two behind their bucket, so that
       placing leaves each bucket's start at its own place. */
    uint32_t *starts = calloc((size_t)counts->buckets + 2, sizeof *starts);
    if (!(m->starts[kind] = starts))
        return false;
    for (uint32_t i = 0; i < m->header.words; i++)
        for (size_t n = hashes_of(m, kind, i, hashes); n-- > 0;)
            starts[(hashes[n] & mask) + 2]++;
    for (uint32_t i = 0; i <= counts->buckets; i++)
        starts[i + 1] += starts[i];
    counts->items = starts[counts->buckets + 1];
    hdx_lexicon_hashed *items =
        calloc((size_t)counts->items + 1, sizeof *items);
    if (!(m->items[kind] = items))
        return false;
    for (uint32_t i = 0; i < m->header.words; i++)
        for (size_t n = hashes_of(m, kind, i, hashes); n-- > 0;)
            items[starts[(hashes[n] & mask) + 1]++] =
                (hdx_lexicon_hashed){hashes[n], i};
    return true;
}

/* By loose form, then by number. */
static int by_beginning(const void *a, const void *b, void *context)
{
    const making *m = context;
    uint32_t i = *(const uint32_t *)a, n = *(const uint32_t *)b;
    const hdx_lexicon_word *x = &m->words[i], *y = &m->words[n];
    int order =
        hdx_lexicon_beginning_cmp(m->symbols + x->symbols, x->symbol_count,
                                  m->symbols + y->symbols, y->symbol_count);
    return order ? order : (i > n) - (i < n);
}

static bool make_beginnings(making *m)
{
    m->beginnings = calloc(m->header.words + 1u, sizeof *m->beginnings);
    if (!m->beginnings)
        return false;
    for (uint32_t i = 0; i < m->header.words; i++)
        m->beginnings[i] = i;
    qsort_r(m->beginnings, m->header.words, sizeof *m->beginnings, by_beginning,
            m);
    return true;
}

/* By ending, then by number. */
static int by_ending(const void *a, const void *b, void *context)
{
    const making *m = context;
    uint32_t i = *(const uint32_t *)a, n = *(const uint32_t *)b;
    const hdx_lexicon_word *x = &m->words[i], *y = &m->words[n];
    int order = hdx_lexicon_ending_cmp(m->symbols + x->symbols, x->stem_count,
                                       m->symbols + y->symbols, y->stem_count);
    return order ? order : (i > n) - (i < n);
}

/* Puts the words of scripts with spaces in order of their endings. */
static bool make_endings(making *m)
{
    m->endings = calloc(m->header.words + 1u, sizeof *m->endings);
    if (!m->endings)
        return false;
    for (uint32_t i = 0; i < m->header.words; i++)
        if (!hdx_is_dense((hdx_density)m->words[i].dense))
            m->endings[m->header.endings++] = i;
    qsort_r(m->endings, m->header.endings, sizeof *m->endings, by_ending, m);
    return true;
}

static helpdex_status write_lexicon(making *m, bool pinyin, const char *path)
{
    hdx_lexicon lexicon = {.header = &m->header,
                           .words = m->words,
                           .edges = m->edges,
                           .terms = m->terms,
                           .section_texts = m->section_texts,
                           .article_texts = m->article_texts,
                           .texts = m->texts,
                           .exact = m->exact,
                           .loose = m->loose,
                           .beginnings = m->beginnings,
                           .endings = m->endings,
                           .symbols = m->symbols,
                           .bytes = m->bytes.ptr};
    hdx_counts counts = {.article_of = m->book->article_of.items,
                         .header = &m->header,
                         .words = m->words,
                         .terms = m->terms};
    helpdex_status status =
        hdx_counting_run(&lexicon, pinyin, &counts, &m->counting, m->err);
    for (int i = 0; i < HDX_BUCKET_KINDS; i++)
        lexicon.buckets[i] = (hdx_lexicon_buckets){m->starts[i], m->items[i]};
    for (int i = 0; i < HDX_GRAM_KINDS && !status; i++)
        lexicon.grams[i] = hdx_counting_grams(m->counting, i);
    return status ? status : hdx_lexicon_write(&lexicon, path, m->err);
}

static void free_making(making *m)
{
    free(m->sorted);
    free(m->renumbered);
    free(m->words);
    free(m->edges);
    free(m->terms);
    free(m->texts);
    free(m->section_texts);
    free(m->article_texts);
    free(m->exact);
    free(m->loose);
    for (int i = 0; i < HDX_BUCKET_KINDS; i++) {
        free(m->starts[i]);
        free(m->items[i]);
    }
    free(m->beginnings);
    free(m->endings);
    free(m->symbols);
    hdx_buf_free(&m->bytes);
    hdx_counting_free(m->counting);
}

helpdex_status hdx_wordbook_finish(hdx_wordbook *book, const hdx_pack *pack,
                                   const char *path, helpdex_error *err)
{
    making m = {.book = book, .err = err};
    bool made = sort_words(&m) && make_words(&m) && make_texts(&m) &&
                make_slots(&m) && make_buckets(&m, HDX_BUCKETS_OF_NEAR) &&
                make_buckets(&m, HDX_BUCKETS_OF_GRAMS) && make_beginnings(&m) &&
                (!pack->compounds || make_endings(&m));
    helpdex_status status =
        made ? write_lexicon(&m, pack->romanise == HDX_ROMANISE_PINYIN, path)
             : hdx_fail_nomem(err);
    free_making(&m);
    return status;
}
