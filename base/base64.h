/* Base64 for URLs (RFC 4648, section 5), without padding, by nettle. */
#ifndef HDX_BASE64_H
#define HDX_BASE64_H

#include "base/arena.h"

bool hdx_base64_add(hdx_buf *out, hdx_str bytes);

/* The bytes, terminated, in `arena`; `ptr` is NULL when the text is none, or
   memory is out. */
hdx_str hdx_base64_read(hdx_arena *arena, hdx_str text);

#endif
