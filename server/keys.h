/*
 * Keys that callers send, and what each may do. A key is 256 random bits, so
 * that what is kept of it is a plain BLAKE2b-256 (libsodium's generichash):
 * Argon2id makes guessing a password slow, and here there is nothing to guess,
 * while a slow hash at every request would only let strangers keep the server
 * busy. All hashes are compared, each in constant time, whatever was sent.
 *
 * A file that changes is read again before the next key is looked for: what is
 * revoked admits nobody from then on. While it cannot be read, no key does.
 */
#ifndef HDX_SERVER_KEYS_H
#define HDX_SERVER_KEYS_H

#include "server/keyfile.h"

/* "hdx_", the id, "_" and 64 hexadecimal digits. */
enum { HDX_KEY_TEXT = 4 + HDX_KEY_ID + 1 + 64 };

typedef struct hdx_keys hdx_keys;

/* What a key admits to; all zero: it is none, or none that is live. */
typedef struct hdx_grant {
    unsigned scopes;         /* HDX_SCOPE_..., with what the scope includes */
    uint64_t number;         /* to count by; never 0 */
    char id[HDX_KEY_ID + 1]; /* for logs */
} hdx_grant;

/* An agent and an analyst may do what the public may, an admin everything. */
unsigned hdx_scope_grants(unsigned scope);

/* `*out` is to be released with hdx_keys_free(); NULL on failure. Errors:
   NOT_FOUND (no such file), BAD_INPUT (the line), IO. */
helpdex_status hdx_keys_open(const char *path, hdx_keys **out,
                             helpdex_error *err);
void hdx_keys_free(hdx_keys *keys);

/*
 * What a text that was sent as a key admits to at `now`. Any number of threads
 * at a time; one stat() a call. Errors: those of hdx_keys_open(), of a file
 * that has changed since; nobody is admitted then.
 */
helpdex_status hdx_keys_find(hdx_keys *keys, hdx_str text, int64_t now,
                             hdx_grant *out, helpdex_error *err);

/*
 * Adds a key to a file, which may be new. Its text is in `text`, terminated,
 * and nowhere else: wipe it when it has been shown. Errors: INVALID (the name,
 * a day that is past), IN_USE (another writes), BAD_INPUT, IO.
 */
helpdex_status hdx_keys_create(const char *path, const hdx_key *wanted,
                               int64_t now, char text[HDX_KEY_TEXT + 1],
                               char id[HDX_KEY_ID + 1], helpdex_error *err);

/* Of one that is revoked already nothing changes. Errors: NOT_FOUND (the file,
   or a key of that id), IN_USE, BAD_INPUT, IO. */
helpdex_status hdx_keys_revoke(const char *path, const char *id, int64_t now,
                               helpdex_error *err);

#endif
