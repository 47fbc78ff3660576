/*
 * The section cutter: md4c's callbacks collect plain text and open a new
 * section at every heading. WWW autolinks stay off: with them md4c 0.4.8 is
 * quadratic (4 s for 320 KB of "www.a.b_").
 *
 * md4c reports no positions, but the text it hands over lies in the input, so
 * that an offset is a difference of pointers; what it makes up itself (line
 * breaks, indents of code) lies elsewhere and is told by the range check.
 */
#include "indexer/markdown.h"

#include <limits.h>
#include <md4c.h>
#include <stdlib.h>

#include "base/map.h"
#include "indexer/cleaning.h"
#include "text/character.h"

enum { LEVELS = 6, CELL_LIMIT = 100000, PATHS_LIMIT = 16 << 20 };
/* md4c 0.4.8 goes on after a callback that returns more than 0. */
enum { STOP_NOMEM = -1, STOP_CELLS = -2, STOP_PATHS = -3 };

typedef struct cutter {
    hdx_arena *arena;
    hdx_str markdown;
    hdx_section *sections;
    size_t count, capacity;
    hdx_section open; /* the section being filled */
    hdx_buf text;     /* of the open section */
    hdx_range *code;  /* of that, where code blocks stand */
    size_t code_count, code_capacity;
    hdx_buf heading; /* of the heading being read */
    bool in_heading;
    bool break_pending;   /* a soft line break, not yet decided */
    size_t seen;          /* offset behind the last text */
    hdx_str path[LEVELS]; /* headings above the open section, by level */
    hdx_map anchors;      /* anchor -> how often it was used */
    hdx_document *document;
    bool anything; /* a block other than an opening H1 was seen */
    unsigned cells;
    size_t row;   /* where the text of the table's row begins */
    size_t paths; /* bytes of all paths: a long heading is in every one below */
    int stop;     /* md4c 0.4.8 forgets it when it pads a row with cells */
} cutter;

static hdx_buf *target(cutter *c)
{
    return c->in_heading ? &c->heading : &c->text;
}

/* Ends the line, so that blocks and cells do not run together. */
static void end_line(cutter *c)
{
    hdx_buf *to = target(c);
    c->break_pending = false;
    while (to->len && to->ptr[to->len - 1] == ' ')
        to->len--; /* a tag stood behind it */
    if (to->len && to->ptr[to->len - 1] != '\n')
        hdx_buf_byte(to, c->in_heading ? ' ' : '\n');
}

/* Cells of a row stand on one line, with a dot between them. */
static void begin_cell(cutter *c)
{
    if (c->text.len <= c->row || c->text.ptr[c->text.len - 1] != '\n')
        return;
    c->text.len--;
    hdx_buf_add(&c->text, HDX_STR(" · "));
}

static bool append(cutter *c, hdx_section *section)
{
    if (!hdx_grow(&c->sections, &c->capacity, c->count + 1,
                  sizeof *c->sections))
        return false;
    c->sections[c->count++] = *section;
    return true;
}

/* Gives the open section its code blocks, as they stand in the trimmed text. */
static bool keep_code(cutter *c, hdx_str text)
{
    size_t cut = text.len ? (size_t)(text.ptr - c->text.ptr) : 0;
    c->open.code =
        hdx_arena_alloc(c->arena, (c->code_count + 1) * sizeof *c->open.code);
    if (!c->open.code)
        return false;
    for (size_t i = 0; i < c->code_count; i++) {
        size_t begin = c->code[i].begin, end = c->code[i].end;
        begin = begin < cut ? 0 : begin - cut;
        end = end < cut ? 0 : end - cut < text.len ? end - cut : text.len;
        if (begin < end)
            c->open.code[c->open.code_count++] = (hdx_range){begin, end};
    }
    c->code_count = 0;
    return true;
}

/* Keeps the open section if it has text. */
static bool close_section(cutter *c, size_t end)
{
    hdx_str text = hdx_str_trim(hdx_buf_str(&c->text));
    c->open.end = end;
    c->open.text = hdx_arena_copy(c->arena, text);
    if (c->text.failed || !c->open.text.ptr || !keep_code(c, text))
        return false;
    c->text.len = 0;
    return text.len == 0 || append(c, &c->open);
}

/* The start of the line on which the last text stood. */
static size_t line_start(const cutter *c, size_t offset)
{
    while (offset > 0 && c->markdown.ptr[offset - 1] != '\n')
        offset--;
    return offset;
}

/*
 * Where a heading without a word stands: on the first line behind the last
 * text that is not blank.
 */
static size_t line_after(const cutter *c, size_t offset)
{
    hdx_str rest = {c->markdown.ptr + offset, c->markdown.len - offset}, line;
    if (offset > 0)
        hdx_str_line(&rest, &line);
    while (rest.len && hdx_str_line(&rest, &line))
        if (hdx_str_trim(line).len)
            return (size_t)(line.ptr - c->markdown.ptr);
    return c->markdown.len;
}

/* `{#anchor}` at the end of a heading, perhaps with classes: cut off, and its
   anchor returned; empty: there is none. */
static hdx_str cut_attributes(hdx_str *heading)
{
    static const char ends[] = " \t.}#";
    hdx_str anchor = HDX_STR("");
    size_t open = heading->len;
    if (heading->len == 0 || heading->ptr[heading->len - 1] != '}')
        return anchor;
    while (open && heading->ptr[open - 1] != '{')
        open--;
    if (open == 0 || !strchr("#.:", heading->ptr[open]))
        return anchor;
    const char *mark = memchr(heading->ptr + open, '#', heading->len - open);
    if (mark) {
        anchor.ptr = mark + 1;
        while (!strchr(ends, anchor.ptr[anchor.len]))
            anchor.len++;
    }
    *heading = hdx_str_trim((hdx_str){heading->ptr, open - 1});
    return anchor;
}

/* An anchor of its own for a section: `wanted`, or made of the heading. */
static hdx_str unique_anchor(cutter *c, hdx_str wanted, hdx_str heading)
{
    hdx_str slug = wanted.len ? hdx_arena_copy(c->arena, wanted)
                              : hdx_slug(c->arena, heading);
    bool added;
    hdx_map_entry *entry =
        slug.ptr ? hdx_map_add(&c->anchors, slug, &added) : NULL;
    if (!entry)
        return (hdx_str){NULL, 0};
    if (added && slug.len) /* empty is the anchor above all headings */
        return slug;
    unsigned number = (unsigned)entry->value;
    hdx_str numbered;
    do { /* a heading may have been "a-1" all by itself */
        numbered =
            hdx_arena_format(c->arena, "%.*s-%u", HDX_FMT(slug), ++number);
        if (!numbered.ptr || !hdx_map_add(&c->anchors, numbered, &added))
            return (hdx_str){NULL, 0};
    } while (!added);
    hdx_map_find(&c->anchors, slug)->value = number;
    return numbered;
}

/* The headings from the outermost to the one at `level`, one a line. */
static hdx_str path_of(cutter *c, unsigned level)
{
    hdx_buf buf = {0};
    for (unsigned i = 0; i < level; i++) {
        if (c->path[i].len == 0)
            continue;
        if (buf.len)
            hdx_buf_byte(&buf, '\n');
        hdx_buf_add(&buf, c->path[i]);
    }
    hdx_str path = buf.failed ? (hdx_str){NULL, 0}
                              : hdx_arena_copy(c->arena, hdx_buf_str(&buf));
    hdx_buf_free(&buf);
    return path;
}

/* A heading is complete: the section before it ends, its own begins. */
static bool begin_section(cutter *c, unsigned level)
{
    hdx_str heading = hdx_arena_copy_line(c->arena, hdx_buf_str(&c->heading));
    if (c->heading.failed || !heading.ptr)
        return false;
    hdx_str anchor = cut_attributes(&heading);
    if (level == 1 && c->document->title.len == 0) {
        c->document->title = heading;
        c->document->title_opens = !c->anything;
    }
    if (level == 1 && !c->anything)
        return true;
    size_t begin = line_start(c, c->open.end);
    if (!close_section(c, begin))
        return false;
    for (unsigned i = level - 1; i < LEVELS; i++)
        c->path[i] = (hdx_str){0};
    c->path[level - 1] = heading;
    c->open = (hdx_section){.level = level,
                            .heading = heading,
                            .headings = path_of(c, level),
                            .anchor = unique_anchor(c, anchor, heading),
                            .begin = begin};
    return c->open.headings.ptr && c->open.anchor.ptr;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    cutter *c = context;
    (void)detail;
    end_line(c);
    if (type == MD_BLOCK_H) {
        c->in_heading = true;
        c->heading.len = 0;
        c->open.end = SIZE_MAX; /* set by the heading's first text */
    } else if (type == MD_BLOCK_TD || type == MD_BLOCK_TH) {
        begin_cell(c);
        if (++c->cells > CELL_LIMIT)
            c->stop = STOP_CELLS;
        return c->stop;
    } else if (type == MD_BLOCK_TR) {
        c->row = c->text.len;
    } else if (type == MD_BLOCK_CODE) {
        if (!hdx_grow(&c->code, &c->code_capacity, c->code_count + 1,
                      sizeof *c->code))
            return c->stop = STOP_NOMEM;
        c->code[c->code_count].begin = c->text.len;
    }
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    cutter *c = context;
    end_line(c);
    if (type == MD_BLOCK_DOC || type == MD_BLOCK_HTML)
        return 0; /* a comment may stand above the title */
    if (type == MD_BLOCK_CODE)
        c->code[c->code_count++].end = c->text.len;
    if (type == MD_BLOCK_H) {
        c->in_heading = false;
        if (c->open.end == SIZE_MAX) {
            c->open.end = line_after(c, c->seen);
            if (c->open.end < c->markdown.len)
                c->seen = c->open.end + 1; /* the next one stands behind it */
        }
        if (!begin_section(c, ((const MD_BLOCK_H_DETAIL *)detail)->level))
            return c->stop = STOP_NOMEM;
        c->paths += c->open.headings.len;
        if (c->paths > PATHS_LIMIT)
            return c->stop = STOP_PATHS;
    }
    c->anything = true;
    if (c->text.failed || c->heading.failed)
        c->stop = STOP_NOMEM;
    return c->stop;
}

static int ignore_span(MD_SPANTYPE type, void *detail, void *context)
{
    (void)type;
    (void)detail;
    (void)context;
    return 0;
}

/* The code point of a character reference, or 0 when it is not known. */
static uint32_t entity(hdx_str text)
{
    static const struct {
        const char *name;
        unsigned code;
    } named[] = {{"amp", '&'},       {"lt", '<'},       {"gt", '>'},
                 {"quot", '"'},      {"apos", '\''},    {"nbsp", ' '},
                 {"hellip", 0x2026}, {"mdash", 0x2014}, {"ndash", 0x2013},
                 {"trade", 0x2122},  {"euro", 0x20AC},  {"lsquo", 0x2018},
                 {"rsquo", 0x2019},  {"ldquo", 0x201C}, {"rdquo", 0x201D},
                 {"bdquo", 0x201E},  {"rarr", 0x2192},  {"larr", 0x2190}};
    /* U+00A0 to U+00FF in order, as editors of old write accents. */
    static const char *const latin[] = {
        "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar",
        "sect",   "uml",    "copy",   "ordf",   "laquo",  "not",    "shy",
        "reg",    "macr",   "deg",    "plusmn", "sup2",   "sup3",   "acute",
        "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",   "raquo",
        "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",
        "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute",
        "Ecirc",  "Euml",   "Igrave", "Iacute", "Icirc",  "Iuml",   "ETH",
        "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",   "times",
        "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",
        "szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",
        "aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave",
        "iacute", "icirc",  "iuml",   "eth",    "ntilde", "ograve", "oacute",
        "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave", "uacute",
        "ucirc",  "uuml",   "yacute", "thorn",  "yuml"};
    hdx_str name = {text.ptr + 1, text.len - 2};
    if (name.len > 1 && name.ptr[0] == '#') {
        bool hex = name.ptr[1] == 'x' || name.ptr[1] == 'X';
        unsigned long code =
            strtoul(name.ptr + (hex ? 2 : 1), NULL, hex ? 16 : 10);
        if (code == '\t' || code == '\n' || code == '\r')
            return ' ';
        return code < ' ' || code > 0x10FFFF ? 0xFFFD : (uint32_t)code;
    }
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (hdx_str_eq(name, hdx_str_of(named[i].name)))
            return named[i].code;
    for (size_t i = 0; i < sizeof latin / sizeof *latin; i++)
        if (hdx_str_eq(name, hdx_str_of(latin[i])))
            return 0xA0 + (uint32_t)i;
    return 0;
}

/* Remembers where in the markdown this text stands, if it stands there. */
static void note_place(cutter *c, hdx_str text)
{
    uintptr_t at = (uintptr_t)text.ptr;
    uintptr_t start = (uintptr_t)c->markdown.ptr;
    if (at < start || at >= start + c->markdown.len)
        return;
    size_t offset = at - start;
    if (c->in_heading && c->open.end == SIZE_MAX)
        c->open.end = offset;
    c->seen = offset + text.len;
}

/* A soft break is a space, but not between characters that need none. */
static void settle_break(cutter *c, hdx_str next)
{
    if (!c->break_pending)
        return;
    c->break_pending = false;
    hdx_buf *to = target(c);
    if (to->len && !hdx_joins_without_space(hdx_buf_str(to), next))
        hdx_buf_byte(to, ' ');
}

/* Text without what was cleaned out of it, and without the blanks that would
   stand twice then. */
static void add_clean(hdx_buf *to, hdx_str text)
{
    while (text.len) {
        const char *filler = memchr(text.ptr, HDX_FILLER, text.len);
        size_t len = filler ? (size_t)(filler - text.ptr) : text.len;
        hdx_buf_add(to, (hdx_str){text.ptr, len});
        bool blank = to->len == 0 || to->ptr[to->len - 1] == ' ' ||
                     to->ptr[to->len - 1] == '\n';
        while (len < text.len &&
               (text.ptr[len] == HDX_FILLER || (blank && text.ptr[len] == ' ')))
            len++;
        text = (hdx_str){text.ptr + len, text.len - len};
    }
}

static int add_text(MD_TEXTTYPE type, const MD_CHAR *bytes, MD_SIZE size,
                    void *context)
{
    cutter *c = context;
    hdx_str text = {bytes, size};
    hdx_buf *to = target(c);
    note_place(c, text);
    if (type == MD_TEXT_HTML) {
        if (hdx_str_starts(text, HDX_STR("<br")))
            end_line(c);
        return 0;
    }
    if (type == MD_TEXT_SOFTBR) {
        c->break_pending = true;
        return 0;
    }
    settle_break(c, text);
    uint32_t code = type == MD_TEXT_ENTITY ? entity(text) : 0;
    if (type == MD_TEXT_BR)
        end_line(c);
    else if (type == MD_TEXT_NULLCHAR)
        hdx_buf_code_point(to, 0xFFFD);
    else if (code)
        hdx_buf_code_point(to, code);
    else
        add_clean(to, text);
    if (to->failed)
        c->stop = STOP_NOMEM;
    return c->stop;
}

static const MD_PARSER parser = {
    .abi_version = 0,
    .flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS,
    .enter_block = enter_block,
    .leave_block = leave_block,
    .enter_span = ignore_span,
    .leave_span = ignore_span,
    .text = add_text,
};

static helpdex_status fail_stop(int stop, const char *file, helpdex_error *err)
{
    if (stop == STOP_CELLS)
        return hdx_fail_at(err, HELPDEX_BAD_INPUT, file, 0, 0,
                           "tables of more than 100,000 cells; split them");
    if (stop == STOP_PATHS)
        return hdx_fail_at(err, HELPDEX_BAD_INPUT, file, 0, 0,
                           "a long heading above so many others that their "
                           "paths fill 16 MiB; shorten it");
    return hdx_fail_nomem(err);
}

helpdex_status hdx_markdown_read(hdx_arena *arena, hdx_str markdown,
                                 const char *file, hdx_document *out,
                                 helpdex_error *err)
{
    *out = (hdx_document){.title = HDX_STR("")};
    if (markdown.len > UINT_MAX)
        return hdx_fail_at(err, HELPDEX_BAD_INPUT, file, 0, 0,
                           "more than 4 GiB; split it");
    hdx_cleaned cleaned;
    if (!hdx_clean_markdown(arena, markdown, &cleaned))
        return hdx_fail_nomem(err);
    markdown = cleaned.text;
    out->untranslated = cleaned.untranslated;
    out->outdated = cleaned.outdated;
    cutter c = {.arena = arena, .markdown = markdown, .document = out};
    c.open = (hdx_section){
        .heading = HDX_STR(""), .headings = HDX_STR(""), .anchor = HDX_STR("")};
    int stop = markdown.len
                   ? md_parse(markdown.ptr, (MD_SIZE)markdown.len, &parser, &c)
                   : 0;
    stop = c.stop ? c.stop : stop;
    if (!stop && !close_section(&c, markdown.len))
        stop = STOP_NOMEM;
    out->sections =
        stop ? NULL
             : hdx_arena_alloc(arena, (c.count + 1) * sizeof *out->sections);
    if (out->sections && c.count)
        memcpy(out->sections, c.sections, c.count * sizeof *out->sections);
    if (!out->sections && !stop)
        stop = STOP_NOMEM;
    out->count = c.count;
    free(c.sections);
    free(c.code);
    hdx_buf_free(&c.text);
    hdx_buf_free(&c.heading);
    hdx_map_free(&c.anchors);
    return stop ? fail_stop(stop, file, err) : HELPDEX_OK;
}
