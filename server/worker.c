/*
 * The loop of a worker, on libmicrohttpd's epoll: it waits, takes its mail,
 * lets the library read and write what is ready, and looks for connections
 * whose time is over. Callers that are slow wait in the library, which never
 * blocks, and are cut off at a deadline that no byte of theirs moves.
 */
#include "server/worker.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/clock.h"
#include "server/log.h"
#include "server/requests.h"
#include "server/state.h"

enum {
    LOOK_MS = 1000, /* between two looks at deadlines */
    EVENTS = 64     /* of connections that end, in a round */
};
static const uint64_t ns_per_ms = 1000000;

static void signal_file(int fd)
{
    const uint64_t one = 1;
    (void)!write(fd, &one, sizeof one);
}

void hdx_server_leave(hdx_server *server)
{
    if (atomic_fetch_sub(&server->connections, 1) == 1 &&
        atomic_load(&server->draining))
        signal_file(server->empty);
}

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
        hdx_server_leave(worker->server);
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
    hdx_server_leave(worker->server);
    free(c);
}

/* What no request is coming on ends now; what is on its way is still read. */
static void end_idle(hdx_worker *worker)
{
    for (hdx_connection *c = worker->connections; c; c = c->next)
        if (c->idle)
            shutdown(c->fd, SHUT_RD);
}

static void take_errands(hdx_worker *worker, hdx_errand *errand)
{
    for (hdx_errand *next; errand; errand = next) {
        hdx_exchange *x = errand->x, **at = &worker->waiting;
        next = errand->next;
        while (*at != x)
            at = &(*at)->next;
        hdx_pipeline_go_on(x, errand);
        hdx_errand_free(errand);
        if (x->waits) /* for another */
            continue;
        *at = x->next;
        hdx_requests_resume(x);
    }
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
    mail->assistant = NULL;
    mail->errands = NULL;
    mail->config = NULL;
    pthread_mutex_unlock(&mail->lock);
    if (taken.config) {
        hdx_config_drop(worker->config);
        worker->config = taken.config;
        hdx_kept_clear(&worker->kept); /* there may be less room for it */
    }
    if (taken.assistant) {
        hdx_keeper_retire(worker->server, worker->assistant);
        worker->assistant = taken.assistant;
        hdx_kept_clear(&worker->kept);
    }
    for (size_t i = 0; i < taken.count; i++)
        add_connection(worker, &taken.arrivals[i]);
    free(taken.arrivals);
    take_errands(worker, taken.errands);
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
        for (int i = 0; i < count; i++)
            if (events[i].data.ptr == &worker->wake)
                going = take_mail(worker);
            else if (events[i].data.ptr)
                see_half_close(events[i].data.ptr);
        worker->round = hdx_now_ns();
        MHD_run(worker->daemon);
        hdx_log_flush(worker);
        if (worker->round >= worker->next_look)
            look_at_deadlines(worker, worker->round);
    }
    /* The library does not end while connections are suspended. */
    for (hdx_exchange *x = worker->waiting; x; x = x->next)
        hdx_requests_resume(x);
    return NULL;
}

static bool open_files(hdx_worker *worker)
{
    worker->daemon = hdx_requests_daemon(worker);
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
    hdx_requests_free_spare(worker);
    hdx_arena_free(&worker->scratch);
    hdx_buf_free(&worker->log);
    hdx_gzip_free(&worker->gzip);
    hdx_kept_free(&worker->kept);
    helpdex_assistant_free(worker->assistant);
    hdx_config_drop(worker->config);
    helpdex_assistant_free(worker->mail.assistant);
    for (hdx_errand *at = worker->mail.errands, *next; at; at = next) {
        next = at->next;
        hdx_errand_free(at);
    }
    hdx_config_drop(worker->mail.config);
    for (size_t i = 0; i < worker->mail.count; i++)
        close(worker->mail.arrivals[i].fd);
    free(worker->mail.arrivals);
    pthread_mutex_destroy(&worker->mail.lock);
}

helpdex_status hdx_worker_start(hdx_worker *worker, hdx_server *server,
                                helpdex_assistant *assistant,
                                hdx_config *config, helpdex_error *err)
{
    memset(worker, 0, sizeof *worker);
    worker->server = server;
    worker->assistant = assistant;
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
    hdx_server_leave(worker->server);
}

helpdex_assistant *hdx_worker_offer(hdx_worker *worker,
                                    helpdex_assistant *assistant)
{
    pthread_mutex_lock(&worker->mail.lock);
    helpdex_assistant *untaken = worker->mail.assistant;
    worker->mail.assistant = assistant;
    pthread_mutex_unlock(&worker->mail.lock);
    signal_file(worker->wake);
    return untaken;
}

void hdx_worker_come_back(hdx_worker *worker, hdx_errand *errand)
{
    pthread_mutex_lock(&worker->mail.lock);
    errand->next = worker->mail.errands;
    worker->mail.errands = errand;
    pthread_mutex_unlock(&worker->mail.lock);
    signal_file(worker->wake);
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
