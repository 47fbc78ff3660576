/* search/confidence.h, as a program outside sees it */
#include <helpdex/index.h>
#include <helpdex/search.h>

#include <stdio.h>

#include "tests/unit/support.h"

/* Twenty articles of a language; all have a bank, one the rarer words. */
static helpdex_searcher *open_bank(void)
{
    const char *kb = temp_dir(), *ix = join(temp_dir(), "index");
    char name[32], text[256];
    helpdex_searcher *s = NULL;
    helpdex_report *report = NULL;
    helpdex_error err = {0};
    for (int i = 0; i < 20; i++) {
        snprintf(name, sizeof name, "en/n%02d.md", i);
        snprintf(text, sizeof text, "# Page %d\n\nAsk your bank.%s", i,
                 i == 7 ? " A frozen ledger thaws." : "");
        write_text(join(kb, name), text);
        snprintf(name, sizeof name, "th/n%02d.md", i);
        snprintf(text, sizeof text, "# หน้า %d\n\nสอบถามธนาคาร%s", i,
                 i == 7 ? " บัญชีถูกระงับชั่วคราว" : "");
        write_text(join(kb, name), text);
    }
    ck_assert_msg(!helpdex_index_build(kb, ix, NULL, &report, &err), "%s",
                  err.message);
    helpdex_report_free(report);
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, NULL), HELPDEX_OK);
    return s;
}

static double confidence(helpdex_searcher *s, const char *query,
                         const char *locale, unsigned limit, size_t at)
{
    helpdex_request request;
    helpdex_results *r;
    helpdex_request_init(&request);
    request.query = query;
    request.locale = locale;
    request.limit = limit;
    ck_assert_int_eq(helpdex_search(s, &request, &r, NULL), HELPDEX_OK);
    ck_assert_uint_gt(helpdex_results_count(r), at);
    double said = helpdex_results_at(r, at)->confidence;
    helpdex_results_free(r);
    return said;
}

START_TEST(what_stands_out_is_believed)
{
    helpdex_searcher *s = open_bank();
    ck_assert_double_gt(confidence(s, "frozen ledger", "en", 5, 0), 0.9);
    ck_assert_double_gt(confidence(s, "บัญชีถูกระงับ", "th", 5, 0), 0.9);
    ck_assert_double_lt(confidence(s, "bank", "en", 5, 0), 0.5);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(a_word_that_nothing_has_makes_it_doubtful)
{
    helpdex_searcher *s = open_bank();
    double whole = confidence(s, "frozen ledger", "en", 5, 0);
    double half = confidence(s, "ledger of a trombone wedding", "en", 5, 0);
    ck_assert_double_lt(half, whole - 0.1);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(the_first_is_believed_more_than_the_next)
{
    helpdex_searcher *s = open_bank();
    double first = confidence(s, "bank ledger", "en", 5, 0);
    double next = confidence(s, "bank ledger", "en", 5, 1);
    ck_assert(first < 1 && first > 2 * next && next > 0);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(the_limit_changes_nothing)
{
    helpdex_searcher *s = open_bank();
    ck_assert_double_eq(confidence(s, "bank ledger", "en", 1, 0),
                        confidence(s, "bank ledger", "en", 20, 0));
    helpdex_searcher_free(s);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {what_stands_out_is_believed,
                                  a_word_that_nothing_has_makes_it_doubtful,
                                  the_first_is_believed_more_than_the_next,
                                  the_limit_changes_nothing, NULL};
    return run_suite("confidence", tests);
}
