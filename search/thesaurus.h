/*
 * The synonyms of a locale pack, cut like questions, so that a question that
 * says one thing also finds the other.
 */
#ifndef HDX_THESAURUS_H
#define HDX_THESAURUS_H

#include "text/analyse.h"

enum { HDX_PHRASE_WORDS = 6 };

/* A word or phrase of a group. */
typedef struct hdx_phrase {
    uint32_t group;
    bool from; /* whoever asks for it ... */
    bool to;   /* ... finds this */
    size_t count;
    hdx_str terms[HDX_PHRASE_WORDS];
    hdx_str stems[HDX_PHRASE_WORDS];
} hdx_phrase;

typedef struct hdx_thesaurus {
    hdx_arena arena;
    hdx_phrase *phrases;
    size_t count;
} hdx_thesaurus;

/*
 * Cuts the synonyms of the analyser's pack; phrases of more than
 * HDX_PHRASE_WORDS words are left out. Close it even if it fails.
 */
helpdex_status hdx_thesaurus_open(hdx_analyser *analyser, hdx_tokens *scratch,
                                  hdx_thesaurus *out, helpdex_error *err);
void hdx_thesaurus_close(hdx_thesaurus *thesaurus);

/* Whether the words from token `at` on are the phrase, in any inflection. */
bool hdx_phrase_is_at(const hdx_phrase *phrase, const hdx_tokens *tokens,
                      size_t at);

#endif
