/*
 * Numbers of cards and of phones. A card has a checksum and begins as some
 * network's do. A phone has neither: a number counts as one when it says so
 * ("+", "00"), or is cut as phones are, or begins with the 0 that is dialled
 * inside of a country. Dates, times, amounts and orders must stay, so that a
 * plain number of eight to ten digits does.
 */
#include "insights/checksum.h"
#include "insights/secret.h"

enum { CARD_LEAST = 12, CARD_MOST = 19, CARD_JOINT_MOST = 3 };
enum { PHONE_LEAST = 8, PHONE_MOST = 15, PHONE_JOINT_MOST = 3 };
enum { DIGITS_MOST = 20, GROUPS_MOST = 20 };

/* A run of digits, and what joins it to the one before. */
typedef struct group {
    size_t begin;
    size_t end;
} group;

/* Digits of groups in a row, and how they were cut. */
typedef struct number {
    char digits[DIGITS_MOST + 1];
    size_t len;
    size_t sizes[GROUPS_MOST];
    size_t groups;
} number;

static bool next_group(const hdx_plain *text, size_t at, group *out)
{
    while (at < text->count && !hdx_plain_is_digit(text->chars[at].c))
        at++;
    out->begin = at;
    while (at < text->count && hdx_plain_is_digit(text->chars[at].c))
        at++;
    out->end = at;
    return out->end > out->begin;
}

static bool joins(const hdx_plain *text, size_t end, size_t begin,
                  const char *by, size_t most)
{
    if (begin - end > most)
        return false;
    for (size_t i = end; i < begin; i++) {
        uint32_t c = text->chars[i].c;
        if (!c || c > 0x7F || !strchr(by, (int)c))
            return false;
    }
    return true;
}

static bool append(number *n, const hdx_plain *text, group piece)
{
    size_t size = piece.end - piece.begin;
    if (n->len + size > DIGITS_MOST || n->groups == GROUPS_MOST)
        return false;
    for (size_t i = piece.begin; i < piece.end; i++)
        n->digits[n->len++] = (char)text->chars[i].c;
    n->digits[n->len] = '\0';
    n->sizes[n->groups++] = size;
    return true;
}

/* By its first four digits, and how many there are in all. */
static bool is_card(const number *n)
{
    static const struct {
        unsigned low, high;
        size_t least, most;
    } networks[] = {
        {1000, 1999, 15, 15},                       /* UATP */
        {2200, 2204, 16, 19},                       /* Mir */
        {2221, 2720, 16, 16},                       /* Mastercard */
        {3000, 3059, 14, 19},                       /* Diners Club */
        {3095, 3095, 14, 19}, {3400, 3499, 15, 15}, /* American Express */
        {3528, 3589, 16, 19},                       /* JCB */
        {3600, 3699, 14, 19},                       /* Diners Club */
        {3700, 3799, 15, 15},                       /* American Express */
        {3800, 3999, 14, 19},                       /* Diners Club */
        {4000, 4999, 13, 19},                       /* Visa */
        {5000, 5099, 12, 19},                       /* Maestro, Verve, Elo */
        {5100, 5599, 16, 16},                       /* Mastercard */
        {5600, 6999, 12, 19}, /* Maestro, Discover, UnionPay, RuPay */
        {8100, 8299, 16, 19}, /* UnionPay, RuPay */
        {8600, 8600, 16, 16}, /* Uzcard */
        {9792, 9792, 16, 16}, /* Troy */
        {9860, 9860, 16, 16}, /* Humo */
    };
    unsigned first = 0;
    for (size_t i = 0; i < 4 && i < n->len; i++)
        first = first * 10 + (unsigned)(n->digits[i] - '0');
    for (size_t i = 0; i < sizeof networks / sizeof *networks; i++)
        if (first >= networks[i].low && first <= networks[i].high)
            return n->len >= networks[i].least && n->len <= networks[i].most &&
                   hdx_checksum_luhn((hdx_str){n->digits, n->len});
    return false;
}

/* All cards that begin with this group: an expiry date may stand behind. */
static void find_cards(const hdx_plain *text, group piece, hdx_spans *out)
{
    number n = {0};
    group next;
    size_t begin = piece.begin;
    while (append(&n, text, piece) && n.len <= CARD_MOST) {
        if (n.len >= CARD_LEAST && is_card(&n))
            hdx_spans_add(out, HDX_SECRET_CARD, begin, piece.end);
        if (!next_group(text, piece.end, &next) ||
            !joins(text, piece.end, next.begin, " -./,_", CARD_JOINT_MOST))
            return;
        piece = next;
    }
}

static bool cut_as(const number *n, const char *sizes)
{
    size_t i = 0;
    for (; i < n->groups && sizes[i]; i++)
        if (n->sizes[i] != (size_t)(sizes[i] - '0'))
            return false;
    return i == n->groups && !sizes[i];
}

/* Cut as the phones of some country are, without the 0 of others. */
static bool is_cut_as_phone(const number *n)
{
    static const char *const cuts[] = {"334", "344", "1334", "13322", "55"};
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++)
        if (cut_as(n, cuts[i]))
            return true;
    return false;
}

/* Three by three may be an amount, too: not with points, nor behind more. */
static bool is_three_by_three(const hdx_plain *text, const number *n,
                              size_t begin, size_t end)
{
    if (!cut_as(n, "333") || n->digits[0] < '5' ||
        strcmp(n->digits + 6, "000") == 0)
        return false;
    for (size_t i = begin; i < end; i++)
        if (text->chars[i].c == '.')
            return false;
    return begin < 2 || !hdx_plain_is_digit(text->chars[begin - 2].c);
}

/* "0.00012345" is no phone; nor is "00012345", an order. */
static bool is_dialled_inside(const number *n)
{
    return n->len >= 9 && n->len <= 12 && n->digits[0] == '0' &&
           n->digits[1] != '0' && n->sizes[0] > 1;
}

/* A mobile of China or Russia, which no 0 is dialled for. */
static bool is_bare_mobile(const number *n)
{
    return n->groups == 1 && n->len == 11 &&
           ((n->digits[0] == '1' && n->digits[1] >= '3') ||
            (n->digits[0] == '8' && n->digits[1] == '9'));
}

static bool is_phone(const number *n, bool plus)
{
    if (plus)
        return n->len >= PHONE_LEAST && n->len <= PHONE_MOST &&
               n->digits[0] != '0';
    if (n->digits[0] == '0' && n->digits[1] == '0')
        return n->len >= PHONE_LEAST + 3 && n->len <= PHONE_MOST + 2 &&
               n->digits[2] != '0';
    return is_dialled_inside(n) || is_cut_as_phone(n) || is_bare_mobile(n);
}

static unsigned value_of(const hdx_plain *text, group piece)
{
    unsigned value = 0;
    for (size_t i = piece.begin; i < piece.end; i++)
        value = value * 10 + text->chars[i].c - '0';
    return value;
}

/* The year, month and day that begin here, in some order; else 0. */
static size_t date_end(const hdx_plain *text, group first)
{
    group second, third;
    if (!next_group(text, first.end, &second) ||
        !joins(text, first.end, second.begin, " -./", 2) ||
        !next_group(text, second.end, &third) ||
        !joins(text, second.end, third.begin, " -./", 2))
        return 0;
    size_t sizes[] = {first.end - first.begin, second.end - second.begin,
                      third.end - third.begin};
    if (sizes[0] > 4 || sizes[1] > 2 || sizes[2] > 4)
        return 0;
    group year = sizes[0] == 4 ? first : third;
    group day = sizes[0] == 4 ? third : first;
    unsigned years = value_of(text, year), days = value_of(text, day);
    unsigned months = value_of(text, second);
    bool fits = year.end - year.begin == 4 && years >= 1900 && years < 2100 &&
                days >= 1 && months >= 1 && days <= 31 && months <= 31 &&
                (days <= 12 || months <= 12);
    return fits ? third.end : 0;
}

static bool letter_beside(const hdx_plain *text, size_t begin, size_t end)
{
    return (begin && hdx_plain_is_ascii_letter(text->chars[begin - 1].c)) ||
           (end < text->count && hdx_plain_is_ascii_letter(text->chars[end].c));
}

/* The "+" in front of a phone, which a bracket may follow; else `begin`. */
static size_t plus_before(const hdx_plain *text, size_t begin)
{
    size_t at = begin;
    while (at && (text->chars[at - 1].c == ' ' || text->chars[at - 1].c == '('))
        at--;
    return at && text->chars[at - 1].c == '+' ? at - 1 : begin;
}

/* The longest phone that begins with this group; where it ends, or 0. */
static size_t find_phone(const hdx_plain *text, group piece, hdx_spans *out)
{
    number n = {0};
    group next;
    size_t begin = plus_before(text, piece.begin), end = 0;
    bool plus = begin < piece.begin;
    while (append(&n, text, piece) && n.len <= PHONE_MOST + 2) {
        if ((is_phone(&n, plus) ||
             is_three_by_three(text, &n, begin, piece.end)) &&
            !letter_beside(text, begin, piece.end))
            end = piece.end;
        if (!next_group(text, piece.end, &next) ||
            !joins(text, piece.end, next.begin, " -.()/", PHONE_JOINT_MOST))
            break;
        piece = next;
    }
    if (end)
        hdx_spans_add(out, HDX_SECRET_PHONE, begin, end);
    return end;
}

void hdx_find_numbers(const hdx_plain *text, hdx_spans *out)
{
    size_t phones_from = 0;
    for (group at = {0, 0}; next_group(text, at.end, &at);) {
        find_cards(text, at, out);
        if (at.begin < phones_from)
            continue;
        size_t end = date_end(text, at);
        if (!end)
            end = find_phone(text, at, out);
        phones_from = end > phones_from ? end : phones_from;
    }
}
