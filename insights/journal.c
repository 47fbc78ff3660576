/*
 * The journal: events wait in memory, and a thread of its own writes them, many
 * in one transaction, so that nobody waits for the disk or for a server. What
 * is written has been redacted before it waits: memory holds no more than the
 * store.
 */
#include <helpdex/journal.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "insights/event.h"
#include "insights/store.h"

enum { BATCH = 256, WAITING_MOST = 4096 };
/* Until an event is written, unless BATCH wait before; after a failure until
   the next try. */
enum { DELAY_MS = 1000, LASTING_DELAY_MS = 50, RETRY_MS = 1000 };

struct helpdex_journal {
    hdx_store *store;
    pthread_mutex_t writing; /* held by who uses the store */
    hdx_event *batch[WAITING_MOST];
    pthread_mutex_t lock; /* of all below */
    pthread_cond_t wake;
    pthread_t thread;
    bool closing;
    hdx_event *waiting[WAITING_MOST]; /* the oldest first */
    size_t count;
    struct timespec due;   /* when they are to be written */
    helpdex_error failure; /* of the last writing */
    uint64_t dropped;
};

static struct timespec after(long ms)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += ms / 1000;
    at.tv_nsec += ms % 1000 * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    return at;
}

static bool is_before(struct timespec a, struct timespec b)
{
    return a.tv_sec < b.tv_sec ||
           (a.tv_sec == b.tv_sec && a.tv_nsec < b.tv_nsec);
}

static bool is_any_lasting(hdx_event *const *events, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (hdx_event_is_lasting(events[i]->kind))
            return true;
    return false;
}

static long delay_of(hdx_event *const *events, size_t count)
{
    return is_any_lasting(events, count) ? LASTING_DELAY_MS : DELAY_MS;
}

/* Writes what waits, which goes on waiting when that fails. */
static helpdex_status write_waiting(helpdex_journal *j, helpdex_error *err)
{
    helpdex_error failure = {.status = HELPDEX_OK};
    pthread_mutex_lock(&j->writing);
    pthread_mutex_lock(&j->lock);
    size_t count = j->count;
    memcpy(j->batch, j->waiting, count * sizeof(hdx_event *));
    pthread_mutex_unlock(&j->lock);
    helpdex_status status = HELPDEX_OK;
    if (count)
        status = j->store->write(j->store, j->batch, count,
                                 is_any_lasting(j->batch, count), &failure);
    pthread_mutex_lock(&j->lock);
    if (!status) {
        j->count -= count;
        memmove(j->waiting, j->waiting + count, j->count * sizeof(hdx_event *));
    }
    j->failure = failure;
    j->due = after(status ? RETRY_MS : delay_of(j->waiting, j->count));
    pthread_mutex_unlock(&j->lock);
    for (size_t i = 0; i < count && !status; i++)
        hdx_event_free(j->batch[i]);
    pthread_mutex_unlock(&j->writing);
    if (status && err)
        *err = failure;
    return status;
}

static bool is_due(const helpdex_journal *j)
{
    return (j->count >= BATCH && !j->failure.status) ||
           !is_before(after(0), j->due);
}

static void *write_on(void *context)
{
    helpdex_journal *j = context;
    pthread_mutex_lock(&j->lock);
    while (!j->closing) {
        if (!j->count) {
            pthread_cond_wait(&j->wake, &j->lock);
        } else if (!is_due(j)) {
            struct timespec due = j->due;
            pthread_cond_timedwait(&j->wake, &j->lock, &due);
        } else {
            pthread_mutex_unlock(&j->lock);
            write_waiting(j, NULL);
            pthread_mutex_lock(&j->lock);
        }
    }
    pthread_mutex_unlock(&j->lock);
    return NULL;
}

static void release(helpdex_journal *j)
{
    for (size_t i = 0; i < j->count; i++)
        hdx_event_free(j->waiting[i]);
    if (j->store)
        j->store->free(j->store);
    pthread_cond_destroy(&j->wake);
    pthread_mutex_destroy(&j->lock);
    pthread_mutex_destroy(&j->writing);
    free(j);
}

static helpdex_journal *make(void)
{
    helpdex_journal *j = calloc(1, sizeof *j);
    pthread_condattr_t clock;
    if (!j)
        return NULL;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&j->wake, &clock);
    pthread_condattr_destroy(&clock);
    pthread_mutex_init(&j->lock, NULL);
    pthread_mutex_init(&j->writing, NULL);
    return j;
}

helpdex_status helpdex_journal_open(const char *where, helpdex_journal **out,
                                    helpdex_error *err)
{
    *out = NULL;
    helpdex_journal *j = make();
    if (!j)
        return hdx_fail_nomem(err);
    helpdex_status status = hdx_store_open(where, &j->store, err);
    if (!status && pthread_create(&j->thread, NULL, write_on, j))
        status = hdx_fail_nomem(err);
    if (status) {
        release(j);
        return status;
    }
    *out = j;
    return HELPDEX_OK;
}

/* When what waits is to be written, now that this is the last of it. */
static void hurry(helpdex_journal *j, const hdx_event *event)
{
    struct timespec due =
        after(hdx_event_is_lasting(event->kind) ? LASTING_DELAY_MS : DELAY_MS);
    if (j->failure.status)
        return;
    if (j->count == 1 || is_before(due, j->due)) {
        j->due = due;
        pthread_cond_signal(&j->wake);
    } else if (j->count == BATCH) {
        pthread_cond_signal(&j->wake);
    }
}

/* Takes the event, unless `status` says that there is none. */
static helpdex_status queue(helpdex_journal *j, helpdex_status status,
                            hdx_event *event, helpdex_error *err)
{
    if (status)
        return status;
    pthread_mutex_lock(&j->lock);
    status = j->failure.status;
    if (status && err)
        *err = j->failure;
    if (j->count < WAITING_MOST) {
        j->waiting[j->count++] = event;
        hurry(j, event);
        event = NULL;
    } else {
        j->dropped++;
        if (!status)
            status = hdx_fail(err, HELPDEX_IO,
                              "%d events wait to be written, one is dropped; "
                              "wait for the disk",
                              WAITING_MOST);
    }
    pthread_mutex_unlock(&j->lock);
    hdx_event_free(event);
    return status;
}

helpdex_status helpdex_journal_search(helpdex_journal *journal,
                                      const helpdex_search_event *event,
                                      helpdex_error *err)
{
    hdx_event *made;
    helpdex_status status = hdx_event_of_search(event, &made, err);
    return queue(journal, status, made, err);
}

helpdex_status helpdex_journal_feedback(helpdex_journal *journal,
                                        const helpdex_feedback_event *event,
                                        helpdex_error *err)
{
    hdx_event *made;
    helpdex_status status = hdx_event_of_feedback(event, &made, err);
    return queue(journal, status, made, err);
}

helpdex_status helpdex_journal_rating(helpdex_journal *journal,
                                      const helpdex_rating_event *event,
                                      helpdex_error *err)
{
    hdx_event *made;
    helpdex_status status = hdx_event_of_rating(event, &made, err);
    return queue(journal, status, made, err);
}

helpdex_status helpdex_journal_decision(helpdex_journal *journal,
                                        const helpdex_decision_event *event,
                                        helpdex_error *err)
{
    hdx_event *made;
    helpdex_status status = hdx_event_of_decision(event, &made, err);
    return queue(journal, status, made, err);
}

helpdex_status helpdex_journal_contact(helpdex_journal *journal,
                                       const helpdex_contact_event *event,
                                       helpdex_error *err)
{
    hdx_event *made;
    helpdex_status status = hdx_event_of_contact(event, &made, err);
    return queue(journal, status, made, err);
}

helpdex_status helpdex_journal_handoff(helpdex_journal *journal,
                                       const helpdex_handoff_event *event,
                                       helpdex_error *err)
{
    hdx_event *made;
    helpdex_status status = hdx_event_of_handoff(event, &made, err);
    return queue(journal, status, made, err);
}

uint64_t helpdex_journal_dropped(helpdex_journal *journal)
{
    pthread_mutex_lock(&journal->lock);
    uint64_t dropped = journal->dropped;
    pthread_mutex_unlock(&journal->lock);
    return dropped;
}

helpdex_status helpdex_journal_flush(helpdex_journal *journal,
                                     helpdex_error *err)
{
    return write_waiting(journal, err);
}

void helpdex_journal_free(helpdex_journal *journal)
{
    if (!journal)
        return;
    pthread_mutex_lock(&journal->lock);
    journal->closing = true;
    pthread_cond_signal(&journal->wake);
    pthread_mutex_unlock(&journal->lock);
    pthread_join(journal->thread, NULL);
    write_waiting(journal, NULL);
    release(journal);
}
