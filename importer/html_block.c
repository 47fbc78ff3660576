/*
 * Blocks. What stands inside a list item or a quote is written to a buffer of
 * its own first and then indented.
 */
#include <stdio.h>
#include <stdlib.h>

#include "importer/html_walk.h"
#include "importer/inline.h"

void hdx_separate(hdx_walker *w, hdx_buf *out)
{
    if (out->len == 0)
        return;
    hdx_buf_byte(out, '\n');
    if (!w->tight)
        hdx_buf_byte(out, '\n');
}

void hdx_html_flush(hdx_walker *w, hdx_buf *out)
{
    hdx_buf settled = {0};
    if (hdx_inline_settle(&w->line, &settled)) {
        hdx_separate(w, out);
        hdx_buf_add(out, hdx_buf_str(&settled));
    }
    w->failed = w->failed || settled.failed;
    hdx_buf_free(&settled);
}

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
    hdx_plain_text(node, &text);
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
        else if (is_list(at) ||
                 (hdx_is_element(at) && hdx_is_block(hdx_tag_of(at))) ||
                 hdx_holds_block(at) ||
                 (lists && at->type != GUMBO_NODE_WHITESPACE))
            return false;
    }
    return true;
}

void hdx_inside(hdx_walker *w, const GumboNode *node, bool tight, hdx_buf *out)
{
    bool before = w->tight;
    w->tight = tight;
    for (size_t i = 0; i < hdx_child_count(node); i++)
        hdx_html_inline(w, hdx_child(node, i), out);
    hdx_html_flush(w, out);
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
            hdx_html_inline(w, item, &items);
            hdx_html_flush(w, &items);
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
    hdx_html_marked(w, node, HDX_MARK_STRONG, out);
    hdx_html_flush(w, out);
}

void hdx_html_block(hdx_walker *w, const GumboNode *node, hdx_buf *out)
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
        hdx_html_embed(w, node);
        hdx_html_flush(w, out);
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
