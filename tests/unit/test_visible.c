/* text/visible.h */
#include "text/visible.h"

#include "tests/unit/support.h"

static void check(const char *text, const char *visible)
{
    hdx_buf buf = {0};
    ck_assert(hdx_buf_add_visible(&buf, hdx_str_of(text)));
    ck_assert_str_is(hdx_buf_str(&buf), visible);
    hdx_buf_free(&buf);
}

START_TEST(what_can_be_seen_stays)
{
    const char *const texts[] = {"Lost phone? 100 % – é ñ.",
                                 "โทรศัพท์หาย ทำอย่างไร",
                                 "إذا سُرق هاتفك",
                                 "手機被偷時請立即鎖定帳戶。",
                                 "携帯電話（スマホ）",
                                 "휴대폰을 잃어버렸어요",
                                 "फ़ोन खो गया",
                                 "tab\tand\nline"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check(texts[i], texts[i]);
}
END_TEST

START_TEST(tags_are_left_out)
{
    check("pay\U000E0001\U000E0069\U000E0067\U000E006E\U000E007F now",
          "pay now");
    check("\U0001F3F4\U000E0067\U000E0062\U000E007F", "\U0001F3F4");
}
END_TEST

START_TEST(bidirectional_controls_are_left_out)
{
    check("a\u202Etxt.exe\u202C b\u2066c\u2069d\u200Ee\u200Ff",
          "atxt.exe bcdef");
    check("\u202Bاقفل\u202C \u061Cالحساب", "اقفل الحساب");
    check("\u2067שלום\u2069 עולם", "שלום עולם");
}
END_TEST

START_TEST(what_has_no_width_is_left_out)
{
    check("pass\u200Bword\uFEFF\u2060!", "password!");
    check("สวัสดี\u200Bครับ", "สวัสดีครับ");
    check("口\u200B座\u034F", "口座");
    check("Konto\u00ADsperrung", "Kontosperrung");
    check("비밀\u3164번호\u115F", "비밀번호");
    check("x\u2063y\u206Az", "xyz");
}
END_TEST

START_TEST(joiners_stay_where_letters_need_them)
{
    check("می\u200Cخواهم", "می\u200Cخواهم");   /* Persian */
    check("क्\u200Dष", "क्\u200Dष");             /* Devanagari */
    check("ର\u200D୍ୟ ശ്രീ", "ର\u200D୍ୟ ശ്രീ");     /* Oriya */
    check("അവന്\u200D വന്നു", "അവന്\u200D വന്നു");   /* Malayalam */
    check("කෝකිලයන්\u200Dගේ", "කෝකිලයන්\u200Dගේ"); /* Sinhala */
}
END_TEST

START_TEST(joiners_go_where_no_letter_needs_them)
{
    check("a\u200Db\u200Cc", "abc");
    check("เงิน\u200Dคืน", "เงินคืน");
    check("口\u200D座", "口座");
    check("می\u200C\u200C\u200Dخواهم \u200C", "می\u200Cخواهم ");
    check("1\u200D2", "12");
}
END_TEST

START_TEST(emoji_stay_whole)
{
    const char *const emoji[] = {
        "\u2764\uFE0F",
        "1\uFE0F\u20E3",
        "\U0001F469\u200D\U0001F4BB",           /* technologist */
        "\U0001F469\U0001F3FD\u200D\U0001F680", /* with a skin tone */
        "\U0001F3F3\uFE0F\u200D\U0001F308",     /* flag */
        "\U0001F1F9\U0001F1ED"};
    for (size_t i = 0; i < sizeof emoji / sizeof *emoji; i++)
        check(emoji[i], emoji[i]);
}
END_TEST

START_TEST(selectors_carry_nothing_else)
{
    check("\U0001F600\uFE0F\uFE01\uFE0E\U000E0100\U000E01EF",
          "\U0001F600\uFE0F");
    check("a\uFE0Fb\uFE00 7\uFE0F8", "ab 78");
    check("葛\U000E0100城", "葛城");
}
END_TEST

START_TEST(controls_and_the_unassigned_are_left_out)
{
    check("a\033[31mb\007\x7F", "a[31mb");
    check("a\u0378b\uFFFEc\uFFF9d\uFFFB", "abcd");
}
END_TEST

START_TEST(line_ends_are_of_one_kind)
{
    check("a\r\nb\rc\u2028d\u2029e\xC2\x85"
          "f",
          "a\nb\nc\nd\ne\nf");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {what_can_be_seen_stays,
                                  tags_are_left_out,
                                  bidirectional_controls_are_left_out,
                                  what_has_no_width_is_left_out,
                                  joiners_stay_where_letters_need_them,
                                  joiners_go_where_no_letter_needs_them,
                                  emoji_stay_whole,
                                  selectors_carry_nothing_else,
                                  controls_and_the_unassigned_are_left_out,
                                  line_ends_are_of_one_kind,
                                  NULL};
    return run_suite("visible", tests);
}
