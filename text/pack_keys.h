/* Reading one locale pack; the catalogue (text/pack.c) says which. */
#ifndef HDX_PACK_KEYS_H
#define HDX_PACK_KEYS_H

#include "base/yaml.h"
#include "text/pack.h"

/*
 * Reads a pack whose locale is set from its YAML (NULL: an empty file); what it
 * does not say is taken from `wider`, unless that is NULL. Texts live in
 * `arena`. Errors: BAD_INPUT with line and column in `path`.
 */
helpdex_status hdx_pack_read(hdx_arena *arena, const char *path,
                             const hdx_yaml *root, const hdx_pack *wider,
                             hdx_pack *pack, helpdex_error *err);

/* The keys that a pack may have; NULL behind the last. */
const char *hdx_pack_key(size_t at);

/* Releases what does not live in the arena. NULL is fine. */
void hdx_pack_release(hdx_pack *pack);

#endif
