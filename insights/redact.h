/* Text without what is nobody's business, for logs and reports. */
#ifndef HDX_REDACT_H
#define HDX_REDACT_H

#include "base/arena.h"
#include "base/error.h"

typedef struct hdx_redaction {
    hdx_str text;     /* terminated; of a seed phrase its placeholder alone */
    size_t count;     /* of placeholders in it */
    bool seed_phrase; /* the text had one: keep nothing of it */
} hdx_redaction;

/*
 * Redacts valid UTF-8 of less than 4 GiB, and keeps what stands for its first
 * `most` bytes (SIZE_MAX: all of it). `*out` lives in `arena`. Errors: STORE.
 */
helpdex_status hdx_redact(hdx_arena *arena, hdx_str text, size_t most,
                          hdx_redaction *out, helpdex_error *err);

#endif
