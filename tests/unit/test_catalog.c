/* helpdex/catalog.h, as a program outside sees it */
#include <helpdex/catalog.h>
#include <helpdex/index.h>

#include "tests/unit/support.h"

static helpdex_searcher *base(void)
{
    const char *kb = temp_dir(), *ix = join(temp_dir(), "index");
    helpdex_searcher *s;
    write_text(join(kb, "helpdex.yml"),
               "default_locale: de\nurl: https://x.example/{locale}/{id}\n");
    write_text(join(kb, "de/konto/sperren.md"),
               "---\nid: lock\ntitle: Konto sperren\nquestions:\n"
               "  - wie sperre ich mein konto\n  - karte weg\n---\nSo.\n");
    write_text(join(kb, "de/a.md"), "# Anfang\n\nHier.\n");
    write_text(join(kb, "th/konto/sperren.md"),
               "---\nid: lock\ntitle: ล็อกบัญชี\n"
               "questions: [มือถือหาย]\n---\nทันที\n");
    helpdex_report *report;
    ck_assert_int_eq(helpdex_index_build(kb, ix, NULL, &report, NULL), 0);
    helpdex_report_free(report);
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, NULL), 0);
    return s;
}

static helpdex_catalog *list(const char *locale)
{
    helpdex_searcher *s = base();
    helpdex_catalog *c;
    ck_assert_int_eq(helpdex_catalog_open(s, locale, &c, NULL), 0);
    helpdex_searcher_free(s);
    return c;
}

START_TEST(articles_come_in_the_order_of_their_ids)
{
    helpdex_catalog *c = list("de");
    ck_assert_uint_eq(helpdex_catalog_count(c), 2);
    ck_assert_str_eq(helpdex_catalog_at(c, 0)->id, "a");
    ck_assert_str_eq(helpdex_catalog_at(c, 1)->id, "lock");
    ck_assert_ptr_null(helpdex_catalog_at(c, 2));
    helpdex_catalog_free(c);
}
END_TEST

START_TEST(an_article_says_what_its_head_says)
{
    helpdex_catalog *c = list("de");
    const helpdex_article *a = helpdex_catalog_find(c, "lock");
    ck_assert_str_eq(a->title, "Konto sperren");
    ck_assert_str_eq(a->category, "konto");
    ck_assert_str_eq(a->url, "https://x.example/de/lock");
    ck_assert_str_eq(a->path, "de/konto/sperren.md");
    ck_assert_uint_eq(a->question_count, 2);
    ck_assert_str_eq(a->questions[0], "wie sperre ich mein konto");
    ck_assert_str_eq(a->questions[1], "karte weg");
    helpdex_catalog_free(c);
}
END_TEST

START_TEST(each_locale_has_its_own_texts)
{
    helpdex_catalog *c = list("th");
    ck_assert_uint_eq(helpdex_catalog_count(c), 1);
    ck_assert_str_eq(helpdex_catalog_at(c, 0)->title, "ล็อกบัญชี");
    ck_assert_str_eq(helpdex_catalog_at(c, 0)->questions[0], "มือถือหาย");
    helpdex_catalog_free(c);
}
END_TEST

START_TEST(an_article_without_questions_has_none)
{
    helpdex_catalog *c = list("de");
    ck_assert_uint_eq(helpdex_catalog_find(c, "a")->question_count, 0);
    ck_assert_str_eq(helpdex_catalog_find(c, "a")->category, "");
    helpdex_catalog_free(c);
}
END_TEST

START_TEST(an_id_that_is_not_there_is_not_found)
{
    helpdex_catalog *c = list("de");
    ck_assert_ptr_null(helpdex_catalog_find(c, "loc"));
    ck_assert_ptr_null(helpdex_catalog_find(c, "lock "));
    helpdex_catalog_free(c);
    helpdex_catalog_free(NULL);
}
END_TEST

START_TEST(a_locale_that_the_index_lacks_is_not_found)
{
    helpdex_searcher *s = base();
    helpdex_catalog *c;
    helpdex_error err;
    ck_assert_int_eq(helpdex_catalog_open(s, "ko", &c, &err),
                     HELPDEX_NOT_FOUND);
    ck_assert_ptr_null(c);
    ck_assert_str_eq(err.message, "no locale \"ko\" in the index; name one "
                                  "that it has");
    helpdex_searcher_free(s);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {articles_come_in_the_order_of_their_ids,
                                  an_article_says_what_its_head_says,
                                  each_locale_has_its_own_texts,
                                  an_article_without_questions_has_none,
                                  an_id_that_is_not_there_is_not_found,
                                  a_locale_that_the_index_lacks_is_not_found,
                                  NULL};
    return run_suite("catalog", tests);
}
