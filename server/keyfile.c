/* Reading the file of keys, with the line of each fault, and writing it. */
#include "server/keyfile.h"

#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

#include "base/date.h"
#include "base/file.h"
#include "base/yaml.h"
#include "server/route.h"

enum { FILE_LARGEST = 1 << 20 };

typedef struct reader {
    const char *path;
    hdx_key_list *out;
    helpdex_error *err;
} reader;

static const struct {
    unsigned scope;
    const char *name;
} scopes[] = {{HDX_SCOPE_PUBLIC, "public"},
              {HDX_SCOPE_AGENT, "agent"},
              {HDX_SCOPE_ANALYST, "analyst"},
              {HDX_SCOPE_ADMIN, "admin"}};
enum { SCOPES = sizeof scopes / sizeof *scopes };

const char *hdx_key_scope_name(unsigned scope)
{
    for (size_t i = 0; i < SCOPES; i++)
        if (scopes[i].scope == scope)
            return scopes[i].name;
    return "none";
}

unsigned hdx_key_scope_of(hdx_str name)
{
    for (size_t i = 0; i < SCOPES; i++)
        if (hdx_str_eq(name, hdx_str_of(scopes[i].name)))
            return scopes[i].scope;
    return 0;
}

bool hdx_key_is_live(const hdx_key *key, int64_t now)
{
    return !key->revoked && (!key->expires || now < key->expires);
}

void hdx_key_date(int64_t seconds, char out[HDX_KEY_DATE])
{
    time_t moment = (time_t)seconds;
    struct tm parts;
    gmtime_r(&moment, &parts);
    strftime(out, HDX_KEY_DATE, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

static helpdex_status fail(const reader *r, const hdx_yaml *at,
                           const char *what)
{
    return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line, at->column,
                       "%s; let `helpdex key` write this file", what);
}

/* A text without the hexadecimal digits of so many bytes is refused. */
static bool read_hex(hdx_str text, unsigned char *out, size_t size)
{
    size_t made = 0;
    return text.len == 2 * size &&
           sodium_hex2bin(out, size, text.ptr, text.len, NULL, &made, NULL) ==
               0 &&
           made == size;
}

static bool read_id(hdx_str text, char out[HDX_KEY_ID + 1])
{
    unsigned char bytes[HDX_KEY_ID / 2];
    if (!read_hex(text, bytes, sizeof bytes))
        return false;
    sodium_bin2hex(out, HDX_KEY_ID + 1, bytes, sizeof bytes);
    return true;
}

static helpdex_status read_field(const reader *r, const hdx_yaml *at,
                                 hdx_key *key)
{
    static const char *const dates[] = {"created", "expires", "revoked"};
    int64_t *const moments[] = {&key->created, &key->expires, &key->revoked};
    if (at->kind != HDX_YAML_SCALAR)
        return fail(r, at, "not a text");
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        if (hdx_str_eq(at->key, hdx_str_of(dates[i])))
            return hdx_date_read(at->text, moments[i])
                       ? HELPDEX_OK
                       : fail(r, at, "no such date");
    if (hdx_str_eq(at->key, HDX_STR("id")))
        return read_id(at->text, key->id) ? HELPDEX_OK : fail(r, at, "no id");
    if (hdx_str_eq(at->key, HDX_STR("hash")))
        return read_hex(at->text, key->hash, sizeof key->hash)
                   ? HELPDEX_OK
                   : fail(r, at, "no hash");
    if (hdx_str_eq(at->key, HDX_STR("name"))) {
        key->name = at->text;
        return HELPDEX_OK;
    }
    if (!hdx_str_eq(at->key, HDX_STR("scope")))
        return fail(r, at, "no such field of a key");
    key->scope = hdx_key_scope_of(at->text);
    return key->scope ? HELPDEX_OK : fail(r, at, "no such scope");
}

static helpdex_status read_key(const reader *r, const hdx_yaml *at,
                               hdx_key *key)
{
    *key = (hdx_key){.name = HDX_STR("")};
    if (at->kind != HDX_YAML_MAP)
        return fail(r, at, "not a key");
    helpdex_status status = HELPDEX_OK;
    for (const hdx_yaml *field = at->first; field && !status;
         field = field->next)
        status = read_field(r, field, key);
    if (status)
        return status;
    if (!hdx_yaml_get(at, "id") || !hdx_yaml_get(at, "hash") || !key->scope ||
        !key->created)
        return fail(r, at, "a key needs id, scope, created and hash");
    return HELPDEX_OK;
}

static helpdex_status read_list(const reader *r, const hdx_yaml *root)
{
    const hdx_yaml *list = root ? hdx_yaml_get(root, "keys") : NULL;
    size_t count = 0;
    if (root && (root->kind != HDX_YAML_MAP || !list || root->first->next ||
                 list->kind != HDX_YAML_LIST))
        return fail(r, root, "no list `keys`");
    for (const hdx_yaml *at = list ? list->first : NULL; at; at = at->next)
        if (++count > HDX_KEYS_MOST)
            return fail(r, at, "more than 1000 keys");
    r->out->items =
        hdx_arena_alloc(&r->out->arena, (count + 1) * sizeof *r->out->items);
    if (!r->out->items)
        return hdx_fail_nomem(r->err);
    helpdex_status status = HELPDEX_OK;
    for (const hdx_yaml *at = list ? list->first : NULL; at && !status;
         at = at->next)
        status = read_key(r, at, &r->out->items[r->out->count++]);
    return status;
}

helpdex_status hdx_keyfile_read(const char *path, hdx_key_list *out,
                                helpdex_error *err)
{
    reader r = {path, out, err};
    struct stat file;
    hdx_str text;
    hdx_yaml *root;
    *out = (hdx_key_list){0};
    helpdex_status status =
        hdx_file_read(&out->arena, path, FILE_LARGEST, &text, err);
    if (!status && stat(path, &file) == 0 && file.st_mode & (S_IWGRP | S_IWOTH))
        status = hdx_fail_at(err, HELPDEX_BAD_INPUT, path, 0, 0,
                             "others may write the keys; chmod 600 it");
    if (!status)
        status = hdx_yaml_parse(&out->arena, text, path, 1, &root, err);
    if (!status)
        status = read_list(&r, root);
    if (status)
        hdx_key_list_free(out);
    return status;
}

static void add(hdx_buf *out, const char *name, const char *text)
{
    hdx_buf_add(out, hdx_str_of(name));
    hdx_buf_add(out, hdx_str_of(text));
}

static void add_date(hdx_buf *out, const char *name, int64_t seconds)
{
    char date[HDX_KEY_DATE];
    if (!seconds)
        return;
    hdx_key_date(seconds, date);
    add(out, name, date);
}

/* In quotes that nothing in a text can end. */
static void add_name(hdx_buf *out, hdx_str name)
{
    hdx_buf_add(out, HDX_STR("\n    name: '"));
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '\'')
            hdx_buf_byte(out, '\'');
        hdx_buf_byte(out, name.ptr[i]);
    }
    hdx_buf_byte(out, '\'');
}

static void add_key(hdx_buf *out, const hdx_key *key)
{
    char hash[2 * HDX_KEY_HASH + 1];
    sodium_bin2hex(hash, sizeof hash, key->hash, sizeof key->hash);
    add(out, "  - id: ", key->id);
    add(out, "\n    scope: ", hdx_key_scope_name(key->scope));
    if (key->name.len)
        add_name(out, key->name);
    add_date(out, "\n    created: ", key->created);
    add_date(out, "\n    expires: ", key->expires);
    add_date(out, "\n    revoked: ", key->revoked);
    add(out, "\n    hash: ", hash);
    hdx_buf_byte(out, '\n');
}

helpdex_status hdx_keyfile_write(const char *path, const hdx_key_list *keys,
                                 helpdex_error *err)
{
    hdx_buf out = {0};
    add(&out, "# Keys of helpdex serve, as hashes. `helpdex key` writes this.",
        "\nkeys:");
    hdx_buf_add(&out, keys->count ? HDX_STR("\n") : HDX_STR(" []\n"));
    for (size_t i = 0; i < keys->count; i++)
        add_key(&out, &keys->items[i]);
    helpdex_status status =
        out.failed ? hdx_fail_nomem(err)
                   : hdx_file_replace_private(path, hdx_buf_str(&out), err);
    hdx_buf_free(&out);
    return status;
}

void hdx_key_list_free(hdx_key_list *keys)
{
    hdx_arena_free(&keys->arena);
    *keys = (hdx_key_list){0};
}
