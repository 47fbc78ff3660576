/* intent/calibration.h and intent/reliability.h */
#include "intent/calibration.h"

#include "intent/reliability.h"
#include "tests/unit/support.h"

enum { MOST = 2000 };
static const hdx_calibration_aims aims = {.precision = 0.95, .rejection = 0.05};
static hdx_calibration_point points[MOST];

/* Points of which the higher are right the more often: of each ten that share a
   margin, `margin` of them. */
static void make_points(size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t tenth = i / 10 % 11;
        points[i] = (hdx_calibration_point){.top = (double)tenth,
                                            .margin = (double)tenth,
                                            .scope = (double)(i % 97) / 97,
                                            .in_scope = true,
                                            .right = i % 10 < tenth};
    }
}

static hdx_calibration fitted(size_t count)
{
    hdx_calibration c;
    ck_assert_int_eq(hdx_calibration_fit(points, count, &aims, &c, NULL), 0);
    return c;
}

START_TEST(a_clear_choice_is_surer_than_a_close_one)
{
    make_points(MOST);
    hdx_calibration c = fitted(MOST);
    ck_assert_double_lt(hdx_calibration_judge(&c, 2, 2, 0).sure, 0.3);
    ck_assert_double_gt(hdx_calibration_judge(&c, 9, 9, 0).sure, 0.8);
}
END_TEST

START_TEST(answers_are_as_precise_as_was_asked)
{
    hdx_reliability seen;
    make_points(MOST);
    hdx_calibration c = fitted(MOST);
    hdx_reliability_measure(&c, points, MOST, &seen);
    ck_assert_uint_gt(seen.answered.count, 100);
    ck_assert(seen.answered.right >= 0.95 * seen.answered.count);
}
END_TEST

START_TEST(no_more_is_refused_than_was_allowed)
{
    hdx_reliability seen;
    make_points(MOST);
    hdx_calibration c = fitted(MOST);
    hdx_reliability_measure(&c, points, MOST, &seen);
    ck_assert_uint_gt(seen.escalated, MOST / 50);
    ck_assert_uint_le(seen.escalated, MOST / 20);
}
END_TEST

START_TEST(a_few_right_points_promise_nothing)
{
    for (size_t i = 0; i < 15; i++)
        points[i] = (hdx_calibration_point){
            .top = 1, .margin = 1, .in_scope = true, .right = true};
    hdx_calibration c = fitted(15);
    ck_assert_int_ne(hdx_calibration_judge(&c, 1, 1, 0).decision,
                     HDX_INTENT_ANSWER);
}
END_TEST

START_TEST(without_points_everything_is_asked_back)
{
    hdx_calibration c = fitted(0);
    ck_assert_int_eq(hdx_calibration_judge(&c, 9, 9, 9).decision,
                     HDX_INTENT_CLARIFY);
    ck_assert_int_eq(hdx_calibration_judge(&c, -9, 0, -9).decision,
                     HDX_INTENT_CLARIFY);
}
END_TEST

START_TEST(what_is_out_of_scope_teaches_doubt)
{
    make_points(MOST);
    hdx_calibration before = fitted(MOST);
    for (size_t i = 0; i < MOST; i += 2)
        points[i] = (hdx_calibration_point){
            .top = points[i].top, .margin = points[i].margin, .scope = -3};
    hdx_calibration after = fitted(MOST);
    ck_assert_double_lt(hdx_calibration_judge(&after, 8, 8, -3).confidence,
                        hdx_calibration_judge(&before, 8, 8, -3).confidence);
}
END_TEST

START_TEST(shares_have_the_intervals_of_wilson)
{
    hdx_share share = hdx_intent_share_of(8, 10);
    ck_assert_double_eq_tol(share.least, 0.490, 0.001);
    ck_assert_double_eq_tol(share.most, 0.943, 0.001);
    ck_assert_double_eq(hdx_intent_share_of(0, 0).most, 1);
}
END_TEST

START_TEST(the_error_is_what_was_promised_too_much)
{
    hdx_calibration c = {.confidence = {.bias = 30}, .answer = 2};
    hdx_reliability seen;
    for (size_t i = 0; i < 10; i++)
        points[i] = (hdx_calibration_point){.in_scope = true, .right = i < 6};
    hdx_reliability_measure(&c, points, 10, &seen);
    ck_assert_double_eq_tol(seen.error, 0.4, 1e-9);
    ck_assert_uint_eq(seen.bins[9].share.count, 10);
    ck_assert_uint_eq(seen.clarified, 10);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {a_clear_choice_is_surer_than_a_close_one,
                                  answers_are_as_precise_as_was_asked,
                                  no_more_is_refused_than_was_allowed,
                                  a_few_right_points_promise_nothing,
                                  without_points_everything_is_asked_back,
                                  what_is_out_of_scope_teaches_doubt,
                                  shares_have_the_intervals_of_wilson,
                                  the_error_is_what_was_promised_too_much,
                                  NULL};
    return run_suite("intent_calibration", tests);
}
