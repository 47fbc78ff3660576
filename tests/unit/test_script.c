/* text/script.h */
#include "text/script.h"

#include "tests/unit/support.h"

static hdx_letter_count count_of(const char *tag, const char *text)
{
    hdx_locale locale;
    hdx_letter_count count = {0};
    ck_assert(hdx_locale_parse(hdx_str_of(tag), &locale));
    ck_assert(hdx_count_letters(&count, &locale, hdx_str_of(text)));
    return count;
}

static bool is_wrong(const char *tag, const char *text)
{
    hdx_letter_count count = count_of(tag, text);
    return hdx_letters_are_foreign(&count);
}

static const char english[] = "Lock the account in the settings of the app.";

START_TEST(english_text_is_in_the_wrong_script_of_others)
{
    ck_assert(is_wrong("th", english));
    ck_assert(is_wrong("ar", english));
    ck_assert(is_wrong("zh-Hant", english));
    ck_assert(is_wrong("ko", english));
    ck_assert(is_wrong("sr", english));
}
END_TEST

START_TEST(latin_text_is_right_where_latin_is_written)
{
    ck_assert(!is_wrong("de", english));
    ck_assert(!is_wrong("sr-Latn", english));
    ck_assert(is_wrong("de", "Заблокировать аккаунт в настройках"));
}
END_TEST

START_TEST(japanese_is_kana_and_kanji)
{
    hdx_letter_count count = count_of("ja", "アカウントをロックする方法 API");
    ck_assert_uint_eq(count.letters, 16);
    ck_assert_uint_eq(count.own, 13);
}
END_TEST

START_TEST(korean_is_hangul_and_chinese_han)
{
    ck_assert_uint_eq(count_of("ko", "계정 잠금").own, 4);
    ck_assert_uint_eq(count_of("zh-TW", "鎖定帳戶").own, 4);
    ck_assert_uint_eq(count_of("zh-TW", "アカウント").own, 0);
}
END_TEST

START_TEST(a_twentieth_of_own_letters_is_enough)
{
    ck_assert(!is_wrong("th", "กขค apt install package now yes ok"));
}
END_TEST

START_TEST(few_letters_say_nothing)
{
    ck_assert(!is_wrong("th", "apt install x"));
    ck_assert(!is_wrong("th", ""));
    ck_assert(!is_wrong("th", "1234567890 1234567890 1234567890"));
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {english_text_is_in_the_wrong_script_of_others,
                                  latin_text_is_right_where_latin_is_written,
                                  japanese_is_kana_and_kanji,
                                  korean_is_hangul_and_chinese_han,
                                  a_twentieth_of_own_letters_is_enough,
                                  few_letters_say_nothing,
                                  NULL};
    return run_suite("script", tests);
}
