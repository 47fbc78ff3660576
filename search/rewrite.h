/*
 * What somebody typed on another keyboard than the language's own.
 */
#ifndef HDX_REWRITE_H
#define HDX_REWRITE_H

#include "search/question.h"

/*
 * A query with every Latin word that the index does not have written anew, in
 * the first of these ways that the pack has and that gives something: what the
 * same keys mean on the language's keyboard, if the index has that; romaji as
 * kana; the initials of pinyin as the Chinese words of a title that have them.
 * Pinyin in full is no word but a reading: see search/question.c. A query
 * without Latin letters stays as it is, so that nothing is found by its sound.
 * Initials are looked for in every title, about 50 ns each, for four words at
 * most. `*out` is `query` itself, or in `arena`. Errors: NOMEM, STORE.
 */
helpdex_status hdx_rewrite(hdx_question_maker *maker, hdx_str query,
                           hdx_arena *arena, hdx_str *out, helpdex_error *err);

#endif
