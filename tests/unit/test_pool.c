/* store/pool.h, of indexer/poolbook.h */
#include "store/pool.h"

#include <stdio.h>

#include "indexer/poolbook.h"
#include "indexer/wordbook.h"
#include "tests/unit/support.h"
#include "text/spelling.h"

/* An article begins with a title. */
typedef struct piece {
    hdx_segment segment;
    uint32_t weight;
    const char *text;
} piece;

static const piece german[] = {
    {HDX_SEGMENT_TITLE, 0, "Konto sperren"},
    {HDX_SEGMENT_QUESTION, 0, "Wie sperre ich mein Konto"},
    {HDX_SEGMENT_TITLE, 1, "Mein Konto schließen"},
    {HDX_SEGMENT_TITLE, 9, "Gebühren und Konten"},
    {HDX_SEGMENT_QUESTION, 0, "Kosten Überweisungen etwas? Gebuehren"},
    {0}};

static hdx_catalog *catalog;
static hdx_poolbook *book;
static hdx_wordbook *words;
static hdx_analyser *analyser;

static void add_piece(const piece *from)
{
    hdx_tokens tokens = {0};
    hdx_str text = hdx_str_of(from->text);
    if (from->segment == HDX_SEGMENT_TITLE) {
        hdx_poolbook_article(book, from->weight);
        ck_assert_int_eq(hdx_wordbook_article(words, NULL), 0);
    }
    ck_assert_int_eq(hdx_analyse(analyser, text, &tokens, NULL), 0);
    ck_assert_int_eq(hdx_poolbook_add(book, from->segment, text, &tokens, NULL),
                     0);
    for (int section = 0; section < 2; section++) {
        ck_assert_int_eq(hdx_wordbook_section(words, NULL), 0);
        ck_assert_int_eq(
            hdx_wordbook_add(words, HDX_SEGMENT_SENTENCE, text, &tokens, NULL),
            0);
    }
    hdx_tokens_free(&tokens);
}

/* The file of a pool of these pieces; each stands in two sections, too. */
static const char *written(const char *tag, const piece *pieces)
{
    hdx_locale locale;
    const hdx_pack *pack;
    hdx_lexicon lexicon;
    const char *dir = temp_dir(), *path = join(dir, "pool");
    ck_assert(hdx_locale_parse(hdx_str_of(tag), &locale));
    ck_assert_int_eq(hdx_catalog_open(NULL, &catalog, NULL), 0);
    ck_assert_int_eq(hdx_catalog_pack(catalog, &locale, &pack, NULL), 0);
    ck_assert_int_eq(hdx_analyser_open(pack, &analyser, NULL), 0);
    ck_assert_int_eq(hdx_wordbook_new(&words, NULL), 0);
    ck_assert_int_eq(hdx_poolbook_new(pack, &book, NULL), 0);
    for (; pieces->text; pieces++)
        add_piece(pieces);
    ck_assert_int_eq(
        hdx_wordbook_finish(words, pack, join(dir, "lexicon"), NULL), 0);
    ck_assert_int_eq(hdx_lexicon_open(join(dir, "lexicon"), &lexicon, NULL), 0);
    ck_assert_int_eq(hdx_poolbook_finish(book, &lexicon, path, NULL), 0);
    hdx_lexicon_close(&lexicon);
    hdx_poolbook_free(book);
    hdx_wordbook_free(words);
    hdx_analyser_free(analyser);
    hdx_catalog_free(catalog);
    return path;
}

static hdx_pool open_it(const char *path)
{
    hdx_pool pool;
    helpdex_error err = {0};
    ck_assert_msg(!hdx_pool_open(path, &pool, &err), "%s", err.message);
    return pool;
}

static size_t symbols_of(const char *text, uint16_t *out)
{
    hdx_str view = hdx_str_of(text);
    size_t count = 0;
    for (size_t at = 0; at < view.len;)
        out[count++] = hdx_symbol_of(hdx_utf8_next(view, &at));
    return count;
}

static hdx_key_range find(const hdx_shelf *shelf, const char *typed)
{
    uint16_t symbols[HDX_POOL_DEEPEST];
    size_t count = symbols_of(typed, symbols);
    return hdx_shelf_narrow(shelf, hdx_shelf_all(shelf), 0, symbols, count);
}

static uint32_t found(const hdx_shelf *shelf, const char *typed)
{
    hdx_key_range range = find(shelf, typed);
    return range.end - range.begin;
}

START_TEST(a_text_has_a_key_for_each_of_its_words)
{
    hdx_pool p = open_it(written("de", german));
    const hdx_shelf *texts = &p.shelves[HDX_SHELF_TEXTS];
    ck_assert_uint_eq(p.header->texts, 5);
    ck_assert_uint_eq(texts->counts->keys, 2 + 5 + 3 + 3 + 4);
    ck_assert_uint_eq(found(texts, "konto"), 3);
    ck_assert_uint_eq(found(texts, "kont"), 4);
    ck_assert_uint_eq(found(texts, "konto s"), 2);
    ck_assert_uint_eq(found(texts, "konto "), 3);
    ck_assert_uint_eq(found(texts, "gebuhren"), 2);
    ck_assert_uint_eq(found(texts, "onto"), 0);
    hdx_pool_close(&p);
}
END_TEST

START_TEST(keys_are_in_order)
{
    hdx_pool p = open_it(written("de", german));
    const hdx_shelf *s = &p.shelves[HDX_SHELF_TEXTS];
    for (uint32_t i = 1; i < s->counts->keys; i++) {
        const uint16_t *a = p.symbols + s->keys[i - 1].at;
        const uint16_t *b = p.symbols + s->keys[i].at;
        while (*a && *a == *b)
            a++, b++;
        ck_assert_uint_le(*a, *b);
    }
    hdx_pool_close(&p);
}
END_TEST

START_TEST(stop_words_in_front_are_no_part_of_a_beginning)
{
    hdx_pool p = open_it(written("de", german));
    const hdx_shelf *s = &p.shelves[HDX_SHELF_TEXTS];
    uint32_t key = find(s, "konto schliessen").begin;
    ck_assert_int_eq(hdx_score_place(s->scores[key]), HDX_PLACE_BEGINNING);
    key = find(s, "konten").begin;
    ck_assert_int_eq(hdx_score_place(s->scores[key]), HDX_PLACE_WORD);
    hdx_pool_close(&p);
}
END_TEST

START_TEST(a_title_of_more_weight_is_best)
{
    hdx_pool p = open_it(written("de", german));
    const hdx_shelf *s = &p.shelves[HDX_SHELF_TEXTS];
    uint32_t best = hdx_shelf_best(s, find(s, "konto"));
    ck_assert_uint_eq(p.texts[s->keys[best].text].article, 1);
    best = hdx_shelf_best(s, find(s, "gebuhren"));
    ck_assert_uint_eq(p.texts[s->keys[best].text].size, 0);
    hdx_pool_close(&p);
}
END_TEST

START_TEST(questions_are_kept_as_they_are_written)
{
    hdx_pool p = open_it(written("de", german));
    const hdx_shelf *s = &p.shelves[HDX_SHELF_TEXTS];
    const hdx_pool_text *text = &p.texts[s->keys[find(s, "kosten").begin].text];
    ck_assert_uint_eq(text->article, 2);
    ck_assert_str_is(((hdx_str){p.bytes + text->offset, text->size}),
                     "Kosten Überweisungen etwas? Gebuehren");
    hdx_pool_close(&p);
}
END_TEST

START_TEST(words_of_several_sections_are_terms_but_no_stop_words)
{
    hdx_pool p = open_it(written("de", german));
    const hdx_shelf *terms = &p.shelves[HDX_SHELF_TERMS];
    ck_assert_uint_eq(found(terms, "konto "), 1);
    ck_assert_uint_eq(found(terms, "und"), 0);
    ck_assert_uint_eq(found(terms, "mein"), 0);
    hdx_pool_close(&p);
}
END_TEST

START_TEST(words_spelled_alike_are_one_term)
{
    hdx_pool p = open_it(written("de", german));
    ck_assert_uint_eq(found(&p.shelves[HDX_SHELF_TERMS], "gebuhren"), 1);
    hdx_pool_close(&p);
}
END_TEST

START_TEST(chinese_has_keys_in_pinyin_and_of_its_initials)
{
    const piece chinese[] = {{HDX_SEGMENT_TITLE, 0, "充值没有到账"}, {0}};
    hdx_pool p = open_it(written("zh-Hans", chinese));
    const hdx_shelf *s = &p.shelves[HDX_SHELF_TEXTS];
    uint32_t key = find(s, "chongzhim").begin;
    ck_assert_int_eq(hdx_score_place(s->scores[key]), HDX_PLACE_READING);
    key = find(s, "daozh").begin;
    ck_assert_int_eq(hdx_score_place(s->scores[key]), HDX_PLACE_READING_WORD);
    ck_assert_uint_eq(found(s, "czmydz"), 1);
    ck_assert_uint_eq(found(s, "mydz"), 0);
    hdx_pool_close(&p);
}
END_TEST

START_TEST(a_range_parts_into_those_that_go_on_alike)
{
    hdx_pool p = open_it(written("de", german));
    const hdx_shelf *s = &p.shelves[HDX_SHELF_TEXTS];
    hdx_key_range all = find(s, "kont"), child = hdx_shelf_child(s, all, 4);
    ck_assert_uint_eq(hdx_shelf_symbol(s, child.begin, 4), 'e');
    ck_assert_uint_eq(child.end - child.begin, 1);
    child = hdx_shelf_child(s, (hdx_key_range){child.end, all.end}, 4);
    ck_assert_uint_eq(hdx_shelf_symbol(s, child.begin, 4), 'o');
    ck_assert_uint_eq(child.end, all.end);
    hdx_pool_close(&p);
}
END_TEST

START_TEST(a_head_is_found_by_what_is_left_of_it)
{
    hdx_pool p = open_it(written("de", german));
    const hdx_shelf *s = &p.shelves[HDX_SHELF_TEXTS];
    const uint16_t left[] = {'k', 'n', 't'};
    uint32_t at = 0;
    hdx_key_range range, kont = find(s, "kont");
    ck_assert(hdx_shelf_next_head(s, left, 1, &at, &range));
    ck_assert_uint_eq(range.begin, kont.begin);
    ck_assert_uint_eq(range.end, kont.end);
    ck_assert(!hdx_shelf_next_head(s, left, 1, &at, &range));
    at = 0;
    ck_assert(!hdx_shelf_next_head(s, left, 2, &at, &range));
    hdx_pool_close(&p);
}
END_TEST

/* The first of the best, one by one. */
static uint32_t scanned(const uint32_t *scores, uint32_t begin, uint32_t end)
{
    uint32_t best = begin;
    for (uint32_t i = begin; i < end; i++)
        best = scores[i] > scores[best] ? i : best;
    return best;
}

START_TEST(the_best_of_any_range_is_what_a_scan_finds)
{
    enum { KEYS = 1000 };
    uint32_t scores[KEYS], best[KEYS], state = 7, wrong = 0;
    ck_assert_uint_le(hdx_shelf_best_count(KEYS), KEYS);
    for (uint32_t i = 0; i < KEYS; i++)
        scores[i] = (state = state * 1664525 + 1013904223) >> 25;
    hdx_shelf_fill_best(scores, KEYS, best);
    hdx_shelf_counts counts = {.keys = KEYS};
    hdx_shelf s = {.counts = &counts, .scores = scores, .best = best};
    for (uint32_t begin = 0; begin < KEYS; begin += 13)
        for (uint32_t end = begin + 1; end <= KEYS; end++)
            wrong += hdx_shelf_best(&s, (hdx_key_range){begin, end}) !=
                     scanned(scores, begin, end);
    ck_assert_uint_eq(wrong, 0);
}
END_TEST

START_TEST(a_pool_without_texts_finds_none)
{
    const piece none[] = {{0}};
    hdx_pool p = open_it(written("de", none));
    ck_assert_uint_eq(found(&p.shelves[HDX_SHELF_TEXTS], "a"), 0);
    ck_assert_uint_eq(found(&p.shelves[HDX_SHELF_TERMS], "a"), 0);
    ck_assert_uint_eq(hdx_shelf_best_count(0), 0);
    hdx_pool_close(&p);
}
END_TEST

START_TEST(the_same_texts_give_the_same_bytes)
{
    size_t a_size, b_size;
    char *a = read_text(written("de", german), &a_size);
    char *b = read_text(written("de", german), &b_size);
    ck_assert_uint_eq(a_size, b_size);
    ck_assert_mem_eq(a, b, a_size);
    free(a);
    free(b);
}
END_TEST

/* Looks at all that a search could, so that a sanitizer sees what is outside. */
static uint64_t read_shelf(const hdx_pool *p, const hdx_shelf *s)
{
    const uint16_t left[] = {'k', 'n', 't'};
    hdx_key_range all = hdx_shelf_all(s), range = find(s, "konto s");
    uint64_t sum = range.end;
    uint32_t at = 0;
    for (uint32_t i = 0; i < all.end; i++) {
        sum += hdx_shelf_symbol(s, i, HDX_POOL_DEEPEST - 1);
        sum += hdx_shelf_child(s, (hdx_key_range){i, all.end}, 0).end;
        uint32_t best = hdx_shelf_best(s, (hdx_key_range){i, all.end});
        if (best < i || best >= all.end)
            ck_abort_msg("%u is not among %u to %u", best, i, all.end);
        if (s == &p->shelves[HDX_SHELF_TEXTS] && p->texts[s->keys[i].text].size)
            sum += (unsigned char)p->bytes[p->texts[s->keys[i].text].offset];
    }
    while (hdx_shelf_next_head(s, left, 1, &at, &range))
        sum += range.end;
    return sum;
}

static bool refused(const char *path)
{
    hdx_pool p;
    helpdex_error err = {0};
    helpdex_status status = hdx_pool_open(path, &p, &err);
    if (status) {
        ck_assert_int_eq(status, HELPDEX_DAMAGED);
        ck_assert_ptr_null(p.header);
        ck_assert_str_eq(err.file, path);
        ck_assert_ptr_nonnull(strstr(err.message, "rebuild the index"));
        return true;
    }
    for (int i = 0; i < HDX_SHELVES; i++)
        ck_assert_uint_gt(read_shelf(&p, &p.shelves[i]) + 1, 0);
    hdx_pool_close(&p);
    return false;
}

START_TEST(every_truncation_is_refused)
{
    const char *path = written("de", german);
    size_t size;
    char *bytes = read_text(path, &size);
    for (size_t cut = 1; cut < size; cut += cut < 256 ? 1 : 7) {
        write_file(path, (hdx_str){bytes, cut});
        ck_assert_msg(refused(path), "%zu of %zu bytes pass", cut, size);
    }
    write_file(path, (hdx_str){bytes, size + 1}); /* with read_text's NUL */
    ck_assert(refused(path));
    free(bytes);
}
END_TEST

START_TEST(no_flipped_bit_leads_outside)
{
    const char *path = written("de", german);
    size_t size, refusals = 0;
    char *bytes = read_text(path, &size);
    for (size_t at = 0; at < size; at += at < 1024 ? 1 : 5) {
        char kept = bytes[at];
        bytes[at] = (char)(kept ^ 1 << at % 8);
        write_file(path, (hdx_str){bytes, size});
        refusals += refused(path);
        bytes[at] = kept;
    }
    ck_assert_uint_gt(refusals, size / 8);
    free(bytes);
}
END_TEST

static void wrong_number(const char *path, const void *part, const hdx_pool *p,
                         uint32_t number)
{
    size_t size, at = (size_t)((const char *)part - p->file.bytes.ptr);
    char *bytes = read_text(path, &size);
    memcpy(bytes + at, &number, sizeof number);
    const char *other = join(temp_dir(), "pool");
    write_file(other, (hdx_str){bytes, size});
    ck_assert_msg(refused(other), "%u at %zu", number, at);
    free(bytes);
}

START_TEST(numbers_that_lead_outside_are_refused)
{
    const char *path = written("de", german);
    hdx_pool p = open_it(path);
    const hdx_pool_header *h = p.header;
    const hdx_shelf *s = &p.shelves[HDX_SHELF_TEXTS];
    wrong_number(path, &s->keys[1].at, &p, h->symbols - 1);
    wrong_number(path, &s->keys[1].text, &p, h->texts);
    wrong_number(path, &p.shelves[HDX_SHELF_TERMS].keys[0].text, &p, h->words);
    wrong_number(path, &p.texts[1].article, &p, h->articles);
    wrong_number(path, &p.texts[1].size, &p, h->bytes + 1);
    wrong_number(path, &s->best[0], &p, s->counts->keys);
    wrong_number(path, &s->heads[0].end, &p, s->counts->keys + 1);
    wrong_number(path, &s->gaps[0].head, &p, s->counts->heads);
    wrong_number(path, &s->gap_starts[1], &p, s->counts->gaps + 1);
    wrong_number(path, &h->shelves[0].gap_buckets, &p, 0);
    wrong_number(path, &h->symbols, &p, 0);
    wrong_number(path, &h->byte_order, &p, 0x04030201);
    hdx_pool_close(&p);
}
END_TEST

START_TEST(a_missing_file_is_not_found)
{
    hdx_pool p;
    helpdex_error err;
    ck_assert_int_eq(hdx_pool_open(join(temp_dir(), "none"), &p, &err),
                     HELPDEX_NOT_FOUND);
    ck_assert_ptr_null(p.header);
    hdx_poolbook_free(NULL);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_text_has_a_key_for_each_of_its_words,
        keys_are_in_order,
        stop_words_in_front_are_no_part_of_a_beginning,
        a_title_of_more_weight_is_best,
        questions_are_kept_as_they_are_written,
        words_of_several_sections_are_terms_but_no_stop_words,
        words_spelled_alike_are_one_term,
        chinese_has_keys_in_pinyin_and_of_its_initials,
        a_range_parts_into_those_that_go_on_alike,
        a_head_is_found_by_what_is_left_of_it,
        the_best_of_any_range_is_what_a_scan_finds,
        a_pool_without_texts_finds_none,
        the_same_texts_give_the_same_bytes,
        every_truncation_is_refused,
        no_flipped_bit_leads_outside,
        numbers_that_lead_outside_are_refused,
        a_missing_file_is_not_found,
        NULL};
    return run_suite("pool", tests);
}
