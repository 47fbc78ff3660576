/* Values of a configuration, and what is said of them when they are wrong. */
#ifndef HDX_VALUE_H
#define HDX_VALUE_H

#include "base/error.h"
#include "base/yaml.h"

typedef struct hdx_value_reader {
    hdx_arena *arena;
    const char *path;
    helpdex_error *err;
} hdx_value_reader;

/* BAD_INPUT at that place. */
helpdex_status hdx_value_fail(const hdx_value_reader *r, const hdx_yaml *at,
                              const char *what);

/* Of a key that no name of a table is; `what` is the part it stands in. */
helpdex_status hdx_value_unknown(const hdx_value_reader *r, const hdx_yaml *at,
                                 const char *what,
                                 const char *(*name)(size_t at));

/* One text that is not empty; borrowed from the tree, terminated. */
helpdex_status hdx_value_text(const hdx_value_reader *r, const hdx_yaml *at,
                              const char **out);

/* Digits of a number from 1 that a double of JSON holds. */
bool hdx_value_digits(hdx_str text, int64_t *out);

helpdex_status hdx_value_number(const hdx_value_reader *r, const hdx_yaml *at,
                                int64_t most, int64_t *out);

#endif
