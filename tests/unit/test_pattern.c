/* indexer/pattern.h */
#include "indexer/pattern.h"

#include <stdio.h>

#include "tests/unit/support.h"

/* What a path is under a pattern, as "locale|rest"; "": it is not of it. */
static const char *match(const char *pattern, const char *path)
{
    static char seen[256];
    hdx_pattern p;
    hdx_str locale, rest;
    ck_assert_ptr_null(hdx_pattern_read(hdx_str_of(pattern), &p));
    if (!hdx_pattern_match(&p, hdx_str_of(path), &locale, &rest))
        return "";
    snprintf(seen, sizeof seen, "%.*s|%.*s", HDX_FMT(locale), HDX_FMT(rest));
    return seen;
}

START_TEST(a_locale_in_front_is_the_folder_of_that_place)
{
    ck_assert_str_eq(match("{locale}/{path}.md", "de/konto/x"), "de|konto/x");
    ck_assert_str_eq(match("c/{locale}/{path}.md", "c/pt_BR/x"), "pt_BR|x");
    ck_assert_str_eq(match("c/{locale}/{path}.md", "d/pt_BR/x"), "");
    ck_assert_str_eq(match("pages.{locale}/{path}.md", "pages.zh_TW/a/g++"),
                     "zh_TW|a/g++");
    ck_assert_str_eq(match("{locale}/{path}.md", "ภาษา/x"), "");
    ck_assert_str_eq(match("{locale}/{path}.md", "de"), "");
    ck_assert_str_eq(match("{locale}/{path}.md", "de/"), "");
}
END_TEST

START_TEST(a_locale_behind_is_the_last_of_its_kind)
{
    ck_assert_str_eq(match("{path}.{locale}.md", "a/v1.2/x.de"), "de|a/v1.2/x");
    ck_assert_str_eq(match("{path}.{locale}.md", "a.b/x"), "");
    ck_assert_str_eq(match("{path}.{locale}.md", "x.g++"), "");
    ck_assert_str_eq(match("{path}.{locale}.md", ".de"), "");
    ck_assert_str_eq(match("{path}/{locale}/i.md", "a/b/th/i"), "th|a/b");
}
END_TEST

START_TEST(without_a_locale_all_is_the_path)
{
    ck_assert_str_eq(match("{path}.md", "a/b"), "|a/b");
    ck_assert_str_eq(match("docs/{path}.md", "docs/帳戶"), "|帳戶");
    ck_assert_str_eq(match("docs/{path}.md", "docs/"), "");
}
END_TEST

START_TEST(what_is_no_pattern_is_told_why)
{
    static const char *const wrong[][2] = {{"", "{path}"},
                                           {"{locale}/x.md", "{path}"},
                                           {"{path}", ".md"},
                                           {"{locale}{path}.md", "between"},
                                           {"../{path}.md", "leaves"},
                                           {"a/../{path}.md", "leaves"},
                                           {"/{path}.md", "leaves"},
                                           {"{path}/{path}.md", "one {path}"},
                                           {"{lang}/{path}.md", "one {path}"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        hdx_pattern p;
        const char *why = hdx_pattern_read(hdx_str_of(wrong[i][0]), &p);
        ck_assert_ptr_nonnull(why);
        ck_assert_ptr_nonnull(strstr(why, wrong[i][1]));
        ck_assert_ptr_nonnull(strchr(why, ';'));
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {a_locale_in_front_is_the_folder_of_that_place,
                                  a_locale_behind_is_the_last_of_its_kind,
                                  without_a_locale_all_is_the_path,
                                  what_is_no_pattern_is_told_why, NULL};
    return run_suite("pattern", tests);
}
