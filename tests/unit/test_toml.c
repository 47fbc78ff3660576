/* base/toml.h */
#include "base/toml.h"

#include "tests/unit/support.h"

static hdx_arena arena;

static const hdx_yaml *tree_of(const char *text)
{
    hdx_yaml *root;
    helpdex_error err = {0};
    helpdex_status status =
        hdx_toml_parse(&arena, hdx_str_of(text), "x.md", 2, &root, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    return root;
}

/* The text of a key of the last tree. */
static hdx_str text_at(const char *text, const char *key)
{
    const hdx_yaml *value = hdx_yaml_get(tree_of(text), key);
    ck_assert_msg(value != NULL, "no %s in %s", key, text);
    return value->text;
}

static helpdex_error fault_of(hdx_str text)
{
    hdx_yaml *root;
    helpdex_error err = {0};
    ck_assert_msg(hdx_toml_parse(&arena, text, "x.md", 2, &root, &err) ==
                      HELPDEX_BAD_INPUT,
                  "%.*s", HDX_FMT(text));
    ck_assert_ptr_null(root);
    ck_assert_ptr_nonnull(strchr(err.message, ';'));
    return err;
}

START_TEST(nothing_is_a_map_without_keys)
{
    static const char *const blanks[] = {"", "\n\n", "# x", " \t# ü\r\n\r\n"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        ck_assert_int_eq(tree_of(blanks[i])->kind, HDX_YAML_MAP);
        ck_assert_ptr_null(tree_of(blanks[i])->first);
    }
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(texts_of_all_four_kinds_are_read)
{
    ck_assert_str_is(text_at("a = \"ถอน \\\"x\\\" \\u00e9\\t\"", "a"),
                     "ถอน \"x\" é\t");
    ck_assert_str_is(text_at("a = 'c:\\n' # x", "a"), "c:\\n");
    ck_assert_str_is(text_at("a = \"\"\"\neins\nzwei \\\n   drei\"\"\"", "a"),
                     "eins\nzwei drei");
    ck_assert_str_is(text_at("a = '''\r\nb\r\n'c' ''''", "a"), "b\n'c' '");
    ck_assert_str_is(text_at("a = \"\"\"x\"\"\"\"\"", "a"), "x\"\"");
    ck_assert_str_is(text_at("a = \"\"", "a"), "");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(numbers_dates_and_truths_are_their_texts)
{
    static const char *const values[] = {
        "1",          "-1_000",     "0xFF",
        "6.02e+23",   "true",       "-inf",
        "1979-05-27", "07:32:00.5", "1979-05-27T07:32:00-07:00"};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        hdx_str line = hdx_arena_format(&arena, "a = %s # x\n", values[i]);
        ck_assert_str_is(text_at(line.ptr, "a"), values[i]);
    }
    ck_assert_str_is(text_at("a = 2026-11-24 08:00:00", "A"),
                     "2026-11-24 08:00:00");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(keys_may_be_bare_quoted_or_dotted)
{
    const char *text = "b-_1 = 1\n\"ü x\" = 2\n'a.b' = 3\nc . \"d\".e = 4\n";
    ck_assert_str_is(text_at(text, "b-_1"), "1");
    ck_assert_str_is(text_at(text, "ü x"), "2");
    ck_assert_str_is(text_at(text, "c.d.e"), "4");
    ck_assert_str_is(tree_of(text)->first->next->next->key, "a.b");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(tables_nest_as_their_headers_say)
{
    const char *text = "a = 1\n[b]\nc = 2\n[b.d.e]\nf = 3\n[b.d]\ng = 4\n"
                       "h = {i = 5, j.k = 6}\n";
    ck_assert_str_is(text_at(text, "a"), "1");
    ck_assert_str_is(text_at(text, "b.c"), "2");
    ck_assert_str_is(text_at(text, "b.d.e.f"), "3");
    ck_assert_str_is(text_at(text, "b.d.g"), "4");
    ck_assert_str_is(text_at(text, "b.d.h.j.k"), "6");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(arrays_nest_and_span_lines)
{
    const hdx_yaml *list = hdx_yaml_get(
        tree_of("a = [\n 'x', # eins\n [1, 2], {b = 3},\n]\n"), "a");
    ck_assert_int_eq(list->kind, HDX_YAML_LIST);
    ck_assert_str_is(list->first->text, "x");
    ck_assert_str_is(list->first->next->first->next->text, "2");
    ck_assert_str_is(hdx_yaml_get(list->first->next->next, "b")->text, "3");
    ck_assert_ptr_null(list->first->next->next->next);
    ck_assert_ptr_null(hdx_yaml_get(tree_of("a = []"), "a")->first);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(tables_in_a_row_are_a_list)
{
    const hdx_yaml *list = hdx_yaml_get(
        tree_of("[[a]]\nb = 1\n[a.c]\nd = 2\n[[a]]\nb = 3\n"), "a");
    ck_assert_int_eq(list->kind, HDX_YAML_LIST);
    ck_assert_str_is(hdx_yaml_get(list->first, "c.d")->text, "2");
    ck_assert_str_is(hdx_yaml_get(list->first->next, "b")->text, "3");
    ck_assert_ptr_null(list->first->next->next);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(values_have_the_place_of_their_key)
{
    const hdx_yaml *root =
        tree_of("a = 1\n\n  \"ü\" = [\n'x']\n[t]\n b.c = 2\n");
    ck_assert_uint_eq(root->first->line, 2);
    ck_assert_uint_eq(root->first->next->line, 4);
    ck_assert_uint_eq(root->first->next->column, 3);
    ck_assert_uint_eq(root->first->next->first->line, 5);
    ck_assert_uint_eq(hdx_yaml_get(root, "t.b.c")->line, 7);
    ck_assert_uint_eq(hdx_yaml_get(root, "t.b.c")->column, 4);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(what_is_no_toml_is_refused_by_line)
{
    static const char *const wrong[] = {"a = b",
                                        "a = \"x",
                                        "a = 'x\n'",
                                        "a =",
                                        "a",
                                        "= 1",
                                        "a = 1 b = 2",
                                        "[a",
                                        "[a]]",
                                        "[]",
                                        "a = [1, 2",
                                        "a = [1 2]",
                                        "a = {b = 1",
                                        "a = {b = 1,\n",
                                        "a = \"\\q\"",
                                        "a = \"\\ud800\"",
                                        "a = \"\\u12\"",
                                        "a = 1\na = 2",
                                        "a: 1",
                                        "[a]\n[a]",
                                        "a.b = 1\n[a]",
                                        "a = 1\n[a]",
                                        "a = 1\na.b = 2",
                                        "[[a]]\n[a]",
                                        "a = [1]\n[[a]]",
                                        "a = 1__x",
                                        "'''a''' = 1",
                                        "a = \"\x01\"",
                                        "a = 1\rb = 2",
                                        "ü = 1",
                                        "a = {b = 1}\n[a.c]"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        hdx_buf text = {0};
        hdx_buf_add(&text, HDX_STR("x = 1\n"));
        hdx_buf_add(&text, hdx_str_of(wrong[i]));
        ck_assert_uint_ge(fault_of(hdx_buf_str(&text)).line, 3);
        hdx_buf_free(&text);
    }
    fault_of(HDX_STR("a = 1\0"));
    fault_of(HDX_STR("a = \"\0\""));
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(depth_and_size_are_bounded)
{
    hdx_buf text = {0};
    hdx_buf_add(&text, HDX_STR("a = "));
    for (int i = 0; i < 200000; i++)
        hdx_buf_byte(&text, '[');
    ck_assert_ptr_nonnull(
        strstr(fault_of(hdx_buf_str(&text)).message, "32 levels"));
    text.len = 0;
    for (int i = 0; i < 40; i++)
        hdx_buf_add(&text, HDX_STR("a."));
    hdx_buf_add(&text, HDX_STR("a = 1"));
    fault_of(hdx_buf_str(&text));
    text.len = 0;
    hdx_buf_add(&text, HDX_STR("a = ["));
    for (int i = 0; i < 100001; i++)
        hdx_buf_add(&text, HDX_STR("1,"));
    hdx_buf_byte(&text, ']');
    fault_of(hdx_buf_str(&text));
    while (text.len <= 1 << 20)
        hdx_buf_byte(&text, '#');
    fault_of(hdx_buf_str(&text));
    hdx_buf_free(&text);
    hdx_arena_free(&arena);
}
END_TEST

/* A number that follows `*seed`: the same on every machine. */
static unsigned next_number(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

START_TEST(no_mutation_of_a_head_is_worse_than_refused)
{
    static const char sound[] =
        "title = \"Konto \\u00fc\" # x\ntags = ['a', \"b\", [1, {c = 2}]]\n"
        "date = 2026-11-24 08:00:00\nm = '''\nx''' \n[seo]\nd.e = \"\"\"\\\n"
        "  y\"\"\"\n[[r]]\nsrc = 'ถอน'\n[[r]]\nn = +1.5e3\n[r.p]\nq = true\n";
    static const char signs[] = "\"'[]{}=.#,\\\n\r \t\0u1-";
    unsigned seed = 4;
    for (int round = 0; round < 20000; round++) {
        char text[sizeof sound];
        size_t len = sizeof sound - 1 - next_number(&seed) % 4;
        memcpy(text, sound, sizeof sound);
        for (unsigned n = 1 + next_number(&seed) % 6; n; n--)
            text[next_number(&seed) % len] =
                signs[next_number(&seed) % (sizeof signs - 1)];
        hdx_yaml *root;
        helpdex_error err = {0};
        helpdex_status status = hdx_toml_parse(&arena, (hdx_str){text, len},
                                               "x.md", 2, &root, &err);
        ck_assert(status ? err.line >= 2 && err.line <= 20 : root != NULL);
        hdx_arena_reset(&arena);
    }
    hdx_arena_free(&arena);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {nothing_is_a_map_without_keys,
                                  texts_of_all_four_kinds_are_read,
                                  numbers_dates_and_truths_are_their_texts,
                                  keys_may_be_bare_quoted_or_dotted,
                                  tables_nest_as_their_headers_say,
                                  arrays_nest_and_span_lines,
                                  tables_in_a_row_are_a_list,
                                  values_have_the_place_of_their_key,
                                  what_is_no_toml_is_refused_by_line,
                                  depth_and_size_are_bounded,
                                  no_mutation_of_a_head_is_worse_than_refused,
                                  NULL};
    return run_suite("toml", tests);
}
