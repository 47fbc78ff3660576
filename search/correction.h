/*
 * What a question with a typing error was meant to be.
 */
#ifndef HDX_CORRECTION_H
#define HDX_CORRECTION_H

#include "search/searcher.h"

/*
 * Writes the question of the chain's first locale, as its maker has just cut
 * it, with every unknown word replaced by the one that was meant. `*out` is in
 * `arena`; NULL when nothing is to be replaced.
 */
helpdex_status hdx_correct(const hdx_chain *chain, const hdx_question *question,
                           hdx_arena *arena, const char **out,
                           helpdex_error *err);

#endif
