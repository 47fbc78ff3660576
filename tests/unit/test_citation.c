/* eval/citation.c */
#include "eval/citation.h"

#include <helpdex/index.h>

#include <stdio.h>

#include "tests/unit/support.h"

static helpdex_searcher *searcher;
static hdx_citations citations;

/* An index of `refund` in two locales and of an article whose id needs percent
   signs, with addresses that `url` makes. */
static void open_with(const char *url)
{
    const char *kb = temp_dir(), *ix = join(temp_dir(), "index");
    helpdex_report *report;
    char config[128];
    snprintf(config, sizeof config, "url: \"%s\"\n", url);
    write_text(join(kb, "helpdex.yml"), config);
    write_text(join(kb, "de/geld.md"), "---\nid: refund\n---\n# Geld\n\nX.\n");
    write_text(join(kb, "th/a.md"), "---\nid: refund\n---\n# เงิน\n\nเงิน\n");
    write_text(join(kb, "zh-TW/b.md"), "---\nid: 退款/a b\n---\n# 退\n\n退\n");
    ck_assert_int_eq(helpdex_index_build(kb, ix, NULL, &report, NULL), 0);
    helpdex_report_free(report);
    ck_assert_int_eq(helpdex_searcher_open(ix, &searcher, NULL), 0);
    ck_assert_int_eq(hdx_citations_open(searcher, &citations, NULL), 0);
}

static void close_all(void)
{
    hdx_citations_free(&citations);
    helpdex_searcher_free(searcher);
}

/* `id` NULL: nothing is cited. */
static void is_cited_as(const char *text, const char *id)
{
    const char *seen;
    ck_assert_int_eq(hdx_cited_as(&citations, hdx_str_of(text), &seen, NULL),
                     0);
    ck_assert_pstr_eq(seen, id);
}

/* `ids`: those that the text links to, a blank behind each. */
static void links_to(const char *text, const char *ids)
{
    hdx_str rest = hdx_str_of(text);
    char all[128] = "";
    const char *id;
    do {
        ck_assert_int_eq(hdx_cited_next(&citations, &rest, &id, NULL), 0);
        size_t len = strlen(all);
        if (id)
            snprintf(all + len, sizeof all - len, "%s ", id);
    } while (id);
    ck_assert_str_eq(all, ids);
}

START_TEST(an_id_or_an_address_as_a_whole_is_a_citation)
{
    open_with("https://help.example/{locale}/{id}");
    is_cited_as(" refund ", "refund");
    is_cited_as("退款/a b", "退款/a b");
    is_cited_as("https://help.example/th/refund", "refund");
    is_cited_as("HTTP://help.example/de/refund/?from=mail#money", "refund");
    is_cited_as("help.example/de/refund", "refund");
    is_cited_as("https://other.example/de/refund", NULL);
    is_cited_as("https://help.example/fr/refund", NULL);
    is_cited_as("refunds", NULL);
    is_cited_as("", NULL);
    close_all();
}
END_TEST

START_TEST(percent_signs_make_no_difference)
{
    open_with("https://help.example/{locale}/{id}");
    is_cited_as("https://help.example/zh-TW/退款/a%20b", "退款/a b");
    is_cited_as("https://help.example/zh-TW/%E9%80%80%e6%ac%be/a%20b",
                "退款/a b");
    is_cited_as("https://help.example/%", NULL);
    close_all();
}
END_TEST

START_TEST(links_end_with_their_sentence_or_markup)
{
    open_with("https://help.example/{locale}/{id}");
    links_to("See https://help.example/de/refund.", "refund ");
    links_to("[so](https://help.example/de/refund), or "
             "<a href=\"https://help.example/zh-TW/退款/a%20b\">so</a>",
             "refund 退款/a b ");
    links_to("請見https://help.example/th/refund。謝謝", "refund ");
    links_to("https://help.example/zh-TW/退款/a%20b", "退款/a b ");
    links_to("**https://help.example/de/refund**", "refund ");
    links_to("https://x.example http:// https://", "");
    links_to("", "");
    close_all();
}
END_TEST

START_TEST(a_template_without_host_holds_on_any_host)
{
    open_with("/hc/{locale}?article={id}");
    links_to("https://a.example/hc/de?article=refund", "refund ");
    is_cited_as("/hc/th?article=refund#x", "refund");
    is_cited_as("https://a.example/hc/de?article=other", NULL);
    close_all();
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {an_id_or_an_address_as_a_whole_is_a_citation,
                                  percent_signs_make_no_difference,
                                  links_end_with_their_sentence_or_markup,
                                  a_template_without_host_holds_on_any_host,
                                  NULL};
    return run_suite("citation", tests);
}
