/*
 * Hangul as it is typed: a syllable is two to five letters, and while one is
 * being typed it looks like another syllable, or like a letter that stands
 * alone. As letters, what is unfinished is a beginning of what is meant.
 */
#ifndef HDX_HANGUL_H
#define HDX_HANGUL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A consonant, two vowels, two consonants. */
enum { HDX_HANGUL_LETTERS = 5 };

/*
 * The letters that a syllable, or a letter of NFKC text, is typed with;
 * consonants are the same in front and at the end. Returns how many; 0: `c` is
 * no Hangul.
 */
size_t hdx_hangul_letters(uint32_t c, uint16_t out[HDX_HANGUL_LETTERS]);

/* The consonant that a syllable begins with; 0: it is none. */
uint16_t hdx_hangul_initial(uint32_t c);

/* Whether a letter, as above, is one that syllables begin with. */
bool hdx_hangul_is_initial(uint16_t letter);

#endif
