/* store/rules.c */
#include "store/rules.h"

#include <stdio.h>

#include "tests/unit/support.h"

static hdx_rules rules;
static helpdex_error err;

static helpdex_status add(const char *text)
{
    err = (helpdex_error){0};
    return hdx_rules_read(&rules, hdx_str_of(text), "kb/rules/a.yml", "a.yml",
                          &err);
}

/* The one rule of a file. */
static const hdx_rule *one(const char *text)
{
    hdx_rules_free(&rules);
    ck_assert_msg(add(text) == HELPDEX_OK, "%s", err.message);
    ck_assert_uint_eq(rules.count, 1);
    return &rules.items[0];
}

/* The file is refused at "line:column", and the message has `what`. */
static void refused(const char *text, const char *place, const char *what)
{
    char seen[32];
    hdx_rules_free(&rules);
    ck_assert_int_eq(add(text), HELPDEX_BAD_INPUT);
    snprintf(seen, sizeof seen, "%u:%u", err.line, err.column);
    ck_assert_msg(strcmp(seen, place) == 0, "%s: %s", seen, err.message);
    ck_assert_str_eq(err.file, "kb/rules/a.yml");
    ck_assert_msg(strstr(err.message, what) != NULL, "%s", err.message);
    hdx_rules_free(&rules);
}

START_TEST(a_rule_of_each_kind_is_read_in_order)
{
    hdx_rules_free(&rules);
    ck_assert_int_eq(add("hides:\n  - article: a\n"
                         "pins:\n  - article: b\n    queries: x\n"
                         "boosts:\n  - {category: c, by: 1.5}\n"
                         "banners:\n  - {id: d, text: e}\n"),
                     HELPDEX_OK);
    ck_assert_uint_eq(rules.count, 4);
    ck_assert_int_eq(rules.items[0].kind, HDX_RULE_HIDE);
    ck_assert_str_is(rules.items[1].article, "b");
    ck_assert_str_is(rules.items[2].category, "c");
    ck_assert_double_eq(rules.items[2].by, 1.5);
    ck_assert_str_is(rules.items[3].texts.items[0].text, "e");
    hdx_rules_free(&rules);
}
END_TEST

START_TEST(files_follow_each_other_and_blank_ones_have_no_rules)
{
    hdx_rules_free(&rules);
    ck_assert_int_eq(add("hides:\n  - article: a\n"), HELPDEX_OK);
    ck_assert_int_eq(add("# nothing yet\npins:\nbanners: []\n"), HELPDEX_OK);
    ck_assert_int_eq(add(""), HELPDEX_OK);
    ck_assert_int_eq(add("hides:\n\n  - article: b\n"), HELPDEX_OK);
    ck_assert_uint_eq(rules.count, 2);
    ck_assert_str_eq(rules.items[0].why, "rules/a.yml:2");
    ck_assert_str_eq(rules.items[1].why, "rules/a.yml:3");
    hdx_rules_free(&rules);
}
END_TEST

START_TEST(queries_are_one_text_a_list_or_by_locale)
{
    const hdx_rule *r = one("pins:\n  - article: a\n    queries: เงินหาย\n");
    ck_assert_uint_eq(r->queries.count, 1);
    ck_assert_str_is(r->queries.items[0].text, "เงินหาย");
    ck_assert_str_is(r->queries.items[0].locale, "");
    r = one("pins:\n  - article: a\n    queries:\n      de: [geld weg, wo]\n"
            "      zh-Hant: 錢在哪裡\n");
    ck_assert_uint_eq(r->queries.count, 3);
    ck_assert_str_is(r->queries.items[1].locale, "de");
    ck_assert_str_is(r->queries.items[2].locale, "zh-Hant");
    ck_assert_uint_eq(r->queries.items[2].line, 5);
    hdx_rules_free(&rules);
}
END_TEST

START_TEST(scope_is_read)
{
    const hdx_rule *r =
        one("hides:\n  - article: a\n    regions: [US, -NO]\n    platforms: "
            "ios\n    locales: [de, pt-BR]\n    app_versions: '>=4.2 <5'\n");
    ck_assert_str_is(r->regions, "US\n-NO");
    ck_assert_str_is(r->platforms, "ios");
    ck_assert_uint_eq(r->locales.count, 2);
    ck_assert_str_is(r->locales.items[1].locale, "pt-BR");
    ck_assert_uint_eq(r->versions.count, 2);
    hdx_rules_free(&rules);
}
END_TEST

START_TEST(an_end_without_a_time_includes_its_day)
{
    const hdx_rule *r = one("hides:\n  - article: a\n    start: 1970-01-02\n"
                            "    end: 1970-01-03\n");
    ck_assert_int_eq(r->start, 86400);
    ck_assert_int_eq(r->end, 3 * 86400);
    r = one("hides:\n  - {article: a, end: \"1970-01-02T08:00Z\"}\n");
    ck_assert_int_eq(r->start, INT64_MIN);
    ck_assert_int_eq(r->end, 86400 + 8 * 3600);
    r = one("hides:\n  - {article: a, end: 1970-01-02 08:00+02:00}\n");
    ck_assert_int_eq(r->end, 86400 + 6 * 3600);
    hdx_rules_free(&rules);
}
END_TEST

START_TEST(a_banner_has_texts_a_level_and_categories)
{
    const hdx_rule *r =
        one("banners:\n  - id: slow\n    level: Critical\n    text:\n"
            "      en: Slow.\n      ar: بطيء\n    categories: [fees, cards]\n");
    ck_assert_int_eq(r->level, HDX_LEVEL_CRITICAL);
    ck_assert_str_is(r->texts.items[1].locale, "ar");
    ck_assert_str_is(r->texts.items[1].text, "بطيء");
    ck_assert_str_is(r->categories, "fees\ncards");
    ck_assert_int_eq(one("banners:\n  - {id: a, text: b}\n")->level,
                     HDX_LEVEL_INFO);
    hdx_rules_free(&rules);
}
END_TEST

START_TEST(keys_that_are_not_known_are_refused_with_the_nearest)
{
    refused("pinns:\n  - article: a\n", "1:1", "write pins, hides");
    refused("pins:\n  - article: a\n    querys: [x]\n", "3:5",
            "did you mean queries?");
    refused("pins:\n  - article: a\n    by: 2\n    queries: x\n", "3:5",
            "below pins");
    refused("hides:\n  - article: a\n    region: US\n", "3:5",
            "did you mean regions?");
    refused("hides:\n  - article: a\n    Article: b\n", "3:5", "twice");
}
END_TEST

START_TEST(a_rule_that_lacks_what_it_is_about_is_refused)
{
    refused("pins:\n  - queries: [x]\n", "2:5", "add article:");
    refused("pins:\n  - article: a\n", "2:5", "add queries:");
    refused("hides:\n  - regions: [US]\n", "2:5", "add article:");
    refused("boosts:\n  - by: 2\n", "2:5", "add article: or category:");
    refused("boosts:\n  - article: a\n", "2:5", "add by:");
    refused("boosts:\n  - {article: a, category: b, by: 2}\n", "2:5", "two");
    refused("banners:\n  - text: a\n", "2:5", "add id:");
    refused("banners:\n  - id: a\n", "2:5", "add text:");
}
END_TEST

START_TEST(values_that_are_none_are_refused)
{
    refused("boosts:\n  - {article: a, by: 11}\n", "2:18", "0.1 to 10");
    refused("boosts:\n  - {article: a, by: much}\n", "2:18", "0.1 to 10");
    refused("boosts:\n  - {article: a, by: nan}\n", "2:18", "0.1 to 10");
    refused("hides:\n  - article: a\n    end: soon\n", "3:5", "2026-11-24");
    refused("hides:\n  - article: a\n    end: 2026-02-30\n", "3:5", "no day");
    refused("banners:\n  - {id: a, text: b, level: bad}\n", "2:22",
            "info, warning or critical");
    refused("hides:\n  - {article: a, app_versions: new}\n", "2:18", ">=4.2");
    refused("pins:\n  - article: a\n    queries: [[x]]\n", "3:15",
            "not a text");
    refused("pins:\n  - article: a\n    queries:\n", "3:5", "no text");
    refused("hides:\n  - article: [a]\n", "2:5", "no text");
    refused("hides:\n  - article: a\n    regions: {US: x}\n", "3:5", "[a, b]");
    refused("banners:\n  - id: a\n    text: {en: [b, c]}\n", "3:12",
            "one text");
}
END_TEST

START_TEST(shapes_that_are_none_are_refused)
{
    refused("- article: a\n", "1:1", "write pins:");
    refused("pins:\n  article: a\n", "1:1", "begin each rule with -");
    refused("pins:\n  - missing-deposit\n", "2:5", "article: id");
    refused("pins: &x\n  - *x\n", "1:7", "anchor");
    refused("pins:\n  - article: a: b\n", "2:15", "quote");
}
END_TEST

START_TEST(a_rule_that_ends_before_it_starts_is_refused)
{
    refused("hides:\n  - article: a\n    start: 2026-11-24\n"
            "    end: 2026-11-23\n",
            "2:5", "ends before it starts");
    one("hides:\n  - article: a\n    start: 2026-11-24\n    end: 2026-11-24\n");
    hdx_rules_free(&rules);
}
END_TEST

START_TEST(two_banners_of_one_id_are_refused)
{
    refused("banners:\n  - {id: a, text: b}\n  - {id: a, text: c}\n", "3:6",
            "rules/a.yml:2 has this id");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_rule_of_each_kind_is_read_in_order,
        files_follow_each_other_and_blank_ones_have_no_rules,
        queries_are_one_text_a_list_or_by_locale,
        scope_is_read,
        an_end_without_a_time_includes_its_day,
        a_banner_has_texts_a_level_and_categories,
        keys_that_are_not_known_are_refused_with_the_nearest,
        a_rule_that_lacks_what_it_is_about_is_refused,
        values_that_are_none_are_refused,
        shapes_that_are_none_are_refused,
        a_rule_that_ends_before_it_starts_is_refused,
        two_banners_of_one_id_are_refused,
        NULL};
    return run_suite("rules", tests);
}
