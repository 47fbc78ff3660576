/*
 * A text as a reader of numbers sees it: width, accents, the script of digits
 * and characters without a shape are gone, and case is kept, since addresses
 * of coins have a meaning in theirs. Every character knows where it was.
 */
#ifndef HDX_PLAIN_H
#define HDX_PLAIN_H

#include "base/error.h"

typedef struct hdx_plain_char {
    uint32_t c;     /* decomposed; a digit is 0 to 9, a dash '-', a space ' ' */
    uint32_t begin; /* bytes of the text that it stands for; several may */
    uint32_t end;   /* stand for the same, and some for none */
} hdx_plain_char;

typedef struct hdx_plain {
    hdx_plain_char *chars;
    size_t count;
    size_t capacity;
} hdx_plain;

/*
 * Of valid UTF-8 of less than 4 GiB; `*out` is to be released with
 * hdx_plain_free(), and empty on failure. Errors: STORE (ICU has no such data).
 */
helpdex_status hdx_plain_make(hdx_str text, hdx_plain *out, helpdex_error *err);
void hdx_plain_free(hdx_plain *plain);

/* Whether words are made of it: a letter, or a mark on one. */
bool hdx_plain_is_letter(uint32_t c);

/* Without the difference between upper and lower case. */
uint32_t hdx_plain_lower(uint32_t c);

static inline bool hdx_plain_is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static inline bool hdx_plain_is_ascii_letter(uint32_t c)
{
    return (c | 0x20u) >= 'a' && (c | 0x20u) <= 'z';
}

static inline bool hdx_plain_is_ascii_alnum(uint32_t c)
{
    return hdx_plain_is_digit(c) || hdx_plain_is_ascii_letter(c);
}

#endif
