/*
 * How a packet becomes the calls of a help desk. An adapter is a pure walk: it
 * says the next call, and is told the answer, until nothing is left. What the
 * other side gave names to (a contact, a conversation) it keeps in `progress`,
 * which the outbox remembers, so that several calls happen once together.
 */
#ifndef HDX_ADAPTER_H
#define HDX_ADAPTER_H

#include <cjson/cJSON.h>

#include "base/json.h"
#include "handoff/config.h"
#include "handoff/http.h"

typedef struct hdx_delivery {
    hdx_arena *arena; /* of one attempt */
    const hdx_peer *target;
    const cJSON *packet;
    hdx_str body;    /* its JSON as it was put; terminated */
    const char *id;  /* of the packet */
    int64_t now;     /* seconds since 1970 */
    bool again;      /* an earlier attempt may have got further than we know */
    unsigned looked; /* bits of what this attempt has asked for in vain */
    cJSON *progress;
} hdx_delivery;

typedef struct hdx_adapter {
    /* The next call; `out->url` NULL: nothing is left. */
    helpdex_status (*next)(hdx_delivery *d, hdx_http_request *out,
                           helpdex_error *err);
    /* Notes the answer to that call, whose status was good. False: it is not
       what was to be expected. `answer` is NULL when it is no JSON. */
    bool (*note)(hdx_delivery *d, const cJSON *answer);
} hdx_adapter;

extern const hdx_adapter hdx_adapter_generic;
extern const hdx_adapter hdx_adapter_zendesk;
extern const hdx_adapter hdx_adapter_chatwoot;

const hdx_adapter *hdx_adapter_of(hdx_peer_kind kind);

/* Whether it is 1 to 128 letters, digits, '.', '_' and '-': keys and ids stand
   in headers and addresses. */
bool hdx_is_key(const char *text);

/* The text of a member such as "queue" or "slots.txid"; NULL: there is none. */
const char *hdx_packet_text(const cJSON *packet, const char *path);

/* A fact of the context by a name of the configuration; NULL: none. */
const char *hdx_packet_fact(const cJSON *packet, const char *name);

/* A packet as an agent reads it, in plain text of 60,000 bytes at most. The
   first line is hdx_note_title(). */
helpdex_status hdx_note_text(hdx_arena *arena, const cJSON *packet,
                             hdx_str *out, helpdex_error *err);
hdx_str hdx_note_title(hdx_arena *arena, const char *id);

/* A body that was written, which is freed; in the arena, terminated. */
helpdex_status hdx_body_of(hdx_arena *arena, hdx_buf *body, hdx_str *out,
                           helpdex_error *err);

/* A member that is left out when it is NULL. */
void hdx_body_text(hdx_json *json, const char *key, const char *value);

/* In a progress, by name. */
bool hdx_progress_set(cJSON *progress, const char *name, double number);
int64_t hdx_progress_number(const cJSON *progress, const char *name);

#endif
