/* Answers kept in memory: found by their key alone, and never too many. */
#include <stdio.h>

#include "server/kept.h"

#include "tests/unit/support.h"

enum { ROOM = 1 << 16 };
static hdx_kept kept;

static hdx_kept_key key(const char *tag, const char *target, bool packs)
{
    return (hdx_kept_key){hdx_str_of(tag), hdx_str_of(target), packs};
}

static void add(const hdx_kept_key *of, const char *body)
{
    hdx_kept_add(&kept, of, hdx_str_of(body), false, ROOM);
}

/* The body that is found, or an empty view. */
static hdx_str find(const hdx_kept_key *of)
{
    hdx_str body = {0};
    hdx_kept_find(&kept, of, &body);
    return body;
}

START_TEST(an_answer_is_found_by_all_of_its_key)
{
    hdx_kept_key a = key("t1", "/a", false), b = key("t2", "/a", false),
                 c = key("t1", "/b", false), d = key("t1", "/a", true);
    add(&a, "one");
    ck_assert_str_is(find(&a), "one");
    ck_assert_uint_eq(find(&b).len + find(&c).len + find(&d).len, 0);
    hdx_kept_free(&kept);
}
END_TEST

START_TEST(parts_of_a_key_do_not_run_together)
{
    hdx_kept_key a = key("t1", "/a", false), b = key("t1/", "a", false);
    add(&a, "one");
    ck_assert_uint_eq(find(&b).len, 0);
    hdx_kept_free(&kept);
}
END_TEST

static void add_numbered(unsigned number)
{
    char target[32], body[200] = {0};
    snprintf(target, sizeof target, "/%u", number);
    memset(body, 'a', sizeof body - 1);
    hdx_kept_key of = key("t", target, false);
    add(&of, body);
}

START_TEST(they_never_take_more_than_their_room)
{
    for (unsigned i = 0; i < 20000; i++) {
        add_numbered(i);
        ck_assert_uint_le(kept.bytes, ROOM);
    }
    ck_assert_uint_gt(kept.bytes, ROOM / 2);
    hdx_kept_free(&kept);
}
END_TEST

START_TEST(what_is_asked_for_stays)
{
    hdx_kept_key of = key("t", "/popular", false);
    unsigned found = 0;
    add(&of, "popular");
    for (unsigned i = 0; i < 20000; i++) {
        add_numbered(i);
        found += find(&of).len != 0;
    }
    ck_assert_uint_gt(found, 19000);
    hdx_kept_free(&kept);
}
END_TEST

START_TEST(a_large_answer_is_not_kept)
{
    static char body[ROOM / 8];
    memset(body, 'a', sizeof body - 1);
    hdx_kept_key of = key("t", "/large", false);
    add(&of, body);
    ck_assert_uint_eq(kept.bytes, 0);
    hdx_kept_free(&kept);
}
END_TEST

START_TEST(nothing_is_left_after_clearing)
{
    hdx_kept_key of = key("t", "/a", false);
    add(&of, "one");
    hdx_kept_clear(&kept);
    ck_assert_uint_eq(kept.bytes + find(&of).len, 0);
    add(&of, "two");
    ck_assert_str_is(find(&of), "two");
    hdx_kept_free(&kept);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {an_answer_is_found_by_all_of_its_key,
                                  parts_of_a_key_do_not_run_together,
                                  they_never_take_more_than_their_room,
                                  what_is_asked_for_stays,
                                  a_large_answer_is_not_kept,
                                  nothing_is_left_after_clearing,
                                  NULL};
    return run_suite("kept", tests);
}
