/* Digests that tell whether a locale has to be indexed again. */
#include "indexer/fingerprint.h"

#include "base/digest.h"

hdx_str hdx_fingerprint_shared(hdx_arena *arena, hdx_stamp stamp,
                               const hdx_layout *layout)
{
    struct sha256_ctx context;
    hdx_str text =
        hdx_arena_format(arena, "%d %u %s %s", (int)HDX_SCHEMA_VERSION,
                         stamp.analyser, stamp.icu, layout->default_locale.tag);
    if (!text.ptr)
        return text;
    hdx_digest_start(&context);
    hdx_digest_add(&context, text);
    hdx_digest_add(&context, layout->config);
    hdx_digest digest = hdx_digest_end(&context);
    return hdx_arena_copy(arena, hdx_str_of(digest.hex));
}

void hdx_fingerprint_start(struct sha256_ctx *context, hdx_str shared,
                           hdx_catalog *catalog, const hdx_locale *locale)
{
    hdx_digest_start(context);
    hdx_digest_add(context, shared);
    hdx_digest_add(context, hdx_str_of(locale->tag));
    hdx_catalog_digest_for(catalog, locale, context);
}

hdx_digest hdx_fingerprint_setting(hdx_str shared, hdx_catalog *catalog,
                                   const hdx_locale *locale)
{
    struct sha256_ctx context;
    hdx_fingerprint_start(&context, shared, catalog, locale);
    return hdx_digest_end(&context);
}

/* `below` gives an article its id, and is not always a part of `shown`. */
void hdx_fingerprint_add(struct sha256_ctx *context,
                         const hdx_layout_file *file, const hdx_digest *digest)
{
    hdx_digest_add(context, file->shown);
    hdx_digest_add(context, file->below);
    hdx_digest_add(context, hdx_str_of(digest->hex));
}
