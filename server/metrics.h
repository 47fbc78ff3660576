/*
 * Counters of a worker. One thread writes them, without a lock; whoever adds
 * them up sees each as it was at some moment of late.
 */
#ifndef HDX_SERVER_METRICS_H
#define HDX_SERVER_METRICS_H

#include <stdatomic.h>
#include <stdint.h>

enum {
    HDX_COUNTED_ROUTES = 32, /* row 0: what is no route */
    HDX_COUNTED_CLASSES = 6, /* of statuses, 1xx to 5xx */
    HDX_BUCKETS = 12
};

/* Upper ends of the buckets of durations, in microseconds; the last holds what
   took longer. */
extern const uint64_t hdx_bucket_ends[HDX_BUCKETS - 1];

typedef _Atomic uint64_t hdx_counter;

typedef struct hdx_counters {
    hdx_counter statuses[HDX_COUNTED_ROUTES][HDX_COUNTED_CLASSES];
    hdx_counter buckets[HDX_COUNTED_ROUTES][HDX_BUCKETS];
    hdx_counter microseconds[HDX_COUNTED_ROUTES];
    hdx_counter bytes;
    hdx_counter unchanged; /* answered by 304 */
    hdx_counter repeated;  /* answered by what was kept of an earlier one */
    hdx_counter shed;      /* refused because there was too much to do */
    hdx_counter limited;   /* refused because the caller asked too often */
    hdx_counter expired;   /* connections that were too slow */
} hdx_counters;

static inline void hdx_count(hdx_counter *counter, uint64_t by)
{
    atomic_store_explicit(
        counter, atomic_load_explicit(counter, memory_order_relaxed) + by,
        memory_order_relaxed);
}

static inline uint64_t hdx_counted(const hdx_counter *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

/* Counts an answer of a route by its number in hdx_routes plus one. */
void hdx_count_answer(hdx_counters *counters, unsigned row, unsigned status,
                      uint64_t ns, uint64_t bytes);

#endif
