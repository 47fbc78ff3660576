/*
 * What the pages share: their colours and cards, and adding text to them. Pages
 * take nothing from outside: no font, no picture.
 */
#ifndef HDX_HTML_H
#define HDX_HTML_H

#include "base/str.h"

/* Rules of CSS: colours as variables for light and dark, type, cards, pills and
   tables. */
extern const char *const hdx_html_style;

void hdx_html_add(hdx_buf *out, const char *html);

/* Numbers and words of ours; never what somebody else has written. */
void hdx_html_format(hdx_buf *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* What somebody else has written; control characters as spaces. */
void hdx_html_escaped(hdx_buf *out, const char *text);

#endif
