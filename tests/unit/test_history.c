/* Dates of commits; tests/cli/test_coverage.sh has repositories. */
#include "base/history.h"

#include <stdlib.h>

#include "tests/unit/support.h"

START_TEST(a_folder_outside_git_lacks_a_history)
{
    hdx_history h;
    ck_assert_int_eq(hdx_history_read(temp_dir(), &h, NULL), HELPDEX_OK);
    ck_assert_ptr_nonnull(h.lack);
    ck_assert(hdx_history_of(&h, HDX_STR("a.md")) == HDX_UNCOMMITTED);
    hdx_history_free(&h);
}
END_TEST

START_TEST(where_git_is_not_installed_there_is_no_history)
{
    hdx_history h;
    ck_assert_int_eq(setenv("PATH", temp_dir(), 1), 0);
    ck_assert_int_eq(hdx_history_read(SOURCE_DIR, &h, NULL), HELPDEX_OK);
    ck_assert_ptr_nonnull(h.lack);
    hdx_history_free(&h);
}
END_TEST

START_TEST(a_path_is_no_option_of_git)
{
    hdx_history h;
    ck_assert_int_eq(hdx_history_read("--version", &h, NULL), HELPDEX_OK);
    ck_assert_ptr_nonnull(h.lack);
    hdx_history_free(&h);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_folder_outside_git_lacks_a_history,
        where_git_is_not_installed_there_is_no_history,
        a_path_is_no_option_of_git, NULL};
    return run_suite("history", tests);
}
