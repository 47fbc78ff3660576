/* Text that cJSON has parsed is stepped over once more to learn where its
   items stand; it is sound by then. */
#include "importer/parse.h"

#include <math.h>
#include <time.h>

/* Above this a double does not hold every whole number. */
static const double EXACT_LIMIT = 9007199254740992.0;

/* `\u0000` would end a text early, unseen. */
static size_t find_nul(hdx_str text)
{
    for (size_t i = 0; i + 6 <= text.len; i++) {
        if (text.ptr[i] != '\\')
            continue;
        if (memcmp(text.ptr + i, "\\u0000", 6) == 0)
            return i;
        i++;
    }
    return SIZE_MAX;
}

static hdx_place place_in(hdx_place start, hdx_str text, size_t offset)
{
    hdx_place place = start;
    hdx_str_position(text, offset, &place.line, &place.column);
    if (start.line)
        place.line += start.line - 1;
    return place;
}

helpdex_status hdx_parse_json(hdx_intake *in, hdx_place start, hdx_str text,
                              cJSON **root, helpdex_error *err)
{
    const char *end = NULL;
    size_t nul = find_nul(text);
    *root = NULL;
    if (nul != SIZE_MAX)
        return hdx_intake_say(in, HELPDEX_ERROR, place_in(start, text, nul),
                              err, "\\u0000 is no character; remove it");
    cJSON *parsed = cJSON_ParseWithLengthOpts(text.ptr, text.len, &end, false);
    size_t at = end ? (size_t)(end - text.ptr) : 0;
    size_t rest = at;
    while (parsed && rest < text.len && strchr(" \t\r\n", text.ptr[rest]))
        rest++;
    if (parsed && rest == text.len) {
        *root = parsed;
        return HELPDEX_OK;
    }
    cJSON_Delete(parsed);
    at = parsed ? rest : at;
    at = at > text.len ? text.len : at;
    while (at && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
        at--;
    return hdx_intake_say(in, HELPDEX_ERROR, place_in(start, text, at), err,
                          "this is not JSON from here on; export again, or "
                          "mend it");
}

static size_t skip_blanks(hdx_str text, size_t at)
{
    while (at < text.len && strchr(" \t\r\n,:", text.ptr[at]))
        at++;
    return at;
}

static size_t skip_string(hdx_str text, size_t at)
{
    for (at++; at < text.len && text.ptr[at] != '"'; at++)
        if (text.ptr[at] == '\\')
            at++;
    return at + 1;
}

static size_t skip_value(hdx_str text, size_t at)
{
    size_t depth = 0;
    do {
        if (at >= text.len)
            return text.len;
        char c = text.ptr[at];
        if (c == '"') {
            at = skip_string(text, at);
            continue;
        }
        depth += c == '{' || c == '[';
        depth -= (c == '}' || c == ']') && depth;
        at++;
    } while (depth || (at < text.len && !strchr(",]} \t\r\n", text.ptr[at])));
    return at;
}

/* Where the first item of the list stands. */
static size_t first_item(hdx_str text, const char *key)
{
    size_t at = skip_blanks(text, 0) + 1;
    if (!key)
        return skip_blanks(text, at);
    for (;;) {
        at = skip_blanks(text, at);
        if (at >= text.len || text.ptr[at] != '"')
            return text.len;
        size_t end = skip_string(text, at);
        hdx_str name = {text.ptr + at + 1, end - at - 2};
        at = skip_blanks(text, end);
        if (hdx_str_eq(name, hdx_str_of(key)))
            return skip_blanks(text, at + 1);
        at = skip_value(text, at);
    }
}

size_t hdx_item_offset(hdx_str text, const char *key, size_t *from)
{
    size_t at = *from ? skip_blanks(text, *from) : first_item(text, key);
    *from = skip_value(text, at);
    return at < text.len ? at : text.len;
}

static hdx_str kept(hdx_intake *in, hdx_str text)
{
    in->failed = in->failed || !text.ptr;
    return text;
}

hdx_str hdx_member_text(hdx_intake *in, const cJSON *object, const char *name)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, name);
    if (cJSON_IsString(member))
        return kept(
            in, hdx_arena_copy(&in->arena, hdx_str_of(member->valuestring)));
    if (cJSON_IsNumber(member) && fabs(member->valuedouble) < EXACT_LIMIT) {
        double number = member->valuedouble;
        return kept(in,
                    hdx_arena_format(&in->arena,
                                     number == floor(number) ? "%.0f" : "%.15g",
                                     number));
    }
    return HDX_STR("");
}

hdx_str hdx_member_moment(hdx_intake *in, const cJSON *object, const char *name)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, name);
    struct tm day;
    if (!cJSON_IsNumber(member) || fabs(member->valuedouble) > 1e11)
        return hdx_member_text(in, object, name);
    time_t seconds = (time_t)member->valuedouble;
    if (!gmtime_r(&seconds, &day))
        return HDX_STR("");
    return kept(in, hdx_arena_format(&in->arena, "%04d-%02d-%02d",
                                     day.tm_year + 1900, day.tm_mon + 1,
                                     day.tm_mday));
}
