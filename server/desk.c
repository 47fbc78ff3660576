/* Opening and closing the desk, and its courier. */
#include "server/desk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/random.h"
#include "server/errand.h"
#include "server/log.h"

enum {
    LOOK_MS = 10000, /* for what other processes put */
    PAUSE_MS = 1000, /* after a delivery that could not be tried */
    END_SECONDS = 10,
    SESSION_KEY_LEAST = 16
};

static helpdex_status read_session_key(const hdx_config *config, hdx_desk *desk,
                                       helpdex_error *err)
{
    const char *name = config->session_key_env;
    const char *key = name ? getenv(name) : NULL;
    if (name && (!key || strlen(key) < SESSION_KEY_LEAST))
        return hdx_fail(err, HELPDEX_INVALID,
                        "session.key_env: $%s is not set, or shorter than %d "
                        "bytes; set it to a text that nobody can guess",
                        name, SESSION_KEY_LEAST);
    desk->session_key = key ? (const void *)key : desk->made;
    desk->session_key_size = key ? strlen(key) : sizeof desk->made;
    if (key)
        return HELPDEX_OK;
    return hdx_random(desk->made, sizeof desk->made, err);
}

static helpdex_status open_keys(const char *config_path, const char *keys_path,
                                hdx_desk *desk, helpdex_error *err)
{
    hdx_arena arena = {0};
    const char *slash = config_path ? strrchr(config_path, '/') : NULL;
    const char *path =
        keys_path ? keys_path
                  : hdx_arena_format(&arena, "%.*shelpdex.keys",
                                     slash ? (int)(slash + 1 - config_path) : 0,
                                     slash ? config_path : "")
                        .ptr;
    helpdex_status status = HELPDEX_OK;
    if (!path)
        status = hdx_fail_nomem(err);
    else if (keys_path || hdx_file_exists(path))
        status = hdx_keys_open(path, &desk->keys, err);
    hdx_arena_free(&arena);
    return status;
}

/* How long to wait for something to be due; at most until others may have put
   something. */
static int64_t patience(hdx_desk *desk)
{
    int64_t ms;
    helpdex_error err;
    if (helpdex_outbox_next_due(desk->outbox, &ms, &err))
        return PAUSE_MS;
    return ms < 0 || ms > LOOK_MS ? LOOK_MS : ms;
}

/* True: it is the end. */
static bool wait_for_news(hdx_desk *desk, int64_t ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += ms % 1000 * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&desk->lock);
    while (ms > 0 && !desk->stop && !desk->waiting &&
           pthread_cond_timedwait(&desk->news, &desk->lock, &until) == 0)
        ;
    bool stop = desk->stop;
    desk->waiting = false;
    pthread_mutex_unlock(&desk->lock);
    return stop;
}

static void *deliver(void *context)
{
    hdx_desk *desk = context;
    helpdex_delivered report;
    helpdex_error err;
    char text[1200];
    int64_t ms = 0;
    while (!wait_for_news(desk, ms)) {
        helpdex_status status =
            helpdex_outbox_deliver(desk->outbox, &report, &err);
        ms = status ? PAUSE_MS : patience(desk);
        if (status) {
            helpdex_error_format(&err, text, sizeof text);
            hdx_log_event("error", "outbox", text);
        } else if (report.failed) {
            hdx_log_event("error", "outbox",
                          "a handoff was refused for good, or given up; see "
                          "docs/handoff.md");
        }
    }
    return NULL;
}

static helpdex_status start_courier(hdx_desk *desk, helpdex_error *err)
{
    int failed = pthread_create(&desk->courier, NULL, deliver, desk);
    desk->delivering = failed == 0;
    return failed ? hdx_fail(err, HELPDEX_IO,
                             "cannot start a thread of the server: %s; raise "
                             "the limits of the system",
                             strerror(failed))
                  : HELPDEX_OK;
}

static helpdex_status open_handoff(const char *config_path, hdx_desk *desk,
                                   helpdex_error *err)
{
    helpdex_status status =
        helpdex_handoff_config_read(config_path, &desk->handoff, err);
    if (!status)
        status = hdx_errands_start(desk->handoff, &desk->errands, err);
    if (!status)
        status = helpdex_outbox_open(desk->handoff, &desk->outbox, err);
    if (status == HELPDEX_INVALID)
        return HELPDEX_OK; /* there are flows alone */
    return status ? status : start_courier(desk, err);
}

static void prepare(hdx_desk *desk)
{
    pthread_condattr_t clock;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&desk->news, &clock);
    pthread_condattr_destroy(&clock);
    pthread_mutex_init(&desk->lock, NULL);
}

helpdex_status hdx_desk_open(const hdx_config *config, const char *config_path,
                             const char *keys_path, hdx_desk **out,
                             helpdex_error *err)
{
    hdx_desk *desk = calloc(1, sizeof *desk);
    *out = NULL;
    if (!desk)
        return hdx_fail_nomem(err);
    prepare(desk);
    helpdex_status status = read_session_key(config, desk, err);
    if (!status)
        status = open_keys(config_path, keys_path, desk, err);
    if (!status && config->journal)
        status = helpdex_journal_open(config->journal, &desk->journal, err);
    if (!status && config->hands_over)
        status = open_handoff(config_path, desk, err);
    if (status)
        hdx_desk_close(desk);
    else
        *out = desk;
    return status;
}

void hdx_desk_end_errands(hdx_desk *desk)
{
    if (!desk)
        return;
    desk->stuck |= !hdx_errands_stop(desk->errands);
    desk->errands = NULL;
}

/* False: it is in a call that takes too long. What it had in hand is tried
   again after the next start. */
static bool stop_courier(hdx_desk *desk)
{
    struct timespec until;
    if (!desk->delivering)
        return true;
    pthread_mutex_lock(&desk->lock);
    desk->stop = true;
    pthread_cond_signal(&desk->news);
    pthread_mutex_unlock(&desk->lock);
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += END_SECONDS;
    return pthread_timedjoin_np(desk->courier, NULL, &until) == 0;
}

void hdx_desk_close(hdx_desk *desk)
{
    if (!desk)
        return;
    hdx_desk_end_errands(desk);
    helpdex_journal_free(desk->journal);
    hdx_keys_free(desk->keys);
    if (!stop_courier(desk) || desk->stuck)
        return; /* the process ends, and the thread with it */
    helpdex_outbox_free(desk->outbox);
    helpdex_handoff_config_free(desk->handoff);
    pthread_cond_destroy(&desk->news);
    pthread_mutex_destroy(&desk->lock);
    free(desk);
}

void hdx_desk_deliver(hdx_desk *desk)
{
    pthread_mutex_lock(&desk->lock);
    desk->waiting = true;
    pthread_cond_signal(&desk->news);
    pthread_mutex_unlock(&desk->lock);
}
