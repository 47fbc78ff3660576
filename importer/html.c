/*
 * One walk over the tree. Words collect in a line; a block settles the line and
 * adds itself to the output. What stands inside a list item or a quote is
 * written to a buffer of its own first and then indented.
 *
 * gumbo checks no allocation and frees by recursion. It is given the arena: it
 * never frees, and a failed allocation leaves the parser by longjmp.
 */
#include "importer/html.h"

#include <gumbo.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include "importer/inline.h"

enum { DEPTH_LIMIT = 200, COLUMN_LIMIT = 100 };

typedef struct walker {
    hdx_html_said *said;
    void *context;
    hdx_buf line; /* not settled yet */
    bool in_cell;
    bool in_heading;
    bool in_link;
    bool tight; /* blocks of a list item without blank lines between them */
    const char *anchor; /* found in a heading */
    bool failed;
} walker;

static void block(walker *w, const GumboNode *node, hdx_buf *out);
static void inline_node(walker *w, const GumboNode *node, hdx_buf *out);

static bool is_element(const GumboNode *node)
{
    return node->type == GUMBO_NODE_ELEMENT ||
           node->type == GUMBO_NODE_TEMPLATE;
}

static GumboTag tag_of(const GumboNode *node)
{
    return is_element(node) ? node->v.element.tag : GUMBO_TAG_LAST;
}

static size_t child_count(const GumboNode *node)
{
    return is_element(node) ? node->v.element.children.length : 0;
}

static const GumboNode *child(const GumboNode *node, size_t at)
{
    return node->v.element.children.data[at];
}

static const char *attribute(const GumboNode *node, const char *name)
{
    const GumboAttribute *found =
        is_element(node)
            ? gumbo_get_attribute(&node->v.element.attributes, name)
            : NULL;
    return found ? found->value : "";
}

static void say(walker *w, const GumboNode *node, const char *what)
{
    GumboSourcePosition at = node->v.element.start_pos;
    w->said(w->context, at.line, at.column ? at.column : 1, what);
}

static bool is_one_of(GumboTag tag, const GumboTag *tags, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (tags[i] == tag)
            return true;
    return false;
}

static bool is_block(GumboTag tag)
{
    static const GumboTag tags[] = {
        GUMBO_TAG_P,        GUMBO_TAG_DIV,     GUMBO_TAG_H1,
        GUMBO_TAG_H2,       GUMBO_TAG_H3,      GUMBO_TAG_H4,
        GUMBO_TAG_H5,       GUMBO_TAG_H6,      GUMBO_TAG_UL,
        GUMBO_TAG_OL,       GUMBO_TAG_LI,      GUMBO_TAG_DL,
        GUMBO_TAG_DT,       GUMBO_TAG_DD,      GUMBO_TAG_TABLE,
        GUMBO_TAG_PRE,      GUMBO_TAG_HR,      GUMBO_TAG_BLOCKQUOTE,
        GUMBO_TAG_SECTION,  GUMBO_TAG_ARTICLE, GUMBO_TAG_ASIDE,
        GUMBO_TAG_HEADER,   GUMBO_TAG_FOOTER,  GUMBO_TAG_MAIN,
        GUMBO_TAG_NAV,      GUMBO_TAG_FIGURE,  GUMBO_TAG_FIGCAPTION,
        GUMBO_TAG_DETAILS,  GUMBO_TAG_SUMMARY, GUMBO_TAG_FORM,
        GUMBO_TAG_FIELDSET, GUMBO_TAG_LEGEND,  GUMBO_TAG_ADDRESS,
        GUMBO_TAG_CENTER,   GUMBO_TAG_IFRAME,  GUMBO_TAG_CAPTION};
    return is_one_of(tag, tags, sizeof tags / sizeof *tags);
}

/* Whether a block stands somewhere below. */
static bool holds_block(const GumboNode *node)
{
    for (size_t i = 0; i < child_count(node); i++)
        if (is_block(tag_of(child(node, i))) || holds_block(child(node, i)))
            return true;
    return false;
}

static void separate(walker *w, hdx_buf *out)
{
    if (out->len == 0)
        return;
    hdx_buf_byte(out, '\n');
    if (!w->tight)
        hdx_buf_byte(out, '\n');
}

/* Ends the line as a paragraph. */
static void flush(walker *w, hdx_buf *out)
{
    hdx_buf settled = {0};
    if (hdx_inline_settle(&w->line, &settled)) {
        separate(w, out);
        hdx_buf_add(out, hdx_buf_str(&settled));
    }
    w->failed = w->failed || settled.failed;
    hdx_buf_free(&settled);
}

/* Adds a block whose lines all begin with `other`, but the first with
   `first`. Blank lines stay so. */
static void add_indented(hdx_buf *out, hdx_str block, const char *first,
                         const char *other)
{
    hdx_str rest = block, line;
    const char *prefix = first;
    while (hdx_str_line(&rest, &line)) {
        if (line.ptr != block.ptr)
            hdx_buf_byte(out, '\n');
        hdx_str lead = hdx_str_of(prefix);
        if (line.len == 0)
            while (lead.len && lead.ptr[lead.len - 1] == ' ')
                lead.len--;
        hdx_buf_add(out, lead);
        hdx_buf_add(out, line);
        prefix = other;
    }
}

/* Text below a node as it is, for code and for titles. */
static void plain_text(const GumboNode *node, hdx_buf *out)
{
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA ||
        node->type == GUMBO_NODE_WHITESPACE)
        hdx_buf_add(out, hdx_str_of(node->v.text.text));
    else if (tag_of(node) == GUMBO_TAG_BR)
        hdx_buf_byte(out, '\n');
    for (size_t i = 0; i < child_count(node); i++)
        plain_text(child(node, i), out);
}

static void inline_children(walker *w, const GumboNode *node, hdx_buf *out)
{
    for (size_t i = 0; i < child_count(node); i++)
        inline_node(w, child(node, i), out);
}

static void marked(walker *w, const GumboNode *node, char mark, hdx_buf *out)
{
    if (!w->in_heading && !holds_block(node))
        hdx_buf_byte(&w->line, mark);
    inline_children(w, node, out);
    if (!w->in_heading && !holds_block(node))
        hdx_buf_byte(&w->line, (char)(mark + 1));
}

static void code(walker *w, const GumboNode *node)
{
    hdx_buf text = {0};
    plain_text(node, &text);
    hdx_inline_code(&w->line, hdx_buf_str(&text), w->in_cell);
    w->failed = w->failed || text.failed;
    hdx_buf_free(&text);
}

/* Whether an address is one that a reader can follow. */
static bool leads_somewhere(const char *address)
{
    static const char *const refused[] = {"javascript:", "data:", "vbscript:"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        hdx_str start = {address, strlen(refused[i])};
        if (strlen(address) >= start.len &&
            hdx_str_eq_nocase(start, hdx_str_of(refused[i])))
            return false;
    }
    return *address != '\0';
}

static void link_to(walker *w, const GumboNode *node, hdx_buf *out)
{
    const char *href = attribute(node, "href");
    const char *name = attribute(node, "id");
    name = *name ? name : attribute(node, "name");
    if (w->in_heading && *name)
        w->anchor = name;
    else if (*name)
        say(w, node,
            "an anchor in the middle of a text is dropped; links to "
            "it lead to the article");
    bool follows = leads_somewhere(href) && !w->in_link && !w->in_heading &&
                   !holds_block(node);
    if (*href && !leads_somewhere(href))
        say(w, node, "a link that runs code is dropped, its text is kept");
    else if (*href && !follows)
        say(w, node,
            "a link around a heading or blocks is dropped, its text "
            "is kept");
    if (!follows) {
        inline_children(w, node, out);
        return;
    }
    w->in_link = true;
    hdx_buf_byte(&w->line, '[');
    size_t start = w->line.len;
    inline_children(w, node, out);
    if (w->line.len == start)
        hdx_inline_text(&w->line, hdx_str_of(href));
    hdx_buf_add(&w->line, HDX_STR("]("));
    hdx_inline_target(&w->line, hdx_str_of(href));
    hdx_buf_byte(&w->line, ')');
    w->in_link = false;
}

static void image(walker *w, const GumboNode *node)
{
    const char *src = attribute(node, "src"), *alt = attribute(node, "alt");
    if (!*alt)
        say(w, node, "an image without alternative text; describe it");
    if (!leads_somewhere(src)) {
        say(w, node, "an image that is no file is dropped; its text is kept");
        hdx_inline_text(&w->line, hdx_str_of(alt));
        return;
    }
    hdx_buf_add(&w->line, HDX_STR("!["));
    hdx_inline_text(&w->line, hdx_str_of(alt));
    hdx_buf_add(&w->line, HDX_STR("]("));
    hdx_inline_target(&w->line, hdx_str_of(src));
    hdx_buf_byte(&w->line, ')');
}

/* The address of what is embedded, perhaps in a <source> below it. */
static const char *embedded(const GumboNode *node)
{
    const char *src = attribute(node, "src");
    src = *src ? src : attribute(node, "data");
    for (size_t i = 0; i < child_count(node) && !*src; i++)
        src = attribute(child(node, i), "src");
    return src;
}

static void embed(walker *w, const GumboNode *node)
{
    const char *src = embedded(node), *title = attribute(node, "title");
    if (!leads_somewhere(src)) {
        say(w, node, "something embedded without an address is dropped");
        return;
    }
    say(w, node, "something embedded is written as a link");
    hdx_buf_byte(&w->line, '[');
    hdx_inline_text(&w->line, hdx_str_of(*title ? title : src));
    hdx_buf_add(&w->line, HDX_STR("]("));
    hdx_inline_target(&w->line, hdx_str_of(src));
    hdx_buf_byte(&w->line, ')');
}

static void line_break(walker *w)
{
    if (w->in_cell)
        hdx_buf_add(&w->line, HDX_STR("<br>"));
    else if (w->in_heading)
        hdx_inline_text(&w->line, HDX_STR(" "));
    else if (w->line.len)
        hdx_buf_add(&w->line, HDX_STR("\\\n"));
}

/* What is not shown to readers, or cannot be. */
static bool drop(walker *w, const GumboNode *node)
{
    static const GumboTag controls[] = {GUMBO_TAG_INPUT, GUMBO_TAG_SELECT,
                                        GUMBO_TAG_TEXTAREA};
    GumboTag tag = tag_of(node);
    if (tag == GUMBO_TAG_SCRIPT)
        say(w, node, "a script is dropped");
    else if (tag == GUMBO_TAG_STYLE)
        say(w, node, "a style sheet is dropped");
    else if (tag == GUMBO_TAG_SVG || tag == GUMBO_TAG_CANVAS)
        say(w, node, "a drawing is dropped");
    else if (is_one_of(tag, controls, sizeof controls / sizeof *controls))
        say(w, node, "a control of a form is dropped");
    else if (tag == GUMBO_TAG_TEMPLATE || tag == GUMBO_TAG_NOSCRIPT)
        say(w, node, "a template is dropped");
    else
        return false;
    return true;
}

static void inline_element(walker *w, const GumboNode *node, hdx_buf *out)
{
    switch (tag_of(node)) {
    case GUMBO_TAG_B:
    case GUMBO_TAG_STRONG:
        marked(w, node, HDX_MARK_STRONG, out);
        break;
    case GUMBO_TAG_I:
    case GUMBO_TAG_EM:
        marked(w, node, HDX_MARK_EMPHASIS, out);
        break;
    case GUMBO_TAG_S:
    case GUMBO_TAG_DEL:
    case GUMBO_TAG_STRIKE:
        marked(w, node, HDX_MARK_DELETED, out);
        break;
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_KBD:
    case GUMBO_TAG_SAMP:
    case GUMBO_TAG_TT:
        code(w, node);
        break;
    case GUMBO_TAG_A:
        link_to(w, node, out);
        break;
    case GUMBO_TAG_IMG:
        image(w, node);
        break;
    case GUMBO_TAG_BR:
        line_break(w);
        break;
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_IFRAME:
        embed(w, node);
        break;
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_SUB:
        say(w, node, "raised or lowered text is written on the line");
        inline_children(w, node, out);
        break;
    default:
        inline_children(w, node, out);
    }
}

static void inline_node(walker *w, const GumboNode *node, hdx_buf *out)
{
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA ||
        node->type == GUMBO_NODE_WHITESPACE)
        hdx_inline_text(&w->line, hdx_str_of(node->v.text.text));
    else if (is_element(node) && !drop(w, node)) {
        if (is_block(tag_of(node)) && w->in_cell)
            line_break(w);
        else if (is_block(tag_of(node)) && w->in_heading)
            hdx_inline_text(&w->line, HDX_STR(" "));
        else if (is_block(tag_of(node)) && out) {
            flush(w, out);
            block(w, node, out);
            return;
        }
        inline_element(w, node, out);
    }
}

/* `{#anchor}` behind a heading; an underscore is escaped like any other. */
static void add_anchor(walker *w, const GumboNode *node, hdx_buf *out)
{
    if (!*w->anchor)
        return;
    if (strpbrk(w->anchor, " \t\n.{}#\\*`<[&")) {
        say(w, node,
            "the anchor of a heading has characters that none can "
            "have, and is dropped");
        return;
    }
    hdx_buf_add(out, HDX_STR(" {#"));
    for (const char *c = w->anchor; *c; c++) {
        if (*c == '_')
            hdx_buf_byte(out, '\\');
        hdx_buf_byte(out, *c);
    }
    hdx_buf_byte(out, '}');
}

static void heading(walker *w, const GumboNode *node, hdx_buf *out)
{
    static const char signs[] = "######";
    size_t level = (size_t)(tag_of(node) - GUMBO_TAG_H1) + 1;
    hdx_buf text = {0};
    w->in_heading = true;
    w->anchor = attribute(node, "id");
    inline_children(w, node, NULL);
    w->in_heading = false;
    if (hdx_inline_settle(&w->line, &text)) {
        separate(w, out);
        hdx_buf_add(out, (hdx_str){signs, level});
        hdx_buf_byte(out, ' ');
        for (size_t i = 0; i < text.len; i++) {
            if (text.ptr[i] == '#' && (i == 0 || text.ptr[i - 1] != '\\'))
                hdx_buf_byte(out, '\\'); /* closing signs are no text */
            hdx_buf_byte(out, text.ptr[i]);
        }
        add_anchor(w, node, out);
    }
    w->failed = w->failed || text.failed;
    hdx_buf_free(&text);
}

/* The language of a code block: class="language-x" of it or its <code>. */
static hdx_str language_of(const GumboNode *node)
{
    static const char *const starts[] = {"language-", "lang-", "brush:"};
    const char *class = attribute(node, "class");
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        const char *at = strstr(class, starts[i]);
        if (at) {
            at += strlen(starts[i]);
            return (hdx_str){at, strcspn(at, " \t\n`;")};
        }
    }
    for (size_t i = 0; i < child_count(node); i++)
        if (tag_of(child(node, i)) == GUMBO_TAG_CODE)
            return language_of(child(node, i));
    return HDX_STR("");
}

static void code_block(walker *w, const GumboNode *node, hdx_buf *out)
{
    hdx_buf text = {0};
    plain_text(node, &text);
    size_t ticks = 3, run = 0;
    for (size_t i = 0; i < text.len; i++) {
        run = text.ptr[i] == '`' ? run + 1 : 0;
        ticks = run >= ticks ? run + 1 : ticks;
        if (text.ptr[i] == '\r')
            text.ptr[i] = '\n';
    }
    while (text.len && text.ptr[text.len - 1] == '\n')
        text.len--;
    if (text.len) {
        separate(w, out);
        for (size_t i = 0; i < ticks; i++)
            hdx_buf_byte(out, '`');
        hdx_buf_add(out, language_of(node));
        hdx_buf_byte(out, '\n');
        hdx_buf_add(out, hdx_buf_str(&text));
        hdx_buf_byte(out, '\n');
        for (size_t i = 0; i < ticks; i++)
            hdx_buf_byte(out, '`');
    }
    w->failed = w->failed || text.failed;
    hdx_buf_free(&text);
}

static bool is_list(const GumboNode *node)
{
    return tag_of(node) == GUMBO_TAG_UL || tag_of(node) == GUMBO_TAG_OL;
}

/* Words first, lists behind them and nothing else: no blank lines needed. */
static bool is_tight(const GumboNode *item)
{
    bool lists = false;
    for (size_t i = 0; i < child_count(item); i++) {
        const GumboNode *at = child(item, i);
        if (is_list(at) && !*attribute(at, "start"))
            lists = true;
        else if (is_list(at) || (is_element(at) && is_block(tag_of(at))) ||
                 holds_block(at) ||
                 (lists && at->type != GUMBO_NODE_WHITESPACE))
            return false;
    }
    return true;
}

/* What stands in a node as blocks of its own. `tight`: without blank lines. */
static void inside(walker *w, const GumboNode *node, bool tight, hdx_buf *out)
{
    bool before = w->tight;
    w->tight = tight;
    for (size_t i = 0; i < child_count(node); i++)
        inline_node(w, child(node, i), out);
    flush(w, out);
    w->tight = before;
}

static void list_item(walker *w, const GumboNode *item, const char *sign,
                      bool tight, hdx_buf *out)
{
    static const char blanks[] = "                ";
    hdx_buf content = {0};
    inside(w, item, is_tight(item), &content);
    if (content.len) {
        if (out->len)
            hdx_buf_add(out, tight ? HDX_STR("\n") : HDX_STR("\n\n"));
        add_indented(out, hdx_buf_str(&content), sign,
                     blanks + sizeof blanks - 1 - strlen(sign));
    }
    w->failed = w->failed || content.failed;
    hdx_buf_free(&content);
}

static void list(walker *w, const GumboNode *node, hdx_buf *out)
{
    hdx_buf items = {0};
    bool ordered = tag_of(node) == GUMBO_TAG_OL, tight = true;
    long number = strtol(attribute(node, "start"), NULL, 10);
    number = number > 0 && number < 100000000 ? number : 1;
    for (size_t i = 0; i < child_count(node); i++)
        tight = tight && (tag_of(child(node, i)) != GUMBO_TAG_LI ||
                          is_tight(child(node, i)));
    for (size_t i = 0; i < child_count(node); i++) {
        char sign[16];
        const GumboNode *item = child(node, i);
        if (item->type == GUMBO_NODE_WHITESPACE ||
            item->type == GUMBO_NODE_COMMENT)
            continue;
        snprintf(sign, sizeof sign, ordered ? "%ld. " : "- ", number++);
        if (tag_of(item) == GUMBO_TAG_LI) {
            list_item(w, item, sign, tight, &items);
        } else if (is_list(item)) { /* wrongly beside the items */
            hdx_buf nested = {0};
            list(w, item, &nested);
            hdx_buf_byte(&items, '\n');
            add_indented(&items, hdx_buf_str(&nested), "   ", "   ");
            hdx_buf_free(&nested);
        } else {
            inline_node(w, item, &items);
            flush(w, &items);
        }
    }
    if (items.len) {
        separate(w, out);
        hdx_buf_add(out, hdx_buf_str(&items));
    }
    w->failed = w->failed || items.failed;
    hdx_buf_free(&items);
}

static void quote(walker *w, const GumboNode *node, hdx_buf *out)
{
    hdx_buf content = {0};
    inside(w, node, false, &content);
    if (content.len) {
        separate(w, out);
        add_indented(out, hdx_buf_str(&content), "> ", "> ");
    }
    w->failed = w->failed || content.failed;
    hdx_buf_free(&content);
}

/* The rows of a table, and what markdown cannot say of them. */
typedef struct table {
    const GumboNode **rows;
    size_t count, capacity;
    size_t columns;
    bool merged;  /* cells over several columns or rows */
    bool complex; /* cells with lists, code or tables */
    bool headed;  /* the first row is one of headings */
    bool failed;
} table;

static bool is_cell(const GumboNode *node)
{
    return tag_of(node) == GUMBO_TAG_TD || tag_of(node) == GUMBO_TAG_TH;
}

static bool holds_complex(const GumboNode *node)
{
    static const GumboTag tags[] = {GUMBO_TAG_UL,  GUMBO_TAG_OL,
                                    GUMBO_TAG_PRE, GUMBO_TAG_TABLE,
                                    GUMBO_TAG_DL,  GUMBO_TAG_BLOCKQUOTE};
    for (size_t i = 0; i < child_count(node); i++)
        if (is_one_of(tag_of(child(node, i)), tags,
                      sizeof tags / sizeof *tags) ||
            holds_complex(child(node, i)))
            return true;
    return false;
}

static void add_row(table *t, const GumboNode *row)
{
    size_t cells = 0;
    if (!hdx_grow(&t->rows, &t->capacity, t->count + 1, sizeof *t->rows)) {
        t->failed = true;
        return;
    }
    for (size_t i = 0; i < child_count(row); i++) {
        const GumboNode *cell = child(row, i);
        if (!is_cell(cell))
            continue;
        cells++;
        t->merged = t->merged || atoi(attribute(cell, "colspan")) > 1 ||
                    atoi(attribute(cell, "rowspan")) > 1;
        t->complex = t->complex || holds_complex(cell);
        if (t->count == 0 && tag_of(cell) == GUMBO_TAG_TH)
            t->headed = true;
    }
    t->columns = cells > t->columns ? cells : t->columns;
    if (cells)
        t->rows[t->count++] = row;
}

static void find_rows(walker *w, const GumboNode *node, table *t, hdx_buf *out)
{
    for (size_t i = 0; i < child_count(node); i++) {
        const GumboNode *at = child(node, i);
        if (tag_of(at) == GUMBO_TAG_TR) {
            if (tag_of(node) == GUMBO_TAG_THEAD && t->count == 0)
                t->headed = true;
            add_row(t, at);
        } else if (tag_of(at) == GUMBO_TAG_CAPTION) {
            inside(w, at, false, out);
        } else {
            find_rows(w, at, t, out);
        }
    }
}

static void pipe_row(walker *w, const GumboNode *row, size_t columns,
                     hdx_buf *out)
{
    size_t cells = 0;
    hdx_buf_byte(out, '|');
    for (size_t i = 0; row && i < child_count(row); i++) {
        if (!is_cell(child(row, i)))
            continue;
        hdx_buf_byte(out, ' ');
        w->in_cell = true;
        inline_children(w, child(row, i), NULL);
        w->in_cell = false;
        if (w->line.len > 4 && memcmp(w->line.ptr, "<br>", 4) == 0) {
            w->line.len -= 4; /* a paragraph begins the cell */
            memmove(w->line.ptr, w->line.ptr + 4, w->line.len);
        }
        hdx_inline_settle(&w->line, out);
        hdx_buf_add(out, HDX_STR(" |"));
        cells++;
    }
    for (; cells < columns; cells++)
        hdx_buf_add(out, HDX_STR("  |"));
}

static void pipe_table(walker *w, const table *t, hdx_buf *out)
{
    separate(w, out);
    pipe_row(w, t->headed ? t->rows[0] : NULL, t->columns, out);
    hdx_buf_add(out, HDX_STR("\n|"));
    for (size_t i = 0; i < t->columns; i++)
        hdx_buf_add(out, HDX_STR("---|"));
    for (size_t i = t->headed ? 1 : 0; i < t->count; i++) {
        hdx_buf_byte(out, '\n');
        pipe_row(w, t->rows[i], t->columns, out);
    }
}

/* Each row an item, each cell a block of it. */
static void list_table(walker *w, const table *t, hdx_buf *out)
{
    for (size_t i = 0; i < t->count; i++) {
        hdx_buf row = {0};
        for (size_t n = 0; n < child_count(t->rows[i]); n++)
            inside(w, child(t->rows[i], n), false, &row);
        if (row.len) {
            separate(w, out);
            add_indented(out, hdx_buf_str(&row), "- ", "  ");
        }
        w->failed = w->failed || row.failed;
        hdx_buf_free(&row);
    }
}

static void whole_table(walker *w, const GumboNode *node, hdx_buf *out)
{
    table t = {0};
    find_rows(w, node, &t, out);
    bool piped = !t.merged && !t.complex && t.columns <= COLUMN_LIMIT;
    if (t.merged)
        say(w, node, "a table with merged cells is written as a list");
    else if (!piped)
        say(w, node,
            "a table with lists, code or tables in its cells is "
            "written as a list");
    if (t.count && piped)
        pipe_table(w, &t, out);
    else if (t.count)
        list_table(w, &t, out);
    w->failed = w->failed || t.failed;
    free(t.rows);
}

/* Notes and warnings, by the names that editors of help centres give them. */
static bool is_callout(const GumboNode *node)
{
    static const char *const names[] = {"callout", "admonition", "alert",
                                        "notice",  "warning",    "infobox"};
    const char *class = attribute(node, "class");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strstr(class, names[i]))
            return true;
    return tag_of(node) == GUMBO_TAG_ASIDE;
}

static void bold_block(walker *w, const GumboNode *node, hdx_buf *out)
{
    marked(w, node, HDX_MARK_STRONG, out);
    flush(w, out);
}

static void block(walker *w, const GumboNode *node, hdx_buf *out)
{
    switch (tag_of(node)) {
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
        heading(w, node, out);
        break;
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
        list(w, node, out);
        break;
    case GUMBO_TAG_PRE:
        code_block(w, node, out);
        break;
    case GUMBO_TAG_TABLE:
        whole_table(w, node, out);
        break;
    case GUMBO_TAG_HR:
        separate(w, out);
        hdx_buf_add(out, HDX_STR("***"));
        break;
    case GUMBO_TAG_IFRAME:
        embed(w, node);
        flush(w, out);
        break;
    case GUMBO_TAG_BLOCKQUOTE:
        quote(w, node, out);
        break;
    case GUMBO_TAG_DT:
    case GUMBO_TAG_SUMMARY:
        bold_block(w, node, out);
        break;
    default:
        if (is_callout(node))
            quote(w, node, out);
        else
            inside(w, node, false, out);
    }
}

typedef struct pool {
    hdx_arena *arena;
    jmp_buf out_of_memory;
} pool;

static void *pool_alloc(void *context, size_t size)
{
    pool *p = context;
    void *bytes = hdx_arena_alloc(p->arena, size);
    if (!bytes)
        longjmp(p->out_of_memory, 1); /* gumbo would write to NULL */
    return bytes;
}

static void pool_free(void *context, void *bytes)
{
    (void)context;
    (void)bytes;
}

static const GumboOutput *parse(hdx_arena *arena, hdx_str html)
{
    GumboOptions options = kGumboDefaultOptions;
    pool p = {.arena = arena};
    options.allocator = pool_alloc;
    options.deallocator = pool_free;
    options.userdata = &p;
    options.max_errors = 0;
    options.tab_stop = 1;
    options.fragment_context = GUMBO_TAG_DIV;
    if (setjmp(p.out_of_memory)) /* NOLINT(cert-err52-cpp) */
        return NULL;
    return gumbo_parse_with_options(&options, html.ptr, html.len);
}

/* How deep the tree is, found without recursion. */
static unsigned depth_of(const GumboNode *root)
{
    unsigned depth = 0, deepest = 0;
    for (const GumboNode *at = root; at;) {
        deepest = depth > deepest ? depth : deepest;
        if (child_count(at)) {
            at = child(at, 0);
            depth++;
            continue;
        }
        while (at != root &&
               at->index_within_parent + 1 >= child_count(at->parent)) {
            at = at->parent;
            depth--;
        }
        at = at == root ? NULL : child(at->parent, at->index_within_parent + 1);
    }
    return deepest;
}

helpdex_status hdx_html_read(hdx_arena *arena, hdx_str html,
                             hdx_html_said *said, void *context, hdx_str *out,
                             helpdex_error *err)
{
    *out = HDX_STR("");
    if (html.len > HDX_HTML_LIMIT)
        return hdx_fail(err, HELPDEX_BAD_INPUT,
                        "a body of %zu KiB, and at most %d KiB are read; split "
                        "the article",
                        html.len / 1024, HDX_HTML_LIMIT / 1024);
    hdx_arena tree = {0};
    const GumboOutput *parsed = parse(&tree, html);
    walker w = {.said = said, .context = context};
    hdx_buf text = {0};
    bool deep = parsed && depth_of(parsed->root) > DEPTH_LIMIT;
    if (parsed && !deep) /* what follows recurses */
        inside(&w, parsed->root, false, &text);
    bool failed = !parsed || w.failed || w.line.failed || text.failed;
    if (!failed)
        *out = hdx_arena_copy(arena, hdx_buf_str(&text));
    hdx_arena_free(&tree);
    hdx_buf_free(&text);
    hdx_buf_free(&w.line);
    if (failed || !out->ptr)
        return hdx_fail_nomem(err);
    return deep ? hdx_fail(err, HELPDEX_BAD_INPUT,
                           "HTML nested deeper than %d; flatten it",
                           (int)DEPTH_LIMIT)
                : HELPDEX_OK;
}
