/* Headers of answers: what may be kept, by whom it may be read. The body is not copied; the exchange outlives its response. */
#include "server/send.h"

#include <stdio.h>

static void add(struct MHD_Response *response, const char *name,
                const char *value)
{
    /* Out of memory: the answer goes without it. */
    MHD_add_response_header(response, name, value);
}

const char *hdx_origin_admitted(const hdx_config *config, const char *origin)
{
    for (size_t i = 0; i < config->origin_count; i++)
        if (strcmp(config->origins[i], "*") == 0 ||
            strcmp(config->origins[i], origin) == 0)
            return config->origins[i];
    return NULL;
}

/* Who may read the answer in a browser. */
static void add_cors(const hdx_exchange *x, struct MHD_Response *response)
{
    const char *origin = hdx_header(x, "Origin");
    const char *entry = origin ? hdx_origin_admitted(x->config, origin) : NULL;
    if (!entry)
        return;
    add(response, "Access-Control-Allow-Origin", entry);
    if (strcmp(x->method, "OPTIONS") != 0) {
        add(response, "Access-Control-Expose-Headers",
            "ETag, Retry-After, X-Request-Id");
        return;
    }
    add(response, "Access-Control-Allow-Methods", x->reply.allow);
    add(response, "Access-Control-Allow-Headers",
        "Authorization, Content-Type, If-None-Match, MCP-Protocol-Version, "
        "X-Request-Id");
    add(response, "Access-Control-Max-Age", "600");
}

static void add_caching(const hdx_exchange *x, struct MHD_Response *response)
{
    char text[64];
    bool kept = x->reply.cached && x->reply.status < 400;
    if (!kept) {
        add(response, "Cache-Control", "no-store");
        return;
    }
    snprintf(text, sizeof text, "%s, max-age=%ld",
             hdx_header(x, "Authorization") ? "private" : "public",
             x->config->cache_seconds);
    add(response, "Cache-Control", text);
    add(response, "ETag", x->etag);
}

static void add_headers(const hdx_exchange *x, struct MHD_Response *response)
{
    const hdx_reply *reply = &x->reply;
    char number[16];
    add(response, "X-Request-Id", x->id);
    if (reply->type) {
        add(response, "Content-Type", reply->type);
        add(response, "X-Content-Type-Options", "nosniff");
    }
    if (reply->policy)
        add(response, "Content-Security-Policy", reply->policy);
    add_caching(x, response);
    add(response, "Vary",
        x->config->origin_count ? "Accept-Encoding, Origin"
                                : "Accept-Encoding");
    if (reply->retry_after) {
        snprintf(number, sizeof number, "%u", reply->retry_after);
        add(response, "Retry-After", number);
    }
    if (reply->allow[0])
        add(response, "Allow", reply->allow);
    if (reply->status == 401)
        add(response, "WWW-Authenticate", "Bearer");
    add_cors(x, response);
    if (reply->close || x->worker->draining)
        add(response, "Connection", "close");
}

enum MHD_Result hdx_send(hdx_exchange *x)
{
    if (!x->reply.type)
        x->reply.body.len = 0;
    hdx_str bytes = hdx_buf_str(&x->reply.body);
    struct MHD_Response *response = MHD_create_response_from_buffer(
        bytes.len, (void *)(uintptr_t)bytes.ptr, MHD_RESPMEM_PERSISTENT);
    if (!response)
        return MHD_NO;
    add_headers(x, response);
    if (x->reply.packed)
        add(response, "Content-Encoding", "gzip");
    enum MHD_Result queued =
        MHD_queue_response(x->connection, x->reply.status, response);
    MHD_destroy_response(response);
    return queued;
}
