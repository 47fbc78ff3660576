/*
 * The lexicon of one locale in the making: takes analysed pieces of articles,
 * and at the end numbers the words, counts them and their grams, and writes
 * all down (store/lexicon.h).
 */
#ifndef HDX_WORDBOOK_H
#define HDX_WORDBOOK_H

#include "store/lexicon.h"
#include "text/analyse.h"

typedef struct hdx_wordbook hdx_wordbook;

helpdex_status hdx_wordbook_new(hdx_wordbook **out, helpdex_error *err);
void hdx_wordbook_free(hdx_wordbook *book);

/* Starts the next article, or the next section of it; what is added belongs to
   what was started last. */
helpdex_status hdx_wordbook_article(hdx_wordbook *book, helpdex_error *err);
helpdex_status hdx_wordbook_section(hdx_wordbook *book, helpdex_error *err);

/*
 * Adds a segment; `tokens` are those of `text`. HDX_SEGMENT_SENTENCE may be
 * many sentences: they are parted here.
 */
helpdex_status hdx_wordbook_add(hdx_wordbook *book, hdx_segment segment,
                                hdx_str text, const hdx_tokens *tokens,
                                helpdex_error *err);

/* Writes the lexicon to `path`, with what the pack needs. Nothing can be added
   after. Errors: IO. */
helpdex_status hdx_wordbook_finish(hdx_wordbook *book, const hdx_pack *pack,
                                   const char *path, helpdex_error *err);

#endif
