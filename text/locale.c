/*
 * Locale tags by ICU's likely subtags (CLDR). Only declared tags are read
 * here: no language is ever guessed from a text.
 */
#include "text/locale.h"

#include <stdio.h>
#include <unicode/uloc.h>

static bool to_tag(const char *id, char *out, size_t size, UErrorCode *code)
{
    int32_t len = uloc_toLanguageTag(id, out, (int32_t)size, true, code);
    return U_SUCCESS(*code) && len > 0 && (size_t)len < size;
}

static bool maximise(const char *tag, char *out, size_t size, UErrorCode *code)
{
    char id[ULOC_FULLNAME_CAPACITY], full[ULOC_FULLNAME_CAPACITY];
    uloc_forLanguageTag(tag, id, sizeof id, NULL, code);
    uloc_addLikelySubtags(id, full, sizeof full, code);
    return U_SUCCESS(*code) && to_tag(full, out, size, code);
}

/* Language, script and the two maximised forms of out->tag. */
static bool complete(hdx_locale *out, UErrorCode *code)
{
    char id[ULOC_FULLNAME_CAPACITY];
    if (!maximise(out->tag, out->full, sizeof out->full, code))
        return false;
    uloc_forLanguageTag(out->full, id, sizeof id, NULL, code);
    uloc_getLanguage(id, out->language, sizeof out->language, code);
    uloc_getScript(id, out->script, sizeof out->script, code);
    char plain[sizeof out->language + sizeof out->script];
    snprintf(plain, sizeof plain, "%s%s%s", out->language,
             out->script[0] ? "-" : "", out->script);
    return U_SUCCESS(*code) &&
           maximise(plain, out->language_full, sizeof out->language_full, code);
}

static bool parse(hdx_str text, hdx_locale *out, UErrorCode *code)
{
    char tag[HDX_TAG_SIZE], id[ULOC_FULLNAME_CAPACITY];
    char canonical[ULOC_FULLNAME_CAPACITY];
    *out = (hdx_locale){0};
    if (text.len < 2 || text.len >= sizeof tag)
        return false;
    for (size_t i = 0; i < text.len; i++)
        tag[i] = text.ptr[i] == '_' ? '-' : text.ptr[i];
    tag[text.len] = '\0';
    int32_t read = 0;
    uloc_forLanguageTag(tag, id, sizeof id, &read, code);
    if (U_FAILURE(*code) || (size_t)read != text.len || id[0] == '\0' ||
        uloc_getISO3Language(id)[0] == '\0')
        return false;
    uloc_canonicalize(id, canonical, sizeof canonical, code);
    return U_SUCCESS(*code) &&
           to_tag(canonical, out->tag, sizeof out->tag, code) &&
           complete(out, code);
}

helpdex_status hdx_locale_read(hdx_str text, hdx_locale *out)
{
    UErrorCode code = U_ZERO_ERROR;
    if (parse(text, out, &code))
        return HELPDEX_OK;
    return code == U_MEMORY_ALLOCATION_ERROR ? HELPDEX_NOMEM
                                             : HELPDEX_BAD_INPUT;
}

bool hdx_locale_parse(hdx_str text, hdx_locale *out)
{
    return hdx_locale_read(text, out) == HELPDEX_OK;
}

bool hdx_locale_root(hdx_locale *out)
{
    UErrorCode code = U_ZERO_ERROR;
    *out = (hdx_locale){0};
    return to_tag("", out->tag, sizeof out->tag, &code);
}

int hdx_locale_fit(const hdx_locale *wanted, const hdx_locale *offered)
{
    if (strcmp(wanted->tag, offered->tag) == 0)
        return 4;
    if (wanted->full[0] && strcmp(wanted->full, offered->full) == 0)
        return 3;
    if (strcmp(wanted->language, offered->language) != 0 ||
        strcmp(wanted->script, offered->script) != 0)
        return 0;
    return strcmp(offered->full, offered->language_full) == 0 ? 2 : 1;
}

bool hdx_locale_is_right_to_left(const hdx_locale *locale)
{
    return uloc_isRightToLeft(locale->full);
}
