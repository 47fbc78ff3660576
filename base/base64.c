/* Base64 for URLs, in pieces that fit the stack. */
#include "base/base64.h"

#include <nettle/base64.h>

enum { PIECE = 384 };

bool hdx_base64_add(hdx_buf *out, hdx_str bytes)
{
    struct base64_encode_ctx context;
    char text[BASE64_ENCODE_LENGTH(PIECE) + BASE64_ENCODE_FINAL_LENGTH];
    base64url_encode_init(&context);
    while (bytes.len) {
        size_t take = bytes.len < PIECE ? bytes.len : PIECE;
        size_t made = base64_encode_update(&context, text, take,
                                           (const uint8_t *)bytes.ptr);
        hdx_buf_add(out, (hdx_str){text, made});
        bytes = (hdx_str){bytes.ptr + take, bytes.len - take};
    }
    size_t made = base64_encode_final(&context, text);
    while (made && text[made - 1] == '=')
        made--;
    return hdx_buf_add(out, (hdx_str){text, made});
}

hdx_str hdx_base64_read(hdx_arena *arena, hdx_str text)
{
    struct base64_decode_ctx context;
    size_t made = BASE64_DECODE_LENGTH(text.len), more = 3;
    uint8_t *bytes = hdx_arena_alloc(arena, made + more + 1);
    static const char padding[] = "==";
    size_t missing = (4 - text.len % 4) % 4;
    if (!bytes || missing == 3)
        return (hdx_str){NULL, 0};
    base64url_decode_init(&context);
    if (!base64_decode_update(&context, &made, bytes, text.len, text.ptr))
        return (hdx_str){NULL, 0};
    size_t rest = more;
    if (!base64_decode_update(&context, &rest, bytes + made, missing,
                              padding) ||
        !base64_decode_final(&context))
        return (hdx_str){NULL, 0};
    return (hdx_str){(char *)bytes, made + rest};
}
