/*
 * The loop of a worker, on libmicrohttpd's epoll: it waits, takes its mail,
 * lets the library read and write what is ready, and looks for connections
 * whose time is over. Callers that are slow wait in the library, which never
 * blocks, and are cut off at a deadline that no byte of theirs moves.
 */
#include "server/worker.h"

#include <errno.h>
#include <inttypes.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/clock.h"
#include "server/log.h"
#include "server/send.h"
#include "server/state.h"

enum {
    SPARE_MOST = 256,           /* exchanges kept to be used again */
    SPARE_BYTES = 128 * 1024,   /* of a buffer that is kept with one */
    CONNECTIONS_MOST = 1000000, /* of the library: the door keeps the limit */
    LOOK_MS = 1000,             /* between two looks at deadlines */
    EVENTS = 64,                /* of connections that end, in a round */
    BODY_TIMES = 4 /* over its limit, a body is not even read away */
};
static const uint64_t ns_per_ms = 1000000, ns_per_second = 1000000000;

static void set_deadline(hdx_connection *c, long seconds)
{
    c->deadline = hdx_now_ns() + (uint64_t)seconds * ns_per_second;
}

static void signal_file(int fd)
{
    const uint64_t one = 1;
    (void)!write(fd, &one, sizeof one);
}

/* A connection has ended. */
static void leave(hdx_server *server)
{
    if (atomic_fetch_sub(&server->connections, 1) == 1 &&
        atomic_load(&server->draining))
        signal_file(server->empty);
}

/* Exchanges. */

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

/* What the library calls. */

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
    x->seen = x->too_large = false;
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

static enum MHD_Result answer(hdx_exchange *x)
{
    hdx_worker *worker = x->worker;
    set_id(x);
    hdx_pipeline_run(x);
    uint64_t ns = hdx_now_ns() - x->started;
    hdx_count_answer(&worker->counters, row_of(x->route), x->reply.status, ns,
                     x->reply.body.len);
    hdx_log_request(x, ns);
    hdx_arena_reset(&worker->scratch);
    set_deadline(x->from, worker->config->limits.write_seconds);
    return hdx_send(x);
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
    leave(c->worker->server);
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

/* The loop. */

static bool watch(hdx_worker *worker, int fd, unsigned events, void *what)
{
    struct epoll_event event = {.events = events, .data.ptr = what};
    return epoll_ctl(worker->epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

/* The caller will send no more. The library does not see that when it comes with
   the last bytes of a request, and would wait for another. */
static void see_half_close(hdx_connection *c)
{
    c->finished = true;
    if (c->idle)
        shutdown(c->fd, SHUT_RD);
}

static void add_connection(hdx_worker *worker, const hdx_arrival *arrival)
{
    hdx_connection *c = calloc(1, sizeof *c);
    if (!c) {
        close(arrival->fd);
        leave(worker->server);
        return;
    }
    *c = (hdx_connection){.worker = worker, .fd = arrival->fd, .idle = true};
    hdx_address_of((const struct sockaddr *)&arrival->address, &c->address);
    worker->arriving = c;
    MHD_add_connection(worker->daemon, arrival->fd,
                       (const struct sockaddr *)&arrival->address,
                       arrival->size);
    if (!worker->arriving) {
        watch(worker, arrival->fd, EPOLLRDHUP | EPOLLET, c);
        return;
    }
    worker->arriving = NULL; /* the library has closed it */
    leave(worker->server);
    free(c);
}

/* What no request is coming on ends now; what is on its way is still read. */
static void end_idle(hdx_worker *worker)
{
    for (hdx_connection *c = worker->connections; c; c = c->next)
        if (c->idle)
            shutdown(c->fd, SHUT_RD);
}

static bool take_mail(hdx_worker *worker)
{
    hdx_mail *mail = &worker->mail;
    uint64_t count;
    (void)!read(worker->wake, &count, sizeof count);
    pthread_mutex_lock(&mail->lock);
    hdx_mail taken = *mail;
    mail->arrivals = NULL;
    mail->count = mail->capacity = 0;
    mail->searcher = NULL;
    mail->config = NULL;
    pthread_mutex_unlock(&mail->lock);
    if (taken.config) {
        hdx_config_drop(worker->config);
        worker->config = taken.config;
    }
    if (taken.searcher) {
        hdx_keeper_retire(worker->server, worker->searcher);
        worker->searcher = taken.searcher;
        hdx_kept_clear(&worker->kept);
    }
    for (size_t i = 0; i < taken.count; i++)
        add_connection(worker, &taken.arrivals[i]);
    free(taken.arrivals);
    if (taken.drain) {
        worker->draining = true;
        end_idle(worker);
    }
    return !taken.stop;
}

/* Ends the connections whose time is over; the library sees it and closes. */
static void look_at_deadlines(hdx_worker *worker, uint64_t now)
{
    worker->next_look = now + LOOK_MS * ns_per_ms;
    for (hdx_connection *c = worker->connections; c; c = c->next) {
        if (now < c->deadline)
            continue;
        shutdown(c->fd, SHUT_RDWR);
        c->deadline = UINT64_MAX;
        hdx_count(&worker->counters.expired, !c->idle);
    }
}

/* Milliseconds until there is something to do without an event; -1: never. */
static int patience(const hdx_worker *worker, uint64_t now)
{
    MHD_UNSIGNED_LONG_LONG ms;
    if (MHD_get_timeout(worker->daemon, &ms) == MHD_YES && ms == 0)
        return 0;
    if (!worker->connections)
        return -1;
    return now < worker->next_look
               ? (int)((worker->next_look - now) / ns_per_ms) + 1
               : 0;
}

static void *work(void *context)
{
    hdx_worker *worker = context;
    struct epoll_event events[EVENTS];
    bool going = true;
    while (going) {
        int count = epoll_wait(worker->epoll, events, EVENTS,
                               patience(worker, hdx_now_ns()));
        worker->round = hdx_now_ns();
        for (int i = 0; i < count; i++)
            if (events[i].data.ptr == &worker->wake)
                going = take_mail(worker);
            else if (events[i].data.ptr)
                see_half_close(events[i].data.ptr);
        MHD_run(worker->daemon);
        hdx_log_flush(worker);
        if (worker->round >= worker->next_look)
            look_at_deadlines(worker, worker->round);
    }
    return NULL;
}

/* Beginning and end. */

static bool open_files(hdx_worker *worker)
{
    worker->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET, 0, NULL, NULL, see_request,
        worker, MHD_OPTION_URI_LOG_CALLBACK, see_target, worker,
        MHD_OPTION_NOTIFY_COMPLETED, see_end, worker,
        MHD_OPTION_NOTIFY_CONNECTION, see_connection, worker,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, worker,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)CONNECTIONS_MOST, MHD_OPTION_END);
    worker->epoll = epoll_create1(EPOLL_CLOEXEC);
    worker->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (!worker->daemon || worker->epoll < 0 || worker->wake < 0)
        return false;
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(worker->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    return info && watch(worker, info->epoll_fd, EPOLLIN, NULL) &&
           watch(worker, worker->wake, EPOLLIN, &worker->wake);
}

static void close_files(hdx_worker *worker)
{
    if (worker->daemon)
        MHD_stop_daemon(worker->daemon);
    if (worker->epoll >= 0)
        close(worker->epoll);
    if (worker->wake >= 0)
        close(worker->wake);
    for (hdx_exchange *x = worker->spare, *next; x; x = next) {
        next = x->next;
        free_exchange(x);
    }
    hdx_arena_free(&worker->scratch);
    hdx_buf_free(&worker->log);
    hdx_gzip_free(&worker->gzip);
    hdx_kept_free(&worker->kept);
    helpdex_searcher_free(worker->searcher);
    hdx_config_drop(worker->config);
    helpdex_searcher_free(worker->mail.searcher);
    hdx_config_drop(worker->mail.config);
    for (size_t i = 0; i < worker->mail.count; i++)
        close(worker->mail.arrivals[i].fd);
    free(worker->mail.arrivals);
    pthread_mutex_destroy(&worker->mail.lock);
}

helpdex_status hdx_worker_start(hdx_worker *worker, hdx_server *server,
                                helpdex_searcher *searcher, hdx_config *config,
                                helpdex_error *err)
{
    memset(worker, 0, sizeof *worker);
    worker->server = server;
    worker->searcher = searcher;
    worker->config = config;
    worker->epoll = worker->wake = -1;
    hdx_config_use(config);
    pthread_mutex_init(&worker->mail.lock, NULL);
    /* Ids need only be apart, so that a seed of zeroes would do. */
    (void)!getrandom(&worker->ids, sizeof worker->ids, GRND_NONBLOCK);
    if (open_files(worker) &&
        (errno = pthread_create(&worker->thread, NULL, work, worker)) == 0)
        return HELPDEX_OK;
    hdx_fail(err, HELPDEX_IO,
             "cannot start a thread of the server: %s; raise "
             "the limits of the system",
             strerror(errno));
    close_files(worker);
    return HELPDEX_IO;
}

void hdx_worker_give(hdx_worker *worker, const hdx_arrival *arrival)
{
    hdx_mail *mail = &worker->mail;
    pthread_mutex_lock(&mail->lock);
    bool room = hdx_grow(&mail->arrivals, &mail->capacity, mail->count + 1,
                         sizeof *mail->arrivals);
    if (room)
        mail->arrivals[mail->count++] = *arrival;
    pthread_mutex_unlock(&mail->lock);
    if (room) {
        signal_file(worker->wake);
        return;
    }
    close(arrival->fd);
    leave(worker->server);
}

helpdex_searcher *hdx_worker_offer(hdx_worker *worker,
                                   helpdex_searcher *searcher)
{
    pthread_mutex_lock(&worker->mail.lock);
    helpdex_searcher *untaken = worker->mail.searcher;
    worker->mail.searcher = searcher;
    pthread_mutex_unlock(&worker->mail.lock);
    signal_file(worker->wake);
    return untaken;
}

void hdx_worker_configure(hdx_worker *worker, hdx_config *config)
{
    hdx_config_use(config);
    pthread_mutex_lock(&worker->mail.lock);
    hdx_config *untaken = worker->mail.config;
    worker->mail.config = config;
    pthread_mutex_unlock(&worker->mail.lock);
    signal_file(worker->wake);
    hdx_config_drop(untaken);
}

void hdx_worker_drain(hdx_worker *worker)
{
    pthread_mutex_lock(&worker->mail.lock);
    worker->mail.drain = true;
    pthread_mutex_unlock(&worker->mail.lock);
    signal_file(worker->wake);
}

void hdx_worker_stop(hdx_worker *worker)
{
    pthread_mutex_lock(&worker->mail.lock);
    worker->mail.stop = true;
    pthread_mutex_unlock(&worker->mail.lock);
    signal_file(worker->wake);
    pthread_join(worker->thread, NULL);
    close_files(worker);
}
