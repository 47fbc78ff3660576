/* HMAC-SHA256 (RFC 2104), by nettle: who wrote a text, to who shares a key. */
#ifndef HDX_HMAC_H
#define HDX_HMAC_H

#include "base/digest.h"

/* Of the parts one after the other. */
hdx_digest hdx_hmac(hdx_str key, const hdx_str *parts, size_t count);

#endif
