/* redaction, asked thousands of times for what it must not miss: numbers made
   by the standards' rules, each also as people and their devices write it */
#include <helpdex/redact.h>

#include <ctype.h>
#include <stdio.h>

#include "base/digest.h"
#include "tests/unit/support.h"

enum { CASES = 2000, LISTS = 10, LIST_WORDS = 2048 };

static uint64_t state;

static unsigned below(unsigned n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)((state >> 33) % n);
}

static char any_of(const char *text)
{
    return text[below((unsigned)strlen(text))];
}

static void add_digits(hdx_buf *out, size_t count)
{
    while (count--)
        hdx_buf_byte(out, any_of("0123456789"));
}

static void sha256(const void *bytes, size_t size, unsigned char out[32])
{
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, size, bytes);
    sha256_digest(&context, 32, out);
}

static void make_card(hdx_buf *out)
{
    static const char *const begins[] = {"4",    "51", "2221", "6011",
                                         "3530", "62", "2200"};
    hdx_buf_add(out, hdx_str_of(begins[below(7)]));
    add_digits(out, 15 - out->len);
    unsigned sum = 0;
    for (size_t i = 0; i < 15; i++) {
        unsigned twice = (unsigned)(out->ptr[i] - '0') * (i % 2 ? 1 : 2);
        sum += twice / 10 + twice % 10;
    }
    hdx_buf_byte(out, (char)('0' + (10 - sum % 10) % 10));
}

static void make_iban(hdx_buf *out)
{
    char account[19] = {0};
    unsigned rest = 0;
    for (size_t i = 0; i < 18; i++)
        account[i] = any_of("0123456789");
    for (const char *at = account; *at; at++)
        rest = (rest * 10 + (unsigned)(*at - '0')) % 97;
    /* DE is 13 and 14, and two zeros stand for what is looked for. */
    for (const char *at = "131400"; *at; at++)
        rest = (rest * 10 + (unsigned)(*at - '0')) % 97;
    char text[32];
    snprintf(text, sizeof text, "DE%02u%s", 98 - rest, account);
    hdx_buf_add(out, hdx_str_of(text));
}

/* Base58 of a version, random bytes and the checksum. */
static void make_base58(hdx_buf *out, unsigned version, size_t count,
                        const char *alphabet)
{
    unsigned char bytes[64] = {(unsigned char)version}, once[32], twice[32];
    char text[96];
    size_t len = 0, size = count + 5, zeros = 0;
    for (size_t i = 1; i <= count; i++)
        bytes[i] = (unsigned char)below(256);
    sha256(bytes, count + 1, once);
    sha256(once, 32, twice);
    memcpy(bytes + count + 1, twice, 4);
    while (!bytes[zeros])
        zeros++;
    for (size_t from = zeros; from < size;) {
        unsigned rest = 0;
        for (size_t i = from; i < size; i++) {
            rest = rest * 256 + bytes[i];
            bytes[i] = (unsigned char)(rest / 58);
            rest %= 58;
        }
        text[len++] = alphabet[rest];
        while (from < size && !bytes[from])
            from++;
    }
    while (zeros--)
        hdx_buf_byte(out, alphabet[0]);
    while (len)
        hdx_buf_byte(out, text[--len]);
}

static const char bitcoin[] =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
static const char ripple[] =
    "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

static void make_bitcoin(hdx_buf *out)
{
    make_base58(out, below(2) * 5, 20, bitcoin);
}

static void make_tron(hdx_buf *out)
{
    make_base58(out, 0x41, 20, bitcoin);
}

static void make_ripple(hdx_buf *out)
{
    make_base58(out, 0, 20, ripple);
}

static void make_private_key(hdx_buf *out)
{
    make_base58(out, 0x80, 32, bitcoin);
}

static uint32_t polymod(uint32_t sum, unsigned value)
{
    static const uint32_t factors[] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
                                       0x3d4233dd, 0x2a1462b3};
    uint32_t top = sum >> 25;
    sum = (sum & 0x1ffffff) << 5 ^ value;
    for (unsigned i = 0; i < 5; i++)
        sum ^= top >> i & 1 ? factors[i] : 0;
    return sum;
}

/* Version 0 has the checksum of bech32, others that of bech32m. */
static void make_bech32(hdx_buf *out)
{
    static const char alphabet[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    unsigned version = below(2), count = version || below(2) ? 52 : 32;
    uint32_t sum = 1;
    for (unsigned i = 0; i < 5; i++)
        sum = polymod(sum, (unsigned)"\3\3\0\2\3"[i]); /* of "bc" */
    hdx_buf_add(out, HDX_STR("bc1"));
    for (unsigned i = 0; i <= count; i++) {
        unsigned value = i ? below(32) : version;
        sum = polymod(sum, value);
        hdx_buf_byte(out, alphabet[value]);
    }
    for (unsigned i = 0; i < 6; i++)
        sum = polymod(sum, 0);
    sum ^= version ? 0x2bc830a3 : 1;
    for (unsigned i = 0; i < 6; i++)
        hdx_buf_byte(out, alphabet[sum >> 5 * (5 - i) & 31]);
}

static void make_ethereum(hdx_buf *out)
{
    hdx_buf_add(out, HDX_STR("0x"));
    for (unsigned i = 0; i < 40; i++)
        hdx_buf_byte(out, any_of("0123456789abcdefABCDEF"));
}

static void make_hash(hdx_buf *out)
{
    for (unsigned i = 0; i < 64; i++)
        hdx_buf_byte(out, any_of("0123456789abcdef"));
}

static void make_solana(hdx_buf *out)
{
    for (unsigned i = 0; i < 44; i++)
        hdx_buf_byte(out, any_of(bitcoin));
}

/* A tag, a workchain, 32 bytes and a CRC-16, in base64 for paths. */
static void make_ton(hdx_buf *out)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq"
                                   "rstuvwxyz0123456789-_";
    unsigned bytes[36] = {0x11}, sum = 0;
    for (unsigned i = 2; i < 34; i++)
        bytes[i] = below(256);
    for (unsigned i = 0; i < 34 * 8; i++) {
        unsigned top = (sum >> 15 ^ bytes[i / 8] >> (7 - i % 8)) & 1;
        sum = (sum << 1 & 0xFFFF) ^ (top ? 0x1021u : 0);
    }
    bytes[34] = sum >> 8;
    bytes[35] = sum & 0xFF;
    for (unsigned i = 0; i < 48; i++) {
        unsigned *at = bytes + i / 4 * 3;
        unsigned three = at[0] << 16 | at[1] << 8 | at[2];
        hdx_buf_byte(out, alphabet[three >> (18 - i % 4 * 6) & 63]);
    }
}

/* As a device or a person may write it. */
static hdx_buf dress(const hdx_buf *bare, bool in_fours)
{
    hdx_buf out = {0};
    unsigned how = below(4);
    for (size_t i = 0; i < bare->len; i++) {
        char c = bare->ptr[i];
        if (how == 1 || (how == 2 && isdigit(c) && in_fours))
            hdx_buf_code_point(&out, how == 1 ? (uint32_t)c + 0xFEE0
                                              : (uint32_t)(c - '0') + 0x660);
        else
            hdx_buf_byte(&out, c);
        if (how == 3 && i + 1 < bare->len && below(8) == 0)
            hdx_buf_code_point(&out, 0x200B + below(3));
        if (how != 3 && in_fours && i % 4 == 3 && i + 1 < bare->len)
            hdx_buf_byte(&out, how == 0 ? '-' : ' ');
    }
    return out;
}

static void expect(hdx_str text, const char *placeholder)
{
    static const char *const around[][2] = {{"", ""},
                                            {"help: ", " thanks"},
                                            {"我的地址是", "。怎么办"},
                                            {"رقمي ", " شكرا"},
                                            {"(", ")"},
                                            {"รหัส", " หาย"}};
    const char *const *pair = around[below(6)];
    hdx_buf whole = {0}, expected = {0};
    helpdex_redaction *r;
    hdx_buf_add(&whole, hdx_str_of(pair[0]));
    hdx_buf_add(&whole, text);
    hdx_buf_add(&whole, hdx_str_of(pair[1]));
    hdx_buf_add(&expected, hdx_str_of(pair[0]));
    hdx_buf_add(&expected, hdx_str_of(placeholder));
    hdx_buf_add(&expected, hdx_str_of(pair[1]));
    ck_assert_int_eq(helpdex_redact(whole.ptr, whole.len, &r, NULL), 0);
    ck_assert_msg(strcmp(helpdex_redaction_text(r), expected.ptr) == 0,
                  "\"%s\" became \"%s\"", whole.ptr, helpdex_redaction_text(r));
    helpdex_redaction_free(r);
    hdx_buf_free(&whole);
    hdx_buf_free(&expected);
}

static void none_is_missed(void (*make)(hdx_buf *), const char *placeholder,
                           bool in_fours)
{
    state = 4;
    for (int i = 0; i < CASES; i++) {
        hdx_buf bare = {0};
        make(&bare);
        hdx_buf dressed = dress(&bare, in_fours && below(2));
        expect(hdx_buf_str(&dressed), placeholder);
        hdx_buf_free(&bare);
        hdx_buf_free(&dressed);
    }
}

START_TEST(no_card_is_missed)
{
    none_is_missed(make_card, "<card>", true);
}
END_TEST

START_TEST(no_account_is_missed)
{
    none_is_missed(make_iban, "<iban>", true);
}
END_TEST

START_TEST(no_address_of_base58_is_missed)
{
    none_is_missed(make_bitcoin, "<wallet>", true);
    none_is_missed(make_tron, "<wallet>", true);
    none_is_missed(make_ripple, "<wallet>", true);
}
END_TEST

START_TEST(no_address_of_bech32_is_missed)
{
    none_is_missed(make_bech32, "<wallet>", true);
}
END_TEST

START_TEST(no_address_of_ethereum_is_missed)
{
    none_is_missed(make_ethereum, "<wallet>", false);
}
END_TEST

START_TEST(no_address_of_solana_or_ton_is_missed)
{
    none_is_missed(make_solana, "<wallet>", false);
    none_is_missed(make_ton, "<wallet>", false);
}
END_TEST

START_TEST(no_key_is_missed)
{
    none_is_missed(make_private_key, "<key>", false);
    none_is_missed(make_hash, "<key>", true);
}
END_TEST

static const char *const lists[LISTS] = {"chinese-simplified",
                                         "chinese-traditional",
                                         "czech",
                                         "english",
                                         "french",
                                         "italian",
                                         "japanese",
                                         "korean",
                                         "portuguese",
                                         "spanish"};

static char *read_list(const char *name, hdx_str words[LIST_WORDS])
{
    char path[512];
    size_t size;
    snprintf(path, sizeof path, "%s/insights/bip39/%s.txt", SOURCE_DIR, name);
    char *text = read_text(path, &size);
    hdx_str rest = {text, size};
    for (size_t i = 0; i < LIST_WORDS; i++)
        ck_assert(hdx_str_line(&rest, &words[i]));
    ck_assert_uint_eq(rest.len, 0);
    return text;
}

/* The numbers of a phrase that keeps its checksum; returns how many. */
static unsigned make_phrase(unsigned numbers[24])
{
    unsigned char bytes[33], digest[32];
    unsigned count = 12 + 3 * below(5), entropy = count * 4 / 3;
    for (unsigned i = 0; i < entropy; i++)
        bytes[i] = (unsigned char)below(256);
    sha256(bytes, entropy, digest);
    bytes[entropy] = digest[0];
    for (unsigned i = 0; i < count; i++) {
        numbers[i] = 0;
        for (unsigned bit = i * 11; bit < i * 11 + 11; bit++)
            numbers[i] =
                numbers[i] << 1 | (bytes[bit / 8] >> (7 - bit % 8) & 1);
    }
    return count;
}

static void add_phrase(hdx_buf *out, const hdx_str *words, const char *between)
{
    unsigned numbers[24], count = make_phrase(numbers);
    char number[16];
    for (unsigned i = 0; i < count; i++) {
        snprintf(number, sizeof number, "%u. ", i + 1);
        if (strcmp(between, "\n") == 0)
            hdx_buf_add(out, hdx_str_of(number));
        hdx_buf_add(out, words[numbers[i]]);
        if (i + 1 < count)
            hdx_buf_add(out, hdx_str_of(between));
    }
}

static void no_phrase_is_missed(const char *name)
{
    static const char *const between[] = {" ", ", ", "\n", "\u3000", "-", ""};
    static const char *const around[][2] = {{"", ""},
                                            {"12: ", ", help!"},
                                            {"私の言葉は", "です。助けて"},
                                            {"我的助记词是", "怎么办？"},
                                            {"รหัสของฉัน", "หายไป"}};
    static hdx_str words[LIST_WORDS];
    char *list = read_list(name, words);
    state = 39;
    for (int i = 0; i < CASES; i++) {
        hdx_buf text = {0};
        helpdex_redaction *r;
        const char *const *pair = around[below(5)];
        hdx_buf_add(&text, hdx_str_of(pair[0]));
        add_phrase(&text, words, between[below(6)]);
        hdx_buf_add(&text, hdx_str_of(pair[1]));
        ck_assert_int_eq(helpdex_redact(text.ptr, text.len, &r, NULL), 0);
        ck_assert_msg(helpdex_redaction_seed_phrase(r), "%s", text.ptr);
        helpdex_redaction_free(r);
        hdx_buf_free(&text);
    }
    free(list);
}

START_TEST(no_seed_phrase_is_missed)
{
    for (size_t i = 0; i < LISTS; i++)
        no_phrase_is_missed(lists[i]);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {no_card_is_missed,
                                  no_account_is_missed,
                                  no_address_of_base58_is_missed,
                                  no_address_of_bech32_is_missed,
                                  no_address_of_ethereum_is_missed,
                                  no_address_of_solana_or_ton_is_missed,
                                  no_key_is_missed,
                                  no_seed_phrase_is_missed,
                                  NULL};
    return run_suite("recall", tests);
}
