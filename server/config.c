/* Reading the configuration: one table says which key is kept where. */
#include "server/config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/yaml.h"

enum { CONFIG_LIMIT = 1 << 20, KEY_LONGEST = 64, EDITS = 4 };

typedef enum kind {
    KIND_TEXT,
    KIND_LISTEN,
    KIND_NUMBER,
    KIND_FLAG,
    KIND_ORIGINS,
    KIND_PROXIES,
    KIND_PATH,  /* told from the folder of the file */
    KIND_OTHERS /* read by helpdex_handoff_config_read() */
} kind;

typedef struct config_row {
    const char *key;
    kind kind;
    size_t offset;
    long least; /* of a number */
    long most;
} config_row;

#define AT(field) offsetof(hdx_config, field)

static const config_row rows[] = {
    {"listen", KIND_LISTEN, AT(listen), 0, 0},
    {"index", KIND_TEXT, AT(index), 0, 0},
    {"journal", KIND_PATH, AT(journal), 0, 0},
    {"session.key_env", KIND_TEXT, AT(session_key_env), 0, 0},
    {"handoff", KIND_OTHERS, 0, 0, 0},
    {"flows", KIND_OTHERS, 0, 0, 0},
    {"threads", KIND_NUMBER, AT(threads), 0, 256},
    {"cors.origins", KIND_ORIGINS, 0, 0, 0},
    {"proxies", KIND_PROXIES, 0, 0, 0},
    {"limits.connections", KIND_NUMBER, AT(limits.connections), 1, 1000000},
    {"limits.queue_ms", KIND_NUMBER, AT(limits.queue_ms), 1, 60000},
    {"limits.header_bytes", KIND_NUMBER, AT(limits.header_bytes), 1024, 16384},
    {"limits.body_bytes", KIND_NUMBER, AT(limits.body_bytes), 0, 16777216},
    {"limits.header_seconds", KIND_NUMBER, AT(limits.header_seconds), 1, 600},
    {"limits.body_seconds", KIND_NUMBER, AT(limits.body_seconds), 1, 600},
    {"limits.write_seconds", KIND_NUMBER, AT(limits.write_seconds), 1, 600},
    {"limits.idle_seconds", KIND_NUMBER, AT(limits.idle_seconds), 1, 3600},
    {"limits.client.rate", KIND_NUMBER, AT(limits.client.rate), 0, 1000000},
    {"limits.client.burst", KIND_NUMBER, AT(limits.client.burst), 1, 1000000},
    {"limits.key.rate", KIND_NUMBER, AT(limits.key.rate), 0, 1000000},
    {"limits.key.burst", KIND_NUMBER, AT(limits.key.burst), 1, 1000000},
    {"log.requests", KIND_FLAG, AT(log_requests), 0, 0},
    {"log.queries", KIND_FLAG, AT(log_queries), 0, 0},
    {"cache.megabytes", KIND_NUMBER, AT(cache_megabytes), 0, 65536},
    {"cache.seconds", KIND_NUMBER, AT(cache_seconds), 0, 31536000},
};
enum { ROWS = sizeof rows / sizeof *rows };

typedef struct reader {
    const char *path;
    hdx_config *out;
    helpdex_error *err;
} reader;

static helpdex_status fail(const reader *r, const hdx_yaml *at,
                           const char *what)
{
    return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line, at->column,
                       "%s", what);
}

static helpdex_status read_number(const reader *r, const hdx_yaml *at,
                                  const config_row *row)
{
    char *end = NULL;
    long number = 0;
    errno = 0;
    if (at->kind == HDX_YAML_SCALAR)
        number = strtol(at->text.ptr, &end, 10);
    if (!end || end == at->text.ptr || *end || errno || number < row->least ||
        number > row->most)
        return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line,
                           at->column, "%s is no number from %ld to %ld",
                           row->key, row->least, row->most);
    *(long *)(void *)((char *)r->out + row->offset) = number;
    return HELPDEX_OK;
}

static helpdex_status read_flag(const reader *r, const hdx_yaml *at,
                                const config_row *row)
{
    bool yes = hdx_str_eq(at->text, HDX_STR("true"));
    if (at->kind != HDX_YAML_SCALAR ||
        (!yes && !hdx_str_eq(at->text, HDX_STR("false"))))
        return fail(r, at, "neither true nor false; write one of them");
    *((bool *)r->out + row->offset) = yes;
    return HELPDEX_OK;
}

static helpdex_status read_text(const reader *r, const hdx_yaml *at,
                                const config_row *row)
{
    struct sockaddr_storage unused;
    socklen_t size;
    if (at->kind != HDX_YAML_SCALAR || at->text.len == 0 ||
        strlen(at->text.ptr) != at->text.len)
        return fail(r, at, "not a text; write one");
    if (row->kind == KIND_LISTEN &&
        !hdx_listen_read(at->text.ptr, &unused, &size))
        return fail(r, at,
                    "not an address and port; write 127.0.0.1:8080 or "
                    "[::1]:8080");
    *(const char **)(void *)((char *)r->out + row->offset) = at->text.ptr;
    return HELPDEX_OK;
}

/* A URL stays as it is. */
static helpdex_status read_path(const reader *r, const hdx_yaml *at,
                                const config_row *row)
{
    const char *slash = strrchr(r->path, '/');
    helpdex_status status = read_text(r, at, row);
    if (status || !slash || at->text.ptr[0] == '/' ||
        strstr(at->text.ptr, "://"))
        return status;
    const char *path =
        hdx_arena_format(&r->out->arena, "%.*s%s", (int)(slash + 1 - r->path),
                         r->path, at->text.ptr)
            .ptr;
    *(const char **)(void *)((char *)r->out + row->offset) = path;
    return path ? HELPDEX_OK : hdx_fail_nomem(r->err);
}

/* Makes room for a list of `size` each. NULL: it is none, or memory is out. */
static void *make_list(const reader *r, const hdx_yaml *at, size_t size,
                       helpdex_status *status)
{
    size_t count = 0;
    *status = HELPDEX_OK;
    if (at->kind != HDX_YAML_LIST) {
        *status = fail(r, at, "not a list; write [a, b]");
        return NULL;
    }
    for (const hdx_yaml *item = at->first; item; item = item->next)
        count++;
    void *list = hdx_arena_alloc(&r->out->arena, (count + 1) * size);
    if (!list)
        *status = hdx_fail_nomem(r->err);
    return list;
}

static bool is_origin(hdx_str text)
{
    size_t from = hdx_str_starts(text, HDX_STR("https://"))  ? 8
                  : hdx_str_starts(text, HDX_STR("http://")) ? 7
                                                             : 0;
    return hdx_str_eq(text, HDX_STR("*")) ||
           (from && text.len > from &&
            !memchr(text.ptr + from, '/', text.len - from));
}

static helpdex_status read_origins(const reader *r, const hdx_yaml *at)
{
    helpdex_status status;
    r->out->origins = make_list(r, at, sizeof *r->out->origins, &status);
    for (const hdx_yaml *item = at->first; item && !status; item = item->next) {
        if (item->kind != HDX_YAML_SCALAR || !is_origin(item->text))
            return fail(r, item,
                        "not an origin; write https://help.example.com, "
                        "without a path, or \"*\"");
        r->out->origins[r->out->origin_count++] = item->text.ptr;
    }
    return status;
}

static helpdex_status read_proxies(const reader *r, const hdx_yaml *at)
{
    helpdex_status status;
    r->out->proxies = make_list(r, at, sizeof *r->out->proxies, &status);
    for (const hdx_yaml *item = at->first; item && !status; item = item->next)
        if (item->kind != HDX_YAML_SCALAR ||
            !hdx_network_read(item->text,
                              &r->out->proxies[r->out->proxy_count++]))
            return fail(r, item,
                        "not a network; write 127.0.0.1 or 10.0.0.0/8");
    return status;
}

static helpdex_status read_value(const reader *r, const hdx_yaml *at,
                                 const config_row *row)
{
    switch (row->kind) {
    case KIND_NUMBER:
        return read_number(r, at, row);
    case KIND_FLAG:
        return read_flag(r, at, row);
    case KIND_ORIGINS:
        return read_origins(r, at);
    case KIND_PROXIES:
        return read_proxies(r, at);
    case KIND_PATH:
        return read_path(r, at, row);
    case KIND_OTHERS:
        r->out->hands_over = true;
        return HELPDEX_OK;
    default:
        return read_text(r, at, row);
    }
}

static helpdex_status refuse_key(const reader *r, const hdx_yaml *at,
                                 const char *key)
{
    const char *near = NULL;
    size_t least = EDITS;
    for (size_t i = 0; i < ROWS; i++) {
        size_t edits = hdx_str_distance(key, rows[i].key);
        near = edits < least ? rows[i].key : near;
        least = edits < least ? edits : least;
    }
    return near ? hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line,
                              at->column, "no such key: %s; did you mean %s?",
                              key, near)
                : hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line,
                              at->column,
                              "no such key: %s; see docs/serving.md", key);
}

/* Whether some key goes on behind `key` and a dot. */
static bool is_section(const char *key)
{
    size_t len = strlen(key);
    for (size_t i = 0; i < ROWS; i++)
        if (strncmp(rows[i].key, key, len) == 0 && rows[i].key[len] == '.')
            return true;
    return false;
}

static helpdex_status read_map(const reader *r, const hdx_yaml *map,
                               const char *prefix);

static helpdex_status read_key(const reader *r, const hdx_yaml *at,
                               const char *prefix)
{
    char key[KEY_LONGEST];
    snprintf(key, sizeof key, "%s%.*s", prefix, HDX_FMT(at->key));
    for (size_t i = 0; i < ROWS; i++)
        if (strcmp(rows[i].key, key) == 0)
            return read_value(r, at, &rows[i]);
    if (!is_section(key))
        return refuse_key(r, at, key);
    if (at->kind != HDX_YAML_MAP)
        return fail(r, at, "not a map; write its keys below it");
    snprintf(key, sizeof key, "%s%.*s.", prefix, HDX_FMT(at->key));
    return read_map(r, at, key);
}

/* At most three deep, as keys are: NOLINTNEXTLINE(misc-no-recursion) */
static helpdex_status read_map(const reader *r, const hdx_yaml *map,
                               const char *prefix)
{
    helpdex_status status = HELPDEX_OK;
    for (const hdx_yaml *at = map->first; at && !status; at = at->next)
        status = read_key(r, at, prefix);
    return status;
}

static helpdex_status read_file(const reader *r)
{
    hdx_arena *arena = &r->out->arena;
    hdx_yaml *root;
    hdx_str text;
    helpdex_status status =
        hdx_file_read(arena, r->path, CONFIG_LIMIT, &text, r->err);
    if (!status)
        status = hdx_yaml_parse(arena, text, r->path, 1, &root, r->err);
    if (status || !root)
        return status;
    if (root->kind != HDX_YAML_MAP)
        return fail(r, root, "not a map of keys; write key: value");
    return read_map(r, root, "");
}

static void set_defaults(hdx_config *out)
{
    out->listen = "127.0.0.1:8080";
    out->limits = (hdx_limits){.connections = 4096,
                               .queue_ms = 100,
                               .header_bytes = 16384,
                               .body_bytes = 65536,
                               .header_seconds = 10,
                               .body_seconds = 10,
                               .write_seconds = 30,
                               .idle_seconds = 60,
                               .client = {.burst = 40},
                               .key = {.burst = 400}};
    out->log_requests = true;
    out->cache_megabytes = 32;
    out->cache_seconds = 60;
}

helpdex_status hdx_config_read(const char *path, hdx_config **out,
                               helpdex_error *err)
{
    hdx_config *config = calloc(1, sizeof *config);
    helpdex_status status = HELPDEX_OK;
    *out = NULL;
    if (!config)
        return hdx_fail_nomem(err);
    set_defaults(config);
    atomic_init(&config->users, 1);
    if (path)
        status = read_file(&(reader){path, config, err});
    if (status)
        hdx_config_drop(config);
    else
        *out = config;
    return status;
}

void hdx_config_use(hdx_config *config)
{
    atomic_fetch_add(&config->users, 1);
}

void hdx_config_drop(hdx_config *config)
{
    if (!config || atomic_fetch_sub(&config->users, 1) != 1)
        return;
    hdx_arena_free(&config->arena);
    free(config);
}

const char *hdx_config_key(size_t at)
{
    return at < ROWS ? rows[at].key : NULL;
}
