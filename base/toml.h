/*
 * TOML as the tree that YAML gives: keys, strings of all four kinds, numbers,
 * dates, booleans, arrays, tables and arrays of tables, as heads of articles
 * have them. At most 1 MiB, 32 levels and 100,000 values. What is none of that
 * is refused with its line. Every scalar is its text, as with YAML.
 */
#ifndef HDX_TOML_H
#define HDX_TOML_H

#include "base/yaml.h"

/*
 * Parses `text`, whose first line is line `first_line` of `file`. `*root` is
 * a map, perhaps empty, and lives in `arena`. Errors: BAD_INPUT.
 */
helpdex_status hdx_toml_parse(hdx_arena *arena, hdx_str text, const char *file,
                              unsigned first_line, hdx_yaml **root,
                              helpdex_error *err);

#endif
