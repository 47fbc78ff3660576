/* Facts about characters that the indexer and the search need. */
#ifndef HDX_CHARACTER_H
#define HDX_CHARACTER_H

#include "base/arena.h"

/*
 * Whether a line break in the source between these two texts stands for no
 * space: both sides are of a script that is written without spaces.
 */
bool hdx_joins_without_space(hdx_str before, hdx_str after);

/*
 * A heading as an anchor, as GitHub makes them: lower case, spaces become
 * hyphens, letters, marks and digits of every script stay, the rest goes.
 * `ptr` is NULL when memory is out.
 */
hdx_str hdx_slug(hdx_arena *arena, hdx_str heading);

/* Text that is the same for all cases of its letters; `ptr` is NULL when
   memory is out. */
hdx_str hdx_fold_case(hdx_arena *arena, hdx_str text);

/*
 * Whether `c` is one character with `before`, which stands in front of it: a
 * mark and its letter, the letters of a decomposed Hangul syllable.
 */
bool hdx_stays_with(uint32_t before, uint32_t c);

/*
 * The end of the grapheme cluster at `offset`, so that a cut there shows whole
 * characters. Valid UTF-8; at the end of the text its length.
 */
size_t hdx_cluster_end(hdx_str text, size_t offset);

#endif
