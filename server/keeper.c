/* Watching CURRENT, by inotify and, for file systems that do not tell, by time. */
#include "server/keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/error.h"
#include "server/log.h"
#include "server/state.h"

enum { LOOK_MS = 5000, TRIES = 3 };

static void free_all(helpdex_assistant **assistants, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        helpdex_assistant_free(assistants[i]);
        assistants[i] = NULL;
    }
}

static const char *generation_of(helpdex_assistant *assistant)
{
    return helpdex_searcher_generation(helpdex_assistant_searcher(assistant));
}

static const char *notice_of(helpdex_assistant *assistant)
{
    return helpdex_searcher_notice(helpdex_assistant_searcher(assistant));
}

static bool is_of(helpdex_assistant *assistant, const char *generation)
{
    return strcmp(generation_of(assistant), generation) == 0;
}

/* One after the other; `*same`: none was published in between. */
static helpdex_status open_once(hdx_server *server, helpdex_assistant **opened,
                                bool *same, helpdex_error *err)
{
    *same = true;
    for (unsigned i = 0; i < server->count; i++) {
        helpdex_status status =
            helpdex_assistant_open(server->index_dir, &opened[i], err);
        if (!status && is_of(opened[i], generation_of(opened[0])))
            continue;
        free_all(opened, status ? i : i + 1);
        *same = status != HELPDEX_OK;
        return status;
    }
    return HELPDEX_OK;
}

helpdex_status hdx_keeper_open(hdx_server *server, helpdex_assistant **opened,
                               helpdex_error *err)
{
    for (unsigned i = 0; i < TRIES; i++) {
        bool same;
        helpdex_status status = open_once(server, opened, &same, err);
        if (status || same)
            return status;
    }
    return hdx_fail(err, HELPDEX_IN_USE,
                    "generations are published faster than they can be opened; "
                    "publish them less often");
}

static void set_degraded(hdx_server *server, const char *why)
{
    hdx_condition *condition = &server->condition;
    bool news;
    pthread_mutex_lock(&condition->lock);
    news = strcmp(condition->degraded, why ? why : "") != 0;
    snprintf(condition->degraded, sizeof condition->degraded, "%s",
             why ? why : "");
    pthread_mutex_unlock(&condition->lock);
    if (news)
        hdx_log_event(why ? "error" : "info", why ? "degraded" : "recovered",
                      why);
}

/* Each worker takes its own between two requests. */
static void hand_over(hdx_server *server, helpdex_assistant **opened)
{
    hdx_condition *condition = &server->condition;
    pthread_mutex_lock(&condition->lock);
    snprintf(condition->generation, sizeof condition->generation, "%s",
             generation_of(opened[0]));
    condition->swaps++;
    pthread_mutex_unlock(&condition->lock);
    hdx_log_event("info", "generation", generation_of(opened[0]));
    set_degraded(server, notice_of(opened[0]));
    for (unsigned i = 0; i < server->count; i++)
        helpdex_assistant_free(
            hdx_worker_offer(&server->workers[i], opened[i]));
}

/* Opens what CURRENT names, unless it is what answers already. */
static void renew(hdx_server *server)
{
    helpdex_assistant **opened = calloc(server->count, sizeof(void *));
    helpdex_assistant *first = NULL;
    helpdex_error err = {.message = "out of memory"};
    helpdex_status status = HELPDEX_NOMEM;
    if (opened)
        status = helpdex_assistant_open(server->index_dir, &first, &err);
    if (!status && is_of(first, server->condition.generation))
        set_degraded(server, notice_of(first));
    else if (!status && !(status = hdx_keeper_open(server, opened, &err)))
        hand_over(server, opened);
    if (status) {
        char text[HDX_CONDITION_TEXT];
        helpdex_error_format(&err, text, sizeof text);
        set_degraded(server, text);
    }
    helpdex_assistant_free(first);
    free(opened);
}

static void path_of_current(const hdx_server *server, char out[PATH_MAX])
{
    snprintf(out, PATH_MAX, "%s/CURRENT", server->index_dir);
}

/* What CURRENT says; "" when it cannot be read. */
static void read_current(const hdx_server *server, char out[HDX_CURRENT_TEXT])
{
    char path[PATH_MAX];
    path_of_current(server, path);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd < 0 ? 0 : read(fd, out, HDX_CURRENT_TEXT - 1);
    out[got > 0 ? got : 0] = '\0';
    if (fd >= 0)
        close(fd);
}

/* `told`: something says that it has changed, though it may read the same. */
static void look(hdx_server *server, bool told)
{
    char now[HDX_CURRENT_TEXT];
    read_current(server, now);
    if (!told && strcmp(now, server->keeper.tried) == 0)
        return;
    memcpy(server->keeper.tried, now, sizeof now);
    renew(server);
}

static void watch_index(hdx_server *server)
{
    server->keeper.folder =
        inotify_add_watch(server->keeper.changes, server->index_dir,
                          IN_MOVED_TO | IN_CLOSE_WRITE | IN_CREATE);
}

static void watch_above(hdx_server *server)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s", server->index_dir);
    server->keeper.above = inotify_add_watch(
        server->keeper.changes, dirname(path), IN_MOVED_TO | IN_CREATE);
}

/* Whether an event is about CURRENT, or about the folder that it is in. */
static bool concerns(hdx_server *server, const struct inotify_event *event)
{
    char path[PATH_MAX];
    if (event->len == 0)
        return false;
    if (event->wd == server->keeper.folder &&
        strcmp(event->name, "CURRENT") == 0)
        return true;
    snprintf(path, sizeof path, "%s", server->index_dir);
    if (event->wd != server->keeper.above ||
        strcmp(event->name, basename(path)) != 0)
        return false;
    watch_index(server);
    return true;
}

static bool read_changes(hdx_server *server)
{
    _Alignas(struct inotify_event) char bytes[4096];
    bool concerned = false;
    ssize_t got;
    while ((got = read(server->keeper.changes, bytes, sizeof bytes)) > 0)
        for (char *at = bytes; at < bytes + got;) {
            const struct inotify_event *event = (void *)at;
            concerned |= concerns(server, event);
            at += sizeof *event + event->len;
        }
    return concerned;
}

/* Frees what workers have done with. True: it is the end. */
static bool clear(hdx_keeper *keeper)
{
    uint64_t count;
    (void)!read(keeper->wake, &count, sizeof count);
    pthread_mutex_lock(&keeper->lock);
    helpdex_assistant **retired = keeper->retired;
    size_t left = keeper->count;
    bool stop = keeper->stop;
    keeper->retired = NULL;
    keeper->count = keeper->capacity = 0;
    pthread_mutex_unlock(&keeper->lock);
    for (size_t i = 0; i < left; i++)
        helpdex_assistant_free(retired[i]);
    free(retired);
    return stop;
}

static void *keep(void *context)
{
    hdx_server *server = context;
    hdx_keeper *keeper = &server->keeper;
    struct pollfd files[] = {{.fd = keeper->wake, .events = POLLIN},
                             {.fd = keeper->changes, .events = POLLIN}};
    for (;;) {
        int ready = poll(files, 2, LOOK_MS);
        if (ready > 0 && files[0].revents && clear(keeper))
            return NULL;
        bool told = ready > 0 && files[1].revents && read_changes(server);
        if (told || ready == 0)
            look(server, told);
    }
}

helpdex_status hdx_keeper_start(hdx_server *server, helpdex_error *err)
{
    hdx_keeper *keeper = &server->keeper;
    keeper->changes = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    keeper->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    pthread_mutex_init(&keeper->lock, NULL);
    watch_index(server);
    watch_above(server);
    /* `tried` is empty: what was published since the first was opened is seen
       at the first look. */
    if (keeper->wake >= 0 &&
        (errno = pthread_create(&keeper->thread, NULL, keep, server)) == 0)
        return HELPDEX_OK;
    return hdx_fail(err, HELPDEX_IO,
                    "cannot start a thread of the server: %s; raise the limits "
                    "of the system",
                    strerror(errno));
}

static void wake(hdx_keeper *keeper)
{
    const uint64_t one = 1;
    (void)!write(keeper->wake, &one, sizeof one);
}

void hdx_keeper_stop(hdx_server *server)
{
    hdx_keeper *keeper = &server->keeper;
    pthread_mutex_lock(&keeper->lock);
    keeper->stop = true;
    pthread_mutex_unlock(&keeper->lock);
    wake(keeper);
    pthread_join(keeper->thread, NULL);
}

void hdx_keeper_close(hdx_server *server)
{
    hdx_keeper *keeper = &server->keeper;
    clear(keeper);
    close(keeper->changes);
    close(keeper->wake);
    pthread_mutex_destroy(&keeper->lock);
}

void hdx_keeper_retire(hdx_server *server, helpdex_assistant *assistant)
{
    hdx_keeper *keeper = &server->keeper;
    pthread_mutex_lock(&keeper->lock);
    bool room = hdx_grow(&keeper->retired, &keeper->capacity, keeper->count + 1,
                         sizeof(void *));
    if (room)
        keeper->retired[keeper->count++] = assistant;
    pthread_mutex_unlock(&keeper->lock);
    if (room)
        wake(keeper);
    else
        helpdex_assistant_free(assistant); /* here, and a request waits */
}
