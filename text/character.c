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
    /* 。、「」 and full-width forms; the voicing marks of kana */
    if (script == USCRIPT_COMMON || script == USCRIPT_INHERITED)
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

hdx_str hdx_fold_case(hdx_arena *arena, hdx_str text)
{
    hdx_buf buf = {0};
    for (size_t i = 0; i < text.len;)
        hdx_buf_code_point(
            &buf, (uint32_t)u_foldCase((UChar32)hdx_utf8_next(text, &i),
                                       U_FOLD_CASE_DEFAULT));
    hdx_str folded = buf.failed ? (hdx_str){NULL, 0}
                                : hdx_arena_copy(arena, hdx_buf_str(&buf));
    hdx_buf_free(&buf);
    return folded;
}

static int32_t cluster_kind(UChar32 c)
{
    return u_getIntPropertyValue(c, UCHAR_GRAPHEME_CLUSTER_BREAK);
}

/* Whether a Hangul letter or syllable goes on in another (GB6 to GB8). */
static bool joins_hangul(int32_t before, int32_t kind)
{
    if (before == U_GCB_L)
        return kind == U_GCB_L || kind == U_GCB_V || kind == U_GCB_LV ||
               kind == U_GCB_LVT;
    if (before == U_GCB_LV || before == U_GCB_V)
        return kind == U_GCB_V || kind == U_GCB_T;
    return (before == U_GCB_LVT || before == U_GCB_T) && kind == U_GCB_T;
}

bool hdx_stays_with(uint32_t before, uint32_t c)
{
    int32_t kind = cluster_kind((UChar32)c);
    if (kind == U_GCB_OTHER)
        return false;
    return kind == U_GCB_EXTEND || kind == U_GCB_ZWJ ||
           kind == U_GCB_SPACING_MARK ||
           joins_hangul(cluster_kind((UChar32)before), kind);
}

size_t hdx_cluster_end(hdx_str text, size_t offset)
{
    if (offset >= text.len)
        return text.len;
    enum { ZERO_WIDTH_JOINER = 0x200D };
    uint32_t before = hdx_utf8_next(text, &offset);
    bool half_flag =
        u_hasBinaryProperty((UChar32)before, UCHAR_REGIONAL_INDICATOR);
    while (offset < text.len) {
        size_t next = offset;
        uint32_t c = hdx_utf8_next(text, &next);
        bool whole_flag =
            half_flag &&
            u_hasBinaryProperty((UChar32)c, UCHAR_REGIONAL_INDICATOR);
        if (!whole_flag && before != ZERO_WIDTH_JOINER &&
            !hdx_stays_with(before, c))
            break;
        offset = next;
        before = c;
        half_flag = false;
    }
    return offset;
}
