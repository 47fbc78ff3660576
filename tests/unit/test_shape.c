/* text/shape.c */
#include "text/shape.h"

#include "tests/unit/support.h"

static hdx_str found;

static hdx_str find(const char *pattern, const char *text)
{
    ck_assert_int_eq(
        hdx_shape_find(hdx_str_of(pattern), hdx_str_of(text), &found, NULL),
        HELPDEX_OK);
    return found;
}

START_TEST(the_first_part_that_matches_is_found)
{
    ck_assert_str_is(find("[0-9a-f]{8}", "รหัสคือ deadbeef ครับ"), "deadbeef");
    ck_assert_str_is(find("[0-9]+", "第12號和34"), "12");
    ck_assert_str_is(find("\\p{Lu}{2}-\\d{4}", "Fall ÄB-2041, bitte"),
                     "ÄB-2041");
    ck_assert_str_is(find("^\\d+$", "2041"), "2041");
}
END_TEST

START_TEST(what_does_not_match_is_none)
{
    ck_assert_ptr_null(find("[0-9]{6}", "12345").ptr);
    ck_assert_ptr_null(find("^\\d+$", "a 2041").ptr);
    ck_assert_ptr_null(find("x*", "yyy").ptr);
    ck_assert_ptr_null(find("a", "").ptr);
}
END_TEST

START_TEST(a_pattern_that_is_none_is_refused)
{
    helpdex_error err;
    ck_assert_int_eq(hdx_shape_check(HDX_STR("[0-9"), &err), HELPDEX_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(err.message, "at its character 4"));
    ck_assert_int_eq(hdx_shape_check(HDX_STR("[0-9]+"), &err), HELPDEX_OK);
    ck_assert_int_eq(hdx_shape_find(HDX_STR("("), HDX_STR("a"), &found, &err),
                     HELPDEX_BAD_INPUT);
}
END_TEST

START_TEST(a_pattern_that_would_take_for_ever_gives_up)
{
    ck_assert_ptr_null(
        find("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab").ptr);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        the_first_part_that_matches_is_found, what_does_not_match_is_none,
        a_pattern_that_is_none_is_refused,
        a_pattern_that_would_take_for_ever_gives_up, NULL};
    return run_suite("shape", tests);
}
