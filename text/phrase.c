/*
 * Letters and digits are compared case folded; a run of anything else counts
 * as one gap, so that a line end or an asterisk hides nothing. Characters that
 * nobody sees are stepped over.
 */
#include "text/phrase.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "text/letters.h"

static bool is_part(UChar32 c)
{
    return u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK);
}

bool hdx_phrase_prepare(hdx_arena *arena, hdx_str text, hdx_phrase_text *out)
{
    *out = (hdx_phrase_text){
        .letters = hdx_arena_alloc(arena, (text.len + 1) * sizeof(uint32_t)),
        .places = hdx_arena_alloc(arena, (text.len + 1) * sizeof(size_t))};
    if (!out->letters || !out->places)
        return false;
    for (size_t i = 0; i < text.len;) {
        size_t at = i;
        UChar32 c = (UChar32)hdx_utf8_next(text, &i);
        if (c >= 0x80 &&
            u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
            continue;
        bool part = is_part(c);
        if (!part && (out->count == 0 || out->letters[out->count - 1] == 0))
            continue;
        out->letters[out->count] =
            part ? (uint32_t)u_foldCase(c, U_FOLD_CASE_DEFAULT) : 0;
        out->places[out->count++] = at;
    }
    while (out->count && out->letters[out->count - 1] == 0)
        out->count--;
    return true;
}

/* Whether words of the letter's script stand apart. */
static bool spaced(uint32_t letter)
{
    UErrorCode code = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript((UChar32)letter, &code);
    return !uscript_breaksBetweenLetters(script);
}

bool hdx_phrase_stands_at(const hdx_phrase_text *text, size_t at,
                          const hdx_phrase_text *phrase)
{
    size_t end = at + phrase->count;
    if (phrase->count == 0 || end > text->count ||
        text->letters[at] != phrase->letters[0] ||
        memcmp(text->letters + at, phrase->letters,
               phrase->count * sizeof *phrase->letters) != 0)
        return false;
    bool begins = at == 0 || text->letters[at - 1] == 0;
    bool ends = end == text->count || text->letters[end] == 0;
    return (begins && ends) || !spaced(phrase->letters[0]);
}

size_t hdx_phrase_find(const hdx_phrase_text *text,
                       const hdx_phrase_text *phrase)
{
    for (size_t i = 0; i + phrase->count <= text->count; i++)
        if (hdx_phrase_stands_at(text, i, phrase))
            return text->places[i];
    return SIZE_MAX;
}

void hdx_phrase_loosen(hdx_phrase_text *text)
{
    size_t kept = 0;
    for (size_t i = 0; i < text->count; i++) {
        uint32_t c = text->letters[i];
        uint32_t folded = c ? hdx_letter_fold(c, HDX_FOLD_MARKS | HDX_FOLD_HAN |
                                                     HDX_FOLD_KANA)
                            : 0;
        if (c && !folded)
            continue;
        text->letters[kept] = folded;
        text->places[kept++] = text->places[i];
    }
    text->count = kept;
}

bool hdx_phrase_same(const hdx_phrase_text *a, const hdx_phrase_text *b)
{
    return a->count == b->count &&
           (a->count == 0 ||
            memcmp(a->letters, b->letters, a->count * sizeof *a->letters) == 0);
}

unsigned hdx_phrase_number(const hdx_phrase_text *text)
{
    enum { BASE = 10, MOST_DIGITS = 3 };
    unsigned number = 0;
    if (text->count > MOST_DIGITS)
        return 0;
    for (size_t i = 0; i < text->count; i++) {
        int32_t digit = u_charDigitValue((UChar32)text->letters[i]);
        if (digit < 0)
            return 0;
        number = number * BASE + (unsigned)digit;
    }
    return number;
}
