/*
 * How the server is run, as an operator's YAML says it. A configuration never
 * changes once it is read: another replaces it, and the last user frees it.
 */
#ifndef HDX_SERVER_CONFIG_H
#define HDX_SERVER_CONFIG_H

#include <stdatomic.h>

#include "base/arena.h"
#include "base/error.h"
#include "server/address.h"

/* How many requests a second, and how many at once after a pause. */
typedef struct hdx_rate {
    long rate; /* 0: as many as come */
    long burst;
} hdx_rate;

typedef struct hdx_limits {
    long connections;
    long queue_ms; /* that a request may have waited for its thread */
    long header_bytes;
    long body_bytes;
    long header_seconds; /* from the first byte to the last */
    long body_seconds;
    long write_seconds; /* for an answer to be fetched */
    long idle_seconds;  /* between two requests */
    hdx_rate client;
    hdx_rate key;
} hdx_limits;

typedef struct hdx_config {
    hdx_arena arena;
    const char *listen;
    const char *index;           /* NULL: not said */
    const char *journal;         /* path or URL; NULL: nothing is noted */
    const char *session_key_env; /* variable with the key that signs
                                    conversations; NULL: one is made */
    bool hands_over;             /* there are sections for helpdex/handoff.h */
    long threads;                /* 0: as many as there are processors */
    const char **origins;
    size_t origin_count;
    hdx_network *proxies; /* whose X-Forwarded-For is believed */
    size_t proxy_count;
    hdx_limits limits;
    bool log_requests;
    bool log_queries;     /* redacted */
    long cache_megabytes; /* of answers that the server keeps itself */
    long cache_seconds;   /* for how long others may keep an answer */
    atomic_uint users;
} hdx_config;

/*
 * Reads a file (NULL: all as it is without one); one use of it is the
 * caller's. Errors: NOT_FOUND, IO, BAD_INPUT (by line and column).
 */
helpdex_status hdx_config_read(const char *path, hdx_config **out,
                               helpdex_error *err);
void hdx_config_use(hdx_config *config);
void hdx_config_drop(hdx_config *config);

/* The keys of the file, as "limits.client.rate"; NULL behind the last. */
const char *hdx_config_key(size_t at);

#endif
