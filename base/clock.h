/* Time that only moves forward, for measuring, and that of the day. */
#ifndef HDX_CLOCK_H
#define HDX_CLOCK_H

#include <stdint.h>
#include <time.h>

/* Nanoseconds since some moment of the past. */
static inline uint64_t hdx_now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* Nanoseconds since 1970, as files have them. */
static inline int64_t hdx_clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Seconds since 1970. */
static inline int64_t hdx_clock(void)
{
    return (int64_t)time(NULL);
}

#endif
