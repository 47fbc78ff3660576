/* search/rank.h */
#include "search/rank.h"

#include <helpdex/index.h>
#include <stdio.h>

#include "search/searcher.h"
#include "tests/unit/support.h"

enum { MOST = 16 };

static helpdex_searcher *searcher;
static hdx_search_shard *shard;

/* Opens an index of one locale whose articles, ended by NULL, have one section
   each: ordinals are in their order. */
static void open_index(const char *tag, const char *const *articles)
{
    const char *kb = temp_dir(), *ix = join(temp_dir(), "index");
    char name[16];
    helpdex_index_options options;
    helpdex_report *report;
    helpdex_error err = {0};
    helpdex_index_options_init(&options);
    options.locale = tag;
    for (int i = 0; articles[i]; i++) {
        snprintf(name, sizeof name, "a%02d.md", i);
        write_text(join(kb, name), articles[i]);
    }
    ck_assert_msg(!helpdex_index_build(kb, ix, &options, &report, &err), "%s",
                  err.message);
    helpdex_report_free(report);
    ck_assert_int_eq(helpdex_searcher_open(ix, &searcher, NULL), HELPDEX_OK);
    shard = &searcher->shards[0];
}

static void close_index(void)
{
    helpdex_searcher_free(searcher);
}

/* Scores these sections for a query. */
static void rank_by(const hdx_ranking *ranking, const char *query,
                    hdx_ranked *out, size_t count)
{
    hdx_arena arena = {0};
    hdx_question question;
    helpdex_error err = {0};
    ck_assert_int_eq(hdx_question_make(&shard->maker, hdx_str_of(query), &arena,
                                       &question, &err),
                     HELPDEX_OK);
    hdx_rank_run run = {&shard->maker, shard->forward, &question, out, count};
    ck_assert_int_eq(hdx_rank(ranking, &run, 1, &arena, &err), HELPDEX_OK);
    hdx_question_free(&shard->maker, &question);
    hdx_arena_free(&arena);
}

/* Scores all sections, given in reverse; returns how many. */
static size_t rank(const char *query, hdx_ranked out[MOST])
{
    uint32_t count = hdx_forward_section_count(shard->forward);
    ck_assert_uint_le(count, MOST);
    for (uint32_t i = 0; i < count; i++)
        out[i] = (hdx_ranked){.section = count - 1 - i};
    rank_by(&hdx_ranking_default, query, out, count);
    return count;
}

/* The sections, the best first, and '=' before one that scores as high. */
static const char *order_of(const char *query)
{
    static char text[4 * MOST];
    hdx_ranked ranked[MOST];
    size_t count = rank(query, ranked), len = 0;
    for (size_t i = 0; i < count; i++)
        len += (size_t)snprintf(
            text + len, sizeof text - len, "%s%u",
            i && ranked[i].score == ranked[i - 1].score ? "=" : "",
            ranked[i].section);
    return text;
}

static double cover_of(const char *query)
{
    hdx_ranked ranked[MOST];
    rank(query, ranked);
    return ranked[0].cover;
}

START_TEST(a_match_in_a_title_beats_one_in_a_text)
{
    const char *const articles[] = {
        "# Fees\n\nWhat withdrawals cost you here today.",
        "# Withdrawals\n\nWhat the fees cost you here today.", NULL};
    open_index("en", articles);
    ck_assert_str_eq(order_of("withdrawals"), "10");
    ck_assert_str_eq(order_of("fees"), "01");
    close_index();
}
END_TEST

START_TEST(equal_scores_are_in_order_of_ordinals)
{
    const char *const articles[] = {
        "# Lock\n\nThe phone.", "# Lock\n\nThe phone.", "# Lock\n\nThe phone.",
        "# Fees\n\nThe phone.", NULL};
    open_index("en", articles);
    ck_assert_str_eq(order_of("lock"), "0=1=23");
    ck_assert_str_eq(order_of("fees"), "30=1=2");
    ck_assert_str_eq(order_of("unicorn"), "0=1=2=3");
    close_index();
}
END_TEST

static const char *const bank[] = {
    "# Lock the account\n\nIf your phone is stolen, lock the account.",
    "# Fees\n\nA withdrawal costs two euro. The network takes its own.",
    "# Withdrawal is pending\n\nIt takes a day, at times two.",
    "# Verify your name\n\nUpload a passport. A photo of it, sharp.",
    "# Lost phone\n\nWrite to us. We ask for the passport.",
    NULL};

static const char *const queries[] = {
    "stolen phone", "how long does a withdrawal take", "fee", "passprt",
    "verif",        "unicorn passport account",        "the", "unicorn"};
enum { QUERIES = sizeof queries / sizeof *queries };

START_TEST(cover_is_between_none_and_all)
{
    open_index("en", bank);
    for (size_t i = 0; i < QUERIES; i++) {
        hdx_ranked ranked[MOST];
        size_t count = rank(queries[i], ranked);
        ck_assert_uint_eq(count, 5);
        for (size_t n = 0; n < count; n++)
            ck_assert_msg(ranked[n].cover >= 0 && ranked[n].cover <= 1,
                          "%s: %f", queries[i], ranked[n].cover);
    }
    close_index();
}
END_TEST

START_TEST(the_more_of_a_question_is_answered_the_higher_is_the_cover)
{
    open_index("en", bank);
    double all = cover_of("stolen phone account");
    double some = cover_of("stolen phone unicorn");
    double less = cover_of("phone unicorn narwhal");
    ck_assert_double_gt(all, some);
    ck_assert_double_gt(some, less);
    ck_assert_double_gt(less, 0);
    ck_assert_double_eq(cover_of("unicorn"), 0);
    ck_assert_double_eq(cover_of(""), 0);
    close_index();
}
END_TEST

START_TEST(the_same_question_scores_the_same_again)
{
    hdx_ranked first[QUERIES][MOST], again[MOST];
    open_index("en", bank);
    for (size_t i = 0; i < QUERIES; i++)
        rank(queries[i], first[i]);
    for (size_t i = QUERIES; i-- > 0;) {
        size_t count = rank(queries[i], again);
        for (size_t n = 0; n < count; n++) {
            ck_assert_uint_eq(first[i][n].section, again[n].section);
            ck_assert_double_eq(first[i][n].score, again[n].score);
            ck_assert_double_eq(first[i][n].cover, again[n].cover);
        }
    }
    close_index();
}
END_TEST

START_TEST(candidates_may_come_in_any_order)
{
    hdx_ranked falling[MOST], rising[MOST];
    open_index("en", bank);
    for (size_t i = 0; i < QUERIES; i++) {
        size_t count = rank(queries[i], falling);
        for (uint32_t n = 0; n < count; n++)
            rising[n] = (hdx_ranked){.section = n};
        rank_by(&hdx_ranking_default, queries[i], rising, count);
        for (size_t n = 0; n < count; n++) {
            ck_assert_uint_eq(falling[n].section, rising[n].section);
            ck_assert_double_eq(falling[n].score, rising[n].score);
        }
    }
    close_index();
}
END_TEST

START_TEST(cover_does_not_depend_on_the_other_candidates)
{
    hdx_ranked all[MOST];
    open_index("en", bank);
    for (size_t i = 0; i < QUERIES; i++) {
        size_t count = rank(queries[i], all);
        for (size_t n = 0; n < count; n++) {
            hdx_ranked alone = {.section = all[n].section};
            rank_by(&hdx_ranking_default, queries[i], &alone, 1);
            ck_assert_double_eq(alone.cover, all[n].cover);
        }
    }
    close_index();
}
END_TEST

START_TEST(no_candidates_are_nothing_to_score)
{
    hdx_ranked untouched = {.section = 7, .score = 3};
    open_index("en", bank);
    rank_by(&hdx_ranking_default, "phone", &untouched, 0);
    ck_assert_uint_eq(untouched.section, 7);
    ck_assert_double_eq(untouched.score, 3);
    close_index();
}
END_TEST

START_TEST(a_ranking_without_weights_leaves_all_equal)
{
    hdx_ranking none = hdx_ranking_default;
    none.words = none.grams = none.sentence = none.readings = 0;
    none.title_words = none.title_grams = 0;
    none.coverage = none.question_match = 0;
    hdx_ranked ranked[] = {{.section = 3}, {.section = 0}, {.section = 4}};
    open_index("en", bank);
    rank_by(&none, "stolen phone", ranked, 3);
    ck_assert_uint_eq(ranked[0].section, 0);
    ck_assert_uint_eq(ranked[1].section, 3);
    ck_assert_uint_eq(ranked[2].section, 4);
    for (int i = 0; i < 3; i++)
        ck_assert_double_eq(ranked[i].score, 0);
    close_index();
}
END_TEST

START_TEST(only_a_title_that_says_no_more_is_the_question)
{
    static const char *const asked[] = {"withdrawal is pending",
                                        "is the withdrawal pending?",
                                        "pending withdrawal passport"};
    open_index("en", bank);
    for (size_t i = 0; i < 3; i++) {
        hdx_ranked ranked[MOST];
        rank(asked[i], ranked);
        double match =
            ranked[0].section == 2 ? ranked[0].parts.question_match : -1;
        ck_assert_double_eq(match,
                            i < 2 ? hdx_ranking_default.question_match : 0);
    }
    close_index();
}
END_TEST

START_TEST(coverage_counts_each_word_once)
{
    static const char *const articles[] = {
        "# A\n\nPassport, passport, passport, passport.",
        "# B\n\nA passport and a photo.", "# C\n\nNothing.", NULL};
    hdx_ranked ranked[] = {{.section = 0}, {.section = 1}, {.section = 2}};
    hdx_ranking only = {
        .coverage = 1, .word_bm25 = {1, 0}, .tiers = {[HDX_TIER_EXACT] = 1}};
    open_index("en", articles);
    rank_by(&only, "passport photo", ranked, 3);
    ck_assert_uint_eq(ranked[0].section, 1);
    ck_assert_double_eq_tol(ranked[0].score, 1, 1e-6);
    ck_assert_double_eq(ranked[2].score, 0);
    close_index();
}
END_TEST

START_TEST(questions_find_their_articles)
{
    const struct {
        const char *query;
        char best;
    } wanted[] = {{"my phone was stolen", '0'}, {"what does it cost", '1'},
                  {"pending withdrawal", '2'},  {"upload passport", '3'},
                  {"pasport photo", '3'},       {"i lost my phone", '4'}};
    open_index("en", bank);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        ck_assert_msg(*order_of(wanted[i].query) == wanted[i].best, "%s",
                      wanted[i].query);
    close_index();
}
END_TEST

START_TEST(a_rare_word_weighs_more_than_a_common_one)
{
    const char *const articles[] = {"# First\n\nThe wallet opens here.",
                                    "# Second\n\nThe ledger opens here.",
                                    "# Third\n\nThe wallet closes there.",
                                    "# Fourth\n\nThe wallet stays there.",
                                    NULL};
    open_index("en", articles);
    ck_assert_int_eq(*order_of("wallet ledger"), '1');
    ck_assert_int_eq(*order_of("ledger wallet"), '1');
    close_index();
}
END_TEST

START_TEST(a_short_text_beats_a_long_one)
{
    const char *const articles[] = {
        "# First\n\nThe wallet, and then so much more about other things "
        "that nobody asked for, at length, with examples of each of them.",
        "# Second\n\nThe wallet.", NULL};
    open_index("en", articles);
    ck_assert_str_eq(order_of("wallet"), "10");
    close_index();
}
END_TEST

START_TEST(words_side_by_side_beat_words_apart)
{
    const char *const articles[] = {
        "# First\n\nThe recovery takes a day. Keep it. A phrase is given.",
        "# Second\n\nThe recovery phrase takes a day. Keep it. It is given.",
        NULL};
    open_index("en", articles);
    ck_assert_str_eq(order_of("recovery phrase"), "10");
    close_index();
}
END_TEST

START_TEST(a_word_beats_its_synonym)
{
    const char *const articles[] = {"# First\n\nThe payout here.",
                                    "# Second\n\nThe cashout here.",
                                    "# Third\n\nThe nothing here.", NULL};
    open_index("en", articles);
    ck_assert_str_eq(order_of("payout"), "012");
    ck_assert_str_eq(order_of("cashout"), "102");
    close_index();
}
END_TEST

START_TEST(an_article_is_found_by_a_question_of_its_front_matter)
{
    const char *const articles[] = {
        "---\ntitle: First\nquestions: [Where is my money]\n---\n\nText.",
        "---\ntitle: Second\n---\n\nText. Money is here.", NULL};
    open_index("en", articles);
    ck_assert_str_eq(order_of("where is my money"), "01");
    close_index();
}
END_TEST

START_TEST(scripts_without_spaces_are_ranked)
{
    const char *const thai[] = {"# ล็อกบัญชี\n\nโทรศัพท์หาย",
                                "# ถอนเงิน\n\nถอนเงินไม่ได้", NULL};
    const char *const japanese[] = {"# 凍結\n\n口座を凍結します。",
                                    "# 出金\n\n出金が反映されない。", NULL};
    open_index("th", thai);
    ck_assert_str_eq(order_of("ถอนเงิน"), "10");
    ck_assert_str_eq(order_of("โทรศัพท์หาย"), "01");
    close_index();
    open_index("ja", japanese);
    ck_assert_str_eq(order_of("出金"), "10");
    ck_assert_str_eq(order_of("口座凍結"), "01");
    close_index();
}
END_TEST

START_TEST(pinyin_ranks_by_readings)
{
    const char *const chinese[] = {"# 提现\n\n提现需要一天。",
                                   "# 账户认证\n\n提交身份证件。", NULL};
    open_index("zh-Hans", chinese);
    ck_assert_str_eq(order_of("zhanghu renzheng"), "10");
    ck_assert_str_eq(order_of("tixian"), "01");
    ck_assert_double_gt(cover_of("tixian"), 0);
    ck_assert_str_eq(order_of("yinhang"), "0=1");
    close_index();
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_match_in_a_title_beats_one_in_a_text,
        equal_scores_are_in_order_of_ordinals,
        cover_is_between_none_and_all,
        the_more_of_a_question_is_answered_the_higher_is_the_cover,
        the_same_question_scores_the_same_again,
        candidates_may_come_in_any_order,
        cover_does_not_depend_on_the_other_candidates,
        no_candidates_are_nothing_to_score,
        a_ranking_without_weights_leaves_all_equal,
        only_a_title_that_says_no_more_is_the_question,
        coverage_counts_each_word_once,
        questions_find_their_articles,
        a_rare_word_weighs_more_than_a_common_one,
        a_short_text_beats_a_long_one,
        words_side_by_side_beat_words_apart,
        a_word_beats_its_synonym,
        an_article_is_found_by_a_question_of_its_front_matter,
        scripts_without_spaces_are_ranked,
        pinyin_ranks_by_readings,
        NULL};
    return run_suite("rank", tests);
}
