/*
 * The file of keys: YAML that the program writes and people may read. It holds
 * hashes, from which no key can be had.
 */
#ifndef HDX_SERVER_KEYFILE_H
#define HDX_SERVER_KEYFILE_H

#include "base/arena.h"
#include "base/error.h"

enum { HDX_KEY_ID = 8, HDX_KEY_HASH = 32, HDX_KEYS_MOST = 1000 };
enum { HDX_KEY_NAME = 80 }; /* bytes of a name, at most */

typedef struct hdx_key {
    char id[HDX_KEY_ID + 1]; /* hexadecimal digits, to speak of it by */
    unsigned scope;          /* one HDX_SCOPE_ of server/route.h */
    hdx_str name;            /* terminated; may be empty */
    int64_t created;         /* seconds since 1970 */
    int64_t expires;         /* 0: never */
    int64_t revoked;         /* 0: it is not */
    unsigned char hash[HDX_KEY_HASH];
} hdx_key;

typedef struct hdx_key_list {
    hdx_arena arena;
    hdx_key *items; /* the oldest first */
    size_t count;
} hdx_key_list;

/* "public", "agent", "analyst" or "admin". */
const char *hdx_key_scope_name(unsigned scope);
/* 0: no scope is called so. */
unsigned hdx_key_scope_of(hdx_str name);

/* Whether a key admits anybody at a moment. */
bool hdx_key_is_live(const hdx_key *key, int64_t now);

/* "2026-11-24T08:00:30Z" */
enum { HDX_KEY_DATE = 24 };
void hdx_key_date(int64_t seconds, char out[HDX_KEY_DATE]);

/*
 * Room for one more is behind the last. `*out` is to be released with
 * hdx_key_list_free(), and empty on failure. Errors: NOT_FOUND, IO, BAD_INPUT
 * (the line, or that others may write it).
 */
helpdex_status hdx_keyfile_read(const char *path, hdx_key_list *out,
                                helpdex_error *err);
helpdex_status hdx_keyfile_write(const char *path, const hdx_key_list *keys,
                                 helpdex_error *err);
void hdx_key_list_free(hdx_key_list *keys);

#endif
