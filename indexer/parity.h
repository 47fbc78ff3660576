/*
 * The proof that index and query are cut alike: every title, asked as a
 * question, must find its own article.
 */
#ifndef HDX_PARITY_H
#define HDX_PARITY_H

#include "store/forward.h"
#include "store/lexicon.h"
#include "text/pack.h"

/*
 * Cuts every title anew, as a search will that has nothing but the pack and
 * the files, and compares its words with those that were indexed. Errors: STORE
 * (the article, the locale, the words asked and those indexed).
 */
helpdex_status hdx_parity_check(const hdx_pack *pack, const char *locale,
                                const hdx_forward *forward,
                                const hdx_lexicon *lexicon, helpdex_error *err);

#endif
