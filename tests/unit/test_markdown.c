/* indexer/markdown.h */
#include "indexer/markdown.h"
#include "tests/unit/support.h"

static hdx_arena arena;

static hdx_document read_bytes(hdx_str markdown)
{
    hdx_document d;
    helpdex_error err = {0};
    helpdex_status status =
        hdx_markdown_read(&arena, markdown, "x.md", &d, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    return d;
}

static hdx_document read_it(const char *markdown)
{
    return read_bytes(hdx_str_of(markdown));
}

/* The text of the one section. */
static hdx_str text_of(const char *markdown)
{
    hdx_document d = read_it(markdown);
    ck_assert_uint_eq(d.count, 1);
    return d.sections[0].text;
}

START_TEST(nothing_gives_nothing)
{
    const char *const blanks[] = {
        "",      " \n\n\t\n",          "<!-- x -->\n",
        "---\n", "## Nur ein Titel\n", "[a]: http://x.y\n"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        ck_assert_uint_eq(read_it(blanks[i]).count, 0);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_heading_opens_a_section)
{
    hdx_document d =
        read_it("Vorab.\n\n## 提現\n\n多久？\n\n### Dauer\n\nTage\n");
    ck_assert_uint_eq(d.count, 3);
    ck_assert_uint_eq(d.sections[0].level, 0);
    ck_assert_str_is(d.sections[0].text, "Vorab.");
    ck_assert_str_is(d.sections[0].anchor, "");
    ck_assert_uint_eq(d.sections[1].level, 2);
    ck_assert_str_is(d.sections[1].heading, "提現");
    ck_assert_str_is(d.sections[1].text, "多久？");
    ck_assert_str_is(d.sections[2].heading, "Dauer");
    ck_assert_str_is(d.sections[2].headings, "提現\nDauer");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(paths_go_back_up_with_the_level)
{
    hdx_document d =
        read_it("## A\n\na\n\n#### B\n\nb\n\n### C\n\nc\n\n## D\n\nd\n");
    ck_assert_uint_eq(d.count, 4);
    ck_assert_str_is(d.sections[1].headings, "A\nB");
    ck_assert_str_is(d.sections[2].headings, "A\nC");
    ck_assert_str_is(d.sections[3].headings, "D");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_section_without_text_still_leads_the_path)
{
    hdx_document d = read_it("## Konto\n\n### Sperren\n\nSofort.\n");
    ck_assert_uint_eq(d.count, 1);
    ck_assert_str_is(d.sections[0].headings, "Konto\nSperren");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(the_opening_h1_is_the_title)
{
    hdx_document d = read_it("# ถอนเงิน\n\nรอ\n\n# Zweiter\n\nText\n");
    ck_assert_str_is(d.title, "ถอนเงิน");
    ck_assert_uint_eq(d.count, 2);
    ck_assert_uint_eq(d.sections[0].level, 0);
    ck_assert_uint_eq(d.sections[1].level, 1);
    ck_assert_str_is(d.sections[1].heading, "Zweiter");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_comment_may_stand_above_the_title)
{
    hdx_document d = read_it("<!-- lint off -->\n\n# Konto\n\nText\n");
    ck_assert_str_is(d.title, "Konto");
    ck_assert_uint_eq(d.count, 1);
    ck_assert_uint_eq(d.sections[0].level, 0);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(an_h1_below_text_opens_a_section)
{
    hdx_document d = read_it("Text\n\n# Später\n\nMehr\n");
    ck_assert_uint_eq(d.count, 2);
    ck_assert_str_is(d.sections[0].headings, "");
    ck_assert_str_is(d.sections[1].heading, "Später");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(anchors_are_slugs)
{
    hdx_document d =
        read_it("## Wie lange dauert's?\n\na\n\n## 出金 (JPY)\n\nb\n\n"
                "## ถอนเงินไม่ได้\n\nc\n\n## GRÖSSE_x-y\n\nd\n");
    ck_assert_str_is(d.sections[0].anchor, "wie-lange-dauerts");
    ck_assert_str_is(d.sections[1].anchor, "出金-jpy");
    ck_assert_str_is(d.sections[2].anchor, "ถอนเงินไม่ได้");
    ck_assert_str_is(d.sections[3].anchor, "grösse_x-y");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(anchors_are_unique_whatever_the_headings)
{
    const char *const orders[] = {
        "A|A|A", "A|A-1|A", "A-1|A|A", "A|A|A-1|A-1", "A-1-1|A-1|A-1|A|A|A",
        "?|!|?"};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        hdx_buf text = {0};
        hdx_buf_add(&text, HDX_STR("vorab\n\n"));
        hdx_str rest = hdx_str_of(orders[i]);
        while (rest.len) {
            hdx_str name = {rest.ptr, strcspn(rest.ptr, "|")};
            hdx_buf_add(&text, HDX_STR("## "));
            hdx_buf_add(&text, name);
            hdx_buf_add(&text, HDX_STR("\n\ntext\n\n"));
            size_t step = name.len < rest.len ? name.len + 1 : name.len;
            rest = (hdx_str){rest.ptr + step, rest.len - step};
        }
        hdx_document d = read_bytes(hdx_buf_str(&text));
        for (size_t a = 0; a < d.count; a++)
            for (size_t b = 0; b < a; b++)
                ck_assert_msg(
                    !hdx_str_eq(d.sections[a].anchor, d.sections[b].anchor),
                    "%s: \"%.*s\" twice", orders[i],
                    HDX_FMT(d.sections[a].anchor));
        hdx_buf_free(&text);
    }
    hdx_arena_free(&arena);
}
END_TEST

/* Every section begins where its heading's line does, and ends at the next. */
static void check_offsets(const char *markdown, const char *const *lines)
{
    hdx_document d = read_it(markdown);
    size_t size = strlen(markdown), i = 0;
    for (; lines[i]; i++) {
        ck_assert_uint_lt(i, d.count);
        const hdx_section *s = &d.sections[i];
        ck_assert_uint_le(s->begin, s->end);
        ck_assert_uint_le(s->end, size);
        ck_assert_uint_eq(s->end, i + 1 < d.count ? s[1].begin : size);
        hdx_str from = {markdown + s->begin, size - s->begin};
        ck_assert_msg(hdx_str_starts(from, hdx_str_of(lines[i])),
                      "\"%.20s\" is not at \"%s\"", from.ptr, lines[i]);
    }
    ck_assert_uint_eq(i, d.count);
    hdx_arena_free(&arena);
}

START_TEST(offsets_point_at_the_line_of_the_heading)
{
    const char *const lines[] = {"Vorab",     "## 一",  "  ### **b**", "> ## c",
                                 "## [d](x)", "## `e`", "- ## f",      NULL};
    check_offsets("Vorab.\n\n## 一\nx\n\n  ### **b** #\nx\n\n> ## c\n> x\n\n"
                  "## [d](x)\nx\n\n## `e`\nx\n\n- ## f\n  x\n",
                  lines);
}
END_TEST

START_TEST(offsets_hold_with_line_ends_of_windows)
{
    const char *const lines[] = {"Vorab", "## A", "### B", NULL};
    check_offsets("Vorab\r\n\r\n## A\r\nx\r\n\r\n### B\r\n\r\ny\r\n", lines);
}
END_TEST

START_TEST(offsets_of_underlined_headings_are_their_first_line)
{
    const char *const lines[] = {"Vorab", "Über", "zwei\n", NULL};
    check_offsets("Vorab\n\nÜber uns\n---\n\nx\n\nzwei\nZeilen\n===\n\ny\n",
                  lines);
}
END_TEST

START_TEST(offsets_of_headings_without_words_are_their_own)
{
    const char *const lines[] = {"Vorab", "##\n", "## ![", NULL};
    check_offsets("Vorab\nzwei\n\n##\n\nx\n\n## ![](a.png)\n\ny\n", lines);
}
END_TEST

START_TEST(rows_of_a_table_are_lines)
{
    hdx_str text = text_of("|Land|Dauer|\n|---|---|\n|ไทย|3 วัน|\n|日本|2日|\n");
    ck_assert_str_is(text, "Land · Dauer\nไทย · 3 วัน\n日本 · 2日");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(lists_and_tasks_are_lines)
{
    ck_assert_str_is(text_of("- [ ] eins\n- [x] zwei\n"), "eins\nzwei");
    ck_assert_str_is(text_of("1. eins\n2. zwei\n   - drei\n"),
                     "eins\nzwei\ndrei");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(marks_of_emphasis_are_left_out)
{
    ck_assert_str_is(
        text_of("**fett** _schräg_ ~~alt~~ `code` [Link](u \"t\")"),
        "fett schräg alt code Link");
    ck_assert_str_is(text_of("![Bild](a.png) <https://x.example>"),
                     "Bild https://x.example");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(code_blocks_are_text)
{
    ck_assert_str_is(text_of("```sh\nls -l\n<b> &amp;\n```\n"),
                     "ls -l\n<b> &amp;");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(raw_html_is_kept_out)
{
    ck_assert_str_is(text_of("a <b onclick=\"x()\">fett</b> b<br/>c"),
                     "a fett b\nc");
    ck_assert_str_is(text_of("vor\n\n<script>\nalert(1)\n</script>\n\nnach\n"),
                     "vor\nnach");
    ck_assert_str_is(text_of("a <!-- geheim --> b"), "a  b");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(entities_are_their_characters)
{
    ck_assert_str_is(
        text_of("&lt;a&gt; &amp; &quot;b&quot; &#65;&#x3B1; &euro;"),
        "<a> & \"b\" Aα €");
    ck_assert_str_is(text_of("Zur&uuml;ck &Auml;rger Stra&szlig;e &eacute;"),
                     "Zurück Ärger Straße é");
    ck_assert_str_is(text_of("&nosuch; &#xD800; a&#1;b&#9;c"),
                     "&nosuch; \xEF\xBF\xBD a\xEF\xBF\xBD"
                     "b c");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(text_is_valid_whatever_the_entities)
{
    const char *const odd[] = {"&#0;",       "&#xFFFFFF;", "&#x110000;",
                               "&#9999999;", "&#xDFFF;",   "&;",
                               "&#;",        "&#x;",       "a\\&amp;"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        hdx_str text = text_of(odd[i]);
        ck_assert_uint_eq(hdx_utf8_check(text), SIZE_MAX);
        ck_assert_ptr_null(memchr(text.ptr, '\0', text.len));
    }
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(soft_breaks_are_spaces_only_where_words_have_them)
{
    ck_assert_str_is(text_of("Konto\nsperren"), "Konto sperren");
    ck_assert_str_is(text_of("帳戶\n被鎖"), "帳戶被鎖");
    ck_assert_str_is(text_of("出金は\nできます。\n次"), "出金はできます。次");
    ck_assert_str_is(text_of("ถอน\nเงิน"), "ถอนเงิน");
    ck_assert_str_is(text_of("حساب\nمغلق"), "حساب مغلق");
    ck_assert_str_is(text_of("帳戶\nPIN\n碼"), "帳戶 PIN 碼");
    ck_assert_str_is(text_of("계정\n잠금"), "계정 잠금");
    ck_assert_str_is(text_of("帳**戶**\n*被*鎖"), "帳戶被鎖");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(hard_breaks_are_line_ends)
{
    ck_assert_str_is(text_of("Konto  \nsperren\\\njetzt"),
                     "Konto\nsperren\njetzt");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(headings_are_one_line)
{
    hdx_document d = read_it("Ein  \nlanger &#10; Titel\n---\n\nx\n");
    ck_assert_ptr_null(
        memchr(d.sections[0].heading.ptr, '\n', d.sections[0].heading.len));
    ck_assert_str_is(d.sections[0].headings, d.sections[0].heading.ptr);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(nul_bytes_become_replacement_characters)
{
    hdx_document d = read_bytes((hdx_str){"a\0b\n\n## c\0\n\nd\0", 14});
    ck_assert_uint_eq(d.count, 2);
    ck_assert_str_is(d.sections[0].text, "a\xEF\xBF\xBD"
                                         "b");
    ck_assert_str_is(d.sections[1].text, "d\xEF\xBF\xBD");
    hdx_arena_free(&arena);
}
END_TEST

static hdx_str repeated(const char *piece, size_t bytes)
{
    hdx_str one = hdx_str_of(piece);
    char *text = hdx_arena_alloc(&arena, bytes);
    for (size_t i = 0; i < bytes; i++)
        text[i] = one.ptr[i % one.len];
    return (hdx_str){text, bytes};
}

START_TEST(hostile_text_ends)
{
    const char *const pieces[] = {
        "<?",   "[",    "www.a.b_",  "![",        "*a_",       "`a``", "> ",
        "- ",   "[a](", "<!--",      "<![CDATA[", "&",         "~~a",  "\\",
        "# \n", "|\n",  "a\n|---\n", "[a]: x\n",  "\r",        "<a ",  "**a *",
        "1. ",  "\t",   "\n=\n",     "][",        "http://a@", "a**b", "||"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        hdx_document d = read_bytes(repeated(pieces[i], 200 << 10));
        for (size_t n = 0; n < d.count; n++)
            ck_assert_uint_le(d.sections[n].end, 200 << 10);
        hdx_arena_free(&arena);
    }
}
END_TEST

START_TEST(each_heading_without_a_word_has_its_own_place)
{
    hdx_document d = read_it("Vor\n\n#\n\nEins\n\n#\n#\n\nZwei\n");
    ck_assert_uint_eq(d.count, 3);
    ck_assert_uint_eq(d.sections[1].begin, 5);
    ck_assert_uint_eq(d.sections[2].begin, 16);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_long_heading_above_too_many_others_is_refused)
{
    hdx_buf text = {0};
    hdx_document d;
    helpdex_error err = {0};
    hdx_buf_add(&text, HDX_STR("a\n\n# "));
    for (int i = 0; i < 20000; i++)
        hdx_buf_add(&text, HDX_STR("Wort "));
    for (int i = 0; i < 1000; i++)
        hdx_buf_add(&text, HDX_STR("\n## b\nc\n"));
    helpdex_status status =
        hdx_markdown_read(&arena, hdx_buf_str(&text), "x.md", &d, &err);
    ck_assert_int_eq(status, HELPDEX_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(err.message, "shorten"));
    hdx_buf_free(&text);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(tables_of_too_many_cells_are_refused)
{
    hdx_buf text = {0};
    hdx_document d;
    helpdex_error err = {0};
    for (int i = 0; i < 100; i++)
        hdx_buf_add(&text, HDX_STR("|a"));
    hdx_buf_add(&text, HDX_STR("|\n"));
    for (int i = 0; i < 100; i++)
        hdx_buf_add(&text, HDX_STR("|---"));
    hdx_buf_add(&text, HDX_STR("|\n"));
    for (int i = 0; i < 2000; i++)
        hdx_buf_add(&text, HDX_STR("|b\n"));
    helpdex_status status =
        hdx_markdown_read(&arena, hdx_buf_str(&text), "x.md", &d, &err);
    ck_assert_int_eq(status, HELPDEX_BAD_INPUT);
    ck_assert_str_eq(err.file, "x.md");
    hdx_buf_free(&text);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(ten_thousand_equal_headings_keep_apart)
{
    hdx_document d = read_bytes(repeated("## a\nx\n\n", 80000));
    ck_assert_uint_eq(d.count, 10000);
    ck_assert_str_is(d.sections[0].anchor, "a");
    ck_assert_str_is(d.sections[9999].anchor, "a-9999");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(an_anchor_of_its_own_is_no_part_of_the_heading)
{
    hdx_document d =
        read_it("# 術語 {#glossary}\n\nv\n\n## 是什麼 {#what-it-is}\n\na\n\n"
                "## ถอน {.x #b_c lang=th}\n\nb\n\n## Konto {: #d }\n\nc\n\n"
                "## Nur {.klasse}\n\nd\n\n## Satz {x}\n\ne\n\n"
                "## Doppelt {#d}\n\nf\n");
    ck_assert_str_is(d.title, "術語");
    ck_assert_str_is(d.sections[1].heading, "是什麼");
    ck_assert_str_is(d.sections[1].anchor, "what-it-is");
    ck_assert_str_is(d.sections[2].anchor, "b_c");
    ck_assert_str_is(d.sections[3].anchor, "d");
    ck_assert_str_is(d.sections[3].headings, "Konto");
    ck_assert_str_is(d.sections[4].anchor, "nur");
    ck_assert_str_is(d.sections[5].heading, "Satz {x}");
    ck_assert_str_is(d.sections[6].anchor, "d-1");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(code_blocks_are_known_by_their_place)
{
    hdx_section s =
        read_it("\n```\nrm -r\n```\n\nDann `ls` ถอน.\n\n    eins\n    zwei\n")
            .sections[0];
    ck_assert_str_is(s.text, "rm -r\nDann ls ถอน.\neins\nzwei");
    ck_assert_uint_eq(s.code_count, 2);
    ck_assert_uint_eq(s.code[0].begin, 0);
    ck_assert_str_is(((hdx_str){s.text.ptr + s.code[1].begin,
                                s.code[1].end - s.code[1].begin}),
                     "eins\nzwei");
    ck_assert_uint_eq(read_it("Text\n").sections[0].code_count, 0);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(tags_of_other_tools_leave_words_lines_and_tables)
{
    hdx_document d =
        read_it("{% tab label=\"cURL\" %}\n\na {{ x }} b\n\n{% if y "
                "%}\n|c|d|\n|---|---|\n"
                "|e|f|\n{% /tab %}\n\n<Tabs>\n## 出金\n{{< z >}}\ng {{< z "
                ">}}\n</Tabs>\n");
    ck_assert_uint_eq(d.count, 2);
    ck_assert_str_is(d.sections[0].text, "cURL\na b\nc · d\ne · f");
    ck_assert_str_is(d.sections[1].heading, "出金");
    ck_assert_str_is(d.sections[1].text, "g");
    ck_assert_uint_eq(d.sections[1].begin,
                      strlen("{% tab label=\"cURL\" %}\n\na {{ x }} b\n\n{% if "
                             "y %}\n|c|d|\n|---|---|\n"
                             "|e|f|\n{% /tab %}\n\n<Tabs>\n"));
    hdx_arena_free(&arena);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        nothing_gives_nothing,
        a_heading_opens_a_section,
        paths_go_back_up_with_the_level,
        a_section_without_text_still_leads_the_path,
        the_opening_h1_is_the_title,
        a_comment_may_stand_above_the_title,
        an_h1_below_text_opens_a_section,
        anchors_are_slugs,
        anchors_are_unique_whatever_the_headings,
        offsets_point_at_the_line_of_the_heading,
        offsets_hold_with_line_ends_of_windows,
        offsets_of_underlined_headings_are_their_first_line,
        offsets_of_headings_without_words_are_their_own,
        rows_of_a_table_are_lines,
        lists_and_tasks_are_lines,
        marks_of_emphasis_are_left_out,
        code_blocks_are_text,
        raw_html_is_kept_out,
        entities_are_their_characters,
        text_is_valid_whatever_the_entities,
        soft_breaks_are_spaces_only_where_words_have_them,
        hard_breaks_are_line_ends,
        headings_are_one_line,
        nul_bytes_become_replacement_characters,
        hostile_text_ends,
        tables_of_too_many_cells_are_refused,
        each_heading_without_a_word_has_its_own_place,
        a_long_heading_above_too_many_others_is_refused,
        ten_thousand_equal_headings_keep_apart,
        an_anchor_of_its_own_is_no_part_of_the_heading,
        code_blocks_are_known_by_their_place,
        tags_of_other_tools_leave_words_lines_and_tables,
        NULL};
    return run_suite("markdown", tests);
}
