/* In which script a text is written, as far as its language has one. */
#ifndef HDX_SCRIPT_H
#define HDX_SCRIPT_H

#include "text/locale.h"

/* The letters of a text, and those of the scripts of its language. */
typedef struct hdx_letter_count {
    size_t letters;
    size_t own;
} hdx_letter_count;

/* Adds the letters of valid text in a locale. */
void hdx_count_letters(const hdx_locale *locale, hdx_str text,
                       hdx_letter_count *count);

/* Whether Latin letters are foreign to the locale. */
bool hdx_is_non_latin(const hdx_locale *locale);

#endif
