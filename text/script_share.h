/* How much of a text is written in the script of its language. */
#ifndef HDX_SCRIPT_SHARE_H
#define HDX_SCRIPT_SHARE_H

#include "text/locale.h"

typedef struct hdx_script_count {
    size_t letters; /* of any script */
    size_t own;     /* of those that the locale is written in */
} hdx_script_count;

/* Adds the letters of valid text. Japanese counts kana and kanji, Korean
   Hangul and Hanja. False when ICU knows no script of the locale: nothing is
   counted. */
bool hdx_script_count_add(hdx_script_count *count, const hdx_locale *locale,
                          hdx_str text);

/* Whether so few letters are of the own script that the text is in another. */
bool hdx_script_is_wrong(const hdx_script_count *count);

#endif
