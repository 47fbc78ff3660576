/*
 * UTF-8 views and the buffer that grows. A view is a pointer and a length, not
 * terminated unless its maker says so. Text is validated once, at the border
 * (hdx_utf8_check), and never again inside.
 */
#ifndef HDX_STR_H
#define HDX_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct hdx_str {
    const char *ptr;
    size_t len;
} hdx_str;

#define HDX_STR(literal) ((hdx_str){(literal), sizeof(literal) - 1})
/* The two arguments of a "%.*s". */
#define HDX_FMT(s) ((int)(s).len), ((s).len ? (s).ptr : "")

static inline hdx_str hdx_str_of(const char *terminated)
{
    return (hdx_str){terminated, terminated ? strlen(terminated) : 0};
}

static inline bool hdx_str_eq(hdx_str a, hdx_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool hdx_str_starts(hdx_str text, hdx_str with)
{
    return text.len >= with.len &&
           (with.len == 0 || memcmp(text.ptr, with.ptr, with.len) == 0);
}

/* Bytewise, a shorter text before its continuations. */
int hdx_str_cmp(hdx_str a, hdx_str b);

/* Equal but for the case of ASCII letters. */
bool hdx_str_eq_nocase(hdx_str a, hdx_str b);

/* Without ASCII white space at either end. */
hdx_str hdx_str_trim(hdx_str text);

/*
 * The next line without its end (LF or CR LF), cut from the front of `rest`.
 * False when nothing is left.
 */
bool hdx_str_line(hdx_str *rest, hdx_str *line);

/* The offset of the first byte that is not UTF-8, or SIZE_MAX. */
size_t hdx_utf8_check(hdx_str text);

/* How many code points valid text has. */
size_t hdx_utf8_count(hdx_str text);

/* The code point at `*at` of valid text; `*at` moves behind it. */
static inline uint32_t hdx_utf8_next(hdx_str text, size_t *at)
{
    const unsigned char *p = (const unsigned char *)text.ptr + *at;
    if (p[0] < 0x80) {
        *at += 1;
        return p[0];
    }
    if (p[0] < 0xE0) {
        *at += 2;
        return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    }
    if (p[0] < 0xF0) {
        *at += 3;
        return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    }
    *at += 4;
    return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 |
           (p[3] & 0x3Fu);
}

/* Writes a scalar value as UTF-8; returns the number of bytes. */
size_t hdx_utf8_put(uint32_t c, char out[4]);

/* The last code point of valid text that is not empty. */
uint32_t hdx_utf8_last(hdx_str text);

/* The longest prefix of at most `bytes` that ends between code points. */
hdx_str hdx_utf8_cut(hdx_str text, size_t bytes);

/* Line and column (code points), both from 1, of a byte offset. */
void hdx_str_position(hdx_str text, size_t offset, unsigned *line,
                      unsigned *column);

/* Fewest edits between two short ASCII names, for "did you mean". */
size_t hdx_str_distance(const char *a, const char *b);

/* Bytes that grow. A zeroed buffer is empty; `failed` is sticky. */
typedef struct hdx_buf {
    char *ptr;
    size_t len;
    size_t capacity;
    bool failed; /* memory was out once; what was added since is missing */
} hdx_buf;

bool hdx_buf_add(hdx_buf *buf, hdx_str text);
bool hdx_buf_byte(hdx_buf *buf, char byte);
/* In UTF-8; what is no Unicode scalar value becomes U+FFFD. */
bool hdx_buf_code_point(hdx_buf *buf, uint32_t c);
/* Percent-encoded as a part of a URI; slashes stay (RFC 3986). */
bool hdx_buf_add_uri(hdx_buf *buf, hdx_str text);
void hdx_buf_free(hdx_buf *buf);

static inline hdx_str hdx_buf_str(const hdx_buf *buf)
{
    return (hdx_str){buf->ptr, buf->len};
}

/*
 * Makes room for `need` elements of `size` bytes in the array at `*items`.
 * False when memory is out; the array is then as it was.
 */
bool hdx_grow(void *items, size_t *capacity, size_t need, size_t size);

#endif
