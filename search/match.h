/*
 * Which words of the lexicon stand for a word of the question. Each tier is
 * tried only as far as it is needed: a word that the index has is not
 * corrected, and one that it has as written is not unfolded.
 */
#ifndef HDX_MATCH_H
#define HDX_MATCH_H

#include "search/question.h"

/* The question at work. */
typedef struct hdx_matching {
    hdx_question_maker *maker;
    hdx_question *question;
    hdx_arena *arena;
    size_t lead_capacity;
    helpdex_error *err;
} hdx_matching;

/*
 * Makes the word at `at` of the maker's tokens a word of the question, unless
 * its stem is one already, and matches it.
 */
helpdex_status hdx_match_token(hdx_matching *m, size_t at);

/* Weighs a word by how many of all sections and titles have it. */
void hdx_word_weigh(hdx_question_word *word, double sections, double titles,
                    double all_sections, double all_titles);

/* Adds a term that finds candidates; a weak one only beside others. */
helpdex_status hdx_match_lead(hdx_matching *m, hdx_str term, double weight,
                              uint32_t sections, bool weak);

#endif
