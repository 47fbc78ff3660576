/*
 * What libmicrohttpd calls as requests come and go: an exchange is taken at the
 * first line of a request, answered at its last byte, and given back to be used
 * again when the answer is sent.
 */
#include "server/requests.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "server/log.h"
#include "server/send.h"
#include "server/state.h"

enum {
    SPARE_MOST = 256,           /* exchanges kept to be used again */
    SPARE_BYTES = 128 * 1024,   /* of a buffer that is kept with one */
    CONNECTIONS_MOST = 1000000, /* of the library: the door keeps the limit */
    BODY_TIMES = 4 /* over its limit, a body is not even read away */
};
static const uint64_t ns_per_second = 1000000000;

static void set_deadline(hdx_connection *c, long seconds)
{
    c->deadline = hdx_now_ns() + (uint64_t)seconds * ns_per_second;
}

static hdx_exchange *take_exchange(hdx_worker *worker)
{
    hdx_exchange *x = worker->spare;
    if (!x)
        return calloc(1, sizeof *x);
    worker->spare = x->next;
    worker->spare_count--;
    return x;
}

static void free_exchange(hdx_exchange *x)
{
    hdx_buf_free(&x->target);
    hdx_buf_free(&x->body);
    hdx_buf_free(&x->reply.body);
    hdx_buf_free(&x->packed);
    free(x);
}

static void trim(hdx_buf *buf)
{
    if (buf->capacity > SPARE_BYTES || buf->failed)
        hdx_buf_free(buf);
    buf->len = 0;
}

static void give_exchange(hdx_worker *worker, hdx_exchange *x)
{
    if (worker->spare_count >= SPARE_MOST) {
        free_exchange(x);
        return;
    }
    trim(&x->target);
    trim(&x->body);
    trim(&x->reply.body);
    trim(&x->packed);
    x->next = worker->spare;
    worker->spare = x;
    worker->spare_count++;
}

/* An id that the caller gave, if it is one, else one of our own: splitmix64. */
static void set_id(hdx_exchange *x)
{
    const char *given = hdx_header(x, "X-Request-Id");
    size_t len = given ? strlen(given) : 0;
    if (len && len <= HDX_REQUEST_ID &&
        strspn(given, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                      "0123456789-_.") == len) {
        memcpy(x->id, given, len + 1);
        return;
    }
    uint64_t z = x->worker->ids += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    snprintf(x->id, sizeof x->id, "%016" PRIx64, z ^ z >> 31);
}

const char *hdx_header(const hdx_exchange *x, const char *name)
{
    return MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, name);
}

/* The first line of a request is there; what this returns goes with it. */
static void *see_target(void *context, const char *target,
                        struct MHD_Connection *connection)
{
    hdx_worker *worker = context;
    hdx_exchange *x = take_exchange(worker);
    if (!x)
        return NULL;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    x->worker = worker;
    x->connection = connection;
    x->from = info->socket_context;
    x->seen = x->too_large = x->waits = x->answered = false;
    hdx_buf_add(&x->target, hdx_str_of(target));
    x->from->idle = false;
    set_deadline(x->from, worker->config->limits.header_seconds);
    return x;
}

/* A name without its bytes, which need be no text. */
static const char *method_of(const char *method)
{
    static const char *const known[] = {"GET", "HEAD",  "POST",   "OPTIONS",
                                        "PUT", "PATCH", "DELETE", NULL};
    for (size_t i = 0; known[i]; i++)
        if (strcmp(known[i], method) == 0)
            return known[i];
    return "other";
}

static unsigned row_of(const hdx_route *route)
{
    unsigned row = 0;
    while (hdx_routes[row] && hdx_routes[row] != route)
        row++;
    return hdx_routes[row] ? row + 1 : 0;
}

static enum MHD_Result finish(hdx_exchange *x)
{
    hdx_worker *worker = x->worker;
    uint64_t ns = hdx_now_ns() - x->started;
    hdx_count_answer(&worker->counters, row_of(x->route), x->reply.status, ns,
                     x->reply.body.len);
    hdx_log_request(x, ns);
    hdx_arena_reset(&worker->scratch);
    set_deadline(x->from, worker->config->limits.write_seconds);
    return hdx_send(x);
}

/* No deadline: the call of a flow has its own. */
static enum MHD_Result suspend(hdx_exchange *x)
{
    hdx_worker *worker = x->worker;
    x->from->deadline = UINT64_MAX;
    x->next = worker->waiting;
    worker->waiting = x;
    hdx_arena_reset(&worker->scratch);
    MHD_suspend_connection(x->connection);
    return MHD_YES;
}

void hdx_requests_resume(hdx_exchange *x)
{
    MHD_resume_connection(x->connection);
}

static enum MHD_Result answer(hdx_exchange *x)
{
    set_id(x);
    hdx_pipeline_run(x);
    return x->waits ? suspend(x) : finish(x);
}

/* Whether the length that was said is over the limit. */
static bool is_too_large(const hdx_exchange *x)
{
    const char *length = hdx_header(x, "Content-Length");
    errno = 0;
    return length &&
           (strtoll(length, NULL, 10) > x->worker->config->limits.body_bytes ||
            errno);
}

/* Called once for the headers, for each piece of the body, and at its end. An
   answer before the end would close the connection. */
static enum MHD_Result see_request(void *context,
                                   struct MHD_Connection *connection,
                                   const char *url, const char *method,
                                   const char *version, const char *piece,
                                   size_t *size, void **request)
{
    hdx_exchange *x = *request;
    (void)context;
    (void)connection;
    (void)url;
    (void)version;
    if (!x || x->target.failed)
        return MHD_NO;
    if (x->answered)
        return finish(x);
    if (x->waits)
        return MHD_NO; /* the server ends */
    if (!x->seen) {
        x->seen = true;
        x->method = method_of(method);
        x->too_large = is_too_large(x);
        if (x->too_large)
            return answer(x);
        set_deadline(x->from, x->worker->config->limits.body_seconds);
        return MHD_YES;
    }
    if (*size == 0)
        return answer(x);
    size_t most = (size_t)x->worker->config->limits.body_bytes;
    x->too_large |= x->body.len + *size > most;
    if (x->body.len + *size > most * BODY_TIMES)
        return MHD_NO;
    hdx_buf_add(&x->body, (hdx_str){piece, *size});
    *size = 0;
    return x->body.failed ? MHD_NO : MHD_YES;
}

static void see_end(void *context, struct MHD_Connection *connection,
                    void **request, enum MHD_RequestTerminationCode why)
{
    hdx_exchange *x = *request;
    (void)context;
    (void)connection;
    (void)why;
    if (!x)
        return;
    x->from->idle = true;
    set_deadline(x->from, x->worker->config->limits.idle_seconds);
    if (x->worker->draining || x->from->finished)
        shutdown(x->from->fd, SHUT_RD);
    give_exchange(x->worker, x);
    *request = NULL;
}

static void forget_connection(hdx_connection *c)
{
    if (c->before)
        c->before->next = c->next;
    else
        c->worker->connections = c->next;
    if (c->next)
        c->next->before = c->before;
    hdx_server_leave(c->worker->server);
    free(c);
}

static void see_connection(void *context, struct MHD_Connection *connection,
                           void **socket_context,
                           enum MHD_ConnectionNotificationCode what)
{
    hdx_worker *worker = context;
    (void)connection;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        forget_connection(*socket_context);
        return;
    }
    hdx_connection *c = worker->arriving;
    worker->arriving = NULL;
    c->next = worker->connections;
    if (c->next)
        c->next->before = c;
    worker->connections = c;
    set_deadline(c, worker->config->limits.header_seconds);
    *socket_context = c;
}

/* Escapes are read by the pipeline, which is strict. */
static size_t leave_escaped(void *context, struct MHD_Connection *connection,
                            char *text)
{
    (void)context;
    (void)connection;
    return strlen(text);
}

void hdx_requests_free_spare(hdx_worker *worker)
{
    for (hdx_exchange *x = worker->spare, *next; x; x = next) {
        next = x->next;
        free_exchange(x);
    }
    worker->spare = NULL;
}

struct MHD_Daemon *hdx_requests_daemon(hdx_worker *worker)
{
    return MHD_start_daemon(
        MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME, 0,
        NULL, NULL, see_request, worker, MHD_OPTION_URI_LOG_CALLBACK,
        see_target, worker, MHD_OPTION_NOTIFY_COMPLETED, see_end, worker,
        MHD_OPTION_NOTIFY_CONNECTION, see_connection, worker,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, worker,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)CONNECTIONS_MOST, MHD_OPTION_END);
}
