/* Folding, by ICU's normaliser, the tables of letters, and the pack. */
#include "text/fold.h"

#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include "text/letters.h"

/* No character folds into more than 18 units. */
enum { FOLDED_UNITS = 18 * HDX_FOLD_UNITS, TYPOGRAPHIC_APOSTROPHE = 0x2019 };

/* Adds to `out`, of `room` bytes with `*len` taken; false when it is full. */
static bool add(char *out, size_t room, size_t *len, hdx_str text)
{
    if (text.len > room - *len)
        return false;
    memcpy(out + *len, text.ptr, text.len);
    *len += text.len;
    return true;
}

size_t hdx_replace(const hdx_replacements *by, hdx_str text, char *out,
                   size_t room)
{
    size_t len = 0;
    for (size_t at = 0; at < text.len;) {
        hdx_str rest = {text.ptr + at, text.len - at};
        size_t i = 0, begin = at;
        while (i < by->count && !hdx_str_starts(rest, by->items[i].from))
            i++;
        hdx_utf8_next(text, &at);
        hdx_str piece = {text.ptr + begin, at - begin};
        if (i < by->count) {
            piece = by->items[i].to;
            at = begin + by->items[i].from.len;
        }
        if (!add(out, room, &len, piece))
            break;
    }
    return len;
}

/* The units of a word with what the pack normalises. */
static int32_t normalise(const hdx_pack *pack, const UChar *units,
                         int32_t count, UChar *out, int32_t room,
                         UErrorCode *code)
{
    char before[3 * HDX_FOLD_UNITS], after[3 * FOLDED_UNITS];
    int32_t bytes = 0;
    u_strToUTF8(before, sizeof before, &bytes, units, count, code);
    if (U_FAILURE(*code))
        return 0;
    size_t len = hdx_replace(&pack->normalise, (hdx_str){before, (size_t)bytes},
                             after, sizeof after);
    u_strFromUTF8(out, room, &count, after, (int32_t)len, code);
    return U_SUCCESS(*code) ? count : 0;
}

size_t hdx_fold(const hdx_pack *pack, const UChar *units, size_t count,
                char *out, size_t room, UErrorCode *code)
{
    UChar normal[FOLDED_UNITS], folded[FOLDED_UNITS];
    char utf8[3 * FOLDED_UNITS];
    int32_t bytes = 0;
    const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(code);
    if (count > HDX_FOLD_UNITS)
        count = HDX_FOLD_UNITS;
    if (count && U16_IS_LEAD(units[count - 1]))
        count--;
    int32_t len = (int32_t)count;
    if (pack->normalise.count) {
        len = normalise(pack, units, len, normal, FOLDED_UNITS, code);
        units = normal;
    }
    len = unorm2_normalize(fold, units, len, folded, FOLDED_UNITS, code);
    for (int32_t i = 0; U_SUCCESS(*code) && i < len; i++)
        if (folded[i] == TYPOGRAPHIC_APOSTROPHE)
            folded[i] = '\'';
    u_strToUTF8(utf8, sizeof utf8, &bytes, folded, len, code);
    if (U_FAILURE(*code))
        return 0;
    hdx_str kept = hdx_utf8_cut((hdx_str){utf8, (size_t)bytes}, room);
    memcpy(out, kept.ptr, kept.len);
    return kept.len;
}

size_t hdx_fold_loose(const hdx_pack *pack, hdx_str exact, char *out,
                      size_t room)
{
    char folded[4 * HDX_FOLD_UNITS];
    size_t len = 0;
    for (size_t at = 0; at < exact.len;) {
        char bytes[4];
        uint32_t c = hdx_letter_fold(hdx_utf8_next(exact, &at), pack->folds);
        if (c && !add(folded, sizeof folded, &len,
                      (hdx_str){bytes, hdx_utf8_put(c, bytes)}))
            break;
    }
    hdx_str kept = hdx_utf8_cut((hdx_str){folded, len}, room);
    if (pack->respell.count)
        return hdx_replace(&pack->respell, kept, out, room);
    memcpy(out, kept.ptr, kept.len);
    return kept.len;
}
