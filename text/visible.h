/*
 * Text without what cannot be seen. A person who checks an article reads its
 * glyphs, a language model its code points: what only the second sees can carry
 * orders to it.
 */
#ifndef HDX_VISIBLE_H
#define HDX_VISIBLE_H

#include "base/str.h"

/*
 * Adds valid text, leaving out controls, unassigned code points and all that
 * Unicode calls ignorable: tags, bidirectional controls, zero-width spaces,
 * soft hyphens, fillers, variation selectors. Line ends of any kind become LF
 * and tabs stay. What shapes letters stays where it does so: one joiner or
 * non-joiner between letters of a script that needs it, a joiner and one
 * presentation selector in an emoji. False when memory is out.
 */
bool hdx_buf_add_visible(hdx_buf *buf, hdx_str text);

#endif
