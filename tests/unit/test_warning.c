/* search/banners.c: the warning to who has typed a seed phrase */
#include <helpdex/index.h>
#include <helpdex/search.h>

#include "tests/unit/support.h"

static const char phrase[] = "help, legal winner thank year wave sausage "
                             "worth useful legal winner thank yellow";
static helpdex_searcher *searcher;
static helpdex_results *results;

/* With rules (NULL: none), and packs of one's own (NULL: those built in). */
static void set_up(const char *rules, const char *packs)
{
    const char *kb = temp_dir(), *ix = join(temp_dir(), "index");
    helpdex_index_options options;
    helpdex_report *report;
    write_text(join(kb, "helpdex.yml"), "default_locale: en\n");
    write_text(join(kb, "en/lock.md"), "# Lock\n\nThe phone was stolen.\n");
    write_text(join(kb, "th/lock.md"), "# ล็อกบัญชี\n\nโทรศัพท์หาย\n");
    if (rules)
        write_text(join(kb, "rules/r.yml"), rules);
    helpdex_index_options_init(&options);
    options.locales_dir = packs;
    ck_assert_int_eq(helpdex_index_build(kb, ix, &options, &report, NULL), 0);
    helpdex_report_free(report);
    ck_assert_int_eq(helpdex_searcher_open(ix, &searcher, NULL), 0);
}

static void ask(const char *query, const char *locale)
{
    helpdex_request request;
    helpdex_request_init(&request);
    request.query = query;
    request.locale = locale;
    ck_assert_int_eq(helpdex_search(searcher, &request, &results, NULL), 0);
}

static void tear_down(void)
{
    helpdex_searcher_free(searcher);
    helpdex_results_free(results);
}

static const helpdex_banner *banner(size_t at)
{
    const helpdex_banner *found = helpdex_results_banner(results, at);
    ck_assert_ptr_nonnull(found);
    return found;
}

START_TEST(the_warning_is_in_the_readers_language)
{
    set_up(NULL, NULL);
    ask(phrase, "th");
    ck_assert_uint_eq(helpdex_results_banner_count(results), 1);
    ck_assert_str_eq(banner(0)->id, "seed-phrase");
    ck_assert_str_eq(banner(0)->level, "critical");
    ck_assert_str_eq(banner(0)->locale, "th");
    ck_assert_ptr_nonnull(strstr(banner(0)->text, "วลีกู้คืน"));
    ck_assert_ptr_null(banner(0)->article);
    tear_down();
}
END_TEST

START_TEST(a_chinese_phrase_without_spaces_is_warned_of)
{
    set_up(NULL, NULL);
    ask("我的助记词是麦允碧丘炸别屏相胸童摸旺，怎么办？", "zh-Hans");
    ck_assert_str_eq(banner(0)->locale, "zh-Hans");
    helpdex_results_free(results);
    ask("的 的 的 的 的 的 的 的 的 的 的 在", "zh-Hans");
    ck_assert_str_eq(banner(0)->id, "seed-phrase");
    tear_down();
}
END_TEST

START_TEST(a_question_is_not_warned_of)
{
    set_up(NULL, NULL);
    ask("what can I do about this phone that was stolen from me today?", "en");
    ck_assert_uint_eq(helpdex_results_banner_count(results), 0);
    ck_assert_ptr_null(
        helpdex_results_message(results, HELPDEX_MESSAGE_SEED_PHRASE));
    tear_down();
}
END_TEST

START_TEST(the_warning_comes_before_known_issues)
{
    set_up("banners:\n  - {id: down, level: critical, text: Down}\n", NULL);
    ask(phrase, "en");
    ck_assert_uint_eq(helpdex_results_banner_count(results), 2);
    ck_assert_str_eq(banner(0)->id, "seed-phrase");
    ck_assert_str_eq(banner(1)->id, "down");
    tear_down();
}
END_TEST

START_TEST(packs_without_words_for_it_say_nothing)
{
    const char *packs = temp_dir();
    write_text(join(packs, "und.yml"), "messages: {nothing_found: none}\n");
    set_up(NULL, packs);
    ask(phrase, "en");
    ck_assert_uint_eq(helpdex_results_banner_count(results), 0);
    tear_down();
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {the_warning_is_in_the_readers_language,
                                  a_chinese_phrase_without_spaces_is_warned_of,
                                  a_question_is_not_warned_of,
                                  the_warning_comes_before_known_issues,
                                  packs_without_words_for_it_say_nothing,
                                  NULL};
    return run_suite("warning", tests);
}
