/*
 * In which script a text is written, as far as its language has one. What no
 * script owns (digits, signs, marks) is no letter here.
 */
#ifndef HDX_SCRIPT_H
#define HDX_SCRIPT_H

#include "text/locale.h"

/* The letters of a text, and those of the scripts of its language. */
typedef struct hdx_letter_count {
    size_t letters;
    size_t own;
} hdx_letter_count;

/*
 * Adds the letters of valid text in a locale. Japanese has kana and kanji,
 * Korean Hangul and Hanja. False when ICU knows no script of the locale:
 * nothing is counted.
 */
bool hdx_count_letters(hdx_letter_count *count, const hdx_locale *locale,
                       hdx_str text);

/*
 * Whether so few letters are of the own scripts that the text is in another:
 * under 5 % of at least 20. Translations that are full of commands and names
 * have more (tldr-pages in Thai or Arabic); fewer letters are a name or a
 * formula, and say nothing.
 */
bool hdx_letters_are_foreign(const hdx_letter_count *count);

/* Whether Latin letters are foreign to the locale. */
bool hdx_is_non_latin(const hdx_locale *locale);

#endif
