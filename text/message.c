/* Filling in messages, by ICU. */
#include "text/message.h"

#include <stdlib.h>
#include <unicode/umsg.h>
#include <unicode/ustring.h>

#include "base/error.h"

const char *hdx_message_key(hdx_message message)
{
    static const char *const keys[HDX_MESSAGES] = {
        [HDX_MESSAGE_NOTHING_FOUND] = "nothing_found",
        [HDX_MESSAGE_DID_YOU_MEAN] = "did_you_mean",
        [HDX_MESSAGE_OTHER_LANGUAGE] = "other_language",
        [HDX_MESSAGE_OUTDATED] = "outdated",
        [HDX_MESSAGE_TOPICS] = "topics",
        [HDX_MESSAGE_PERSON] = "person",
        [HDX_MESSAGE_SEED_PHRASE] = "seed_phrase",
        [HDX_MESSAGE_CLARIFY] = "clarify",
        [HDX_MESSAGE_CLARIFY_NONE] = "clarify_none",
        [HDX_MESSAGE_HANDED_OVER] = "handed_over",
        [HDX_MESSAGE_REASSURE] = "reassure",
        [HDX_MESSAGE_SKIP] = "skip",
        [HDX_MESSAGE_UNHELPED] = "unhelped",
        [HDX_MESSAGE_MISSED] = "missed"};
    return keys[message];
}

/* UTF-8 as UTF-16, ended by 0 and to be freed; NULL: no memory. */
static UChar *units_of(hdx_str text)
{
    UErrorCode code = U_ZERO_ERROR;
    UChar *units = calloc(text.len + 1, sizeof *units);
    if (units)
        u_strFromUTF8(units, (int32_t)text.len + 1, NULL, text.ptr,
                      (int32_t)text.len, &code);
    return units;
}

/* Whether all that a pattern wants filled in is {0}, so many times. An
   apostrophe before it would quote it; two are one that does not. */
static bool wants_only(hdx_str pattern, size_t times)
{
    hdx_str text = HDX_STR("{0}");
    size_t found = 0, apostrophes = 0;
    for (size_t i = 0; i < pattern.len; i++) {
        hdx_str rest = {pattern.ptr + i, pattern.len - i};
        if (pattern.ptr[i] == '{' || pattern.ptr[i] == '}') {
            if (!hdx_str_starts(rest, text) || apostrophes % 2)
                return false;
            found++;
            i += text.len - 1;
        }
        apostrophes = pattern.ptr[i] == '\'' ? apostrophes + 1 : 0;
    }
    return found == times;
}

bool hdx_message_is_pattern(const hdx_pack *pack, hdx_message message,
                            hdx_str pattern)
{
    if (!wants_only(pattern, message == HDX_MESSAGE_DID_YOU_MEAN ? 1 : 0))
        return false;
    UErrorCode code = U_ZERO_ERROR;
    UChar *units = units_of(pattern);
    UMessageFormat *format =
        units ? umsg_open(units, -1, pack->locale.tag, NULL, &code) : NULL;
    umsg_close(format);
    free(units);
    return U_SUCCESS(code);
}

static helpdex_status fill(UMessageFormat *format, const UChar *argument,
                           size_t most, hdx_arena *arena, const char **out,
                           helpdex_error *err)
{
    UErrorCode code = U_ZERO_ERROR;
    UChar *units = calloc(most + 1, sizeof *units);
    char *text = hdx_arena_alloc(arena, 3 * most + 1);
    if (units && text) {
        int32_t count =
            umsg_format(format, units, (int32_t)most, &code, argument);
        u_strToUTF8(text, (int32_t)(3 * most + 1), NULL, units, count, &code);
    }
    free(units);
    *out = text;
    if (!units || !text || code == U_MEMORY_ALLOCATION_ERROR)
        return hdx_fail_nomem(err);
    return U_SUCCESS(code) ? HELPDEX_OK
                           : hdx_fail(err, HELPDEX_STORE,
                                      "ICU: %s; reinstall libicu and its data",
                                      u_errorName(code));
}

helpdex_status hdx_message_format(const hdx_pack *pack, hdx_message message,
                                  hdx_str argument, hdx_arena *arena,
                                  const char **out, helpdex_error *err)
{
    UErrorCode code = U_ZERO_ERROR;
    hdx_str pattern = pack->messages[message];
    *out = pattern.len ? NULL : "";
    if (pattern.len && !memchr(pattern.ptr, '{', pattern.len) &&
        !memchr(pattern.ptr, '\'', pattern.len))
        *out = hdx_arena_copy(arena, pattern).ptr;
    if (*out)
        return HELPDEX_OK;
    UChar *units = units_of(pattern), *filler = units_of(argument);
    UMessageFormat *format =
        units && filler ? umsg_open(units, -1, pack->locale.tag, NULL, &code)
                        : NULL;
    helpdex_status status =
        format
            ? fill(format, filler, pattern.len + argument.len, arena, out, err)
            : hdx_fail_nomem(err);
    umsg_close(format);
    free(units);
    free(filler);
    return status;
}
