/* The nodes of a tree of HTML. */
#include "importer/html_walk.h"

bool hdx_is_element(const GumboNode *node)
{
    return node->type == GUMBO_NODE_ELEMENT ||
           node->type == GUMBO_NODE_TEMPLATE;
}

GumboTag hdx_tag_of(const GumboNode *node)
{
    return hdx_is_element(node) ? node->v.element.tag : GUMBO_TAG_LAST;
}

size_t hdx_child_count(const GumboNode *node)
{
    return hdx_is_element(node) ? node->v.element.children.length : 0;
}

const GumboNode *hdx_child(const GumboNode *node, size_t at)
{
    return node->v.element.children.data[at];
}

const char *hdx_attribute(const GumboNode *node, const char *name)
{
    const GumboAttribute *found =
        hdx_is_element(node)
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

bool hdx_is_block(GumboTag tag)
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

bool hdx_holds_block(const GumboNode *node)
{
    for (size_t i = 0; i < hdx_child_count(node); i++)
        if (hdx_is_block(hdx_tag_of(hdx_child(node, i))) ||
            hdx_holds_block(hdx_child(node, i)))
            return true;
    return false;
}

void hdx_plain_text(const GumboNode *node, hdx_buf *out)
{
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA ||
        node->type == GUMBO_NODE_WHITESPACE)
        hdx_buf_add(out, hdx_str_of(node->v.text.text));
    else if (hdx_tag_of(node) == GUMBO_TAG_BR)
        hdx_buf_byte(out, '\n');
    for (size_t i = 0; i < hdx_child_count(node); i++)
        hdx_plain_text(hdx_child(node, i), out);
}
