/* indexer/cleaning.h */
#include "indexer/cleaning.h"

#include "tests/unit/support.h"

static hdx_arena arena;

static hdx_cleaned clean_it(const char *markdown)
{
    hdx_cleaned c;
    ck_assert(hdx_clean_markdown(&arena, hdx_str_of(markdown), &c));
    ck_assert_uint_eq(c.text.len, strlen(markdown));
    return c;
}

/* What is left, without fillers and with one space for many. */
static const char *left_of(const char *markdown)
{
    hdx_cleaned c = clean_it(markdown);
    char *left = hdx_arena_alloc(&arena, c.text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < c.text.len; i++) {
        char byte = c.text.ptr[i];
        ck_assert_int_eq(byte == '\n', markdown[i] == '\n');
        if (byte != HDX_FILLER && !(byte == ' ' && len && left[len - 1] == ' '))
            left[len++] = byte;
    }
    left[len] = '\0';
    return left;
}

/* Whether nothing is taken out. */
static void stays(const char *markdown)
{
    ck_assert_str_is(clean_it(markdown).text, markdown);
}

START_TEST(shortcodes_go_and_what_they_enclose_stays)
{
    ck_assert_str_eq(left_of("a {{< ref \"x\" >}} b"), "a b");
    ck_assert_str_eq(left_of("{{% note %}}Konto{{% /note %}}"), "Konto");
    ck_assert_str_eq(left_of("{{< tab >}}\nถอน\n{{< /tab >}}"), " \nถอน\n ");
    ck_assert_str_eq(left_of("{{<\n  fig src=\"x\"\n>}}\ny"), " \n \n \ny");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(what_a_tag_shows_stays)
{
    ck_assert_str_eq(left_of("x{{% def id=\"a\" name=\"ACME\" %}}: y"),
                     "x ACME : y");
    ck_assert_str_eq(left_of("{% tab label='cURL' %}z{% /tab %}"), " cURL z");
    ck_assert_str_eq(left_of("<Card title=\"رسوم\" to='/x' />"), " رسوم ");
    ck_assert_str_eq(left_of("{% include x title=\"no\" %}z"), "z");
    ck_assert_str_eq(left_of("<A title=\"{x}\" subtitle=\"y\">z</A>"), "z");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(liquid_goes_and_its_comments_too)
{
    ck_assert_str_eq(left_of("{{ site.baseurl }}/x {%- if a -%}b{% endif %}"),
                     "/x b");
    ck_assert_str_eq(left_of("a{% comment %}b {% x %}{% endcomment %}c"), "ac");
    ck_assert_str_eq(left_of("a{% comment %}b"), "ab");
    ck_assert_str_eq(left_of("{: .no_toc }\na{:target=\"_blank\"}"), " \na");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(what_does_not_close_in_its_paragraph_is_text)
{
    stays("a {{ b\n\nc }} d");
    stays("{% a\n \n%}");
    stays("{{{{{{");
    stays("a } b }} c { d {#anker}");
    stays("1 <Mehr als 2\n\n> x");
    stays("<");
    stays("{");
    stays("{%");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(code_stays_as_it_is)
{
    stays("`{{path/to}}` und ``a ` {{b}}``");
    stays("```\n{{ x }}\n<A>\n```");
    stays("- x\n\n  ~~~ liquid\n  {% y %}\n  ```\n  ~~~\n");
    stays("> ```\n> {{ x }}\n> ```");
    stays("```\n{{ nie zu }}");
    stays("1. ```js\nimport a from 'b'\n```");
    ck_assert_str_eq(left_of("```\na\n````\n{{ x }}z"), "```\na\n````\nz");
    ck_assert_str_eq(left_of("`a {{ x }}"), "`a ");
    ck_assert_str_eq(left_of("```a``` {{ x }}b"), "```a``` b");
    stays("\\{{ x \\}}");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(modules_go_and_sentences_stay)
{
    ck_assert_str_eq(
        left_of("import A from '@x/y';\nimport {b} from \"c\"\n\nText"),
        " \n \n\nText");
    ck_assert_str_eq(left_of("export const a = {\n  b: 1,\n}\n\nText"),
                     " \n \n \n\nText");
    ck_assert_str_eq(left_of("import {\n  a\n} from 'b'\n\nText"),
                     " \n \n \n\nText");
    stays("import taxes are paid from the account\n");
    stays("Text\nimport A from 'b'\n");
    stays("export default settings to a file\n");
    stays("    import os\n");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(components_go_and_addresses_stay)
{
    ck_assert_str_eq(left_of("<Tabs>\n<Tab a={x > {y: '>'}}>z</Tab></Tabs>"),
                     " \nz");
    ck_assert_str_eq(left_of("<X.Y\n  a=\">\"\n/>z"), " \n \nz");
    ck_assert_str_eq(left_of("{/* fort */}da"), "da");
    stays("<Anna@b.example> <HTTP://x> <b>x</b> a<B c");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(what_nobody_sees_goes_and_joiners_stay)
{
    ck_assert_str_eq(left_of("Konto\u00ADauszug \uFEFF\u202Ex\u2069"),
                     "Kontoauszug x");
    ck_assert_str_eq(left_of("\u200F## עמלות"), " ## עמלות");
    stays("می\u200Cخواهم \u0915\u094D\u200D\u0937 👩\u200D🚀");
    ck_assert_str_is(hdx_clean_text(&arena, HDX_STR("a\u00ADb\u200F")), "ab");
    hdx_str plain = HDX_STR("می\u200Cخواهم é");
    ck_assert_ptr_eq(hdx_clean_text(&arena, plain).ptr, plain.ptr);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(an_include_says_how_a_translation_stands)
{
    hdx_cleaned c = clean_it(
        "{% include d.html translated=\"no\" translationOutdated=\"no\" %}");
    ck_assert(c.untranslated && !c.outdated);
    c = clean_it("{%- include d.html translationOutdated='yes'\n"
                 "translated=\"yes\" -%}");
    ck_assert(!c.untranslated && c.outdated);
    c = clean_it("`{% include d.html translated=\"no\" %}`");
    ck_assert(!c.untranslated);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(openings_without_end_take_no_time)
{
    static const char *const openings[] = {
        "{{", "{%",  "<A ",  "`",      "``x`",    "{% comment %}",
        "{:", "{/*", "<A {", "\u00AD", "{{< a=\""};
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        hdx_buf text = {0};
        hdx_cleaned c;
        while (text.len < 256 * 1024)
            hdx_buf_add(&text, hdx_str_of(openings[i]));
        ck_assert(hdx_clean_markdown(&arena, hdx_buf_str(&text), &c));
        ck_assert_uint_eq(c.text.len, text.len);
        hdx_buf_free(&text);
        hdx_arena_free(&arena);
    }
}
END_TEST

START_TEST(targets_of_links_stay_targets)
{
    ck_assert_str_eq(left_of("[a]({{< ref \"b c\" >}})"),
                     "[a](-----------------)");
    ck_assert_str_eq(left_of("[a]({{ x }}/{{y}}/z)"), "[a](-------/-----/z)");
    ck_assert_str_eq(left_of("[a]: {{ x }}/y"), "[a]: -------/y");
    ck_assert_str_eq(left_of("(a {{ x }}) b: {{ y }}"), "(a ) b: ");
    hdx_arena_free(&arena);
}
END_TEST

/* A number that follows `*seed`: the same on every machine. */
static unsigned next_number(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

START_TEST(whatever_is_written_keeps_its_lines_and_is_text)
{
    static const char *const pieces[] = {
        "{{<",     ">}}",       "{{%",     "%}}",   "{%",     "%}", "{{",
        "}}",      "{/*",       "*/}",     "{:",    "}",      "<A", ">",
        "</",      "`",         "```",     "~~~",   "\n",     "\r", " ",
        "\u00AD",  "\u200F",    "ถ",       "\\",    "#",      "](", "\"",
        "import ", "comment",   "export ", "from ", "title=", "'",  "=",
        "include", "endcomment"};
    unsigned seed = 7;
    for (int round = 0; round < 20000; round++) {
        hdx_buf text = {0};
        hdx_cleaned c;
        for (unsigned n = next_number(&seed) % 24; n; n--)
            hdx_buf_add(&text,
                        hdx_str_of(pieces[next_number(&seed) %
                                          (sizeof pieces / sizeof *pieces)]));
        ck_assert(hdx_clean_markdown(&arena, hdx_buf_str(&text), &c));
        ck_assert_uint_eq(c.text.len, text.len);
        ck_assert_uint_eq(hdx_utf8_check(c.text), SIZE_MAX);
        for (size_t i = 0; i < text.len; i++)
            ck_assert((text.ptr[i] == '\n') == (c.text.ptr[i] == '\n'));
        hdx_buf_free(&text);
        hdx_arena_reset(&arena);
    }
    hdx_arena_free(&arena);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        shortcodes_go_and_what_they_enclose_stays,
        what_a_tag_shows_stays,
        liquid_goes_and_its_comments_too,
        what_does_not_close_in_its_paragraph_is_text,
        code_stays_as_it_is,
        modules_go_and_sentences_stay,
        components_go_and_addresses_stay,
        what_nobody_sees_goes_and_joiners_stay,
        an_include_says_how_a_translation_stands,
        openings_without_end_take_no_time,
        targets_of_links_stay_targets,
        whatever_is_written_keeps_its_lines_and_is_text,
        NULL};
    return run_suite("cleaning", tests);
}
