/* Triage paths in the language of Graphviz. */
#ifndef HDX_PATHGRAPH_H
#define HDX_PATHGRAPH_H

#include "store/paths.h"
#include "text/locale.h"

/* In which languages texts are shown, the best first. */
typedef struct hdx_shown_locales {
    const hdx_locale *items;
    size_t count;
    const hdx_locale *default_locale; /* of texts without a tag */
} hdx_shown_locales;

/*
 * Writes one graph in which each path has a box of its own. `only`: the one to
 * draw; NULL: all. `out` remembers when memory was out.
 */
void hdx_paths_draw(const hdx_paths *paths, const hdx_path *only,
                    const hdx_shown_locales *locales, hdx_buf *out);

#endif
