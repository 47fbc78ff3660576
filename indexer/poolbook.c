/*
 * Making keys: a text is spelled, and has one key for each of its words, so
 * that what is typed is found wherever it begins one. Readings are spelled
 * beside it.
 */
#include "indexer/poolbook.h"

#include <stdlib.h>

#include "store/pool.h"
#include "text/spelling.h"

/* Of a longer text the first words are found. */
enum { WORDS_MOST = 32 };

/* Behind so many no text is begun: what is counted in 32 bits has room for one
   more article and the words. */
enum { SYMBOLS_MOST = INT32_MAX };

/*
 * Words that stand in one section alone are names and typing errors more often
 * than what anybody wants completed. With so many words of the others, half a
 * second is what sorting them takes at most.
 */
enum { TERM_SECTIONS = 2, TERMS_MOST = 50000, TERM_BYTES = 64 };

/* Where in a score what is known of an article stands. */
enum { SCORE_WEIGHT = 21, SCORE_BREVITY = 13, SCORE_PART = 255 };

typedef struct key {
    uint64_t order; /* its first symbols, to sort by */
    uint32_t at, text, score;
} key;

typedef struct key_list {
    key *items;
    size_t count, capacity;
} key_list;

/* What a shelf is made of; freed as a whole. */
typedef struct making {
    hdx_shelf_counts counts;
    hdx_pool_key *keys;
    uint32_t *scores, *best, *gap_starts;
    hdx_pool_head *heads;
    hdx_pool_gap *gaps;
} making;

struct hdx_poolbook {
    const hdx_pack *pack;
    hdx_spelling spelling;
    key_list keys[HDX_SHELVES];
    hdx_pool_text *texts;
    size_t text_count, text_capacity;
    uint16_t *symbols;
    size_t symbol_count, symbol_capacity;
    hdx_buf bytes;
    making makings[HDX_SHELVES];
    uint32_t articles; /* so far; the last is at work */
    uint32_t weight;   /* of it, 0 to SCORE_PART */
};

helpdex_status hdx_poolbook_new(const hdx_pack *pack, hdx_poolbook **out,
                                helpdex_error *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return hdx_fail_nomem(err);
    (*out)->pack = pack;
    return HELPDEX_OK;
}

void hdx_poolbook_free(hdx_poolbook *book)
{
    if (!book)
        return;
    for (int i = 0; i < HDX_SHELVES; i++) {
        making *m = &book->makings[i];
        free(m->keys);
        free(m->scores);
        free(m->best);
        free(m->heads);
        free(m->gap_starts);
        free(m->gaps);
        free(book->keys[i].items);
    }
    hdx_spelling_free(&book->spelling);
    free(book->texts);
    free(book->symbols);
    hdx_buf_free(&book->bytes);
    free(book);
}

void hdx_poolbook_article(hdx_poolbook *book, uint32_t weight)
{
    uint32_t magnitude = 1;
    for (uint32_t rest = weight; rest > 1; rest /= 2)
        magnitude++;
    book->articles++;
    book->weight = weight ? SCORE_PART / magnitude : 0;
}

/* Copies the symbols that were spelled, ended by a 0; false when memory is
   out. */
static bool put_symbols(hdx_poolbook *b)
{
    const hdx_spelling *s = &b->spelling;
    size_t count = b->symbol_count + s->count + 1;
    if (!hdx_grow(&b->symbols, &b->symbol_capacity, count, sizeof *b->symbols))
        return false;
    memcpy(b->symbols + b->symbol_count, s->symbols,
           s->count * sizeof *s->symbols);
    b->symbols[count - 1] = 0;
    b->symbol_count = count;
    return true;
}

static uint64_t order_of(const uint16_t *symbols)
{
    uint64_t order = 0;
    for (size_t i = 0; i < HDX_HEAD_SYMBOLS; i++) {
        order = order << 16 | *symbols;
        symbols += *symbols != 0;
    }
    return order;
}

static bool put_key(hdx_poolbook *b, hdx_shelf_kind shelf, size_t at,
                    uint32_t text, uint32_t score)
{
    key_list *to = &b->keys[shelf];
    if (!hdx_grow(&to->items, &to->capacity, to->count + 1, sizeof *to->items))
        return false;
    to->items[to->count++] =
        (key){order_of(b->symbols + at), (uint32_t)at, text, score};
    return true;
}

/* Adds keys for what was spelled: those of its beginning, where it may be
   shorn of stop words, and unless it is initials of every other word. */
static bool put_spelled(hdx_poolbook *b, hdx_shelf_kind shelf, hdx_spelled how,
                        uint32_t text, uint32_t score)
{
    const hdx_spelling *s = &b->spelling;
    size_t base = b->symbol_count;
    bool front = true, as_written = how == HDX_SPELLED_AS_WRITTEN;
    if (s->count == 0)
        return true;
    if (!put_symbols(b))
        return false;
    for (size_t i = 0; i < s->word_count && i < WORDS_MOST; i++) {
        hdx_pool_place place =
            as_written ? (front ? HDX_PLACE_BEGINNING : HDX_PLACE_WORD)
                       : (front ? HDX_PLACE_READING : HDX_PLACE_READING_WORD);
        if ((front || how != HDX_SPELLED_INITIALS) &&
            !put_key(b, shelf, base + s->words[i].at, text,
                     score | (uint32_t)place << HDX_SCORE_PLACE))
            return false;
        front = front && s->words[i].stop;
    }
    return true;
}

/* Whether a reading says more than what is written: initials of one syllable
   do not. */
static bool is_reading(const hdx_spelling *s, hdx_spelled how)
{
    return how == HDX_SPELLED_AS_WRITTEN ||
           s->read > (how == HDX_SPELLED_INITIALS);
}

static bool put_text(hdx_poolbook *b, const hdx_tokens *tokens, bool title)
{
    uint32_t number = (uint32_t)b->text_count - 1, score = 0;
    bool pinyin = b->pack->romanise == HDX_ROMANISE_PINYIN;
    for (hdx_spelled how = 0; how <= HDX_SPELLED_INITIALS; how++) {
        hdx_spelling *s = &b->spelling;
        if (!hdx_spell(s, how, pinyin, tokens, true))
            return false;
        if (how == HDX_SPELLED_AS_WRITTEN) {
            uint32_t length =
                s->count < SCORE_PART ? (uint32_t)s->count : SCORE_PART;
            score = (uint32_t)title << HDX_SCORE_TITLE |
                    b->weight << SCORE_WEIGHT |
                    (SCORE_PART - length) << SCORE_BREVITY;
        }
        if (is_reading(s, how) &&
            !put_spelled(b, HDX_SHELF_TEXTS, how, number, score))
            return false;
    }
    return true;
}

helpdex_status hdx_poolbook_add(hdx_poolbook *book, hdx_segment segment,
                                hdx_str text, const hdx_tokens *tokens,
                                helpdex_error *err)
{
    bool title = segment == HDX_SEGMENT_TITLE;
    hdx_pool_text record = {.article = book->articles - 1,
                            .offset = (uint32_t)book->bytes.len};
    if (tokens->words == 0)
        return HELPDEX_OK;
    if (book->symbol_count > SYMBOLS_MOST || book->bytes.len > SYMBOLS_MOST)
        return hdx_fail(err, HELPDEX_BAD_INPUT,
                        "more than two billion letters of titles and questions "
                        "in one locale; split the knowledge base");
    if (!title) {
        record.size = (uint32_t)text.len;
        hdx_buf_add(&book->bytes, text);
    }
    if (book->bytes.failed || !hdx_grow(&book->texts, &book->text_capacity,
                                        book->text_count + 1, sizeof record))
        return hdx_fail_nomem(err);
    book->texts[book->text_count++] = record;
    return put_text(book, tokens, title) ? HELPDEX_OK : hdx_fail_nomem(err);
}

/* Whether a word is worth completing, however common. */
static bool is_term(const hdx_poolbook *b, const hdx_lexicon *l, uint32_t word)
{
    const hdx_lexicon_word *w = &l->words[word];
    bool digits = true;
    for (size_t i = 0; i < w->symbol_count && digits; i++) {
        uint16_t symbol = l->symbols[w->symbols + i];
        digits = symbol < 'A';
    }
    return w->symbol_count > 1 && !digits && w->exact_size <= TERM_BYTES &&
           !hdx_map_find(&b->pack->stopwords, hdx_lexicon_exact(l, word));
}

/* How many sections a word must stand in to be among the commonest. */
static uint32_t least_sections(const hdx_lexicon *l)
{
    enum { COUNTED = 4096 };
    uint32_t counts[COUNTED] = {0}, least = COUNTED, words = 0;
    for (uint32_t i = 0; i < l->header->words; i++) {
        uint32_t sections = l->words[i].sections;
        counts[sections < COUNTED ? sections : COUNTED - 1]++;
    }
    while (least > TERM_SECTIONS && words + counts[least - 1] <= TERMS_MOST)
        words += counts[--least];
    return least;
}

static bool put_terms(hdx_poolbook *b, const hdx_lexicon *l)
{
    uint32_t least = least_sections(l);
    bool pinyin = b->pack->romanise == HDX_ROMANISE_PINYIN;
    for (uint32_t i = 0; i < l->header->words; i++) {
        const hdx_lexicon_word *w = &l->words[i];
        if (w->sections < least || !is_term(b, l, i))
            continue;
        for (hdx_spelled how = 0; how <= HDX_SPELLED_INITIALS; how++) {
            if (!hdx_spell_word(&b->spelling, how, pinyin,
                                l->symbols + w->symbols, w->symbol_count,
                                (hdx_density)w->dense) ||
                (is_reading(&b->spelling, how) &&
                 !put_spelled(b, HDX_SHELF_TERMS, how, i, w->sections)))
                return false;
        }
    }
    return true;
}

/* qsort() gives no context; a key of the array at work knows its symbols. */
typedef struct sorted {
    uint64_t order;
    const uint16_t *rest; /* behind those of `order`; up to a 0 */
    uint32_t at, text, score;
} sorted;

static int by_symbols(const sorted *x, const sorted *y)
{
    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    const uint16_t *a = x->rest, *b = y->rest;
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return (*a > *b) - (*a < *b);
}

/* Of the same symbols the best comes first, then the text that came first. */
static int by_key(const void *a, const void *b)
{
    const sorted *x = a, *y = b;
    int order = by_symbols(x, y);
    if (order)
        return order;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->text > y->text) - (x->text < y->text);
}

/* Sorts the keys of a shelf. Words that are spelled alike, which are the same
   word written in several ways, stand for each other. */
static bool sort_keys(hdx_poolbook *b, hdx_shelf_kind shelf)
{
    making *m = &b->makings[shelf];
    key_list *from = &b->keys[shelf];
    sorted *all = calloc(from->count + 1, sizeof *all);
    m->keys = calloc(from->count + 1, sizeof *m->keys);
    m->scores = calloc(from->count + 1, sizeof *m->scores);
    bool made = all && m->keys && m->scores;
    for (size_t i = 0; made && i < from->count; i++) {
        const key *k = &from->items[i];
        const uint16_t *rest = b->symbols + k->at;
        for (size_t n = 0; n < HDX_HEAD_SYMBOLS && *rest; n++)
            rest++;
        all[i] = (sorted){k->order, rest, k->at, k->text, k->score};
    }
    if (made)
        qsort(all, from->count, sizeof *all, by_key);
    for (size_t i = 0; made && i < from->count; i++) {
        if (shelf == HDX_SHELF_TERMS && i &&
            by_symbols(&all[i], &all[i - 1]) == 0 &&
            hdx_score_place(all[i].score) == HDX_PLACE_BEGINNING)
            continue;
        m->scores[m->counts.keys] = all[i].score;
        m->keys[m->counts.keys++] = (hdx_pool_key){all[i].at, all[i].text};
    }
    free(all);
    return made;
}

static bool is_head(const uint16_t *symbols)
{
    for (size_t i = 0; i < HDX_HEAD_SYMBOLS; i++)
        if (symbols[i] == 0 || symbols[i] >= HDX_SPELLED_SIGNS)
            return false;
    return true;
}

static bool find_heads(const hdx_poolbook *b, making *m)
{
    uint32_t keys = m->counts.keys, end;
    m->heads = calloc(keys + 1u, sizeof *m->heads);
    for (uint32_t i = 0; m->heads && i < keys; i = end) {
        const uint16_t *symbols = b->symbols + m->keys[i].at;
        for (end = i + 1;
             end < keys &&
             order_of(b->symbols + m->keys[end].at) == order_of(symbols);)
            end++;
        if (is_head(symbols))
            m->heads[m->counts.heads++] = (hdx_pool_head){i, end};
    }
    return m->heads != NULL;
}

static uint32_t gap_hash(const hdx_poolbook *b, const making *m, uint32_t head,
                         size_t gap)
{
    const uint16_t *symbols = b->symbols + m->keys[m->heads[head].first].at;
    uint16_t left[HDX_HEAD_SYMBOLS - 1];
    for (size_t i = 0; i + 1 < HDX_HEAD_SYMBOLS; i++)
        left[i] = symbols[i < gap ? i : i + 1];
    return hdx_pool_gap_hash(left, gap);
}

/* Sorts what is left of all heads into buckets, by counting. */
static bool find_gaps(const hdx_poolbook *b, making *m)
{
    uint32_t buckets = 1, heads = m->counts.heads;
    while (buckets < HDX_HEAD_SYMBOLS * (uint64_t)heads)
        buckets *= 2;
    m->counts.gap_buckets = buckets;
    m->counts.gaps = HDX_HEAD_SYMBOLS * heads;
    /* One more than is written: counts stand two behind their bucket, so that
       placing leaves each bucket's start at its own place. */
    m->gap_starts = calloc((size_t)buckets + 2, sizeof *m->gap_starts);
    m->gaps = calloc(m->counts.gaps + 1u, sizeof *m->gaps);
    if (!m->gap_starts || !m->gaps)
        return false;
    for (uint32_t i = 0; i < m->counts.gaps; i++)
        m->gap_starts[(gap_hash(b, m, i / HDX_HEAD_SYMBOLS,
                                i % HDX_HEAD_SYMBOLS) &
                       (buckets - 1)) +
                      2]++;
    for (uint32_t i = 2; i <= buckets; i++)
        m->gap_starts[i] += m->gap_starts[i - 1];
    for (uint32_t i = 0; i < m->counts.gaps; i++) {
        uint32_t hash =
            gap_hash(b, m, i / HDX_HEAD_SYMBOLS, i % HDX_HEAD_SYMBOLS);
        m->gaps[m->gap_starts[(hash & (buckets - 1)) + 1]++] =
            (hdx_pool_gap){hash, i / HDX_HEAD_SYMBOLS};
    }
    return true;
}

static bool make_shelf(hdx_poolbook *b, hdx_shelf_kind shelf)
{
    making *m = &b->makings[shelf];
    if (!sort_keys(b, shelf) || !find_heads(b, m) || !find_gaps(b, m))
        return false;
    m->best = calloc(hdx_shelf_best_count(m->counts.keys) + 1, sizeof *m->best);
    if (!m->best)
        return false;
    hdx_shelf_fill_best(m->scores, m->counts.keys, m->best);
    return true;
}

/* The zeros behind the last text. */
static bool pad_symbols(hdx_poolbook *b)
{
    size_t count = b->symbol_count + HDX_POOL_DEEPEST;
    if (!hdx_grow(&b->symbols, &b->symbol_capacity, count, sizeof *b->symbols))
        return false;
    memset(b->symbols + b->symbol_count, 0,
           HDX_POOL_DEEPEST * sizeof *b->symbols);
    b->symbol_count = count;
    return true;
}

static helpdex_status write_pool(hdx_poolbook *b, const hdx_lexicon *lexicon,
                                 const char *path, helpdex_error *err)
{
    hdx_pool_header header = {.texts = (uint32_t)b->text_count,
                              .symbols = (uint32_t)b->symbol_count,
                              .bytes = (uint32_t)b->bytes.len,
                              .articles = b->articles,
                              .words = lexicon->header->words};
    hdx_pool pool = {.header = &header,
                     .texts = b->texts,
                     .symbols = b->symbols,
                     .bytes = b->bytes.ptr};
    for (int i = 0; i < HDX_SHELVES; i++) {
        const making *m = &b->makings[i];
        header.shelves[i] = m->counts;
        pool.shelves[i] = (hdx_shelf){.keys = m->keys,
                                      .scores = m->scores,
                                      .best = m->best,
                                      .heads = m->heads,
                                      .gap_starts = m->gap_starts,
                                      .gaps = m->gaps};
    }
    return hdx_pool_write(&pool, path, err);
}

helpdex_status hdx_poolbook_finish(hdx_poolbook *book,
                                   const hdx_lexicon *lexicon, const char *path,
                                   helpdex_error *err)
{
    bool made = put_terms(book, lexicon) && pad_symbols(book) &&
                make_shelf(book, HDX_SHELF_TEXTS) &&
                make_shelf(book, HDX_SHELF_TERMS);
    return made ? write_pool(book, lexicon, path, err) : hdx_fail_nomem(err);
}
