/*
 * Why a hit was found: for each word of the question the closest word of the
 * hit's texts, and by which tier it stands for it.
 */
#ifndef HDX_EXPLAIN_H
#define HDX_EXPLAIN_H

#include <helpdex/search.h>

#include "search/rank.h"

/*
 * Fills in the words of an explanation; what is not found has no tier. Texts
 * are in `arena`. O(length of the texts). Errors: NOMEM.
 */
helpdex_status hdx_explain_words(const hdx_question_maker *maker,
                                 const hdx_ranking *ranking,
                                 const hdx_question *question, uint32_t section,
                                 uint32_t article, hdx_arena *arena,
                                 helpdex_explanation *out, helpdex_error *err);

#endif
