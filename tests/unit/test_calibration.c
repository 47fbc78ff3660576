/* assist/calibrate.c and eval/reliability.c, by the public API */
#include <helpdex/calibrate.h>

#include "eval/reliability.h"
#include "tests/unit/talk.h"

static const char *const boil[] = {"kettle"};
static const char *const clean[] = {"descale"};

static helpdex_calibration *calibrate(const helpdex_labelled *messages,
                                      size_t count)
{
    helpdex_calibration *c;
    helpdex_error err = {0};
    talk_begin("de");
    helpdex_calibrate_options options;
    helpdex_calibrate_options_init(&options);
    options.locale = "de";
    helpdex_status status =
        helpdex_calibrate(talk.assistant, messages, count, &options, &c, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    talk_end();
    return c;
}

static helpdex_status refusal(const helpdex_labelled *messages, size_t count,
                              const helpdex_calibrate_options *options)
{
    helpdex_calibration *c;
    helpdex_error err = {0};
    talk_begin("de");
    helpdex_status status =
        helpdex_calibrate(talk.assistant, messages, count, options, &c, &err);
    ck_assert_ptr_null(c);
    ck_assert_int_eq(err.status, status);
    talk_end();
    return status;
}

START_TEST(messages_are_judged_by_their_best_article)
{
    static const char *const both[] = {"descale", "kettle"};
    const helpdex_labelled messages[] = {{"Wasser kochen", boil, 1},
                                         {"Wasser kochen", clean, 1},
                                         {"Kessel entkalken", both, 2},
                                         {"Quantenfeldtheorie", NULL, 0}};
    helpdex_calibration *c = calibrate(messages, 4);
    ck_assert(helpdex_calibration_at(c, 0)->right);
    ck_assert(!helpdex_calibration_at(c, 1)->right);
    ck_assert(helpdex_calibration_at(c, 2)->right);
    ck_assert(!helpdex_calibration_at(c, 3)->known);
    ck_assert(!helpdex_calibration_at(c, 3)->right);
    ck_assert_ptr_null(helpdex_calibration_at(c, 4));
    ck_assert_str_eq(helpdex_calibration_locale(c), "de");
    helpdex_calibration_free(c);
}
END_TEST

START_TEST(what_a_rule_decides_is_not_measured_on)
{
    const helpdex_labelled messages[] = {{"ich will einen Menschen", NULL, 0},
                                         {"Wasser kochen", boil, 1}};
    hdx_reliabilities figures;
    helpdex_calibration *c = calibrate(messages, 2);
    hdx_reliability_of(c, &figures);
    ck_assert(helpdex_calibration_at(c, 0)->ruled);
    ck_assert_uint_eq(figures.ruled, 1);
    ck_assert_uint_eq(figures.counted, 1);
    helpdex_calibration_free(c);
}
END_TEST

START_TEST(a_curve_tells_right_from_wrong)
{
    helpdex_labelled messages[60];
    for (size_t i = 0; i < 60; i++)
        messages[i] = i % 2 ? (helpdex_labelled){"Quantenfeldtheorie", NULL, 0}
                            : (helpdex_labelled){"Wasser kochen", boil, 1};
    helpdex_calibration *c = calibrate(messages, 60);
    const helpdex_confidence_curve *curve = helpdex_calibration_curve(c);
    ck_assert(curve->slope > 0 && curve->escalate <= curve->answer);
    ck_assert(helpdex_calibration_at(c, 0)->confidence > 0.9);
    ck_assert(helpdex_calibration_at(c, 1)->confidence < 0.1);
    ck_assert_int_eq(helpdex_calibration_at(c, 0)->after, HELPDEX_ANSWER);
    ck_assert_int_eq(helpdex_calibration_at(c, 1)->after, HELPDEX_ESCALATE);
    helpdex_calibration_free(c);
}
END_TEST

START_TEST(a_few_that_are_right_promise_nothing)
{
    helpdex_labelled messages[8];
    for (size_t i = 0; i < 8; i++)
        messages[i] = (helpdex_labelled){"Wasser kochen", boil, 1};
    helpdex_calibration *c = calibrate(messages, 8);
    ck_assert(helpdex_calibration_curve(c)->answer > 1);
    ck_assert_int_ne(helpdex_calibration_at(c, 0)->after, HELPDEX_ANSWER);
    helpdex_calibration_free(c);
}
END_TEST

START_TEST(wrong_messages_and_options_are_refused)
{
    const helpdex_labelled empty = {"  ", boil, 1}, sound = {"Tee", boil, 1};
    const helpdex_labelled bytes = {"\xff", boil, 1};
    helpdex_calibrate_options options;
    helpdex_calibrate_options_init(&options);
    ck_assert_int_eq(refusal(&empty, 1, NULL), HELPDEX_INVALID);
    ck_assert_int_eq(refusal(&bytes, 1, NULL), HELPDEX_INVALID);
    ck_assert_int_eq(refusal(&sound, 0, NULL), HELPDEX_BAD_INPUT);
    options.locale = "no tag";
    ck_assert_int_eq(refusal(&sound, 1, &options), HELPDEX_INVALID);
    helpdex_calibrate_options_init(&options);
    options.precision = 0;
    ck_assert_int_eq(refusal(&sound, 1, &options), HELPDEX_INVALID);
    options.size = 1;
    ck_assert_int_eq(refusal(&sound, 1, &options), HELPDEX_INVALID);
}
END_TEST

START_TEST(an_interval_is_that_of_wilson)
{
    hdx_fraction s = hdx_fraction_of(8, 10);
    ck_assert_double_eq_tol(s.share, 0.8, 1e-9);
    ck_assert_double_eq_tol(s.low, 0.490, 0.001);
    ck_assert_double_eq_tol(s.high, 0.943, 0.001);
    s = hdx_fraction_of(10, 10);
    ck_assert(s.high == 1 && s.low > 0.7 && s.low < 0.73);
    s = hdx_fraction_of(0, 0);
    ck_assert(s.share == 0 && s.low == 0 && s.high == 1);
}
END_TEST

static bool build(void)
{
    const char *kb = temp_dir();
    write_text(join(kb, "helpdex.yml"), "default_locale: de\n");
    write_text(join(kb, "de/a/kettle.md"),
               "---\nid: kettle\nquestions:\n  - Wie kann ich Wasser kochen?\n"
               "---\n\n# Wasser kochen\n\nFüllen Sie den Kessel, und drücken "
               "Sie den Knopf.\n");
    write_text(join(kb, "de/a/descale.md"),
               "---\nid: descale\nquestions:\n  - Wie entkalke ich?\n---\n\n"
               "# Kessel entkalken\n\nNehmen Sie Essig.\n");
    return talk_index(kb);
}

int main(void)
{
    const TTest *const tests[] = {messages_are_judged_by_their_best_article,
                                  what_a_rule_decides_is_not_measured_on,
                                  a_curve_tells_right_from_wrong,
                                  a_few_that_are_right_promise_nothing,
                                  wrong_messages_and_options_are_refused,
                                  an_interval_is_that_of_wilson,
                                  NULL};
    talk.build = build;
    return run_suite("calibration", tests);
}
