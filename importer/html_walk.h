/* The walk over a tree of HTML, as its parts share it. */
#ifndef HDX_HTML_WALK_H
#define HDX_HTML_WALK_H

#include <gumbo.h>

#include "importer/html.h"

/* The tree is at most so deep: what follows it recurses. */
enum { HDX_HTML_DEPTH = 200 };

typedef struct hdx_walker {
    hdx_html_said *said;
    void *context;
    hdx_buf line; /* not settled yet */
    bool in_cell;
    bool in_heading;
    bool in_link;
    bool tight; /* blocks of a list item without blank lines between them */
    const char *anchor; /* found in a heading */
    bool failed;
} hdx_walker;

bool hdx_is_element(const GumboNode *node);
GumboTag hdx_tag_of(const GumboNode *node); /* GUMBO_TAG_LAST: no element */
size_t hdx_child_count(const GumboNode *node);
const GumboNode *hdx_child(const GumboNode *node, size_t at);
const char *hdx_attribute(const GumboNode *node, const char *name); /* or "" */
bool hdx_is_one_of(GumboTag tag, const GumboTag *tags, size_t count);

bool hdx_is_block(GumboTag tag);
bool hdx_holds_block(const GumboNode *node); /* somewhere below it */

/* Text below a node as it is, for code. */
void hdx_plain_text(const GumboNode *node, hdx_buf *out);

/* Says something about an element, by its place. */
void hdx_html_say(hdx_walker *w, const GumboNode *node, const char *what);

/* What a new block needs between it and the block before it. */
void hdx_separate(hdx_walker *w, hdx_buf *out);

/* Adds what stands in a node to the line; blocks below it settle the line and
   go to `out`, or are words like all others when that is NULL. */
void hdx_inline_children(hdx_walker *w, const GumboNode *node, hdx_buf *out);

/* Adds a node to the line, like hdx_inline_children(). */
void hdx_html_inline(hdx_walker *w, const GumboNode *node, hdx_buf *out);

/* The same of what stands in a node, between marks of importer/inline.h if it
   is words alone. */
void hdx_html_marked(hdx_walker *w, const GumboNode *node, char mark,
                     hdx_buf *out);

/* Adds a link to what is embedded. */
void hdx_html_embed(hdx_walker *w, const GumboNode *node);

/* Ends the line as a paragraph. */
void hdx_html_flush(hdx_walker *w, hdx_buf *out);

/* Adds a node that is a block. */
void hdx_html_block(hdx_walker *w, const GumboNode *node, hdx_buf *out);

/* Adds what stands in a node as blocks. `tight`: without blank lines. */
void hdx_inside(hdx_walker *w, const GumboNode *node, bool tight, hdx_buf *out);

/* Adds a block whose lines all begin with `other`, but the first with
   `first`. Blank lines stay so. */
void hdx_add_indented(hdx_buf *out, hdx_str block, const char *first,
                      const char *other);

/* Adds a table: with bars, or as a list where cells are more than a line. */
void hdx_html_table(hdx_walker *w, const GumboNode *node, hdx_buf *out);

#endif
