/*
 * Which files of a folder are articles of which locale. The layouts that are
 * read stand in the table of indexer/detect.c; `helpdex.yml` beside the
 * articles can say more (default_locale, locales, aliases, exclude, url,
 * contact, layout).
 */
#ifndef HDX_LAYOUT_H
#define HDX_LAYOUT_H

#include "indexer/findings.h"
#include "text/locale.h"

typedef struct hdx_layout_file {
    hdx_str path;  /* to open it, and in messages */
    hdx_str shown; /* below the knowledge base */
    hdx_str below; /* the same in all locales, with its ending */
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

/* What is known beforehand. */
typedef struct hdx_layout_hints {
    const hdx_locale *only;     /* all is one tree of it; NULL: it is not */
    const hdx_locale *presumed; /* of what has no locale; NULL: none */
} hdx_layout_hints;

/*
 * Scans `kb_dir`. What is left out is said in `report`, and which layout was
 * found there. All in `arena`. Errors: NOT_FOUND, BAD_INPUT (no articles;
 * helpdex.yml cannot be read; two places for one locale), IO.
 */
helpdex_status hdx_layout_scan(hdx_arena *arena, const char *kb_dir,
                               hdx_layout_hints hints, helpdex_report *report,
                               hdx_layout *out, helpdex_error *err);

#endif
