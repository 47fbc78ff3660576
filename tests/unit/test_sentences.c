/* text/sentences.h */
#include "text/sentences.h"

#include "tests/unit/support.h"

/* That `text` is cut as the bars in `cut` say. */
static void check(const char *locale, const char *cut)
{
    hdx_sentences *s;
    hdx_arena arena = {0};
    hdx_buf text = {0}, seen = {0};
    uint32_t *ends;
    size_t count, from = 0;
    for (const char *at = cut; *at; at++)
        if (*at != '|')
            hdx_buf_byte(&text, *at);
    ck_assert_int_eq(hdx_sentences_open(locale, &s, NULL), HELPDEX_OK);
    ck_assert_int_eq(
        hdx_sentences_cut(s, hdx_buf_str(&text), &arena, &ends, &count, NULL),
        HELPDEX_OK);
    for (size_t i = 0; i < count; from = ends[i++]) {
        hdx_buf_add(&seen, (hdx_str){text.ptr + from, ends[i] - from});
        hdx_buf_byte(&seen, i + 1 < count ? '|' : ' ');
    }
    ck_assert_uint_eq(from, text.len);
    seen.len -= seen.len ? 1 : 0;
    ck_assert_str_is(hdx_buf_str(&seen), cut);
    hdx_buf_free(&text);
    hdx_buf_free(&seen);
    hdx_arena_free(&arena);
    hdx_sentences_free(s);
}

START_TEST(a_full_stop_ends_a_sentence)
{
    check("en", "Lock it. |Write to us! |Why?");
    check("ru", "Закройте счёт. |Напишите нам.");
    check("ar", "اقفل الحساب فورا. |هل سُرق هاتفك؟ |راسلنا.");
    check("hi", "फ़ोन खो गया। |हमें लिखें।");
}
END_TEST

START_TEST(scripts_without_spaces_have_their_own_stops)
{
    check("ja", "口座をロックします。|ご連絡ください。");
    check("zh-Hant", "手機被偷了！|請立即鎖定帳戶。");
}
END_TEST

START_TEST(a_line_ends_a_sentence)
{
    check("en", "Fee\n|10 euros\n|Card");
    check("th", "ถอนเงิน\n|ฝากเงิน");
}
END_TEST

START_TEST(what_a_language_abbreviates_does_not)
{
    check("en", "Ask Mr. Smith. |He knows.");
    check("de", "Senden Sie z.B. einen Ausweis. |Wir prüfen ihn.");
}
END_TEST

START_TEST(a_space_ends_a_phrase_where_nothing_else_does)
{
    check("th", "ถ้าโทรศัพท์หาย |ให้ล็อกบัญชีทันที |แล้วติดต่อเรา");
    check("th", "กดปุ่ม OK เพื่อยืนยัน 2 ครั้ง");
    check("km", "ទូរស័ព្ទ |គណនី");
    check("ko", "계정을 잠그세요. |연락 주세요.");
}
END_TEST

START_TEST(nothing_has_no_sentence)
{
    check("en", "");
}
END_TEST

START_TEST(characters_beyond_the_plane_are_not_cut)
{
    check("en", "\U0001F512 Lock \U0001F4F1. |Done \U0001F600.");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {a_full_stop_ends_a_sentence,
                                  scripts_without_spaces_have_their_own_stops,
                                  a_line_ends_a_sentence,
                                  what_a_language_abbreviates_does_not,
                                  a_space_ends_a_phrase_where_nothing_else_does,
                                  nothing_has_no_sentence,
                                  characters_beyond_the_plane_are_not_cut,
                                  NULL};
    return run_suite("sentences", tests);
}
