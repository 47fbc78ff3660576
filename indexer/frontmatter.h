/*
 * The head of an article: YAML between two lines of `---`, or TOML between two
 * of `+++`. Keys are read whatever their case and under the synonyms of other
 * tools; keys that are not known are no error.
 */
#ifndef HDX_FRONTMATTER_H
#define HDX_FRONTMATTER_H

#include "base/arena.h"
#include "base/error.h"
#include "base/yaml.h"

typedef struct hdx_strings {
    hdx_str *items;
    size_t count;
} hdx_strings;

typedef struct hdx_front_matter {
    hdx_str id; /* empty: none, as with every text here */
    hdx_str title;
    hdx_str description;
    hdx_strings questions;
    hdx_strings tags;
    hdx_str category;
    hdx_str modified; /* as written */
    hdx_str weight;   /* likewise */
    hdx_str stakes;
    hdx_str deep_link;
    hdx_strings regions;   /* as written, perhaps with a '-' before */
    hdx_strings platforms; /* likewise */
    hdx_strings source_hash;
    hdx_strings aliases; /* where else it was or is, of all synonyms */
    hdx_str permalink;   /* joins translations that name no id */
    hdx_str lang;        /* as written */
    bool draft;
    bool untranslated;
    bool outdated;        /* the translator says so */
    size_t body;          /* byte offset behind the head */
    const hdx_yaml *root; /* all of the head; NULL: there is none */
} hdx_front_matter;

/* Errors: BAD_INPUT (not closed, not YAML or TOML) with line and column. */
helpdex_status hdx_front_matter_read(hdx_arena *arena, hdx_str text,
                                     const char *file, hdx_front_matter *out,
                                     helpdex_error *err);

/* The keys that are read, synonyms and all, some of them twice; "a.b" is a key
   below another. NULL behind the last. */
const char *hdx_front_matter_key(size_t at);

#endif
