/*
 * A knowledge base as every reader of it begins: the packs of its languages,
 * its files by locale, and which locale the others are translated from.
 */
#ifndef HDX_TREE_H
#define HDX_TREE_H

#include "indexer/layout.h"
#include "text/pack.h"

typedef struct hdx_tree {
    hdx_catalog *catalog;
    hdx_layout layout; /* the default locale first, always one */
} hdx_tree;

/*
 * Opens the packs of `locales_dir` (NULL: those built in), parses all, and
 * scans `kb_dir`. `only`: a tag, the base is one tree of that locale; NULL:
 * names of files tell. The layout is in `arena`. The tree is to be released
 * after a failure, too. Errors: INVALID (no tag), those of hdx_catalog_open()
 * and hdx_layout_scan().
 */
helpdex_status hdx_tree_open(hdx_arena *arena, const char *kb_dir,
                             const char *only, const char *locales_dir,
                             helpdex_report *report, hdx_tree *out,
                             helpdex_error *err);
void hdx_tree_free(hdx_tree *tree);

#endif
