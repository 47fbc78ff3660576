/*
 * Which files of a folder are articles of which locale. The native layout is
 * `<locale>/<category>/<slug>.md`; `helpdex.yml` beside the locales can say
 * more (default_locale, locales, aliases, exclude, url, contact).
 */
#ifndef HDX_LAYOUT_H
#define HDX_LAYOUT_H

#include "indexer/findings.h"
#include "text/locale.h"

typedef struct hdx_layout_file {
    hdx_str path;  /* to open it, and in messages */
    hdx_str shown; /* below the knowledge base */
    hdx_str below; /* below the locale's folder */
} hdx_layout_file;

typedef struct hdx_layout_locale {
    hdx_locale locale;
    hdx_layout_file *files; /* in order of paths */
    size_t count;
} hdx_layout_locale;

typedef struct hdx_layout {
    hdx_layout_locale *locales; /* in order of tags; at least one */
    size_t count;
    size_t articles;           /* of all */
    hdx_locale default_locale; /* tag empty: not declared */
    hdx_str url;     /* template with {locale}, {id} and {path}; empty: none */
    hdx_str contact; /* an address or a text, with {locale}; empty: none */
    hdx_str config;  /* the text of helpdex.yml; empty: none */
} hdx_layout;

/*
 * Scans `kb_dir`; with `locale`, all of it is one tree of that locale. What is
 * left out is said in `report`. All in `arena`. Errors: NOT_FOUND, BAD_INPUT
 * (no articles; helpdex.yml cannot be read), IO.
 */
helpdex_status hdx_layout_scan(hdx_arena *arena, const char *kb_dir,
                               const hdx_locale *locale, helpdex_report *report,
                               hdx_layout *out, helpdex_error *err);

#endif
