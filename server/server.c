/* Beginning, signals and the end of a server. */
#include "server/server.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "server/door.h"
#include "server/log.h"
#include "server/openapi.h"

enum { DRAIN_MS = 10000, BREATH_MS = 100 };

typedef struct serving {
    const hdx_server_options *options;
    hdx_config *config;
    hdx_door door;
    hdx_server server;
    int signals;
    unsigned started; /* workers */
} serving;

/* Every connection is a file. */
static void raise_file_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/* Before any thread begins, so that all of them leave signals to this one. */
static helpdex_status take_signals(serving *s, helpdex_error *err)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    signal(SIGPIPE, SIG_IGN);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    s->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    s->server.empty = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return s->signals >= 0 && s->server.empty >= 0
               ? HELPDEX_OK
               : hdx_fail(err, HELPDEX_IO, "cannot take signals: %s",
                          strerror(errno));
}

/* The signal that has come; 0: none. */
static unsigned next_signal(const serving *s)
{
    struct signalfd_siginfo info;
    return read(s->signals, &info, sizeof info) == sizeof info ? info.ssi_signo
                                                               : 0;
}

/* Tells systemd how far it is (sd_notify(3)), if it asked. */
static void notify(const char *state)
{
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    size_t len = path ? strlen(path) : 0;
    if (len == 0 || len >= sizeof to.sun_path)
        return;
    memcpy(to.sun_path, path, len);
    if (to.sun_path[0] == '@')
        to.sun_path[0] = '\0';
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    sendto(fd, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *)&to,
           (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len));
    close(fd);
}

static void note_generation(hdx_condition *condition,
                            const helpdex_searcher *searcher)
{
    const char *notice = helpdex_searcher_notice(searcher);
    snprintf(condition->generation, sizeof condition->generation, "%s",
             helpdex_searcher_generation(searcher));
    snprintf(condition->degraded, sizeof condition->degraded, "%s",
             notice ? notice : "");
}

/* Each worker gets an assistant of its own. */
static helpdex_status start_each(serving *s, helpdex_assistant **opened,
                                 helpdex_error *err)
{
    hdx_server *server = &s->server;
    helpdex_status status = hdx_keeper_open(server, opened, err);
    if (!status)
        note_generation(&server->condition,
                        helpdex_assistant_searcher(opened[0]));
    for (unsigned i = 0; i < server->count && !status; i++) {
        status = hdx_worker_start(&server->workers[i], server, opened[i],
                                  s->config, err);
        opened[i] = NULL;
        s->started += status == HELPDEX_OK;
    }
    for (unsigned i = 0; i < server->count; i++)
        helpdex_assistant_free(opened[i]);
    return status;
}

static helpdex_status start_workers(serving *s, helpdex_error *err)
{
    hdx_server *server = &s->server;
    helpdex_assistant **opened = calloc(server->count, sizeof(void *));
    server->workers = calloc(server->count, sizeof *server->workers);
    helpdex_status status = opened && server->workers
                                ? start_each(s, opened, err)
                                : hdx_fail_nomem(err);
    free(opened);
    return status;
}

static helpdex_status prepare(serving *s, helpdex_error *err)
{
    hdx_server *server = &s->server;
    uint64_t seed = 0;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    helpdex_status status =
        hdx_config_read(s->options->config, &s->config, err);
    if (status)
        return status;
    server->index_dir =
        strdup(s->config->index ? s->config->index : s->options->index_dir);
    if (!server->index_dir)
        return hdx_fail_nomem(err);
    server->count = (unsigned)(s->config->threads ? s->config->threads
                               : processors > 0   ? processors
                                                  : 1);
    server->started = hdx_clock();
    pthread_mutex_init(&server->condition.lock, NULL);
    (void)!getrandom(&seed, sizeof seed, GRND_NONBLOCK);
    hdx_limiter_init(&server->limiter, seed);
    if (!hdx_openapi_write(&server->openapi))
        return hdx_fail_nomem(err);
    raise_file_limit();
    status = take_signals(s, err);
    if (!status)
        status = hdx_desk_open(s->config, s->options->config, s->options->keys,
                               &server->desk, err);
    if (!status && !s->config->session_key_env)
        hdx_log_event(
            "warning", "session",
            "no session.key_env: conversations end with this process");
    if (!status)
        status = hdx_door_open(&s->door,
                               s->options->listen ? s->options->listen
                                                  : s->config->listen,
                               server->desk->keys != NULL, err);
    if (!status)
        status = start_workers(s, err);
    if (status)
        return status;
    /* Before the keeper has a thread: the name is its own from then on. */
    hdx_log_event("info", "start", server->condition.generation);
    return hdx_keeper_start(server, err);
}

static bool differs(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") != 0;
}

/* An invalid file changes nothing. */
static void reload(serving *s)
{
    hdx_config *fresh;
    helpdex_error err;
    char text[1200];
    if (!s->options->config) {
        hdx_log_event("warning", "reload", "there is no configuration file");
        return;
    }
    if (hdx_config_read(s->options->config, &fresh, &err)) {
        helpdex_error_format(&err, text, sizeof text);
        hdx_log_event("error", "reload", text);
        return;
    }
    if (differs(fresh->listen, s->config->listen) ||
        differs(fresh->index, s->config->index) ||
        differs(fresh->journal, s->config->journal) ||
        differs(fresh->session_key_env, s->config->session_key_env) ||
        fresh->threads != s->config->threads)
        hdx_log_event("warning", "reload",
                      "listen, index, journal, session and threads change with "
                      "the next start");
    for (unsigned i = 0; i < s->server.count; i++)
        hdx_worker_configure(&s->server.workers[i], fresh);
    hdx_config_drop(s->config);
    s->config = fresh;
    hdx_log_event("info", "reload", "done");
}

/* Takes connections and signals until it is told to end. */
static void serve(serving *s)
{
    struct pollfd files[1 + HDX_DOOR_SOCKETS] = {
        {.fd = s->signals, .events = POLLIN}};
    bool room = true;
    for (unsigned i = 0; i < s->door.count; i++)
        files[1 + i] =
            (struct pollfd){.fd = s->door.sockets[i], .events = POLLIN};
    for (;;) {
        if (poll(files, room ? 1 + s->door.count : 1, room ? -1 : BREATH_MS) <
                0 &&
            errno != EINTR)
            return;
        unsigned signal = files[0].revents ? next_signal(s) : 0;
        if (signal == SIGTERM || signal == SIGINT)
            return;
        if (signal == SIGHUP)
            reload(s);
        room = true;
        for (unsigned i = 0; i < s->door.count; i++)
            room &= hdx_door_admit(&s->door, i, &s->server,
                                   s->config->limits.connections);
    }
}

/* Who waits at the door comes in, then it is shut; what has begun ends, until
   the time is over or another signal comes. */
static void drain(serving *s)
{
    hdx_server *server = &s->server;
    struct pollfd files[] = {{.fd = server->empty, .events = POLLIN},
                             {.fd = s->signals, .events = POLLIN}};
    hdx_log_event("info", "drain", NULL);
    notify("STOPPING=1");
    for (unsigned i = 0; i < s->door.count; i++)
        hdx_door_admit(&s->door, i, server, s->config->limits.connections);
    hdx_door_close(&s->door);
    atomic_store(&server->draining, true);
    for (unsigned i = 0; i < server->count; i++)
        hdx_worker_drain(&server->workers[i]);
    if (atomic_load(&server->connections))
        poll(files, 2, DRAIN_MS);
}

static void end(serving *s, bool keeping)
{
    if (keeping)
        hdx_keeper_stop(&s->server);
    hdx_desk_end_errands(s->server.desk);
    for (unsigned i = 0; i < s->started; i++)
        hdx_worker_stop(&s->server.workers[i]);
    if (keeping)
        hdx_keeper_close(&s->server);
    hdx_desk_close(s->server.desk);
    hdx_door_close(&s->door);
    if (s->signals >= 0)
        close(s->signals);
    if (s->server.empty >= 0)
        close(s->server.empty);
    free(s->server.workers);
    free(s->server.index_dir);
    hdx_buf_free(&s->server.openapi);
    hdx_config_drop(s->config);
}

helpdex_status hdx_server_run(const hdx_server_options *options,
                              hdx_server_ready *ready, void *context,
                              helpdex_error *err)
{
    serving *s = calloc(1, sizeof *s);
    if (!s)
        return hdx_fail_nomem(err);
    s->options = options;
    s->signals = s->server.empty = -1;
    helpdex_status status = prepare(s, err);
    if (!status) {
        ready(context, s->door.address);
        notify("READY=1");
        serve(s);
        drain(s);
    }
    end(s, status == HELPDEX_OK);
    if (!status)
        hdx_log_event("info", "end", NULL);
    free(s);
    return status;
}
