/* Days and moments as people write them (ISO 8601), always in UTC. */
#ifndef HDX_DATE_H
#define HDX_DATE_H

#include "base/str.h"

/*
 * Reads `2026-11-24`, with `T08:00`, `T08:00:30` or a space for the T behind
 * it, and then `Z` or an offset such as `+02:00`; without one it is UTC. Parts
 * of seconds are stepped over. `*out` is in seconds since 1970. False: it is
 * no such text, or no such day.
 */
bool hdx_date_read(hdx_str text, int64_t *out);

/* The day of a moment since 1970. */
static inline int32_t hdx_date_day(int64_t seconds)
{
    return (int32_t)((seconds - (seconds % 86400 + 86400) % 86400) / 86400);
}

enum { HDX_DAY_TEXT = 16 };

/* A day since 1970 as `2026-11-24`, in `out`. */
hdx_str hdx_date_write_day(int32_t day, char out[HDX_DAY_TEXT]);

#endif
