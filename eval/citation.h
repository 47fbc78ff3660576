/*
 * Which articles of an index a text cites: by their id, or by the address that
 * the `url` template of the knowledge base gives them in any locale.
 */
#ifndef HDX_CITATION_H
#define HDX_CITATION_H

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "eval/shelves.h"

typedef struct hdx_citations {
    hdx_shelves shelves;
    hdx_arena arena;
    hdx_map addresses; /* -> its place in `ids` */
    const char **ids;  /* borrowed from the shelves */
    size_t count, capacity;
} hdx_citations;

/* `out` is to be released in any case. Errors: NOMEM, STORE. */
helpdex_status hdx_citations_open(const helpdex_searcher *searcher,
                                  hdx_citations *out, helpdex_error *err);
void hdx_citations_free(hdx_citations *citations);

/* The id of the article that the whole text is the id or the address of; NULL:
   of none. Borrowed. Errors: NOMEM. */
helpdex_status hdx_cited_as(hdx_citations *citations, hdx_str text,
                            const char **id, helpdex_error *err);

/* The id of the next article that the text has a link to; NULL: there is none
   any more. The text is cut behind it. Errors: NOMEM. */
helpdex_status hdx_cited_next(hdx_citations *citations, hdx_str *text,
                              const char **id, helpdex_error *err);

#endif
