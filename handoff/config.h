/*
 * Who is written to: the sections `handoff` and `flows` of a configuration.
 * Every address in here was written by an operator; no call goes to another.
 */
#ifndef HDX_HANDOFF_CONFIG_H
#define HDX_HANDOFF_CONFIG_H

#include <helpdex/handoff.h>

#include "base/arena.h"
#include "base/error.h"

/* The last is no adapter: it is what the keys of a flow are said of. */
typedef enum hdx_peer_kind {
    HDX_PEER_GENERIC,
    HDX_PEER_ZENDESK,
    HDX_PEER_CHATWOOT,
    HDX_PEER_FLOW,
    HDX_PEER_KINDS
} hdx_peer_kind;

/* A field of a ticket, and the member of the packet that it shows. */
typedef struct hdx_peer_field {
    int64_t id;
    const char *member; /* such as "queue", "slots.txid", "context.plan" */
} hdx_peer_field;

/* A target or a flow. Texts that are not set are NULL, numbers 0. */
typedef struct hdx_peer {
    const char *name;
    hdx_peer_kind kind;
    const char *url; /* without a slash at its end */
    const char *secret;
    const char *user;
    int64_t account;
    int64_t inbox;
    int64_t submitter;
    int64_t timeout; /* seconds */
    /* names of facts of the packet's context */
    const char *customer_id;
    const char *customer_name;
    const char *customer_email;
    const hdx_peer_field *fields;
    size_t field_count;
} hdx_peer;

typedef struct hdx_peers {
    hdx_peer *items;
    size_t count;
} hdx_peers;

struct helpdex_handoff_config {
    hdx_arena arena;
    const char *outbox; /* path; NULL: no section `handoff` */
    int64_t give_up_days;
    hdx_peers targets;
    hdx_peers flows;
};

/* The peer of that name, or NULL. */
const hdx_peer *hdx_peer_find(const hdx_peers *peers, const char *name);

/* The names that the file may have, for the test of its schema; NULL behind
   the last. */
const char *hdx_handoff_key(size_t at);
const char *hdx_peer_key(hdx_peer_kind kind, size_t at);
const char *hdx_adapter_name(size_t at);

#endif
