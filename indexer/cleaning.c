/*
 * One pass from line to line. Nothing is interpreted: a tag is what is written
 * like one, and is taken out where it closes within its paragraph; what does
 * not close is text.
 */
#include "indexer/cleaning.h"

/* No tag is longer, so that text full of openings takes no time. */
enum { TAG_LIMIT = 2048 };

static const struct pair {
    const char *open, *close;
} pairs[] = {{"{{<", ">}}"}, {"{{%", "%}}"}, {"{%", "%}"},
             {"{{", "}}"},   {"{/*", "*/}"}, {"{:", "}"}};
enum { PAIRS = sizeof pairs / sizeof *pairs };

typedef struct cleaner {
    hdx_str text;
    char *out;
    size_t at;
    hdx_cleaned *result;
    char fence; /* of the code block at hand: '`', '~' or 0 */
    size_t fence_len;
    bool block_starts;   /* the line before was blank, or an import */
    bool in_heading;     /* `{: #anchor}` is read with it */
    bool comments_end;   /* false: no `endcomment` follows */
    size_t clear[PAIRS]; /* up to here no such close stands */
    size_t wall[PAIRS];  /* of a paragraph, when that was why */
} cleaner;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static hdx_str rest_from(const cleaner *c, size_t at)
{
    return (hdx_str){c->text.ptr + at, c->text.len - at};
}

static bool follows(const cleaner *c, size_t at, const char *what)
{
    return at <= c->text.len &&
           hdx_str_starts(rest_from(c, at), hdx_str_of(what));
}

static size_t line_end(const cleaner *c, size_t at)
{
    const char *end = memchr(c->text.ptr + at, '\n', c->text.len - at);
    return end ? (size_t)(end - c->text.ptr) : c->text.len;
}

/* Whether a line end at `at` is followed by a blank line. */
static bool ends_paragraph(const cleaner *c, size_t at)
{
    for (at++; at < c->text.len && is_blank(c->text.ptr[at]);)
        at++;
    return at < c->text.len && c->text.ptr[at] == '\n';
}

/* Whether `at` is in the target of a link, where fillers would undo the link:
   behind `](`, or `]:` and a blank. */
static bool in_target(const cleaner *c, size_t at)
{
    if (at > 2 && is_blank(c->out[at - 1]))
        return c->out[at - 2] == ':' && c->out[at - 3] == ']';
    for (size_t n = 0; n < TAG_LIMIT && at > 1; n++, at--) {
        char before = c->out[at - 1];
        if (before == '(' || before == '\n' || is_blank(before))
            return before == '(' && c->out[at - 2] == ']';
    }
    return false;
}

/* Takes out [begin, end); line ends stay. */
static void take_out(cleaner *c, size_t begin, size_t end)
{
    char filler = in_target(c, begin) ? '-' : HDX_FILLER;
    for (size_t i = begin; i < end; i++)
        if (c->out[i] != '\n' && c->out[i] != '\r')
            c->out[i] = filler;
}

/* Behind the close of a pair in the paragraph, or SIZE_MAX. What was searched
   in vain is remembered: the next opening stands right behind this one. */
static size_t find_close(cleaner *c, size_t pair, size_t at)
{
    const char *close = pairs[pair].close;
    size_t stop = at + TAG_LIMIT < c->text.len ? at + TAG_LIMIT : c->text.len;
    if (at < c->wall[pair])
        return SIZE_MAX;
    at = at < c->clear[pair] ? c->clear[pair] : at;
    for (; at < stop; at++) {
        if (follows(c, at, close))
            return at + strlen(close);
        if (c->text.ptr[at] == '\n' && ends_paragraph(c, at)) {
            c->wall[pair] = at;
            return SIZE_MAX;
        }
    }
    c->clear[pair] = at;
    return SIZE_MAX;
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

/* Where the value of an attribute of the tag [begin, end) stands, without its
   quotes; empty: it has none of that name. */
static hdx_str value_of(const cleaner *c, size_t begin, size_t end,
                        const char *name)
{
    size_t len = strlen(name);
    for (size_t i = begin + 1; i + len + 2 < end; i++) {
        size_t value = i + len + 2;
        char quote = c->text.ptr[value - 1];
        char before = c->text.ptr[i - 1];
        if ((!is_blank(before) && before != '\n') || !follows(c, i, name) ||
            c->text.ptr[i + len] != '=' || (quote != '"' && quote != '\''))
            continue;
        const char *close = memchr(c->text.ptr + value, quote, end - value);
        return close ? (hdx_str){c->text.ptr + value,
                                 (size_t)(close - c->text.ptr) - value}
                     : HDX_STR("");
    }
    return HDX_STR("");
}

/* Takes a tag out, but for what it shows to the reader. */
static void take_tag(cleaner *c, size_t begin, size_t end)
{
    static const char *const shown[] = {"title", "name", "label", "caption"};
    take_out(c, begin, end);
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        if (c->out[begin] != HDX_FILLER)
            break; /* of a target nothing is shown */
        hdx_str value = value_of(c, begin, end, shown[i]);
        if (value.len == 0 || memchr(value.ptr, '{', value.len))
            continue;
        size_t at = (size_t)(value.ptr - c->text.ptr);
        memcpy(c->out + at, value.ptr, value.len);
        c->out[at - 1] = ' ';
        c->out[at + value.len] = ' ';
    }
}

/* A Liquid or Markdoc tag. Some includes say how a translation stands. */
static void take_liquid(cleaner *c, size_t begin, size_t end)
{
    hdx_str include = HDX_STR("include");
    size_t name = begin + strlen("{%");
    while (name < end &&
           (is_blank(c->text.ptr[name]) || c->text.ptr[name] == '-'))
        name++;
    if (hdx_str_starts(rest_from(c, name), include)) {
        hdx_str translated = value_of(c, begin, end, "translated");
        hdx_str outdated = value_of(c, begin, end, "translationOutdated");
        if (hdx_str_eq(translated, HDX_STR("no")))
            c->result->untranslated = true;
        if (hdx_str_eq(outdated, HDX_STR("yes")))
            c->result->outdated = true;
        take_out(c, begin, end);
        return;
    }
    if (hdx_str_starts(rest_from(c, name), HDX_STR("assign ")))
        take_out(c, begin, end);
    else
        take_tag(c, begin, end);
}

/* Behind the Liquid comment whose opening tag ends at `at`, or `at`. */
static size_t comment_end(cleaner *c, size_t begin, size_t at)
{
    size_t name = begin + strlen("{%"), end;
    while (is_blank(c->text.ptr[name]) || c->text.ptr[name] == '-')
        name++;
    if (!c->comments_end || !follows(c, name, "comment"))
        return at;
    for (end = at; end < c->text.len; end++)
        if (c->text.ptr[end] == '{' && follows(c, end, "{%")) {
            size_t word = end + strlen("{%");
            while (word < c->text.len &&
                   (is_blank(c->text.ptr[word]) || c->text.ptr[word] == '-'))
                word++;
            if (follows(c, word, "endcomment"))
                return end;
        }
    c->comments_end = false;
    return at;
}

/* What begins with a brace. Returns how far it goes; `at` when it is text. */
static size_t take_braces(cleaner *c, size_t at)
{
    for (size_t i = 0; i < PAIRS; i++) {
        if (!follows(c, at, pairs[i].open) ||
            (pairs[i].open[1] == ':' && c->in_heading))
            continue;
        size_t end = find_close(c, i, at + strlen(pairs[i].open));
        if (end == SIZE_MAX)
            continue;
        if (strcmp(pairs[i].open, "{%") == 0) {
            take_liquid(c, at, end);
            size_t behind = comment_end(c, at, end);
            take_out(c, end, behind);
            return behind;
        }
        if (strcmp(pairs[i].open, "{{") == 0 || pairs[i].open[1] != '{')
            take_out(c, at, end);
        else
            take_tag(c, at, end);
        return end;
    }
    return at;
}

/* Behind a tag that begins at `at`, its quotes and braces closed; SIZE_MAX. */
static size_t tag_end(const cleaner *c, size_t at)
{
    size_t stop = at + TAG_LIMIT < c->text.len ? at + TAG_LIMIT : c->text.len;
    unsigned depth = 0;
    char quote = 0;
    for (; at < stop; at++) {
        char byte = c->text.ptr[at];
        if (byte == '\n' && ends_paragraph(c, at) && depth == 0)
            break;
        if (quote)
            quote = byte == quote ? 0 : quote;
        else if (byte == '"' || (byte == '\'' && depth == 0))
            quote = byte;
        else if (byte == '{')
            depth++;
        else if (byte == '}' && depth)
            depth--;
        else if (byte == '>' && depth == 0)
            return at + 1;
    }
    return SIZE_MAX;
}

/* A tag of a component: its name has a capital. `<A@b.c>` is a mail address. */
static size_t take_component(cleaner *c, size_t at)
{
    size_t name = at + (follows(c, at, "</") ? 2 : 1), end = name;
    while (end < c->text.len && is_name(c->text.ptr[end]))
        end++;
    if (end == name || end == c->text.len || c->text.ptr[name] < 'A' ||
        c->text.ptr[name] > 'Z' || !strchr(" \t\r\n/>", c->text.ptr[end]))
        return at;
    size_t behind = tag_end(c, end);
    if (behind == SIZE_MAX)
        return at;
    take_tag(c, at, behind);
    return behind;
}

/* Behind a code span; without an end, behind its backticks. */
static size_t skip_code(const cleaner *c, size_t at)
{
    size_t run = 0;
    while (at < c->text.len && c->text.ptr[at] == '`') {
        at++;
        run++;
    }
    size_t stop = at + TAG_LIMIT < c->text.len ? at + TAG_LIMIT : c->text.len;
    for (size_t i = at, same = 0; i <= stop; i++) {
        if (i < stop && c->text.ptr[i] == '`') {
            same++;
            continue;
        }
        if (same == run)
            return i;
        same = 0;
        if (i < stop && c->text.ptr[i] == '\n' && ends_paragraph(c, i))
            break;
    }
    return at;
}

/* Behind what a fence may stand in: blanks, quotes, one mark of a list. */
static size_t skip_containers(const cleaner *c, size_t at, size_t end)
{
    while (at < end && (is_blank(c->text.ptr[at]) || c->text.ptr[at] == '>'))
        at++;
    size_t mark = at;
    while (mark < end && c->text.ptr[mark] >= '0' && c->text.ptr[mark] <= '9')
        mark++;
    if (mark + 1 < end && strchr("-*+.)", c->text.ptr[mark]) &&
        c->text.ptr[mark + 1] == ' ')
        for (at = mark + 1; at < end && is_blank(c->text.ptr[at]);)
            at++;
    return at;
}

/* Whether the line is of a fenced code block, its fences included. */
static bool is_code(cleaner *c, size_t begin, size_t end)
{
    size_t at = skip_containers(c, begin, end), run = 0;
    char mark = at < end ? c->text.ptr[at] : 0;
    while (at + run < end && c->text.ptr[at + run] == mark)
        run++;
    hdx_str info = {c->text.ptr + at + run, end - at - run};
    if (c->fence) {
        if (mark == c->fence && run >= c->fence_len &&
            hdx_str_trim(info).len == 0)
            c->fence = 0;
        return true;
    }
    if ((mark != '`' && mark != '~') || run < 3 ||
        (mark == '`' && memchr(info.ptr, '`', info.len)))
        return false;
    c->fence = mark;
    c->fence_len = run;
    return true;
}

static bool has(hdx_str line, const char *what)
{
    hdx_str word = hdx_str_of(what);
    for (size_t i = 0; i + word.len <= line.len; i++)
        if (memcmp(line.ptr + i, word.ptr, word.len) == 0)
            return true;
    return false;
}

/* Whether a line that begins a block is code of MDX, and no sentence. */
static bool is_module(hdx_str line)
{
    static const char *const exports[] = {
        "export const ",    "export let ",   "export var ",
        "export function ", "export async ", "export class ",
        "export default ",  "export {",      "export *"};
    line = hdx_str_trim(line);
    char last = line.len ? line.ptr[line.len - 1] : 0;
    if (hdx_str_starts(line, HDX_STR("import {")) && last == '{')
        return true;
    if (hdx_str_starts(line, HDX_STR("import ")))
        return (has(line, " from '") || has(line, " from \"") ||
                hdx_str_starts(line, HDX_STR("import '")) ||
                hdx_str_starts(line, HDX_STR("import \""))) &&
               strchr(";'\"", last);
    for (size_t i = 0; i < sizeof exports / sizeof *exports; i++)
        if (hdx_str_starts(line, hdx_str_of(exports[i])))
            return has(line, "=") || has(line, "(") || has(line, "{") ||
                   last == ';';
    return false;
}

/* The end of an import or export: its line, and all lines of a longer one. */
static size_t module_end(const cleaner *c, hdx_str line, size_t end)
{
    if (hdx_str_starts(line, HDX_STR("import ")) && has(line, " from "))
        return end;
    while (end < c->text.len && !ends_paragraph(c, end) &&
           !follows(c, end + 1, "import ") && !follows(c, end + 1, "export "))
        end = line_end(c, end + 1);
    return end;
}

/* Takes a line as a whole, if it is of code or of a module. */
static bool take_line(cleaner *c)
{
    size_t end = line_end(c, c->at);
    hdx_str line = {c->text.ptr + c->at, end - c->at};
    bool starts = c->block_starts;
    c->block_starts = hdx_str_trim(line).len == 0;
    c->in_heading = hdx_str_starts(line, HDX_STR("#"));
    if (is_code(c, c->at, end)) {
        c->at = end + (end < c->text.len);
        return true;
    }
    if (!starts || !is_module(line))
        return false;
    end = module_end(c, line, end);
    take_out(c, c->at, end);
    c->at = end + (end < c->text.len);
    c->block_starts = true;
    return true;
}

/* Takes one character, or what it begins. */
static void take_one(cleaner *c)
{
    size_t at = c->at, next = at;
    switch (c->text.ptr[at]) {
    case '`':
        next = skip_code(c, at);
        break;
    case '\\':
        next =
            at + 1 < c->text.len && c->text.ptr[at + 1] != '\n' ? at + 2 : at;
        break;
    case '{':
        next = take_braces(c, at);
        break;
    case '<':
        next = take_component(c, at);
        break;
    default:
        break;
    }
    c->at = next > at ? next : at + 1;
}

/* Bytes of what nobody sees at `at`: soft hyphen, byte order mark, marks of
   direction. Joiners are letters' business, and stay. */
static size_t unseen(hdx_str text, size_t at)
{
    unsigned char lead = (unsigned char)text.ptr[at];
    if (lead != 0xC2 && lead != 0xD8 && lead != 0xE2 && lead != 0xEF)
        return 0;
    size_t end = at;
    uint32_t c = hdx_utf8_next(text, &end);
    bool is = c == 0xAD || c == 0xFEFF || c == 0x61C || c == 0x200E ||
              c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
              (c >= 0x2066 && c <= 0x2069);
    return is ? end - at : 0;
}

/* At the start of a line a mark of direction must not hide a heading from the
   parser: markdown allows for three blanks there. */
static void take_unseen(cleaner *c)
{
    size_t start = 0; /* of the line */
    for (size_t i = 0; i < c->text.len; i++) {
        size_t len = unseen(c->text, i);
        if (c->text.ptr[i] == '\n')
            start = i + 1;
        if (len)
            memset(c->out + i, i == start ? ' ' : HDX_FILLER, len);
    }
}

/* A line of which nothing is left is blank: it ends a paragraph. */
static void blank_lines(cleaner *c)
{
    for (size_t at = 0, end; at < c->text.len; at = end + 1) {
        size_t i = at;
        end = line_end(c, at);
        while (i < end && (is_blank(c->out[i]) || c->out[i] == HDX_FILLER))
            i++;
        for (size_t n = at; i == end && n < end; n++)
            if (c->out[n] == HDX_FILLER)
                c->out[n] = ' ';
    }
}

bool hdx_clean_markdown(hdx_arena *arena, hdx_str markdown, hdx_cleaned *out)
{
    *out = (hdx_cleaned){.text = markdown};
    char *copy = hdx_arena_alloc(arena, markdown.len + 1);
    if (!copy)
        return false;
    if (markdown.len)
        memcpy(copy, markdown.ptr, markdown.len);
    cleaner c = {.text = markdown,
                 .out = copy,
                 .result = out,
                 .block_starts = true,
                 .comments_end = true};
    while (c.at < markdown.len) {
        bool starts = c.at == 0 || markdown.ptr[c.at - 1] == '\n';
        if (!starts || !take_line(&c))
            take_one(&c);
    }
    take_unseen(&c);
    blank_lines(&c);
    out->text.ptr = copy;
    return true;
}

hdx_str hdx_clean_text(hdx_arena *arena, hdx_str text)
{
    hdx_buf buf = {0};
    size_t kept = 0, i = 0;
    while (i < text.len) {
        size_t len = unseen(text, i);
        if (len) {
            hdx_buf_add(&buf, (hdx_str){text.ptr + kept, i - kept});
            kept = i + len;
        }
        i += len ? len : 1;
    }
    if (kept == 0)
        return text;
    hdx_buf_add(&buf, (hdx_str){text.ptr + kept, text.len - kept});
    hdx_str clean = buf.failed ? (hdx_str){NULL, 0}
                               : hdx_arena_copy(arena, hdx_buf_str(&buf));
    hdx_buf_free(&buf);
    return clean;
}
