/*
 * Letters and digits are compared case folded; a run of anything else counts
 * as one gap, so that a line end or an asterisk hides nothing. Characters that
 * nobody sees are stepped over.
 */
#include "text/phrase.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

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

size_t hdx_phrase_find(const hdx_phrase_text *text,
                       const hdx_phrase_text *phrase)
{
    if (phrase->count == 0)
        return SIZE_MAX;
    for (size_t i = 0; i + phrase->count <= text->count; i++) {
        size_t end = i + phrase->count;
        if (text->letters[i] != phrase->letters[0] ||
            memcmp(text->letters + i, phrase->letters,
                   phrase->count * sizeof *phrase->letters) != 0)
            continue;
        bool begins = i == 0 || text->letters[i - 1] == 0;
        bool ends = end == text->count || text->letters[end] == 0;
        if ((begins && ends) || !spaced(phrase->letters[0]))
            return text->places[i];
    }
    return SIZE_MAX;
}
