/*
 * How often callers may ask: a bucket each, which a request takes a token from
 * and time fills. A fixed number of them is kept; who has not asked for long
 * gives way, so that no number of callers takes memory.
 */
#ifndef HDX_SERVER_BUCKET_H
#define HDX_SERVER_BUCKET_H

#include <pthread.h>

#include "server/config.h"

enum { HDX_LIMITER_PARTS = 64, HDX_PART_BUCKETS = 256 };

typedef struct hdx_bucket {
    uint64_t who;  /* 0: free */
    uint64_t full; /* when it will be full again, in nanoseconds */
} hdx_bucket;

typedef struct hdx_limiter_part {
    pthread_mutex_t lock;
    hdx_bucket buckets[HDX_PART_BUCKETS];
} hdx_limiter_part;

typedef struct hdx_limiter {
    hdx_limiter_part parts[HDX_LIMITER_PARTS];
    uint64_t seed; /* so that nobody can choose who shares their bucket */
} hdx_limiter;

void hdx_limiter_init(hdx_limiter *limiter, uint64_t seed);

/* Who is counted by an address. */
uint64_t hdx_limiter_client(const hdx_limiter *limiter,
                            const hdx_address *address);

/*
 * Takes a token at `now`. 0: there was one; else the nanoseconds until there
 * will be.
 */
uint64_t hdx_limiter_take(hdx_limiter *limiter, uint64_t who,
                          const hdx_rate *rate, uint64_t now);

#endif
