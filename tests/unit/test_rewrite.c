/* search/rewrite.h */
#include "search/rewrite.h"

#include <helpdex/index.h>

#include "search/searcher.h"
#include "tests/unit/support.h"

static hdx_arena arena;
static helpdex_searcher *searcher;

static void open_base(void)
{
    static const char *const articles[][2] = {
        {"ru/a.md", "# Вывод средств\n\nПодтверждение перевода. USDT"},
        {"ja/a.md", "# カードで購入\n\nきっぷをかう。KYC"},
        {"zh-Hans/a.md", "---\nquestions: [账户被盗怎么办]\n---\n"
                         "# 注销账户\n\n提现需要二十四小时。"},
        {"de/a.md", "# Konto\n\nVerboten."},
        {"el/a.md", "# Ανάληψη\n\nκωδικός"},
        {"ar/a.md", "# إيداع\n\nرمز"}};
    const char *kb = temp_dir(), *ix = join(temp_dir(), "index");
    helpdex_report *report;
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        write_text(join(kb, articles[i][0]), articles[i][1]);
    ck_assert_int_eq(helpdex_index_build(kb, ix, NULL, &report, NULL),
                     HELPDEX_OK);
    helpdex_report_free(report);
    ck_assert_int_eq(helpdex_searcher_open(ix, &searcher, NULL), HELPDEX_OK);
}

static void close_base(void)
{
    helpdex_searcher_free(searcher);
    hdx_arena_free(&arena);
}

/* A query as it is rewritten for one of the locales. */
static hdx_str rewritten(const char *locale, const char *query)
{
    hdx_str out = {NULL, 0};
    for (size_t i = 0; i < searcher->count; i++)
        if (strcmp(searcher->shards[i].locale.tag, locale) == 0)
            ck_assert_int_eq(hdx_rewrite(&searcher->shards[i].maker,
                                         hdx_str_of(query), &arena, &out, NULL),
                             HELPDEX_OK);
    return out;
}

START_TEST(keys_of_a_latin_keyboard_mean_the_letters_they_bear)
{
    open_base();
    ck_assert_str_is(rewritten("ru", "dsdjl chtlcnd"), "вывод средств");
    ck_assert_str_is(rewritten("ru", "Gjlndth;ltybt!"), "подтверждение!");
    ck_assert_str_is(rewritten("ru", "usdt gthtdjlf."), "usdt перевода.");
    ck_assert_str_is(rewritten("el", "kvdik;ow"), "κωδικός");
    close_base();
}
END_TEST

START_TEST(keys_with_shift_are_letters_of_their_own)
{
    open_base();
    ck_assert_str_is(rewritten("ar", "Yd]hu"), "إيداع");
    ck_assert_str_is(rewritten("ar", "HYIU"), "HYIU");
    ck_assert_str_is(rewritten("ru", "DSDJL"), "вывод");
    close_base();
}
END_TEST

START_TEST(initials_are_looked_for_a_few_times)
{
    open_base();
    ck_assert_str_is(rewritten("zh-Hans", "bdx bdx zhbd"), "bdx bdx 账户被盗");
    ck_assert_str_is(rewritten("zh-Hans", "bdx bdx bdx bdx zhbd"),
                     "bdx bdx bdx bdx zhbd");
    close_base();
}
END_TEST

START_TEST(keys_that_mean_nothing_here_stay)
{
    open_base();
    ck_assert_str_is(rewritten("ru", "bitcoin, wallet?"), "bitcoin, wallet?");
    ck_assert_str_is(rewritten("ru", "USDT"), "USDT");
    ck_assert_str_is(rewritten("ru", "вывод"), "вывод");
    ck_assert_str_is(rewritten("de", "dsdjl"), "dsdjl");
    close_base();
}
END_TEST

START_TEST(romaji_becomes_kana_where_the_index_lacks_the_word)
{
    open_base();
    ck_assert_str_is(rewritten("ja", "Kaado de kippu"), "かど で きっぷ");
    ck_assert_str_is(rewritten("ja", "kyc no kippu"), "kyc の きっぷ");
    ck_assert_str_is(rewritten("ja", "カードで"), "カードで");
    ck_assert_str_is(rewritten("ja", "bitcoin"), "bitcoin");
    close_base();
}
END_TEST

START_TEST(initials_of_pinyin_become_words_of_titles_and_questions)
{
    open_base();
    ck_assert_str_is(rewritten("zh-Hans", "zxzh"), "注销账户");
    ck_assert_str_is(rewritten("zh-Hans", "ZHBD ZMB"), "账户被盗 怎么办");
    close_base();
}
END_TEST

START_TEST(other_initials_stay)
{
    open_base();
    ck_assert_str_is(rewritten("zh-Hans", "zx qqqq"), "zx qqqq");
    ck_assert_str_is(rewritten("zh-Hans", "txxy"), "txxy"); /* of the body */
    ck_assert_str_is(rewritten("zh-Hans", "zhuxiao"), "zhuxiao");
    close_base();
}
END_TEST

START_TEST(very_long_words_stay)
{
    char word[201] = {0};
    memset(word, 'q', 200);
    open_base();
    ck_assert_str_is(rewritten("ru", word), word);
    ck_assert_str_is(rewritten("zh-Hans", word), word);
    close_base();
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        keys_of_a_latin_keyboard_mean_the_letters_they_bear,
        keys_with_shift_are_letters_of_their_own,
        initials_are_looked_for_a_few_times,
        keys_that_mean_nothing_here_stay,
        romaji_becomes_kana_where_the_index_lacks_the_word,
        initials_of_pinyin_become_words_of_titles_and_questions,
        other_initials_stay,
        very_long_words_stay,
        NULL};
    return run_suite("rewrite", tests);
}
