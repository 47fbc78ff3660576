/* SHA-256, by nettle. */
#ifndef HDX_DIGEST_H
#define HDX_DIGEST_H

#include <nettle/sha2.h>

#include "base/error.h"

enum { HDX_DIGEST_HEX = 2 * SHA256_DIGEST_SIZE };

/* A digest in lower-case hexadecimal, terminated. */
typedef struct hdx_digest {
    char hex[HDX_DIGEST_HEX + 1];
} hdx_digest;

hdx_digest hdx_digest_hex(const uint8_t bytes[SHA256_DIGEST_SIZE]);

void hdx_digest_start(struct sha256_ctx *context);
/* Adds a length and the bytes, so that no two lists of texts collide. */
void hdx_digest_add(struct sha256_ctx *context, hdx_str text);
hdx_digest hdx_digest_end(struct sha256_ctx *context);

/* Of the bytes alone, as sha256sum prints it. */
hdx_digest hdx_digest_of(hdx_str text);

/* Of a file as sha256sum prints it, and its size. Errors: NOT_FOUND, IO. */
helpdex_status hdx_digest_file(const char *path, hdx_digest *digest,
                               uint64_t *size, helpdex_error *err);

/* A file whose digest is wanted; what is known of it afterwards. */
typedef struct hdx_digest_job {
    const char *path;
    hdx_digest digest;
    uint64_t size;
    helpdex_error err; /* its status is OK, or one of hdx_digest_file() */
} hdx_digest_job;

/* Digests files, several at a time where there are processors for it. */
void hdx_digest_files(hdx_digest_job *jobs, size_t count);

/* Copies a file, and gives the digest of what was copied. Errors: those of
   hdx_file_copy(). */
helpdex_status hdx_digest_copy(const char *from, const char *to,
                               hdx_digest *digest, helpdex_error *err);

#endif
