/*
 * HTML of an article to markdown, by gumbo's HTML5 parser. Text is kept, what
 * markdown cannot say is written as what comes nearest, and all that is
 * dropped or changed is said.
 */
#ifndef HDX_HTML_H
#define HDX_HTML_H

#include "base/arena.h"
#include "base/error.h"

/* Larger bodies are refused unread. */
enum { HDX_HTML_LIMIT = 2 * 1024 * 1024 };

/* Told what was dropped or changed, at which line and column of the HTML. */
typedef void hdx_html_said(void *context, unsigned line, unsigned column,
                           const char *what);

/*
 * `*out` is in `arena`, and empty for HTML without text; its `ptr` is NULL on
 * failure. Errors: BAD_INPUT (too large, or what takes the parser too long).
 */
helpdex_status hdx_html_read(hdx_arena *arena, hdx_str html,
                             hdx_html_said *said, void *context, hdx_str *out,
                             helpdex_error *err);

#endif
