/* base/arena.h */
#include "base/arena.h"
#include "tests/unit/support.h"

START_TEST(allocations_are_zeroed_and_apart)
{
    hdx_arena arena = {0};
    char *a = hdx_arena_alloc(&arena, 10), *b = hdx_arena_alloc(&arena, 10);
    ck_assert_int_eq(a[0] | a[9] | b[0] | b[9], 0);
    ck_assert_ptr_ne(a, b);
    memset(a, 1, 10);
    ck_assert_int_eq(b[0], 0);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(larger_than_any_chunk_fits)
{
    hdx_arena arena = {0};
    char *p = hdx_arena_alloc(&arena, 5 << 20);
    ck_assert_ptr_nonnull(p);
    p[(5 << 20) - 1] = 1;
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(impossible_sizes_give_null)
{
    hdx_arena arena = {0};
    ck_assert_ptr_null(hdx_arena_alloc(&arena, SIZE_MAX));
    ck_assert_ptr_null(hdx_arena_alloc(&arena, SIZE_MAX / 2));
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(copies_are_terminated)
{
    hdx_arena arena = {0};
    hdx_str copy = hdx_arena_copy(&arena, (hdx_str){"abcd", 2});
    ck_assert_str_eq(copy.ptr, "ab");
    hdx_str made = hdx_arena_format(&arena, "%s-%d", "x", 7);
    ck_assert_str_is(made, "x-7");
    hdx_arena_free(&arena);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        allocations_are_zeroed_and_apart, larger_than_any_chunk_fits,
        impossible_sizes_give_null, copies_are_terminated, NULL};
    return run_suite("arena", tests);
}
