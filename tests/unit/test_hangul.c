/* text/hangul.h */
#include "text/hangul.h"

#include "tests/unit/support.h"

/* The letters of all characters of a text, one after the other. */
static size_t letters_of(const char *text, uint16_t *out)
{
    size_t count = 0;
    hdx_str view = hdx_str_of(text);
    for (size_t at = 0; at < view.len;)
        count += hdx_hangul_letters(hdx_utf8_next(view, &at), out + count);
    return count;
}

static void are_typed_alike(const char *a, const char *b)
{
    uint16_t x[32], y[32];
    size_t count = letters_of(a, x);
    ck_assert_uint_gt(count, 0);
    ck_assert_uint_eq(count, letters_of(b, y));
    ck_assert_mem_eq(x, y, count * sizeof *x);
}

START_TEST(a_syllable_is_the_letters_it_is_typed_with)
{
    are_typed_alike("\u1100\u1161\u1106", "감");
    are_typed_alike("\u1112\u1161\u11AB", "한");
}
END_TEST

START_TEST(a_consonant_is_the_same_in_front_and_at_the_end)
{
    are_typed_alike("각", "가\u1100");
    are_typed_alike("입그", "이\u1107그");
}
END_TEST

START_TEST(letters_of_two_keys_are_two)
{
    are_typed_alike("과", "고\u1161");
    are_typed_alike("값", "가\u1107\u1109");
    are_typed_alike("의", "으\u1175");
    are_typed_alike("\u11B0", "\u1105\u1100");
}
END_TEST

START_TEST(a_doubled_consonant_is_one_key)
{
    are_typed_alike("있", "이\u110A");
    are_typed_alike("밖", "바\u1101");
}
END_TEST

START_TEST(the_last_syllable_is_known)
{
    are_typed_alike("\uD7A3", "\u1112\u1175\u1112");
    ck_assert_uint_eq(hdx_hangul_letters(0xD7A4, (uint16_t[5]){0}), 0);
}
END_TEST

START_TEST(what_is_no_hangul_has_no_letters)
{
    uint16_t out[HDX_HANGUL_LETTERS];
    ck_assert_uint_eq(hdx_hangul_letters('a', out), 0);
    ck_assert_uint_eq(hdx_hangul_letters(0x6F22, out), 0);
    ck_assert_uint_eq(hdx_hangul_initial(0x1100), 0);
}
END_TEST

START_TEST(a_syllable_begins_with_its_initial)
{
    ck_assert_uint_eq(hdx_hangul_initial(0xC785), 0x110B); /* 입 */
    ck_assert_uint_eq(hdx_hangul_initial(0xAE08), 0x1100); /* 금 */
    ck_assert(hdx_hangul_is_initial(0x1112));
    ck_assert(!hdx_hangul_is_initial(0x1161));
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_syllable_is_the_letters_it_is_typed_with,
        a_consonant_is_the_same_in_front_and_at_the_end,
        letters_of_two_keys_are_two,
        a_doubled_consonant_is_one_key,
        the_last_syllable_is_known,
        what_is_no_hangul_has_no_letters,
        a_syllable_begins_with_its_initial,
        NULL};
    return run_suite("hangul", tests);
}
