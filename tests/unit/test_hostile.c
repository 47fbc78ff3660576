/* include/helpdex/search.h and suggest.h, asked by those who mean harm */
#include <helpdex/index.h>
#include <helpdex/search.h>
#include <helpdex/suggest.h>

#include "tests/unit/hostile.h"
#include "tests/unit/support.h"

/* Every seventh of the queries: all kinds, and NULs and bytes by chance. */
enum { STEP = 7, BUDGET = 500 };

static helpdex_searcher *open_kb(void)
{
    const char *index = join(temp_dir(), "index");
    helpdex_searcher *searcher;
    helpdex_report *report;
    ck_assert_int_eq(
        helpdex_index_build(SOURCE_DIR "/kb", index, NULL, &report, NULL), 0);
    helpdex_report_free(report);
    ck_assert_int_eq(helpdex_searcher_open(index, &searcher, NULL), 0);
    return searcher;
}

/* Whether a text has no tag but marks. */
static bool is_marked_text(const char *html)
{
    for (; (html = strchr(html, '<')); html++)
        if (strncmp(html, "<mark>", 6) != 0 && strncmp(html, "</mark>", 7) != 0)
            return false;
    return true;
}

static void search(helpdex_searcher *searcher, const char *locale,
                   hdx_str query)
{
    helpdex_request request;
    helpdex_results *results;
    helpdex_request_init(&request);
    request.query = query.ptr;
    request.query_size = query.len;
    request.locale = locale;
    request.explain = true;
    request.budget = BUDGET;
    helpdex_status status = helpdex_search(searcher, &request, &results, NULL);
    ck_assert_int_eq(status, hdx_utf8_check(query) == SIZE_MAX
                                 ? HELPDEX_OK
                                 : HELPDEX_INVALID);
    for (size_t i = 0; !status && i < helpdex_results_count(results); i++)
        ck_assert(is_marked_text(helpdex_results_at(results, i)->snippet_html));
    helpdex_results_free(results);
}

START_TEST(hostile_queries_are_answered_or_refused)
{
    helpdex_searcher *searcher = open_kb();
    size_t locales = helpdex_searcher_locale_count(searcher);
    hdx_buf buf = {0};
    for (uint32_t i = 0; i < HOSTILE_QUERIES; i += STEP)
        search(searcher, helpdex_searcher_locale(searcher, i % locales),
               hostile_query(i, &buf));
    hdx_buf_free(&buf);
    helpdex_searcher_free(searcher);
}
END_TEST

START_TEST(hostile_prefixes_are_completed_or_refused)
{
    helpdex_searcher *searcher = open_kb();
    hdx_buf buf = {0};
    for (uint32_t i = 0; i < HOSTILE_QUERIES; i += STEP) {
        hdx_str prefix = hostile_query(i, &buf);
        helpdex_suggest_request request;
        helpdex_suggestions *suggestions;
        helpdex_suggest_request_init(&request);
        request.prefix = prefix.ptr;
        request.prefix_size = prefix.len;
        ck_assert_int_eq(
            helpdex_suggest(searcher, &request, &suggestions, NULL),
            hdx_utf8_check(prefix) == SIZE_MAX ? HELPDEX_OK : HELPDEX_INVALID);
        helpdex_suggestions_free(suggestions);
    }
    hdx_buf_free(&buf);
    helpdex_searcher_free(searcher);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {hostile_queries_are_answered_or_refused,
                                  hostile_prefixes_are_completed_or_refused,
                                  NULL};
    return run_suite("hostile", tests);
}
