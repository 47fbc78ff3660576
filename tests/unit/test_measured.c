/* store/measured.h */
#include "store/measured.h"

#include "tests/unit/support.h"

static const char sound[] = "# By helpdex calibrate\nbias: -0.5\nslope: 2\n"
                            "answer: 0.8\nescalate: 0.2\nmessages: 240\n";

static helpdex_status read(const char *text, hdx_measured *out,
                           helpdex_error *err)
{
    return hdx_measured_read(hdx_str_of(text), "de.yml", out, err);
}

START_TEST(a_sound_file_is_read)
{
    hdx_measured m;
    ck_assert_int_eq(read(sound, &m, NULL), HELPDEX_OK);
    ck_assert(m.bias == -0.5 && m.slope == 2 && m.answer == 0.8);
    ck_assert(m.escalate == 0.2 && m.messages == 240);
}
END_TEST

START_TEST(an_answer_may_never_be_given)
{
    hdx_measured m;
    ck_assert_int_eq(read("bias: 0\nslope: 1\nanswer: never\nescalate: 1\n"
                          "messages: 1\n",
                          &m, NULL),
                     HELPDEX_OK);
    ck_assert(m.answer > 1);
}
END_TEST

START_TEST(what_is_no_calibration_is_refused_with_its_place)
{
    static const struct {
        const char *text;
        unsigned line;
    } bad[] = {{"", 1},
               {"- 1\n", 1},
               {"bias: 0\nslope: one\n", 2},
               {"bias: 0\nslope: nan\n", 2},
               {"bias: 0\nslope: -1\n", 2},
               {"bias: 0\nbias: 0\n", 2},
               {"bias: 0\nbiass: 0\n", 2},
               {"bias: 1e400\n", 1},
               {"bias: 0\n", 1}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        hdx_measured m;
        helpdex_error err = {0};
        ck_assert_int_eq(read(bad[i].text, &m, &err), HELPDEX_BAD_INPUT);
        ck_assert_str_eq(err.file, "de.yml");
        ck_assert_uint_eq(err.line, bad[i].line);
        ck_assert_uint_eq(m.messages, 0);
    }
}
END_TEST

START_TEST(a_curve_rises_and_keeps_inside)
{
    hdx_measured m;
    double before = 0;
    ck_assert_int_eq(read(sound, &m, NULL), HELPDEX_OK);
    for (int i = 1; i < 20; i++) {
        double p = hdx_measured_at(&m, i / 20.0);
        ck_assert(p > before && p < 1);
        before = p;
    }
}
END_TEST

START_TEST(without_bias_and_slope_a_probability_stays)
{
    const hdx_measured m = {.slope = 1};
    ck_assert_double_eq_tol(hdx_measured_at(&m, 0.3), 0.3, 1e-6);
    ck_assert_double_eq_tol(hdx_measured_at(&m, 0.97), 0.97, 1e-6);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_sound_file_is_read,
        an_answer_may_never_be_given,
        what_is_no_calibration_is_refused_with_its_place,
        a_curve_rises_and_keeps_inside,
        without_bias_and_slope_a_probability_stays,
        NULL};
    return run_suite("measured", tests);
}
