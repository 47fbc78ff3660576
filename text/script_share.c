/*
 * Scripts by ICU. Marks, digits and punctuation belong to no script alone and
 * are not counted.
 */
#include "text/script_share.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

enum { MOST_SCRIPTS = 8 };

/* Below this share the text is in another script: translations that are full
   of commands and names still have more (tldr-pages in Thai or Arabic). */
static const double least_share = 0.05;

/* Fewer letters are a name or a formula, and say nothing. */
enum { FEWEST_LETTERS = 20 };

bool hdx_script_count_add(hdx_script_count *count, const hdx_locale *locale,
                          hdx_str text)
{
    UScriptCode scripts[MOST_SCRIPTS];
    UErrorCode code = U_ZERO_ERROR;
    int32_t known = uscript_getCode(locale->full, scripts, MOST_SCRIPTS, &code);
    if (U_FAILURE(code) || known < 1)
        return false;
    for (size_t at = 0; at < text.len;) {
        UChar32 c = (UChar32)hdx_utf8_next(text, &at);
        bool own = false;
        if (!u_isalpha(c))
            continue;
        for (int32_t i = 0; i < known && !own; i++)
            own = uscript_hasScript(c, scripts[i]);
        count->letters++;
        count->own += own;
    }
    return true;
}

bool hdx_script_is_wrong(const hdx_script_count *count)
{
    return count->letters >= FEWEST_LETTERS &&
           (double)count->own < least_share * (double)count->letters;
}
