/*
 * JSON written piece by piece into a buffer: no tree is built, which costs a
 * quarter of one, and running out of memory leaves `failed` in the buffer
 * instead of an object with a part missing. It does not read JSON.
 */
#ifndef HDX_JSON_H
#define HDX_JSON_H

#include "base/str.h"

/* Zeroed but for `out`, it stands before the first value. */
typedef struct hdx_json {
    hdx_buf *out;
    bool indent; /* for people; else all is on one line */
    bool behind; /* a value: the next one needs a comma */
    unsigned depth;
} hdx_json;

/*
 * Each adds one value. `key` is that of a member of an object, NULL in a list
 * and at the root. Keys and texts are valid UTF-8.
 */
void hdx_json_object(hdx_json *json, const char *key);
void hdx_json_list(hdx_json *json, const char *key);
void hdx_json_end_object(hdx_json *json);
void hdx_json_end_list(hdx_json *json);
void hdx_json_str(hdx_json *json, const char *key, hdx_str text);
/* NULL is null. */
void hdx_json_text(hdx_json *json, const char *key, const char *text);
void hdx_json_bool(hdx_json *json, const char *key, bool value);
void hdx_json_count(hdx_json *json, const char *key, uint64_t value);
/* With as many decimals as there are, six at most; null if it is no number. */
void hdx_json_number(hdx_json *json, const char *key, double value);
void hdx_json_null(hdx_json *json, const char *key);
/* What is JSON already. */
void hdx_json_raw(hdx_json *json, const char *key, hdx_str value);

#endif
