/*
 * YAML as a tree of places and texts, read by libyaml's events. One document,
 * at most 1 MiB, 32 levels and 100,000 nodes; aliases, anchors and tags are
 * refused, so that no input can grow. Every scalar is its text: `1`, `null`
 * and dates are strings, and the reader of a key decides what they mean.
 */
#ifndef HDX_YAML_H
#define HDX_YAML_H

#include "base/arena.h"
#include "base/error.h"

typedef enum hdx_yaml_kind {
    HDX_YAML_SCALAR,
    HDX_YAML_LIST,
    HDX_YAML_MAP
} hdx_yaml_kind;

typedef struct hdx_yaml hdx_yaml;
struct hdx_yaml {
    hdx_yaml_kind kind;
    unsigned line; /* from 1, in the file */
    unsigned column;
    hdx_str key;     /* inside a map; terminated */
    hdx_str text;    /* of a scalar; terminated */
    bool plain;      /* a scalar without quotes: null and ~ say nothing */
    hdx_yaml *first; /* of a list or map */
    hdx_yaml *next;  /* sibling */
};

/*
 * Parses `text`, whose first line is line `first_line` of `file`. `*root` is
 * NULL for an empty document, and lives in `arena`. Errors: BAD_INPUT.
 */
helpdex_status hdx_yaml_parse(hdx_arena *arena, hdx_str text, const char *file,
                              unsigned first_line, hdx_yaml **root,
                              helpdex_error *err);

/* The value of a key, ASCII case ignored; "a.b" looks below. NULL if absent. */
const hdx_yaml *hdx_yaml_get(const hdx_yaml *map, const char *key);

#endif
