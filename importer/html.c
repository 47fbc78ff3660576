/*
 * One walk over the tree. Words collect in a line; a block settles the line and
 * adds itself to the output. What stands inside a list item or a quote is
 * written to a buffer of its own first and then indented.
 *
 * gumbo checks no allocation and frees by recursion. It is given the arena: it
 * never frees, and a failed allocation leaves the parser by longjmp.
 */
#include "importer/html.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include "importer/html_walk.h"
#include "importer/inline.h"

/* gumbo looks through all open elements at each tag: with 100,000 of them that
   takes half a minute. */
enum { OPEN_LIMIT = 1000 };

static void block(hdx_walker *w, const GumboNode *node, hdx_buf *out);
static void inline_node(hdx_walker *w, const GumboNode *node, hdx_buf *out);

static bool is_element(const GumboNode *node)
{
    return node->type == GUMBO_NODE_ELEMENT ||
           node->type == GUMBO_NODE_TEMPLATE;
}

GumboTag hdx_tag_of(const GumboNode *node)
{
    return is_element(node) ? node->v.element.tag : GUMBO_TAG_LAST;
}

size_t hdx_child_count(const GumboNode *node)
{
    return is_element(node) ? node->v.element.children.length : 0;
}

const GumboNode *hdx_child(const GumboNode *node, size_t at)
{
    return node->v.element.children.data[at];
}

const char *hdx_attribute(const GumboNode *node, const char *name)
{
    const GumboAttribute *found =
        is_element(node)
            ? gumbo_get_attribute(&node->v.element.attributes, name)
            : NULL;
    return found ? found->value : "";
}

void hdx_html_say(hdx_walker *w, const GumboNode *node, const char *what)
{
    GumboSourcePosition at = node->v.element.start_pos;
    w->said(w->context, at.line, at.column ? at.column : 1, what);
}

bool hdx_is_one_of(GumboTag tag, const GumboTag *tags, size_t count)
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
    return hdx_is_one_of(tag, tags, sizeof tags / sizeof *tags);
}

/* Whether a block stands somewhere below. */
static bool holds_block(const GumboNode *node)
{
    for (size_t i = 0; i < hdx_child_count(node); i++)
        if (is_block(hdx_tag_of(hdx_child(node, i))) ||
            holds_block(hdx_child(node, i)))
            return true;
    return false;
}

void hdx_separate(hdx_walker *w, hdx_buf *out)
{
    if (out->len == 0)
        return;
    hdx_buf_byte(out, '\n');
    if (!w->tight)
        hdx_buf_byte(out, '\n');
}

/* Ends the line as a paragraph. */
static void flush(hdx_walker *w, hdx_buf *out)
{
    hdx_buf settled = {0};
    if (hdx_inline_settle(&w->line, &settled)) {
        hdx_separate(w, out);
        hdx_buf_add(out, hdx_buf_str(&settled));
    }
    w->failed = w->failed || settled.failed;
    hdx_buf_free(&settled);
}

/* Adds a block whose lines all begin with `other`, but the first with
   `first`. Blank lines stay so. */
void hdx_add_indented(hdx_buf *out, hdx_str block, const char *first,
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
    else if (hdx_tag_of(node) == GUMBO_TAG_BR)
        hdx_buf_byte(out, '\n');
    for (size_t i = 0; i < hdx_child_count(node); i++)
        plain_text(hdx_child(node, i), out);
}

void hdx_inline_children(hdx_walker *w, const GumboNode *node, hdx_buf *out)
{
    for (size_t i = 0; i < hdx_child_count(node); i++)
        inline_node(w, hdx_child(node, i), out);
}

static void marked(hdx_walker *w, const GumboNode *node, char mark,
                   hdx_buf *out)
{
    if (!w->in_heading && !holds_block(node))
        hdx_buf_byte(&w->line, mark);
    hdx_inline_children(w, node, out);
    if (!w->in_heading && !holds_block(node))
        hdx_buf_byte(&w->line, (char)(mark + 1));
}

static void code(hdx_walker *w, const GumboNode *node)
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
    while (*address && (unsigned char)*address <= ' ') /* as browsers do */
        address++;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        hdx_str start = {address, strlen(refused[i])};
        if (strlen(address) >= start.len &&
            hdx_str_eq_nocase(start, hdx_str_of(refused[i])))
            return false;
    }
    return *address != '\0';
}

static void link_to(hdx_walker *w, const GumboNode *node, hdx_buf *out)
{
    const char *href = hdx_attribute(node, "href");
    const char *name = hdx_attribute(node, "id");
    name = *name ? name : hdx_attribute(node, "name");
    if (w->in_heading && *name)
        w->anchor = name;
    else if (*name)
        hdx_html_say(w, node,
                     "an anchor in the middle of a text is dropped; links to "
                     "it lead to the article");
    bool follows = leads_somewhere(href) && !w->in_link && !w->in_heading &&
                   !holds_block(node);
    if (*href && !leads_somewhere(href))
        hdx_html_say(w, node,
                     "a link that runs code is dropped, its text is kept");
    else if (*href && !follows)
        hdx_html_say(w, node,
                     "a link around a heading or blocks is dropped, its text "
                     "is kept");
    if (!follows) {
        hdx_inline_children(w, node, out);
        return;
    }
    w->in_link = true;
    hdx_buf_byte(&w->line, '[');
    size_t start = w->line.len;
    hdx_inline_children(w, node, out);
    if (w->line.len == start)
        hdx_inline_text(&w->line, hdx_str_of(href));
    hdx_buf_add(&w->line, HDX_STR("]("));
    hdx_inline_target(&w->line, hdx_str_of(href));
    hdx_buf_byte(&w->line, ')');
    w->in_link = false;
}

static void image(hdx_walker *w, const GumboNode *node)
{
    const char *src = hdx_attribute(node, "src"),
               *alt = hdx_attribute(node, "alt");
    if (!*alt)
        hdx_html_say(w, node, "an image without alternative text; describe it");
    if (!leads_somewhere(src)) {
        hdx_html_say(w, node,
                     "an image that is no file is dropped; its text is kept");
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
    const char *src = hdx_attribute(node, "src");
    src = *src ? src : hdx_attribute(node, "data");
    for (size_t i = 0; i < hdx_child_count(node) && !*src; i++)
        src = hdx_attribute(hdx_child(node, i), "src");
    return src;
}

static void embed(hdx_walker *w, const GumboNode *node)
{
    const char *src = embedded(node), *title = hdx_attribute(node, "title");
    if (!leads_somewhere(src)) {
        hdx_html_say(w, node,
                     "something embedded without an address is dropped");
        return;
    }
    hdx_html_say(w, node, "something embedded is written as a link");
    hdx_buf_byte(&w->line, '[');
    hdx_inline_text(&w->line, hdx_str_of(*title ? title : src));
    hdx_buf_add(&w->line, HDX_STR("]("));
    hdx_inline_target(&w->line, hdx_str_of(src));
    hdx_buf_byte(&w->line, ')');
}

static void line_break(hdx_walker *w)
{
    if (w->in_cell)
        hdx_buf_add(&w->line, HDX_STR("<br>"));
    else if (w->in_heading)
        hdx_inline_text(&w->line, HDX_STR(" "));
    else if (w->line.len)
        hdx_buf_add(&w->line, HDX_STR("\\\n"));
}

/* What is not shown to readers, or cannot be. */
static bool drop(hdx_walker *w, const GumboNode *node)
{
    static const GumboTag controls[] = {GUMBO_TAG_INPUT, GUMBO_TAG_SELECT,
                                        GUMBO_TAG_TEXTAREA};
    GumboTag tag = hdx_tag_of(node);
    if (tag == GUMBO_TAG_SCRIPT)
        hdx_html_say(w, node, "a script is dropped");
    else if (tag == GUMBO_TAG_STYLE)
        hdx_html_say(w, node, "a style sheet is dropped");
    else if (tag == GUMBO_TAG_SVG || tag == GUMBO_TAG_CANVAS)
        hdx_html_say(w, node, "a drawing is dropped");
    else if (hdx_is_one_of(tag, controls, sizeof controls / sizeof *controls))
        hdx_html_say(w, node, "a control of a form is dropped");
    else if (tag == GUMBO_TAG_TEMPLATE || tag == GUMBO_TAG_NOSCRIPT)
        hdx_html_say(w, node, "a template is dropped");
    else
        return false;
    return true;
}

/* Raised or lowered text: digits have characters of their own, so that 10² is
   not read as 102. */
static void shifted(hdx_walker *w, const GumboNode *node, hdx_buf *out)
{
    static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴",
                                         "⁵", "⁶", "⁷", "⁸", "⁹"};
    static const char *const lowered[] = {"₀", "₁", "₂", "₃", "₄",
                                          "₅", "₆", "₇", "₈", "₉"};
    const char *const *digits =
        hdx_tag_of(node) == GUMBO_TAG_SUP ? raised : lowered;
    hdx_buf text = {0};
    plain_text(node, &text);
    size_t count = 0;
    while (count < text.len && text.ptr[count] >= '0' && text.ptr[count] <= '9')
        count++;
    bool number = count > 0 && count == text.len;
    for (size_t i = 0; i < count && number; i++)
        hdx_buf_add(&w->line, hdx_str_of(digits[text.ptr[i] - '0']));
    w->failed = w->failed || text.failed;
    hdx_buf_free(&text);
    if (number)
        return;
    hdx_html_say(w, node, "raised or lowered text is written on the line");
    hdx_inline_children(w, node, out);
}

static void inline_element(hdx_walker *w, const GumboNode *node, hdx_buf *out)
{
    switch (hdx_tag_of(node)) {
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
        shifted(w, node, out);
        break;
    default:
        hdx_inline_children(w, node, out);
    }
}

static void inline_node(hdx_walker *w, const GumboNode *node, hdx_buf *out)
{
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA ||
        node->type == GUMBO_NODE_WHITESPACE)
        hdx_inline_text(&w->line, hdx_str_of(node->v.text.text));
    else if (is_element(node) && !drop(w, node)) {
        if (is_block(hdx_tag_of(node)) && w->in_cell)
            line_break(w);
        else if (is_block(hdx_tag_of(node)) && w->in_heading)
            hdx_inline_text(&w->line, HDX_STR(" "));
        else if (is_block(hdx_tag_of(node)) && out) {
            flush(w, out);
            block(w, node, out);
            return;
        }
        inline_element(w, node, out);
    }
}

/* `{#anchor}` behind a heading; an underscore is escaped like any other. */
static void add_anchor(hdx_walker *w, const GumboNode *node, hdx_buf *out)
{
    if (!*w->anchor)
        return;
    if (strpbrk(w->anchor, " \t\n.{}#\\*`<[&")) {
        hdx_html_say(w, node,
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

static void heading(hdx_walker *w, const GumboNode *node, hdx_buf *out)
{
    static const char signs[] = "######";
    size_t level = (size_t)(hdx_tag_of(node) - GUMBO_TAG_H1) + 1;
    hdx_buf text = {0};
    w->in_heading = true;
    w->anchor = hdx_attribute(node, "id");
    hdx_inline_children(w, node, NULL);
    w->in_heading = false;
    if (hdx_inline_settle(&w->line, &text)) {
        hdx_separate(w, out);
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
    const char *class = hdx_attribute(node, "class");
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        const char *at = strstr(class, starts[i]);
        if (at) {
            at += strlen(starts[i]);
            return (hdx_str){at, strcspn(at, " \t\n`;")};
        }
    }
    for (size_t i = 0; i < hdx_child_count(node); i++)
        if (hdx_tag_of(hdx_child(node, i)) == GUMBO_TAG_CODE)
            return language_of(hdx_child(node, i));
    return HDX_STR("");
}

static void code_block(hdx_walker *w, const GumboNode *node, hdx_buf *out)
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
        hdx_separate(w, out);
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
    return hdx_tag_of(node) == GUMBO_TAG_UL || hdx_tag_of(node) == GUMBO_TAG_OL;
}

/* Words first, lists behind them and nothing else: no blank lines needed. */
static bool is_tight(const GumboNode *item)
{
    bool lists = false;
    for (size_t i = 0; i < hdx_child_count(item); i++) {
        const GumboNode *at = hdx_child(item, i);
        if (is_list(at) && !*hdx_attribute(at, "start"))
            lists = true;
        else if (is_list(at) || (is_element(at) && is_block(hdx_tag_of(at))) ||
                 holds_block(at) ||
                 (lists && at->type != GUMBO_NODE_WHITESPACE))
            return false;
    }
    return true;
}

/* What stands in a node as blocks of its own. `tight`: without blank lines. */
void hdx_inside(hdx_walker *w, const GumboNode *node, bool tight, hdx_buf *out)
{
    bool before = w->tight;
    w->tight = tight;
    for (size_t i = 0; i < hdx_child_count(node); i++)
        inline_node(w, hdx_child(node, i), out);
    flush(w, out);
    w->tight = before;
}

static void list_item(hdx_walker *w, const GumboNode *item, const char *sign,
                      bool tight, hdx_buf *out)
{
    static const char blanks[] = "                ";
    hdx_buf content = {0};
    hdx_inside(w, item, is_tight(item), &content);
    if (content.len) {
        if (out->len)
            hdx_buf_add(out, tight ? HDX_STR("\n") : HDX_STR("\n\n"));
        hdx_add_indented(out, hdx_buf_str(&content), sign,
                         blanks + sizeof blanks - 1 - strlen(sign));
    }
    w->failed = w->failed || content.failed;
    hdx_buf_free(&content);
}

static void list(hdx_walker *w, const GumboNode *node, hdx_buf *out)
{
    hdx_buf items = {0};
    bool ordered = hdx_tag_of(node) == GUMBO_TAG_OL, tight = true;
    long number = strtol(hdx_attribute(node, "start"), NULL, 10);
    number = number > 0 && number < 100000000 ? number : 1;
    for (size_t i = 0; i < hdx_child_count(node); i++)
        tight = tight && (hdx_tag_of(hdx_child(node, i)) != GUMBO_TAG_LI ||
                          is_tight(hdx_child(node, i)));
    for (size_t i = 0; i < hdx_child_count(node); i++) {
        char sign[16];
        const GumboNode *item = hdx_child(node, i);
        if (item->type == GUMBO_NODE_WHITESPACE ||
            item->type == GUMBO_NODE_COMMENT)
            continue;
        snprintf(sign, sizeof sign, ordered ? "%ld. " : "- ", number++);
        if (hdx_tag_of(item) == GUMBO_TAG_LI) {
            list_item(w, item, sign, tight, &items);
        } else if (is_list(item)) { /* wrongly beside the items */
            hdx_buf nested = {0};
            list(w, item, &nested);
            hdx_buf_byte(&items, '\n');
            hdx_add_indented(&items, hdx_buf_str(&nested), "   ", "   ");
            hdx_buf_free(&nested);
        } else {
            inline_node(w, item, &items);
            flush(w, &items);
        }
    }
    if (items.len) {
        hdx_separate(w, out);
        hdx_buf_add(out, hdx_buf_str(&items));
    }
    w->failed = w->failed || items.failed;
    hdx_buf_free(&items);
}

static void quote(hdx_walker *w, const GumboNode *node, hdx_buf *out)
{
    hdx_buf content = {0};
    hdx_inside(w, node, false, &content);
    if (content.len) {
        hdx_separate(w, out);
        hdx_add_indented(out, hdx_buf_str(&content), "> ", "> ");
    }
    w->failed = w->failed || content.failed;
    hdx_buf_free(&content);
}

/* Notes and warnings, by the names that editors of help centres give them. */
static bool is_callout(const GumboNode *node)
{
    static const char *const names[] = {"callout", "admonition", "alert",
                                        "notice",  "warning",    "infobox"};
    const char *class = hdx_attribute(node, "class");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strstr(class, names[i]))
            return true;
    return hdx_tag_of(node) == GUMBO_TAG_ASIDE;
}

static void bold_block(hdx_walker *w, const GumboNode *node, hdx_buf *out)
{
    marked(w, node, HDX_MARK_STRONG, out);
    flush(w, out);
}

static void block(hdx_walker *w, const GumboNode *node, hdx_buf *out)
{
    switch (hdx_tag_of(node)) {
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
        hdx_html_table(w, node, out);
        break;
    case GUMBO_TAG_HR:
        hdx_separate(w, out);
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
            hdx_inside(w, node, false, out);
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
        if (hdx_child_count(at)) {
            at = hdx_child(at, 0);
            depth++;
            continue;
        }
        while (at != root &&
               at->index_within_parent + 1 >= hdx_child_count(at->parent)) {
            at = at->parent;
            depth--;
        }
        at = at == root ? NULL
                        : hdx_child(at->parent, at->index_within_parent + 1);
    }
    return deepest;
}

/* Whether an element is closed by what follows it, or never holds anything. */
static bool nests(hdx_str name)
{
    static const GumboTag flat[] = {
        GUMBO_TAG_AREA,   GUMBO_TAG_BR,    GUMBO_TAG_COL,    GUMBO_TAG_DD,
        GUMBO_TAG_DT,     GUMBO_TAG_EMBED, GUMBO_TAG_HR,     GUMBO_TAG_IMG,
        GUMBO_TAG_INPUT,  GUMBO_TAG_LI,    GUMBO_TAG_LINK,   GUMBO_TAG_META,
        GUMBO_TAG_OPTION, GUMBO_TAG_P,     GUMBO_TAG_TD,     GUMBO_TAG_TH,
        GUMBO_TAG_TR,     GUMBO_TAG_TBODY, GUMBO_TAG_SOURCE, GUMBO_TAG_WBR};
    GumboTag tag = gumbo_tagn_enum(name.ptr, (unsigned)name.len);
    return !hdx_is_one_of(tag, flat, sizeof flat / sizeof *flat);
}

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Whether more elements are open at once than the parser has time for. */
static bool opens_too_many(hdx_str html)
{
    size_t open = 0;
    for (size_t i = 0; i + 2 < html.len && open <= OPEN_LIMIT; i++) {
        if (html.ptr[i] != '<')
            continue;
        bool ends = html.ptr[i + 1] == '/';
        hdx_str name = {html.ptr + i + 1 + ends, 0};
        while (name.ptr + name.len < html.ptr + html.len &&
               (is_ascii_letter(name.ptr[name.len]) ||
                (name.len && name.ptr[name.len] >= '0' &&
                 name.ptr[name.len] <= '9')))
            name.len++;
        if (name.len == 0 || !nests(name))
            continue;
        open = ends ? open - (open > 0) : open + 1;
    }
    return open > OPEN_LIMIT;
}

static helpdex_status fail_deep(helpdex_error *err)
{
    return hdx_fail(err, HELPDEX_BAD_INPUT,
                    "HTML nested deeper than %d; flatten it",
                    (int)HDX_HTML_DEPTH);
}

helpdex_status hdx_html_read(hdx_arena *arena, hdx_str html,
                             hdx_html_said *said, void *context, hdx_str *out,
                             helpdex_error *err)
{
    *out = (hdx_str){NULL, 0};
    if (html.len > HDX_HTML_LIMIT)
        return hdx_fail(err, HELPDEX_BAD_INPUT,
                        "a body of %zu KiB, and at most %d KiB are read; split "
                        "the article",
                        html.len / 1024, HDX_HTML_LIMIT / 1024);
    if (opens_too_many(html))
        return fail_deep(err);
    hdx_arena tree = {0};
    const GumboOutput *parsed = parse(&tree, html);
    hdx_walker w = {.said = said, .context = context};
    hdx_buf text = {0};
    bool deep = parsed && depth_of(parsed->root) > HDX_HTML_DEPTH;
    if (parsed && !deep) /* what follows recurses */
        hdx_inside(&w, parsed->root, false, &text);
    bool failed = !parsed || w.failed || w.line.failed || text.failed;
    if (!failed && !deep)
        *out = hdx_arena_copy(arena, hdx_buf_str(&text));
    hdx_arena_free(&tree);
    hdx_buf_free(&text);
    hdx_buf_free(&w.line);
    if (deep && !failed)
        return fail_deep(err);
    return out->ptr ? HELPDEX_OK : hdx_fail_nomem(err);
}
