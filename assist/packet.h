/*
 * The handoff packet: all that a person needs who takes a conversation over,
 * as JSON of docs/schemas/handoff.json. It is written here and delivered by
 * handoff/, which reads nothing but that JSON.
 *
 * The caller has redacted what customers wrote (helpdex_redact). Facts and
 * slots go as they are: an agent looks the customer up by them.
 */
#ifndef HDX_PACKET_H
#define HDX_PACKET_H

#include "base/arena.h"
#include "base/error.h"
#include "store/paths.h"

typedef enum hdx_packet_role {
    HDX_PACKET_CUSTOMER,
    HDX_PACKET_ASSISTANT
} hdx_packet_role;

/* Texts may be NULL where it says so: they are left out. */
typedef struct hdx_packet_article {
    const char *id;
    const char *section; /* NULL: the whole article */
    const char *locale;
    const char *title;
    const char *url; /* NULL: none is known */
} hdx_packet_article;

typedef struct hdx_packet_option {
    const char *label; /* as the customer read it */
    const char *value; /* NULL: it led to an article */
} hdx_packet_option;

typedef struct hdx_packet_answer {
    const char *question;
    const char *answer;
} hdx_packet_answer;

typedef struct hdx_packet_flow {
    const char *name;
    const char *status; /* done, pending or failed */
} hdx_packet_flow;

typedef struct hdx_packet_turn {
    hdx_packet_role role;
    const char *text;
    int64_t at; /* seconds since 1970 */
} hdx_packet_turn;

typedef struct hdx_packet_pair {
    const char *name; /* once in a list */
    const char *value;
} hdx_packet_pair;

typedef struct hdx_packet {
    const char *id;       /* the same whenever the same handoff is written */
    int64_t created;      /* seconds since 1970 */
    const char *category; /* NULL: unknown */
    hdx_urgency urgency;
    const char *queue;
    const char *locale; /* of the customer */
    const char *const *agent_languages;
    size_t agent_language_count;
    const char *summary; /* NULL: none */
    const char *const *reasons;
    size_t reason_count;
    const hdx_packet_article *articles; /* given as answers */
    size_t article_count;
    const hdx_packet_option *options; /* offered */
    size_t option_count;
    const hdx_packet_answer *answers; /* to what was asked */
    size_t answer_count;
    const hdx_packet_flow *flows;
    size_t flow_count;
    const hdx_packet_turn *transcript;
    size_t turn_count;
    const hdx_packet_pair *slots;
    size_t slot_count;
    const hdx_packet_pair *context; /* facts that the caller gave */
    size_t context_count;
    const hdx_packet_article *suggested; /* for the agent; NULL: none */
    const char *session;                 /* NULL: none */
} hdx_packet;

/* All texts are valid UTF-8. `*json` lives in `arena`, terminated. */
helpdex_status hdx_packet_json(hdx_arena *arena, const hdx_packet *packet,
                               hdx_str *json, helpdex_error *err);

#endif
