/*
 * Words on their way to markdown: what would be read as markup is escaped, and
 * emphasis is written only where a parser will take it as such.
 */
#ifndef HDX_INLINE_H
#define HDX_INLINE_H

#include "base/str.h"

/* Marks in a line that is not settled yet. Text holds no such bytes. */
enum {
    HDX_MARK_STRONG = 0x01,
    HDX_MARK_EMPHASIS = 0x03,
    HDX_MARK_DELETED = 0x05 /* the end of each is the next number */
};

/* Adds text with its blanks collapsed and its markup escaped. Control
   characters go. */
void hdx_inline_text(hdx_buf *line, hdx_str text);

/* Adds code between backticks that it does not hold itself. `cell`: it stands
   in a table, where a bar needs a backslash even in code. */
void hdx_inline_code(hdx_buf *line, hdx_str code, bool cell);

/* Adds an address as the target of a link. */
void hdx_inline_target(hdx_buf *line, hdx_str address);

/*
 * Adds the line to `out` without blanks at its ends. Marks become asterisks
 * where those are markup, and go where they would be text, as after "：" in a
 * text without spaces. False: nothing was left.
 */
bool hdx_inline_settle(hdx_buf *line, hdx_buf *out);

#endif
