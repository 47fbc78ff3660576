/* Links from one imported article to another. */
#ifndef HDX_LINKS_H
#define HDX_LINKS_H

#include "importer/import.h"

/* The path below the knowledge base of the article of an id, as one of the
   locale at hand links to it; empty: there is none. */
typedef hdx_str hdx_path_of(void *context, hdx_str id);

/*
 * Makes paths of the addresses `.../articles/<id>` in the links of an article,
 * when they are of the host that it came from. One of an article that was not
 * imported stays, and is said. `*body` is in the arena. Errors: NOMEM.
 */
helpdex_status hdx_links_localise(hdx_intake *in, const hdx_incoming *article,
                                  hdx_path_of *path_of, void *context,
                                  hdx_str *body, helpdex_error *err);

#endif
