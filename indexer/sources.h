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
#include "store/forward.h"
#include "store/generation.h"
#include "text/locale.h"

typedef struct hdx_sources hdx_sources;

/* `live` is the index so far, NULL if there is none; it must outlive `*out`.
   Errors: DAMAGED, IO. */
helpdex_status hdx_sources_open(const hdx_generation *live, hdx_sources **out,
                                helpdex_error *err);
void hdx_sources_free(hdx_sources *sources);

/*
 * Says what an article is. One of the default locale (`original`) is kept as a
 * source; they all come before the others. Of another, `missing` is set if its
 * body is that of its source word for word, and the origin gets its digest, its
 * source, its stakes and what is behind. Its head may name the hashes that it was made from
 * (`source_hash`). `arena` holds what the origin points to. Errors: NOMEM.
 */
helpdex_status hdx_sources_judge(hdx_sources *sources, const hdx_locale *locale,
                                 const hdx_locale *original, hdx_arena *arena,
                                 hdx_article *article, hdx_origin *origin,
                                 helpdex_error *err);

/* Adds what the file of the source of this id says now, by
   hdx_sources_judge(); nothing if there is none. */
typedef helpdex_status hdx_source_load(void *context, hdx_str id,
                                       helpdex_error *err);

/*
 * Says that of the default locale only the sources that were judged or touched
 * can differ from the live index. Others are loaded when they are asked for, by
 * one thread at a time. Before this, all of them are known.
 */
void hdx_sources_rely(hdx_sources *sources, hdx_source_load *load,
                      void *context);
/* Says that the source of an id may have changed, or gone. False: no memory. */
bool hdx_sources_touch(hdx_sources *sources, hdx_str id);

/* What the live index has of a locale; NULL: nothing. */
const hdx_forwards *hdx_sources_remembered(const hdx_sources *sources,
                                           hdx_str locale);

/*
 * Whether the live index would say of an article what it said, if its text has
 * not changed; for every article of a locale, but for the copies that it has
 * left out, which are not known here. True only if it is certain.
 */
bool hdx_sources_agree_on(hdx_sources *sources, const hdx_forward_article *was);
bool hdx_sources_agree(hdx_sources *sources, hdx_str locale);

#endif
