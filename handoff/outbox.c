/*
 * The outbox: what is put is on the disk before anything is sent, and what is
 * sent is written down when it has arrived. Between the two the other side may
 * get a packet twice, never not at all.
 */
#include "handoff/outbox.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "handoff/courier.h"
#include "handoff/ledger.h"

enum { DAY_MS = 24 * 60 * 60 * 1000, KNOWN_DAYS = 30, LISTED_MOST = 1000 };
enum { BATCH = 32 };
enum { LEASE_SPARE_MS = 30 * 1000, LONGEST_CALL_MS = 60 * 1000 };

struct helpdex_outbox {
    const helpdex_handoff_config *config;
    hdx_ledger *ledger;
    pthread_mutex_t lock; /* of the ledger */
    hdx_outbox_now *now;
    void *now_context;
};

struct helpdex_failures {
    hdx_arena arena;
    helpdex_failure *items;
    size_t count;
};

static int64_t system_now(void *context)
{
    struct timespec now;
    (void)context;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t now_of(const helpdex_outbox *o)
{
    return o->now(o->now_context);
}

void hdx_outbox_set_clock(helpdex_outbox *outbox, hdx_outbox_now *now,
                          void *context)
{
    outbox->now = now;
    outbox->now_context = context;
}

helpdex_status helpdex_outbox_open(const helpdex_handoff_config *config,
                                   helpdex_outbox **out, helpdex_error *err)
{
    *out = NULL;
    if (!config->outbox)
        return hdx_fail(err, HELPDEX_INVALID,
                        "the configuration has no section handoff; add one "
                        "with outbox and targets");
    helpdex_outbox *o = calloc(1, sizeof *o);
    if (!o)
        return hdx_fail_nomem(err);
    *o = (helpdex_outbox){.config = config, .now = system_now};
    pthread_mutex_init(&o->lock, NULL);
    helpdex_status status = hdx_ledger_open(config->outbox, &o->ledger, err);
    if (status) {
        helpdex_outbox_free(o);
        return status;
    }
    *out = o;
    return HELPDEX_OK;
}

void helpdex_outbox_free(helpdex_outbox *outbox)
{
    if (!outbox)
        return;
    hdx_ledger_close(outbox->ledger);
    pthread_mutex_destroy(&outbox->lock);
    free(outbox);
}

/* The id, or NULL. */
static const char *id_of(const cJSON *packet)
{
    const char *id =
        cJSON_IsObject(packet) ? hdx_packet_text(packet, "id") : NULL;
    return hdx_is_key(id) ? id : NULL;
}

static helpdex_status put(helpdex_outbox *o, const char *id, hdx_str packet,
                          helpdex_error *err)
{
    const hdx_peers *targets = &o->config->targets;
    const char **names = calloc(targets->count + 1, sizeof *names);
    if (!names)
        return hdx_fail_nomem(err);
    for (size_t i = 0; i < targets->count; i++)
        names[i] = targets->items[i].name;
    pthread_mutex_lock(&o->lock);
    helpdex_status status = hdx_ledger_put(o->ledger, id, packet, names,
                                           targets->count, now_of(o), err);
    pthread_mutex_unlock(&o->lock);
    free(names);
    return status;
}

helpdex_status helpdex_outbox_put(helpdex_outbox *outbox, const char *packet,
                                  helpdex_error *err)
{
    hdx_str text = hdx_str_of(packet);
    if (text.len > HDX_HTTP_BODY_MOST)
        return hdx_fail(err, HELPDEX_BAD_INPUT,
                        "a packet larger than 1 MiB; shorten its transcript");
    if (hdx_utf8_check(text) != SIZE_MAX)
        return hdx_fail(err, HELPDEX_BAD_INPUT,
                        "a packet that is not UTF-8; encode it so");
    cJSON *json = cJSON_ParseWithOpts(packet, NULL, true);
    const char *id = id_of(json);
    helpdex_status status =
        id ? put(outbox, id, text, err)
           : hdx_fail(err, HELPDEX_BAD_INPUT,
                      "no packet: not a JSON object with an \"id\" of 1 to 128 "
                      "letters, digits, '.', '_' or '-'; see "
                      "docs/schemas/handoff.json");
    cJSON_Delete(json);
    return status;
}

/* What one delivery is on its way with. */
typedef struct trip {
    helpdex_outbox *outbox;
    const hdx_taken *taken;
    int64_t lease_ms;
    bool lost;
} trip;

/* Before each call: the lease covers it. */
static helpdex_status keep(void *context, const char *progress,
                           helpdex_error *err)
{
    trip *t = context;
    helpdex_outbox *o = t->outbox;
    pthread_mutex_lock(&o->lock);
    helpdex_status status = hdx_ledger_keep(
        o->ledger, t->taken, progress, now_of(o) + t->lease_ms, &t->lost, err);
    pthread_mutex_unlock(&o->lock);
    if (!status && t->lost)
        status = hdx_fail(err, HELPDEX_IN_USE,
                          "another process has taken this delivery over");
    return status;
}

static helpdex_status carry(trip *t, hdx_arena *arena, hdx_attempt *out,
                            helpdex_error *err)
{
    const hdx_taken *taken = t->taken;
    const hdx_peer *target =
        hdx_peer_find(&t->outbox->config->targets, taken->target);
    *out = (hdx_attempt){
        .verdict = HDX_VERDICT_AGAIN,
        .why = "the configuration has no target of this name; add it"};
    if (!target)
        return HELPDEX_OK;
    t->lease_ms = target->timeout * 1000 + LEASE_SPARE_MS;
    hdx_delivery d = {.arena = arena,
                      .target = target,
                      .packet = cJSON_Parse(taken->body.ptr),
                      .body = taken->body,
                      .id = taken->id,
                      .now = now_of(t->outbox) / 1000,
                      .again = taken->attempts > 1,
                      .progress = cJSON_Parse(taken->progress)};
    helpdex_status status = d.packet && d.progress
                                ? hdx_courier_carry(&d, keep, t, out, err)
                                : hdx_fail_nomem(err);
    cJSON_Delete((cJSON *)(uintptr_t)d.packet);
    cJSON_Delete(d.progress);
    return status;
}

/* Whether another attempt at `due` would come too late. */
static bool gives_up(const helpdex_outbox *o, const hdx_taken *taken,
                     int64_t due)
{
    return due - taken->since > o->config->give_up_days * DAY_MS;
}

static helpdex_status settle(helpdex_outbox *o, const hdx_taken *taken,
                             const hdx_attempt *attempt,
                             helpdex_delivered *report, helpdex_error *err)
{
    int64_t now = now_of(o);
    int64_t due =
        now + hdx_courier_pause(taken->id, taken->target, taken->attempts,
                                attempt->retry_after);
    hdx_end end = HDX_END_WAITING;
    if (attempt->verdict == HDX_VERDICT_DONE)
        end = HDX_END_DONE;
    else if (attempt->verdict == HDX_VERDICT_NEVER || gives_up(o, taken, due))
        end = HDX_END_FAILED;
    report->done += end == HDX_END_DONE;
    report->failed += end == HDX_END_FAILED;
    report->postponed += end == HDX_END_WAITING;
    pthread_mutex_lock(&o->lock);
    helpdex_status status = hdx_ledger_settle(
        o->ledger, taken, end, due, attempt->why ? attempt->why : "", err);
    if (!status && attempt->silent)
        status = hdx_ledger_postpone(o->ledger, taken->target, now, due, err);
    pthread_mutex_unlock(&o->lock);
    return status;
}

static helpdex_status deliver_one(helpdex_outbox *o, int64_t due,
                                  hdx_arena *arena, helpdex_delivered *report,
                                  bool *more, helpdex_error *err)
{
    hdx_taken taken;
    hdx_attempt attempt;
    pthread_mutex_lock(&o->lock);
    helpdex_status status = hdx_ledger_take(
        o->ledger, arena, due, now_of(o) + LONGEST_CALL_MS + LEASE_SPARE_MS,
        &taken, err);
    pthread_mutex_unlock(&o->lock);
    *more = !status && taken.id;
    if (!*more)
        return status;
    trip t = {.outbox = o, .taken = &taken};
    status = carry(&t, arena, &attempt, err);
    if (t.lost)
        return HELPDEX_OK;
    return status ? status : settle(o, &taken, &attempt, report, err);
}

static helpdex_status tidy(helpdex_outbox *o, helpdex_error *err)
{
    pthread_mutex_lock(&o->lock);
    helpdex_status status = hdx_ledger_tidy(
        o->ledger, now_of(o) - (int64_t)KNOWN_DAYS * DAY_MS, err);
    pthread_mutex_unlock(&o->lock);
    return status;
}

helpdex_status helpdex_outbox_deliver(helpdex_outbox *outbox,
                                      helpdex_delivered *report,
                                      helpdex_error *err)
{
    bool more = true;
    hdx_arena arena = {NULL};
    int64_t due = now_of(outbox);
    helpdex_status status = HELPDEX_OK;
    *report = (helpdex_delivered){.done = 0};
    for (int i = 0; i < BATCH && more && !status; i++) {
        status = deliver_one(outbox, due, &arena, report, &more, err);
        hdx_arena_reset(&arena);
    }
    hdx_arena_free(&arena);
    return status ? status : tidy(outbox, err);
}

helpdex_status helpdex_outbox_next_due(helpdex_outbox *outbox,
                                       int64_t *milliseconds,
                                       helpdex_error *err)
{
    int64_t due = -1;
    *milliseconds = -1;
    pthread_mutex_lock(&outbox->lock);
    helpdex_status status = hdx_ledger_next(outbox->ledger, &due, err);
    pthread_mutex_unlock(&outbox->lock);
    int64_t now = now_of(outbox);
    if (!status && due >= 0)
        *milliseconds =
            due > now && due - now <= HDX_LEDGER_LONGEST_MS ? due - now : 0;
    return status;
}

helpdex_status helpdex_outbox_count(helpdex_outbox *outbox,
                                    helpdex_outbox_counts *counts,
                                    helpdex_error *err)
{
    pthread_mutex_lock(&outbox->lock);
    helpdex_status status = hdx_ledger_count(outbox->ledger, counts, err);
    pthread_mutex_unlock(&outbox->lock);
    return status;
}

helpdex_status helpdex_outbox_failures(helpdex_outbox *outbox,
                                       helpdex_failures **out,
                                       helpdex_error *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return hdx_fail_nomem(err);
    pthread_mutex_lock(&outbox->lock);
    helpdex_status status =
        hdx_ledger_failures(outbox->ledger, &(*out)->arena, LISTED_MOST,
                            &(*out)->items, &(*out)->count, err);
    pthread_mutex_unlock(&outbox->lock);
    if (status) {
        helpdex_failures_free(*out);
        *out = NULL;
    }
    return status;
}

size_t helpdex_failures_count(const helpdex_failures *failures)
{
    return failures->count;
}

const helpdex_failure *helpdex_failures_at(const helpdex_failures *failures,
                                           size_t at)
{
    return at < failures->count ? &failures->items[at] : NULL;
}

void helpdex_failures_free(helpdex_failures *failures)
{
    if (!failures)
        return;
    hdx_arena_free(&failures->arena);
    free(failures);
}

helpdex_status helpdex_outbox_retry(helpdex_outbox *outbox, helpdex_error *err)
{
    pthread_mutex_lock(&outbox->lock);
    helpdex_status status =
        hdx_ledger_retry(outbox->ledger, now_of(outbox), err);
    pthread_mutex_unlock(&outbox->lock);
    return status;
}
