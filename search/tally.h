/* How often each of some numbered things occurs in a text. */
#ifndef HDX_TALLY_H
#define HDX_TALLY_H

#include "base/arena.h"

typedef struct hdx_tally {
    float *counts;
    uint32_t *touched; /* those above 0 */
    size_t touched_count;
    double length; /* of the text */
} hdx_tally;

/* For numbers below `count`. False when memory is out. */
static inline bool hdx_tally_make(hdx_arena *arena, size_t count,
                                  hdx_tally *out)
{
    *out = (hdx_tally){
        .counts = hdx_arena_alloc(arena, (count + 1) * sizeof *out->counts),
        .touched = hdx_arena_alloc(arena, (count + 1) * sizeof *out->touched)};
    return out->counts && out->touched;
}

/* `times` above 0: what is counted has been touched. */
static inline void hdx_tally_count(hdx_tally *tally, uint32_t number,
                                   double times)
{
    if (tally->counts[number] == 0)
        tally->touched[tally->touched_count++] = number;
    tally->counts[number] += (float)times;
}

static inline void hdx_tally_clear(hdx_tally *tally)
{
    for (size_t i = 0; i < tally->touched_count; i++)
        tally->counts[tally->touched[i]] = 0;
    tally->touched_count = 0;
    tally->length = 0;
}

/* Adds a tally to another, so many times. */
static inline void hdx_tally_add(hdx_tally *to, const hdx_tally *from,
                                 double times)
{
    for (size_t i = 0; i < from->touched_count; i++)
        hdx_tally_count(to, from->touched[i],
                        times * from->counts[from->touched[i]]);
    to->length += times * from->length;
}

/* The same, and clears it. */
static inline void hdx_tally_move(hdx_tally *to, hdx_tally *from, double times)
{
    hdx_tally_add(to, from, times);
    hdx_tally_clear(from);
}

#endif
