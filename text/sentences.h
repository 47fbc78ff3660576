/*
 * Where sentences end, by ICU (UAX #29) with the abbreviations that it knows of
 * a language. In scripts that mark no ends (Thai, Lao, Khmer, Burmese) a space
 * between two letters ends a phrase, which stands for a sentence.
 */
#ifndef HDX_SENTENCES_H
#define HDX_SENTENCES_H

#include "base/arena.h"
#include "base/error.h"

typedef struct hdx_sentences hdx_sentences;

/* For texts in a locale. Errors: NOMEM, STORE (ICU has no such data). */
helpdex_status hdx_sentences_open(const char *locale, hdx_sentences **out,
                                  helpdex_error *err);
void hdx_sentences_free(hdx_sentences *sentences);

/*
 * The byte offsets at which the sentences of valid `text` end, white space
 * behind them included, the last at its end; in `arena`. Errors: NOMEM, STORE.
 */
helpdex_status hdx_sentences_cut(hdx_sentences *sentences, hdx_str text,
                                 hdx_arena *arena, uint32_t **ends,
                                 size_t *count, helpdex_error *err);

#endif
