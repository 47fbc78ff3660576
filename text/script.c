/*
 * ICU says which scripts a language is written in; Japanese has three. What
 * no script owns (digits, signs) is no letter here.
 */
#include "text/script.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

enum { SCRIPTS = 8 };

/* The scripts of a locale; 0 when ICU does not know. */
static int32_t scripts_of(const hdx_locale *locale, UScriptCode *out)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t count = uscript_getCode(locale->tag, out, SCRIPTS, &code);
    if (U_SUCCESS(code) && count > 0)
        return count;
    code = U_ZERO_ERROR;
    count = uscript_getCode(locale->full, out, SCRIPTS, &code);
    return U_SUCCESS(code) ? count : 0;
}

static bool has(const UScriptCode *scripts, int32_t count, UScriptCode script)
{
    for (int32_t i = 0; i < count; i++)
        if (scripts[i] == script)
            return true;
    return false;
}

void hdx_count_letters(const hdx_locale *locale, hdx_str text,
                       hdx_letter_count *count)
{
    UScriptCode scripts[SCRIPTS];
    int32_t known = scripts_of(locale, scripts);
    for (size_t i = 0; i < text.len;) {
        UErrorCode code = U_ZERO_ERROR;
        UChar32 c = (UChar32)hdx_utf8_next(text, &i);
        if (!u_isalpha(c))
            continue;
        count->letters++;
        count->own += has(scripts, known, uscript_getScript(c, &code));
    }
}

bool hdx_is_non_latin(const hdx_locale *locale)
{
    UScriptCode scripts[SCRIPTS];
    int32_t known = scripts_of(locale, scripts);
    return known && !has(scripts, known, USCRIPT_LATIN);
}
