/*
 * Letters and what people write for them: without their marks, in the other
 * Chinese script, in the other kana, or in Latin letters. Tables made at build
 * time from ICU's transliterators (text/letters_gen.c), because those take
 * milliseconds and a request has microseconds.
 */
#ifndef HDX_LETTERS_H
#define HDX_LETTERS_H

#include "base/str.h"

/* What to leave aside; a pack says which (`fold`). */
enum {
    HDX_FOLD_MARKS =
        1, /* diacritics, vowel points, letter variants, apostrophes */
    HDX_FOLD_HAN = 2, /* traditional as simplified */
    HDX_FOLD_KANA = 4 /* katakana as hiragana, without long vowels */
};

/*
 * The letter that stands for a code point of case-folded NFKC text under
 * `folds`, a set of HDX_FOLD_*; 0: it is left out. Most stand for themselves.
 * Constant time.
 */
uint32_t hdx_letter_fold(uint32_t c, unsigned folds);

/* The number of a Han character's commonest reading, a toneless syllable;
   0: no Han character, or none is known. */
uint16_t hdx_pinyin_of(uint32_t c);

/* The first letter of that reading; 0: there is none. */
char hdx_pinyin_initial(uint32_t c);

/* That reading in letters, at most HDX_PINYIN_LETTERS; "": there is none. */
enum { HDX_PINYIN_LETTERS = 7 };
const char *hdx_pinyin_letters(uint32_t c);

/*
 * Reads lower-case ASCII as pinyin syllables, written together or apart
 * ("chongzhi", "chong zhi"), into at most `room` numbers. Returns how many; 0:
 * some of it is no pinyin.
 */
size_t hdx_pinyin_read(hdx_str latin, uint16_t *out, size_t room);

/*
 * Reads lower-case ASCII as romaji (Hepburn, Kunrei and the spellings of
 * input methods), into hiragana folded by HDX_FOLD_KANA, at most `room` bytes.
 * Returns their number; 0: some of it is no romaji.
 */
size_t hdx_romaji_read(hdx_str latin, char *out, size_t room);

/* What one or two kana may follow where romaji is cut inside of a syllable. */
enum { HDX_ROMAJI_ENDINGS = 16 };
typedef struct hdx_romaji_rest {
    uint16_t endings[HDX_ROMAJI_ENDINGS][2]; /* the second may be 0 */
    size_t count;                            /* 0: all is read */
} hdx_romaji_rest;

/*
 * The same of romaji whose end is still to be typed: "shok" is `sho`, and any
 * kana that begins with `k`. False: it is no romaji.
 */
bool hdx_romaji_begin(hdx_str latin, char *out, size_t room, size_t *len,
                      hdx_romaji_rest *rest);

#endif
