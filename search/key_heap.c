/* A binary heap. */
#include "search/key_heap.h"

#include <stdlib.h>

void hdx_key_heap_start(hdx_key_heap *all, const hdx_shelf *shelf)
{
    all->count = 0;
    all->failed = false;
    all->shelf = shelf;
}

void hdx_key_heap_free(hdx_key_heap *all)
{
    free(all->items);
    *all = (hdx_key_heap){0};
}

/* Whether the best key of `a` goes before that of `b`. */
static bool before(const hdx_key_heap *all, const hdx_heap_entry *a,
                   const hdx_heap_entry *b)
{
    uint32_t x = all->shelf->scores[a->best], y = all->shelf->scores[b->best];
    return x != y ? x > y : a->best < b->best;
}

void hdx_key_heap_add(hdx_key_heap *all, hdx_key_range range, bool read)
{
    if (range.begin >= range.end)
        return;
    if (!hdx_grow(&all->items, &all->capacity, all->count + 1,
                  sizeof *all->items)) {
        all->failed = true;
        return;
    }
    hdx_heap_entry added = {range, hdx_shelf_best(all->shelf, range), read};
    size_t at = all->count++;
    for (size_t up; at && before(all, &added, &all->items[up = (at - 1) / 2]);
         at = up)
        all->items[at] = all->items[up];
    all->items[at] = added;
}

/* Removes the first, and puts the last in its place. */
static void drop_first(hdx_key_heap *all)
{
    hdx_heap_entry last = all->items[--all->count];
    size_t at = 0;
    for (size_t down; (down = 2 * at + 1) < all->count; at = down) {
        if (down + 1 < all->count &&
            before(all, &all->items[down + 1], &all->items[down]))
            down++;
        if (!before(all, &all->items[down], &last))
            break;
        all->items[at] = all->items[down];
    }
    if (all->count)
        all->items[at] = last;
}

bool hdx_key_heap_take(hdx_key_heap *all, hdx_heap_entry *out)
{
    if (all->count == 0 || all->failed)
        return false;
    *out = all->items[0];
    drop_first(all);
    hdx_key_heap_add(all, (hdx_key_range){out->range.begin, out->best},
                     out->read);
    hdx_key_heap_add(all, (hdx_key_range){out->best + 1, out->range.end},
                     out->read);
    return true;
}
