/* Seed phrases: the words that are all the money of a wallet. */
#ifndef HDX_SEED_H
#define HDX_SEED_H

#include "base/arena.h"
#include "insights/plain.h"

/*
 * Whether twelve words or more of one list of BIP-39 stand in a row, with
 * anything but letters between them: a phrase of 12 to 24 words. `*found` is
 * set on OK alone.
 */
helpdex_status hdx_seed_find(hdx_arena *arena, const hdx_plain *text,
                             bool *found, helpdex_error *err);

#endif
