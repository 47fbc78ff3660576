/* importer/html.c and importer/inline.c */
#include "importer/html.h"

#include <stdio.h>

#include "indexer/markdown.h"
#include "tests/unit/support.h"

static hdx_arena arena;
static char heard[512];

static void hear(void *context, unsigned line, unsigned column,
                 const char *what)
{
    (void)context;
    size_t len = strlen(heard);
    snprintf(heard + len, sizeof heard - len, "%u:%u %s\n", line, column, what);
}

static hdx_str markdown(const char *html)
{
    hdx_str out;
    heard[0] = '\0';
    ck_assert_int_eq(
        hdx_html_read(&arena, hdx_str_of(html), hear, NULL, &out, NULL),
        HELPDEX_OK);
    return out;
}

#define becomes(html, expected) ck_assert_str_is(markdown(html), expected)

/* The text that the indexer reads out of it, its sections one a line. */
static void reads_as(const char *html, const char *expected)
{
    hdx_document document;
    hdx_buf text = {0};
    ck_assert_int_eq(
        hdx_markdown_read(&arena, markdown(html), "x", &document, NULL),
        HELPDEX_OK);
    for (size_t i = 0; i < document.count; i++) {
        const hdx_section *s = &document.sections[i];
        if (i)
            hdx_buf_byte(&text, '\n');
        if (s->heading.len) {
            hdx_buf_add(&text, s->heading);
            hdx_buf_byte(&text, '\n');
        }
        hdx_buf_add(&text, s->text);
    }
    ck_assert_str_is(hdx_buf_str(&text), expected);
    hdx_buf_free(&text);
}

START_TEST(signs_of_markdown_in_text_stay_text)
{
    static const char *const texts[] = {"# no heading",
                                        "1. no list",
                                        "- no list",
                                        "> no quote",
                                        "a * b * c",
                                        "snake_case _x_",
                                        "[a](b) ![c](d)",
                                        "`no code`",
                                        "a | b",
                                        "{{ name }}",
                                        "{% tag %} {: .x }",
                                        "~~a~~",
                                        "=== x",
                                        "\\* back",
                                        "**bold**",
                                        "+ plus",
                                        "12) x",
                                        "a#b #c",
                                        "*",
                                        "_ _"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char html[64];
        snprintf(html, sizeof html, "<p>%s</p>", texts[i]);
        reads_as(html, texts[i]);
    }
}
END_TEST

START_TEST(entities_become_characters_and_tags_in_text_stay_text)
{
    reads_as("<p>1 &lt; 2 &amp;&amp; &lt;Tabs&gt; &euro;&#128512; &amp;lt;</p>",
             "1 < 2 && <Tabs> €😀 &lt;");
    reads_as("<p>a&nbsp;b</p><p>&nbsp;</p>", "a\xC2\xA0"
                                             "b");
}
END_TEST

START_TEST(emphasis_is_kept_where_it_is_markup)
{
    becomes("<p>a <b>b </b>c <i>d</i></p>", "a **b** c *d*");
    becomes("<p>これは<b>重要</b>です</p>", "これは**重要**です");
    becomes("<p>هذا <strong>مهم</strong></p>", "هذا **مهم**");
}
END_TEST

START_TEST(emphasis_goes_where_asterisks_would_be_read_as_text)
{
    reads_as("<p><b>注意：</b>請確認</p>", "注意：請確認");
    reads_as("<p><b>주의:</b>확인</p>", "주의:확인");
    reads_as("<p>a<b></b>b<b>c</b><i>d</i></p>", "abcd");
}
END_TEST

START_TEST(lists_nest_and_keep_their_numbers)
{
    becomes("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
            "- a\n  - b\n- c");
    becomes("<ol start=3><li>a</li><li>b</li></ol>", "3. a\n4. b");
    reads_as("<ol><li><p>a</p><p>b</p></li><li>c<pre>d</pre>e</li></ol>",
             "a\nb\nc\nd\ne");
}
END_TEST

START_TEST(tables_have_bars_and_their_cells_are_read)
{
    becomes("<table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td><td>"
            "<code>x|y</code><br>z</td></tr></table>",
            "| a | b |\n|---|---|\n| 1\\|2 | `x\\|y`<br>z |");
    reads_as("<table><tr><td>ราคา</td><td><p>5</p></td></tr></table>",
             "ราคา · 5");
}
END_TEST

START_TEST(tables_that_markdown_cannot_say_become_lists_and_that_is_said)
{
    becomes("<table><tr><td colspan=2>a</td></tr><tr><td>b</td><td>c</td></tr>"
            "</table>",
            "- a\n\n- b\n\n  c");
    ck_assert_ptr_nonnull(strstr(heard, "1:1 a table with merged cells"));
    reads_as("<table><tr><td><ul><li>a</li></ul></td></tr></table>", "a");
    ck_assert_ptr_nonnull(strstr(heard, "in its cells"));
}
END_TEST

START_TEST(code_keeps_its_language_and_its_backticks)
{
    becomes("<pre><code class=\"language-sh\">a ```\n  b</code></pre>",
            "````sh\na ```\n  b\n````");
    becomes("<p><code>a`b</code></p>", "`` a`b ``");
    reads_as("<pre>{{ x }}\n# y</pre>", "{{ x }}\n# y");
}
END_TEST

START_TEST(headings_keep_their_anchors)
{
    hdx_document document;
    ck_assert_int_eq(
        hdx_markdown_read(&arena,
                          markdown("<h2 id=\"h_01A\">C#</h2><p>x</p>"
                                   "<h3><a name=b></a>D</h3><p>y</p>"),
                          "x", &document, NULL),
        HELPDEX_OK);
    ck_assert_uint_eq(document.count, 2);
    ck_assert_str_is(document.sections[0].heading, "C#");
    ck_assert_str_is(document.sections[0].anchor, "h_01A");
    ck_assert_str_is(document.sections[1].anchor, "b");
}
END_TEST

START_TEST(links_and_images_stay_and_what_is_embedded_becomes_a_link)
{
    becomes("<p><a href=\"https://x.example/?a=(1)\">b</a></p>",
            "[b](https://x.example/?a=%281%29)");
    becomes("<p><img src=\"/a b.png\" alt=\"[c]\"></p>",
            "![\\[c\\]](/a%20b.png)");
    becomes("<iframe src=\"https://v.example/1\" title=\"Film\"></iframe>",
            "[Film](https://v.example/1)");
    ck_assert_ptr_nonnull(strstr(heard, "embedded is written as a link"));
}
END_TEST

START_TEST(raised_digits_stay_raised)
{
    becomes("<p>10<sup>2</sup> H<sub>2</sub>O</p>", "10² H₂O");
    ck_assert_str_eq(heard, "");
    becomes("<p>x<sup>TM</sup></p>", "xTM");
    ck_assert_ptr_nonnull(strstr(heard, "1:5 raised or lowered text"));
}
END_TEST

START_TEST(what_is_dropped_is_said_with_its_place)
{
    becomes("<p>a</p>\n<script>b()</script><style>c</style>", "a");
    ck_assert_str_eq(heard, "2:1 a script is dropped\n"
                            "2:21 a style sheet is dropped\n");
    becomes("<a href=\" JavaScript:x()\">a</a>", "a");
    ck_assert_ptr_nonnull(strstr(heard, "a link that runs code"));
    becomes("<img src=\"x.png\">", "![](x.png)");
    ck_assert_ptr_nonnull(strstr(heard, "without alternative text"));
}
END_TEST

START_TEST(callouts_and_quotes_are_quotes)
{
    becomes("<div class=\"callout\"><p>a</p><p>a</p></div>", "> a\n>\n> a");
}
END_TEST

START_TEST(breaks_do_not_begin_blocks)
{
    reads_as("<p>a<br>- b<br>2. c<br></p>", "a\n- b\n2. c");
}
END_TEST

START_TEST(html_that_is_not_closed_is_read_and_too_deep_refused)
{
    hdx_buf deep = {0};
    hdx_str out;
    reads_as("<p>a<p><b>b<ul><li>c<li>d", "a\nb\nc\nd");
    for (int i = 0; i < 100000; i++)
        hdx_buf_add(&deep, HDX_STR("<div>"));
    ck_assert_int_eq(
        hdx_html_read(&arena, hdx_buf_str(&deep), hear, NULL, &out, NULL),
        HELPDEX_BAD_INPUT);
    hdx_buf_free(&deep);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        signs_of_markdown_in_text_stay_text,
        entities_become_characters_and_tags_in_text_stay_text,
        emphasis_is_kept_where_it_is_markup,
        emphasis_goes_where_asterisks_would_be_read_as_text,
        lists_nest_and_keep_their_numbers,
        tables_have_bars_and_their_cells_are_read,
        tables_that_markdown_cannot_say_become_lists_and_that_is_said,
        code_keeps_its_language_and_its_backticks,
        headings_keep_their_anchors,
        links_and_images_stay_and_what_is_embedded_becomes_a_link,
        raised_digits_stay_raised,
        what_is_dropped_is_said_with_its_place,
        callouts_and_quotes_are_quotes,
        breaks_do_not_begin_blocks,
        html_that_is_not_closed_is_read_and_too_deep_refused,
        NULL};
    return run_suite("html", tests);
}
