/* indexer/frontmatter.h */
#include "indexer/frontmatter.h"
#include "tests/unit/support.h"

static hdx_arena arena;

static hdx_front_matter matter_of(const char *text)
{
    hdx_front_matter m;
    helpdex_error err = {0};
    helpdex_status status =
        hdx_front_matter_read(&arena, hdx_str_of(text), "x.md", &m, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    return m;
}

static helpdex_error fault_of(const char *text)
{
    hdx_front_matter m;
    helpdex_error err = {0};
    ck_assert_int_eq(
        hdx_front_matter_read(&arena, hdx_str_of(text), "x.md", &m, &err),
        HELPDEX_BAD_INPUT);
    ck_assert_str_eq(err.file, "x.md");
    return err;
}

START_TEST(no_head_leaves_the_whole_text_as_body)
{
    const char *const texts[] = {
        "",   "# Titel\n",          "\n---\na: b\n---\n",
        "--", " ---\nid: x\n---\n", "----\nid: x\n----\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hdx_front_matter m = matter_of(texts[i]);
        ck_assert_uint_eq(m.body, 0);
        ck_assert_uint_eq(m.id.len + m.title.len, 0);
    }
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(every_field_is_read)
{
    hdx_front_matter m = matter_of(
        "---\nid: konto\ntitle: Konto sperren\ndescription: Sofort.\n"
        "questions:\n- Wie sperre ich?\n- บัญชีถูกแฮก\ntags: [امن, 安全]\n"
        "draft: true\nuntranslated: yes\n---\nText");
    ck_assert_str_is(m.id, "konto");
    ck_assert_str_is(m.title, "Konto sperren");
    ck_assert_str_is(m.description, "Sofort.");
    ck_assert_uint_eq(m.questions.count, 2);
    ck_assert_str_is(m.questions.items[1], "บัญชีถูกแฮก");
    ck_assert_uint_eq(m.tags.count, 2);
    ck_assert_str_is(m.tags.items[1], "安全");
    ck_assert(m.draft && m.untranslated);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(the_body_begins_behind_the_closing_line)
{
    static const char *const heads[] = {"---\nid: x\n---\n",
                                        "---\r\nid: x\r\n---\r\n",
                                        "\xEF\xBB\xBF---\nid: x\n---\n",
                                        "--- \nid: x\n---\t\n",
                                        "+++\nid = \"x\"\n+++\n",
                                        "---\n---\n"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        hdx_str text = hdx_arena_format(&arena, "%sText", heads[i]);
        ck_assert_str_eq(text.ptr + matter_of(text.ptr).body, "Text");
    }
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_byte_order_mark_is_no_text)
{
    ck_assert_uint_eq(matter_of("\xEF\xBB\xBF# Titel").body, 3);
    ck_assert_uint_eq(matter_of("\xEF\xBB\xBF").body, 3);
    hdx_front_matter m = matter_of("\xEF\xBB\xBF---\r\nid: 口座\r\n---\r\n");
    ck_assert_str_is(m.id, "口座");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(line_ends_of_windows_are_no_part_of_values)
{
    hdx_front_matter m =
        matter_of("---\r\ntitle: Größe\r\ntags:\r\n- a\r\n- b\r\n---\r\n");
    ck_assert_str_is(m.title, "Größe");
    ck_assert_uint_eq(m.tags.count, 2);
    ck_assert_str_is(m.tags.items[0], "a");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(synonyms_name_the_same_field)
{
    ck_assert_str_is(matter_of("---\ntranslationKey: a\n---\n").id, "a");
    ck_assert_str_is(matter_of("---\npage_id: b\n---\n").id, "b");
    ck_assert_str_is(matter_of("---\nsummary: c\n---\n").description, "c");
    ck_assert_str_is(
        matter_of("---\nseo:\n  description: d\n---\n").description, "d");
    const char *const tags[] = {"tags", "labels", "keywords", "terms",
                                "categories"};
    for (size_t i = 0; i < 5; i++) {
        hdx_str head = hdx_arena_format(&arena, "---\n%s: [e]\n---\n", tags[i]);
        ck_assert_uint_eq(matter_of(head.ptr).tags.count, 1);
    }
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(our_own_name_wins_over_synonyms)
{
    hdx_front_matter m = matter_of("---\npage_id: c\ntranslationKey: b\n"
                                   "id: a\nsummary: y\ndescription: x\n---\n");
    ck_assert_str_is(m.id, "a");
    ck_assert_str_is(m.description, "x");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(an_empty_name_leaves_the_field_to_its_synonym)
{
    hdx_front_matter m = matter_of("---\nid:\ntranslationKey: konto\n"
                                   "description: ''\nsummary: kurz\n---\n");
    ck_assert_str_is(m.id, "konto");
    ck_assert_str_is(m.description, "kurz");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(slug_is_never_the_id)
{
    hdx_front_matter m = matter_of("---\nslug: konto\npermalink: /x\n---\n");
    ck_assert_uint_eq(m.id.len, 0);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(keys_are_read_in_any_case)
{
    hdx_front_matter m = matter_of("---\nID: a\nTitle: b\nTRANSLATIONKEY: z\n"
                                   "Seo:\n  Description: c\n---\n");
    ck_assert_str_is(m.id, "a");
    ck_assert_str_is(m.title, "b");
    ck_assert_str_is(m.description, "c");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(lists_of_lists_are_one_list)
{
    hdx_front_matter m = matter_of(
        "---\ntags: [a, [b, [c, {d: e}]], '', '  ']\nquestions: ไทย\n---\n");
    ck_assert_uint_eq(m.tags.count, 4);
    ck_assert_str_is(m.tags.items[2], "c");
    ck_assert_str_is(m.tags.items[3], "e");
    ck_assert_uint_eq(m.questions.count, 1);
    ck_assert_str_is(m.questions.items[0], "ไทย");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(scalars_are_texts_whatever_they_look_like)
{
    ck_assert_str_is(matter_of("---\nid: 007\n---\n").id, "007");
    ck_assert_str_is(matter_of("---\nid: 1.50\n---\n").id, "1.50");
    ck_assert_str_is(matter_of("---\ntitle: 2024-05-01\n---\n").title,
                     "2024-05-01");
    ck_assert_str_is(matter_of("---\ntitle: no\n---\n").title, "no");
    ck_assert_str_is(matter_of("---\ntitle: \"null\"\n---\n").title, "null");
    ck_assert_uint_eq(matter_of("---\ntags: [1, 2.0, on]\n---\n").tags.count,
                      3);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(empty_values_are_absent)
{
    hdx_front_matter m =
        matter_of("---\nid:\ntitle: ''\ntags:\nquestions: []\n---\n");
    ck_assert_uint_eq(m.id.len + m.title.len, 0);
    ck_assert_uint_eq(m.tags.count + m.questions.count, 0);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_list_where_a_text_belongs_is_no_fault)
{
    hdx_front_matter m = matter_of(
        "---\nid: [a, b]\ntitle: {de: x}\ndraft: [true]\nseo: x\n---\n");
    ck_assert_uint_eq(m.id.len + m.title.len + m.description.len, 0);
    ck_assert(!m.draft);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_head_without_keys_gives_nothing)
{
    const char *const heads[] = {"---\n# id: x\n---\nT", "---\n\n\n---\nT",
                                 "---\nid: ~\n---\nT", "---\nid: null\n---\nT"};
    for (size_t i = 0; i < 4; i++) {
        hdx_front_matter m = matter_of(heads[i]);
        ck_assert_uint_eq(m.id.len, 0);
        ck_assert_str_eq(heads[i] + m.body, "T");
    }
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_head_that_is_no_map_is_refused)
{
    hdx_front_matter m;
    helpdex_error err;
    ck_assert_int_eq(hdx_front_matter_read(&arena,
                                           HDX_STR("---\ntitle My\n---\nT"),
                                           "a.md", &m, &err),
                     HELPDEX_BAD_INPUT);
    ck_assert_uint_eq(err.line, 2);
    ck_assert_int_eq(hdx_front_matter_read(&arena,
                                           HDX_STR("---\n- id: x\n---\nT"),
                                           "a.md", &m, &err),
                     HELPDEX_BAD_INPUT);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_key_written_twice_is_refused)
{
    hdx_front_matter m;
    helpdex_error err;
    ck_assert_int_eq(hdx_front_matter_read(
                         &arena, HDX_STR("---\nid: x\ntitle: a\nid: y\n---\nT"),
                         "a.md", &m, &err),
                     HELPDEX_BAD_INPUT);
    ck_assert_uint_eq(err.line, 4);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(floods_of_questions_are_refused)
{
    hdx_front_matter m;
    helpdex_error err;
    hdx_buf head = {0};
    hdx_buf_add(&head, HDX_STR("---\nquestions:\n"));
    for (int i = 0; i < 257; i++)
        hdx_buf_add(&head, HDX_STR("- q\n"));
    hdx_buf_add(&head, HDX_STR("---\nT"));
    ck_assert_int_eq(
        hdx_front_matter_read(&arena, hdx_buf_str(&head), "a.md", &m, &err),
        HELPDEX_BAD_INPUT);
    ck_assert_uint_eq(err.line, 2);
    hdx_buf_free(&head);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(drafts_say_so_in_either_way)
{
    ck_assert(matter_of("---\ndraft: True\n---\n").draft);
    ck_assert(matter_of("---\ndraft: \"yes\"\n---\n").draft);
    ck_assert(matter_of("---\npublished: false\n---\n").draft);
    ck_assert(matter_of("---\ndraft: false\npublished: no\n---\n").draft);
    ck_assert(!matter_of("---\ndraft: false\n---\n").draft);
    ck_assert(!matter_of("---\npublished: true\n---\n").draft);
    ck_assert(!matter_of("---\npublished: 2024-05-01\n---\n").draft);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(unknown_keys_are_no_fault)
{
    hdx_front_matter m = matter_of("---\nsidebar_position: 3\nไทย: x\n"
                                   "deep: {a: {b: [c]}}\nid: y\n---\n");
    ck_assert_str_is(m.id, "y");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_head_that_never_ends_is_named)
{
    const char *const heads[] = {"---",
                                 "---\n",
                                 "---\nid: x\n",
                                 "---\nid: x\n---x\n",
                                 "+++\nid = 1\n---\n",
                                 "---\r\nid: x\r\n"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        helpdex_error err = fault_of(heads[i]);
        ck_assert_uint_eq(err.line, 1);
        ck_assert_ptr_nonnull(strstr(err.message, "not closed"));
    }
    ck_assert_ptr_nonnull(strstr(fault_of("+++\n").message, "+++"));
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(toml_heads_are_read_as_yaml_is)
{
    hdx_front_matter m = matter_of(
        "+++\nTitle = \"Konto\"\ntags = ['a', '', \"b\"]\ndraft = true\n"
        "date = 2026-11-24 08:00:00\n[last_update]\ndate = 2026-11-25\n"
        "[seo]\ndescription = 'x'\n+++\nText");
    ck_assert_str_is(m.title, "Konto");
    ck_assert_uint_eq(m.tags.count, 2);
    ck_assert_str_is(m.tags.items[1], "b");
    ck_assert(m.draft);
    ck_assert_str_is(m.modified, "2026-11-25");
    ck_assert_str_is(m.description, "x");
    ck_assert_uint_eq(fault_of("+++\nid = 1\n\ntitle = x\n+++\n").line, 4);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(aliases_are_those_of_all_their_names)
{
    hdx_front_matter m = matter_of(
        "---\naliases: [/alt]\nslug: 1\nredirect_from:\n- /a\n- /b\n"
        "permalink: /konto/\nlang: de\noutdated_translation: yes\n---\n");
    ck_assert_uint_eq(m.aliases.count, 5);
    ck_assert_str_is(m.aliases.items[0], "/alt");
    ck_assert_str_is(m.aliases.items[4], "1");
    ck_assert_uint_eq(m.id.len, 0);
    ck_assert_str_is(m.permalink, "/konto/");
    ck_assert_str_is(m.lang, "de");
    ck_assert(m.outdated && !m.untranslated);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(faults_of_yaml_have_their_line)
{
    ck_assert_uint_eq(fault_of("---\nid: x\ntitle: a: b\n---\n").line, 3);
    ck_assert_uint_eq(fault_of("---\r\nid: x\r\nt: [a\r\n---\r\n").line, 4);
    helpdex_error err = fault_of("---\nid: x\nt: &a b\n---\n");
    ck_assert_uint_eq(err.line, 3);
    ck_assert_uint_eq(err.column, 4);
    ck_assert_uint_eq(fault_of("---\na: 1\nb: *a\n---\n").line, 3);
    ck_assert_uint_eq(fault_of("---\n\tid: x\n---\n").line, 2);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_fence_inside_a_value_does_not_close)
{
    hdx_front_matter m =
        matter_of("---\ndescription: |\n  a\n  ---\n  b\nid: x\n---\nT");
    ck_assert_str_is(m.id, "x");
    ck_assert_str_is(m.description, "a\n---\nb");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(heads_that_would_grow_are_refused)
{
    hdx_buf deep = {0};
    hdx_buf_add(&deep, HDX_STR("---\nt: "));
    for (int i = 0; i < 1000; i++)
        hdx_buf_byte(&deep, '[');
    hdx_buf_add(&deep, HDX_STR("\n---\n"));
    ck_assert_uint_eq(fault_of(deep.ptr).line, 2);
    hdx_buf_free(&deep);
    hdx_arena_free(&arena);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {no_head_leaves_the_whole_text_as_body,
                                  every_field_is_read,
                                  the_body_begins_behind_the_closing_line,
                                  a_byte_order_mark_is_no_text,
                                  line_ends_of_windows_are_no_part_of_values,
                                  synonyms_name_the_same_field,
                                  our_own_name_wins_over_synonyms,
                                  an_empty_name_leaves_the_field_to_its_synonym,
                                  slug_is_never_the_id,
                                  keys_are_read_in_any_case,
                                  lists_of_lists_are_one_list,
                                  scalars_are_texts_whatever_they_look_like,
                                  empty_values_are_absent,
                                  a_list_where_a_text_belongs_is_no_fault,
                                  a_head_without_keys_gives_nothing,
                                  a_head_that_is_no_map_is_refused,
                                  a_key_written_twice_is_refused,
                                  floods_of_questions_are_refused,
                                  drafts_say_so_in_either_way,
                                  unknown_keys_are_no_fault,
                                  a_head_that_never_ends_is_named,
                                  toml_heads_are_read_as_yaml_is,
                                  aliases_are_those_of_all_their_names,
                                  faults_of_yaml_have_their_line,
                                  a_fence_inside_a_value_does_not_close,
                                  heads_that_would_grow_are_refused,
                                  NULL};
    return run_suite("frontmatter", tests);
}
