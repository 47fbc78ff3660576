/* Scripts by ICU, which says in how many a language is written. */
#include "text/script.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

enum { MOST_SCRIPTS = 8, FEWEST_LETTERS = 20, LEAST_PERCENT = 5 };

/* The scripts of a locale; 0 when ICU does not know. */
static int32_t scripts_of(const hdx_locale *locale, UScriptCode *out)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t count = uscript_getCode(locale->full, out, MOST_SCRIPTS, &code);
    return U_SUCCESS(code) ? count : 0;
}

bool hdx_count_letters(hdx_letter_count *count, const hdx_locale *locale,
                       hdx_str text)
{
    UScriptCode scripts[MOST_SCRIPTS];
    int32_t known = scripts_of(locale, scripts);
    for (size_t at = 0; known && at < text.len;) {
        UChar32 c = (UChar32)hdx_utf8_next(text, &at);
        bool own = false;
        if (!u_isalpha(c))
            continue;
        for (int32_t i = 0; i < known && !own; i++)
            own = uscript_hasScript(c, scripts[i]);
        count->letters++;
        count->own += own;
    }
    return known > 0;
}

bool hdx_letters_are_foreign(const hdx_letter_count *count)
{
    return count->letters >= FEWEST_LETTERS &&
           count->own * 100 < count->letters * LEAST_PERCENT;
}

bool hdx_is_non_latin(const hdx_locale *locale)
{
    UScriptCode scripts[MOST_SCRIPTS];
    int32_t known = scripts_of(locale, scripts);
    bool latin = false;
    for (int32_t i = 0; i < known; i++)
        latin = latin || scripts[i] == USCRIPT_LATIN;
    return known > 0 && !latin;
}
