/* Signing texts with a shared key. Comparing signatures is the reader's. */
#include "base/hmac.h"

#include <nettle/hmac.h>

hdx_digest hdx_hmac(hdx_str key, const hdx_str *parts, size_t count)
{
    struct hmac_sha256_ctx context;
    uint8_t bytes[SHA256_DIGEST_SIZE];
    hmac_sha256_set_key(&context, key.len, (const uint8_t *)key.ptr);
    for (size_t i = 0; i < count; i++)
        hmac_sha256_update(&context, parts[i].len,
                           (const uint8_t *)parts[i].ptr);
    hmac_sha256_digest(&context, sizeof bytes, bytes);
    return hdx_digest_hex(bytes);
}
