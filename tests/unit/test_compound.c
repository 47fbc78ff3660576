/* search/compound.h */
#include "search/compound.h"

#include <stdio.h>

#include "indexer/wordbook.h"
#include "tests/unit/support.h"
#include "text/analyse.h"
#include "text/grams.h"

static hdx_catalog *catalog;
static const hdx_pack *pack;
static hdx_lexicon lexicon;

/* A lexicon of German articles, each of one section. */
static void index_texts(const char *const *texts)
{
    hdx_wordbook *book;
    hdx_analyser *analyser;
    hdx_tokens tokens = {0};
    hdx_locale locale;
    const char *path = join(temp_dir(), "lexicon");
    ck_assert(hdx_locale_parse(HDX_STR("de"), &locale));
    ck_assert_int_eq(hdx_catalog_open(NULL, &catalog, NULL), HELPDEX_OK);
    ck_assert_int_eq(hdx_catalog_pack(catalog, &locale, &pack, NULL),
                     HELPDEX_OK);
    ck_assert_int_eq(hdx_analyser_open(pack, &analyser, NULL), HELPDEX_OK);
    ck_assert_int_eq(hdx_wordbook_new(&book, NULL), HELPDEX_OK);
    for (; *texts; texts++) {
        hdx_str text = hdx_str_of(*texts);
        ck_assert_int_eq(hdx_wordbook_article(book, NULL), HELPDEX_OK);
        ck_assert_int_eq(hdx_wordbook_section(book, NULL), HELPDEX_OK);
        ck_assert_int_eq(hdx_analyse(analyser, text, &tokens, NULL),
                         HELPDEX_OK);
        ck_assert_int_eq(
            hdx_wordbook_add(book, HDX_SEGMENT_SENTENCE, text, &tokens, NULL),
            HELPDEX_OK);
    }
    ck_assert_int_eq(hdx_wordbook_finish(book, pack, path, NULL), HELPDEX_OK);
    ck_assert_int_eq(hdx_lexicon_open(path, &lexicon, NULL), HELPDEX_OK);
    hdx_wordbook_free(book);
    hdx_tokens_free(&tokens);
    hdx_analyser_free(analyser);
}

static void teardown(void)
{
    hdx_lexicon_close(&lexicon);
    hdx_catalog_free(catalog);
}

static size_t symbols_of(const char *word, uint16_t out[HDX_WORD_BYTES])
{
    hdx_str text = hdx_str_of(word);
    size_t count = 0;
    for (size_t at = 0; at < text.len;)
        out[count++] = hdx_symbol_of(hdx_utf8_next(text, &at));
    return count;
}

/* The words one after another, parted by "+". */
static const char *listed(const uint32_t *words, size_t count)
{
    static char text[512];
    size_t len = 0;
    text[0] = 0;
    for (size_t i = 0; i < count; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%.*s",
                                i ? "+" : "",
                                HDX_FMT(hdx_lexicon_exact(&lexicon, words[i])));
    return text;
}

static const char *split(const char *word)
{
    uint16_t symbols[HDX_WORD_BYTES];
    uint32_t parts[HDX_COMPOUND_PARTS];
    return listed(parts, hdx_compound_split(&lexicon, symbols,
                                            symbols_of(word, symbols), parts));
}

static const char *heads(const char *stem)
{
    uint16_t symbols[HDX_WORD_BYTES];
    uint32_t found[HDX_COMPOUND_HEADS];
    return listed(found, hdx_compound_heads(&lexicon, symbols,
                                            symbols_of(stem, symbols), found));
}

static const char *const texts[] = {
    "Die Auszahlung, das Konto, die Karte.",
    "Auszahlung und Konto: eine Sperrung der Karte.",
    "Netzwerkgebühr im Netzwerk; Zahl der Karten. Abenteuer teuer",
    "Kontosperrung, Sperrung", NULL};

START_TEST(a_word_is_parted_by_the_words_of_the_index)
{
    index_texts(texts);
    ck_assert_str_eq(split("kontokarte"), "konto+karte");
    ck_assert_str_eq(split("kartensperrung"), "karte+sperrung");
    teardown();
}
END_TEST

START_TEST(up_to_two_letters_join_parts_or_end_the_last)
{
    index_texts(texts);
    ck_assert_str_eq(split("auszahlungskonto"), "auszahlung+konto");
    ck_assert_str_eq(split("auszahlungssperrungen"), "auszahlung+sperrung");
    ck_assert_str_eq(split("auszahlungenzzkonto"), "");
    teardown();
}
END_TEST

START_TEST(what_is_not_made_of_known_words_stays_whole)
{
    index_texts(texts);
    ck_assert_str_eq(split("konto"), "");
    ck_assert_str_eq(split("auszahlung"), "");
    ck_assert_str_eq(split("kontoxxxxxx"), "");
    ck_assert_str_eq(split("xxxxxxkonto"), "");
    ck_assert_str_eq(split("kontokontokontokontokontokontokontokontokonto"),
                     "");
    teardown();
}
END_TEST

START_TEST(a_word_is_found_as_the_head_of_compounds)
{
    index_texts(texts);
    ck_assert_str_eq(heads("sperr"), "kontosperrung");
    ck_assert_str_eq(heads("gebuhr"), "netzwerkgebühr");
    teardown();
}
END_TEST

START_TEST(an_ending_behind_no_word_is_no_head)
{
    index_texts(texts);
    ck_assert_str_eq(heads("teuer"), "");
    ck_assert_str_eq(heads("zahl"), "");
    ck_assert_str_eq(heads("ung"), "");
    ck_assert_str_eq(heads("zzzzzz"), "");
    teardown();
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {a_word_is_parted_by_the_words_of_the_index,
                                  up_to_two_letters_join_parts_or_end_the_last,
                                  what_is_not_made_of_known_words_stays_whole,
                                  a_word_is_found_as_the_head_of_compounds,
                                  an_ending_behind_no_word_is_no_head,
                                  NULL};
    return run_suite("compound", tests);
}
