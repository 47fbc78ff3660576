/* eval/trec.h */
#include "eval/trec.h"

#include "tests/unit/support.h"

static hdx_arena arena;
static hdx_golden_set set;

static helpdex_status read_set(const char *queries, const char *qrels,
                               helpdex_error *err)
{
    const char *dir = temp_dir();
    write_text(join(dir, "queries"), queries);
    write_text(join(dir, "qrels"), qrels);
    return hdx_trec_read(&arena, join(dir, "queries"), join(dir, "qrels"), "th",
                         &set, err);
}

static void reads(const char *queries, const char *qrels, size_t count)
{
    helpdex_error err = {0};
    ck_assert_msg(read_set(queries, qrels, &err) == HELPDEX_OK, "%s",
                  err.message);
    ck_assert_uint_eq(set.count, count);
}

static void refuses(const char *queries, const char *qrels, unsigned line,
                    unsigned column, const char *message)
{
    helpdex_error err = {0};
    ck_assert_int_eq(read_set(queries, qrels, &err), HELPDEX_BAD_INPUT);
    ck_assert_uint_eq(err.line, line);
    ck_assert_uint_eq(err.column, column);
    ck_assert_msg(strstr(err.message, message), "%s", err.message);
}

START_TEST(a_judgement_joins_a_query_and_an_article)
{
    reads("q1\tถอนเงินไม่ได้\nq2\tค่าธรรมเนียม\n", "q2 0 fees 2\nq1\t0\tpending 1\n",
          2);
    ck_assert_str_eq(set.locale, "th");
    ck_assert_str_eq(set.items[0].qid, "q1");
    ck_assert_str_eq(set.items[0].query, "ถอนเงินไม่ได้");
    ck_assert_str_eq(set.items[0].right->article, "pending");
    ck_assert_uint_eq(set.items[1].right->gain, 2);
}
END_TEST

START_TEST(what_is_judged_irrelevant_is_not_right)
{
    reads("q1\ta\nq2\tb\n", "q1 0 x 0\nq1 0 y 1\nq1 0 z -1\nq2 0 x 0\n", 1);
    ck_assert_str_eq(set.items[0].right->article, "y");
    ck_assert_ptr_null(set.items[0].right->next);
}
END_TEST

START_TEST(judgements_of_other_queries_are_stepped_over)
{
    reads("q1\ta\n", "q7 0 x 1\nq1 0 y 1\n", 1);
    ck_assert_str_eq(set.items[0].right->article, "y");
}
END_TEST

START_TEST(an_id_with_a_space_is_read_as_it_is_written)
{
    char text[128];
    FILE *run = fmemopen(text, sizeof text, "w");
    hdx_trec_line(run, "q1", "odd id\x7F/100%41", 3, 0.25);
    fclose(run);
    ck_assert_str_eq(text, "q1 Q0 odd%20id%7F/100%41 3 0.250000 helpdex\n");
    reads("q1\ta\n", "q1 0 odd%20id%7F/100%41 1\n", 1);
    ck_assert_str_eq(set.items[0].right->article, "odd id\x7F/100%41");
}
END_TEST

START_TEST(malformed_queries_are_named)
{
    refuses("q1\ta\nq2 b\n", "q1 0 x 1\n", 2, 1, "no query id before a tab");
    refuses("\ta\n", "q1 0 x 1\n", 1, 1, "no query id before a tab");
    refuses("qü 1\ta\n", "q1 0 x 1\n", 1, 3, "a query id has no spaces");
    refuses("q1\ta\nq1\tb\n", "q1 0 x 1\n", 2, 1, "is there twice");
}
END_TEST

START_TEST(malformed_judgements_are_named)
{
    refuses("q1\ta\n", "q1 0 x\n", 1, 1, "not four columns");
    refuses("q1\ta\n", "q1 0 x 1\nq1 0 ü 1 5\n", 2, 10, "a fifth column");
    refuses("q1\ta\n", "q1 0 ü yes\n", 1, 8, "no number");
    refuses("q1\ta\n", "q1 0 x 1.5\n", 1, 8, "no number");
    refuses("q1\ta\n", "q1 0 x 99999999999999999999\n", 1, 8, "no number");
    refuses("q1\ta\n", "q1 0 x 1\nq1 0 x 2\n", 2, 6, "judged twice");
}
END_TEST

START_TEST(files_that_do_not_belong_together_are_refused)
{
    refuses("q1\ta\n", "q7 0 x 1\n", 0, 0, "no query of ");
    refuses("q1\ta\n", "", 0, 0, "no query of ");
    refuses("", "q1 0 x 1\n", 0, 0, "no query of ");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {a_judgement_joins_a_query_and_an_article,
                                  what_is_judged_irrelevant_is_not_right,
                                  judgements_of_other_queries_are_stepped_over,
                                  an_id_with_a_space_is_read_as_it_is_written,
                                  malformed_queries_are_named,
                                  malformed_judgements_are_named,
                                  files_that_do_not_belong_together_are_refused,
                                  NULL};
    return run_suite("trec", tests);
}
