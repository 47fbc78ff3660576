/*
 * "I want a human", in any language: whoever asks for a person gets one,
 * whatever else they say. What counts is written in the locale packs (`person`,
 * and the label of the way to one), and nothing is guessed; questions about agents are none.
 */
#ifndef HDX_PERSON_H
#define HDX_PERSON_H

#include "text/pack.h"
#include "text/phrase.h"

/* A way to ask for a person. */
typedef struct hdx_person_phrase {
    hdx_phrase_text text;
    bool alone; /* only when it is all of a message, perhaps repeated */
} hdx_person_phrase;

/* The phrases of all packs. Zeroed, it has none. */
typedef struct hdx_person_book {
    hdx_arena arena;
    hdx_person_phrase *phrases; /* in order of their first letters */
    size_t count;
} hdx_person_book;

/* Reads every pack of a catalogue. Close it even if it fails. Errors:
   BAD_INPUT, NOMEM. */
helpdex_status hdx_person_book_open(hdx_catalog *catalog, hdx_person_book *out,
                                    helpdex_error *err);
void hdx_person_book_close(hdx_person_book *book);

/* Whether a message, prepared and loosened, asks for a person. */
bool hdx_asks_for_person(const hdx_person_book *book,
                         const hdx_phrase_text *message);

#endif
