/* eval/metrics.h; expected values are computed by hand from the definitions of
   trec_eval */
#include "eval/metrics.h"

#include <math.h>

#include "tests/unit/support.h"

#define ck_near(value, expected) ck_assert_double_eq_tol(value, expected, 1e-6)

static const unsigned one[] = {1};

START_TEST(a_right_first_hit_scores_all)
{
    const unsigned gains[] = {1, 0, 0};
    hdx_scores s = hdx_score(gains, 3, one, 1);
    for (int m = 0; m < HDX_ZERO; m++)
        ck_near(s.of[m], 1);
    ck_near(s.of[HDX_ZERO], 0);
}
END_TEST

START_TEST(a_third_hit_is_a_success_of_three)
{
    const unsigned gains[] = {0, 0, 1, 0};
    hdx_scores s = hdx_score(gains, 4, one, 1);
    ck_near(s.of[HDX_SUCCESS_1], 0);
    ck_near(s.of[HDX_SUCCESS_3], 1);
    ck_near(s.of[HDX_MRR_10], 1.0 / 3);
    ck_near(s.of[HDX_NDCG_10], 0.5); /* 1 / log2(4) */
}
END_TEST

START_TEST(a_fourth_hit_is_no_success_of_three)
{
    const unsigned gains[] = {0, 0, 0, 1};
    hdx_scores s = hdx_score(gains, 4, one, 1);
    ck_near(s.of[HDX_SUCCESS_3], 0);
    ck_near(s.of[HDX_MRR_10], 0.25);
    ck_near(s.of[HDX_NDCG_10], 0.430677); /* 1 / log2(5) */
}
END_TEST

START_TEST(the_tenth_hit_counts_and_the_eleventh_does_not)
{
    unsigned gains[11] = {0};
    gains[9] = 1;
    ck_near(hdx_score(gains, 11, one, 1).of[HDX_MRR_10], 0.1);
    ck_near(hdx_score(gains, 11, one, 1).of[HDX_NDCG_10], 0.289065);
    gains[9] = 0;
    gains[10] = 1;
    ck_near(hdx_score(gains, 11, one, 1).of[HDX_MRR_10], 0);
    ck_near(hdx_score(gains, 11, one, 1).of[HDX_NDCG_10], 0);
}
END_TEST

/* (3 / log2 3 + 1 / log2 4) / (3 + 2 / log2 3 + 1 / log2 4) */
START_TEST(gains_are_linear_and_discounted)
{
    const unsigned gains[] = {0, 3, 1}, ideal[] = {3, 2, 1};
    hdx_scores s = hdx_score(gains, 3, ideal, 3);
    ck_near(s.of[HDX_NDCG_10], 0.502490);
    ck_near(s.of[HDX_MRR_10], 0.5);
}
END_TEST

START_TEST(the_ideal_list_has_ten_places_too)
{
    unsigned gains[10], ideal[20];
    for (int i = 0; i < 20; i++)
        gains[i % 10] = ideal[i] = 1;
    ck_near(hdx_score(gains, 10, ideal, 20).of[HDX_NDCG_10], 1);
}
END_TEST

START_TEST(no_hit_at_all_is_said_apart_from_a_wrong_one)
{
    const unsigned wrong[] = {0};
    ck_near(hdx_score(NULL, 0, one, 1).of[HDX_ZERO], 1);
    ck_near(hdx_score(wrong, 1, one, 1).of[HDX_ZERO], 0);
    ck_near(hdx_score(wrong, 1, one, 1).of[HDX_MRR_10], 0);
}
END_TEST

/* `right` of `count` queries succeed. */
static void figures(size_t right, size_t count, hdx_figure out[HDX_METRICS])
{
    hdx_scores scores[200] = {0};
    for (size_t i = 0; i < right; i++)
        scores[i].of[HDX_SUCCESS_1] = 1;
    ck_assert_int_eq(hdx_figures_of(scores, count, out, NULL), HELPDEX_OK);
}

START_TEST(an_interval_is_the_same_at_every_run)
{
    hdx_figure first[HDX_METRICS], second[HDX_METRICS];
    figures(30, 40, first);
    figures(30, 40, second);
    ck_assert_mem_eq(first, second, sizeof first);
    ck_near(first[HDX_SUCCESS_1].mean, 0.75);
}
END_TEST

/* The normal approximation: 0.75 -+ 1.96 * sqrt(0.75 * 0.25 / n). */
START_TEST(an_interval_is_about_as_wide_as_theory_says)
{
    hdx_figure f[HDX_METRICS];
    for (size_t n = 40; n <= 200; n += 160) {
        double half = 1.96 * sqrt(0.75 * 0.25 / (double)n);
        figures(3 * n / 4, n, f);
        ck_assert_double_eq_tol(f[HDX_SUCCESS_1].low, 0.75 - half, 0.026);
        ck_assert_double_eq_tol(f[HDX_SUCCESS_1].high, 0.75 + half, 0.026);
    }
}
END_TEST

START_TEST(what_always_succeeds_has_no_width)
{
    hdx_figure f[HDX_METRICS];
    figures(40, 40, f);
    ck_near(f[HDX_SUCCESS_1].low, 1);
    ck_near(f[HDX_SUCCESS_1].high, 1);
}
END_TEST

START_TEST(no_query_gives_no_figure)
{
    hdx_figure f[HDX_METRICS];
    figures(0, 0, f);
    ck_near(f[HDX_SUCCESS_1].mean, 0);
    ck_near(f[HDX_SUCCESS_1].high, 0);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_right_first_hit_scores_all,
        a_third_hit_is_a_success_of_three,
        a_fourth_hit_is_no_success_of_three,
        the_tenth_hit_counts_and_the_eleventh_does_not,
        gains_are_linear_and_discounted,
        the_ideal_list_has_ten_places_too,
        no_hit_at_all_is_said_apart_from_a_wrong_one,
        an_interval_is_the_same_at_every_run,
        an_interval_is_about_as_wide_as_theory_says,
        what_always_succeeds_has_no_width,
        no_query_gives_no_figure,
        NULL};
    return run_suite("metrics", tests);
}
