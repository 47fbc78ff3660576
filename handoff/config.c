/*
 * Reading the sections `handoff` and `flows`. One table says which key is whose,
 * what it takes and where that goes. Other sections belong to others and are
 * stepped over.
 */
#include "handoff/config.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/yaml.h"
#include "handoff/http.h"

enum {
    CONFIG_LIMIT = 1 << 20,
    SECRET_LEAST = 16, /* bytes of what signs */
    GIVE_UP_DAYS = 3,
    TARGET_SECONDS = 10,
    FLOW_SECONDS = 5 /* a customer waits */
};

enum {
    GENERIC = 1 << HDX_PEER_GENERIC,
    ZENDESK = 1 << HDX_PEER_ZENDESK,
    CHATWOOT = 1 << HDX_PEER_CHATWOOT,
    FLOW = 1 << HDX_PEER_FLOW,
    DESKS = ZENDESK | CHATWOOT,
    TARGETS = GENERIC | DESKS,
    ALL = TARGETS | FLOW
};

typedef struct reader {
    hdx_arena *arena;
    const char *path;
    helpdex_error *err;
    helpdex_handoff_config *out;
} reader;

static const char *const adapters[] = {[HDX_PEER_GENERIC] = "generic",
                                       [HDX_PEER_ZENDESK] = "zendesk",
                                       [HDX_PEER_CHATWOOT] = "chatwoot"};
enum { ADAPTERS = sizeof adapters / sizeof *adapters };

static helpdex_status fail(const reader *r, const hdx_yaml *at,
                           const char *what)
{
    return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line, at->column,
                       "%s", what);
}

static bool is_text(const hdx_yaml *at)
{
    return at->kind == HDX_YAML_SCALAR && at->text.len > 0;
}

static helpdex_status read_text(const reader *r, const hdx_yaml *at,
                                hdx_peer *out, void *field)
{
    (void)out;
    if (!is_text(at))
        return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line,
                           at->column, "%.*s is one text; write %.*s: \"...\"",
                           HDX_FMT(at->key), HDX_FMT(at->key));
    *(const char **)field = at->text.ptr;
    return HELPDEX_OK;
}

static helpdex_status read_adapter(const reader *r, const hdx_yaml *at,
                                   hdx_peer *out, void *field)
{
    (void)r, (void)at, (void)out, (void)field; /* read before all others */
    return HELPDEX_OK;
}

static helpdex_status read_url(const reader *r, const hdx_yaml *at,
                               hdx_peer *out, void *field)
{
    helpdex_status status = read_text(r, at, out, field);
    const char *wrong = status ? NULL : hdx_http_refuses(at->text.ptr);
    if (wrong)
        return fail(r, at, wrong);
    /* Paths are added to the address of a desk, and to no other. */
    hdx_str text = at->text;
    while (!status && 1u << out->kind & DESKS && text.len &&
           text.ptr[text.len - 1] == '/')
        text.len--;
    out->url = status ? NULL : hdx_arena_copy(r->arena, text).ptr;
    return status || out->url ? status : hdx_fail_nomem(r->err);
}

/* A secret that could break out of a header line is a mistake in copying. */
static bool is_printable(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || (unsigned char)*text == 0x7F)
            return false;
    return true;
}

static helpdex_status read_secret(const reader *r, const hdx_yaml *at,
                                  hdx_peer *out, void *field)
{
    const char *name = NULL;
    helpdex_status status = read_text(r, at, out, &name);
    if (status)
        return status;
    const char *value = getenv(name);
    bool signs = out->kind == HDX_PEER_GENERIC || out->kind == HDX_PEER_FLOW;
    if (!value || !*value)
        return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line,
                           at->column,
                           "the environment has no %s; set it to the secret "
                           "before you start Helpdex",
                           name);
    if (!is_printable(value))
        return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line,
                           at->column,
                           "the secret in %s has a line break or another "
                           "control character; copy it again",
                           name);
    if (signs && strlen(value) < SECRET_LEAST)
        return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line,
                           at->column,
                           "the secret in %s is shorter than %d bytes; make "
                           "one with: openssl rand -hex 32",
                           name, SECRET_LEAST);
    hdx_str copy = hdx_arena_copy(r->arena, hdx_str_of(value));
    *(const char **)field = copy.ptr;
    return copy.ptr ? HELPDEX_OK : hdx_fail_nomem(r->err);
}

static bool number_of(hdx_str text, int64_t *out)
{
    *out = 0;
    if (text.len == 0 || text.len > 15) /* a double of JSON holds them */
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        *out = *out * 10 + (text.ptr[i] - '0');
    }
    return *out > 0;
}

static helpdex_status read_number(const reader *r, const hdx_yaml *at,
                                  hdx_peer *out, void *field)
{
    (void)out;
    if (at->kind != HDX_YAML_SCALAR || !number_of(at->text, field))
        return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line,
                           at->column, "%.*s is a number from 1; write one",
                           HDX_FMT(at->key));
    return HELPDEX_OK;
}

static helpdex_status read_seconds(const reader *r, const hdx_yaml *at,
                                   hdx_peer *out, void *field)
{
    int64_t *seconds = field;
    helpdex_status status = read_number(r, at, out, field);
    if (!status && *seconds > 60)
        return fail(r, at, "more than 60 seconds; write less");
    return status;
}

static helpdex_status read_fields(const reader *r, const hdx_yaml *at,
                                  hdx_peer *out, void *field)
{
    (void)field;
    size_t count = 0;
    if (at->kind != HDX_YAML_MAP)
        return fail(r, at,
                    "fields is a map; write \"36000123\": queue, the number "
                    "of a field and what it shows");
    for (const hdx_yaml *f = at->first; f; f = f->next)
        count++;
    hdx_peer_field *fields = hdx_arena_alloc(r->arena, count * sizeof *fields);
    if (!fields)
        return hdx_fail_nomem(r->err);
    for (const hdx_yaml *f = at->first; f; f = f->next) {
        if (!number_of(f->key, &fields[out->field_count].id))
            return fail(r, f,
                        "no number of a field; write the one of the "
                        "field's page");
        if (!is_text(f))
            return fail(r, f,
                        "a field shows one member of the packet; write "
                        "queue, or slots.NAME");
        fields[out->field_count++].member = f->text.ptr;
    }
    out->fields = fields;
    return HELPDEX_OK;
}

#define AT(member) offsetof(hdx_peer, member)
static const struct key {
    const char *name;
    helpdex_status (*read)(const reader *r, const hdx_yaml *at, hdx_peer *out,
                           void *field);
    size_t field;
    unsigned of;     /* who may have it */
    unsigned needed; /* who must */
} keys[] = {
    {"adapter", read_adapter, AT(kind), TARGETS, TARGETS},
    {"url", read_url, AT(url), ALL, ALL},
    {"secret_env", read_secret, AT(secret), ALL, ALL},
    {"timeout", read_seconds, AT(timeout), ALL, 0},
    {"user", read_text, AT(user), ZENDESK, ZENDESK},
    {"account", read_number, AT(account), CHATWOOT, CHATWOOT},
    {"inbox", read_number, AT(inbox), CHATWOOT, CHATWOOT},
    {"customer_id", read_text, AT(customer_id), CHATWOOT, 0},
    {"customer_name", read_text, AT(customer_name), DESKS, 0},
    {"customer_email", read_text, AT(customer_email), DESKS, 0},
    {"submitter", read_number, AT(submitter), ZENDESK, 0},
    {"fields", read_fields, AT(fields), ZENDESK, 0},
};
enum { KEYS = sizeof keys / sizeof *keys };

/* The name of a table that is nearest to an unknown one. */
static helpdex_status unknown(const reader *r, const hdx_yaml *at,
                              const char *what, const char *(*name)(size_t at))
{
    const char *nearest = name(0);
    size_t least = SIZE_MAX;
    for (size_t i = 0; name(i); i++) {
        size_t edits = hdx_str_distance(at->key.ptr, name(i));
        if (edits < least) {
            least = edits;
            nearest = name(i);
        }
    }
    return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line, at->column,
                       "unknown key \"%.*s\" of %s; did you mean %s?",
                       HDX_FMT(at->key), what, nearest);
}

const char *hdx_peer_key(hdx_peer_kind kind, size_t at)
{
    for (size_t i = 0; i < KEYS; i++)
        if (keys[i].of & 1u << kind && at-- == 0)
            return keys[i].name;
    return NULL;
}

static const char *generic_key(size_t at)
{
    return hdx_peer_key(HDX_PEER_GENERIC, at);
}

static const char *zendesk_key(size_t at)
{
    return hdx_peer_key(HDX_PEER_ZENDESK, at);
}

static const char *chatwoot_key(size_t at)
{
    return hdx_peer_key(HDX_PEER_CHATWOOT, at);
}

static const char *flow_key(size_t at)
{
    return hdx_peer_key(HDX_PEER_FLOW, at);
}

static helpdex_status read_peer_key(const reader *r, const hdx_yaml *at,
                                    hdx_peer *out)
{
    static const struct {
        const char *what;
        const char *(*name)(size_t at);
    } kinds[HDX_PEER_KINDS] = {
        [HDX_PEER_GENERIC] = {"a target of adapter generic", generic_key},
        [HDX_PEER_ZENDESK] = {"a target of adapter zendesk", zendesk_key},
        [HDX_PEER_CHATWOOT] = {"a target of adapter chatwoot", chatwoot_key},
        [HDX_PEER_FLOW] = {"a flow", flow_key}};
    for (size_t i = 0; i < KEYS; i++)
        if (keys[i].of & 1u << out->kind &&
            hdx_str_eq(at->key, hdx_str_of(keys[i].name)))
            return keys[i].read(r, at, out, (char *)out + keys[i].field);
    return unknown(r, at, kinds[out->kind].what, kinds[out->kind].name);
}

static helpdex_status find_missing(const reader *r, const hdx_yaml *at,
                                   const hdx_peer *peer)
{
    for (size_t i = 0; i < KEYS; i++)
        if (keys[i].needed & 1u << peer->kind &&
            !hdx_yaml_get(at, keys[i].name))
            return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line,
                               at->column, "%s has no %s; add it", peer->name,
                               keys[i].name);
    if (peer->customer_email && peer->kind == HDX_PEER_ZENDESK &&
        !peer->submitter)
        return fail(r, at,
                    "customer_email without submitter: the note would stand "
                    "in the customer's name; add the number of an agent");
    return HELPDEX_OK;
}

static helpdex_status find_adapter(const reader *r, const hdx_yaml *at,
                                   hdx_peer *out)
{
    const hdx_yaml *named = hdx_yaml_get(at, "adapter");
    for (size_t i = 0; named && named->kind == HDX_YAML_SCALAR && i < ADAPTERS;
         i++)
        if (hdx_str_eq(named->text, hdx_str_of(adapters[i]))) {
            out->kind = (hdx_peer_kind)i;
            return HELPDEX_OK;
        }
    return fail(r, named ? named : at,
                "no adapter that Helpdex has; write adapter: generic, zendesk "
                "or chatwoot");
}

static helpdex_status read_peer(const reader *r, const hdx_yaml *at, bool flow,
                                hdx_peer *out)
{
    *out = (hdx_peer){.name = at->key.ptr,
                      .kind = HDX_PEER_FLOW,
                      .timeout = flow ? FLOW_SECONDS : TARGET_SECONDS};
    if (at->kind != HDX_YAML_MAP)
        return hdx_fail_at(
            r->err, HELPDEX_BAD_INPUT, r->path, at->line, at->column,
            "%s is a map; write its url and secret_env below it", out->name);
    helpdex_status status = flow ? HELPDEX_OK : find_adapter(r, at, out);
    for (const hdx_yaml *key = at->first; key && !status; key = key->next)
        status = read_peer_key(r, key, out);
    return status ? status : find_missing(r, at, out);
}

static helpdex_status read_peers(const reader *r, const hdx_yaml *at, bool flow,
                                 hdx_peers *out)
{
    size_t count = 0;
    helpdex_status status = HELPDEX_OK;
    if (at->kind != HDX_YAML_MAP)
        return fail(r, at,
                    flow ? "flows is a map; write the name of one, and below "
                           "it its url and secret_env"
                         : "targets is a map; write the name of one, and "
                           "below it its adapter, url and secret_env");
    for (const hdx_yaml *peer = at->first; peer; peer = peer->next)
        count++;
    out->items = hdx_arena_alloc(r->arena, count * sizeof *out->items);
    if (!out->items)
        return hdx_fail_nomem(r->err);
    for (const hdx_yaml *peer = at->first; peer && !status; peer = peer->next)
        status = read_peer(r, peer, flow, &out->items[out->count++]);
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
    const char *slash = strrchr(r->path, '/');
    if (!is_text(at))
        return fail(r, at, "outbox is the path of a file; write outbox.db");
    bool alone = at->text.ptr[0] == '/' || !slash;
    out->outbox = hdx_arena_format(r->arena, "%.*s%s",
                                   alone ? 0 : (int)(slash + 1 - r->path),
                                   r->path, at->text.ptr)
                      .ptr;
    return out->outbox ? HELPDEX_OK : hdx_fail_nomem(r->err);
}

static helpdex_status read_days(const reader *r, const hdx_yaml *at)
{
    helpdex_status status = read_number(r, at, NULL, &r->out->give_up_days);
    if (!status && r->out->give_up_days > 30)
        return fail(r, at, "more than 30 days; write less");
    return status;
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

const char *hdx_adapter_name(size_t at)
{
    return at < ADAPTERS ? adapters[at] : NULL;
}

static helpdex_status read_section_key(const reader *r, const hdx_yaml *at)
{
    for (size_t i = 0; i < SECTION_KEYS; i++)
        if (hdx_str_eq(at->key, hdx_str_of(section_keys[i].name)))
            return section_keys[i].read(r, at);
    return unknown(r, at, "handoff", hdx_handoff_key);
}

static helpdex_status read_handoff(const reader *r, const hdx_yaml *at)
{
    helpdex_status status = HELPDEX_OK;
    if (at->kind != HDX_YAML_MAP)
        return fail(r, at, "handoff is a map; write outbox and targets below");
    for (const hdx_yaml *key = at->first; key && !status; key = key->next)
        status = read_section_key(r, key);
    if (!status && !r->out->outbox)
        return fail(r, at, "handoff has no outbox; add outbox: outbox.db");
    if (!status && r->out->targets.count == 0)
        return fail(r, at, "handoff has no targets; add one");
    return status;
}

static helpdex_status read_root(const reader *r, const hdx_yaml *root)
{
    helpdex_status status = HELPDEX_OK;
    if (root && root->kind != HDX_YAML_MAP)
        return fail(r, root, "not a map; write key: value");
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
    reader r = {.arena = &made->arena, .path = path, .err = err, .out = made};
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
