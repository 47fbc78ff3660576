/*
 * What translations were made from. The articles of the default locale are the
 * source of all others; the live index remembers which sections of it a
 * translation has seen, so that every section which was changed since then is
 * counted as behind. Nothing has to be kept by hand: a translation whose text
 * changes has seen the source as it is.
 */
#ifndef HDX_SOURCES_H
#define HDX_SOURCES_H

#include "indexer/shard.h"
#include "store/generation.h"

typedef struct hdx_sources hdx_sources;

/* `live` is the index so far, NULL if there is none; it must outlive `*out`.
   Errors: DAMAGED, IO. */
helpdex_status hdx_sources_open(const hdx_generation *live, hdx_sources **out,
                                helpdex_error *err);
void hdx_sources_free(hdx_sources *sources);

/* Adds an article of the default locale; they all come before the others. */
helpdex_status hdx_sources_add(hdx_sources *sources, const hdx_article *article,
                               helpdex_error *err);

/* Whether the body is that of its source, word for word. */
bool hdx_sources_has_copy(const hdx_sources *sources,
                          const hdx_article *article);

/*
 * Fills in the digest, the source and what is behind of an article of `locale`.
 * Its head may name the hashes that it was made from (`source_hash`). `arena`
 * holds what the origin points to. Errors: NOMEM.
 */
helpdex_status hdx_sources_compare(const hdx_sources *sources,
                                   const char *locale,
                                   const hdx_article *article, hdx_arena *arena,
                                   hdx_origin *origin, helpdex_error *err);

/*
 * Whether the live index would say of every article of `locale` what it says
 * now, if its text has not changed: which copies it has left out is not known
 * here. True only if it is certain.
 */
bool hdx_sources_agree(const hdx_sources *sources, hdx_str locale);

#endif
