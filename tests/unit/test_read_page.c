/* Articles read whole: in whose language, for whom, and what their HTML is. */
#include <helpdex/index.h>
#include <helpdex/page.h>

#include "tests/unit/support.h"

static const char english[] =
    "---\nid: deposit\ntitle: My deposit\nregions: [-CN]\nstakes: high\n"
    "deep_link: app://deposit\nlastmod: 2026-03-01\n---\n\nWait a <b>day</b> "
    "& a night.\n\n## Still missing\n\nAsk *us*.\n";
static const char thai[] =
    "---\nid: deposit\ntitle: เงินฝาก\n---\n\nโปรดรอหนึ่งวัน\n";
static const char rules[] = "hides:\n  - article: deposit\n    regions: [FR]\n";

static helpdex_searcher *searcher;
static helpdex_page *page;

static void start(void)
{
    const char *kb = temp_dir(), *index = join(temp_dir(), "index");
    helpdex_index_options options;
    helpdex_report *report;
    write_text(join(kb, "en/money/deposit.md"), english);
    write_text(join(kb, "th/money/deposit.md"), thai);
    write_text(join(kb, "rules/law.yml"), rules);
    helpdex_index_options_init(&options);
    ck_assert_int_eq(helpdex_index_build(kb, index, &options, &report, NULL),
                     0);
    helpdex_report_free(report);
    ck_assert_int_eq(helpdex_searcher_open(index, &searcher, NULL), 0);
}

static void end(void)
{
    helpdex_page_free(page);
    helpdex_searcher_free(searcher);
    page = NULL;
}

static helpdex_status read_for(const char *locale, const char *region)
{
    helpdex_page_request request;
    helpdex_page_request_init(&request);
    request.id = "deposit";
    request.locale = locale;
    request.region = region;
    helpdex_page_free(page);
    return helpdex_page_read(searcher, &request, &page, NULL);
}

START_TEST(a_page_has_what_its_file_says)
{
    start();
    ck_assert_int_eq(read_for("en-GB", NULL), HELPDEX_OK);
    const helpdex_page_content *c = helpdex_page_content_of(page);
    ck_assert_str_eq(c->title, "My deposit");
    ck_assert_str_eq(c->deep_link, "app://deposit");
    ck_assert_str_eq(c->modified, "2026-03-01");
    ck_assert(c->high_stakes && !c->fallback && !c->url && !c->stale);
    ck_assert_uint_eq(c->section_count, 2);
    ck_assert_str_eq(c->sections[1].anchor, "still-missing");
    ck_assert_str_eq(c->sections[1].heading_path[0], "Still missing");
    end();
}
END_TEST

START_TEST(html_is_escaped_text_in_paragraphs)
{
    start();
    ck_assert_int_eq(read_for("en", NULL), HELPDEX_OK);
    const helpdex_page_content *c = helpdex_page_content_of(page);
    ck_assert_str_eq(c->sections[0].html, "<p>Wait a day &amp; a night.</p>");
    ck_assert_str_eq(c->sections[1].html, "<p>Ask us.</p>");
    end();
}
END_TEST

START_TEST(a_reader_gets_their_language_else_a_fallback)
{
    start();
    ck_assert_int_eq(read_for("th", NULL), HELPDEX_OK);
    ck_assert_str_eq(helpdex_page_content_of(page)->locale, "th");
    ck_assert_uint_eq(helpdex_page_content_of(page)->locale_count, 2);
    ck_assert_int_eq(read_for("de", NULL), HELPDEX_OK);
    ck_assert_str_eq(helpdex_page_content_of(page)->locale, "en");
    ck_assert(helpdex_page_content_of(page)->fallback);
    end();
}
END_TEST

START_TEST(what_is_for_others_is_not_there_at_all)
{
    start();
    ck_assert_int_eq(read_for("en", "FR"), HELPDEX_NOT_FOUND);
    ck_assert_int_eq(read_for("en", "GB"), HELPDEX_OK);
    /* The English one is not for China; the Thai one says nothing of it. */
    ck_assert_int_eq(read_for("en", "CN"), HELPDEX_NOT_FOUND);
    ck_assert_int_eq(read_for("th", "CN"), HELPDEX_OK);
    ck_assert_uint_eq(helpdex_page_content_of(page)->locale_count, 1);
    end();
}
END_TEST

START_TEST(what_is_no_request_is_refused)
{
    helpdex_page_request request;
    start();
    helpdex_page_request_init(&request);
    ck_assert_int_eq(helpdex_page_read(searcher, &request, &page, NULL),
                     HELPDEX_INVALID);
    ck_assert_int_eq(read_for("not a tag", NULL), HELPDEX_INVALID);
    ck_assert_ptr_null(page);
    end();
}
END_TEST

START_TEST(rules_tell_when_answers_change)
{
    const char *kb = temp_dir(), *index = join(temp_dir(), "index");
    helpdex_report *report;
    write_text(join(kb, "en/money/deposit.md"), english);
    write_text(join(kb, "rules/a.yml"),
               "banners:\n  - id: a\n    text: Slow\n"
               "    start: 2026-01-01T00:00Z\n    end: 2026-01-02T00:00Z\n");
    ck_assert_int_eq(helpdex_index_build(kb, index, NULL, &report, NULL), 0);
    helpdex_report_free(report);
    ck_assert_int_eq(helpdex_searcher_open(index, &searcher, NULL), 0);
    const int64_t begin = 1767225600, day = 86400;
    ck_assert_int_eq(helpdex_searcher_changed(searcher, begin - 1), 0);
    ck_assert_int_eq(helpdex_searcher_changed(searcher, begin), begin);
    ck_assert_int_eq(helpdex_searcher_changed(searcher, begin + 9 * day),
                     begin + day);
    end();
}
END_TEST

START_TEST(arabic_goes_from_right_to_left)
{
    ck_assert(helpdex_locale_is_right_to_left("ar-EG"));
    ck_assert(helpdex_locale_is_right_to_left("he"));
    ck_assert(!helpdex_locale_is_right_to_left("zh-Hant"));
    ck_assert(!helpdex_locale_is_right_to_left("no tag"));
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {a_page_has_what_its_file_says,
                                  html_is_escaped_text_in_paragraphs,
                                  a_reader_gets_their_language_else_a_fallback,
                                  what_is_for_others_is_not_there_at_all,
                                  what_is_no_request_is_refused,
                                  rules_tell_when_answers_change,
                                  arabic_goes_from_right_to_left,
                                  NULL};
    return run_suite("page", tests);
}
