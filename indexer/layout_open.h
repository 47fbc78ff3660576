/* The layout of a knowledge base with its default locale chosen. */
#ifndef HDX_LAYOUT_OPEN_H
#define HDX_LAYOUT_OPEN_H

#include "indexer/layout.h"
#include "text/pack.h"

/*
 * Scans as hdx_layout_scan() does; `only` is the locale of a single tree, or
 * NULL. Sets the default locale where none is declared, and puts it first: the
 * others' bodies are compared with its.
 */
helpdex_status hdx_layout_open(hdx_arena *arena, const char *kb_dir,
                               const hdx_locale *only, hdx_catalog *catalog,
                               helpdex_report *report, hdx_layout *out,
                               helpdex_error *err);

#endif
