/* Sentences of a text, as byte offsets. */
#include "text/sentences.h"

#include <stdio.h>
#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

struct hdx_sentences {
    UBreakIterator *icu;
};

static helpdex_status fail(UErrorCode code, helpdex_error *err)
{
    return code == U_MEMORY_ALLOCATION_ERROR
               ? hdx_fail_nomem(err)
               : hdx_fail(err, HELPDEX_STORE,
                          "ICU: %s; reinstall libicu and its data",
                          u_errorName(code));
}

helpdex_status hdx_sentences_open(const char *locale, hdx_sentences **out,
                                  helpdex_error *err)
{
    char with_abbreviations[160];
    UErrorCode code = U_ZERO_ERROR;
    hdx_sentences *s = calloc(1, sizeof *s);
    *out = NULL;
    if (!s)
        return hdx_fail_nomem(err);
    snprintf(with_abbreviations, sizeof with_abbreviations, "%s@ss=standard",
             locale);
    s->icu = ubrk_open(UBRK_SENTENCE, with_abbreviations, NULL, 0, &code);
    if (U_FAILURE(code)) {
        free(s);
        return fail(code, err);
    }
    *out = s;
    return HELPDEX_OK;
}

void hdx_sentences_free(hdx_sentences *sentences)
{
    if (!sentences)
        return;
    ubrk_close(sentences->icu);
    free(sentences);
}

static bool is_unmarked(UChar32 c)
{
    return u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT;
}

/* Whether the code unit at `at` is the space between two phrases. */
static bool ends_phrase(const UChar *units, int32_t at, int32_t count)
{
    return units[at] == ' ' && at > 0 && at + 1 < count &&
           is_unmarked(units[at - 1]) && is_unmarked(units[at + 1]);
}

/* Walks text and units together, and notes where one of both kinds ends. */
static size_t find_ends(UBreakIterator *icu, hdx_str text, const UChar *units,
                        int32_t count, uint32_t *ends)
{
    size_t found = 0, at = 0;
    int32_t unit = 0, end = ubrk_next(icu);
    while (at < text.len) {
        bool phrase = ends_phrase(units, unit, count);
        unit += hdx_utf8_next(text, &at) > 0xFFFF ? 2 : 1;
        if (end != UBRK_DONE && unit >= end) {
            ends[found++] = (uint32_t)at;
            end = ubrk_next(icu);
        } else if (phrase) {
            ends[found++] = (uint32_t)at;
        }
    }
    if (text.len && (found == 0 || ends[found - 1] != text.len))
        ends[found++] = (uint32_t)text.len;
    return found;
}

helpdex_status hdx_sentences_cut(hdx_sentences *sentences, hdx_str text,
                                 hdx_arena *arena, uint32_t **ends,
                                 size_t *count, helpdex_error *err)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t length = 0;
    *count = 0;
    *ends = hdx_arena_alloc(arena, (text.len + 1) * sizeof **ends);
    UChar *units = calloc(text.len + 1, sizeof *units);
    if (!*ends || !units) {
        free(units);
        return hdx_fail_nomem(err);
    }
    u_strFromUTF8(units, (int32_t)text.len + 1, &length, text.ptr,
                  (int32_t)text.len, &code);
    ubrk_setText(sentences->icu, units, length, &code);
    if (U_SUCCESS(code))
        *count = find_ends(sentences->icu, text, units, length, *ends);
    free(units);
    return U_FAILURE(code) ? fail(code, err) : HELPDEX_OK;
}
