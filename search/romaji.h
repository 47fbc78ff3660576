/* The romanised tier of a script that Latin letters can spell. */
#ifndef HDX_ROMAJI_H
#define HDX_ROMAJI_H

#include "base/arena.h"
#include "store/lexicon.h"

/*
 * A query with every Latin word in kana that can be read as romaji and that
 * the lexicon does not have as it stands. `*out` is `query` itself, or in
 * `arena`. Errors: NOMEM.
 */
helpdex_status hdx_romaji_rewrite(const hdx_lexicon *lexicon, hdx_str query,
                                  hdx_arena *arena, hdx_str *out,
                                  helpdex_error *err);

#endif
