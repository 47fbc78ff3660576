/*
 * helpdex key: makes, lists and revokes the keys of `serve`. A key is shown
 * once, when it is made: nobody can show it again.
 */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "cli/cli.h"
#include "cli/render.h"
#include "server/keys.h"

static int misuse(const char *what)
{
    fprintf(stderr, "helpdex: %s\n", what);
    return EXIT_USAGE;
}

/* Beside the configuration, if one is named. */
static hdx_str path_of(const cli_options *options, hdx_arena *arena)
{
    const char *config = options->config;
    const char *slash = config ? strrchr(config, '/') : NULL;
    if (options->keys)
        return hdx_arena_copy(arena, hdx_str_of(options->keys));
    return hdx_arena_format(arena, "%.*shelpdex.keys",
                            slash ? (int)(slash + 1 - config) : 0,
                            slash ? config : "");
}

/* The moment of --expires, 0 without one. */
static bool read_expiry(const cli_options *options, int64_t *out)
{
    *out = 0;
    return !options->expires ||
           hdx_date_read(hdx_str_of(options->expires), out);
}

static void add_date(cJSON *item, const char *name, int64_t moment)
{
    char date[HDX_KEY_DATE];
    hdx_key_date(moment, date);
    cli_add_text(item, name, moment ? date : NULL);
}

static cJSON *key_json(const hdx_key *key)
{
    cJSON *item = cJSON_CreateObject();
    cJSON_AddStringToObject(item, "id", key->id);
    cJSON_AddStringToObject(item, "scope", hdx_key_scope_name(key->scope));
    cli_add_text(item, "name", key->name.len ? key->name.ptr : NULL);
    add_date(item, "created", key->created);
    add_date(item, "expires", key->expires);
    add_date(item, "revoked", key->revoked);
    cJSON_AddBoolToObject(item, "live", hdx_key_is_live(key, hdx_clock()));
    return item;
}

/* The key alone on standard output, so that a script can take it. */
static void print_made(const cli_options *options, const hdx_key *key,
                       const char *text)
{
    if (options->json) {
        cJSON *item = key_json(key);
        cJSON_AddStringToObject(item, "key", text);
        cli_print_json(item, false);
        return;
    }
    puts(text);
    if (!options->quiet)
        fprintf(stderr,
                "made the %s key %s; keep it now, it is not shown again\n",
                hdx_key_scope_name(key->scope), key->id);
}

static int create(const cli_options *options, const char *path)
{
    char text[HDX_KEY_TEXT + 1] = "";
    helpdex_error err;
    hdx_key key = {.name = hdx_str_of(options->name ? options->name : "")};
    if (options->arg_count > 1)
        return misuse("a word behind create; give --name");
    if (!options->scope)
        return misuse("no --scope; give public, agent, analyst or admin");
    if (!read_expiry(options, &key.expires))
        return misuse("--expires is no day; write one such as 2030-01-31");
    key.scope = hdx_key_scope_of(hdx_str_of(options->scope));
    key.created = hdx_clock();
    if (hdx_keys_create(path, &key, key.created, text, key.id, &err))
        return cli_fail(&err);
    print_made(options, &key, text);
    sodium_memzero(text, sizeof text);
    return EXIT_DONE;
}

static const char *state_of(const hdx_key *key, int64_t now)
{
    if (key->revoked)
        return "revoked";
    return hdx_key_is_live(key, now) ? "live" : "expired";
}

static void print_row(const hdx_key *key)
{
    char created[HDX_KEY_DATE], expires[HDX_KEY_DATE] = "never";
    enum { DAY = 10 }; /* of a date, "2026-11-24" */
    hdx_key_date(key->created, created);
    if (key->expires)
        hdx_key_date(key->expires, expires);
    printf("%-8s  %-8s  %-7s  %.*s  %-10.*s  ", key->id,
           hdx_key_scope_name(key->scope), state_of(key, hdx_clock()), DAY,
           created, DAY, expires);
    cli_print_text(key->name.len ? key->name.ptr : "", stdout);
    putchar('\n');
}

static void print_list(const cli_options *options, const hdx_key_list *list)
{
    cJSON *root = options->json ? cJSON_CreateArray() : NULL;
    if (!root && list->count)
        puts("id        scope     state    created     expires     name");
    for (size_t i = 0; i < list->count; i++)
        if (root)
            cJSON_AddItemToArray(root, key_json(&list->items[i]));
        else
            print_row(&list->items[i]);
    if (root)
        cli_print_json(root, false);
    else if (!list->count && !options->quiet)
        puts("no keys");
}

static int list_keys(const cli_options *options, const char *path)
{
    hdx_key_list list;
    helpdex_error err;
    if (options->arg_count > 1)
        return misuse("a word behind list; leave it out");
    if (hdx_keyfile_read(path, &list, &err))
        return cli_fail(&err);
    print_list(options, &list);
    hdx_key_list_free(&list);
    return EXIT_DONE;
}

static int revoke(const cli_options *options, const char *path)
{
    helpdex_error err;
    if (options->arg_count < 2)
        return misuse("no id of a key; see `helpdex key list`");
    if (hdx_keys_revoke(path, options->args[1], hdx_clock(), &err))
        return cli_fail(&err);
    if (!options->quiet)
        printf("revoked %s\n", options->args[1]);
    return EXIT_DONE;
}

int cli_key(const cli_options *options)
{
    static const struct {
        const char *name;
        int (*run)(const cli_options *options, const char *path);
    } actions[] = {{"create", create}, {"list", list_keys}, {"revoke", revoke}};
    hdx_arena arena = {0};
    helpdex_error err;
    int code = -1;
    hdx_str path = path_of(options, &arena);
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (strcmp(options->args[0], actions[i].name) == 0 && path.ptr)
            code = actions[i].run(options, path.ptr);
    if (!path.ptr) {
        hdx_fail_nomem(&err);
        code = cli_fail(&err);
    }
    hdx_arena_free(&arena);
    return code < 0 ? misuse("no such action; write create, list or revoke")
                    : code;
}
