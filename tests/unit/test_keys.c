/* server/keys.c and server/keyfile.c */
#include "server/keys.h"

#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/route.h"
#include "tests/unit/support.h"

enum { NOW = 1800000000 };
static char text[HDX_KEY_TEXT + 1], id[HDX_KEY_ID + 1];

static void make(const char *path, unsigned scope, int64_t expires)
{
    const hdx_key key = {
        .scope = scope, .name = HDX_STR("ผู้ช่วย: 'a' #1"), .expires = expires};
    helpdex_error err = {0};
    ck_assert_msg(hdx_keys_create(path, &key, NOW, text, id, &err) == 0, "%s",
                  err.message);
}

static hdx_keys *open_keys(const char *path)
{
    hdx_keys *keys;
    helpdex_error err = {0};
    ck_assert_msg(hdx_keys_open(path, &keys, &err) == HELPDEX_OK, "%s",
                  err.message);
    return keys;
}

static unsigned scopes_of(hdx_keys *keys, const char *sent, int64_t now)
{
    hdx_grant grant;
    helpdex_error err = {0};
    ck_assert_msg(hdx_keys_find(keys, hdx_str_of(sent), now, &grant, &err) == 0,
                  "%s", err.message);
    ck_assert_int_eq(grant.scopes == 0, grant.number == 0);
    return grant.scopes;
}

START_TEST(a_key_admits_to_what_its_scope_includes)
{
    static const struct {
        unsigned scope, grants;
    } rows[] = {{HDX_SCOPE_PUBLIC, HDX_SCOPE_PUBLIC},
                {HDX_SCOPE_AGENT, HDX_SCOPE_AGENT | HDX_SCOPE_PUBLIC},
                {HDX_SCOPE_ANALYST, HDX_SCOPE_ANALYST | HDX_SCOPE_PUBLIC},
                {HDX_SCOPE_ADMIN, HDX_SCOPE_ANY}};
    const char *path = join(temp_dir(), "keys");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        make(path, rows[i].scope, 0);
        hdx_keys *keys = open_keys(path);
        ck_assert_uint_eq(scopes_of(keys, text, NOW), rows[i].grants);
        hdx_keys_free(keys);
    }
    ck_assert_uint_eq(hdx_scope_grants(0), 0);
}
END_TEST

START_TEST(a_text_that_differs_anywhere_is_no_key)
{
    const char *path = join(temp_dir(), "keys");
    make(path, HDX_SCOPE_ADMIN, 0);
    hdx_keys *keys = open_keys(path);
    for (size_t i = 0; i < HDX_KEY_TEXT; i++) {
        char wrong[HDX_KEY_TEXT + 1];
        memcpy(wrong, text, sizeof wrong);
        wrong[i] = (char)(wrong[i] == 'a' ? 'b' : 'a');
        ck_assert_uint_eq(scopes_of(keys, wrong, NOW), 0);
        wrong[i] = '\0';
        ck_assert_uint_eq(scopes_of(keys, wrong, NOW), 0);
    }
    ck_assert_uint_eq(scopes_of(keys, text, NOW), HDX_SCOPE_ANY);
    hdx_keys_free(keys);
}
END_TEST

START_TEST(no_two_keys_are_alike_and_the_file_holds_none)
{
    const char *path = join(temp_dir(), "keys");
    char first[HDX_KEY_TEXT + 1];
    size_t size;
    make(path, HDX_SCOPE_PUBLIC, 0);
    memcpy(first, text, sizeof first);
    make(path, HDX_SCOPE_PUBLIC, 0);
    ck_assert_str_ne(first, text);
    char *bytes = read_text(path, &size);
    ck_assert_ptr_null(strstr(bytes, text + 13)); /* behind hdx_, id and _ */
    ck_assert_ptr_nonnull(strstr(bytes, id));
    free(bytes);
}
END_TEST

START_TEST(what_is_revoked_admits_nobody_without_a_restart)
{
    const char *path = join(temp_dir(), "keys");
    make(path, HDX_SCOPE_AGENT, 0);
    hdx_keys *keys = open_keys(path);
    ck_assert_uint_ne(scopes_of(keys, text, NOW), 0);
    ck_assert_int_eq(hdx_keys_revoke(path, id, NOW, NULL), HELPDEX_OK);
    ck_assert_uint_eq(scopes_of(keys, text, NOW), 0);
    ck_assert_int_eq(hdx_keys_revoke(path, id, NOW + 9, NULL), HELPDEX_OK);
    make(path, HDX_SCOPE_AGENT, 0); /* a new one is seen as well */
    ck_assert_uint_ne(scopes_of(keys, text, NOW), 0);
    hdx_keys_free(keys);
}
END_TEST

START_TEST(a_key_expires)
{
    const char *path = join(temp_dir(), "keys");
    make(path, HDX_SCOPE_AGENT, NOW + 10);
    hdx_keys *keys = open_keys(path);
    ck_assert_uint_ne(scopes_of(keys, text, NOW + 9), 0);
    ck_assert_uint_eq(scopes_of(keys, text, NOW + 10), 0);
    hdx_keys_free(keys);
}
END_TEST

START_TEST(while_the_file_cannot_be_read_nobody_is_admitted)
{
    const char *path = join(temp_dir(), "keys");
    hdx_grant grant;
    make(path, HDX_SCOPE_ADMIN, 0);
    hdx_keys *keys = open_keys(path);
    size_t size;
    char *bytes = read_text(path, &size);
    write_text(path, "keys: [\n");
    ck_assert_int_eq(hdx_keys_find(keys, hdx_str_of(text), NOW, &grant, NULL),
                     HELPDEX_BAD_INPUT);
    ck_assert_uint_eq(grant.scopes, 0);
    unlink(path);
    ck_assert_int_eq(hdx_keys_find(keys, hdx_str_of(text), NOW, &grant, NULL),
                     HELPDEX_NOT_FOUND);
    write_file(path, (hdx_str){bytes, size});
    chmod(path, 0600);
    ck_assert_uint_eq(scopes_of(keys, text, NOW), HDX_SCOPE_ANY);
    free(bytes);
    hdx_keys_free(keys);
}
END_TEST

START_TEST(the_file_is_for_its_owner_and_keeps_who_may_read_it)
{
    const char *path = join(temp_dir(), "keys");
    struct stat file;
    make(path, HDX_SCOPE_AGENT, 0);
    stat(path, &file);
    ck_assert_int_eq(file.st_mode & 0777, 0600);
    chmod(path, 0640);
    make(path, HDX_SCOPE_AGENT, 0);
    stat(path, &file);
    ck_assert_int_eq(file.st_mode & 0777, 0640);
}
END_TEST

static void refused(const char *bytes, unsigned line, const char *what)
{
    const char *path = join(temp_dir(), "keys");
    hdx_keys *keys;
    helpdex_error err = {0};
    write_text(path, bytes);
    chmod(path, 0600);
    ck_assert_int_eq(hdx_keys_open(path, &keys, &err), HELPDEX_BAD_INPUT);
    ck_assert_ptr_null(keys);
    ck_assert_uint_eq(err.line, line);
    ck_assert_msg(strstr(err.message, what) && strchr(err.message, ';'), "%s",
                  err.message);
}

START_TEST(a_faulty_file_is_told_by_its_line)
{
    refused("keys: 1\n", 1, "no list");
    refused("key: []\n", 1, "no list");
    refused("keys:\n  - a\n", 2, "not a key");
    refused("keys:\n  - {scope: agent, created: 2026-01-01, hash: 00}\n", 2,
            "no hash");
    refused("keys:\n  - scope: boss\n", 2, "no such scope");
    refused("keys:\n  - id: 0123456x\n", 2, "no id");
    refused("keys:\n  - scope: agent\n    since: now\n", 3, "no such field");
    refused("keys:\n  - scope: agent\n    expires: soon\n", 3, "no such date");
    refused("keys:\n  - scope: agent\n", 2, "needs id, scope");
}
END_TEST

START_TEST(a_file_that_others_may_write_is_refused)
{
    const char *path = join(temp_dir(), "keys");
    hdx_keys *keys;
    helpdex_error err;
    make(path, HDX_SCOPE_AGENT, 0);
    chmod(path, 0620);
    ck_assert_int_eq(hdx_keys_open(path, &keys, &err), HELPDEX_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(err.message, "chmod 600"));
    ck_assert_int_eq(hdx_keys_open(join(temp_dir(), "none"), &keys, &err),
                     HELPDEX_NOT_FOUND);
}
END_TEST

START_TEST(what_is_no_name_or_day_makes_no_key)
{
    const char *path = join(temp_dir(), "keys");
    hdx_key key = {.scope = HDX_SCOPE_AGENT, .name = HDX_STR("a\nb: c")};
    ck_assert_int_eq(hdx_keys_create(path, &key, NOW, text, id, NULL),
                     HELPDEX_INVALID);
    key = (hdx_key){.scope = HDX_SCOPE_AGENT, .expires = NOW};
    ck_assert_int_eq(hdx_keys_create(path, &key, NOW, text, id, NULL),
                     HELPDEX_INVALID);
    ck_assert_int_ne(access(path, F_OK), 0);
    ck_assert_int_eq(hdx_keys_revoke(path, "01234567", NOW, NULL),
                     HELPDEX_NOT_FOUND);
}
END_TEST

static void *look(void *context)
{
    hdx_keys *keys = context;
    hdx_grant grant;
    for (int i = 0; i < 2000; i++)
        if (hdx_keys_find(keys, hdx_str_of(text), NOW, &grant, NULL) ||
            grant.scopes != HDX_SCOPE_ANY)
            return NULL;
    return keys;
}

START_TEST(threads_find_keys_while_the_file_changes)
{
    const char *path = join(temp_dir(), "keys");
    pthread_t threads[2];
    make(path, HDX_SCOPE_ADMIN, 0);
    hdx_keys *keys = open_keys(path);
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, look, keys);
    for (int i = 0; i < 20; i++) {
        char other[HDX_KEY_TEXT + 1], other_id[HDX_KEY_ID + 1];
        const hdx_key key = {.scope = HDX_SCOPE_PUBLIC};
        hdx_keys_create(path, &key, NOW, other, other_id, NULL);
    }
    for (int i = 0; i < 2; i++) {
        void *found;
        pthread_join(threads[i], &found);
        ck_assert_ptr_eq(found, keys);
    }
    hdx_keys_free(keys);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_key_admits_to_what_its_scope_includes,
        a_text_that_differs_anywhere_is_no_key,
        no_two_keys_are_alike_and_the_file_holds_none,
        what_is_revoked_admits_nobody_without_a_restart,
        a_key_expires,
        while_the_file_cannot_be_read_nobody_is_admitted,
        the_file_is_for_its_owner_and_keeps_who_may_read_it,
        a_faulty_file_is_told_by_its_line,
        a_file_that_others_may_write_is_refused,
        what_is_no_name_or_day_makes_no_key,
        threads_find_keys_while_the_file_changes,
        NULL};
    return run_suite("keys", tests);
}
