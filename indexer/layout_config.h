/*
 * `helpdex.yml`, which may stand at the top of a knowledge base: what the names
 * of files and folders do not say by themselves.
 */
#ifndef HDX_LAYOUT_CONFIG_H
#define HDX_LAYOUT_CONFIG_H

#include "base/arena.h"
#include "base/yaml.h"
#include "indexer/pattern.h"
#include "text/locale.h"

#define HDX_CONFIG_FILE "helpdex.yml"

enum { HDX_LAYOUT_PATTERNS = 4 };

typedef struct hdx_layout_config {
    hdx_str text;              /* of the file; empty: there is none */
    hdx_locale default_locale; /* tag empty: not declared */
    hdx_locale *locales;       /* only these */
    size_t locale_count;       /* 0: all */
    const hdx_yaml *aliases;   /* map from a name to a tag, or NULL */
    const hdx_yaml *exclude;   /* list of patterns, or NULL */
    hdx_str url;               /* empty: none */
    hdx_str contact;           /* likewise */
    hdx_str layout;            /* a name; empty: `auto`, or patterns */
    unsigned layout_line, layout_column;
    hdx_pattern
        patterns[HDX_LAYOUT_PATTERNS]; /* one with `{locale}` at least */
    size_t pattern_count;              /* 0: a name, or `auto` */
} hdx_layout_config;

/* Reads the file of `kb_dir`; it may be missing. All in `arena`. Errors:
   BAD_INPUT with line and column, IO. */
helpdex_status hdx_layout_config_read(hdx_arena *arena, const char *kb_dir,
                                      hdx_layout_config *out,
                                      helpdex_error *err);

/* Whether the path below the knowledge base, terminated, is excluded. */
bool hdx_layout_config_excludes(const hdx_layout_config *config, hdx_str path);

/* The locale of a name, by the aliases or by itself. Errors: BAD_INPUT (it is
   none), NOMEM. */
helpdex_status hdx_layout_config_locale(const hdx_layout_config *config,
                                        hdx_str name, hdx_locale *out);

/* Whether a locale is to be indexed. */
bool hdx_layout_config_wants(const hdx_layout_config *config,
                             const hdx_locale *locale);

/* Whether a name is an alias, or its locale is listed or the default. */
bool hdx_layout_config_knows(const hdx_layout_config *config, hdx_str name,
                             const hdx_locale *locale);

/* The keys that helpdex.yml may have; NULL behind the last. */
const char *hdx_layout_config_key(size_t at);

#endif
