/* Comparing the groups of synonyms of locale packs. */
#include "indexer/synonyms.h"

#include "base/error.h"

/* The packs of a layout, each once. */
typedef struct packs {
    const hdx_pack **items;
    size_t count;
} packs;

static helpdex_status list_packs(hdx_catalog *catalog, const hdx_layout *layout,
                                 hdx_arena *arena, packs *out,
                                 helpdex_error *err)
{
    hdx_locale root;
    helpdex_status status = HELPDEX_OK;
    out->items =
        hdx_arena_alloc(arena, layout->count * sizeof(const hdx_pack *));
    if (!out->items || !hdx_locale_root(&root))
        return hdx_fail_nomem(err);
    for (size_t i = 0; i < layout->count && !status; i++) {
        const hdx_pack *pack;
        size_t n = 0;
        status =
            hdx_catalog_pack(catalog, &layout->locales[i].locale, &pack, err);
        while (!status && n < out->count && out->items[n] != pack)
            n++;
        if (!status && n == out->count &&
            strcmp(pack->locale.tag, root.tag) != 0)
            out->items[out->count++] = pack;
    }
    return status;
}

static bool has_group(const hdx_pack *pack, hdx_str group)
{
    for (size_t i = 0; i < pack->synonym_count; i++)
        if (hdx_str_eq(pack->synonyms[i].group, group))
            return true;
    return false;
}

/* Adds the groups that the pack lacks and another has, each once. */
static void list_missing(const packs *all, const hdx_pack *pack, hdx_buf *out)
{
    for (size_t i = 0; i < all->count; i++)
        for (size_t n = 0; n < all->items[i]->synonym_count; n++) {
            hdx_str group = all->items[i]->synonyms[n].group;
            bool known = has_group(pack, group);
            for (size_t before = 0; before < i && !known; before++)
                known = has_group(all->items[before], group);
            if (known)
                continue;
            hdx_buf_add(out, out->len ? HDX_STR(", ") : HDX_STR(""));
            hdx_buf_add(out, group);
        }
}

static helpdex_status warn(const hdx_pack *pack, hdx_str missing,
                           hdx_arena *arena, helpdex_report *report,
                           helpdex_error *err)
{
    hdx_str message = hdx_arena_format(
        arena,
        "no synonyms for %.*s, which other locales have; add the groups, or "
        "empty lists where the language has one word alone",
        HDX_FMT(missing));
    return message.ptr ? hdx_report_add(report, HELPDEX_WARNING, pack->path, 0,
                                        0, message.ptr, err)
                       : hdx_fail_nomem(err);
}

helpdex_status hdx_synonyms_check(hdx_catalog *catalog,
                                  const hdx_layout *layout, hdx_arena *arena,
                                  helpdex_report *report, helpdex_error *err)
{
    packs all = {0};
    helpdex_status status = list_packs(catalog, layout, arena, &all, err);
    for (size_t i = 0; i < all.count && !status; i++) {
        hdx_buf missing = {0};
        list_missing(&all, all.items[i], &missing);
        if (missing.failed)
            status = hdx_fail_nomem(err);
        else if (missing.len)
            status =
                warn(all.items[i], hdx_buf_str(&missing), arena, report, err);
        hdx_buf_free(&missing);
    }
    return status;
}
