/* Escaping, and where asterisks are emphasis: see the flanking rules of
 * CommonMark. Where they leave room for doubt the emphasis is given up, and
 * never the text. */
#include "importer/inline.h"

enum { MARKS = 6, NBSP = 0xA0 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* An underscore inside a word is text, and so is an ampersand that begins no
   reference. */
static bool needs_escape(hdx_str text, size_t at, char before)
{
    char next = at + 1 < text.len ? text.ptr[at + 1] : ' ';
    switch (text.ptr[at]) {
    case '\\':
    case '`':
    case '*':
    case '[':
    case ']':
    case '<':
    case '{':
    case '|':
    case '~':
        return true;
    case '_':
        return !is_word(before) || !is_word(next);
    case '&':
        return is_word(next) || next == '#';
    default:
        return false;
    }
}

void hdx_inline_text(hdx_buf *line, hdx_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        char before = line->len ? line->ptr[line->len - 1] : ' ';
        if (is_blank(c)) {
            if (before != ' ' && before != '\n')
                hdx_buf_byte(line, ' ');
            continue;
        }
        if ((unsigned char)c < ' ' || c == 0x7F)
            continue;
        if (needs_escape(text, i, before))
            hdx_buf_byte(line, '\\');
        hdx_buf_byte(line, c);
    }
}

/* The longest run of backticks. */
static size_t longest_run(hdx_str code)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < code.len; i++) {
        run = code.ptr[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

void hdx_inline_code(hdx_buf *line, hdx_str code, bool cell)
{
    code = hdx_str_trim(code);
    if (code.len == 0)
        return;
    size_t ticks = longest_run(code) + 1;
    for (size_t i = 0; i < ticks; i++)
        hdx_buf_byte(line, '`');
    if (ticks > 1)
        hdx_buf_byte(line, ' ');
    for (size_t i = 0; i < code.len; i++) {
        char c = is_blank(code.ptr[i]) ? ' ' : code.ptr[i];
        if (c == '|' && cell)
            hdx_buf_byte(line, '\\');
        if ((unsigned char)c >= ' ')
            hdx_buf_byte(line, c);
    }
    if (ticks > 1)
        hdx_buf_byte(line, ' ');
    for (size_t i = 0; i < ticks; i++)
        hdx_buf_byte(line, '`');
}

void hdx_inline_target(hdx_buf *line, hdx_str address)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < address.len; i++) {
        unsigned char c = (unsigned char)address.ptr[i];
        if (c > ' ' && c != 0x7F && !strchr("()<>{}\\|`*[]\"", c)) {
            hdx_buf_byte(line, (char)c);
            continue;
        }
        hdx_buf_byte(line, '%');
        hdx_buf_byte(line, hex[c >> 4]);
        hdx_buf_byte(line, hex[c & 15]);
    }
}

static bool is_mark(char c)
{
    return c >= HDX_MARK_STRONG && c < HDX_MARK_STRONG + MARKS;
}

/* A letter or digit for certain: of what is no ASCII, punctuation lies in a
   few blocks, and what lies there is taken as such. */
static bool is_letter(uint32_t c)
{
    if (c < 0x80)
        return is_word((char)c);
    return !(c < 0xC0 || (c >= 0x589 && c < 0x5D0) || c == 0x60C ||
             c == 0x61B || c == 0x61F || (c >= 0x66A && c < 0x66E) ||
             c == 0x6D4 || c == 0x964 || c == 0x965 || c == 0xE4F ||
             c == 0xE5A || c == 0xE5B || (c >= 0x2000 && c < 0x2C00) ||
             (c >= 0x2E00 && c < 0x3040) || c == 0x30FB ||
             (c >= 0xFE10 && c < 0xFE70) || (c >= 0xFF00 && c < 0xFF10) ||
             (c >= 0xFF1A && c < 0xFF21) || (c >= 0xFF3B && c < 0xFF41) ||
             (c >= 0xFF5B && c < 0xFF66) || c >= 0x1F000);
}

/* Whether what stands before (or behind) a mark lets it be markup whatever is
   on its other side. */
static bool is_open(hdx_str line, size_t at, bool before)
{
    if (before ? at == 0 : at >= line.len)
        return true;
    char c = line.ptr[before ? at - 1 : at];
    return is_blank(c) || (c > ' ' && (unsigned char)c < 0x80 && !is_word(c));
}

static bool inner_is_letter(hdx_str line, size_t at, bool before)
{
    if (before) {
        while (at && ((unsigned char)line.ptr[at - 1] & 0xC0) == 0x80)
            at--;
        if (at == 0)
            return false;
        at--;
    }
    return at < line.len && is_letter(hdx_utf8_next(line, &at));
}

static bool inner_is_blank(hdx_str line, size_t at)
{
    return at >= line.len || is_blank(line.ptr[at]);
}

/* Steps over marks in one direction. */
static size_t past_marks(hdx_str line, size_t at, bool back)
{
    if (back)
        while (at && is_mark(line.ptr[at - 1]))
            at--;
    else
        while (at < line.len && is_mark(line.ptr[at]))
            at++;
    return at;
}

/* Whether the marks at `begin` and `end` can be asterisks. */
static bool can_emphasise(hdx_str line, size_t begin, size_t end)
{
    size_t left = past_marks(line, begin, true);
    size_t first = past_marks(line, begin, false);
    size_t last = past_marks(line, end, true);
    size_t right = past_marks(line, end, false);
    if (first >= last || inner_is_blank(line, first) ||
        is_blank(line.ptr[last - 1]))
        return false;
    if (begin && is_mark(line.ptr[begin - 1]) && (line.ptr[begin - 1] & 1) == 0)
        return false; /* directly behind other emphasis: asterisks would run
                         together */
    return (is_open(line, left, true) || inner_is_letter(line, first, false)) &&
           (is_open(line, right, false) || inner_is_letter(line, last, true));
}

/* Where the mark at `at` is closed; 0: nowhere. */
static size_t closing(hdx_str line, size_t at)
{
    size_t depth = 0;
    for (size_t i = at + 1; i < line.len; i++) {
        if (line.ptr[i] == line.ptr[at])
            depth++;
        if (line.ptr[i] == line.ptr[at] + 1 && depth-- == 0)
            return i;
    }
    return 0;
}

/* Blanks inside emphasis move out of it, and what is left of it empty goes. */
static void move_blanks_out(hdx_buf *line)
{
    for (size_t i = 0; i + 1 < line->len; i++)
        if (is_mark(line->ptr[i]) && (line->ptr[i] & 1) &&
            line->ptr[i + 1] == ' ') {
            line->ptr[i + 1] = line->ptr[i];
            line->ptr[i] = ' ';
        }
    for (size_t i = line->len; i-- > 1;)
        if (is_mark(line->ptr[i]) && !(line->ptr[i] & 1) &&
            line->ptr[i - 1] == ' ') {
            line->ptr[i - 1] = line->ptr[i];
            line->ptr[i] = ' ';
        }
}

static hdx_str asterisks(char mark)
{
    return mark <= HDX_MARK_STRONG + 1     ? HDX_STR("**")
           : mark <= HDX_MARK_EMPHASIS + 1 ? HDX_STR("*")
                                           : HDX_STR("~~");
}

/* What opens a block at the start of a line gets a backslash. */
static void guard_line_start(hdx_str line, size_t at, hdx_buf *out)
{
    size_t digits = at;
    if (at < line.len && strchr("#>+-=", line.ptr[at]))
        hdx_buf_byte(out, '\\');
    while (digits < line.len && line.ptr[digits] >= '0' &&
           line.ptr[digits] <= '9')
        digits++;
    if (digits > at && digits < line.len &&
        (line.ptr[digits] == '.' || line.ptr[digits] == ')')) {
        hdx_buf_add(out, (hdx_str){line.ptr + at, digits - at});
        hdx_buf_byte(out, '\\');
    }
}

static size_t skip_number(hdx_str line, size_t at)
{
    size_t digits = at;
    while (digits < line.len && line.ptr[digits] >= '0' &&
           line.ptr[digits] <= '9')
        digits++;
    bool ordinal =
        digits > at && digits < line.len && strchr(".)", line.ptr[digits]);
    return ordinal ? digits : at;
}

static hdx_str trim_wide(hdx_str line)
{
    hdx_str nbsp = HDX_STR("\xC2\xA0"), before;
    do {
        before = line;
        line = hdx_str_trim(line);
        if (hdx_str_starts(line, nbsp))
            line = (hdx_str){line.ptr + 2, line.len - 2};
        if (line.len >= 2 && memcmp(line.ptr + line.len - 2, nbsp.ptr, 2) == 0)
            line.len -= 2;
        while (line.len && strchr("\\", line.ptr[line.len - 1]) &&
               line.len < before.len && line.ptr[line.len] == '\n')
            line.len--; /* a break at the end */
        if (line.len >= 2 && line.ptr[0] == '\\' && line.ptr[1] == '\n')
            line = (hdx_str){line.ptr + 1, line.len - 1};
    } while (line.len != before.len);
    return line;
}

bool hdx_inline_settle(hdx_buf *line, hdx_buf *out)
{
    move_blanks_out(line);
    hdx_str text = trim_wide(hdx_buf_str(line));
    char *bytes = line->ptr + (text.len ? text.ptr - line->ptr : 0);
    hdx_buf settled = {0};
    for (size_t i = 0; i < text.len; i++) {
        if (!is_mark(text.ptr[i]) || !(text.ptr[i] & 1))
            continue;
        size_t end = closing(text, i);
        if (end && can_emphasise(text, i, end))
            continue;
        bytes[i] = 0x0E; /* goes */
        if (end)
            bytes[end] = 0x0E;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (i == 0 || text.ptr[i - 1] == '\n') {
            guard_line_start(text, i, &settled);
            i = skip_number(text, i);
        }
        if (is_mark(text.ptr[i]))
            hdx_buf_add(&settled, asterisks(text.ptr[i]));
        else if (text.ptr[i] != 0x0E)
            hdx_buf_byte(&settled, text.ptr[i]);
    }
    hdx_str left = hdx_str_trim(hdx_buf_str(&settled));
    hdx_buf_add(out, left);
    out->failed = out->failed || settled.failed || line->failed;
    bool any = left.len > 0;
    hdx_buf_free(&settled);
    line->len = 0;
    return any;
}
