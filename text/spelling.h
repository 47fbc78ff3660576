/*
 * How a text is spelled, symbol by symbol, for what is typed to be a beginning
 * of it: the loose forms of its words, one space between words that stand
 * apart, Hangul as letters. Index and search spell alike.
 */
#ifndef HDX_SPELLING_H
#define HDX_SPELLING_H

#include "text/analyse.h"

typedef enum hdx_spelled {
    HDX_SPELLED_AS_WRITTEN,
    HDX_SPELLED_READING, /* Han in pinyin; no spaces */
    HDX_SPELLED_INITIALS /* the first letter of each syllable; no spaces */
} hdx_spelled;

/* A symbol is a code point in 16 bits; never 0. Those from here on say as much
   as a syllable or a word, and typing them wrong is another thing than letters
   are. */
enum { HDX_SPELLED_SIGNS = 0x2E80 };

typedef struct hdx_spelled_word {
    uint32_t at; /* in `symbols` */
    bool stop;
} hdx_spelled_word;

/* A zeroed one is empty; its arrays are used again. */
typedef struct hdx_spelling {
    uint16_t *symbols;
    size_t count, capacity;
    hdx_spelled_word *words;
    size_t word_count, word_capacity;
    size_t read;       /* symbols that have a reading or an initial */
    hdx_density dense; /* of the word before */
} hdx_spelling;

/*
 * Spells the words of `tokens`. `readings`: Han is read as pinyin. What is not
 * spelled otherwise stands as it is written. A text ends in a space where
 * another word would be set apart, so that a finished word is told from the
 * beginning of a longer one; what is typed does only if `finished`. False when
 * memory is out.
 */
bool hdx_spell(hdx_spelling *out, hdx_spelled how, bool readings,
               const hdx_tokens *tokens, bool finished);

/* The same of a single word, of which the loose form is given. */
bool hdx_spell_word(hdx_spelling *out, hdx_spelled how, bool readings,
                    const uint16_t *symbols, size_t count, hdx_density dense);

void hdx_spelling_free(hdx_spelling *spelling);

#endif
