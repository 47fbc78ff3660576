/* Folding, by ICU's normaliser. Nothing here depends on a locale. */
#include "text/fold.h"

#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include "base/str.h"

/* No character folds into more than 18 units. */
enum { FOLDED_UNITS = 18 * HDX_FOLD_UNITS, TYPOGRAPHIC_APOSTROPHE = 0x2019 };

size_t hdx_fold(const UChar *units, size_t count, char *out, size_t room,
                UErrorCode *code)
{
    UChar folded[FOLDED_UNITS];
    char utf8[3 * FOLDED_UNITS];
    int32_t bytes = 0;
    const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(code);
    if (count > HDX_FOLD_UNITS)
        count = HDX_FOLD_UNITS;
    if (count && U16_IS_LEAD(units[count - 1]))
        count--;
    int32_t len = unorm2_normalize(fold, units, (int32_t)count, folded,
                                   FOLDED_UNITS, code);
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
