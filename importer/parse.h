/*
 * JSON of an export by cJSON, with what that does not tell: where in the file a
 * fault or an item stands.
 */
#ifndef HDX_IMPORT_PARSE_H
#define HDX_IMPORT_PARSE_H

#include <cjson/cJSON.h>

#include "importer/intake.h"

/*
 * Parses `text`, the part of a file that begins at `start`. `*root` is NULL
 * after a fault was said; to be deleted with cJSON_Delete(). Errors: NOMEM.
 */
helpdex_status hdx_parse_json(hdx_intake *in, hdx_place start, hdx_str text,
                              cJSON **root, helpdex_error *err);

/*
 * The offset of item `number` of the list `key` of a parsed object, or of the
 * list that the whole text is when `key` is NULL. `*from` is 0 at first and
 * keeps the way so far: items are asked for in order.
 */
size_t hdx_item_offset(hdx_str text, const char *key, size_t *from);

/* The text of a member, numbers as digits; empty if it is absent or null. */
hdx_str hdx_member_text(hdx_intake *in, const cJSON *object, const char *name);

/* A moment: a text as it is, seconds since 1970 as a day. */
hdx_str hdx_member_moment(hdx_intake *in, const cJSON *object,
                          const char *name);

#endif
