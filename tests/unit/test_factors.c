/* search/factors.h */
#include "search/factors.h"

#include "tests/unit/support.h"

static const helpdex_request nobody = {.query = ""};

static hdx_factors factors_of(hdx_forward_article article,
                              const helpdex_request *request)
{
    hdx_factors out;
    hdx_factors_of(&hdx_factor_weights_default, &article, 1000, request, &out);
    return out;
}

static double product(hdx_forward_article article)
{
    hdx_factors factors = factors_of(article, &nobody);
    return hdx_factors_product(&factors);
}

START_TEST(an_article_of_which_nothing_is_known_keeps_its_score)
{
    ck_assert_double_eq(product((hdx_forward_article){.id = HDX_STR("a")}), 1);
}
END_TEST

START_TEST(the_lightest_comes_first)
{
    double light = product((hdx_forward_article){.weight = 1});
    double heavy = product((hdx_forward_article){.weight = 10});
    ck_assert_double_gt(light, heavy);
    ck_assert_double_gt(heavy, 1);
}
END_TEST

START_TEST(the_newest_comes_first_and_no_date_is_old)
{
    double newest = product((hdx_forward_article){.modified = 1000});
    double older = product((hdx_forward_article){.modified = 635});
    ck_assert_double_eq_tol(newest - 1, 2 * (older - 1), 1e-12);
    ck_assert_double_gt(older, 1);
}
END_TEST

START_TEST(many_votes_say_more_than_few)
{
    double one = product((hdx_forward_article){.helped = 1});
    double many = product((hdx_forward_article){.helped = 90});
    double bad = product((hdx_forward_article){.unhelped = 90});
    double mixed = product((hdx_forward_article){.helped = 9, .unhelped = 9});
    ck_assert(many > one && one > mixed && mixed > bad);
    ck_assert_double_eq(mixed, 1);
    ck_assert_double_gt(bad, 0.9);
}
END_TEST

START_TEST(made_for_the_reader_is_worth_more)
{
    hdx_forward_article article = {.regions = HDX_STR("XA\nXB"),
                                   .platforms = HDX_STR("ios")};
    helpdex_request reader = {.region = "xb", .platform = "iOS"};
    hdx_factors factors = factors_of(article, &reader);
    ck_assert_double_gt(factors.by[HDX_FACTOR_REGION], 1);
    ck_assert_double_gt(factors.by[HDX_FACTOR_PLATFORM], 1);
    factors = factors_of(article, &nobody);
    ck_assert_double_eq(hdx_factors_product(&factors), 1);
}
END_TEST

START_TEST(a_stale_translation_loses_a_little)
{
    double one = product((hdx_forward_article){.behind = 1, .sections = 4});
    double all = product((hdx_forward_article){.behind = 4, .sections = 4});
    ck_assert(one < 1 && all < one && all > 0.85);
}
END_TEST

START_TEST(an_outdated_one_of_high_stakes_is_below_any_fallback)
{
    hdx_forward_article outdated = {.helped = 1000,
                                    .weight = 1,
                                    .modified = 1000,
                                    .behind = 1,
                                    .sections = 3,
                                    .high_stakes = true};
    hdx_forward_article hated = {.unhelped = 1000};
    ck_assert(hdx_is_outdated(&outdated));
    ck_assert_double_lt(product(outdated),
                        hdx_factor_weights_default.fallback * product(hated));
    outdated.sections = 4;
    ck_assert(!hdx_is_outdated(&outdated));
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        an_article_of_which_nothing_is_known_keeps_its_score,
        the_lightest_comes_first,
        the_newest_comes_first_and_no_date_is_old,
        many_votes_say_more_than_few,
        made_for_the_reader_is_worth_more,
        a_stale_translation_loses_a_little,
        an_outdated_one_of_high_stakes_is_below_any_fallback,
        NULL};
    return run_suite("factors", tests);
}
