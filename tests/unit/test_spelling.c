/* text/spelling.h */
#include "text/spelling.h"

#include "tests/unit/support.h"

static hdx_catalog *catalog;
static hdx_analyser *analyser;
static hdx_spelling spelling;

static const hdx_pack *pack_of(const char *tag)
{
    hdx_locale locale;
    const hdx_pack *pack;
    ck_assert(hdx_locale_parse(hdx_str_of(tag), &locale));
    ck_assert_int_eq(hdx_catalog_open(NULL, &catalog, NULL), 0);
    ck_assert_int_eq(hdx_catalog_pack(catalog, &locale, &pack, NULL), 0);
    return pack;
}

/* How a text is spelled, as UTF-8 with a bar before each word; until the next
   call. */
static const char *spelled(const char *tag, hdx_spelled how, const char *text,
                           bool finished)
{
    static char out[512];
    size_t len = 0, word = 0;
    hdx_tokens tokens = {0};
    const hdx_pack *pack = pack_of(tag);
    ck_assert_int_eq(hdx_analyser_open(pack, &analyser, NULL), 0);
    ck_assert_int_eq(hdx_analyse(analyser, hdx_str_of(text), &tokens, NULL), 0);
    ck_assert(hdx_spell(&spelling, how, pack->romanise == HDX_ROMANISE_PINYIN,
                        &tokens, finished));
    for (size_t i = 0; i < spelling.count; i++) {
        if (word < spelling.word_count && spelling.words[word].at == i) {
            out[len++] = '|';
            word++;
        }
        len += hdx_utf8_put(spelling.symbols[i], out + len);
    }
    out[len] = '\0';
    hdx_tokens_free(&tokens);
    hdx_analyser_free(analyser);
    hdx_catalog_free(catalog);
    return out;
}

static const char *written(const char *tag, const char *text)
{
    return spelled(tag, HDX_SPELLED_AS_WRITTEN, text, true);
}

START_TEST(words_stand_apart_and_the_last_is_finished)
{
    ck_assert_str_eq(written("en", "My Deposit, please!"),
                     "|my |deposit |please ");
}
END_TEST

START_TEST(what_is_typed_may_be_unfinished)
{
    ck_assert_str_eq(spelled("en", HDX_SPELLED_AS_WRITTEN, "my dep", false),
                     "|my |dep");
}
END_TEST

START_TEST(words_of_scripts_without_spaces_join)
{
    ck_assert_str_eq(written("zh-Hans", "充值 没有到账"), "|充|值|没有|到|账");
    ck_assert_str_eq(written("zh-Hans", "Apple Pay充值"), "|apple |pay|充|值");
    ck_assert_ptr_null(strchr(written("th", "ถอนแล้วรายการค้าง"), ' '));
}
END_TEST

START_TEST(folding_is_the_packs)
{
    ck_assert_str_eq(written("de", "Gebühren"), "|gebuhren ");
    ck_assert_str_eq(written("de", "Gebuehren"), "|gebuhren ");
    ck_assert_str_eq(written("ja", "スマホ"), "|すま|ほ");
    ck_assert_str_eq(written("zh-Hant", "儲值"), "|储|值");
    ck_assert_str_eq(written("ar", "الحِسَاب"), "|الحساب ");
}
END_TEST

START_TEST(an_unfinished_syllable_begins_the_finished_one)
{
    uint16_t whole[64];
    const char *begun[] = {"이",   "입",      "입ㄱ",   "입그",
                           "입금", "입금 ㅇ", "입금 안"};
    written("ko", "입금 안내");
    ck_assert_uint_le(spelling.count, 64);
    memcpy(whole, spelling.symbols, spelling.count * sizeof *whole);
    for (size_t i = 0; i < sizeof begun / sizeof *begun; i++) {
        spelled("ko", HDX_SPELLED_AS_WRITTEN, begun[i], false);
        ck_assert_msg(memcmp(spelling.symbols, whole,
                             spelling.count * sizeof *whole) == 0,
                      "%s", begun[i]);
    }
}
END_TEST

START_TEST(han_is_read_as_pinyin)
{
    ck_assert_str_eq(
        spelled("zh-Hans", HDX_SPELLED_READING, "充值没有到账", true),
        "|chong|zhi|meiyou|dao|zhang");
    ck_assert_uint_eq(spelling.read, 6);
    ck_assert_str_eq(
        spelled("zh-Hans", HDX_SPELLED_INITIALS, "充值没有到账", true),
        "|c|z|my|d|z");
}
END_TEST

START_TEST(han_has_no_reading_where_the_pack_does_not_romanise)
{
    ck_assert_str_eq(spelled("ja", HDX_SPELLED_READING, "入金", true), "|入金");
    ck_assert_uint_eq(spelling.read, 0);
}
END_TEST

START_TEST(hangul_has_initials_without_spaces)
{
    ck_assert_str_eq(spelled("ko", HDX_SPELLED_INITIALS, "입금 안내", true),
                     "|\u110B\u1100|\u110B\u1102");
    ck_assert_uint_eq(spelling.read, 4);
}
END_TEST

START_TEST(a_single_word_is_spelled_as_in_a_text)
{
    const uint16_t symbols[] = {0x5145, 0x503C}; /* 充值 */
    const uint16_t latin[] = {'p', 'i', 'n'};
    ck_assert(hdx_spell_word(&spelling, HDX_SPELLED_READING, true, symbols, 2,
                             HDX_DENSE_SIGNS));
    ck_assert_uint_eq(spelling.count, strlen("chongzhi"));
    ck_assert(hdx_spell_word(&spelling, HDX_SPELLED_AS_WRITTEN, true, latin, 3,
                             HDX_SPACED));
    ck_assert_uint_eq(spelling.count, 4);
    ck_assert_uint_eq(spelling.symbols[3], ' ');
}
END_TEST

START_TEST(nothing_is_spelled_as_nothing)
{
    ck_assert_str_eq(written("en", " ... "), "");
    ck_assert_uint_eq(spelling.word_count, 0);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        words_stand_apart_and_the_last_is_finished,
        what_is_typed_may_be_unfinished,
        words_of_scripts_without_spaces_join,
        folding_is_the_packs,
        an_unfinished_syllable_begins_the_finished_one,
        han_is_read_as_pinyin,
        han_has_no_reading_where_the_pack_does_not_romanise,
        hangul_has_initials_without_spaces,
        a_single_word_is_spelled_as_in_a_text,
        nothing_is_spelled_as_nothing,
        NULL};
    return run_suite("spelling", tests);
}
