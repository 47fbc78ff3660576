/* base/file.h */
#include "base/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/support.h"

static hdx_arena arena;

static void fails(helpdex_status status, helpdex_status wanted,
                  const helpdex_error *err, const char *path)
{
    ck_assert_int_eq(status, wanted);
    ck_assert_int_eq(err->status, wanted);
    ck_assert_str_eq(err->file, path);
    ck_assert_ptr_nonnull(strchr(err->message, ';'));
}

START_TEST(a_file_of_exactly_the_limit_is_read)
{
    const char *path = join(temp_dir(), "ตัวอย่าง.md");
    hdx_str text;
    helpdex_error err;
    write_text(path, "12345");
    ck_assert_int_eq(hdx_file_read(&arena, path, 5, &text, &err), 0);
    ck_assert_str_eq(text.ptr, "12345");
    fails(hdx_file_read(&arena, path, 4, &text, &err), HELPDEX_BAD_INPUT, &err,
          path);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(an_empty_file_is_an_empty_terminated_text)
{
    const char *path = join(temp_dir(), "empty");
    hdx_str text = {NULL, 9};
    hdx_mapping map;
    write_text(path, "");
    ck_assert_int_eq(hdx_file_read(&arena, path, 0, &text, NULL), 0);
    ck_assert_uint_eq(text.len, 0);
    ck_assert_str_eq(text.ptr, "");
    ck_assert_int_eq(hdx_file_map(path, &map, NULL), 0);
    ck_assert_uint_eq(map.bytes.len, 0);
    hdx_file_unmap(&map);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(zero_bytes_are_read_as_they_are)
{
    const char *path = join(temp_dir(), "zeros");
    hdx_str text;
    write_file(path, HDX_STR("a\0b\0"));
    ck_assert_int_eq(hdx_file_read(&arena, path, 99, &text, NULL), 0);
    ck_assert(hdx_str_eq(text, HDX_STR("a\0b\0")));
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(what_is_missing_is_named)
{
    hdx_str text;
    hdx_mapping map;
    helpdex_error err;
    const char *dir = temp_dir(), *path = join(dir, "missing");
    write_text(join(dir, "file"), "x");
    const char *below = join(dir, "file/below");
    fails(hdx_file_read(&arena, path, 9, &text, &err), HELPDEX_NOT_FOUND, &err,
          path);
    fails(hdx_file_read(&arena, below, 9, &text, &err), HELPDEX_NOT_FOUND, &err,
          below);
    fails(hdx_file_map(path, &map, &err), HELPDEX_NOT_FOUND, &err, path);
    ck_assert_uint_eq(map.bytes.len, 0);
    ck_assert(!hdx_file_exists(path) && !hdx_dir_exists(path));
}
END_TEST

START_TEST(folders_fifos_and_devices_are_not_read)
{
    const char *dir = temp_dir(), *fifo = join(dir, "fifo");
    ck_assert_int_eq(mkfifo(fifo, 0600), 0);
    const char *const paths[] = {dir, fifo, "/dev/zero"};
    for (size_t i = 0; i < 3; i++) {
        hdx_str text;
        hdx_mapping map;
        helpdex_error err;
        fails(hdx_file_read(&arena, paths[i], 9, &text, &err),
              HELPDEX_BAD_INPUT, &err, paths[i]);
        fails(hdx_file_map(paths[i], &map, &err), HELPDEX_BAD_INPUT, &err,
              paths[i]);
    }
}
END_TEST

START_TEST(a_link_that_leads_to_itself_is_an_error)
{
    const char *path = join(temp_dir(), "loop");
    hdx_str text;
    helpdex_error err;
    ck_assert_int_eq(symlink("loop", path), 0);
    fails(hdx_file_read(&arena, path, 9, &text, &err), HELPDEX_IO, &err, path);
}
END_TEST

START_TEST(a_mapping_holds_the_bytes_of_the_file)
{
    const char *path = join(temp_dir(), "mapped");
    hdx_mapping map;
    write_text(path, "出金が反映されない");
    ck_assert_int_eq(hdx_file_map(path, &map, NULL), 0);
    ck_assert_str_is(map.bytes, "出金が反映されない");
    hdx_file_unmap(&map);
    hdx_file_unmap(&map);
    ck_assert_uint_eq(map.bytes.len, 0);
}
END_TEST

START_TEST(writing_replaces_what_was_longer)
{
    const char *path = join(temp_dir(), "file");
    ck_assert_int_eq(hdx_file_write(path, HDX_STR("long text"), NULL), 0);
    ck_assert_int_eq(hdx_file_write(path, HDX_STR("kurz"), NULL), 0);
    char *text = read_text(path, NULL);
    ck_assert_str_eq(text, "kurz");
    free(text);
}
END_TEST

START_TEST(writing_below_a_missing_folder_fails)
{
    const char *path = join(temp_dir(), "missing/file");
    helpdex_error err;
    fails(hdx_file_write(path, HDX_STR("x"), &err), HELPDEX_NOT_FOUND, &err,
          path);
    ck_assert_int_ne(hdx_file_replace(path, HDX_STR("x"), &err), 0);
    ck_assert(!hdx_file_exists(path));
}
END_TEST

START_TEST(a_replaced_file_leaves_nothing_beside_it)
{
    const char *dir = temp_dir(), *path = join(dir, "CURRENT");
    hdx_listing listing;
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(hdx_file_replace(path, HDX_STR("gen-2\n"), NULL), 0);
    char *text = read_text(path, NULL);
    ck_assert_str_eq(text, "gen-2\n");
    free(text);
    ck_assert_int_eq(hdx_dir_list(&arena, dir, true, &listing, NULL), 0);
    ck_assert_uint_eq(listing.count, 1);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(an_open_reader_keeps_what_is_replaced)
{
    const char *path = join(temp_dir(), "CURRENT");
    hdx_mapping before;
    write_text(path, "gen-1");
    ck_assert_int_eq(hdx_file_map(path, &before, NULL), 0);
    ck_assert_int_eq(hdx_file_replace(path, HDX_STR("gen-2"), NULL), 0);
    ck_assert_str_is(before.bytes, "gen-1");
    hdx_file_unmap(&before);
}
END_TEST

START_TEST(a_failed_replace_leaves_all_as_it_was)
{
    const char *dir = temp_dir(), *path = join(dir, "taken");
    hdx_listing listing;
    helpdex_error err;
    write_text(join(dir, "taken/file"), "x");
    fails(hdx_file_replace(path, HDX_STR("y"), &err), HELPDEX_IO, &err, path);
    ck_assert_int_eq(hdx_dir_list(&arena, dir, true, &listing, NULL), 0);
    ck_assert_uint_eq(listing.count, 1);
    ck_assert_str_is(listing.items[0].path, "taken/file");
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(renaming_what_is_missing_fails)
{
    const char *dir = temp_dir();
    helpdex_error err;
    ck_assert_int_eq(hdx_file_rename(join(dir, "a"), join(dir, "b"), &err),
                     HELPDEX_NOT_FOUND);
    write_text(join(dir, "a"), "x");
    ck_assert_int_eq(hdx_file_rename(join(dir, "a"), join(dir, "b"), &err), 0);
    ck_assert(!hdx_file_exists(join(dir, "a")));
    ck_assert(hdx_file_exists(join(dir, "b")));
}
END_TEST

START_TEST(two_writers_cannot_hold_one_lock)
{
    const char *path = join(temp_dir(), "lock");
    int first, second;
    helpdex_error err;
    ck_assert_int_eq(
        hdx_file_lock(path, HDX_LOCK_EXCLUSIVE, true, &first, NULL), 0);
    fails(hdx_file_lock(path, HDX_LOCK_EXCLUSIVE, true, &second, &err),
          HELPDEX_IN_USE, &err, path);
    ck_assert_int_eq(second, -1);
    hdx_file_unlock(&first);
    ck_assert_int_eq(
        hdx_file_lock(path, HDX_LOCK_EXCLUSIVE, false, &second, NULL), 0);
    hdx_file_unlock(&second);
    hdx_file_unlock(&second);
}
END_TEST

START_TEST(readers_share_a_lock_that_keeps_writers_out)
{
    const char *path = join(temp_dir(), "lock");
    int readers[2], writer;
    write_text(path, "");
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(
            hdx_file_lock(path, HDX_LOCK_SHARED, false, &readers[i], NULL), 0);
    hdx_file_unlock(&readers[0]);
    ck_assert_int_eq(
        hdx_file_lock(path, HDX_LOCK_EXCLUSIVE, false, &writer, NULL),
        HELPDEX_IN_USE);
    hdx_file_unlock(&readers[1]);
    ck_assert_int_eq(
        hdx_file_lock(path, HDX_LOCK_EXCLUSIVE, false, &writer, NULL), 0);
    hdx_file_unlock(&writer);
}
END_TEST

START_TEST(a_lock_ends_with_its_process)
{
    const char *path = join(temp_dir(), "lock");
    int fd, status;
    pid_t child = fork();
    if (child == 0)
        _exit(hdx_file_lock(path, HDX_LOCK_EXCLUSIVE, true, &fd, NULL));
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    ck_assert_int_eq(hdx_file_lock(path, HDX_LOCK_EXCLUSIVE, false, &fd, NULL),
                     0);
    hdx_file_unlock(&fd);
}
END_TEST

START_TEST(a_lock_file_is_only_made_on_demand)
{
    const char *path = join(temp_dir(), "lock");
    int fd;
    helpdex_error err;
    fails(hdx_file_lock(path, HDX_LOCK_SHARED, false, &fd, &err),
          HELPDEX_NOT_FOUND, &err, path);
    ck_assert_int_eq(fd, -1);
    ck_assert(!hdx_file_exists(path));
}
END_TEST

START_TEST(locking_a_fifo_does_not_wait_for_a_writer)
{
    const char *path = join(temp_dir(), "fifo");
    int fd;
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ck_assert_int_eq(hdx_file_lock(path, HDX_LOCK_SHARED, false, &fd, NULL), 0);
    hdx_file_unlock(&fd);
}
END_TEST

START_TEST(making_a_folder_twice_is_fine_but_not_over_a_file)
{
    const char *dir = temp_dir(), *file = join(dir, "file");
    helpdex_error err;
    write_text(file, "x");
    ck_assert_int_eq(hdx_dir_make(join(dir, "new"), NULL), 0);
    ck_assert_int_eq(hdx_dir_make(join(dir, "new"), NULL), 0);
    ck_assert(hdx_dir_exists(join(dir, "new")));
    fails(hdx_dir_make(file, &err), HELPDEX_IO, &err, file);
}
END_TEST

START_TEST(removing_a_folder_takes_all_that_is_below)
{
    const char *dir = join(temp_dir(), "gone");
    write_text(join(dir, "a/b/.hidden"), "x");
    write_text(join(dir, "ไทย.md"), "x");
    ck_assert_int_eq(mkfifo(join(dir, "fifo"), 0600), 0);
    ck_assert_int_eq(hdx_dir_remove(dir, NULL), 0);
    ck_assert(!hdx_file_exists(dir));
    ck_assert_int_eq(hdx_dir_remove(dir, NULL), 0);
}
END_TEST

START_TEST(removing_does_not_follow_links)
{
    const char *dir = temp_dir(), *kept = join(dir, "kept/file");
    write_text(kept, "x");
    write_text(join(dir, "gone/file"), "x");
    ck_assert_int_eq(symlink("../kept", join(dir, "gone/link")), 0);
    ck_assert_int_eq(symlink("kept", join(dir, "link")), 0);
    ck_assert_int_eq(hdx_dir_remove(join(dir, "gone"), NULL), 0);
    ck_assert(hdx_file_exists(kept));
    hdx_dir_remove(join(dir, "link"), NULL);
    ck_assert(hdx_file_exists(kept));
}
END_TEST

static void make_tree(const char *dir)
{
    const char *const files[] = {"b.md",   "a/z.md",      "a-b.md", "a.md",
                                 "B.md",   "é.md",        "ไทย.md", "a/b/c.md",
                                 ".git/x", "a/.hidden.md"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        write_text(join(dir, files[i]), "12");
    ck_assert_int_eq(mkdir(join(dir, "empty"), 0777), 0);
}

static void lists(const char *dir, bool deep, const char *wanted)
{
    hdx_listing listing;
    hdx_buf names = {0};
    ck_assert_int_eq(hdx_dir_list(&arena, dir, deep, &listing, NULL), 0);
    for (size_t i = 0; i < listing.count; i++) {
        hdx_buf_add(&names, listing.items[i].path);
        hdx_buf_byte(&names, ' ');
    }
    ck_assert_str_is(hdx_buf_str(&names), wanted);
    hdx_buf_free(&names);
    hdx_arena_free(&arena);
}

START_TEST(listings_are_in_bytewise_order_of_paths)
{
    const char *dir = temp_dir();
    make_tree(dir);
    lists(dir, true, "B.md a-b.md a.md a/b/c.md a/z.md b.md é.md ไทย.md ");
    lists(dir, false, "B.md a a-b.md a.md b.md empty é.md ไทย.md ");
}
END_TEST

START_TEST(a_slash_behind_the_root_changes_nothing)
{
    const char *dir = temp_dir();
    write_text(join(dir, "a/b.md"), "12");
    lists(join(dir, ""), true, "a/b.md ");
    lists(join(dir, "//"), true, "a/b.md ");
    lists(join(dir, "a/../."), true, "a/b.md ");
}
END_TEST

START_TEST(links_and_fifos_are_listed_but_never_followed)
{
    const char *dir = temp_dir();
    hdx_listing listing;
    write_text(join(dir, "a/file"), "x");
    ck_assert_int_eq(symlink("..", join(dir, "a/loop")), 0);
    ck_assert_int_eq(symlink("nowhere", join(dir, "dangling")), 0);
    ck_assert_int_eq(mkfifo(join(dir, "fifo"), 0600), 0);
    ck_assert_int_eq(hdx_dir_list(&arena, dir, true, &listing, NULL), 0);
    ck_assert_uint_eq(listing.count, 4);
    const bool links[] = {false, true, true, false};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(listing.items[i].link, links[i]);
        ck_assert_int_eq(listing.items[i].kind == HDX_ENTRY_OTHER, i > 0);
    }
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_root_that_is_a_link_is_listed)
{
    const char *dir = temp_dir();
    write_text(join(dir, "real/a.md"), "12");
    ck_assert_int_eq(symlink("real", join(dir, "link")), 0);
    lists(join(dir, "link"), true, "a.md ");
}
END_TEST

START_TEST(only_folders_are_listed)
{
    const char *dir = temp_dir(), *file = join(dir, "file");
    hdx_listing listing;
    helpdex_error err;
    write_text(file, "x");
    fails(hdx_dir_list(&arena, file, true, &listing, &err), HELPDEX_NOT_FOUND,
          &err, file);
    fails(hdx_dir_list(&arena, join(dir, "no"), true, &listing, &err),
          HELPDEX_NOT_FOUND, &err, join(dir, "no"));
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(folders_nested_too_deeply_are_refused)
{
    const char *dir = temp_dir();
    hdx_buf path = {0};
    hdx_listing listing;
    helpdex_error err;
    for (int i = 0; i < 64; i++)
        hdx_buf_add(&path, HDX_STR("d/"));
    write_text(join(dir, join(path.ptr, "f")), "x");
    ck_assert_int_eq(hdx_dir_list(&arena, dir, true, &listing, NULL), 0);
    ck_assert_uint_eq(listing.count, 1);
    write_text(join(dir, join(path.ptr, "d/f")), "x");
    ck_assert_int_eq(hdx_dir_list(&arena, dir, true, &listing, &err),
                     HELPDEX_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(err.message, "deeper than 64"));
    hdx_arena_free(&arena);
    hdx_buf_free(&path);
}
END_TEST

START_TEST(an_empty_folder_has_no_entries)
{
    lists(temp_dir(), true, "");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_file_of_exactly_the_limit_is_read,
        an_empty_file_is_an_empty_terminated_text,
        zero_bytes_are_read_as_they_are,
        what_is_missing_is_named,
        folders_fifos_and_devices_are_not_read,
        a_link_that_leads_to_itself_is_an_error,
        a_mapping_holds_the_bytes_of_the_file,
        writing_replaces_what_was_longer,
        writing_below_a_missing_folder_fails,
        a_replaced_file_leaves_nothing_beside_it,
        an_open_reader_keeps_what_is_replaced,
        a_failed_replace_leaves_all_as_it_was,
        renaming_what_is_missing_fails,
        two_writers_cannot_hold_one_lock,
        readers_share_a_lock_that_keeps_writers_out,
        a_lock_ends_with_its_process,
        a_lock_file_is_only_made_on_demand,
        locking_a_fifo_does_not_wait_for_a_writer,
        making_a_folder_twice_is_fine_but_not_over_a_file,
        removing_a_folder_takes_all_that_is_below,
        removing_does_not_follow_links,
        listings_are_in_bytewise_order_of_paths,
        a_slash_behind_the_root_changes_nothing,
        links_and_fifos_are_listed_but_never_followed,
        a_root_that_is_a_link_is_listed,
        only_folders_are_listed,
        folders_nested_too_deeply_are_refused,
        an_empty_folder_has_no_entries,
        NULL};
    return run_suite("file", tests);
}
