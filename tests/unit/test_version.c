/* base/version.c */
#include "base/version.h"

#include "tests/unit/support.h"

static bool within(const char *version, const char *range)
{
    hdx_version v;
    hdx_version_range r;
    ck_assert(hdx_version_read(hdx_str_of(version), &v));
    ck_assert(hdx_version_range_read(hdx_str_of(range), &r));
    return hdx_version_range_has(&r, &v);
}

static bool is_range(const char *text)
{
    hdx_version_range range;
    return hdx_version_range_read(hdx_str_of(text), &range);
}

START_TEST(numbers_are_compared_as_numbers)
{
    ck_assert(within("4.10", ">4.9"));
    ck_assert(within("10", ">=9.9.9"));
    ck_assert(!within("4.2.1", "<4.2"));
    ck_assert(within("4.1.99", "<4.2"));
    ck_assert(within("99999999999", ">4294967294"));
}
END_TEST

START_TEST(a_short_version_stands_for_all_that_begin_with_it)
{
    ck_assert(within("4.2.7", "4.2"));
    ck_assert(within("4.2.7", "=4.2"));
    ck_assert(within("4.2.7", "<=4.2"));
    ck_assert(!within("4.2.7", ">4.2"));
    ck_assert(!within("4.20", "4.2"));
    ck_assert(within("4", "4.0.0"));
}
END_TEST

START_TEST(every_bound_must_hold)
{
    ck_assert(within("4.2.1", ">=4.2 <4.3"));
    ck_assert(within("4.2.1", " >= 4.2   <4.3 "));
    ck_assert(!within("4.3", ">=4.2 <4.3"));
    ck_assert(!within("4.1", ">=4.2 <4.3"));
}
END_TEST

START_TEST(what_follows_the_numbers_is_stepped_over)
{
    ck_assert(within("4.2.1-beta", "=4.2.1"));
    ck_assert(within("4.2.1.7.9", "=4.2.1.7"));
    hdx_version version;
    ck_assert(!hdx_version_read(HDX_STR("beta"), &version));
    ck_assert(!hdx_version_read(HDX_STR(""), &version));
}
END_TEST

START_TEST(what_is_no_range_is_refused)
{
    ck_assert(is_range("4"));
    ck_assert(!is_range(""));
    ck_assert(!is_range(">="));
    ck_assert(!is_range("=>4"));
    ck_assert(!is_range("4.x"));
    ck_assert(!is_range("4.2-5"));
    ck_assert(!is_range("latest"));
    ck_assert(!is_range("1 2 3 4 5"));
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        numbers_are_compared_as_numbers,
        a_short_version_stands_for_all_that_begin_with_it,
        every_bound_must_hold,
        what_follows_the_numbers_is_stepped_over,
        what_is_no_range_is_refused,
        NULL};
    return run_suite("version", tests);
}
