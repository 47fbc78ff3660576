/*
 * The pool of one locale in the making: takes the titles and questions of
 * articles as they are analysed, and at the end the words of the lexicon, sorts
 * them and writes all down (store/pool.h).
 */
#ifndef HDX_POOLBOOK_H
#define HDX_POOLBOOK_H

#include "store/lexicon.h"
#include "text/analyse.h"

typedef struct hdx_poolbook hdx_poolbook;

/* `pack` must outlive it. */
helpdex_status hdx_poolbook_new(const hdx_pack *pack, hdx_poolbook **out,
                                helpdex_error *err);
void hdx_poolbook_free(hdx_poolbook *book);

/* Starts the next article, of a weight as in hdx_forward_article. */
void hdx_poolbook_article(hdx_poolbook *book, uint32_t weight);

/* Adds a title or a question of the article; `tokens` are those of `text`. */
helpdex_status hdx_poolbook_add(hdx_poolbook *book, hdx_segment segment,
                                hdx_str text, const hdx_tokens *tokens,
                                helpdex_error *err);

/* Writes the pool to `path`, with the commonest words of the lexicon of the
   same articles. Nothing can be added after. Errors: IO. */
helpdex_status hdx_poolbook_finish(hdx_poolbook *book,
                                   const hdx_lexicon *lexicon, const char *path,
                                   helpdex_error *err);

#endif
