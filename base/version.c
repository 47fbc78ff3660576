/* Reading and comparing versions, number by number. */
#include "base/version.h"

static bool is_digit(hdx_str text, size_t at)
{
    return at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9';
}

/* Returns how many bytes were read: 0 when there is no number at the start. */
static size_t read_numbers(hdx_str text, hdx_version *out)
{
    size_t at = 0;
    *out = (hdx_version){0};
    while (is_digit(text, at) && out->count < HDX_VERSION_PARTS) {
        uint64_t part = 0;
        for (; is_digit(text, at); at++)
            if (part < UINT32_MAX)
                part = 10 * part + (uint64_t)(text.ptr[at] - '0');
        out->parts[out->count++] =
            (uint32_t)(part < UINT32_MAX ? part : UINT32_MAX);
        if (at == text.len || text.ptr[at] != '.' || !is_digit(text, at + 1))
            break;
        at++;
    }
    return at;
}

bool hdx_version_read(hdx_str text, hdx_version *out)
{
    return read_numbers(hdx_str_trim(text), out) > 0;
}

static const struct sign {
    const char *text;
    bool less, equal, greater;
} signs[] = {{">=", false, true, true}, {"<=", true, true, false},
             {">", false, false, true}, {"<", true, false, false},
             {"=", false, true, false}, {"", false, true, false}};

static size_t read_sign(hdx_str text, hdx_version_bound *out)
{
    size_t i = 0;
    while (!hdx_str_starts(text, hdx_str_of(signs[i].text)))
        i++; /* all begins with the last of them */
    *out = (hdx_version_bound){.less = signs[i].less,
                               .equal = signs[i].equal,
                               .greater = signs[i].greater};
    return strlen(signs[i].text);
}

static hdx_str behind(hdx_str text, size_t bytes)
{
    return hdx_str_trim((hdx_str){text.ptr + bytes, text.len - bytes});
}

bool hdx_version_range_read(hdx_str text, hdx_version_range *out)
{
    *out = (hdx_version_range){0};
    for (text = hdx_str_trim(text); text.len;) {
        if (out->count == HDX_VERSION_BOUNDS)
            return false;
        hdx_version_bound *bound = &out->bounds[out->count++];
        text = behind(text, read_sign(text, bound));
        size_t bytes = read_numbers(text, &bound->than);
        if (bytes == 0 || (bytes < text.len && text.ptr[bytes] != ' '))
            return false;
        text = behind(text, bytes);
    }
    return out->count > 0;
}

/* -1, 0 or 1: less than, alike or greater than; missing parts are 0. */
static int compare(const hdx_version *version, const hdx_version *than)
{
    for (size_t i = 0; i < than->count; i++)
        if (version->parts[i] != than->parts[i])
            return version->parts[i] < than->parts[i] ? -1 : 1;
    return 0;
}

bool hdx_version_range_has(const hdx_version_range *range,
                           const hdx_version *version)
{
    for (size_t i = 0; i < range->count; i++) {
        const hdx_version_bound *bound = &range->bounds[i];
        int order = compare(version, &bound->than);
        if (order < 0   ? !bound->less
            : order > 0 ? !bound->greater
                        : !bound->equal)
            return false;
    }
    return true;
}
