/* eval/page.h */
#include "eval/page.h"

#include "tests/unit/support.h"

static hdx_right right = {.article = "a<b>", .gain = 1};
static hdx_golden golden = {.query = "\"بطاقتي\" & <script>'", .right = &right};
static hdx_outcome outcome = {
    .golden = &golden, .right = &right, .rank = 4, .first = "other"};
static hdx_word_change word = {"بطاقتي", "exact", "typo"};
static hdx_change change = {.now = &outcome,
                            .worse = true,
                            .before = 1,
                            .words = &word,
                            .word_count = 1};
static hdx_gate_locale locale = {
    .locale = "ar",
    .golden = {.locale = "ar",
               .outcomes = &outcome,
               .count = 1,
               .figures = {{0.5, 0.25, 0.75}, {1, 1, 1}}},
    .changes = &change,
    .change_count = 1,
    .worse = 1};

/* The page of that one locale, terminated, to be freed. */
static hdx_buf page(const char *baseline)
{
    const hdx_gate gate = {.locales = &locale,
                           .count = 1,
                           .worse = 1,
                           .compared = baseline != NULL};
    const hdx_page_source source = {"7-abc", baseline};
    hdx_buf out = {0};
    hdx_page_write(&gate, &source, &out);
    hdx_buf_byte(&out, '\0');
    ck_assert(!out.failed);
    return out;
}

static void shows(const char *baseline, const char *html)
{
    hdx_buf out = page(baseline);
    ck_assert_msg(strstr(out.ptr, html), "no %s in %s", html, out.ptr);
    hdx_buf_free(&out);
}

START_TEST(what_others_write_is_escaped)
{
    hdx_buf out = page("b\"<i>.json");
    ck_assert_ptr_null(strstr(out.ptr, "<script"));
    ck_assert_ptr_null(strstr(out.ptr, "<i>"));
    ck_assert_ptr_null(strstr(out.ptr, "a<b>"));
    hdx_buf_free(&out);
    shows("b", "&quot;بطاقتي&quot; &amp; &lt;script&gt;&#39;");
}
END_TEST

START_TEST(nothing_comes_from_outside)
{
    const char *const doors[] = {"http", "url(", "@import", "src=", "href="};
    hdx_buf out = page("b");
    for (size_t i = 0; i < sizeof doors / sizeof *doors; i++)
        ck_assert_ptr_null(strstr(out.ptr, doors[i]));
    hdx_buf_free(&out);
}
END_TEST

START_TEST(a_figure_is_drawn_with_its_interval)
{
    shows(NULL, "x1=\"25.00%\" x2=\"75.00%\"");
    shows(NULL, "cx=\"50.00%\"");
    shows(NULL, "0.500 <small>0.25\xE2\x80\x93"
                "0.75</small>");
}
END_TEST

START_TEST(a_change_is_said_and_drawn)
{
    shows("b", "<code>a&lt;b&gt;</code> <span class=\"bad\">1 \xE2\x86\x92 4<");
    shows("b", "x1=\"0%\" x2=\"30%\"");
    shows("b", "<bdi lang=\"ar\">بطاقتي</bdi>: exact \xE2\x86\x92 typo");
    shows("b", "dir=\"auto\" lang=\"ar\"");
}
END_TEST

START_TEST(without_a_baseline_the_page_says_so)
{
    shows(NULL, "<span class=\"pill\">no baseline</span>");
    shows("b", "<span class=\"pill bad\">1 worse</span>");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        what_others_write_is_escaped,        nothing_comes_from_outside,
        a_figure_is_drawn_with_its_interval, a_change_is_said_and_drawn,
        without_a_baseline_the_page_says_so, NULL};
    return run_suite("page", tests);
}
