/*
 * The words of a text: ICU's word segmentation (UAX #29, dictionaries for
 * scripts without spaces), with a short cut where its rules are plain. What
 * comes out is what ICU alone would give.
 */
#ifndef HDX_WORDS_H
#define HDX_WORDS_H

#include <unicode/ubrk.h>

#include "base/error.h"

typedef struct hdx_words {
    UBreakIterator *icu;
    const UChar *units;
    size_t count;
    size_t at;      /* where to look next */
    size_t plain;   /* up to here the text is plain, and cut without ICU */
    size_t run;     /* where ICU's run begins */
    size_t run_end; /* equal to `run`: ICU is not at work */
    UErrorCode code;
} hdx_words;

/* Errors: STORE (ICU has no such data). */
helpdex_status hdx_words_open(hdx_words *words, const char *locale,
                              helpdex_error *err);
void hdx_words_close(hdx_words *words);

/* Begins a text, which must stay until the last hdx_words_next(). */
void hdx_words_start(hdx_words *words, const UChar *units, size_t count);

/* The next word; false at the end, or when ICU failed (`words->code`). */
bool hdx_words_next(hdx_words *words, size_t *begin, size_t *end);

helpdex_status hdx_words_fail(UErrorCode code, helpdex_error *err);

#endif
