/*
 * Token buckets as one number each: the moment at which the bucket is full
 * again (the generic cell rate algorithm).
 */
#include "server/bucket.h"

enum { TRIES = 8 };
static const uint64_t second = 1000000000;

/* By splitmix64: every bit of the result hangs on every bit. */
static uint64_t mixed(uint64_t x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

void hdx_limiter_init(hdx_limiter *limiter, uint64_t seed)
{
    memset(limiter, 0, sizeof *limiter);
    limiter->seed = seed;
    for (unsigned i = 0; i < HDX_LIMITER_PARTS; i++)
        pthread_mutex_init(&limiter->parts[i].lock, NULL);
}

uint64_t hdx_limiter_client(const hdx_limiter *limiter,
                            const hdx_address *address)
{
    hdx_address client = hdx_address_client(address);
    uint64_t halves[2];
    memcpy(halves, client.bytes, sizeof halves);
    return mixed(mixed(halves[0] ^ limiter->seed) ^ halves[1]) | 1;
}

/* The bucket of `who`, else a free one, else the one that is fullest. */
static hdx_bucket *find(hdx_limiter_part *part, uint64_t who)
{
    uint64_t start = mixed(who);
    hdx_bucket *best = NULL;
    for (unsigned i = 0; i < TRIES; i++) {
        hdx_bucket *b = &part->buckets[(start + i) % HDX_PART_BUCKETS];
        if (b->who == who)
            return b;
        if (!best || (best->who && (!b->who || b->full < best->full)))
            best = b;
    }
    *best = (hdx_bucket){.who = who};
    return best;
}

uint64_t hdx_limiter_take(hdx_limiter *limiter, uint64_t who,
                          const hdx_rate *rate, uint64_t now)
{
    if (rate->rate == 0)
        return 0;
    uint64_t each = second / (uint64_t)rate->rate;
    uint64_t room = each * (uint64_t)rate->burst;
    uint64_t wait = 0;
    hdx_limiter_part *part =
        &limiter->parts[who >> 32 & (HDX_LIMITER_PARTS - 1)];
    pthread_mutex_lock(&part->lock);
    hdx_bucket *bucket = find(part, who);
    uint64_t full = bucket->full > now ? bucket->full : now;
    if (full + each > now + room)
        wait = full + each - now - room;
    else
        bucket->full = full + each;
    pthread_mutex_unlock(&part->lock);
    return wait;
}
