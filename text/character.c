/*
 * Character properties by ICU. What these functions say depends on Unicode
 * alone, never on a locale.
 */
#include "text/character.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

static bool unspaced(UChar32 c)
{
    UErrorCode code = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(c, &code);
    if (U_FAILURE(code))
        return false;
    if (script == USCRIPT_COMMON) /* 。、「」 and full-width forms */
        return u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH) == U_EA_WIDE ||
               u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH) ==
                   U_EA_FULLWIDTH;
    return uscript_breaksBetweenLetters(script);
}

bool hdx_joins_without_space(hdx_str before, hdx_str after)
{
    if (before.len == 0 || after.len == 0)
        return false;
    size_t start = 0;
    return unspaced((UChar32)hdx_utf8_last(before)) &&
           unspaced((UChar32)hdx_utf8_next(after, &start));
}

static bool stays_in_slug(UChar32 c)
{
    return u_isalnum(c) || c == '-' || c == '_' ||
           (U_GET_GC_MASK(c) & U_GC_M_MASK);
}

hdx_str hdx_slug(hdx_arena *arena, hdx_str heading)
{
    heading = hdx_str_trim(heading);
    hdx_buf buf = {0};
    for (size_t i = 0; i < heading.len;) {
        UChar32 c = (UChar32)hdx_utf8_next(heading, &i);
        if (c == ' ' || c == '\t' || c == '\n')
            hdx_buf_byte(&buf, '-');
        else if (stays_in_slug(c))
            hdx_buf_code_point(&buf, (uint32_t)u_tolower(c));
    }
    hdx_str slug = buf.failed ? (hdx_str){NULL, 0}
                              : hdx_arena_copy(arena, hdx_buf_str(&buf));
    hdx_buf_free(&buf);
    return slug;
}

static bool extends(UChar32 c, UChar32 before)
{
    enum { ZERO_WIDTH_JOINER = 0x200D };
    int32_t kind = u_getIntPropertyValue(c, UCHAR_GRAPHEME_CLUSTER_BREAK);
    return kind == U_GCB_EXTEND || kind == U_GCB_ZWJ ||
           kind == U_GCB_SPACING_MARK || before == ZERO_WIDTH_JOINER;
}

size_t hdx_cluster_end(hdx_str text, size_t offset)
{
    if (offset >= text.len)
        return text.len;
    UChar32 before = (UChar32)hdx_utf8_next(text, &offset);
    while (offset < text.len) {
        size_t next = offset;
        UChar32 c = (UChar32)hdx_utf8_next(text, &next);
        if (!extends(c, before))
            break;
        offset = next;
        before = c;
    }
    return offset;
}
