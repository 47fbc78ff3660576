/*
 * What the files of a locale were made from, as one digest: the bytes and the
 * places of its articles, its locale pack and those it takes from, helpdex.yml,
 * and the versions of schema, analyser and ICU. The articles of the default
 * locale are no part of it, though translations are held against them: see
 * hdx_sources_agree().
 */
#ifndef HDX_FINGERPRINT_H
#define HDX_FINGERPRINT_H

#include "base/digest.h"
#include "indexer/layout.h"
#include "store/generation.h"
#include "text/pack.h"

/* The digest of what all locales share, in `arena`; `ptr` NULL: no memory. */
hdx_str hdx_fingerprint_shared(hdx_arena *arena, hdx_stamp stamp,
                               const hdx_layout *layout);

/* The digest of what a locale is made from beside articles. */
hdx_digest hdx_fingerprint_setting(hdx_str shared, hdx_catalog *catalog,
                                   const hdx_locale *locale);

/* Begins the digest of a locale. */
void hdx_fingerprint_start(struct sha256_ctx *context, hdx_str shared,
                           hdx_catalog *catalog, const hdx_locale *locale);

/* Adds an article by the digest of its bytes; they come in the order of the
   layout. */
void hdx_fingerprint_add(struct sha256_ctx *context,
                         const hdx_layout_file *file, const hdx_digest *digest);

#endif
