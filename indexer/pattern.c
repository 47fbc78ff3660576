/*
 * Matching. There is one `{path}`, which may hold slashes, and one `{locale}`,
 * which may not, so that every path is cut in one way alone and no search goes
 * back.
 */
#include "indexer/pattern.h"

#define LOCALE "{locale}"
#define PATH "{path}"
#define ENDING ".md"

static size_t find(hdx_str text, hdx_str what)
{
    for (size_t i = 0; i + what.len <= text.len; i++)
        if (memcmp(text.ptr + i, what.ptr, what.len) == 0)
            return i;
    return SIZE_MAX;
}

static size_t find_last(hdx_str text, hdx_str what)
{
    for (size_t i = text.len + 1; i-- > 0;)
        if (i + what.len <= text.len &&
            memcmp(text.ptr + i, what.ptr, what.len) == 0)
            return i;
    return SIZE_MAX;
}

static hdx_str from(hdx_str text, size_t at)
{
    return (hdx_str){text.ptr + at, text.len - at};
}

/* `..`, or a path of the machine: a pattern stays in the knowledge base. */
static bool leaves(hdx_str text)
{
    hdx_str up = HDX_STR("..");
    size_t at = find(text, up);
    return hdx_str_starts(text, HDX_STR("/")) ||
           (at != SIZE_MAX && (at == 0 || text.ptr[at - 1] == '/') &&
            (at + up.len == text.len || text.ptr[at + up.len] == '/'));
}

static bool has_braces(hdx_str text)
{
    return find(text, HDX_STR("{")) != SIZE_MAX ||
           find(text, HDX_STR("}")) != SIZE_MAX;
}

const char *hdx_pattern_read(hdx_str text, hdx_pattern *out)
{
    hdx_str locale = HDX_STR(LOCALE), path = HDX_STR(PATH);
    size_t locale_at = find(text, locale), path_at = find(text, path);
    *out = (hdx_pattern){.text = text, .between = HDX_STR("")};
    if (path_at == SIZE_MAX)
        return "this pattern has no {path}; write one, such as "
               "{locale}/{path}.md";
    if (text.len < sizeof ENDING ||
        !hdx_str_eq(from(text, text.len - strlen(ENDING)), HDX_STR(ENDING)))
        return "this pattern does not end in .md; write one, such as "
               "{locale}/{path}.md";
    if (leaves(text))
        return "this pattern leaves the knowledge base; write it from the "
               "folder of helpdex.yml on";
    out->locale = locale_at != SIZE_MAX;
    out->locale_first = out->locale && locale_at < path_at;
    size_t first = out->locale_first ? locale_at : path_at;
    size_t behind = first + (out->locale_first ? locale.len : path.len);
    out->before = (hdx_str){text.ptr, first};
    if (out->locale) {
        size_t second = out->locale_first ? path_at : locale_at;
        out->between = (hdx_str){text.ptr + behind, second - behind};
        behind = second + (out->locale_first ? path.len : locale.len);
        if (out->between.len == 0)
            return "nothing stands between {locale} and {path}; write a slash "
                   "or a dot";
    }
    out->after =
        (hdx_str){text.ptr + behind, text.len - behind - strlen(ENDING)};
    if (has_braces(out->before) || has_braces(out->between) ||
        has_braces(out->after))
        return "a pattern has one {path} and at most one {locale}; write one, "
               "such as {locale}/{path}.md";
    return NULL;
}

static bool may_be_locale(hdx_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
              (c >= '0' && c <= '9') || c == '-' || c == '_'))
            return false;
    }
    return text.len > 0;
}

bool hdx_pattern_match(const hdx_pattern *pattern, hdx_str path,
                       hdx_str *locale, hdx_str *rest)
{
    size_t fixed = pattern->before.len + pattern->after.len;
    if (path.len <= fixed || !hdx_str_starts(path, pattern->before) ||
        !hdx_str_eq(from(path, path.len - pattern->after.len), pattern->after))
        return false;
    hdx_str inside = {path.ptr + pattern->before.len, path.len - fixed};
    *locale = HDX_STR("");
    *rest = inside;
    if (!pattern->locale)
        return true;
    size_t cut = pattern->locale_first ? find(inside, pattern->between)
                                       : find_last(inside, pattern->between);
    if (cut == SIZE_MAX)
        return false;
    hdx_str first = {inside.ptr, cut};
    hdx_str second = from(inside, cut + pattern->between.len);
    *locale = pattern->locale_first ? first : second;
    *rest = pattern->locale_first ? second : first;
    return rest->len > 0 && may_be_locale(*locale);
}
