/* indexer/rules.c, as a build uses it */
#include <helpdex/index.h>

#include <stdio.h>
#include <unistd.h>

#include "tests/unit/support.h"

static const char *kb, *ix;
static helpdex_report *report;
static helpdex_error err;

static void base(void)
{
    kb = temp_dir();
    ix = join(temp_dir(), "index");
    write_text(join(kb, "helpdex.yml"), "default_locale: en\n");
    write_text(join(kb, "en/fees/fees.md"),
               "---\nid: fees\n---\n# Fees\n\nNone.\n");
    write_text(join(kb, "th/fees/fees.md"),
               "---\nid: fees\n---\n# ค่าธรรมเนียม\n\nไม่มี\n");
}

static helpdex_status build(void)
{
    helpdex_report_free(report);
    report = NULL;
    return helpdex_index_build(kb, ix, NULL, &report, &err);
}

static helpdex_status build_with(const char *rules)
{
    base();
    write_text(join(kb, "rules/a.yml"), rules);
    return build();
}

/* The findings are the one warning at "line:column" that says `what`. */
static void warned(const char *rules, const char *place, const char *what)
{
    char seen[32];
    ck_assert_int_eq(build_with(rules), HELPDEX_OK);
    ck_assert_uint_eq(helpdex_report_finding_count(report), 1);
    const helpdex_finding *f = helpdex_report_finding(report, 0);
    ck_assert_int_eq(f->severity, HELPDEX_WARNING);
    ck_assert_str_eq(f->file, join(kb, "rules/a.yml"));
    snprintf(seen, sizeof seen, "%u:%u", f->line, f->column);
    ck_assert_msg(strcmp(seen, place) == 0, "%s: %s", seen, f->message);
    ck_assert_msg(strstr(f->message, what) != NULL, "%s", f->message);
}

START_TEST(sound_rules_are_published_without_a_word)
{
    ck_assert_int_eq(build_with("hides:\n  - {article: fees, regions: US}\n"
                                "boosts:\n  - {category: Fees, by: 2}\n"),
                     HELPDEX_OK);
    ck_assert_uint_eq(helpdex_report_finding_count(report), 0);
    ck_assert_uint_eq(helpdex_report_locale_count(report), 2);
    char *copy = read_text(
        join(join(ix, helpdex_report_generation(report)), "rules/a.yml"), NULL);
    ck_assert_ptr_nonnull(strstr(copy, "{article: fees, regions: US}"));
    free(copy);
}
END_TEST

START_TEST(rules_about_nothing_are_warned_of)
{
    warned("hides:\n  - article: feess\n", "2:5", "did you mean fees?");
    warned("hides:\n  - article: cards\n", "2:5", "remove the rule");
    warned("boosts:\n  - {category: cards, by: 2}\n", "2:5", "\"cards\"");
    warned("banners:\n  - {id: a, text: b, categories: [fees, x]}\n", "2:5",
           "\"x\"");
}
END_TEST

START_TEST(questions_that_nobody_asks_are_warned_of)
{
    warned("pins:\n  - article: fees\n    queries:\n      de: Gebühren\n",
           "4:7", "no article is in de");
    warned("pins:\n  - article: fees\n    queries: [cost, '?!']\n", "3:21",
           "no word");
}
END_TEST

START_TEST(a_banner_that_is_not_translated_is_warned_of)
{
    warned("banners:\n  - {id: a, text: {en: b}}\n", "2:5", "readers of th");
    warned("banners:\n  - {id: a, text: {de: b, th: c}}\n", "2:5",
           "readers of en");
}
END_TEST

START_TEST(a_rule_whose_end_is_past_is_warned_of)
{
    warned("hides:\n  - {article: fees, end: 1999-12-31}\n", "2:5", "is past");
}
END_TEST

START_TEST(malformed_rules_stop_the_publishing_and_all_are_named)
{
    base();
    write_text(join(kb, "rules/a.yml"), "pins:\n  - {article: fees}\n");
    write_text(join(kb, "rules/b.yml"), "hides:\n  - {artikel: fees}\n");
    write_text(join(kb, "rules/c.yml"),
               "hides:\n  - {article: fees, locales: [not a tag]}\n");
    ck_assert_int_eq(build(), HELPDEX_BAD_INPUT);
    ck_assert(!helpdex_report_published(report));
    ck_assert_uint_eq(helpdex_report_finding_count(report), 3);
    for (size_t i = 0; i < 3; i++)
        ck_assert_int_eq(helpdex_report_finding(report, i)->severity,
                         HELPDEX_ERROR);
    ck_assert_str_eq(err.file, join(kb, "rules/a.yml"));
    ck_assert_ptr_nonnull(
        strstr(helpdex_report_finding(report, 2)->message, "language tag"));
}
END_TEST

START_TEST(beside_a_broken_article_no_rule_is_said_to_be_about_nothing)
{
    base();
    write_text(join(kb, "en/fees/fees.md"), "---\ntitle: [\n---\nText.\n");
    write_text(join(kb, "th/fees/fees.md"), "---\ntitle: [\n---\nText.\n");
    write_text(join(kb, "rules/a.yml"), "hides:\n  - article: fees\n");
    ck_assert_int_eq(build(), HELPDEX_BAD_INPUT);
    ck_assert_uint_eq(helpdex_report_finding_count(report), 2);
}
END_TEST

START_TEST(a_rule_that_changes_publishes_anew)
{
    ck_assert_int_eq(build_with("hides:\n  - article: fees\n"), HELPDEX_OK);
    ck_assert_int_eq(build(), HELPDEX_OK);
    ck_assert(!helpdex_report_published(report));
    write_text(join(kb, "rules/a.yml"), "hides:\n  - {article: fees}\n");
    ck_assert_int_eq(build(), HELPDEX_OK);
    ck_assert(helpdex_report_published(report));
    ck_assert_int_eq(unlink(join(kb, "rules/a.yml")), 0);
    ck_assert_int_eq(build(), HELPDEX_OK);
    ck_assert(helpdex_report_published(report));
}
END_TEST

START_TEST(what_is_no_file_of_rules_is_left_out_and_named)
{
    base();
    write_text(join(kb, "rules/notes.txt"), "pins: nonsense\n");
    write_text(join(kb, "rules/old/a.yml"), "pins: nonsense\n");
    ck_assert_int_eq(build(), HELPDEX_OK);
    ck_assert_uint_eq(helpdex_report_finding_count(report), 2);
    ck_assert_str_eq(helpdex_report_finding(report, 0)->file,
                     join(kb, "rules/notes.txt"));
    ck_assert_uint_eq(helpdex_report_locale_count(report), 2);
}
END_TEST

START_TEST(in_a_tree_of_one_locale_rules_is_a_folder_like_any_other)
{
    helpdex_index_options options;
    helpdex_index_options_init(&options);
    options.locale = "en";
    kb = temp_dir();
    ix = join(temp_dir(), "index");
    write_text(join(kb, "rules/game.md"), "# Rules\n\nOf the game.\n");
    write_text(join(kb, "rules/_category_.yml"), "label: Rules\n");
    ck_assert_int_eq(helpdex_index_build(kb, ix, &options, &report, &err),
                     HELPDEX_OK);
    ck_assert_uint_eq(helpdex_report_locale(report, 0)->articles, 1);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        sound_rules_are_published_without_a_word,
        rules_about_nothing_are_warned_of,
        questions_that_nobody_asks_are_warned_of,
        a_banner_that_is_not_translated_is_warned_of,
        a_rule_whose_end_is_past_is_warned_of,
        malformed_rules_stop_the_publishing_and_all_are_named,
        beside_a_broken_article_no_rule_is_said_to_be_about_nothing,
        a_rule_that_changes_publishes_anew,
        what_is_no_file_of_rules_is_left_out_and_named,
        in_a_tree_of_one_locale_rules_is_a_folder_like_any_other,
        NULL};
    int failed = run_suite("rule_files", tests);
    helpdex_report_free(report);
    return failed;
}
