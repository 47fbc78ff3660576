/*
 * Reading a target or a flow. One table says which key is whose, what it takes
 * and where that goes.
 */
#include "handoff/peer.h"

#include <stdlib.h>

#include "handoff/http.h"

enum {
    SECRET_LEAST = 16, /* bytes of what signs */
    SECONDS_MOST = 60,
    TARGET_SECONDS = 10,
    FLOW_SECONDS = 5 /* a customer waits */
};
static const int64_t NUMBER_MOST = 999999999999999;

enum {
    GENERIC = 1 << HDX_PEER_GENERIC,
    ZENDESK = 1 << HDX_PEER_ZENDESK,
    CHATWOOT = 1 << HDX_PEER_CHATWOOT,
    FLOW = 1 << HDX_PEER_FLOW,
    DESKS = ZENDESK | CHATWOOT,
    TARGETS = GENERIC | DESKS,
    ALL = TARGETS | FLOW
};

static const char *const adapters[] = {[HDX_PEER_GENERIC] = "generic",
                                       [HDX_PEER_ZENDESK] = "zendesk",
                                       [HDX_PEER_CHATWOOT] = "chatwoot"};
enum { ADAPTERS = sizeof adapters / sizeof *adapters };

const char *hdx_adapter_name(size_t at)
{
    return at < ADAPTERS ? adapters[at] : NULL;
}

static helpdex_status read_text(const hdx_value_reader *r, const hdx_yaml *at,
                                hdx_peer *out, void *field)
{
    (void)out;
    return hdx_value_text(r, at, field);
}

static helpdex_status read_number(const hdx_value_reader *r, const hdx_yaml *at,
                                  hdx_peer *out, void *field)
{
    (void)out;
    return hdx_value_number(r, at, NUMBER_MOST, field);
}

static helpdex_status read_seconds(const hdx_value_reader *r,
                                   const hdx_yaml *at, hdx_peer *out,
                                   void *field)
{
    (void)out;
    return hdx_value_number(r, at, SECONDS_MOST, field);
}

static helpdex_status read_adapter(const hdx_value_reader *r,
                                   const hdx_yaml *at, hdx_peer *out,
                                   void *field)
{
    (void)r, (void)at, (void)out, (void)field; /* read before all others */
    return HELPDEX_OK;
}

static helpdex_status read_url(const hdx_value_reader *r, const hdx_yaml *at,
                               hdx_peer *out, void *field)
{
    const char **url = field;
    helpdex_status status = hdx_value_text(r, at, url);
    const char *wrong = status ? NULL : hdx_http_refuses(at->text.ptr);
    if (wrong)
        return hdx_value_fail(r, at, wrong);
    /* Paths are added to the address of a desk, and to no other. */
    hdx_str text = at->text;
    while (!status && 1u << out->kind & DESKS && text.len &&
           text.ptr[text.len - 1] == '/')
        text.len--;
    *url = status ? NULL : hdx_arena_copy(r->arena, text).ptr;
    return status || *url ? status : hdx_fail_nomem(r->err);
}

/* A secret that could break out of a header line is a mistake in copying. */
static bool is_printable(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || (unsigned char)*text == 0x7F)
            return false;
    return true;
}

static helpdex_status read_secret(const hdx_value_reader *r, const hdx_yaml *at,
                                  hdx_peer *out, void *field)
{
    const char *name = NULL;
    helpdex_status status = hdx_value_text(r, at, &name);
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

static helpdex_status read_fields(const hdx_value_reader *r, const hdx_yaml *at,
                                  hdx_peer *out, void *field)
{
    (void)field;
    size_t count = 0;
    if (at->kind != HDX_YAML_MAP)
        return hdx_value_fail(
            r, at,
            "fields is a map; write \"36000123\": queue, the number "
            "of a field and what it shows");
    for (const hdx_yaml *f = at->first; f; f = f->next)
        count++;
    hdx_peer_field *fields = hdx_arena_alloc(r->arena, count * sizeof *fields);
    if (!fields)
        return hdx_fail_nomem(r->err);
    for (const hdx_yaml *f = at->first; f; f = f->next) {
        if (!hdx_value_digits(f->key, &fields[out->field_count].id))
            return hdx_value_fail(r, f,
                                  "no number of a field; write the one of the "
                                  "field's page");
        if (f->kind != HDX_YAML_SCALAR || f->text.len == 0)
            return hdx_value_fail(
                r, f,
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
    helpdex_status (*read)(const hdx_value_reader *r, const hdx_yaml *at,
                           hdx_peer *out, void *field);
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

static helpdex_status read_peer_key(const hdx_value_reader *r,
                                    const hdx_yaml *at, hdx_peer *out)
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
    return hdx_value_unknown(r, at, kinds[out->kind].what,
                             kinds[out->kind].name);
}

static helpdex_status find_missing(const hdx_value_reader *r,
                                   const hdx_yaml *at, const hdx_peer *peer)
{
    for (size_t i = 0; i < KEYS; i++)
        if (keys[i].needed & 1u << peer->kind &&
            !hdx_yaml_get(at, keys[i].name))
            return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line,
                               at->column, "%s has no %s; add it", peer->name,
                               keys[i].name);
    if (peer->customer_email && peer->kind == HDX_PEER_ZENDESK &&
        !peer->submitter)
        return hdx_value_fail(
            r, at,
            "customer_email without submitter: the note would stand "
            "in the customer's name; add the number of an agent");
    return HELPDEX_OK;
}

static helpdex_status find_adapter(const hdx_value_reader *r,
                                   const hdx_yaml *at, hdx_peer *out)
{
    const hdx_yaml *named = hdx_yaml_get(at, "adapter");
    for (size_t i = 0; named && named->kind == HDX_YAML_SCALAR && i < ADAPTERS;
         i++)
        if (hdx_str_eq(named->text, hdx_str_of(adapters[i]))) {
            out->kind = (hdx_peer_kind)i;
            return HELPDEX_OK;
        }
    return hdx_value_fail(
        r, named ? named : at,
        "no adapter that Helpdex has; write adapter: generic, zendesk "
        "or chatwoot");
}

helpdex_status hdx_peer_read(const hdx_value_reader *r, const hdx_yaml *at,
                             bool flow, hdx_peer *out)
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
