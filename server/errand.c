/* The threads that call backends. */
#include "server/errand.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/error.h"
#include "server/worker.h"

enum { THREADS = 8, WAITING_MOST = 256, END_SECONDS = 1 };

struct hdx_errands {
    const helpdex_handoff_config *config;
    pthread_t threads[THREADS];
    unsigned started;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t news;
    hdx_errand *first, *last;
    unsigned waiting;
    bool stop;
};

void hdx_errand_free(hdx_errand *errand)
{
    if (!errand)
        return;
    helpdex_reply_free(errand->reply);
    helpdex_flow_result_free(errand->result);
    hdx_arena_free(&errand->arena);
    free(errand);
}

/* The next one; NULL: it is the end. */
static hdx_errand *take(hdx_errands *all)
{
    pthread_mutex_lock(&all->lock);
    while (!all->first && !all->stop)
        pthread_cond_wait(&all->news, &all->lock);
    hdx_errand *errand = all->stop ? NULL : all->first;
    if (errand) {
        all->first = errand->next;
        all->waiting--;
    }
    pthread_mutex_unlock(&all->lock);
    return errand;
}

static void call(hdx_errands *all, hdx_errand *errand)
{
    const helpdex_decision *decision = helpdex_reply_decision(errand->reply);
    const helpdex_flow_request flow = {.flow = decision->flow->name,
                                       .key = decision->flow->key,
                                       .slots = decision->flow->slots,
                                       .context = decision->flow->context,
                                       .locale = decision->locale};
    errand->status =
        helpdex_flow_call(all->config, &flow, &errand->result, &errand->err);
}

/* Under the lock, so that no worker has ended before. */
static void come_back(hdx_errands *all, hdx_errand *errand)
{
    pthread_mutex_lock(&all->lock);
    if (all->stop)
        hdx_errand_free(errand);
    else
        hdx_worker_come_back(errand->worker, errand);
    pthread_mutex_unlock(&all->lock);
}

static void *run(void *context)
{
    hdx_errands *all = context;
    hdx_errand *errand;
    while ((errand = take(all))) {
        call(all, errand);
        come_back(all, errand);
    }
    return NULL;
}

helpdex_status hdx_errands_start(const helpdex_handoff_config *config,
                                 hdx_errands **out, helpdex_error *err)
{
    hdx_errands *all = calloc(1, sizeof *all);
    int failed = 0;
    *out = NULL;
    if (!all)
        return hdx_fail_nomem(err);
    all->config = config;
    pthread_mutex_init(&all->lock, NULL);
    pthread_cond_init(&all->news, NULL);
    while (all->started < THREADS && !failed) {
        failed = pthread_create(&all->threads[all->started], NULL, run, all);
        all->started += !failed;
    }
    if (!failed) {
        *out = all;
        return HELPDEX_OK;
    }
    hdx_errands_stop(all);
    return hdx_fail(err, HELPDEX_IO,
                    "cannot start a thread of the server: %s; raise the limits "
                    "of the system",
                    strerror(failed));
}

bool hdx_errands_stop(hdx_errands *errands)
{
    struct timespec until;
    bool ended = true;
    if (!errands)
        return true;
    pthread_mutex_lock(&errands->lock);
    errands->stop = true;
    pthread_cond_broadcast(&errands->news);
    pthread_mutex_unlock(&errands->lock);
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += END_SECONDS;
    for (unsigned i = 0; i < errands->started; i++)
        ended &= pthread_timedjoin_np(errands->threads[i], NULL, &until) == 0;
    if (!ended)
        return false;
    for (hdx_errand *at = errands->first, *next; at; at = next) {
        next = at->next;
        hdx_errand_free(at);
    }
    pthread_cond_destroy(&errands->news);
    pthread_mutex_destroy(&errands->lock);
    free(errands);
    return true;
}

static const char *copy(hdx_arena *arena, const char *text, bool *failed)
{
    if (!text)
        return NULL;
    const char *copied = hdx_arena_copy(arena, hdx_str_of(text)).ptr;
    *failed |= !copied;
    return copied;
}

/* What is asked again with the outcome; the message is for the journal. */
static bool copy_request(hdx_errand *errand, const helpdex_ask_request *from)
{
    hdx_arena *arena = &errand->arena;
    bool failed = false;
    helpdex_fact *facts =
        hdx_arena_alloc(arena, (from->fact_count + 1) * sizeof *facts);
    if (!facts)
        return false;
    for (size_t i = 0; i < from->fact_count; i++)
        facts[i] = (helpdex_fact){copy(arena, from->facts[i].name, &failed),
                                  copy(arena, from->facts[i].value, &failed)};
    errand->request = *from;
    errand->request.facts = facts;
    errand->request.message = copy(arena, from->message, &failed);
    errand->request.locale = copy(arena, from->locale, &failed);
    errand->request.session = errand->request.outcome_text = NULL;
    return !failed;
}

static bool queue(hdx_errands *all, hdx_errand *errand)
{
    pthread_mutex_lock(&all->lock);
    bool room = all->waiting < WAITING_MOST;
    if (room && all->first)
        all->last->next = errand;
    else if (room)
        all->first = errand;
    if (room) {
        all->last = errand;
        all->waiting++;
        pthread_cond_signal(&all->news);
    }
    pthread_mutex_unlock(&all->lock);
    return room;
}

hdx_errand *hdx_errands_give(hdx_errands *errands, hdx_exchange *x,
                             const helpdex_ask_request *request,
                             helpdex_reply *reply, unsigned calls)
{
    hdx_errand *errand = calloc(1, sizeof *errand);
    if (!errand)
        return NULL;
    errand->worker = x->worker;
    errand->x = x;
    errand->calls = calls;
    if (copy_request(errand, request)) {
        errand->reply = reply;
        if (queue(errands, errand))
            return errand;
        errand->reply = NULL;
    }
    hdx_errand_free(errand);
    return NULL;
}
