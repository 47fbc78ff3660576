/* Counting answers. */
#include "server/metrics.h"

const uint64_t hdx_bucket_ends[HDX_BUCKETS - 1] = {
    50, 100, 250, 500, 1000, 2500, 5000, 10000, 50000, 250000, 1000000};

void hdx_count_answer(hdx_counters *counters, unsigned row, unsigned status,
                      uint64_t ns, uint64_t bytes)
{
    unsigned class = status / 100, bucket = 0;
    uint64_t us = ns / 1000;
    if (class >= HDX_COUNTED_CLASSES || row >= HDX_COUNTED_ROUTES)
        return;
    while (bucket < HDX_BUCKETS - 1 && us > hdx_bucket_ends[bucket])
        bucket++;
    hdx_count(&counters->statuses[row][class], 1);
    hdx_count(&counters->buckets[row][bucket], 1);
    hdx_count(&counters->microseconds[row], us);
    hdx_count(&counters->bytes, bytes);
}
