/*
 * Views, UTF-8 and the growing buffer. Nothing here knows about languages:
 * case, width and scripts belong to text/.
 */
#include "base/str.h"

#include <stdlib.h>

int hdx_str_cmp(hdx_str a, hdx_str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

bool hdx_str_eq_nocase(hdx_str a, hdx_str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.ptr[i]) != lower(b.ptr[i]))
            return false;
    return true;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

hdx_str hdx_str_trim(hdx_str text)
{
    while (text.len && is_space(text.ptr[0])) {
        text.ptr++;
        text.len--;
    }
    while (text.len && is_space(text.ptr[text.len - 1]))
        text.len--;
    return text;
}

bool hdx_str_line(hdx_str *rest, hdx_str *line)
{
    if (rest->len == 0)
        return false;
    const char *end = memchr(rest->ptr, '\n', rest->len);
    size_t len = end ? (size_t)(end - rest->ptr) : rest->len;
    *line = (hdx_str){rest->ptr, len};
    if (len && line->ptr[len - 1] == '\r')
        line->len--;
    size_t skip = end ? len + 1 : len;
    rest->ptr += skip;
    rest->len -= skip;
    return true;
}

/* Bytes of the sequence at p, or 0 when it is not UTF-8 (RFC 3629). */
static size_t sequence(const unsigned char *p, size_t left)
{
    if (p[0] < 0x80)
        return 1;
    size_t n = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (p[0] < 0xC2 || p[0] > 0xF4 || left < n)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) ||
        (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
        return 0;
    return n;
}

size_t hdx_utf8_check(hdx_str text)
{
    for (size_t i = 0; i < text.len;) {
        uint64_t eight;
        if (text.len - i >= sizeof eight) { /* most text has long ASCII runs */
            memcpy(&eight, text.ptr + i, sizeof eight);
            if (!(eight & 0x8080808080808080u)) {
                i += sizeof eight;
                continue;
            }
        }
        size_t n = sequence((const unsigned char *)text.ptr + i, text.len - i);
        if (n == 0)
            return i;
        i += n;
    }
    return SIZE_MAX;
}

static bool starts_code_point(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

size_t hdx_utf8_count(hdx_str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += starts_code_point(text.ptr[i]);
    return count;
}

size_t hdx_utf8_put(uint32_t c, char out[4])
{
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = len; i > 1; i--, c >>= 6)
        out[i - 1] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)(lead[len] | c);
    return len;
}

uint32_t hdx_utf8_last(hdx_str text)
{
    size_t at = text.len - 1;
    while (at && !starts_code_point(text.ptr[at]))
        at--;
    return hdx_utf8_next(text, &at);
}

hdx_str hdx_utf8_cut(hdx_str text, size_t bytes)
{
    if (text.len <= bytes)
        return text;
    while (bytes && !starts_code_point(text.ptr[bytes]))
        bytes--;
    return (hdx_str){text.ptr, bytes};
}

void hdx_str_position(hdx_str text, size_t offset, unsigned *line,
                      unsigned *column)
{
    if (offset > text.len)
        offset = text.len;
    size_t start = 0;
    *line = 1;
    for (size_t i = 0; i < offset; i++) {
        if (text.ptr[i] == '\n') {
            ++*line;
            start = i + 1;
        }
    }
    hdx_str before = {text.ptr + start, offset - start};
    *column = (unsigned)hdx_utf8_count(before) + 1;
}

size_t hdx_str_distance(const char *a, const char *b)
{
    enum { LONGEST = 63 };
    size_t row[LONGEST + 1];
    size_t len_a = strlen(a), len_b = strlen(b);
    if (len_a > LONGEST || len_b > LONGEST)
        return SIZE_MAX;
    for (size_t j = 0; j <= len_b; j++)
        row[j] = j;
    for (size_t i = 1; i <= len_a; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= len_b; j++) {
            size_t best = diagonal + (a[i - 1] != b[j - 1]);
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[len_b];
}

bool hdx_grow(void *items, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity)
        return true;
    size_t wanted = *capacity ? *capacity * 2 : 16;
    if (wanted < need)
        wanted = need;
    if (wanted > SIZE_MAX / 2 / size)
        return false;
    void *old;
    memcpy(&old, items, sizeof old);
    void *grown = realloc(old, wanted * size);
    if (!grown)
        return false;
    memcpy(items, &grown, sizeof grown);
    *capacity = wanted;
    return true;
}

bool hdx_buf_add(hdx_buf *buf, hdx_str text)
{
    if (buf->failed ||
        !hdx_grow(&buf->ptr, &buf->capacity, buf->len + text.len + 1, 1)) {
        buf->failed = true;
        return false;
    }
    if (text.len)
        memcpy(buf->ptr + buf->len, text.ptr, text.len);
    buf->len += text.len;
    buf->ptr[buf->len] = '\0';
    return true;
}

bool hdx_buf_byte(hdx_buf *buf, char byte)
{
    return hdx_buf_add(buf, (hdx_str){&byte, 1});
}

bool hdx_buf_code_point(hdx_buf *buf, uint32_t c)
{
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = 0xFFFD;
    char bytes[4];
    return hdx_buf_add(buf, (hdx_str){bytes, hdx_utf8_put(c, bytes)});
}

bool hdx_buf_add_uri(hdx_buf *buf, hdx_str text)
{
    static const char digits[] = "0123456789ABCDEF";
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-._~/";
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        const char escaped[] = {'%', digits[byte >> 4], digits[byte & 15]};
        if (byte && strchr(plain, byte))
            hdx_buf_byte(buf, (char)byte);
        else
            hdx_buf_add(buf, (hdx_str){escaped, sizeof escaped});
    }
    return !buf->failed;
}

void hdx_buf_free(hdx_buf *buf)
{
    free(buf->ptr);
    *buf = (hdx_buf){0};
}
