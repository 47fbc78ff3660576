/*
 * Addresses of mail, in any script. A domain without a dot counts as well:
 * who forgets ".com" has still given a name. Where a text is written without
 * spaces, an address ends where its script does.
 */
#include "insights/secret.h"

enum { LOCAL_MOST = 64, DOMAIN_MOST = 253 };

static bool is_part(uint32_t c, bool ascii)
{
    if (c < 0x80)
        return hdx_plain_is_ascii_alnum(c);
    return !ascii && hdx_plain_is_letter(c);
}

static bool is_local_mark(uint32_t c)
{
    return c < 0x80 && c && strchr(".!#$%&'*+/=?^_`{|}~-", (int)c);
}

/* The first character of the name that ends before `at`. */
static size_t local_begin(const hdx_plain *text, size_t at)
{
    size_t begin = at;
    bool ascii = at && text->chars[at - 1].c < 0x80;
    while (begin && at - begin < LOCAL_MOST &&
           (is_part(text->chars[begin - 1].c, ascii) ||
            is_local_mark(text->chars[begin - 1].c)))
        begin--;
    while (begin < at && is_local_mark(text->chars[begin].c))
        begin++;
    return begin;
}

/* Behind the domain that begins at `at`; `at` when there is none. */
static size_t domain_end(const hdx_plain *text, size_t at, bool *dotted)
{
    size_t end = at, i = at;
    bool ascii = at < text->count && text->chars[at].c < 0x80;
    *dotted = false;
    for (; i < text->count && i - at < DOMAIN_MOST; i++) {
        uint32_t c = text->chars[i].c;
        if (is_part(c, ascii)) {
            *dotted |= i > at && text->chars[i - 1].c == '.';
            end = i + 1;
        } else if (i == at || (c != '.' && c != '-') ||
                   (c == '.' && text->chars[i - 1].c == '.')) {
            break;
        }
    }
    return end;
}

static bool has_letter(const hdx_plain *text, size_t begin, size_t end)
{
    while (begin < end && !hdx_plain_is_letter(text->chars[begin].c))
        begin++;
    return begin < end;
}

static bool space_at(const hdx_plain *text, size_t at)
{
    return at < text->count && text->chars[at].c == ' ';
}

void hdx_find_emails(const hdx_plain *text, hdx_spans *out)
{
    for (size_t at = 1; at < text->count; at++) {
        bool dotted;
        if (text->chars[at].c != '@')
            continue;
        bool spaced = space_at(text, at - 1) || space_at(text, at + 1);
        size_t local = at - space_at(text, at - 1);
        size_t domain = at + 1 + space_at(text, at + 1);
        size_t begin = local_begin(text, local);
        size_t end = domain_end(text, domain, &dotted);
        if (begin < local && has_letter(text, domain, end) &&
            (dotted || !spaced))
            hdx_spans_add(out, HDX_SECRET_EMAIL, begin, end);
    }
}
