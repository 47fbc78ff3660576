/* store/lexicon.h, of indexer/wordbook.h */
#include "store/lexicon.h"

#include <stdio.h>

#include "indexer/wordbook.h"
#include "tests/unit/support.h"

/* A piece of an article: a title begins one, a heading a section of it. */
typedef struct piece {
    hdx_segment segment;
    const char *text;
} piece;

static const piece german[] = {
    {HDX_SEGMENT_TITLE, "Konto sperren"},
    {HDX_SEGMENT_QUESTION, "Wie sperre ich mein Konto"},
    {HDX_SEGMENT_HEADING, "Handy weg"},
    {HDX_SEGMENT_SENTENCE, "Gebühren fallen keine an"},
    {HDX_SEGMENT_HEADING, "Entsperren"},
    {HDX_SEGMENT_SENTENCE, "Die Gebuehren, die gebühren"},
    {HDX_SEGMENT_TITLE, "Gebühr"},
    {HDX_SEGMENT_HEADING, "Auszahlung"},
    {HDX_SEGMENT_SENTENCE, "Netzwerkgebühr je Auszahlung. Konto! Sie zahlen "
                           "zwei Euro. Mehr nicht, wenn Sie warten."},
    {0}};

static hdx_catalog *catalog;

/* Cuts a text with the pack of a locale, and adds it. */
static void add_piece(hdx_wordbook *book, hdx_analyser *analyser,
                      const piece *from)
{
    hdx_tokens tokens = {0};
    hdx_str text = hdx_str_of(from->text);
    if (from->segment == HDX_SEGMENT_TITLE)
        ck_assert_int_eq(hdx_wordbook_article(book, NULL), 0);
    if (from->segment == HDX_SEGMENT_HEADING)
        ck_assert_int_eq(hdx_wordbook_section(book, NULL), 0);
    ck_assert_int_eq(hdx_analyse(analyser, text, &tokens, NULL), 0);
    ck_assert_int_eq(hdx_wordbook_add(book, from->segment, text, &tokens, NULL),
                     0);
    hdx_tokens_free(&tokens);
}

/* The file of a lexicon of these pieces, ended by one without a text. */
static const char *written(const char *tag, const piece *pieces)
{
    hdx_wordbook *book;
    hdx_analyser *analyser;
    hdx_locale locale;
    const hdx_pack *pack;
    const char *path = join(temp_dir(), "lexicon");
    ck_assert(hdx_locale_parse(hdx_str_of(tag), &locale));
    ck_assert_int_eq(hdx_catalog_open(NULL, &catalog, NULL), 0);
    ck_assert_int_eq(hdx_catalog_pack(catalog, &locale, &pack, NULL), 0);
    ck_assert_int_eq(hdx_analyser_open(pack, &analyser, NULL), 0);
    ck_assert_int_eq(hdx_wordbook_new(&book, NULL), 0);
    for (; pieces->text; pieces++)
        add_piece(book, analyser, pieces);
    ck_assert_int_eq(hdx_wordbook_finish(book, pack, path, NULL), 0);
    hdx_wordbook_free(book);
    hdx_analyser_free(analyser);
    hdx_catalog_free(catalog);
    return path;
}

static hdx_lexicon open_it(const char *path)
{
    hdx_lexicon lexicon;
    helpdex_error err = {0};
    ck_assert_msg(!hdx_lexicon_open(path, &lexicon, &err), "%s", err.message);
    return lexicon;
}

static hdx_lexicon lexicon_of(const char *tag, const piece *pieces)
{
    return open_it(written(tag, pieces));
}

static size_t symbols_of(const char *word, uint16_t out[HDX_WORD_BYTES])
{
    hdx_str text = hdx_str_of(word);
    size_t count = 0;
    for (size_t at = 0; at < text.len;)
        out[count++] = hdx_symbol_of(hdx_utf8_next(text, &at));
    return count;
}

static uint32_t word_of(const hdx_lexicon *l, const char *exact)
{
    uint32_t id = hdx_lexicon_find(l, hdx_str_of(exact));
    ck_assert_msg(id < l->header->words, "%s", exact);
    return id;
}

/* How many words have a loose form. */
static size_t loose_words(const hdx_lexicon *l, const char *loose)
{
    uint16_t symbols[HDX_WORD_BYTES];
    size_t count = symbols_of(loose, symbols), found = 0;
    for (uint32_t at = 0;
         hdx_lexicon_find_loose(l, symbols, count, &at) != HDX_NO_WORD;)
        found++;
    return found;
}

/* The texts [begin, end): a digit for a segment, a word, '+' where joined. */
static const char *told(const hdx_lexicon *l, uint32_t begin, uint32_t end)
{
    static char out[1024];
    size_t len = 0;
    out[0] = '\0';
    for (uint32_t i = begin; i < end; i++) {
        uint32_t at = l->texts[i];
        if (at & HDX_TEXT_SEGMENT) {
            len += (size_t)snprintf(out + len, sizeof out - len,
                                    "%s%u:", len ? " " : "",
                                    at & ~HDX_TEXT_SEGMENT);
            continue;
        }
        hdx_str word = hdx_lexicon_exact(l, at & HDX_TEXT_WORD);
        len +=
            (size_t)snprintf(out + len, sizeof out - len, "%c%.*s",
                             at & HDX_TEXT_JOINED ? '+' : ' ', HDX_FMT(word));
    }
    return out;
}

static const char *section_told(const hdx_lexicon *l, uint32_t section)
{
    return told(l, l->section_texts[section], l->section_texts[section + 1]);
}

static const char *article_told(const hdx_lexicon *l, uint32_t article)
{
    return told(l, l->article_texts[article], l->article_texts[article + 1]);
}

START_TEST(a_word_is_found_by_its_exact_form)
{
    hdx_lexicon l = lexicon_of("de", german);
    for (uint32_t id = 0; id < l.header->words; id++)
        ck_assert_uint_eq(hdx_lexicon_find(&l, hdx_lexicon_exact(&l, id)), id);
    const char *const others[] = {"",       "kont",   "Konto",
                                  "kontos", "gebuhr", "口座"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert_uint_eq(hdx_lexicon_find(&l, hdx_str_of(others[i])),
                          HDX_NO_WORD);
    hdx_lexicon_close(&l);
}
END_TEST

START_TEST(words_are_found_by_their_loose_form)
{
    hdx_lexicon l = lexicon_of("de", german);
    ck_assert_uint_eq(loose_words(&l, "gebuhren"), 2);
    ck_assert_uint_eq(loose_words(&l, "gebuhr"), 1);
    ck_assert_uint_eq(loose_words(&l, "konto"), 1);
    ck_assert_uint_eq(loose_words(&l, "gebühren"), 0);
    ck_assert_uint_eq(loose_words(&l, "gebuhre"), 0);
    ck_assert_uint_eq(loose_words(&l, ""), 0);
    hdx_lexicon_close(&l);
}
END_TEST

START_TEST(words_of_a_term_are_neighbours)
{
    hdx_lexicon l = lexicon_of("de", german);
    uint32_t id = 0;
    for (uint32_t term = 0; term < l.header->terms; term++) {
        ck_assert_uint_eq(l.terms[term].first_word, id);
        ck_assert_uint_gt(hdx_lexicon_words_end(&l, term), id);
        for (; id < hdx_lexicon_words_end(&l, term); id++)
            ck_assert_uint_eq(l.words[id].term, term);
    }
    ck_assert_uint_eq(id, l.header->words);
    ck_assert_uint_eq(l.words[word_of(&l, "gebühr")].term,
                      l.words[word_of(&l, "gebuehren")].term);
    hdx_lexicon_close(&l);
}
END_TEST

START_TEST(terms_are_in_order_and_found)
{
    hdx_lexicon l = lexicon_of("de", german);
    hdx_str before = HDX_STR("");
    for (uint32_t i = 0; i < l.header->terms; i++) {
        uint32_t place;
        hdx_str term = {l.bytes + l.terms[i].text, l.terms[i].size};
        ck_assert_int_lt(hdx_str_cmp(before, term), 0);
        ck_assert_uint_eq(hdx_lexicon_find_term(&l, term, &place), i);
        ck_assert_uint_eq(place, i);
        before = term;
    }
    hdx_lexicon_close(&l);
}
END_TEST

START_TEST(the_beginning_of_terms_leads_to_the_first)
{
    hdx_lexicon l = lexicon_of("de", german);
    uint32_t place, konto = l.words[word_of(&l, "konto")].term;
    ck_assert_uint_eq(hdx_lexicon_find_term(&l, HDX_STR("wkon"), &place),
                      HDX_NO_WORD);
    ck_assert_uint_eq(place, konto);
    ck_assert_uint_eq(hdx_lexicon_find_term(&l, HDX_STR("a"), &place),
                      HDX_NO_WORD);
    ck_assert_uint_eq(place, 0);
    ck_assert_uint_eq(hdx_lexicon_find_term(&l, HDX_STR("x"), &place),
                      HDX_NO_WORD);
    ck_assert_uint_eq(place, l.header->terms);
    hdx_lexicon_close(&l);
}
END_TEST

START_TEST(texts_come_back_in_order)
{
    hdx_lexicon l = lexicon_of("de", german);
    ck_assert_uint_eq(l.header->articles, 2);
    ck_assert_uint_eq(l.header->sections, 3);
    ck_assert_str_eq(article_told(&l, 0),
                     "0: konto sperren 1: wie sperre ich mein konto");
    ck_assert_str_eq(article_told(&l, 1), "0: gebühr");
    ck_assert_str_eq(section_told(&l, 0),
                     "4: handy weg 5: gebühren fallen keine an");
    ck_assert_str_eq(section_told(&l, 1),
                     "4: entsperren 5: die gebuehren die gebühren");
    hdx_lexicon_close(&l);
}
END_TEST

/* A sentence of less than 25 bytes goes on into the next. */
START_TEST(sentences_are_parted_unless_they_are_short)
{
    hdx_lexicon l = lexicon_of("de", german);
    ck_assert_str_eq(section_told(&l, 2),
                     "4: auszahlung 5: netzwerkgebühr je auszahlung "
                     "5: konto sie zahlen zwei euro "
                     "5: mehr nicht wenn sie warten");
    hdx_lexicon_close(&l);
}
END_TEST

START_TEST(full_stops_of_other_scripts_part_sentences)
{
    const piece pieces[] = {
        {HDX_SEGMENT_TITLE, "出金"},
        {HDX_SEGMENT_HEADING, "出金"},
        {HDX_SEGMENT_SENTENCE, "出金出金出金出金出金。出金"},
        {HDX_SEGMENT_HEADING, "出金"},
        {HDX_SEGMENT_SENTENCE, "سحب الأموال من الحساب؟ سحب"},
        {0}};
    hdx_lexicon l = lexicon_of("ja", pieces);
    ck_assert_str_eq(section_told(&l, 0),
                     "4: 出金 5: 出金+出金+出金+出金+出金 5: 出金");
    ck_assert_str_eq(section_told(&l, 1),
                     "4: 出金 5: سحب الأموال من الحساب 5: سحب");
    hdx_lexicon_close(&l);
}
END_TEST

START_TEST(dense_words_are_joined_unless_a_space_is_between)
{
    const piece pieces[] = {{HDX_SEGMENT_TITLE, "ถอนเงิน"},
                            {HDX_SEGMENT_HEADING, "ถอนเงิน ไม่ได้"},
                            {HDX_SEGMENT_HEADING, "ถอนUSDTไม่ได้"},
                            {0}};
    hdx_lexicon l = lexicon_of("th", pieces);
    ck_assert_str_eq(article_told(&l, 0), "0: ถอน+เงิน");
    ck_assert_str_eq(section_told(&l, 0), "4: ถอน+เงิน ไม่+ได้");
    ck_assert_str_eq(section_told(&l, 1), "4: ถอน usdt ไม่+ได้");
    hdx_lexicon_close(&l);
}
END_TEST

START_TEST(sections_that_have_a_word_are_counted_once)
{
    hdx_lexicon l = lexicon_of("de", german);
    const struct {
        const char *word;
        unsigned sections, titles;
    } wanted[] = {{"konto", 3, 2},     {"gebühr", 1, 1},     {"gebühren", 2, 1},
                  {"gebuehren", 1, 1}, {"auszahlung", 1, 0}, {"handy", 1, 0}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const hdx_lexicon_word *w = &l.words[word_of(&l, wanted[i].word)];
        ck_assert_msg(w->sections == wanted[i].sections, "%s", wanted[i].word);
        ck_assert_uint_eq(l.terms[w->term].titles, wanted[i].titles);
    }
    ck_assert_uint_eq(l.terms[l.words[word_of(&l, "gebühr")].term].sections, 3);
    ck_assert_uint_eq(l.header->titles, 3);
    hdx_lexicon_close(&l);
}
END_TEST

/* Whether two forms share a near hash. */
static bool are_near(const char *one, const char *other)
{
    uint16_t symbols[HDX_WORD_BYTES];
    uint32_t a[HDX_NEAR_LONGEST + 1], b[HDX_NEAR_LONGEST + 1];
    size_t a_count =
        hdx_lexicon_near_hashes(symbols, symbols_of(one, symbols), a);
    size_t b_count =
        hdx_lexicon_near_hashes(symbols, symbols_of(other, symbols), b);
    for (size_t i = 0; i < a_count; i++)
        for (size_t n = 0; n < b_count; n++)
            if (a[i] == b[n])
                return true;
    return false;
}

START_TEST(forms_one_letter_apart_are_near)
{
    ck_assert(are_near("konto", "konto"));
    ck_assert(are_near("konto", "knto"));
    ck_assert(are_near("konto", "kontto"));
    ck_assert(are_near("konto", "kinto"));
    ck_assert(are_near("konto", "knoto"));
    ck_assert(are_near("onto", "konto"));
    ck_assert(are_near("konto", "kont"));
    ck_assert(!are_near("konto", "karte"));
    ck_assert(!are_near("konto", "kontost"));
}
END_TEST

START_TEST(forms_too_short_or_too_long_have_no_near_hashes)
{
    uint16_t symbols[HDX_NEAR_LONGEST + 1];
    uint32_t hashes[HDX_NEAR_LONGEST + 1];
    for (uint16_t i = 0; i <= HDX_NEAR_LONGEST; i++)
        symbols[i] = (uint16_t)('a' + i);
    for (size_t count = 0; count <= HDX_NEAR_LONGEST + 1; count++)
        ck_assert_uint_eq(hdx_lexicon_near_hashes(symbols, count, hashes),
                          count < HDX_NEAR_SHORTEST || count > HDX_NEAR_LONGEST
                              ? 0
                              : count + 1);
}
END_TEST

/* Whether the lexicon has a word under one of a form's near hashes. */
static bool nears(const hdx_lexicon *l, const char *form, const char *word)
{
    uint16_t symbols[HDX_WORD_BYTES];
    uint32_t hashes[HDX_NEAR_LONGEST + 1], id = word_of(l, word);
    size_t count =
        hdx_lexicon_near_hashes(symbols, symbols_of(form, symbols), hashes);
    for (size_t i = 0; i < count; i++) {
        const hdx_lexicon_hashed *near = l->buckets[HDX_BUCKETS_OF_NEAR].items;
        uint32_t end,
            n = hdx_lexicon_bucket(l, HDX_BUCKETS_OF_NEAR, hashes[i], &end);
        for (; n < end; n++)
            if (near[n].hash == hashes[i] && near[n].word == id)
                return true;
    }
    return false;
}

START_TEST(a_form_that_is_one_letter_out_finds_its_word)
{
    hdx_lexicon l = lexicon_of("de", german);
    ck_assert(nears(&l, "kotno", "konto"));
    ck_assert(nears(&l, "kontoo", "konto"));
    ck_assert(nears(&l, "auszahlng", "auszahlung"));
    ck_assert(nears(&l, "gebuhrem", "gebühren"));
    ck_assert(nears(&l, "gebuhrem", "gebuehren"));
    ck_assert(!nears(&l, "kotno", "auszahlung"));
    ck_assert(!nears(&l, "weg", "weg"));
    hdx_lexicon_close(&l);
}
END_TEST

START_TEST(words_without_spaces_are_near_to_none)
{
    const piece pieces[] = {
        {HDX_SEGMENT_TITLE, "ต้องการ"}, {HDX_SEGMENT_HEADING, "ต้องการ"}, {0}};
    hdx_lexicon l = lexicon_of("th", pieces);
    ck_assert_uint_eq(l.words[word_of(&l, "ต้องการ")].dense, HDX_DENSE_LETTERS);
    ck_assert_uint_eq(l.header->buckets[HDX_BUCKETS_OF_NEAR].items, 0);
    hdx_lexicon_close(&l);
}
END_TEST

/* The key of the last gram of a word that stands alone. */
static uint64_t last_gram(const char *word, hdx_gram_mode mode,
                          hdx_density dense)
{
    uint16_t symbols[HDX_WORD_BYTES];
    uint64_t keys[3 * (HDX_WORD_BYTES + 2)];
    hdx_gram_window window = hdx_gram_window_start(mode);
    size_t made = hdx_grams_add(&window, symbols, symbols_of(word, symbols),
                                dense, false, keys);
    ck_assert_uint_gt(made, 0);
    return keys[made - 1];
}

START_TEST(grams_are_counted_by_sections_and_titles)
{
    hdx_lexicon l = lexicon_of("de", german);
    uint64_t key = last_gram("konto", HDX_GRAMS_TEXT, HDX_SPACED);
    ck_assert_uint_eq(hdx_lexicon_gram_texts(&l, HDX_GRAMS_OF_TEXT, key), 3);
    key = last_gram("gebuhren", HDX_GRAMS_TEXT, HDX_SPACED);
    ck_assert_uint_eq(hdx_lexicon_gram_texts(&l, HDX_GRAMS_OF_TEXT, key), 2);
    key = last_gram("konto", HDX_GRAMS_TITLE, HDX_SPACED);
    ck_assert_uint_eq(hdx_lexicon_gram_texts(&l, HDX_GRAMS_OF_TITLES, key), 2);
    ck_assert_uint_eq(l.header->grams[HDX_GRAMS_OF_TEXT].texts, 3);
    ck_assert_uint_eq(l.header->grams[HDX_GRAMS_OF_TITLES].texts, 3);
    ck_assert_uint_eq(l.header->grams[HDX_GRAMS_OF_READINGS].texts, 0);
    hdx_lexicon_close(&l);
}
END_TEST

START_TEST(a_gram_of_one_text_or_of_none_counts_one)
{
    hdx_lexicon l = lexicon_of("de", german);
    const char *const words[] = {"handy", "auszahlung", "zzzzz"};
    for (size_t i = 0; i < 3; i++) {
        uint64_t key = last_gram(words[i], HDX_GRAMS_TEXT, HDX_SPACED);
        ck_assert_uint_eq(hdx_lexicon_gram_texts(&l, HDX_GRAMS_OF_TEXT, key),
                          1);
    }
    ck_assert_uint_eq(hdx_lexicon_gram_texts(&l, HDX_GRAMS_OF_READINGS, 0), 1);
    hdx_lexicon_close(&l);
}
END_TEST

START_TEST(words_of_a_beginning_are_found_together)
{
    hdx_lexicon l = lexicon_of("de", german);
    uint16_t letters[HDX_WORD_BYTES];
    size_t count = symbols_of("sperr", letters), found = 0;
    uint32_t at = hdx_lexicon_find_beginning(&l, letters, count);
    for (; at < l.header->words; at++, found++) {
        const hdx_lexicon_word *w = &l.words[l.beginnings[at]];
        if (w->symbol_count < count || memcmp(l.symbols + w->symbols, letters,
                                              count * sizeof *letters) != 0)
            break;
    }
    ck_assert_uint_eq(found, 2); /* sperre, sperren */
    count = symbols_of("zzz", letters);
    ck_assert_uint_eq(hdx_lexicon_find_beginning(&l, letters, count),
                      l.header->words);
    hdx_lexicon_close(&l);
}
END_TEST

START_TEST(words_are_in_order_of_their_endings)
{
    hdx_lexicon l = lexicon_of("de", german);
    ck_assert_uint_eq(l.header->endings, l.header->words);
    for (uint32_t i = 1; i < l.header->endings; i++) {
        const hdx_lexicon_word *a = &l.words[l.endings[i - 1]];
        const hdx_lexicon_word *b = &l.words[l.endings[i]];
        ck_assert_int_le(
            hdx_lexicon_ending_cmp(l.symbols + a->symbols, a->stem_count,
                                   l.symbols + b->symbols, b->stem_count),
            0);
    }
    hdx_lexicon_close(&l);
}
END_TEST

START_TEST(words_of_an_ending_are_found_together)
{
    hdx_lexicon l = lexicon_of("de", german);
    uint16_t stem[HDX_WORD_BYTES];
    size_t count = symbols_of("gebuhr", stem);
    uint32_t at = hdx_lexicon_find_ending(&l, stem, count), found = 0;
    for (; at < l.header->endings; at++, found++) {
        const hdx_lexicon_word *w = &l.words[l.endings[at]];
        const uint16_t *end = l.symbols + w->symbols + w->stem_count - count;
        if (w->stem_count < count ||
            memcmp(end, stem, count * sizeof *stem) != 0)
            break;
    }
    /* gebühr, gebühren, gebuehren, netzwerkgebühr */
    ck_assert_uint_eq(found, 4);
    hdx_lexicon_close(&l);
}
END_TEST

START_TEST(a_lexicon_without_words_finds_none)
{
    const piece none[] = {{0}};
    hdx_lexicon l = lexicon_of("de", none);
    uint32_t place;
    ck_assert_uint_eq(l.header->words, 0);
    ck_assert_uint_eq(hdx_lexicon_find(&l, HDX_STR("konto")), HDX_NO_WORD);
    ck_assert_uint_eq(loose_words(&l, "konto"), 0);
    ck_assert_uint_eq(hdx_lexicon_find_term(&l, HDX_STR("wkonto"), &place),
                      HDX_NO_WORD);
    ck_assert_uint_eq(place, 0);
    ck_assert_uint_eq(hdx_lexicon_gram_texts(&l, HDX_GRAMS_OF_TEXT, 1), 1);
    hdx_lexicon_close(&l);
}
END_TEST

START_TEST(the_same_texts_give_the_same_bytes)
{
    size_t one_size, two_size;
    char *one = read_text(written("de", german), &one_size);
    char *two = read_text(written("de", german), &two_size);
    ck_assert_uint_eq(one_size, two_size);
    ck_assert_mem_eq(one, two, one_size);
    free(one);
    free(two);
}
END_TEST

/* Reads and looks up all there is; a wild reference would end the process. */
static size_t read_all(const hdx_lexicon *l)
{
    size_t sum = 0;
    for (uint32_t id = 0; id < l->header->words; id++) {
        const hdx_lexicon_word *w = &l->words[id];
        const uint16_t *symbols = l->symbols + w->symbols;
        uint32_t at = 0;
        sum += hdx_lexicon_find(l, hdx_lexicon_exact(l, id));
        sum += hdx_lexicon_find_ending(l, symbols, w->stem_count);
        sum += hdx_lexicon_find_beginning(l, symbols, w->symbol_count);
        while (hdx_lexicon_find_loose(l, symbols, w->symbol_count, &at) !=
               HDX_NO_WORD)
            sum++;
    }
    for (uint32_t i = 0; i < l->header->terms; i++) {
        hdx_str term = {l->bytes + l->terms[i].text, l->terms[i].size};
        sum += hdx_lexicon_find_term(l, term, NULL);
        ck_assert_uint_le(hdx_lexicon_words_end(l, i), l->header->words);
    }
    for (uint32_t key = 0; key < 64; key++)
        for (int kind = 0; kind < HDX_GRAM_KINDS; kind++)
            sum += hdx_lexicon_gram_texts(l, (hdx_gram_kind)kind, key);
    return sum;
}

/* Likewise the texts and the near words. */
static size_t read_texts(const hdx_lexicon *l)
{
    const hdx_lexicon_header *h = l->header;
    size_t sum = 0;
    for (uint32_t i = 0; i < h->articles; i++)
        sum += strlen(article_told(l, i));
    for (uint32_t i = 0; i < h->sections; i++)
        sum += strlen(section_told(l, i));
    for (int kind = 0; kind < HDX_BUCKET_KINDS; kind++)
        for (uint32_t i = 0; i < h->buckets[kind].items; i++)
            sum += l->edges[l->buckets[kind].items[i].word].symbol_count;
    return sum;
}

/* The file is either refused as damaged or can be read to the end. */
static bool refused(const char *path)
{
    hdx_lexicon l;
    helpdex_error err = {0};
    helpdex_status status = hdx_lexicon_open(path, &l, &err);
    if (status) {
        ck_assert_int_eq(status, HELPDEX_DAMAGED);
        ck_assert_ptr_null(l.header);
        ck_assert_str_eq(err.file, path);
        ck_assert_ptr_nonnull(strstr(err.message, "rebuild the index"));
        return true;
    }
    ck_assert_uint_gt(read_all(&l) + read_texts(&l), 0);
    hdx_lexicon_close(&l);
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
    free(bytes);
}
END_TEST

START_TEST(a_longer_file_is_refused)
{
    const char *path = written("de", german);
    size_t size;
    char *bytes = read_text(path, &size);
    write_file(path, (hdx_str){bytes, size + 1}); /* with read_text's NUL */
    ck_assert(refused(path));
    free(bytes);
}
END_TEST

START_TEST(another_magic_or_byte_order_is_refused)
{
    const char *path = written("de", german);
    ck_assert(!refused(path));
    for (size_t byte = 0; byte < 12; byte++) {
        flip_bit(path, byte, byte % 8);
        ck_assert_msg(refused(path), "byte %zu", byte);
        flip_bit(path, byte, byte % 8);
    }
    ck_assert(!refused(path));
}
END_TEST

START_TEST(other_files_are_refused)
{
    const char *path = join(temp_dir(), "lexicon");
    const char *const others[] = {"", "HDXLEX1\n", "HDXLEX1\n\4\3\2\1",
                                  "HDXFWD1\n", "# สวัสดี ชาวโลก ทุกคน\n"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        write_text(path, others[i]);
        ck_assert(refused(path));
    }
}
END_TEST

START_TEST(no_flipped_bit_leads_outside)
{
    const char *path = written("de", german);
    size_t size, refusals = 0;
    char *bytes = read_text(path, &size);
    for (size_t at = 0; at < size; at += at < 4096 ? 1 : 5) {
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

START_TEST(huge_counts_are_refused)
{
    const char *path = written("de", german);
    size_t size;
    char *bytes = read_text(path, &size);
    size_t end = offsetof(hdx_lexicon_header, titles);
    for (size_t field = offsetof(hdx_lexicon_header, words); field < end;
         field += sizeof(uint32_t)) {
        char kept[sizeof(uint32_t)];
        memcpy(kept, bytes + field, sizeof kept);
        memset(bytes + field, 0xFF, sizeof kept);
        write_file(path, (hdx_str){bytes, size});
        ck_assert_msg(refused(path), "field at %zu", field);
        memcpy(bytes + field, kept, sizeof kept);
    }
    free(bytes);
}
END_TEST

/* A number in a file that cannot stand there. */
static void wrong_number(const char *path, const void *part,
                         const hdx_lexicon *l, uint32_t number)
{
    size_t size, at = (size_t)((const char *)part - l->file.bytes.ptr);
    char *bytes = read_text(path, &size);
    memcpy(bytes + at, &number, sizeof number);
    const char *other = join(temp_dir(), "lexicon");
    write_file(other, (hdx_str){bytes, size});
    ck_assert_msg(refused(other), "%u at %zu", number, at);
    free(bytes);
}

START_TEST(references_of_words_that_lead_outside_are_refused)
{
    const char *path = written("de", german);
    hdx_lexicon l = open_it(path);
    const hdx_lexicon_header *h = l.header;
    wrong_number(path, &l.words[1].exact, &l, h->bytes);
    wrong_number(path, &l.words[1].symbols, &l, h->symbols);
    wrong_number(path, &l.words[1].term, &l, h->terms);
    wrong_number(path, &l.terms[1].text, &l, h->bytes);
    wrong_number(path, &l.terms[1].first_word, &l, h->words);
    hdx_lexicon_close(&l);
}
END_TEST

START_TEST(references_to_words_that_lead_outside_are_refused)
{
    const char *path = written("de", german);
    hdx_lexicon l = open_it(path);
    const hdx_lexicon_header *h = l.header;
    wrong_number(path, &l.texts[1], &l, h->words);
    wrong_number(path, &l.exact[0], &l, h->words + 1);
    wrong_number(path, &l.loose[0], &l, h->words + 1);
    for (int i = 0; i < HDX_BUCKET_KINDS; i++)
        wrong_number(path, &l.buckets[i].items[0].word, &l, h->words);
    wrong_number(path, &l.beginnings[0], &l, h->words);
    wrong_number(path, &l.endings[0], &l, h->words);
    hdx_lexicon_close(&l);
}
END_TEST

START_TEST(places_that_lead_outside_are_refused)
{
    const char *path = written("de", german);
    hdx_lexicon l = open_it(path);
    const hdx_lexicon_header *h = l.header;
    wrong_number(path, &l.texts[0], &l, HDX_TEXT_SEGMENT | HDX_SEGMENTS);
    wrong_number(path, &l.section_texts[1], &l, h->texts + 1);
    wrong_number(path, &l.article_texts[1], &l, h->texts + 1);
    for (int i = 0; i < HDX_BUCKET_KINDS; i++)
        wrong_number(path, &l.buckets[i].starts[1], &l,
                     h->buckets[i].items + 1);
    hdx_lexicon_close(&l);
}
END_TEST

START_TEST(texts_that_begin_without_a_mark_are_refused)
{
    const char *path = written("de", german);
    hdx_lexicon l = open_it(path);
    wrong_number(path, &l.texts[l.article_texts[0]], &l, 0);
    wrong_number(path, &l.texts[l.section_texts[0]], &l, 0);
    hdx_lexicon_close(&l);
}
END_TEST

START_TEST(near_words_without_a_bucket_are_refused)
{
    const char *path = written("de", german);
    hdx_lexicon l = open_it(path);
    for (int i = 0; i < HDX_BUCKET_KINDS; i++)
        wrong_number(path, &l.header->buckets[i].buckets, &l, 0);
    hdx_lexicon_close(&l);
}
END_TEST

START_TEST(slots_without_a_free_one_are_refused)
{
    const char *path = written("de", german);
    hdx_lexicon l = open_it(path);
    size_t size, at = (size_t)((const char *)l.exact - l.file.bytes.ptr);
    char *bytes = read_text(path, &size);
    for (uint32_t i = 0, one = 1; i < l.header->exact_slots; i++)
        memcpy(bytes + at + i * sizeof one, &one, sizeof one);
    const char *other = join(temp_dir(), "lexicon");
    write_file(other, (hdx_str){bytes, size});
    ck_assert(refused(other));
    free(bytes);
    hdx_lexicon_close(&l);
}
END_TEST

START_TEST(a_missing_file_is_not_found)
{
    hdx_lexicon l;
    helpdex_error err;
    ck_assert_int_eq(hdx_lexicon_open(join(temp_dir(), "none"), &l, &err),
                     HELPDEX_NOT_FOUND);
    ck_assert_ptr_null(l.header);
    hdx_lexicon_close(&l);
    hdx_wordbook_free(NULL);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_word_is_found_by_its_exact_form,
        words_are_found_by_their_loose_form,
        words_of_a_term_are_neighbours,
        terms_are_in_order_and_found,
        the_beginning_of_terms_leads_to_the_first,
        texts_come_back_in_order,
        sentences_are_parted_unless_they_are_short,
        full_stops_of_other_scripts_part_sentences,
        dense_words_are_joined_unless_a_space_is_between,
        sections_that_have_a_word_are_counted_once,
        forms_one_letter_apart_are_near,
        forms_too_short_or_too_long_have_no_near_hashes,
        a_form_that_is_one_letter_out_finds_its_word,
        words_without_spaces_are_near_to_none,
        grams_are_counted_by_sections_and_titles,
        a_gram_of_one_text_or_of_none_counts_one,
        words_of_a_beginning_are_found_together,
        words_are_in_order_of_their_endings,
        words_of_an_ending_are_found_together,
        a_lexicon_without_words_finds_none,
        the_same_texts_give_the_same_bytes,
        every_truncation_is_refused,
        a_longer_file_is_refused,
        another_magic_or_byte_order_is_refused,
        other_files_are_refused,
        no_flipped_bit_leads_outside,
        huge_counts_are_refused,
        references_of_words_that_lead_outside_are_refused,
        references_to_words_that_lead_outside_are_refused,
        places_that_lead_outside_are_refused,
        texts_that_begin_without_a_mark_are_refused,
        near_words_without_a_bucket_are_refused,
        slots_without_a_free_one_are_refused,
        a_missing_file_is_not_found,
        NULL};
    return run_suite("lexicon", tests);
}
