/* store/generation.h, store/naming.h */
#include "store/generation.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "store/naming.h"
#include "tests/unit/support.h"

static const hdx_stamp stamp = {7, "72.1"};
static hdx_arena arena;

/* Publishes a generation of two files; its name lives in the arena. */
static const char *publish(const char *dir, const char *content)
{
    hdx_draft *draft;
    helpdex_error err;
    hdx_manifest_locale locales[] = {
        {HDX_STR("de"), 2, 5, 100, 1, 0, HDX_STR("d"), HDX_STR("s")},
        {HDX_STR("th"), 1, 3, 50, 0, 4, HDX_STR("t"), HDX_STR("s")}};
    const hdx_manifest manifest = {.fingerprint = hdx_str_of(content),
                                   .default_locale = HDX_STR("de"),
                                   .locales = locales,
                                   .locale_count = 2};
    hdx_str name;
    ck_assert_int_eq(hdx_draft_begin(dir, &draft, &err), HELPDEX_OK);
    write_text(join(hdx_draft_path(draft), "de/terms"), content);
    write_text(join(hdx_draft_path(draft), "th/ข้อมูล"), "สวัสดี");
    ck_assert_int_eq(
        hdx_draft_publish(draft, stamp, NULL, &manifest, &arena, &name, &err),
        HELPDEX_OK);
    hdx_draft_free(draft);
    return name.ptr;
}

static const char *index_of(unsigned generations)
{
    const char *dir = join(temp_dir(), "index");
    for (unsigned i = 0; i < generations; i++)
        publish(dir, i % 2 ? "zwei" : "eins");
    return dir;
}

static hdx_generation *open_it(const char *dir)
{
    hdx_generation *g;
    helpdex_error err = {0};
    helpdex_status status = hdx_generation_open(dir, stamp, &g, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    return g;
}

static helpdex_error refusal(const char *dir, helpdex_status wanted)
{
    hdx_generation *g;
    helpdex_error err = {0};
    ck_assert_int_eq(hdx_generation_open(dir, stamp, &g, &err), wanted);
    ck_assert_ptr_null(g);
    ck_assert_int_eq(err.status, wanted);
    return err;
}

/* Names of the generations there, and whether one of them is `name`. */
static size_t generations(const char *dir, const char *name, bool *there)
{
    hdx_listing all;
    size_t count = 0;
    *there = false;
    ck_assert_int_eq(hdx_dir_list(&arena, dir, false, &all, NULL), 0);
    for (size_t i = 0; i < all.count; i++) {
        count += hdx_name_is_generation(all.items[i].path);
        *there = *there || hdx_str_eq(all.items[i].path, hdx_str_of(name));
    }
    return count;
}

typedef struct seen_damage {
    size_t count;
    char files[8][512];
} seen_damage;

static int note(void *context, const helpdex_error *damage)
{
    seen_damage *seen = context;
    ck_assert_int_eq(damage->status, HELPDEX_DAMAGED);
    ck_assert_uint_lt(seen->count, 8);
    snprintf(seen->files[seen->count++], 512, "%s", damage->file);
    return 0;
}

static helpdex_status verify(const char *dir, seen_damage *seen, hdx_str *name)
{
    helpdex_error err = {0};
    *seen = (seen_damage){0};
    *name = HDX_STR("");
    helpdex_status status =
        hdx_generation_verify_all(dir, stamp, &arena, name, note, seen, &err);
    ck_assert_int_eq(err.status, status);
    return status;
}

START_TEST(what_is_published_is_live)
{
    const char *dir = join(temp_dir(), "index");
    const char *name = publish(dir, "eins");
    hdx_generation *g = open_it(dir);
    ck_assert_str_is(g->name, name);
    ck_assert_uint_eq(g->notice.len, 0);
    ck_assert_str_is(g->manifest.fingerprint, "eins");
    ck_assert_str_is(g->manifest.default_locale, "de");
    ck_assert_uint_eq(g->manifest.locale_count, 2);
    ck_assert_str_is(g->manifest.locales[1].tag, "th");
    ck_assert_uint_eq(g->manifest.locales[1].terms, 50);
    hdx_generation_free(g);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(the_previous_generation_is_kept)
{
    const char *dir = join(temp_dir(), "index");
    bool there;
    const char *one = publish(dir, "eins"), *two = publish(dir, "zwei");
    ck_assert_uint_eq(generations(dir, one, &there), 2);
    ck_assert(there);
    publish(dir, "drei");
    ck_assert_uint_eq(generations(dir, one, &there), 2);
    ck_assert(!there);
    generations(dir, two, &there);
    ck_assert(there);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_pinned_generation_stays_until_it_is_freed)
{
    const char *dir = join(temp_dir(), "index");
    bool there;
    const char *one = publish(dir, "eins");
    hdx_generation *g = open_it(dir);
    publish(dir, "zwei");
    publish(dir, "drei");
    ck_assert_uint_eq(generations(dir, one, &there), 3);
    ck_assert(there && hdx_file_exists(join(g->path.ptr, "de/terms")));
    hdx_generation_free(g);
    publish(dir, "vier");
    ck_assert_uint_eq(generations(dir, one, &there), 2);
    ck_assert(!there);
    hdx_arena_free(&arena);
}
END_TEST

/* The previous generation serves, and says which file is to blame. */
static void check_previous_serves(const char *dir, const char *previous,
                                  const char *blamed)
{
    hdx_generation *g = open_it(dir);
    ck_assert_str_is(g->name, previous);
    ck_assert_msg(strstr(g->notice.ptr, blamed), "%s", g->notice.ptr);
    hdx_generation_free(g);
}

START_TEST(any_flipped_bit_lets_the_previous_one_serve)
{
    const char *const files[] = {"manifest.json", "de/terms", "th/ข้อมูล"};
    const char *dir = join(temp_dir(), "index");
    const char *one = publish(dir, "eins"), *two = publish(dir, "zwei");
    for (size_t i = 0; i < 3; i++) {
        const char *path = join(join(dir, two), files[i]);
        struct stat info;
        ck_assert_int_eq(stat(path, &info), 0);
        for (size_t at = 0; at < (size_t)info.st_size; at += 1 + at / 8) {
            flip_bit(path, at, at % 8);
            check_previous_serves(dir, one, files[i]);
            flip_bit(path, at, at % 8);
        }
    }
    hdx_generation_free(open_it(dir));
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(any_cut_or_missing_file_lets_the_previous_one_serve)
{
    const char *const files[] = {"manifest.json", "de/terms", "th/ข้อมูล"};
    for (size_t i = 0; i < 3; i++) {
        const char *dir = join(temp_dir(), "index");
        const char *one = publish(dir, "eins"), *two = publish(dir, "zwei");
        const char *path = join(join(dir, two), files[i]);
        ck_assert_int_eq(truncate(path, 3), 0);
        check_previous_serves(dir, one, files[i]);
        ck_assert_int_eq(truncate(path, 0), 0);
        check_previous_serves(dir, one, files[i]);
        ck_assert_int_eq(unlink(path), 0);
        check_previous_serves(dir, one, i ? files[i] : two);
    }
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(without_a_whole_generation_the_index_is_damaged)
{
    const char *dir = index_of(0);
    const char *one = publish(dir, "eins"), *two = publish(dir, "zwei");
    flip_bit(join(join(dir, one), "de/terms"), 0, 0);
    flip_bit(join(join(dir, two), "th/ข้อมูล"), 2, 7);
    helpdex_error err = refusal(dir, HELPDEX_DAMAGED);
    ck_assert_str_eq(err.file, join(join(dir, two), "th/ข้อมูล"));
    ck_assert_ptr_nonnull(strstr(err.message, "helpdex index KB_DIR"));
    bool there;
    ck_assert_uint_eq(generations(dir, one, &there), 2);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(verifying_names_each_damaged_file)
{
    const char *dir = index_of(0);
    const char *one = join(dir, publish(dir, "eins"));
    const char *name = publish(dir, "zwei"), *two = join(dir, name);
    seen_damage seen;
    hdx_str live;
    ck_assert_int_eq(verify(dir, &seen, &live), HELPDEX_OK);
    ck_assert_str_is(live, name);
    ck_assert_uint_eq(seen.count, 0);
    flip_bit(join(one, "de/terms"), 0, 0);
    ck_assert_int_eq(unlink(join(two, "de/terms")), 0);
    ck_assert_int_eq(truncate(join(two, "th/ข้อมูล"), 1), 0);
    ck_assert_int_eq(verify(dir, &seen, &live), HELPDEX_DAMAGED);
    ck_assert_uint_eq(seen.count, 3);
    ck_assert_str_eq(seen.files[0], join(one, "de/terms"));
    ck_assert_str_eq(seen.files[1], join(two, "de/terms"));
    ck_assert_str_eq(seen.files[2], join(two, "th/ข้อมูล"));
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(verifying_names_a_manifest_that_is_gone)
{
    const char *dir = index_of(1);
    const char *path = join(join(dir, publish(dir, "zwei")), "manifest.json");
    seen_damage seen;
    hdx_str name;
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(verify(dir, &seen, &name), HELPDEX_DAMAGED);
    ck_assert_uint_eq(seen.count, 1);
    ck_assert_str_eq(seen.files[0], path);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_removal_that_was_cut_short_is_no_damage)
{
    const char *dir = index_of(0);
    const char *one = publish(dir, "eins");
    seen_damage seen;
    hdx_str name;
    bool there;
    publish(dir, "zwei");
    ck_assert_int_eq(unlink(join(join(dir, one), "manifest.json")), 0);
    ck_assert_int_eq(verify(dir, &seen, &name), HELPDEX_OK);
    publish(dir, "drei");
    ck_assert_uint_eq(generations(dir, one, &there), 2);
    ck_assert(!there);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(verifying_names_an_empty_current)
{
    const char *dir = index_of(2);
    write_text(join(dir, "CURRENT"), "");
    seen_damage seen;
    hdx_str name;
    ck_assert_int_eq(verify(dir, &seen, &name), HELPDEX_DAMAGED);
    ck_assert_uint_eq(seen.count, 1);
    ck_assert_str_eq(seen.files[0], join(dir, "CURRENT"));
    hdx_arena_free(&arena);
}
END_TEST

static int publish_twice(void *context, const helpdex_error *damage)
{
    (void)damage;
    publish(context, "drei");
    publish(context, "vier");
    return 0;
}

START_TEST(what_is_being_verified_is_not_removed)
{
    const char *dir = index_of(0);
    const char *one = publish(dir, "eins");
    hdx_str name;
    bool there;
    flip_bit(join(join(dir, one), "de/terms"), 0, 0);
    ck_assert_int_eq(hdx_generation_verify_all(dir, stamp, &arena, &name,
                                               publish_twice,
                                               (void *)(uintptr_t)dir, NULL),
                     HELPDEX_DAMAGED);
    generations(dir, one, &there);
    ck_assert(there);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_folder_without_current_is_no_index)
{
    const char *dir = index_of(2);
    seen_damage seen;
    hdx_str name;
    ck_assert_int_eq(unlink(join(dir, "CURRENT")), 0);
    helpdex_error err = refusal(dir, HELPDEX_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(err.message, "helpdex index"));
    ck_assert_int_eq(verify(dir, &seen, &name), HELPDEX_NOT_FOUND);
    refusal(join(dir, "nowhere"), HELPDEX_NOT_FOUND);
    refusal(temp_dir(), HELPDEX_NOT_FOUND);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_garbled_current_lets_the_newest_serve)
{
    const char *const garbage[] = {"",
                                   "\n",
                                   "../../etc",
                                   "Müll",
                                   "\xFF\xFE",
                                   "00000002-1234567812345678/..",
                                   "00000009-0123456789abcdef\n"};
    const char *dir = index_of(0);
    const char *one = publish(dir, "eins");
    for (size_t i = 0; i < sizeof garbage / sizeof *garbage; i++) {
        write_text(join(dir, "CURRENT"), garbage[i]);
        hdx_generation *g = open_it(dir);
        ck_assert_str_is(g->name, one);
        ck_assert_uint_gt(g->notice.len, 0);
        hdx_generation_free(g);
    }
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(verifying_gives_no_name_that_is_none)
{
    const char *dir = index_of(1);
    seen_damage seen;
    hdx_str name;
    write_text(join(dir, "CURRENT"), "\xFF\xFE not a name\n");
    ck_assert_int_eq(verify(dir, &seen, &name), HELPDEX_DAMAGED);
    ck_assert_str_is(name, "");
    write_text(join(dir, "CURRENT"), "00000009-0123456789abcdef\n");
    ck_assert_int_eq(verify(dir, &seen, &name), HELPDEX_DAMAGED);
    ck_assert_uint_eq(seen.count, 1);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_huge_current_is_damage)
{
    const char *dir = index_of(1);
    char *text = malloc(1 << 20);
    memset(text, 'x', 1 << 20);
    write_file(join(dir, "CURRENT"), (hdx_str){text, 1 << 20});
    hdx_generation *g = open_it(dir);
    ck_assert_uint_gt(g->notice.len, 0);
    hdx_generation_free(g);
    free(text);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(publishing_over_a_garbled_current_keeps_the_newest)
{
    const char *dir = index_of(1);
    const char *two = publish(dir, "zwei");
    bool there;
    write_text(join(dir, "CURRENT"), "Müll");
    publish(dir, "drei");
    ck_assert_uint_eq(generations(dir, two, &there), 2);
    ck_assert(there);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(another_stamp_is_refused_with_the_command)
{
    const char *dir = index_of(2);
    const hdx_stamp others[] = {{8, "72.1"}, {7, "74.2"}, {6, ""}};
    for (size_t i = 0; i < 3; i++) {
        hdx_generation *g;
        helpdex_error err = {0};
        ck_assert_int_eq(hdx_generation_open(dir, others[i], &g, &err),
                         HELPDEX_INCOMPATIBLE);
        ck_assert_ptr_null(g);
        ck_assert_ptr_nonnull(strstr(err.message, "helpdex index KB_DIR"));
        ck_assert_ptr_nonnull(strstr(err.message, dir));
        seen_damage seen = {0};
        hdx_str name;
        ck_assert_int_eq(hdx_generation_verify_all(dir, others[i], &arena,
                                                   &name, note, &seen, NULL),
                         HELPDEX_INCOMPATIBLE);
    }
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(two_cannot_write_one_index)
{
    const char *dir = index_of(1);
    hdx_draft *first, *second;
    helpdex_error err = {0};
    ck_assert_int_eq(hdx_draft_begin(dir, &first, NULL), HELPDEX_OK);
    write_text(join(hdx_draft_path(first), "x"), "y");
    ck_assert_int_eq(hdx_draft_begin(dir, &second, &err), HELPDEX_IN_USE);
    ck_assert_ptr_null(second);
    ck_assert_str_eq(err.file, dir);
    ck_assert(hdx_file_exists(join(hdx_draft_path(first), "x")));
    hdx_generation_free(open_it(dir)); /* readers do not mind */
    hdx_draft_free(first);
    ck_assert_int_eq(hdx_draft_begin(dir, &second, NULL), HELPDEX_OK);
    hdx_draft_free(second);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(folders_of_others_are_left_alone)
{
    const char *dir = temp_dir();
    hdx_draft *draft;
    helpdex_error err;
    hdx_listing all;
    write_text(join(dir, "draft/Roman.md"), "Kapitel 1");
    ck_assert_int_eq(hdx_draft_begin(dir, &draft, &err), HELPDEX_BAD_INPUT);
    ck_assert_ptr_null(draft);
    ck_assert_int_eq(hdx_dir_list(&arena, dir, true, &all, NULL), 0);
    ck_assert_uint_eq(all.count, 1);
    ck_assert_str_is(all.items[0].path, "draft/Roman.md");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_database_with_a_current_of_its_own_is_left_alone)
{
    const char *dir = temp_dir();
    hdx_draft *draft;
    helpdex_error err;
    write_text(join(dir, "CURRENT"), "MANIFEST-000001\n");
    write_text(join(dir, "LOCK"), "");
    write_text(join(dir, "MANIFEST-000001"), "x");
    ck_assert_int_eq(hdx_draft_begin(dir, &draft, &err), HELPDEX_BAD_INPUT);
    ck_assert_ptr_null(draft);
    ck_assert(!hdx_dir_exists(join(dir, "draft")));
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(what_a_crash_left_is_cleared)
{
    const char *dir = index_of(1);
    hdx_draft *draft;
    write_text(join(dir, "draft/de/terms.work/postlist.glass"), "halb");
    write_text(join(dir, "CURRENT.new"), "halb");
    hdx_generation_free(open_it(dir));
    ck_assert_int_eq(hdx_draft_begin(dir, &draft, NULL), HELPDEX_OK);
    ck_assert(!hdx_file_exists(join(hdx_draft_path(draft), "de")));
    hdx_draft_free(draft);
    ck_assert(!hdx_dir_exists(join(dir, "draft")));
    publish(dir, "zwei");
    ck_assert(!hdx_file_exists(join(dir, "CURRENT.new")));
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_crash_before_the_rename_of_current_changes_nothing)
{
    const char *dir = index_of(0);
    const char *one = publish(dir, "eins");
    char *current = read_text(join(dir, "CURRENT"), NULL);
    const char *two = publish(dir, "zwei");
    write_text(join(dir, "CURRENT"), current);
    free(current);
    hdx_generation *g = open_it(dir);
    ck_assert_str_is(g->name, one);
    ck_assert_uint_eq(g->notice.len, 0);
    hdx_generation_free(g);
    const char *three = publish(dir, "drei");
    bool there;
    ck_assert_uint_eq(generations(dir, one, &there), 2);
    ck_assert(there);
    ck_assert_uint_gt(hdx_name_number(hdx_str_of(three)),
                      hdx_name_number(hdx_str_of(two)));
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(an_unpublished_draft_leaves_no_trace)
{
    const char *dir = index_of(1);
    hdx_draft *draft;
    bool there;
    ck_assert_int_eq(hdx_draft_begin(dir, &draft, NULL), HELPDEX_OK);
    write_text(join(hdx_draft_path(draft), "ar/ملف"), "x");
    hdx_draft_free(draft);
    ck_assert(!hdx_dir_exists(join(dir, "draft")));
    ck_assert_uint_eq(generations(dir, "", &there), 1);
    hdx_draft_free(NULL);
    hdx_generation_free(NULL);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(an_index_can_be_moved)
{
    const char *dir = index_of(2);
    const char *elsewhere = join(temp_dir(), "ดัชนี");
    ck_assert_int_eq(rename(dir, elsewhere), 0);
    hdx_generation *g = open_it(elsewhere);
    ck_assert_uint_eq(g->notice.len, 0);
    hdx_generation_free(g);
    publish(elsewhere, "drei");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_read_only_index_opens_and_stays_as_it_is)
{
    const char *dir = index_of(1);
    hdx_listing before, after;
    ck_assert_int_eq(unlink(join(dir, "LOCK")), 0);
    ck_assert_int_eq(hdx_dir_list(&arena, dir, true, &before, NULL), 0);
    for (size_t i = 0; i < before.count; i++)
        chmod(join(dir, before.items[i].path.ptr), 0444);
    ck_assert_int_eq(chmod(dir, 0555), 0);
    hdx_generation_free(open_it(dir));
    ck_assert_int_eq(hdx_dir_list(&arena, dir, true, &after, NULL), 0);
    ck_assert_uint_eq(before.count, after.count);
    ck_assert_int_eq(chmod(dir, 0755), 0);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_renamed_generation_vouches_for_nothing)
{
    const char *dir = index_of(0);
    const char *name = publish(dir, "eins");
    const char *other = "00000001-0123456789abcdef";
    ck_assert_int_eq(rename(join(dir, name), join(dir, other)), 0);
    write_text(join(dir, "CURRENT"), other);
    refusal(dir, HELPDEX_DAMAGED);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(names_are_eight_digits_and_sixteen_of_the_digest)
{
    hdx_str name = hdx_name_make(&arena, 42, HDX_STR("{}"));
    ck_assert(hdx_name_is_generation(name));
    ck_assert_uint_eq(hdx_name_number(name), 42);
    ck_assert(hdx_name_vouches(name, HDX_STR("{}")));
    ck_assert(!hdx_name_vouches(name, HDX_STR("{} ")));
    ck_assert(!hdx_name_vouches(HDX_STR("x"), HDX_STR("{}")));
    const char *const others[] = {"",
                                  "0000001-0123456789abcdef",
                                  "00000001-0123456789abcdeF",
                                  "00000001_0123456789abcdef",
                                  "00000001-0123456789abcdef0",
                                  "0000000x-0123456789abcdef"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert(!hdx_name_is_generation(hdx_str_of(others[i])));
    hdx_arena_free(&arena);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        what_is_published_is_live,
        the_previous_generation_is_kept,
        a_pinned_generation_stays_until_it_is_freed,
        any_flipped_bit_lets_the_previous_one_serve,
        any_cut_or_missing_file_lets_the_previous_one_serve,
        without_a_whole_generation_the_index_is_damaged,
        verifying_names_each_damaged_file,
        verifying_names_a_manifest_that_is_gone,
        a_removal_that_was_cut_short_is_no_damage,
        verifying_names_an_empty_current,
        what_is_being_verified_is_not_removed,
        a_folder_without_current_is_no_index,
        a_garbled_current_lets_the_newest_serve,
        verifying_gives_no_name_that_is_none,
        a_huge_current_is_damage,
        publishing_over_a_garbled_current_keeps_the_newest,
        another_stamp_is_refused_with_the_command,
        two_cannot_write_one_index,
        folders_of_others_are_left_alone,
        a_database_with_a_current_of_its_own_is_left_alone,
        what_a_crash_left_is_cleared,
        a_crash_before_the_rename_of_current_changes_nothing,
        an_unpublished_draft_leaves_no_trace,
        an_index_can_be_moved,
        a_read_only_index_opens_and_stays_as_it_is,
        a_renamed_generation_vouches_for_nothing,
        names_are_eight_digits_and_sixteen_of_the_digest,
        NULL};
    return run_suite("generation", tests);
}
