/*
 * Compounds, parted by the words of the index itself; no list is kept by hand.
 */
#ifndef HDX_COMPOUND_H
#define HDX_COMPOUND_H

#include "store/lexicon.h"

enum { HDX_COMPOUND_PARTS = 4, HDX_COMPOUND_HEADS = 16 };

/*
 * The words that an unknown word is made of: of all ways to part it the one
 * whose parts' geometric mean of sections is the highest (Koehn and Knight,
 * 2003). Returns how many; 0: it stays whole. O(symbols squared).
 */
size_t hdx_compound_split(const hdx_lexicon *lexicon, const uint16_t *symbols,
                          size_t count, uint32_t parts[HDX_COMPOUND_PARTS]);

/*
 * The commonest words that end in the stem, behind another word of the index.
 * Returns how many. Of an ending with very many words only the first are seen.
 */
size_t hdx_compound_heads(const hdx_lexicon *lexicon, const uint16_t *stem,
                          size_t count, uint32_t heads[HDX_COMPOUND_HEADS]);

#endif
