/*
 * The locale to use when none is asked for: the declared one, else the first
 * of the root pack's fallbacks that is here, else the first of all.
 */
#include "indexer/layout_open.h"

#include "base/error.h"

/* The pack of any language: its fallbacks are what is likely there. */
static helpdex_status root_pack(hdx_catalog *catalog, const hdx_pack **pack,
                                helpdex_error *err)
{
    hdx_locale root;
    if (!hdx_locale_root(&root))
        return hdx_fail_nomem(err);
    return hdx_catalog_pack(catalog, &root, pack, err);
}

static helpdex_status choose_default(const hdx_pack *root, hdx_layout *l,
                                     helpdex_error *err)
{
    hdx_locale wanted;
    if (l->default_locale.tag[0])
        return HELPDEX_OK;
    for (const char *const *tag = root->fallback; *tag; tag++) {
        if (hdx_locale_read(hdx_str_of(*tag), &wanted) == HELPDEX_NOMEM)
            return hdx_fail_nomem(err);
        for (size_t i = 0; i < l->count; i++)
            if (hdx_locale_fit(&wanted, &l->locales[i].locale) > 0) {
                l->default_locale = l->locales[i].locale;
                return HELPDEX_OK;
            }
    }
    l->default_locale = l->locales[0].locale;
    return HELPDEX_OK;
}

static void default_first(hdx_layout *layout)
{
    for (size_t i = 0; i < layout->count; i++) {
        hdx_layout_locale found = layout->locales[i];
        if (strcmp(found.locale.tag, layout->default_locale.tag) != 0)
            continue;
        memmove(layout->locales + 1, layout->locales,
                i * sizeof *layout->locales);
        layout->locales[0] = found;
        return;
    }
}

helpdex_status hdx_layout_open(hdx_arena *arena, const char *kb_dir,
                               const hdx_locale *only, hdx_catalog *catalog,
                               helpdex_report *report, hdx_layout *out,
                               helpdex_error *err)
{
    const hdx_pack *root = NULL;
    hdx_locale presumed;
    hdx_layout_hints hints = {.only = only};
    helpdex_status status = root_pack(catalog, &root, err);
    /* What is of no locale is presumed to be of the first fallback of any
       language. */
    if (!status && root->fallback[0] &&
        hdx_locale_parse(hdx_str_of(root->fallback[0]), &presumed))
        hints.presumed = &presumed;
    if (!status)
        status = hdx_layout_scan(arena, kb_dir, hints, report, out, err);
    if (!status)
        status = choose_default(root, out, err);
    if (!status)
        default_first(out);
    return status;
}
