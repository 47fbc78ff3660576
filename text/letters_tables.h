/* The tables that text/letters_gen.c makes: pages of the BMP. */
#ifndef HDX_LETTERS_TABLES_H
#define HDX_LETTERS_TABLES_H

#include <stdint.h>

extern const uint16_t hdx_letters_marks[][256];
extern const unsigned char hdx_letters_marks_pages[256];
extern const uint16_t hdx_letters_simplified[][256];
extern const unsigned char hdx_letters_simplified_pages[256];
extern const uint16_t hdx_letters_readings[][256];
extern const unsigned char hdx_letters_readings_pages[256];

/* Toneless pinyin in order; syllable n stands at n - 1. */
extern const char hdx_letters_syllables[][8];
extern const unsigned hdx_letters_syllable_count;

#endif
