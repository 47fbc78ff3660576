/* base/error.h and helpdex/error.h */
#include "base/error.h"
#include "tests/unit/support.h"

#include <stdio.h>

static const char *formatted(const helpdex_error *err)
{
    static char line[2048];
    size_t len = helpdex_error_format(err, line, sizeof line);
    ck_assert_uint_eq(len, strlen(line));
    return line;
}

START_TEST(every_status_has_a_name_of_its_own)
{
    for (int i = HELPDEX_OK; i <= HELPDEX_NOMEM; i++)
        for (int j = HELPDEX_OK; j < i; j++)
            ck_assert_str_ne(helpdex_status_name((helpdex_status)i),
                             helpdex_status_name((helpdex_status)j));
    ck_assert_str_eq(helpdex_status_name(HELPDEX_BAD_INPUT), "bad input");
}
END_TEST

START_TEST(unknown_statuses_are_named_so)
{
    const int unknown[] = {-1, HELPDEX_NOMEM + 1, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < 4; i++)
        ck_assert_str_eq(helpdex_status_name((helpdex_status)unknown[i]),
                         "unknown status");
}
END_TEST

START_TEST(the_status_comes_back_with_or_without_an_error)
{
    helpdex_error err;
    ck_assert_int_eq(hdx_fail(NULL, HELPDEX_IO, "%d", 1), HELPDEX_IO);
    ck_assert_int_eq(hdx_fail(&err, HELPDEX_IO, "%d", 1), HELPDEX_IO);
    ck_assert_int_eq(err.status, HELPDEX_IO);
    ck_assert_int_eq(hdx_fail_nomem(NULL), HELPDEX_NOMEM);
    ck_assert_int_eq(hdx_fail_at(NULL, HELPDEX_DAMAGED, NULL, 1, 1, "%s", "x"),
                     HELPDEX_DAMAGED);
}
END_TEST

START_TEST(parts_that_are_not_known_are_left_out)
{
    helpdex_error err;
    hdx_fail_at(&err, HELPDEX_BAD_INPUT, "kb/de/konto.md", 3, 7, "x; y");
    ck_assert_str_eq(formatted(&err), "kb/de/konto.md:3:7: x; y");
    hdx_fail_at(&err, HELPDEX_BAD_INPUT, "kb/de/konto.md", 3, 0, "x; y");
    ck_assert_str_eq(formatted(&err), "kb/de/konto.md:3: x; y");
    hdx_fail_at(&err, HELPDEX_BAD_INPUT, "kb/de/konto.md", 0, 7, "x; y");
    ck_assert_str_eq(formatted(&err), "kb/de/konto.md: x; y");
    hdx_fail_at(&err, HELPDEX_BAD_INPUT, NULL, 3, 7, "x; y");
    ck_assert_str_eq(formatted(&err), "x; y");
}
END_TEST

START_TEST(nothing_of_an_earlier_error_remains)
{
    helpdex_error err;
    hdx_fail_at(&err, HELPDEX_BAD_INPUT, "a-long-name.md", 3, 7, "long");
    hdx_fail(&err, HELPDEX_IO, "x");
    ck_assert_str_eq(formatted(&err), "x");
    ck_assert_uint_eq(err.line + err.column, 0);
}
END_TEST

START_TEST(an_error_can_quote_itself)
{
    helpdex_error err;
    hdx_fail_at(&err, HELPDEX_IO, "a.md", 1, 1, "inner");
    hdx_fail_at(&err, HELPDEX_IO, err.file, 2, 2, "outer of %s", err.message);
    ck_assert_str_eq(formatted(&err), "a.md:2:2: outer of inner");
}
END_TEST

START_TEST(percent_signs_of_names_are_only_text)
{
    helpdex_error err;
    hdx_fail_at(&err, HELPDEX_IO, "%s%n.md", 1, 1, "%s", "100 %n");
    ck_assert_str_eq(formatted(&err), "%s%n.md:1:1: 100 %n");
}
END_TEST

START_TEST(long_texts_are_cut_between_characters)
{
    for (size_t lead = 0; lead < 4; lead++) {
        hdx_buf text = {0};
        hdx_buf_add(&text, (hdx_str){"aaaa", lead});
        for (int i = 0; i < 200; i++)
            hdx_buf_add(&text, i % 2 ? HDX_STR("😀") : HDX_STR("ไ"));
        helpdex_error err;
        hdx_fail_at(&err, HELPDEX_IO, text.ptr, 1, 1, "%s", text.ptr);
        ck_assert_uint_eq(hdx_utf8_check(hdx_str_of(err.message)), SIZE_MAX);
        ck_assert_uint_eq(hdx_utf8_check(hdx_str_of(err.file)), SIZE_MAX);
        ck_assert_uint_gt(strlen(err.message), sizeof err.message - 5);
        ck_assert_int_eq(strncmp(text.ptr, err.file, strlen(err.file)), 0);
        hdx_buf_free(&text);
    }
}
END_TEST

START_TEST(the_line_is_cut_to_the_buffer_and_terminated)
{
    helpdex_error err;
    char line[8] = "ABCDEFG";
    hdx_fail(&err, HELPDEX_IO, "no disk left");
    ck_assert_uint_eq(helpdex_error_format(&err, line, 5), 12);
    ck_assert_str_eq(line, "no d");
    ck_assert_int_eq(line[5], 'F');
    ck_assert_uint_eq(helpdex_error_format(&err, NULL, 0), 12);
}
END_TEST

START_TEST(a_file_name_cannot_break_the_line)
{
    helpdex_error err;
    hdx_fail_at(&err, HELPDEX_IO, "a\n::error::\033[2J.md", 1, 1, "x\r\ny");
    const char *line = formatted(&err);
    for (const char *at = line; *at; at++)
        ck_assert_int_ge((unsigned char)*at, ' ');
    ck_assert_ptr_nonnull(strstr(line, ".md:1:1: x"));
}
END_TEST

START_TEST(the_version_is_one)
{
    unsigned major, minor, patch;
    ck_assert_int_eq(
        sscanf(helpdex_version(), "%u.%u.%u", &major, &minor, &patch), 3);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        every_status_has_a_name_of_its_own,
        unknown_statuses_are_named_so,
        the_status_comes_back_with_or_without_an_error,
        parts_that_are_not_known_are_left_out,
        nothing_of_an_earlier_error_remains,
        an_error_can_quote_itself,
        percent_signs_of_names_are_only_text,
        long_texts_are_cut_between_characters,
        the_line_is_cut_to_the_buffer_and_terminated,
        a_file_name_cannot_break_the_line,
        the_version_is_one,
        NULL};
    return run_suite("error", tests);
}
