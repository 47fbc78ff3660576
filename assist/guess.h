/*
 * What a message may be about: articles, with the probability of each that it
 * is what the customer means. Search says it from the words of the articles,
 * the classifier of the customer's locale from how customers ask; where there
 * is a classifier, both count.
 */
#ifndef HDX_GUESS_H
#define HDX_GUESS_H

#include "assist/turn.h"

typedef struct hdx_guess {
    hdx_str id;
    double confidence;
    const helpdex_hit *hit; /* NULL: the classifier alone has it */
} hdx_guess;

/* The likeliest first; of the articles that this customer may see. What `items`
   has lives in the arena of the reply. */
typedef struct hdx_guesses {
    hdx_guess *items;
    size_t count;
} hdx_guesses;

/* Of a turn whose search has been made. Errors: NOMEM, STORE. */
helpdex_status hdx_guess_make(hdx_turn *turn, hdx_guesses *out);

/* Opens the classifiers of all locales that have one. Close them even if it
   fails. Errors: as of hdx_intent_file_open(), but for NOT_FOUND. */
helpdex_status hdx_knowers_open(helpdex_assistant *assistant,
                                helpdex_error *err);
void hdx_knowers_close(helpdex_assistant *assistant);

#endif
