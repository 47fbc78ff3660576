/*
 * The index of one locale in the making: analysed sections go to the engine,
 * their texts to the forward file, both under the same ordinals.
 */
#ifndef HDX_SHARD_H
#define HDX_SHARD_H

#include <helpdex/index.h>

#include "indexer/article.h"
#include "text/analyse.h"

typedef struct hdx_shard hdx_shard;

/* Starts the shard of a locale in the new folder `dir`. `locale` and `pack`
   must outlive it. */
helpdex_status hdx_shard_new(const char *dir, const char *locale,
                             const hdx_pack *pack, hdx_shard **out,
                             helpdex_error *err);

/* The file of the article that has this id already; NULL: none has. */
const char *hdx_shard_path_of(const hdx_shard *shard, hdx_str id);

/* What is known of an article from outside of its file. */
typedef struct hdx_origin {
    hdx_str path; /* below the folder that is indexed */
    hdx_str url;
    hdx_str source; /* see hdx_forward_article, as are the next five */
    uint64_t digest;
    uint32_t helped, unhelped;
    uint16_t behind, sections;
    bool high_stakes; /* its source says so */
    bool copy;        /* its body is that of its source */
} hdx_origin;

/* Adds an article with all its sections; `text` is that of its file. */
helpdex_status hdx_shard_add(hdx_shard *shard, const hdx_article *article,
                             const hdx_origin *origin, hdx_str text,
                             helpdex_error *err);

/* Writes the files and fills in articles, sections and terms of `stats`. */
helpdex_status hdx_shard_finish(hdx_shard *shard, helpdex_locale_stats *stats,
                                helpdex_error *err);
void hdx_shard_free(hdx_shard *shard);

#endif
