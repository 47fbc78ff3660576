/*
 * Patterns of paths such as `content/{locale}/{path}.md`: where in the path of
 * an article its locale stands, and what is the same in every locale.
 */
#ifndef HDX_PATTERN_H
#define HDX_PATTERN_H

#include "base/str.h"

/* A pattern, cut at its places: before, `{first}`, between, `{second}`. */
typedef struct hdx_pattern {
    hdx_str text;    /* the whole of it */
    hdx_str before;  /* literal, as are the next two */
    hdx_str between; /* empty when there is one place alone */
    hdx_str after;   /* without the ending `.md` */
    bool locale;     /* it has a `{locale}` */
    bool locale_first;
} hdx_pattern;

/* Reads a pattern. Returns NULL, or what is wrong with it: "what; try this". */
const char *hdx_pattern_read(hdx_str text, hdx_pattern *out);

/*
 * Whether a path without its ending is of the pattern. `*locale` is what
 * stands there, empty without a `{locale}`, and not checked to be a tag beyond
 * its characters; `*path` is never empty.
 */
bool hdx_pattern_match(const hdx_pattern *pattern, hdx_str path,
                       hdx_str *locale, hdx_str *rest);

#endif
