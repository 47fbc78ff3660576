/*
 * The plain view, by ICU's tables of single code points. It composes nothing:
 * an accent that follows its letter and one that was part of it come out alike.
 */
#include "insights/plain.h"

#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* The longest decomposition (NFKD) of one code point, U+FDFA, has 18 units. */
enum { DECOMPOSED_UNITS = 32 };

/* Accents of Latin, Greek and Cyrillic; the voicing marks of kana stay. */
static bool is_accent(uint32_t c)
{
    return c >= 0x300 && c <= 0x36F;
}

static uint32_t simplify(uint32_t c)
{
    if (c < 0x80)
        return c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
    int32_t digit = u_charDigitValue((UChar32)c);
    if (digit >= 0)
        return '0' + (uint32_t)digit;
    switch (u_charType((UChar32)c)) {
    case U_SPACE_SEPARATOR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
        return ' ';
    case U_DASH_PUNCTUATION:
        return '-';
    default:
        return c == 0x2212 ? '-' : c; /* the sign of minus */
    }
}

static bool put(hdx_plain *out, uint32_t c, size_t begin, size_t end)
{
    if (is_accent(c) ||
        (c >= 0x80 &&
         u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)))
        return true;
    if (!hdx_grow(&out->chars, &out->capacity, out->count + 1,
                  sizeof *out->chars))
        return false;
    out->chars[out->count++] =
        (hdx_plain_char){simplify(c), (uint32_t)begin, (uint32_t)end};
    return true;
}

static bool put_decomposed(hdx_plain *out, const UNormalizer2 *nfkd, uint32_t c,
                           size_t begin, size_t end)
{
    UChar units[DECOMPOSED_UNITS];
    char bytes[DECOMPOSED_UNITS * 3];
    UErrorCode code = U_ZERO_ERROR;
    int32_t count = -1, len = 0;
    if (c >= 0x80)
        count = unorm2_getDecomposition(nfkd, (UChar32)c, units,
                                        DECOMPOSED_UNITS, &code);
    if (count >= 0)
        u_strToUTF8(bytes, sizeof bytes, &len, units, count, &code);
    if (count < 0 || U_FAILURE(code))
        return put(out, c, begin, end);
    hdx_str parts = {bytes, (size_t)len};
    for (size_t at = 0; at < parts.len;)
        if (!put(out, hdx_utf8_next(parts, &at), begin, end))
            return false;
    return true;
}

helpdex_status hdx_plain_make(hdx_str text, hdx_plain *out, helpdex_error *err)
{
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&code);
    *out = (hdx_plain){0};
    if (U_FAILURE(code))
        return hdx_fail(err, HELPDEX_STORE,
                        "ICU has no data to decompose text (%s); install ICU "
                        "again",
                        u_errorName(code));
    for (size_t at = 0; at < text.len;) {
        size_t begin = at;
        uint32_t c = hdx_utf8_next(text, &at);
        if (!put_decomposed(out, nfkd, c, begin, at)) {
            hdx_plain_free(out);
            return hdx_fail_nomem(err);
        }
    }
    return HELPDEX_OK;
}

void hdx_plain_free(hdx_plain *plain)
{
    free(plain->chars);
    *plain = (hdx_plain){0};
}

bool hdx_plain_is_letter(uint32_t c)
{
    if (c < 0x80)
        return hdx_plain_is_ascii_letter(c);
    switch (u_charType((UChar32)c)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
        return true;
    default:
        return u_isalpha((UChar32)c);
    }
}

uint32_t hdx_plain_lower(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
    return (uint32_t)u_foldCase((UChar32)c, U_FOLD_CASE_DEFAULT);
}
