/*
 * The part of a section that answers a question, with its words marked. Marks
 * stand on the words as written, whatever their stems; a cut never splits a
 * word, nor a character from its marks.
 */
#ifndef HDX_SNIPPET_H
#define HDX_SNIPPET_H

#include "search/question.h"

typedef struct hdx_snippet {
    hdx_str text; /* plain, on one line */
    hdx_str html; /* escaped, with <mark> and nothing else */
    size_t begin; /* byte of the text that was cut, where it begins */
} hdx_snippet;

/*
 * The number of what a token of a text matches: a word of the question, or
 * behind those a pair of characters. SIZE_MAX: nothing worth a mark.
 */
size_t hdx_snippet_match(const hdx_lexicon *lexicon,
                         const hdx_question *question, hdx_word *word);

/* At most about `length` code points of `text`, all in `arena`. */
helpdex_status hdx_snippet_make(hdx_question_maker *maker, hdx_str text,
                                const hdx_question *question, size_t length,
                                hdx_arena *arena, hdx_snippet *out,
                                helpdex_error *err);

#endif
