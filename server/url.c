/* Decoding, strictly: what is not sound is refused, never mended. */
#include "server/url.h"

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

hdx_url_fault hdx_url_decode(hdx_arena *arena, hdx_str part, bool query,
                             hdx_str *out)
{
    char *to = hdx_arena_alloc(arena, part.len + 1);
    size_t len = 0;
    if (!to)
        return HDX_URL_NOMEM;
    for (size_t i = 0; i < part.len; i++) {
        char c = part.ptr[i];
        if (c == '%') {
            int high = i + 2 < part.len ? digit(part.ptr[i + 1]) : -1;
            int low = i + 2 < part.len ? digit(part.ptr[i + 2]) : -1;
            if (high < 0 || low < 0)
                return HDX_URL_ESCAPE;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && query) {
            c = ' ';
        }
        if (c == '\0')
            return HDX_URL_TEXT;
        to[len++] = c;
    }
    *out = (hdx_str){to, len};
    return hdx_utf8_check(*out) == SIZE_MAX ? HDX_URL_SOUND : HDX_URL_TEXT;
}

bool hdx_url_pair(hdx_str *query, hdx_str *name, hdx_str *value)
{
    while (query->len && query->ptr[0] == '&')
        *query = (hdx_str){query->ptr + 1, query->len - 1};
    if (query->len == 0)
        return false;
    const char *end = memchr(query->ptr, '&', query->len);
    size_t len = end ? (size_t)(end - query->ptr) : query->len;
    const char *equals = memchr(query->ptr, '=', len);
    size_t before = equals ? (size_t)(equals - query->ptr) : len;
    *name = (hdx_str){query->ptr, before};
    *value = equals ? (hdx_str){equals + 1, len - before - 1}
                    : (hdx_str){query->ptr + len, 0};
    *query = (hdx_str){query->ptr + len, query->len - len};
    return true;
}
