/* eval/golden.h, eval/table.h */
#include "eval/golden.h"

#include "tests/unit/support.h"

static hdx_arena arena;
static hdx_golden_set set;

static helpdex_status read_set(hdx_str text, helpdex_error *err)
{
    const char *path = join(temp_dir(), "de.tsv");
    write_file(path, text);
    return hdx_golden_read(&arena, path, "de", &set, err);
}

static void reads(const char *text, size_t count)
{
    helpdex_error err = {0};
    ck_assert_msg(read_set(hdx_str_of(text), &err) == HELPDEX_OK, "%s",
                  err.message);
    ck_assert_uint_eq(set.count, count);
}

static void refuses(const char *text, unsigned line, unsigned column,
                    const char *message)
{
    helpdex_error err = {0};
    ck_assert_int_eq(read_set(hdx_str_of(text), &err), HELPDEX_BAD_INPUT);
    ck_assert_uint_eq(err.line, line);
    ck_assert_uint_eq(err.column, column);
    ck_assert_msg(strstr(err.message, message), "%s", err.message);
    ck_assert_ptr_nonnull(strstr(err.message, "; write query<TAB>article id"));
}

START_TEST(a_row_is_a_query_and_its_article)
{
    reads("โอนเงินไม่เข้า\tmissing-deposit\nkarte weg\tkonto/sperren\n", 2);
    ck_assert_str_eq(set.items[0].query, "โอนเงินไม่เข้า");
    ck_assert_str_eq(set.items[0].right->article, "missing-deposit");
    ck_assert_ptr_null(set.items[0].right->section);
    ck_assert_uint_eq(set.items[0].right->gain, 1);
    ck_assert_str_eq(set.items[1].qid, "de-2");
}
END_TEST

START_TEST(a_section_may_be_asked_for)
{
    reads("كيف استرجع المبلغ\trefund#رسوم-الاسترجاع\n", 1);
    ck_assert_str_eq(set.items[0].right->article, "refund");
    ck_assert_str_eq(set.items[0].right->section, "رسوم-الاسترجاع");
}
END_TEST

START_TEST(rows_of_one_query_are_one_golden_query)
{
    reads("退款\trefund\n提幣\twithdraw\n退款\trefund-fees#多久\n", 2);
    const hdx_right *right = set.items[0].right;
    ck_assert_str_eq(right->article, "refund");
    ck_assert_str_eq(right->next->article, "refund-fees");
    ck_assert_str_eq(right->next->section, "多久");
    ck_assert_ptr_null(right->next->next);
}
END_TEST

START_TEST(where_an_article_is_named_is_remembered)
{
    reads("a\tx\n\n재설정 방법\treset\n", 2);
    ck_assert_uint_eq(set.items[1].right->line, 3);
    ck_assert_uint_eq(set.items[1].right->column, 8);
}
END_TEST

START_TEST(what_editors_leave_behind_does_no_harm)
{
    reads("\xEF\xBB\xBFkarte weg \t sperren \r\n\r\n  \r\nfees\tfees", 2);
    ck_assert_str_eq(set.items[0].query, "karte weg");
    ck_assert_str_eq(set.items[0].right->article, "sperren");
}
END_TEST

START_TEST(malformed_rows_are_named_by_line_and_column)
{
    refuses("a\tx\nkarte weg sperren\n", 2, 1, "no tab behind the query");
    refuses("\tx\n", 1, 1, "no query before the tab");
    refuses("あ\t\n", 1, 3, "no article behind the tab");
    refuses("ä\tx\ty\n", 1, 4, "a second tab");
    refuses("ä\t#x\n", 1, 3, "no article before the #");
    refuses("ä\tx#\n", 1, 4, "no section behind the #");
    refuses("\n \n", 0, 0, "no golden query in it");
}
END_TEST

START_TEST(bytes_that_are_no_text_are_refused)
{
    helpdex_error err = {0};
    ck_assert_int_eq(read_set(HDX_STR("a\tx\nb\xFF\tx\n"), &err),
                     HELPDEX_BAD_INPUT);
    ck_assert_uint_eq(err.line, 2);
    ck_assert_uint_eq(err.column, 2);
    ck_assert_int_eq(read_set(HDX_STR("a\tx\0y\n"), &err), HELPDEX_BAD_INPUT);
    ck_assert_uint_eq(err.column, 4);
    ck_assert_ptr_nonnull(strstr(err.message, "; save the file as UTF-8"));
}
END_TEST

START_TEST(a_folder_gives_its_locales_in_order)
{
    hdx_golden_sets sets;
    const char *dir = temp_dir();
    write_text(join(dir, "zh-Hant.tsv"), "退款\trefund\n");
    write_text(join(dir, "ar.tsv"), "استرجاع\trefund\n");
    write_text(join(dir, "baseline.json"), "{}");
    write_text(join(dir, ".tsv"), "no locale");
    ck_assert_int_eq(hdx_golden_read_all(&arena, dir, &sets, NULL), 0);
    ck_assert_uint_eq(sets.count, 2);
    ck_assert_str_eq(sets.items[0].locale, "ar");
    ck_assert_str_eq(sets.items[1].locale, "zh-Hant");
}
END_TEST

START_TEST(a_folder_without_golden_queries_is_named)
{
    hdx_golden_sets sets;
    helpdex_error err;
    const char *dir = temp_dir();
    ck_assert_int_eq(hdx_golden_read_all(&arena, dir, &sets, &err),
                     HELPDEX_NOT_FOUND);
    ck_assert_str_eq(err.file, dir);
    ck_assert_int_eq(hdx_golden_read_all(&arena, join(dir, "x"), &sets, &err),
                     HELPDEX_NOT_FOUND);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {a_row_is_a_query_and_its_article,
                                  a_section_may_be_asked_for,
                                  rows_of_one_query_are_one_golden_query,
                                  where_an_article_is_named_is_remembered,
                                  what_editors_leave_behind_does_no_harm,
                                  malformed_rows_are_named_by_line_and_column,
                                  bytes_that_are_no_text_are_refused,
                                  a_folder_gives_its_locales_in_order,
                                  a_folder_without_golden_queries_is_named,
                                  NULL};
    return run_suite("golden", tests);
}
