/* What may have been meant by a prefix with one typing error in it. */
#ifndef HDX_MISTYPED_H
#define HDX_MISTYPED_H

#include "search/key_heap.h"

/*
 * Adds the keys that begin with what was typed but for one letter more, less or
 * other, or for two neighbours that are exchanged; `count` is below
 * HDX_POOL_DEEPEST. Prefixes under three symbols are left alone, and so is the
 * first letter of a word under four, because too much would fit.
 */
void hdx_mistyped_add(hdx_key_heap *all, const uint16_t *typed, size_t count);

#endif
