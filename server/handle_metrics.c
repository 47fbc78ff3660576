/* Figures for Prometheus (text format 0.0.4). */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "server/routes.h"
#include "server/state.h"

typedef struct exposition {
    hdx_server *server;
    hdx_buf *out;
} exposition;

__attribute__((format(printf, 2, 3))) static void line(const exposition *e,
                                                       const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (len > 0)
        hdx_buf_add(e->out, hdx_str_of(text));
}

static void head(const exposition *e, const char *name, const char *type,
                 const char *help)
{
    line(e, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

/* A counter of all workers together; `offset` is where it stands in theirs. */
static uint64_t total(const exposition *e, size_t offset)
{
    uint64_t sum = 0;
    for (unsigned i = 0; i < e->server->count; i++)
        sum += hdx_counted((
            const hdx_counter
                *)(const void *)((const char *)&e->server->workers[i].counters +
                                 offset));
    return sum;
}

#define TOTAL(e, field) total(e, offsetof(hdx_counters, field))

/* What a row is called; row 0 is what was no route. */
static const char *route_name(size_t row)
{
    return row ? hdx_routes[row - 1]->name : "none";
}

static size_t row_count(void)
{
    size_t rows = 1;
    while (hdx_routes[rows - 1])
        rows++;
    return rows < HDX_COUNTED_ROUTES ? rows : HDX_COUNTED_ROUTES;
}

static size_t status_offset(size_t row, size_t class)
{
    return offsetof(hdx_counters, statuses) +
           (row * HDX_COUNTED_CLASSES + class) * sizeof(hdx_counter);
}

static void add_requests(const exposition *e)
{
    head(e, "helpdex_requests_total", "counter",
         "Requests answered, by route and class of status.");
    for (size_t row = 0; row < row_count(); row++)
        for (size_t class = 1; class < HDX_COUNTED_CLASSES; class ++) {
            uint64_t count = total(e, status_offset(row, class));
            if (count)
                line(e,
                     "helpdex_requests_total{route=\"%s\",status=\"%zuxx\"} "
                     "%" PRIu64 "\n",
                     route_name(row), class, count);
        }
}

static size_t bucket_offset(size_t row, size_t bucket)
{
    return offsetof(hdx_counters, buckets) +
           (row * HDX_BUCKETS + bucket) * sizeof(hdx_counter);
}

static void add_row_durations(const exposition *e, size_t row)
{
    static const char name[] = "helpdex_request_seconds";
    uint64_t sum = 0;
    for (size_t i = 0; i < HDX_BUCKETS; i++)
        sum += total(e, bucket_offset(row, i));
    if (sum == 0)
        return;
    uint64_t count = 0;
    for (size_t i = 0; i < HDX_BUCKETS - 1; i++) {
        count += total(e, bucket_offset(row, i));
        line(e, "%s_bucket{route=\"%s\",le=\"%g\"} %" PRIu64 "\n", name,
             route_name(row), (double)hdx_bucket_ends[i] / 1e6, count);
    }
    line(e, "%s_bucket{route=\"%s\",le=\"+Inf\"} %" PRIu64 "\n", name,
         route_name(row), sum);
    line(e, "%s_sum{route=\"%s\"} %.6f\n", name, route_name(row),
         (double)total(e, offsetof(hdx_counters, microseconds) +
                              row * sizeof(hdx_counter)) /
             1e6);
    line(e, "%s_count{route=\"%s\"} %" PRIu64 "\n", name, route_name(row), sum);
}

static void add_durations(const exposition *e)
{
    head(e, "helpdex_request_seconds", "histogram",
         "Time from the last byte of a request to its answer.");
    for (size_t row = 0; row < row_count(); row++)
        add_row_durations(e, row);
}

static void add_count(const exposition *e, const char *name, const char *type,
                      const char *help, uint64_t count)
{
    head(e, name, type, help);
    line(e, "%s %" PRIu64 "\n", name, count);
}

/* The second number of /proc/self/statm is of pages; 0: it cannot be read. */
static uint64_t resident_bytes(void)
{
    char line_read[128] = "";
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file)
        return 0;
    const char *got = fgets(line_read, sizeof line_read, file);
    fclose(file);
    const char *second = got ? strchr(line_read, ' ') : NULL;
    uint64_t pages = second ? strtoull(second, NULL, 10) : 0;
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static void add_index(const exposition *e)
{
    hdx_condition *condition = &e->server->condition;
    pthread_mutex_lock(&condition->lock);
    bool degraded = condition->degraded[0] != '\0';
    uint64_t swaps = condition->swaps;
    char generation[sizeof condition->generation];
    memcpy(generation, condition->generation, sizeof generation);
    pthread_mutex_unlock(&condition->lock);
    head(e, "helpdex_generation", "gauge", "The generation that answers.");
    line(e, "helpdex_generation{name=\"%.200s\"} 1\n", generation);
    add_count(e, "helpdex_degraded", "gauge",
              "1: an older generation answers than the newest.", degraded);
    add_count(e, "helpdex_generation_swaps_total", "counter",
              "Generations taken up since the start.", swaps);
}

static void add_handoffs(const exposition *e)
{
    helpdex_outbox_counts counts;
    hdx_desk *desk = e->server->desk;
    if (!desk->outbox || helpdex_outbox_count(desk->outbox, &counts, NULL))
        return;
    head(e, "helpdex_handoff_deliveries", "gauge",
         "Handoffs, for each target, that wait or were given up.");
    line(e, "helpdex_handoff_deliveries{state=\"waiting\"} %zu\n",
         counts.waiting);
    line(e, "helpdex_handoff_deliveries{state=\"failed\"} %zu\n",
         counts.failed);
}

static void metrics(hdx_exchange *x)
{
    hdx_server *server = x->worker->server;
    hdx_reply_json(x);
    const exposition e = {server, &x->reply.body};
    add_requests(&e);
    add_durations(&e);
    add_count(&e, "helpdex_answer_bytes_total", "counter",
              "Bytes of answers, before they are packed.", TOTAL(&e, bytes));
    add_count(&e, "helpdex_unchanged_total", "counter",
              "Requests answered by 304.", TOTAL(&e, unchanged));
    add_count(&e, "helpdex_repeated_total", "counter",
              "Requests answered by what was kept of an earlier one.",
              TOTAL(&e, repeated));
    add_count(&e, "helpdex_shed_total", "counter",
              "Requests refused because there was too much to do.",
              TOTAL(&e, shed));
    add_count(&e, "helpdex_limited_total", "counter",
              "Requests refused because their sender asked too often.",
              TOTAL(&e, limited));
    add_count(&e, "helpdex_expired_total", "counter",
              "Connections ended in the middle of a request, as too slow.",
              TOTAL(&e, expired));
    add_count(&e, "helpdex_turned_away_total", "counter",
              "Connections refused because there were too many.",
              hdx_counted(&server->turned_away));
    add_count(&e, "helpdex_connections", "gauge", "Open connections.",
              atomic_load(&server->connections));
    add_index(&e);
    add_handoffs(&e);
    if (server->desk->journal)
        add_count(&e, "helpdex_events_dropped_total", "counter",
                  "Events that the journal could not take.",
                  helpdex_journal_dropped(server->desk->journal));
    add_count(&e, "process_resident_memory_bytes", "gauge", "Resident memory.",
              resident_bytes());
    add_count(&e, "process_start_time_seconds", "gauge",
              "Start of the process, in seconds since 1970.",
              (uint64_t)server->started);
}

const hdx_route hdx_route_metrics = {.method = "GET",
                                     .path = "/metrics",
                                     .scopes = HDX_SCOPE_ADMIN,
                                     .handler = metrics,
                                     .name = "metrics",
                                     .summary = "Figures for Prometheus",
                                     .type = "text/plain; version=0.0.4",
                                     .urgent = true};
