/* Matching, by ICU, on UTF-8 as it is. */
#include "text/shape.h"

#include <unicode/uregex.h>
#include <unicode/utext.h>

/* ICU's steps of matching, about a millisecond each, and bytes of its stack. */
enum { MOST_STEPS = 50, MOST_STACK = 1 << 20 };

static helpdex_status open_pattern(hdx_str pattern, URegularExpression **out,
                                   helpdex_error *err)
{
    UErrorCode code = U_ZERO_ERROR;
    UParseError where = {0};
    UText *text =
        utext_openUTF8(NULL, pattern.ptr, (int64_t)pattern.len, &code);
    *out = uregex_openUText(text, 0, &where, &code);
    utext_close(text);
    uregex_setTimeLimit(*out, MOST_STEPS, &code);
    uregex_setStackLimit(*out, MOST_STACK, &code);
    if (U_SUCCESS(code))
        return HELPDEX_OK;
    uregex_close(*out);
    *out = NULL;
    if (code == U_MEMORY_ALLOCATION_ERROR)
        return hdx_fail_nomem(err);
    return hdx_fail(err, HELPDEX_BAD_INPUT,
                    "no regular expression (%s at its character %d); mend it, "
                    "or write one such as [0-9]{6}",
                    u_errorName(code), (int)where.offset);
}

helpdex_status hdx_shape_check(hdx_str pattern, helpdex_error *err)
{
    URegularExpression *expression;
    helpdex_status status = open_pattern(pattern, &expression, err);
    uregex_close(expression);
    return status;
}

helpdex_status hdx_shape_find(hdx_str pattern, hdx_str text, hdx_str *out,
                              helpdex_error *err)
{
    URegularExpression *expression;
    UErrorCode code = U_ZERO_ERROR;
    *out = (hdx_str){0};
    helpdex_status status = open_pattern(pattern, &expression, err);
    if (status)
        return status;
    UText *in = utext_openUTF8(NULL, text.ptr, (int64_t)text.len, &code);
    uregex_setUText(expression, in, &code);
    if (uregex_findNext(expression, &code)) {
        int64_t begin = uregex_start64(expression, 0, &code);
        int64_t end = uregex_end64(expression, 0, &code);
        if (U_SUCCESS(code) && end > begin)
            *out = (hdx_str){text.ptr + begin, (size_t)(end - begin)};
    }
    utext_close(in);
    uregex_close(expression);
    return code == U_MEMORY_ALLOCATION_ERROR ? hdx_fail_nomem(err) : HELPDEX_OK;
}
