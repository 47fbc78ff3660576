/* text/character.h */
#include "text/character.h"

#include "tests/unit/support.h"

static void slug_is(const char *heading, const char *wanted)
{
    hdx_arena arena = {0};
    ck_assert_str_is(hdx_slug(&arena, hdx_str_of(heading)), wanted);
    hdx_arena_free(&arena);
}

START_TEST(anchors_keep_the_letters_of_every_script)
{
    slug_is("Geld abheben: Größe & Gebühr", "geld-abheben-größe--gebühr");
    slug_is("ถอนเงินไม่ได้ ทำอย่างไร?", "ถอนเงินไม่ได้-ทำอย่างไร");
    slug_is("كيف أسحب الأموال؟", "كيف-أسحب-الأموال");
    slug_is("出金が反映されない場合", "出金が反映されない場合");
    slug_is("如何完成 KYC 認證？", "如何完成-kyc-認證");
    slug_is("हिन्दी में मदद", "हिन्दी-में-मदद");
    slug_is("ВЫВОД СРЕДСТВ", "вывод-средств");
}
END_TEST

START_TEST(anchors_keep_digits_hyphens_and_underscores)
{
    slug_is("  snake_case - 2FA  ", "snake_case---2fa");
    slug_is("v1.2.3", "v123");
    slug_is("٣ خطوات", "٣-خطوات");
    slug_is("a\tb\nc", "a-b-c");
}
END_TEST

START_TEST(headings_without_letters_have_empty_anchors)
{
    slug_is("", "");
    slug_is("   ", "");
    slug_is("?!😀", "");
    hdx_arena arena = {0};
    hdx_str slug = hdx_slug(&arena, (hdx_str){0});
    ck_assert_str_eq(slug.ptr, "");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(anchors_keep_letters_beyond_the_first_plane)
{
    slug_is("𐐀 𠮷野家", "𐐨-𠮷野家");
    slug_is("e\u0301te\u0301", "e\u0301te\u0301");
}
END_TEST

START_TEST(lines_of_unspaced_scripts_join_without_space)
{
    const char *const pairs[][2] = {
        {"出金", "方法"},     {"します。", "次に"}, {"（", "注"},
        {"ถอน", "เงิน"},       {"ได้", "แล้ว"},        {"ຖອນ", "ເງິນ"},
        {"ដក", "ប្រាក់"},       {"ငွေ", "ထုတ်"},         {"サーバー", "エラー"},
        {"か\u3099", "ある"}, {"！", "𠮷"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        ck_assert_msg(hdx_joins_without_space(hdx_str_of(pairs[i][0]),
                                              hdx_str_of(pairs[i][1])),
                      "%s|%s", pairs[i][0], pairs[i][1]);
}
END_TEST

START_TEST(lines_of_spaced_scripts_keep_their_space)
{
    const char *const pairs[][2] = {
        {"Geld", "abheben"}, {"출금", "방법"},   {"سحب", "الأموال"},
        {"出金", "USDT"},    {"KYC", "认证"},    {"ถอน", "USDT"},
        {"1", "出"},         {"вывод", "денег"}, {"", "出"},
        {"出", ""},          {"पैसे", "निकालें"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        ck_assert_msg(!hdx_joins_without_space(hdx_str_of(pairs[i][0]),
                                               hdx_str_of(pairs[i][1])),
                      "%s|%s", pairs[i][0], pairs[i][1]);
}
END_TEST

/* Each text is one cluster, and stays one with another letter behind it. */
START_TEST(clusters_are_not_split)
{
    const char *const clusters[] = {"a",
                                    "é",
                                    "e\u0301",
                                    "e\u0301\u0323",
                                    "ที่",
                                    "ซึ",
                                    "น้ำ",
                                    "か\u3099",
                                    "ｶﾞ",
                                    "한",
                                    "葛\U000E0100",
                                    "😀",
                                    "👍🏽",
                                    "👨‍👩‍👧",
                                    "❤️",
                                    "🏴‍☠️"};
    for (size_t i = 0; i < sizeof clusters / sizeof *clusters; i++) {
        hdx_buf text = {0};
        hdx_buf_add(&text, hdx_str_of(clusters[i]));
        size_t len = text.len;
        ck_assert_uint_eq(hdx_cluster_end(hdx_buf_str(&text), 0), len);
        hdx_buf_add(&text, HDX_STR("x"));
        ck_assert_msg(hdx_cluster_end(hdx_buf_str(&text), 0) == len, "%s",
                      clusters[i]);
        hdx_buf_free(&text);
    }
}
END_TEST

START_TEST(flags_are_two_letters_each)
{
    hdx_str flags = HDX_STR("🇩🇪🇹🇭🇯");
    ck_assert_uint_eq(hdx_cluster_end(flags, 0), 8);
    ck_assert_uint_eq(hdx_cluster_end(flags, 8), 16);
    ck_assert_uint_eq(hdx_cluster_end(flags, 16), 20);
}
END_TEST

START_TEST(decomposed_hangul_syllables_are_whole)
{
    hdx_str text = HDX_STR("\u1112\u1161\u11AB\u1100\u1173\u11AF");
    ck_assert_uint_eq(hdx_cluster_end(text, 0), 9);
    ck_assert_uint_eq(hdx_cluster_end(text, 9), 18);
    ck_assert_uint_eq(hdx_cluster_end(HDX_STR("하\u11AB글"), 0), 6);
    ck_assert_uint_eq(hdx_cluster_end(HDX_STR("한글"), 0), 3);
}
END_TEST

START_TEST(clusters_end_at_the_end_of_the_text)
{
    ck_assert_uint_eq(hdx_cluster_end(HDX_STR("ab"), 2), 2);
    ck_assert_uint_eq(hdx_cluster_end(HDX_STR("ab"), 99), 2);
    ck_assert_uint_eq(hdx_cluster_end((hdx_str){0}, 0), 0);
    ck_assert_uint_eq(hdx_cluster_end(HDX_STR("a\u200D"), 0), 4);
    ck_assert_uint_eq(hdx_cluster_end(HDX_STR("\u0301"), 0), 2);
}
END_TEST

START_TEST(clusters_cover_a_text_without_gaps)
{
    hdx_str text =
        HDX_STR("Grüße ถอนเงิน 👩‍💻 한국어 "
                "हिन्दी "
                "𠮷\n🇩🇪");
    size_t at = 0, steps = 0;
    while (at < text.len) {
        size_t end = hdx_cluster_end(text, at);
        ck_assert_uint_gt(end, at);
        at = end;
        steps++;
    }
    ck_assert_uint_eq(at, text.len);
    ck_assert_uint_lt(steps, hdx_utf8_count(text));
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {anchors_keep_the_letters_of_every_script,
                                  anchors_keep_digits_hyphens_and_underscores,
                                  headings_without_letters_have_empty_anchors,
                                  anchors_keep_letters_beyond_the_first_plane,
                                  lines_of_unspaced_scripts_join_without_space,
                                  lines_of_spaced_scripts_keep_their_space,
                                  clusters_are_not_split,
                                  flags_are_two_letters_each,
                                  decomposed_hangul_syllables_are_whole,
                                  clusters_end_at_the_end_of_the_text,
                                  clusters_cover_a_text_without_gaps,
                                  NULL};
    return run_suite("character", tests);
}
