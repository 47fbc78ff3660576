/*
 * Numbers that mix letters and digits. Groups of them are also tried joined,
 * as people copy them in pieces; a joined one must have a checksum that fits,
 * or be of hexadecimal digits alone. One that stands in one piece is taken by
 * its shape, too: an address with a typing error, or of a chain that has no
 * checksum here. So Ethereum's checksum in upper and lower case need not be
 * worked out: with it or without, the forty digits are an address.
 */
#include "insights/checksum.h"
#include "insights/secret.h"

enum { CODE_MOST = 128, JOINT_MOST = 2, GROUP_LEAST = 3, HEX_GROUP_LEAST = 4 };
enum { SHAPE_LEAST = 26, SHAPE_LETTERS = 4, LONG_DIGITS = 3 };
enum { MIXED_LEAST = 32, MIXED_CASES = 6 };
enum { BASE58_LEAST = 25, BASE58_MOST = 112, BECH32_LEAST = 14 };
/* In more pieces than these only what is as long as an address is tried. */
enum { BASE58_PIECES = 4, BASE58_ADDRESS_MOST = 60 };
/* Of nine pieces of an address seven are odd; of nine words hardly one. */
enum { ODD_LEAST = 2 };
enum { HEX_ADDRESS = 40, HEX_KEY = 64 };
/* Payloads that begin with one byte of version. */
enum { RIPPLE_SEED = 17, PRIVATE_KEY = 33 };

typedef struct group {
    size_t begin;
    size_t end;
} group;

/* What is known of letters and digits in a row. */
typedef struct joined {
    char text[CODE_MOST + 1];
    size_t len;
    size_t upper, lower, digits, hex;
    size_t pieces;
    size_t odd;      /* pieces that are no word: a digit, or a capital inside */
    size_t first;    /* length of the first piece */
    size_t shortest; /* likewise, of any but the last */
} joined;

static bool next_group(const hdx_plain *text, size_t at, group *out)
{
    while (at < text->count && !hdx_plain_is_ascii_alnum(text->chars[at].c))
        at++;
    out->begin = at;
    while (at < text->count && hdx_plain_is_ascii_alnum(text->chars[at].c))
        at++;
    out->end = at;
    return out->end > out->begin;
}

static bool joins(const hdx_plain *text, size_t end, size_t begin)
{
    if (begin - end > JOINT_MOST)
        return false;
    for (size_t i = end; i < begin; i++) {
        uint32_t c = text->chars[i].c;
        if (!c || c > 0x7F || !strchr(" -./:_", (int)c))
            return false;
    }
    return true;
}

/* False when it would be longer than any that is looked for. */
static bool append(joined *code, const hdx_plain *text, group piece)
{
    if (code->len + piece.end - piece.begin > CODE_MOST)
        return false;
    size_t digits = code->digits, upper = code->upper;
    for (size_t i = piece.begin; i < piece.end; i++) {
        char c = (char)text->chars[i].c;
        char small = (char)(c | 0x20);
        code->text[code->len++] = c;
        code->upper += c >= 'A' && c <= 'Z';
        code->lower += c >= 'a' && c <= 'z';
        code->digits += c <= '9';
        code->hex += c <= '9' || (small >= 'a' && small <= 'f');
    }
    code->text[code->len] = '\0';
    upper += text->chars[piece.begin].c <= 'Z';
    code->odd += code->digits > digits || code->upper > upper;
    code->pieces++;
    return true;
}

/* Forty digits are an address, sixty-four a key or a transaction: nobody can
   tell which. In front of them may stand 0x. */
static bool is_hex(const joined *code, hdx_secret *kind)
{
    size_t prefix =
        code->text[0] == '0' && (code->text[1] | 0x20) == 'x' ? 2 : 0;
    size_t len = code->len - prefix;
    if (code->hex + prefix / 2 != code->len || code->digits == len + prefix / 2)
        return false;
    *kind = len < HEX_KEY ? HDX_SECRET_WALLET : HDX_SECRET_KEY;
    if (code->pieces > 1)
        return (len == HEX_ADDRESS || len == HEX_KEY) &&
               code->shortest >= HEX_GROUP_LEAST;
    return len >= HEX_ADDRESS;
}

static bool may_be_base58(const joined *code)
{
    size_t most =
        code->pieces > BASE58_PIECES ? BASE58_ADDRESS_MOST : BASE58_MOST;
    return code->len >= BASE58_LEAST && code->len <= most && code->upper &&
           code->lower && (code->pieces == 1 || code->odd >= ODD_LEAST);
}

static bool is_base58(const joined *code, hdx_secret *kind)
{
    hdx_str text = {code->text, code->len};
    unsigned char version;
    if (!may_be_base58(code))
        return false;
    size_t payload = hdx_checksum_base58(text, false, &version);
    *kind = payload >= PRIVATE_KEY ? HDX_SECRET_KEY : HDX_SECRET_WALLET;
    if (payload)
        return true;
    payload = hdx_checksum_base58(text, true, &version);
    *kind = payload == RIPPLE_SEED ? HDX_SECRET_KEY : HDX_SECRET_WALLET;
    return payload;
}

static bool is_bech32(const joined *code)
{
    return code->len >= BECH32_LEAST && !(code->upper && code->lower) &&
           hdx_checksum_bech32((hdx_str){code->text, code->len});
}

/* A long word of letters and digits that nobody makes up; an address of Solana
   may have no digit, and then large letters everywhere. */
static bool is_shape(const joined *code)
{
    if (code->pieces > 1 || code->len < SHAPE_LEAST)
        return false;
    if (code->digits)
        return code->upper + code->lower >= SHAPE_LETTERS;
    return code->len >= MIXED_LEAST && code->upper >= MIXED_CASES &&
           code->lower >= MIXED_CASES;
}

/* Lengths of the countries' accounts, of the registry of ISO 13616. */
static size_t iban_length(const char *country)
{
    static const char lengths[] =
        "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22"
        "DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28"
        "HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25"
        "MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29"
        "RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29"
        "VA22VG24XK20YE30";
    for (const char *at = lengths; *at; at += 4)
        if (at[0] == country[0] && at[1] == country[1])
            return (size_t)(at[2] - '0') * 10 + (size_t)(at[3] - '0');
    return 0;
}

/* With a typing error its checksum is wrong, but most of it is digits. A small
   word of two letters is no country. */
static bool is_iban(const joined *code)
{
    char upper[CODE_MOST + 1];
    for (size_t i = 0; i < code->len; i++)
        upper[i] = (char)(code->text[i] & (code->text[i] > '9' ? ~0x20 : ~0));
    bool begins = code->first >= 4 ||
                  (upper[0] == code->text[0] && upper[1] == code->text[1]);
    return begins && code->len > 4 && code->len == iban_length(upper) &&
           upper[2] <= '9' && upper[3] <= '9' &&
           ((code->first >= 4 && code->digits * 2 >= code->len) ||
            hdx_checksum_iban((hdx_str){upper, code->len}));
}

static bool classify(const joined *code, hdx_secret *kind)
{
    *kind = HDX_SECRET_IBAN;
    if (is_iban(code))
        return true;
    if (is_hex(code, kind))
        return true;
    bool whole = code->pieces == 1 || code->shortest >= GROUP_LEAST;
    if (whole && is_base58(code, kind))
        return true;
    *kind = HDX_SECRET_WALLET;
    return (whole && is_bech32(code)) || is_shape(code);
}

/* Of one piece that is longer than CODE_MOST: a blob, or a long address. */
static bool is_long(const hdx_plain *text, group piece)
{
    size_t digits = 0;
    for (size_t i = piece.begin; i < piece.end; i++)
        digits += hdx_plain_is_digit(text->chars[i].c);
    return piece.end - piece.begin > CODE_MOST && digits >= LONG_DIGITS;
}

/* The longest code that begins with `first`; where it ends, or 0. */
static size_t try_from(const hdx_plain *text, group first, hdx_spans *out)
{
    joined code = {.first = first.end - first.begin, .shortest = SIZE_MAX};
    hdx_secret kind, best = HDX_SECRET_WALLET;
    size_t end = is_long(text, first) ? first.end : 0;
    group piece = first, next;
    while (append(&code, text, piece)) {
        if (classify(&code, &kind)) {
            end = piece.end;
            best = kind;
        }
        if (piece.end - piece.begin < code.shortest)
            code.shortest = piece.end - piece.begin;
        if (!next_group(text, piece.end, &next) ||
            !joins(text, piece.end, next.begin))
            break;
        piece = next;
    }
    if (end)
        hdx_spans_add(out, best, first.begin, end);
    return end;
}

static bool is_base64(uint32_t c)
{
    return hdx_plain_is_ascii_alnum(c) || c == '-' || c == '_' || c == '+' ||
           c == '/';
}

/* Behind the address of TON that begins here, or 0: other codes have none of
   its marks inside of a group. */
static size_t ton_end(const hdx_plain *text, size_t begin)
{
    char code[HDX_TON_CHARACTERS];
    size_t end = begin + HDX_TON_CHARACTERS;
    if (end > text->count ||
        (end < text->count && is_base64(text->chars[end].c)))
        return 0;
    for (size_t i = 0; i < HDX_TON_CHARACTERS; i++) {
        uint32_t c = text->chars[begin + i].c;
        code[i] = is_base64(c) ? (char)c : ' ';
    }
    return hdx_checksum_ton(code) ? end : 0;
}

void hdx_find_codes(const hdx_plain *text, hdx_spans *out)
{
    group at = {0, 0};
    while (next_group(text, at.end, &at)) {
        size_t end = ton_end(text, at.begin);
        if (end)
            hdx_spans_add(out, HDX_SECRET_WALLET, at.begin, end);
        else
            end = try_from(text, at, out);
        if (end)
            at.end = end;
    }
}
