/* Text into HTML, and the look of pages. */
#include "eval/html.h"

#include <stdarg.h>
#include <stdio.h>

const char *const hdx_html_style =
    ":root{color-scheme:light dark;--page:#f6f7f9;--card:#fff;--ink:#1b2330;"
    "--soft:#5a6675;--line:#dfe3e9;--main:#2458c6;--band:#b9cdf6;"
    "--own:#7a8595;--ownband:#d5dae1;--good:#12744a;--bad:#b3261e;"
    "--goodbg:#e0f4ea;--badbg:#fce6e4;--r1:#2458c6;--r2:#7ba2ef;--r3:#c3d5f8;"
    "--r4:#e9c46a;--r5:#c8553d}"
    "@media(prefers-color-scheme:dark){:root{--page:#11151b;--card:#1a2029;"
    "--ink:#e8ecf2;--soft:#9ba7b7;--line:#2e3744;--main:#8fb2ff;--band:#2f4878;"
    "--own:#8b96a6;--ownband:#39424f;--good:#6fd3a1;--bad:#ff9a90;"
    "--goodbg:#153527;--badbg:#43201d;--r1:#8fb2ff;--r2:#5477c0;--r3:#33476f;"
    "--r4:#b08d3a;--r5:#d2694f}}"
    "*{box-sizing:border-box}"
    "body{margin:0;background:var(--page);color:var(--ink);"
    "font:16px/1.5 system-ui,sans-serif}"
    "main{max-width:68rem;margin:0 auto;padding:2rem 1rem 4rem}"
    "h1{font-size:1.75rem;margin:0}h2{font-size:1.3rem;margin:0}"
    "h3{font-size:.95rem;margin:1.75rem 0 .5rem}"
    "p{margin:.25rem 0}.soft{color:var(--soft)}small{color:var(--soft)}"
    "a{color:var(--main)}code{overflow-wrap:anywhere}"
    ".card{background:var(--card);border:1px solid var(--line);"
    "border-radius:14px;padding:1.25rem 1.5rem 1.5rem;margin-top:1.25rem}"
    ".head{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:baseline}"
    ".pill{display:inline-block;border-radius:99px;padding:.1rem .8rem;"
    "font-weight:600;font-size:.9rem;background:var(--line)}"
    ".good{color:var(--good)}.bad{color:var(--bad)}"
    ".pill.good{background:var(--goodbg)}.pill.bad{background:var(--badbg)}"
    ".two{display:grid;gap:0 3rem;"
    "grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr))}"
    "details{margin-top:1.5rem}summary{cursor:pointer;font-weight:600;"
    "font-size:.95rem}"
    ".scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;"
    "font-size:.9rem;margin-top:.5rem}"
    "th{font-weight:600;text-align:start;color:var(--soft)}";

void hdx_html_add(hdx_buf *out, const char *html)
{
    hdx_buf_add(out, hdx_str_of(html));
}

void hdx_html_format(hdx_buf *out, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    hdx_html_add(out, text);
}

void hdx_html_escaped(hdx_buf *out, const char *text)
{
    for (; *text; text++) {
        const char *as = *text == '&'    ? "&amp;"
                         : *text == '<'  ? "&lt;"
                         : *text == '>'  ? "&gt;"
                         : *text == '"'  ? "&quot;"
                         : *text == '\'' ? "&#39;"
                                         : NULL;
        if (as)
            hdx_html_add(out, as);
        else
            hdx_buf_byte(out, (unsigned char)*text < ' ' ? ' ' : *text);
    }
}
