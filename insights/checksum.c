/* Checksums, each as its standard defines it. */
#include "insights/checksum.h"

#include "base/digest.h"

bool hdx_checksum_luhn(hdx_str digits)
{
    unsigned sum = 0;
    for (size_t i = 0; i < digits.len; i++) {
        unsigned digit = (unsigned)(digits.ptr[digits.len - 1 - i] - '0');
        unsigned twice = digit * 2;
        sum += i % 2 == 0 ? digit : twice > 9 ? twice - 9 : twice;
    }
    return digits.len && sum % 10 == 0;
}

/* Letters are 10 to 35, and the first four characters come last. */
bool hdx_checksum_iban(hdx_str iban)
{
    unsigned rest = 0;
    for (size_t i = 0; i < iban.len; i++) {
        char c = iban.ptr[(i + 4) % iban.len];
        bool digit = c >= '0' && c <= '9';
        unsigned value = (unsigned)(digit ? c - '0' : c - 'A' + 10);
        rest = (rest * (digit ? 10 : 100) + value) % 97;
    }
    return rest == 1;
}

static uint32_t polymod(uint32_t sum, uint32_t value)
{
    static const uint32_t factors[] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
                                       0x3d4233dd, 0x2a1462b3};
    uint32_t top = sum >> 25;
    sum = (sum & 0x1ffffff) << 5 ^ value;
    for (unsigned i = 0; i < 5; i++)
        if (top >> i & 1)
            sum ^= factors[i];
    return sum;
}

bool hdx_checksum_bech32(hdx_str text)
{
    enum { BECH32 = 1, BECH32M = 0x2bc830a3, CHECK = 6 };
    static const char alphabet[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    size_t one = text.len;
    while (one && text.ptr[one - 1] != '1')
        one--;
    if (one < 2 || text.len - one < CHECK)
        return false;
    uint32_t sum = 1;
    for (size_t i = 0; i < one - 1; i++)
        sum = polymod(sum, (uint32_t)(text.ptr[i] | 0x20) >> 5);
    sum = polymod(sum, 0);
    for (size_t i = 0; i < one - 1; i++)
        sum = polymod(sum, (uint32_t)(text.ptr[i] | 0x20) & 31);
    for (size_t i = one; i < text.len; i++) {
        char c = text.ptr[i];
        const char *at = strchr(alphabet, c >= 'A' && c <= 'Z' ? c | 0x20 : c);
        if (!c || !at)
            return false;
        sum = polymod(sum, (uint32_t)(at - alphabet));
    }
    return sum == BECH32 || sum == BECH32M;
}

/* An extended key has 82 bytes; what is longer has no such checksum. */
enum { BASE58_BYTES = 96, BASE58_CHECK = 4 };

/* Big-endian, at the end of `bytes`; the number of bytes, or 0. */
static size_t decode_base58(hdx_str text, const char *alphabet,
                            unsigned char bytes[BASE58_BYTES])
{
    size_t used = 0, zeros = 0;
    memset(bytes, 0, BASE58_BYTES);
    while (zeros < text.len && text.ptr[zeros] == alphabet[0])
        zeros++;
    for (size_t i = zeros; i < text.len; i++) {
        const char *at = strchr(alphabet, text.ptr[i]);
        if (!text.ptr[i] || !at)
            return 0;
        unsigned carry = (unsigned)(at - alphabet);
        for (size_t n = 0; n < used || carry; n++) {
            if (n == BASE58_BYTES)
                return 0;
            unsigned char *byte = &bytes[BASE58_BYTES - 1 - n];
            carry += *byte * 58u;
            *byte = (unsigned char)carry;
            carry >>= 8;
            used = n + 1 > used ? n + 1 : used;
        }
    }
    return used + zeros <= BASE58_BYTES ? used + zeros : 0;
}

static hdx_str bytes_of(const hdx_digest *digest, char out[HDX_DIGEST_HEX / 2])
{
    for (size_t i = 0; i < HDX_DIGEST_HEX / 2; i++) {
        unsigned value = 0;
        for (size_t n = 0; n < 2; n++) {
            char c = digest->hex[2 * i + n];
            value = value * 16 + (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
        }
        out[i] = (char)value;
    }
    return (hdx_str){out, HDX_DIGEST_HEX / 2};
}

size_t hdx_checksum_base58(hdx_str text, bool ripple, unsigned char *version)
{
    unsigned char bytes[BASE58_BYTES];
    char once[HDX_DIGEST_HEX / 2], twice[HDX_DIGEST_HEX / 2];
    size_t count = decode_base58(
        text,
        ripple ? "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
               : "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
        bytes);
    if (count <= BASE58_CHECK)
        return 0;
    const char *from = (const char *)bytes + BASE58_BYTES - count;
    size_t payload = count - BASE58_CHECK;
    hdx_digest digest = hdx_digest_of((hdx_str){from, payload});
    digest = hdx_digest_of(bytes_of(&digest, once));
    hdx_str check = bytes_of(&digest, twice);
    *version = (unsigned char)from[0];
    return memcmp(check.ptr, from + payload, BASE58_CHECK) == 0 ? payload : 0;
}

/* Of base64 for paths (-_) or not (+/); 64: of neither. */
static unsigned value_of_base64(char c)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq"
                                   "rstuvwxyz0123456789-_";
    const char *at = strchr(alphabet, c == '+' ? '-' : c == '/' ? '_' : c);
    return c && at ? (unsigned)(at - alphabet) : 64;
}

bool hdx_checksum_ton(const char text[HDX_TON_CHARACTERS])
{
    enum { POLYNOMIAL = 0x1021 };
    unsigned sum = 0;
    for (size_t i = 0; i < HDX_TON_CHARACTERS; i++) {
        unsigned value = value_of_base64(text[i]);
        if (value == 64)
            return false;
        for (unsigned bit = 6; bit-- > 0;) {
            unsigned top = (sum >> 15 ^ value >> bit) & 1;
            sum = (sum << 1 & 0xFFFF) ^ (top ? POLYNOMIAL : 0);
        }
    }
    return sum == 0; /* its checksum behind a text makes that of both 0 */
}
