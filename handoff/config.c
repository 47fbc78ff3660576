/*
 * Reading the sections `handoff` and `flows`. Other sections belong to others
 * and are stepped over.
 */
#include "handoff/config.h"

#include <stdlib.h>

#include "base/file.h"
#include "handoff/peer.h"

enum { CONFIG_LIMIT = 1 << 20, GIVE_UP_DAYS = 3, DAYS_MOST = 30 };

typedef struct reader {
    hdx_value_reader values;
    helpdex_handoff_config *out;
} reader;

static helpdex_status read_peers(const reader *r, const hdx_yaml *at, bool flow,
                                 hdx_peers *out)
{
    size_t count = 0;
    helpdex_status status = HELPDEX_OK;
    if (at->kind != HDX_YAML_MAP)
        return hdx_value_fail(
            &r->values, at,
            flow ? "flows is a map; write the name of one, and below "
                   "it its url and secret_env"
                 : "targets is a map; write the name of one, and "
                   "below it its adapter, url and secret_env");
    for (const hdx_yaml *peer = at->first; peer; peer = peer->next)
        count++;
    out->items = hdx_arena_alloc(r->values.arena, count * sizeof *out->items);
    if (!out->items)
        return hdx_fail_nomem(r->values.err);
    for (const hdx_yaml *peer = at->first; peer && !status; peer = peer->next)
        status =
            hdx_peer_read(&r->values, peer, flow, &out->items[out->count++]);
    return status;
}

const hdx_peer *hdx_peer_find(const hdx_peers *peers, const char *name)
{
    for (size_t i = 0; i < peers->count; i++)
        if (strcmp(peers->items[i].name, name) == 0)
            return &peers->items[i];
    return NULL;
}

/* A path that is not absolute is told from the folder of the configuration,
   wherever the program is started. */
static helpdex_status read_outbox(const reader *r, const hdx_yaml *at)
{
    helpdex_handoff_config *out = r->out;
    const char *slash = strrchr(r->values.path, '/');
    if (at->kind != HDX_YAML_SCALAR || at->text.len == 0)
        return hdx_value_fail(&r->values, at,
                              "outbox is the path of a file; write outbox.db");
    bool alone = at->text.ptr[0] == '/' || !slash;
    out->outbox =
        hdx_arena_format(r->values.arena, "%.*s%s",
                         alone ? 0 : (int)(slash + 1 - r->values.path),
                         r->values.path, at->text.ptr)
            .ptr;
    return out->outbox ? HELPDEX_OK : hdx_fail_nomem(r->values.err);
}

static helpdex_status read_days(const reader *r, const hdx_yaml *at)
{
    return hdx_value_number(&r->values, at, DAYS_MOST, &r->out->give_up_days);
}

static helpdex_status read_targets(const reader *r, const hdx_yaml *at)
{
    return read_peers(r, at, false, &r->out->targets);
}

static const struct section_key {
    const char *name;
    helpdex_status (*read)(const reader *r, const hdx_yaml *at);
} section_keys[] = {{"outbox", read_outbox},
                    {"give_up_days", read_days},
                    {"targets", read_targets}};
enum { SECTION_KEYS = sizeof section_keys / sizeof *section_keys };

const char *hdx_handoff_key(size_t at)
{
    return at < SECTION_KEYS ? section_keys[at].name : NULL;
}

static helpdex_status read_section_key(const reader *r, const hdx_yaml *at)
{
    for (size_t i = 0; i < SECTION_KEYS; i++)
        if (hdx_str_eq(at->key, hdx_str_of(section_keys[i].name)))
            return section_keys[i].read(r, at);
    return hdx_value_unknown(&r->values, at, "handoff", hdx_handoff_key);
}

static helpdex_status read_handoff(const reader *r, const hdx_yaml *at)
{
    helpdex_status status = HELPDEX_OK;
    if (at->kind != HDX_YAML_MAP)
        return hdx_value_fail(
            &r->values, at, "handoff is a map; write outbox and targets below");
    for (const hdx_yaml *key = at->first; key && !status; key = key->next)
        status = read_section_key(r, key);
    if (!status && !r->out->outbox)
        return hdx_value_fail(&r->values, at,
                              "handoff has no outbox; add outbox: outbox.db");
    if (!status && r->out->targets.count == 0)
        return hdx_value_fail(&r->values, at,
                              "handoff has no targets; add one");
    return status;
}

static helpdex_status read_root(const reader *r, const hdx_yaml *root)
{
    helpdex_status status = HELPDEX_OK;
    if (root && root->kind != HDX_YAML_MAP)
        return hdx_value_fail(&r->values, root, "not a map; write key: value");
    const hdx_yaml *handoff = hdx_yaml_get(root, "handoff");
    const hdx_yaml *flows = hdx_yaml_get(root, "flows");
    if (handoff)
        status = read_handoff(r, handoff);
    if (flows && !status)
        status = read_peers(r, flows, true, &r->out->flows);
    return status;
}

helpdex_status helpdex_handoff_config_read(const char *path,
                                           helpdex_handoff_config **out,
                                           helpdex_error *err)
{
    hdx_str text;
    hdx_yaml *root;
    *out = NULL;
    helpdex_handoff_config *made = calloc(1, sizeof *made);
    if (!made)
        return hdx_fail_nomem(err);
    made->give_up_days = GIVE_UP_DAYS;
    const reader r = {.values = {&made->arena, path, err}, .out = made};
    helpdex_status status =
        hdx_file_read(&made->arena, path, CONFIG_LIMIT, &text, err);
    if (!status)
        status = hdx_yaml_parse(&made->arena, text, path, 1, &root, err);
    if (!status)
        status = read_root(&r, root);
    if (status) {
        helpdex_handoff_config_free(made);
        return status;
    }
    *out = made;
    return HELPDEX_OK;
}

void helpdex_handoff_config_free(helpdex_handoff_config *config)
{
    if (!config)
        return;
    hdx_arena_free(&config->arena);
    free(config);
}
