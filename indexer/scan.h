/*
 * What a scan of a knowledge base knows on its way, and its three steps beside
 * the names: finding the locale in the heads, and saying what was found.
 */
#ifndef HDX_SCAN_H
#define HDX_SCAN_H

#include "indexer/detect.h"
#include "indexer/layout.h"

typedef struct hdx_scan {
    hdx_arena *arena;
    const char *kb_dir;
    hdx_layout_hints hints;
    helpdex_report *report;
    hdx_layout *out;
    helpdex_error *err;
    hdx_layout_config config;
    hdx_str *paths; /* of all articles, below the knowledge base */
    hdx_str *stems; /* likewise, without their endings */
    size_t count;
    hdx_detected found;
} hdx_scan;

/* The ending that makes a file an article, as it is written; empty: none. */
hdx_str hdx_scan_ending(hdx_str path);

/* The first `parts` folders of a path, or all of it. */
hdx_str hdx_scan_top(hdx_str path, size_t parts);

/* Adds a finding about a path below the knowledge base; empty: about itself.
   `what` may be NULL: memory is out. */
helpdex_status hdx_scan_say(hdx_scan *scan, helpdex_severity severity,
                            hdx_str shown, const char *what);

/*
 * Places the articles by the `lang` in their heads; a permalink joins those of
 * one family. Returns in `*any` whether one has it.
 */
helpdex_status hdx_scan_place_by_key(hdx_scan *scan, bool *any);

/* Says how the folder was read, and what was left out or may be a mistake. */
helpdex_status hdx_scan_report(hdx_scan *scan);

#endif
