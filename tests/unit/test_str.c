/* base/str.h */
#include "base/str.h"
#include "tests/unit/support.h"

#include <stdio.h>

START_TEST(order_is_bytewise_and_prefixes_come_first)
{
    ck_assert_int_lt(hdx_str_cmp(HDX_STR("ab"), HDX_STR("abc")), 0);
    ck_assert_int_gt(hdx_str_cmp(HDX_STR("\xC3\xA9"), HDX_STR("z")), 0);
    ck_assert_int_lt(hdx_str_cmp((hdx_str){0}, HDX_STR("a")), 0);
    ck_assert_int_eq(hdx_str_cmp((hdx_str){0}, HDX_STR("")), 0);
    ck_assert_int_lt(hdx_str_cmp(HDX_STR("a\0b"), HDX_STR("a\0c")), 0);
}
END_TEST

START_TEST(null_views_are_empty_texts)
{
    hdx_str none = {0}, line;
    ck_assert(hdx_str_eq(none, HDX_STR("")));
    ck_assert(hdx_str_starts(none, none));
    ck_assert(hdx_str_starts(HDX_STR("a"), none));
    ck_assert(!hdx_str_starts(none, HDX_STR("a")));
    ck_assert(hdx_str_eq_nocase(none, HDX_STR("")));
    ck_assert_uint_eq(hdx_str_trim(none).len, 0);
    ck_assert(!hdx_str_line(&none, &line));
    ck_assert_uint_eq(hdx_utf8_check(none), SIZE_MAX);
    ck_assert_uint_eq(hdx_utf8_count(none), 0);
    ck_assert_uint_eq(hdx_utf8_cut(none, 0).len, 0);
    ck_assert_uint_eq(hdx_str_of(NULL).len, 0);
}
END_TEST

START_TEST(only_ascii_letters_lose_their_case)
{
    ck_assert(hdx_str_eq_nocase(HDX_STR("TiTle"), HDX_STR("tItlE")));
    ck_assert(!hdx_str_eq_nocase(HDX_STR("Ü"), HDX_STR("ü")));
    ck_assert(!hdx_str_eq_nocase(HDX_STR("@"), HDX_STR("`")));
    ck_assert(!hdx_str_eq_nocase(HDX_STR("ab"), HDX_STR("abc")));
}
END_TEST

START_TEST(trimming_takes_ascii_space_alone)
{
    ck_assert_str_is(hdx_str_trim(HDX_STR(" \t\v\f\r\n a b \n")), "a b");
    ck_assert_str_is(hdx_str_trim(HDX_STR(" \n ")), "");
    ck_assert_str_is(hdx_str_trim(HDX_STR("\u3000出金\u00A0")),
                     "\u3000出金\u00A0");
}
END_TEST

START_TEST(lines_end_with_lf_or_cr_lf)
{
    hdx_str rest = HDX_STR("a\r\n\nb\rc\nend\r"), line;
    const char *const lines[] = {"a", "", "b\rc", "end"};
    for (size_t i = 0; i < 4; i++) {
        ck_assert(hdx_str_line(&rest, &line));
        ck_assert_str_is(line, lines[i]);
    }
    ck_assert(!hdx_str_line(&rest, &line));
}
END_TEST

START_TEST(a_final_line_end_begins_no_line)
{
    hdx_str rest = HDX_STR("a\n"), line;
    ck_assert(hdx_str_line(&rest, &line));
    ck_assert(!hdx_str_line(&rest, &line));
}
END_TEST

START_TEST(the_limits_of_utf8_are_valid)
{
    hdx_str text = HDX_STR("\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF"
                           "\xEE\x80\x80\xEF\xBF\xBF\xF0\x90\x80\x80"
                           "\xF4\x8F\xBF\xBF\0");
    ck_assert_uint_eq(hdx_utf8_check(text), SIZE_MAX);
    ck_assert_uint_eq(hdx_utf8_count(text), 10);
}
END_TEST

START_TEST(what_is_not_utf8_is_found_at_its_first_byte)
{
    const char *const wrong[] = {"\x80",
                                 "\xBF",
                                 "\xC0\xAF",
                                 "\xC1\x81",
                                 "\xC3",
                                 "\xC3(",
                                 "\xE0\x9F\xBF",
                                 "\xED\xA0\x80",
                                 "\xED\xBF\xBF",
                                 "\xE0\xB8",
                                 "\xE2(\xA1",
                                 "\xF0\x8F\xBF\xBF",
                                 "\xF4\x90\x80\x80",
                                 "\xF5\x80\x80\x80",
                                 "\xF0\x9F\x98",
                                 "\xFE",
                                 "\xFF"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[16];
        snprintf(text, sizeof text, "ไ%s", wrong[i]);
        ck_assert_uint_eq(hdx_utf8_check(hdx_str_of(text)), 3);
    }
}
END_TEST

START_TEST(a_view_that_ends_inside_a_character_is_not_utf8)
{
    const char *whole = "😀";
    for (size_t len = 1; len < 4; len++)
        ck_assert_uint_eq(hdx_utf8_check((hdx_str){whole, len}), 0);
    ck_assert_uint_eq(hdx_utf8_check((hdx_str){whole, 4}), SIZE_MAX);
}
END_TEST

START_TEST(code_points_are_read_and_written_alike)
{
    const uint32_t points[] = {0,      0x7F,   0x80,   0x7FF,   0x800,
                               0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        hdx_buf buf = {0};
        size_t at = 0;
        hdx_buf_code_point(&buf, points[i]);
        ck_assert_uint_eq(hdx_utf8_check(hdx_buf_str(&buf)), SIZE_MAX);
        ck_assert_uint_eq(hdx_utf8_next(hdx_buf_str(&buf), &at), points[i]);
        ck_assert_uint_eq(at, buf.len);
        ck_assert_uint_eq(hdx_utf8_last(hdx_buf_str(&buf)), points[i]);
        hdx_buf_free(&buf);
    }
}
END_TEST

START_TEST(what_is_no_scalar_value_becomes_a_replacement)
{
    const uint32_t points[] = {0xD800, 0xDFFF, 0x110000, UINT32_MAX};
    hdx_buf buf = {0};
    for (size_t i = 0; i < 4; i++)
        hdx_buf_code_point(&buf, points[i]);
    ck_assert_str_is(hdx_buf_str(&buf), "\uFFFD\uFFFD\uFFFD\uFFFD");
    hdx_buf_free(&buf);
}
END_TEST

START_TEST(the_last_code_point_is_whole)
{
    ck_assert_uint_eq(hdx_utf8_last(HDX_STR("a😀")), 0x1F600);
    ck_assert_uint_eq(hdx_utf8_last(HDX_STR("ถอนเงิน")), 0x0E19);
    ck_assert_uint_eq(hdx_utf8_last(HDX_STR("a")), 'a');
}
END_TEST

START_TEST(cuts_never_split_a_code_point)
{
    hdx_str text = HDX_STR("aßไ😀");
    const size_t cut_at[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
    for (size_t bytes = 0; bytes < 12; bytes++)
        ck_assert_uint_eq(hdx_utf8_cut(text, bytes).len, cut_at[bytes]);
    ck_assert_uint_eq(hdx_utf8_cut(text, SIZE_MAX).len, text.len);
}
END_TEST

START_TEST(positions_count_code_points_from_one)
{
    hdx_str text = HDX_STR("ab\r\nไทยx\n\n😀y");
    const size_t offsets[] = {0, 2, 4, 13, 15, 16, 20, 21, 99};
    const unsigned lines[] = {1, 1, 2, 2, 3, 4, 4, 4, 4};
    const unsigned columns[] = {1, 3, 1, 4, 1, 1, 2, 3, 3};
    for (size_t i = 0; i < 9; i++) {
        unsigned line, column;
        hdx_str_position(text, offsets[i], &line, &column);
        ck_assert_uint_eq(line, lines[i]);
        ck_assert_uint_eq(column, columns[i]);
    }
}
END_TEST

START_TEST(distance_counts_edits)
{
    ck_assert_uint_eq(hdx_str_distance("", ""), 0);
    ck_assert_uint_eq(hdx_str_distance("", "index"), 5);
    ck_assert_uint_eq(hdx_str_distance("index", ""), 5);
    ck_assert_uint_eq(hdx_str_distance("serach", "search"), 2);
    ck_assert_uint_eq(hdx_str_distance("kitten", "sitting"), 3);
}
END_TEST

START_TEST(long_names_are_infinitely_distant)
{
    char name[66];
    memset(name, 'a', sizeof name);
    name[64] = '\0';
    ck_assert_uint_eq(hdx_str_distance(name, "a"), SIZE_MAX);
    ck_assert_uint_eq(hdx_str_distance("a", name), SIZE_MAX);
    name[63] = '\0';
    ck_assert_uint_eq(hdx_str_distance(name, name), 0);
    ck_assert_uint_eq(hdx_str_distance("", name), 63);
}
END_TEST

START_TEST(buffers_grow_and_stay_terminated)
{
    hdx_buf buf = {0};
    for (unsigned i = 0; i < 10000; i++) {
        ck_assert(hdx_buf_byte(&buf, (char)('a' + i % 26)));
        ck_assert_int_eq(buf.ptr[i + 1], '\0');
    }
    ck_assert_uint_eq(buf.len, 10000);
    ck_assert_int_eq(buf.ptr[9999], 'a' + 9999 % 26);
    hdx_buf_free(&buf);
    ck_assert_ptr_null(buf.ptr);
}
END_TEST

START_TEST(adding_nothing_makes_an_empty_terminated_text)
{
    hdx_buf buf = {0};
    ck_assert(hdx_buf_add(&buf, (hdx_str){0}));
    ck_assert_str_eq(buf.ptr, "");
    hdx_buf_free(&buf);
}
END_TEST

START_TEST(a_failed_buffer_stays_failed)
{
    hdx_buf buf = {0};
    hdx_buf_add(&buf, HDX_STR("kept"));
    ck_assert(!hdx_buf_add(&buf, (hdx_str){"", SIZE_MAX / 2}));
    ck_assert(!hdx_buf_add(&buf, HDX_STR("late")));
    ck_assert(buf.failed);
    ck_assert_str_is(hdx_buf_str(&buf), "kept");
    hdx_buf_free(&buf);
}
END_TEST

START_TEST(an_array_that_cannot_grow_is_as_it_was)
{
    int *items = NULL;
    size_t capacity = 0;
    ck_assert(hdx_grow(&items, &capacity, 3, sizeof *items));
    ck_assert_uint_ge(capacity, 3);
    items[2] = 7;
    int *before = items;
    size_t room = capacity;
    ck_assert(!hdx_grow(&items, &capacity, SIZE_MAX / 4, sizeof *items));
    ck_assert_ptr_eq(items, before);
    ck_assert_uint_eq(capacity, room);
    ck_assert_int_eq(items[2], 7);
    free(items);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        order_is_bytewise_and_prefixes_come_first,
        null_views_are_empty_texts,
        only_ascii_letters_lose_their_case,
        trimming_takes_ascii_space_alone,
        lines_end_with_lf_or_cr_lf,
        a_final_line_end_begins_no_line,
        the_limits_of_utf8_are_valid,
        what_is_not_utf8_is_found_at_its_first_byte,
        a_view_that_ends_inside_a_character_is_not_utf8,
        code_points_are_read_and_written_alike,
        what_is_no_scalar_value_becomes_a_replacement,
        the_last_code_point_is_whole,
        cuts_never_split_a_code_point,
        positions_count_code_points_from_one,
        distance_counts_edits,
        long_names_are_infinitely_distant,
        buffers_grow_and_stay_terminated,
        adding_nothing_makes_an_empty_terminated_text,
        a_failed_buffer_stays_failed,
        an_array_that_cannot_grow_is_as_it_was,
        NULL};
    return run_suite("str", tests);
}
