/*
 * Character properties by ICU decide; no list of code points has to be kept up
 * with Unicode.
 */
#include "text/visible.h"

#include <unicode/uchar.h>

enum {
    ZERO_WIDTH_NON_JOINER = 0x200C,
    ZERO_WIDTH_JOINER = 0x200D,
    TEXT_SELECTOR = 0xFE0E,
    EMOJI_SELECTOR = 0xFE0F,
    KEYCAP = 0x20E3
};

static bool is_joiner(UChar32 c)
{
    return c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER;
}

/* A letter or mark whose script joins letters, or stacks them by a virama.
   Thai, Lao, Khmer and Burmese (complex context) need no joiners. */
static bool is_shaped(UChar32 c)
{
    int32_t joining = u_getIntPropertyValue(c, UCHAR_JOINING_TYPE);
    if (joining != U_JT_NON_JOINING && joining != U_JT_TRANSPARENT)
        return true;
    return u_getIntPropertyValue(c, UCHAR_INDIC_SYLLABIC_CATEGORY) !=
               U_INSC_OTHER &&
           u_getIntPropertyValue(c, UCHAR_LINE_BREAK) != U_LB_COMPLEX_CONTEXT &&
           (u_isalpha(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK));
}

/* Vowel points stand between an Arabic letter and its joiner. */
static bool is_point(UChar32 c)
{
    return u_getIntPropertyValue(c, UCHAR_JOINING_TYPE) == U_JT_TRANSPARENT &&
           (U_GET_GC_MASK(c) & U_GC_M_MASK) &&
           !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

static bool is_pictograph(UChar32 c)
{
    return u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC);
}

/* What stands before and behind a character, hidden ones aside; 0: nothing. */
typedef struct neighbours {
    UChar32 base;   /* before it, points aside */
    UChar32 before; /* right before it */
    UChar32 next;
} neighbours;

static bool joins(UChar32 c, neighbours at)
{
    if (is_joiner(at.before))
        return false;
    if (is_shaped(at.base) && is_shaped(at.next))
        return true;
    /* A chillu of older Malayalam texts can end a word. */
    if (u_getIntPropertyValue(at.before, UCHAR_INDIC_SYLLABIC_CATEGORY) ==
        U_INSC_VIRAMA)
        return true;
    return c == ZERO_WIDTH_JOINER && is_pictograph(at.next) &&
           (is_pictograph(at.base) || at.base == EMOJI_SELECTOR ||
            u_hasBinaryProperty(at.base, UCHAR_EMOJI_MODIFIER));
}

/* A digit is an emoji only as a keycap. */
static bool selects(neighbours at)
{
    return u_hasBinaryProperty(at.before, UCHAR_EMOJI) &&
           (at.before > 0x7F || at.next == KEYCAP);
}

static bool is_hidden(UChar32 c)
{
    enum { ANNOTATION_FIRST = 0xFFF9, ANNOTATION_LAST = 0xFFFB };
    return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
           (U_GET_GC_MASK(c) & (U_GC_CC_MASK | U_GC_CN_MASK)) ||
           (c >= ANNOTATION_FIRST && c <= ANNOTATION_LAST);
}

static UChar32 next_visible(hdx_str text, size_t at)
{
    while (at < text.len) {
        UChar32 c = (UChar32)hdx_utf8_next(text, &at);
        if (!is_hidden(c))
            return c;
    }
    return 0;
}

static bool stays(UChar32 c, neighbours at)
{
    if (is_joiner(c))
        return joins(c, at);
    if (c == TEXT_SELECTOR || c == EMOJI_SELECTOR)
        return selects(at);
    return !is_hidden(c);
}

/* The code point to write for `c`: itself, or the one line end. */
static UChar32 as_line_end(UChar32 c, hdx_str text, size_t next)
{
    enum { NEXT_LINE = 0x85, LINE_SEPARATOR = 0x2028, PARAGRAPH = 0x2029 };
    bool lone_return =
        c == '\r' && (next == text.len || text.ptr[next] != '\n');
    return lone_return || c == NEXT_LINE || c == LINE_SEPARATOR ||
                   c == PARAGRAPH
               ? '\n'
               : c;
}

bool hdx_buf_add_visible(hdx_buf *buf, hdx_str text)
{
    neighbours at = {0, 0, 0};
    for (size_t i = 0; i < text.len;) {
        UChar32 c = (UChar32)hdx_utf8_next(text, &i);
        if (c >= ' ' && c < 0x7F) { /* nearly all of many texts */
            hdx_buf_byte(buf, (char)c);
            at.base = at.before = c;
            continue;
        }
        c = as_line_end(c, text, i);
        if (c != '\n' && c != '\t') {
            at.next = is_hidden(c) ? next_visible(text, i) : 0;
            if (!stays(c, at))
                continue;
        }
        hdx_buf_code_point(buf, (uint32_t)c);
        at.before = c;
        at.base = is_point(c) || is_joiner(c) ? at.base : c;
    }
    return !buf->failed;
}
