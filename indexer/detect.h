/*
 * Which layout a knowledge base has, by the names of its files alone: every
 * layout is a row of a table of patterns, all are tried, and the one under
 * which most files belong together is taken. A folder or a suffix is not a
 * locale because its name is a tag: `id/`, `no/` and `x.cs.md` must be borne
 * out by what lies beside them, or by `helpdex.yml`.
 */
#ifndef HDX_DETECT_H
#define HDX_DETECT_H

#include "indexer/layout_config.h"

/* A text that stands where a layout has its locales. */
typedef struct hdx_detect_name {
    hdx_str text;
    hdx_locale locale;
    bool tag;      /* it is one, or an alias */
    bool known;    /* by helpdex.yml */
    bool wanted;   /* likewise */
    bool taken;    /* in this layout */
    size_t files;  /* that stand under it */
    size_t shared; /* of them, those that another locale has too */
} hdx_detect_name;

/* Where a file stands. */
typedef enum hdx_place_kind {
    HDX_PLACE_NOWHERE,
    HDX_PLACE_DEFAULT, /* in no locale of its own: of the default one */
    HDX_PLACE_LOCALE
} hdx_place_kind;

typedef struct hdx_place {
    hdx_place_kind kind;
    size_t name;  /* of a locale */
    hdx_str rest; /* what is the same in all locales */
} hdx_place;

typedef struct hdx_detected {
    const char *name;                          /* of the layout */
    hdx_pattern patterns[HDX_LAYOUT_PATTERNS]; /* as in the configuration */
    size_t pattern_count;                      /* 0: none fits */
    hdx_detect_name *names;
    size_t name_count;
    hdx_place *places; /* of each file */
} hdx_detected;

/*
 * Tries the layouts on the paths of articles, their endings taken off; all in
 * `arena`. Errors: BAD_INPUT (the layout of the configuration is not known).
 */
helpdex_status hdx_detect(hdx_arena *arena, const hdx_layout_config *config,
                          const hdx_str *stems, size_t count,
                          const char *kb_dir, hdx_detected *out,
                          helpdex_error *err);

/* The layout's patterns as a text, one behind the other. */
hdx_str hdx_detected_patterns(hdx_arena *arena, const hdx_detected *detected);

/* Whether the configuration allows for the layout whose heads say `lang`. */
bool hdx_detect_by_key(const hdx_layout_config *config);

/* The names of layouts, some of them twice; NULL behind the last. */
const char *hdx_detect_layout(size_t at);

#endif
