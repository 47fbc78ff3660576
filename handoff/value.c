/* Reading single values. No key is known here. */
#include "handoff/value.h"

helpdex_status hdx_value_fail(const hdx_value_reader *r, const hdx_yaml *at,
                              const char *what)
{
    return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line, at->column,
                       "%s", what);
}

helpdex_status hdx_value_unknown(const hdx_value_reader *r, const hdx_yaml *at,
                                 const char *what,
                                 const char *(*name)(size_t at))
{
    const char *nearest = name(0);
    size_t least = SIZE_MAX;
    for (size_t i = 0; name(i); i++) {
        size_t edits = hdx_str_distance(at->key.ptr, name(i));
        if (edits < least) {
            least = edits;
            nearest = name(i);
        }
    }
    return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line, at->column,
                       "unknown key \"%.*s\" of %s; did you mean %s?",
                       HDX_FMT(at->key), what, nearest);
}

helpdex_status hdx_value_text(const hdx_value_reader *r, const hdx_yaml *at,
                              const char **out)
{
    if (at->kind != HDX_YAML_SCALAR || at->text.len == 0)
        return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line,
                           at->column, "%.*s is one text; write %.*s: \"...\"",
                           HDX_FMT(at->key), HDX_FMT(at->key));
    *out = at->text.ptr;
    return HELPDEX_OK;
}

bool hdx_value_digits(hdx_str text, int64_t *out)
{
    *out = 0;
    if (text.len == 0 || text.len > 15)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        *out = *out * 10 + (text.ptr[i] - '0');
    }
    return *out > 0;
}

helpdex_status hdx_value_number(const hdx_value_reader *r, const hdx_yaml *at,
                                int64_t most, int64_t *out)
{
    if (at->kind != HDX_YAML_SCALAR || !hdx_value_digits(at->text, out) ||
        *out > most)
        return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->path, at->line,
                           at->column,
                           "%.*s is a number from 1 to %lld; write one",
                           HDX_FMT(at->key), (long long)most);
    return HELPDEX_OK;
}
