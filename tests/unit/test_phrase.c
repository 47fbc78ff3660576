/* text/phrase.c */
#include "text/phrase.h"

#include "tests/unit/support.h"

static hdx_arena arena;

static hdx_phrase_text make(const char *text, bool loose)
{
    hdx_phrase_text out;
    ck_assert(hdx_phrase_prepare(&arena, hdx_str_of(text), &out));
    if (loose)
        hdx_phrase_loosen(&out);
    return out;
}

static size_t find(const char *text, const char *phrase, bool loose)
{
    hdx_phrase_text a = make(text, loose), b = make(phrase, loose);
    return hdx_phrase_find(&a, &b);
}

static bool same(const char *a, const char *b, bool loose)
{
    hdx_phrase_text x = make(a, loose), y = make(b, loose);
    return hdx_phrase_same(&x, &y);
}

static unsigned number(const char *text)
{
    hdx_phrase_text made = make(text, false);
    return hdx_phrase_number(&made);
}

START_TEST(whole_words_are_found_where_words_have_spaces)
{
    ck_assert_uint_eq(find("Talk\nto a *Human*!", "to a human", false), 5);
    ck_assert_uint_eq(find("my humanity", "human", false), SIZE_MAX);
    ck_assert_uint_eq(find("我要转人工客服", "人工", false), 9);
    ck_assert_uint_eq(find("상담원과 통화", "상담원", false), SIZE_MAX);
    ck_assert_uint_eq(find("text", "", false), SIZE_MAX);
}
END_TEST

START_TEST(texts_are_the_same_but_for_case_and_signs)
{
    ck_assert(same("By bank!", " by  BANK ", false));
    ck_assert(!same("by bank", "by banks", false));
    ck_assert(same("?!", "", false));
}
END_TEST

START_TEST(loose_texts_leave_aside_what_people_mix_up)
{
    ck_assert(!same("Überweisung", "Uberweisung", false));
    ck_assert(same("Überweisung", "Uberweisung", true));
    ck_assert(same("أريد التحدّث", "اريد التحدث", true));
    ck_assert(same("轉帳", "转帐", true));
    ck_assert(same("オペレーター", "おぺれーたー", true));
    ck_assert(!same("银行", "很行", true));
}
END_TEST

START_TEST(numbers_are_read_in_the_digits_of_any_script)
{
    ck_assert_uint_eq(number("2"), 2);
    ck_assert_uint_eq(number(" (12). "), 12);
    ck_assert_uint_eq(number("٣"), 3);
    ck_assert_uint_eq(number("๑๐"), 10);
    ck_assert_uint_eq(number("４"), 4);
    ck_assert_uint_eq(number("2a"), 0);
    ck_assert_uint_eq(number("1 2"), 0);
    ck_assert_uint_eq(number("1000"), 0);
    ck_assert_uint_eq(number(""), 0);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {whole_words_are_found_where_words_have_spaces,
                                  texts_are_the_same_but_for_case_and_signs,
                                  loose_texts_leave_aside_what_people_mix_up,
                                  numbers_are_read_in_the_digits_of_any_script,
                                  NULL};
    int code = run_suite("phrase", tests);
    hdx_arena_free(&arena);
    return code;
}
