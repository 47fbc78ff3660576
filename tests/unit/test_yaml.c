/* base/yaml.h */
#include "base/yaml.h"

#include <stdio.h>

#include "tests/unit/support.h"

static hdx_arena arena;

/* The tree of valid YAML; the arena is freed by the test. */
static hdx_yaml *parsed(const char *text)
{
    hdx_yaml *root;
    helpdex_error err = {0};
    ck_assert_msg(
        !hdx_yaml_parse(&arena, hdx_str_of(text), "t.yml", 1, &root, &err),
        "%u:%u: %s", err.line, err.column, err.message);
    return root;
}

/* Fails unless the text is refused at this place with this word. */
static void refused(hdx_str text, unsigned line, unsigned column,
                    const char *word)
{
    hdx_yaml untouched, *root = &untouched;
    helpdex_error err = {0};
    ck_assert_int_eq(hdx_yaml_parse(&arena, text, "t.yml", 1, &root, &err),
                     HELPDEX_BAD_INPUT);
    ck_assert_ptr_null(root);
    ck_assert_str_eq(err.file, "t.yml");
    ck_assert_msg(strstr(err.message, word), "%s: %s", word, err.message);
    ck_assert_msg(err.line == line && err.column == column,
                  "%u:%u is not %u:%u: %s", err.line, err.column, line, column,
                  err.message);
    hdx_arena_free(&arena);
}

static void is_text(const hdx_yaml *map, const char *key, const char *text)
{
    const hdx_yaml *value = hdx_yaml_get(map, key);
    ck_assert_msg(value != NULL, "no %s", key);
    ck_assert_int_eq(value->kind, HDX_YAML_SCALAR);
    ck_assert_str_is(value->text, text);
    ck_assert_int_eq(value->text.ptr[value->text.len], '\0');
}

START_TEST(empty_texts_have_no_root)
{
    const char *const empty[] = {"", "\n\n", "# nur ein Kommentar\n",
                                 "\xEF\xBB\xBF", "   \n"};
    for (size_t i = 0; i < 5; i++)
        ck_assert_ptr_null(parsed(empty[i]));
    hdx_yaml *root;
    ck_assert_int_eq(
        hdx_yaml_parse(&arena, (hdx_str){0}, "t.yml", 1, &root, NULL), 0);
    ck_assert_ptr_null(root);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(every_scalar_is_its_text)
{
    hdx_yaml *root = parsed("a: 1\nb: null\nc: 2024-01-31\nd: \"x\\ty\"\n"
                            "e: 'yes'\nf:\ng: 0x1F\nh: ~\n");
    is_text(root, "a", "1");
    is_text(root, "b", "null");
    is_text(root, "c", "2024-01-31");
    is_text(root, "d", "x\ty");
    is_text(root, "e", "yes");
    is_text(root, "f", "");
    is_text(root, "g", "0x1F");
    is_text(root, "h", "~");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(texts_of_every_script_come_through)
{
    hdx_yaml *root = parsed("title: ถอนเงินไม่ได้\n\"عنوان\": لا أستطيع السحب\n"
                            "題: >-\n  無法\n  提領\nemoji: 😀\n");
    is_text(root, "title", "ถอนเงินไม่ได้");
    is_text(root, "عنوان", "لا أستطيع السحب");
    is_text(root, "題", "無法 提領");
    is_text(root, "emoji", "😀");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(keys_are_found_in_any_ascii_case_and_by_path)
{
    hdx_yaml *root = parsed("SEO:\n  Description: x\nlast_update: {date: d}\n");
    is_text(root, "seo.description", "x");
    is_text(root, "LAST_UPDATE.Date", "d");
    ck_assert_ptr_null(hdx_yaml_get(root, "seo.missing"));
    ck_assert_ptr_null(hdx_yaml_get(root, "seo.description.below"));
    ck_assert_ptr_null(hdx_yaml_get(root, "se"));
    ck_assert_ptr_null(hdx_yaml_get(NULL, "seo"));
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(of_a_key_written_twice_the_first_counts)
{
    is_text(parsed("id: one\nid: two\n"), "id", "one");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(lists_keep_their_order_and_places)
{
    const hdx_yaml *at = parsed("tags:\n  - ß\n  - [a, b]\n  - c: d\n")->first;
    const hdx_yaml_kind kinds[] = {HDX_YAML_SCALAR, HDX_YAML_LIST,
                                   HDX_YAML_MAP};
    at = at->first;
    for (unsigned i = 0; i < 3; i++, at = at->next) {
        ck_assert_int_eq(at->kind, kinds[i]);
        ck_assert_uint_eq(at->line, i + 2);
        ck_assert_uint_eq(at->column, 5);
    }
    ck_assert_ptr_null(at);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(places_are_those_of_the_key_in_code_points)
{
    hdx_yaml *root;
    hdx_str text = HDX_STR("# ไทย\r\n{กขค: 1, b:\r\n  2}\r\n");
    ck_assert_int_eq(hdx_yaml_parse(&arena, text, "t.md", 7, &root, NULL), 0);
    ck_assert_uint_eq(root->line, 8);
    ck_assert_uint_eq(root->column, 1);
    const hdx_yaml *b = hdx_yaml_get(root, "b");
    ck_assert_uint_eq(b->line, 8);
    ck_assert_uint_eq(b->column, 10);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(anchors_and_aliases_are_refused_where_they_stand)
{
    refused(HDX_STR("a: &x 1\n"), 1, 4, "anchor");
    refused(HDX_STR("a: 1\nb:\n  - &x [1]\n"), 3, 5, "anchor");
    refused(HDX_STR("&k key: 1\n"), 1, 1, "anchor");
    refused(HDX_STR("a: 1\nไทย: *x\n"), 2, 6, "alias");
    refused(HDX_STR("<<: *x\n"), 1, 5, "alias");
}
END_TEST

START_TEST(an_alias_bomb_does_not_grow)
{
    refused(HDX_STR("a: &a [x, x, x, x, x, x, x, x, x]\n"
                    "b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
                    "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\n"),
            1, 4, "anchor");
}
END_TEST

START_TEST(tags_are_refused_where_they_stand)
{
    refused(HDX_STR("a: !!python/object:os.system x\n"), 1, 4, "tag");
    refused(HDX_STR("a: !include secret.yml\n"), 1, 4, "tag");
    refused(HDX_STR("a: 1\nb: !!map {}\n"), 2, 4, "tag");
    refused(HDX_STR("- !!seq []\n"), 1, 3, "tag");
    refused(HDX_STR("!!str a: 1\n"), 1, 1, "tag");
}
END_TEST

START_TEST(tag_directives_are_refused_wherever_a_line_begins)
{
    refused(HDX_STR("%TAG ! tag:example.com,2000:\n--- !a\n"), 1, 1, "%TAG");
    refused(HDX_STR("# c\n%TAG !a! x\n---\na: 1\n"), 2, 1, "%TAG");
    refused(HDX_STR("a: 1\n...\n%TAG !a! x\n---\n"), 3, 1, "%TAG");
    refused(HDX_STR("# c\r%TAG !a! x\r---\ra: 1\r"), 1, 5, "%TAG");
    refused(HDX_STR("\xEF\xBB\xBF%TAG !a! x\n---\na: 1\n"), 1, 2, "%TAG");
    is_text(parsed("a: 50%TAG\nb: \"%TAG\"\n"), "b", "%TAG");
    hdx_arena_free(&arena);
}
END_TEST

/* libyaml alone compares each with all before it. */
START_TEST(a_flood_of_tag_directives_is_refused)
{
    hdx_buf buf = {0};
    char line[32];
    for (int i = 0; i < 60000; i++) {
        snprintf(line, sizeof line, "%%TAG !%d! x\n", i);
        hdx_buf_add(&buf, hdx_str_of(line));
    }
    hdx_buf_add(&buf, HDX_STR("---\na: 1\n"));
    refused(hdx_buf_str(&buf), 1, 1, "%TAG");
    hdx_buf_free(&buf);
}
END_TEST

static hdx_str nested(hdx_buf *buf, int depth, const char *open,
                      const char *close)
{
    for (int i = 0; i < depth; i++)
        hdx_buf_add(buf, hdx_str_of(open));
    for (int i = 0; i < depth; i++)
        hdx_buf_add(buf, hdx_str_of(close));
    return hdx_buf_str(buf);
}

START_TEST(thirty_two_levels_are_read_and_one_more_refused)
{
    hdx_buf deep = {0}, deeper = {0}, maps = {0};
    hdx_yaml *root;
    ck_assert_int_eq(hdx_yaml_parse(&arena, nested(&deep, 32, "[", "]"), "t", 1,
                                    &root, NULL),
                     0);
    refused(nested(&deeper, 33, "[", "]"), 1, 33, "32 levels");
    refused(nested(&maps, 33, "{a: ", "}"), 1, 1 + 32 * 4, "32 levels");
    hdx_buf_free(&deep);
    hdx_buf_free(&deeper);
    hdx_buf_free(&maps);
}
END_TEST

START_TEST(a_mebibyte_of_brackets_is_refused)
{
    hdx_buf buf = {0};
    refused(nested(&buf, 1 << 19, "[", "["), 1, 33, "32 levels");
    hdx_buf_free(&buf);
}
END_TEST

START_TEST(siblings_do_not_add_up_to_depth)
{
    hdx_buf buf = {0};
    for (int i = 0; i < 100; i++)
        hdx_buf_add(&buf, HDX_STR("- {a: [b]}\n"));
    unsigned count = 0;
    for (const hdx_yaml *at = parsed(buf.ptr)->first; at; at = at->next)
        count++;
    ck_assert_uint_eq(count, 100);
    hdx_arena_free(&arena);
    hdx_buf_free(&buf);
}
END_TEST

START_TEST(more_than_a_mebibyte_is_refused)
{
    hdx_buf buf = {0};
    hdx_yaml *root;
    hdx_buf_add(&buf, HDX_STR("a: b\n#"));
    while (buf.len < 1 << 20)
        hdx_buf_byte(&buf, '.');
    ck_assert_int_eq(
        hdx_yaml_parse(&arena, hdx_buf_str(&buf), "t", 1, &root, NULL), 0);
    hdx_buf_byte(&buf, '.');
    refused(hdx_buf_str(&buf), 1, 1, "1 MiB");
    hdx_buf_free(&buf);
}
END_TEST

START_TEST(more_than_a_hundred_thousand_values_are_refused)
{
    hdx_buf buf = {0};
    hdx_yaml *root;
    for (int i = 0; i < 99999; i++)
        hdx_buf_add(&buf, HDX_STR("- a\n"));
    ck_assert_int_eq(
        hdx_yaml_parse(&arena, hdx_buf_str(&buf), "t", 1, &root, NULL), 0);
    hdx_buf_add(&buf, HDX_STR("- a\n"));
    refused(hdx_buf_str(&buf), 100000, 3, "100,000");
    hdx_buf_free(&buf);
}
END_TEST

START_TEST(nul_characters_are_refused_escaped_or_raw)
{
    refused(HDX_STR("a: 1\nb: \"x\\0y\"\n"), 2, 4, "NUL");
    refused(HDX_STR("\"x\\0y\": 1\n"), 1, 1, "NUL");
    refused(HDX_STR("a: \"\\x00\"\n"), 1, 4, "NUL");
    refused(HDX_STR("a: 1\nb: x\0y\n"), 2, 5, "control");
}
END_TEST

START_TEST(control_characters_are_refused_where_they_stand)
{
    refused(HDX_STR("a: 1\nไทย: \x01\n"), 2, 6, "control");
    refused(HDX_STR("a: \x7F"), 1, 4, "control");
    refused(HDX_STR("a: 1\r\nb: \x1B[2J\n"), 2, 4, "control");
}
END_TEST

START_TEST(bytes_that_are_not_utf8_are_refused_where_they_stand)
{
    refused(HDX_STR("a: 1\nb: caf\xE9\n"), 2, 7, "UTF-8");
    refused(HDX_STR("a: 1\nb: \xC0\xAF\n"), 2, 4, "UTF-8");
    refused(HDX_STR("a: \xED\xA0\x80\n"), 1, 4, "Unicode");
    refused(HDX_STR("a: \xE0\xB8"), 1, 4, "UTF-8");
}
END_TEST

START_TEST(a_byte_order_mark_is_no_part_of_the_first_key)
{
    is_text(parsed("\xEF\xBB\xBF"
                   "title: Ü\n"),
            "title", "Ü");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(utf16_is_refused)
{
    hdx_yaml *root;
    hdx_str text = HDX_STR("\xFF\xFE"
                           "a\0:\0 \0001\0");
    ck_assert_int_eq(hdx_yaml_parse(&arena, text, "t", 1, &root, NULL),
                     HELPDEX_BAD_INPUT);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_second_document_is_refused)
{
    refused(HDX_STR("a: 1\n---\nb: 2\n"), 2, 1, "second document");
    refused(HDX_STR("--- a\n...\n--- b\n"), 3, 1, "second document");
    refused(HDX_STR("---\n---\n"), 2, 1, "second document");
    is_text(parsed("---\na: 1\n...\n"), "a", "1");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(keys_are_single_texts)
{
    refused(HDX_STR("? [a, b]\n: 1\n"), 1, 3, "key");
    refused(HDX_STR("a: {b: {{c: d}: e}}\n"), 1, 9, "key");
}
END_TEST

START_TEST(wrong_yaml_is_refused_where_it_is_wrong)
{
    refused(HDX_STR("a: 1\nb: [1, 2\nc: 3\n"), 3, 2, "YAML");
    refused(HDX_STR("a: b: c\n"), 1, 5, "YAML");
    refused(HDX_STR("a: 1\n\tb: 2\n"), 2, 1, "YAML");
    refused(HDX_STR("a: \"open\n"), 2, 1, "YAML");
    refused(HDX_STR("ไทย: @x\n"), 1, 6, "YAML");
}
END_TEST

START_TEST(every_prefix_of_a_document_is_read_or_refused)
{
    hdx_str text = HDX_STR("%YAML 1.1\n---\nไทย: {a: [1, \"x\\u00e9\"], b: |+\n"
                           " }\n? k\n: - 'it''s'\n  - >-\n    😀\n...\n");
    for (size_t len = 0; len <= text.len; len++) {
        hdx_yaml *root;
        char *alone = malloc(len + 1);
        memcpy(alone, text.ptr, len);
        helpdex_status status =
            hdx_yaml_parse(&arena, (hdx_str){alone, len}, "t", 1, &root, NULL);
        ck_assert(status == HELPDEX_OK || status == HELPDEX_BAD_INPUT);
        ck_assert(status == HELPDEX_OK || root == NULL);
        free(alone);
        hdx_arena_free(&arena);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        empty_texts_have_no_root,
        every_scalar_is_its_text,
        texts_of_every_script_come_through,
        keys_are_found_in_any_ascii_case_and_by_path,
        of_a_key_written_twice_the_first_counts,
        lists_keep_their_order_and_places,
        places_are_those_of_the_key_in_code_points,
        anchors_and_aliases_are_refused_where_they_stand,
        an_alias_bomb_does_not_grow,
        tags_are_refused_where_they_stand,
        tag_directives_are_refused_wherever_a_line_begins,
        a_flood_of_tag_directives_is_refused,
        thirty_two_levels_are_read_and_one_more_refused,
        a_mebibyte_of_brackets_is_refused,
        siblings_do_not_add_up_to_depth,
        more_than_a_mebibyte_is_refused,
        more_than_a_hundred_thousand_values_are_refused,
        nul_characters_are_refused_escaped_or_raw,
        control_characters_are_refused_where_they_stand,
        bytes_that_are_not_utf8_are_refused_where_they_stand,
        a_byte_order_mark_is_no_part_of_the_first_key,
        utf16_is_refused,
        a_second_document_is_refused,
        keys_are_single_texts,
        wrong_yaml_is_refused_where_it_is_wrong,
        every_prefix_of_a_document_is_read_or_refused,
        NULL};
    return run_suite("yaml", tests);
}
