/* The fallback chain of a reader's locale over the locales of an index. */
#include "search/searcher.h"

#include "base/error.h"

/* Adds a locale that is not in the chain. */
static void add(helpdex_searcher *s, hdx_chain *chain, hdx_search_shard *shard,
                bool fallback)
{
    bool adds = true;
    for (size_t i = 0; i < chain->count; i++) {
        if (chain->links[i].delta)
            continue;
        if (chain->links[i].shard == shard)
            return;
        adds = adds && hdx_searcher_adds(s, shard, chain->links[i].shard);
    }
    chain->links[chain->count++] =
        (hdx_chain_link){.shard = shard, .fallback = fallback, .adds = adds};
    if (shard->delta)
        chain->links[chain->count++] = (hdx_chain_link){.shard = shard->delta,
                                                        .delta = true,
                                                        .fallback = fallback,
                                                        .adds = adds};
}

/* Adds the locales of one language, the best fit first. */
static void add_language(helpdex_searcher *s, const hdx_locale *wanted,
                         bool fallback, hdx_chain *chain)
{
    enum { BEST_FIT = 4 };
    for (int fit = BEST_FIT; fit > 0; fit--)
        for (size_t i = 0; i < s->count; i++)
            if (hdx_locale_fit(wanted, &s->shards[i].locale) == fit)
                add(s, chain, &s->shards[i], fallback);
}

helpdex_status hdx_chain_make(helpdex_searcher *searcher,
                              const hdx_locale *wanted, hdx_arena *arena,
                              hdx_chain *out, helpdex_error *err)
{
    const hdx_pack *pack;
    hdx_locale locale;
    *out = (hdx_chain){0};
    out->links =
        hdx_arena_alloc(arena, (2 * searcher->count + 1) * sizeof *out->links);
    if (!out->links)
        return hdx_fail_nomem(err);
    helpdex_status status =
        hdx_catalog_pack(searcher->catalog, wanted, &pack, err);
    if (status)
        return status;
    out->pack = pack;
    add_language(searcher, wanted, false, out);
    for (const char *const *tag = pack->fallback; *tag; tag++) {
        status = hdx_locale_read(hdx_str_of(*tag), &locale);
        if (status == HELPDEX_NOMEM)
            return hdx_fail_nomem(err);
        if (!status)
            add_language(searcher, &locale, true, out);
    }
    add_language(searcher, &searcher->default_locale, true, out);
    if (out->count == 0)
        return hdx_fail(err, HELPDEX_NOT_FOUND,
                        "the index has nothing for %s, its fallbacks or the "
                        "default locale; index one of them",
                        wanted->tag);
    return HELPDEX_OK;
}
