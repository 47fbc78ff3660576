/* intent/calibration.h */
#include "intent/calibration.h"

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

/* How many points get a decision, and how many of those are right. */
static size_t count_of(const hdx_calibration *c, hdx_intent_decision decision,
                       size_t *right)
{
    size_t count = 0;
    *right = 0;
    for (size_t i = 0; i < MOST; i++)
        if (hdx_calibration_judge(c, points[i].top, points[i].margin,
                                  points[i].scope)
                .decision == decision) {
            count++;
            *right += points[i].right;
        }
    return count;
}

START_TEST(answers_are_as_precise_as_was_asked)
{
    size_t right;
    make_points(MOST);
    hdx_calibration c = fitted(MOST);
    size_t answered = count_of(&c, HDX_INTENT_ANSWER, &right);
    ck_assert_uint_gt(answered, 100);
    ck_assert((double)right >= 0.95 * (double)answered);
}
END_TEST

START_TEST(no_more_is_refused_than_was_allowed)
{
    size_t right;
    make_points(MOST);
    hdx_calibration c = fitted(MOST);
    size_t escalated = count_of(&c, HDX_INTENT_ESCALATE, &right);
    ck_assert_uint_gt(escalated, MOST / 50);
    ck_assert_uint_le(escalated, MOST / 20);
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

int main(void)
{
    const TTest *const tests[] = {a_clear_choice_is_surer_than_a_close_one,
                                  answers_are_as_precise_as_was_asked,
                                  no_more_is_refused_than_was_allowed,
                                  a_few_right_points_promise_nothing,
                                  without_points_everything_is_asked_back,
                                  what_is_out_of_scope_teaches_doubt,
                                  NULL};
    return run_suite("intent_calibration", tests);
}
