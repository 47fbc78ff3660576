/*
 * Scanning a knowledge base and choosing its default locale. No article is
 * read here.
 */
#include "indexer/tree.h"

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

/*
 * The locale to use when none is asked for: the declared one, else the first
 * of the root pack's fallbacks that is here, else the first of all.
 */
static helpdex_status choose_default(hdx_layout *l, const hdx_pack *root,
                                     helpdex_error *err)
{
    hdx_locale wanted;
    if (l->default_locale.tag[0] || !root)
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

/* The default locale goes first: the others' bodies are compared with its. */
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

/* What is of no locale is presumed to be of the first fallback of any
   language. */
static helpdex_status scan(hdx_arena *arena, const char *kb_dir,
                           const hdx_locale *only, helpdex_report *report,
                           hdx_tree *tree, helpdex_error *err)
{
    const hdx_pack *root = NULL;
    hdx_locale presumed;
    hdx_layout_hints hints = {.only = only};
    helpdex_status status = root_pack(tree->catalog, &root, err);
    if (!status && root && root->fallback[0] &&
        hdx_locale_parse(hdx_str_of(root->fallback[0]), &presumed))
        hints.presumed = &presumed;
    if (!status)
        status =
            hdx_layout_scan(arena, kb_dir, hints, report, &tree->layout, err);
    if (!status)
        status = choose_default(&tree->layout, root, err);
    if (!status)
        default_first(&tree->layout);
    return status;
}

helpdex_status hdx_tree_open(hdx_arena *arena, const char *kb_dir,
                             const char *only, const char *locales_dir,
                             helpdex_report *report, hdx_tree *out,
                             helpdex_error *err)
{
    hdx_locale locale;
    *out = (hdx_tree){0};
    if (only && !hdx_locale_parse(hdx_str_of(only), &locale))
        return hdx_fail(err, HELPDEX_INVALID,
                        "\"%s\" is not a language tag; write one, such as "
                        "pt-BR",
                        only);
    helpdex_status status = hdx_catalog_open(locales_dir, &out->catalog, err);
    if (!status)
        status = hdx_catalog_check(out->catalog, err);
    if (!status)
        status = scan(arena, kb_dir, only ? &locale : NULL, report, out, err);
    return status;
}

void hdx_tree_free(hdx_tree *tree)
{
    hdx_catalog_free(tree->catalog);
    tree->catalog = NULL;
}
