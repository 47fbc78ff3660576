/* indexer/article.h */
#include "indexer/article.h"
#include "tests/unit/support.h"

static hdx_arena arena;

static hdx_article read_below(const char *text, const char *below)
{
    hdx_article a;
    helpdex_error err = {0};
    helpdex_status status = hdx_article_read(
        &arena, hdx_str_of(text), "kb/x.md", hdx_str_of(below), &a, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    return a;
}

static hdx_article read_it(const char *text)
{
    return read_below(text, "konto/sperren.md");
}

static helpdex_error fault_of(hdx_str text)
{
    hdx_article a;
    helpdex_error err = {0};
    ck_assert_int_eq(
        hdx_article_read(&arena, text, "kb/x.md", HDX_STR("x.md"), &a, &err),
        HELPDEX_BAD_INPUT);
    ck_assert_str_eq(err.file, "kb/x.md");
    return err;
}

START_TEST(what_is_not_utf8_is_placed)
{
    helpdex_error err = fault_of(HDX_STR("# Titel\n\nGrü\xDF"
                                         "e\n"));
    ck_assert_uint_eq(err.line, 3);
    ck_assert_uint_eq(err.column, 4);
    ck_assert_ptr_nonnull(strstr(err.message, "0xDF"));
    err = fault_of(HDX_STR("ถอน\xE0\xB8"));
    ck_assert_uint_eq(err.line, 1);
    ck_assert_uint_eq(err.column, 4);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(overlong_surrogate_and_utf16_bytes_are_refused)
{
    fault_of(HDX_STR("a\xC0\xAF"));
    fault_of(HDX_STR("a\xED\xA0\x80"));
    fault_of(HDX_STR("\xFF\xFEk\0o\0"));
    fault_of(HDX_STR("---\ntitle: Gr\xFC\xDF"
                     "e\n---\nx"));
    fault_of(HDX_STR("\xF4\x90\x80\x80"));
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(the_title_is_that_of_the_head_first)
{
    ck_assert_str_is(read_it("---\ntitle: Kopf\n---\n# H1\n\nx").title, "Kopf");
    ck_assert_str_is(read_it("# H1 *kursiv*\n\nx").title, "H1 kursiv");
    ck_assert_str_is(read_it("## H2\n\nx").title, "sperren");
    ck_assert_str_is(read_it("---\ntitle: ' '\n---\n# 題\n\nx").title, "題");
    ck_assert_str_is(read_it("#\n\nx").title, "sperren");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(the_first_h1_is_a_title_even_below_a_picture)
{
    hdx_article a = read_it("![](logo.png)\n\n# Konto\n\nx\n");
    ck_assert_str_is(a.title, "Konto");
    a = read_it("Vorab.\n\n# บัญชี\n\n## b\n\nx\n");
    ck_assert_str_is(a.title, "บัญชี");
    ck_assert_str_is(a.document.sections[0].headings, "");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(an_h1_that_is_not_the_title_leads_to_its_text)
{
    hdx_article a = read_it("---\ntitle: Kopf\n---\n# Erste Hilfe\n\nx");
    ck_assert_str_is(a.document.sections[0].heading, "Erste Hilfe");
    ck_assert_str_is(a.document.sections[0].headings, "Erste Hilfe");
    a = read_it("---\ntitle: Kopf\n---\n# Kopf\n\nx");
    ck_assert_str_is(a.document.sections[0].headings, "");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(the_id_is_the_path_without_its_ending)
{
    ck_assert_str_is(read_it("x").id, "konto/sperren");
    ck_assert_str_is(read_below("x", "v1.2/a.b.md").id, "v1.2/a.b");
    ck_assert_str_is(read_below("x", "v1.2/README").id, "v1.2/README");
    ck_assert_str_is(read_below("x", "ถอนเงิน.markdown").id, "ถอนเงิน");
    ck_assert_str_is(read_it("---\npage_id: p1\n---\nx").id, "p1");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_title_that_repeats_the_id_is_a_placeholder)
{
    ck_assert(read_below("x", "sperren.md").title_is_placeholder);
    ck_assert(read_it("---\nid: a1\ntitle: a1\n---\nx").title_is_placeholder);
    ck_assert(!read_it("# Titel\n\nx").title_is_placeholder);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(ids_and_titles_are_one_line)
{
    hdx_article a = read_it("---\nid: \"a\\nb\"\ntitle: |\n  eins\n  zwei\n"
                            "---\nx");
    ck_assert_str_is(a.id, "a b");
    ck_assert_str_is(a.title, "eins zwei");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_body_of_nothing_counts_as_missing)
{
    const char *const blanks[] = {"",
                                  "\xEF\xBB\xBF",
                                  "---\ntitle: x\n---\n",
                                  "# Nur der Titel\n",
                                  "---\ntitle: x\n---\n\n<!-- TODO -->\n",
                                  "## A\n\n## B\n",
                                  "\n \n"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        ck_assert_ptr_nonnull(read_it(blanks[i]).missing);
    ck_assert_ptr_null(read_it("x").missing);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(an_untranslated_article_counts_as_missing)
{
    hdx_article a = read_it("---\nuntranslated: true\n---\nText");
    ck_assert_str_eq(a.missing, "marked as untranslated");
    ck_assert_ptr_null(read_it("---\nuntranslated: false\n---\nText").missing);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(offsets_count_from_the_start_of_the_file)
{
    const char *text =
        "\xEF\xBB\xBF---\r\nid: x\r\n---\r\nv\r\n\r\n## 口座\r\n\r\ny";
    hdx_article a = read_it(text);
    ck_assert_uint_eq(a.document.count, 2);
    ck_assert_int_eq(text[a.document.sections[0].begin], 'v');
    ck_assert_int_eq(strncmp(text + a.document.sections[1].begin, "## ", 3), 0);
    ck_assert_uint_eq(a.document.sections[1].end, strlen(text));
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(faults_of_the_head_are_passed_on)
{
    ck_assert_uint_eq(fault_of(HDX_STR("---\nid: x\n")).line, 1);
    ck_assert_uint_eq(fault_of(HDX_STR("---\n\na: [\n---\n")).line, 4);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(lone_carriage_returns_are_line_ends_with_a_notice)
{
    hdx_article a = read_it("---\rtitle: Konto\r---\rถอน\r\r## B\r\rc\r");
    ck_assert_str_is(a.title, "Konto");
    ck_assert_uint_eq(a.document.count, 2);
    ck_assert_uint_eq(a.notice.line, 1);
    ck_assert_uint_eq(a.notice.column, 4);
    ck_assert_ptr_nonnull(strstr(a.notice.what, "; save the file"));
    ck_assert_ptr_null(read_it("a\r\n\r\nb\r\n").notice.what);
    ck_assert_uint_eq(read_it("a\r\nü\rb").notice.line, 2);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(an_include_may_mark_a_stub)
{
    hdx_article a =
        read_it("{% include d.html translated=\"no\" %}\n\nEnglish.\n");
    ck_assert_str_eq(a.missing, "marked as untranslated");
    ck_assert_ptr_nonnull(strstr(read_it("").missing, "empty"));
    ck_assert_ptr_null(read_it("---\noutdated: 1\n---\nx").missing);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(what_nobody_sees_is_not_in_a_title)
{
    hdx_article a = read_it(
        "---\ntitle: \"Konto\u00ADauszug\"\nquestions: [\"\u202Eab\"]\n---\nx");
    ck_assert_str_is(a.title, "Kontoauszug");
    ck_assert_str_is(a.matter.questions.items[0], "ab");
    hdx_arena_free(&arena);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        what_is_not_utf8_is_placed,
        overlong_surrogate_and_utf16_bytes_are_refused,
        the_title_is_that_of_the_head_first,
        the_first_h1_is_a_title_even_below_a_picture,
        an_h1_that_is_not_the_title_leads_to_its_text,
        the_id_is_the_path_without_its_ending,
        a_title_that_repeats_the_id_is_a_placeholder,
        ids_and_titles_are_one_line,
        a_body_of_nothing_counts_as_missing,
        an_untranslated_article_counts_as_missing,
        offsets_count_from_the_start_of_the_file,
        faults_of_the_head_are_passed_on,
        lone_carriage_returns_are_line_ends_with_a_notice,
        an_include_may_mark_a_stub,
        what_nobody_sees_is_not_in_a_title,
        NULL};
    return run_suite("article", tests);
}
