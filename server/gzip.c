/* gzip by zlib, at the quickest level: answers are made once and sent once. */
#include "server/gzip.h"

enum { LEVEL = 1, GZIP_WINDOW = 15 + 16, MEMORY = 8 };

/* Of "gzip;q=0": that it is not wanted. */
static bool is_refused(hdx_str weight)
{
    for (size_t i = 0; i + 2 < weight.len; i++)
        if ((weight.ptr[i] == 'q' || weight.ptr[i] == 'Q') &&
            weight.ptr[i + 1] == '=') {
            for (size_t at = i + 2; at < weight.len; at++)
                if (weight.ptr[at] >= '1' && weight.ptr[at] <= '9')
                    return false;
            return true;
        }
    return false;
}

bool hdx_gzip_accepted(const char *header)
{
    hdx_str rest = hdx_str_of(header);
    while (rest.len) {
        const char *comma = memchr(rest.ptr, ',', rest.len);
        size_t len = comma ? (size_t)(comma - rest.ptr) : rest.len;
        hdx_str item = {rest.ptr, len};
        const char *semicolon = memchr(item.ptr, ';', item.len);
        size_t name = semicolon ? (size_t)(semicolon - item.ptr) : item.len;
        if (hdx_str_eq_nocase(hdx_str_trim((hdx_str){item.ptr, name}),
                              HDX_STR("gzip")))
            return !is_refused((hdx_str){item.ptr + name, len - name});
        len += comma != NULL;
        rest = (hdx_str){rest.ptr + len, rest.len - len};
    }
    return false;
}

bool hdx_gzip_pack(hdx_gzip *gzip, hdx_str bytes, hdx_buf *out)
{
    z_stream *z = &gzip->stream;
    if (!gzip->ready && deflateInit2(z, LEVEL, Z_DEFLATED, GZIP_WINDOW, MEMORY,
                                     Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    gzip->ready = true;
    out->len = 0;
    if (deflateReset(z) != Z_OK ||
        !hdx_grow(&out->ptr, &out->capacity, bytes.len, 1))
        return false;
    z->next_in = (z_const Bytef *)(uintptr_t)bytes.ptr;
    z->avail_in = (uInt)bytes.len;
    z->next_out = (Bytef *)out->ptr;
    z->avail_out = (uInt)bytes.len;
    if (deflate(z, Z_FINISH) != Z_STREAM_END)
        return false;
    out->len = bytes.len - z->avail_out;
    return true;
}

void hdx_gzip_free(hdx_gzip *gzip)
{
    if (gzip->ready)
        deflateEnd(&gzip->stream);
    gzip->ready = false;
}
