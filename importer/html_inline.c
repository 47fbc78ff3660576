/*
 * What stands in a line: words, emphasis, links, pictures, and what is dropped
 * of it. A block inside ends the line, unless a cell or heading holds it.
 */
#include "importer/html_walk.h"
#include "importer/inline.h"

void hdx_inline_children(hdx_walker *w, const GumboNode *node, hdx_buf *out)
{
    for (size_t i = 0; i < hdx_child_count(node); i++)
        hdx_html_inline(w, hdx_child(node, i), out);
}

void hdx_html_marked(hdx_walker *w, const GumboNode *node, char mark,
                     hdx_buf *out)
{
    if (!w->in_heading && !hdx_holds_block(node))
        hdx_buf_byte(&w->line, mark);
    hdx_inline_children(w, node, out);
    if (!w->in_heading && !hdx_holds_block(node))
        hdx_buf_byte(&w->line, (char)(mark + 1));
}

static void code(hdx_walker *w, const GumboNode *node)
{
    hdx_buf text = {0};
    hdx_plain_text(node, &text);
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
                   !hdx_holds_block(node);
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

void hdx_html_embed(hdx_walker *w, const GumboNode *node)
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
    hdx_plain_text(node, &text);
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
        hdx_html_marked(w, node, HDX_MARK_STRONG, out);
        break;
    case GUMBO_TAG_I:
    case GUMBO_TAG_EM:
        hdx_html_marked(w, node, HDX_MARK_EMPHASIS, out);
        break;
    case GUMBO_TAG_S:
    case GUMBO_TAG_DEL:
    case GUMBO_TAG_STRIKE:
        hdx_html_marked(w, node, HDX_MARK_DELETED, out);
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
        hdx_html_embed(w, node);
        break;
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_SUB:
        shifted(w, node, out);
        break;
    default:
        hdx_inline_children(w, node, out);
    }
}

void hdx_html_inline(hdx_walker *w, const GumboNode *node, hdx_buf *out)
{
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA ||
        node->type == GUMBO_NODE_WHITESPACE)
        hdx_inline_text(&w->line, hdx_str_of(node->v.text.text));
    else if (hdx_is_element(node) && !drop(w, node)) {
        if (hdx_is_block(hdx_tag_of(node)) && w->in_cell)
            line_break(w);
        else if (hdx_is_block(hdx_tag_of(node)) && w->in_heading)
            hdx_inline_text(&w->line, HDX_STR(" "));
        else if (hdx_is_block(hdx_tag_of(node)) && out) {
            hdx_html_flush(w, out);
            hdx_html_block(w, node, out);
            return;
        }
        inline_element(w, node, out);
    }
}
