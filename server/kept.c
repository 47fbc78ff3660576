/* A table of fixed size with a few places for each key, and a clock for what has
   not been asked for of late. */
#include "server/kept.h"

#include <stdlib.h>

enum { WAYS = 8, SHARE_MOST = 16 };

/* FNV-1a. */
static uint64_t hash_of(const hdx_kept_key *key)
{
    uint64_t hash = 0xCBF29CE484222325u ^ (key->packs ? 1 : 0);
    for (size_t i = 0; i < key->target.len; i++)
        hash = (hash ^ (unsigned char)key->target.ptr[i]) * 0x100000001B3u;
    return hash;
}

static bool is_of(const hdx_kept_answer *a, const hdx_kept_key *key,
                  uint64_t hash)
{
    return a->bytes && a->hash == hash && a->tag == key->tag.len &&
           a->target == key->target.len &&
           memcmp(a->bytes, key->tag.ptr, a->tag) == 0 &&
           memcmp(a->bytes + a->tag, key->target.ptr, a->target) == 0;
}

static size_t size_of(const hdx_kept_answer *a)
{
    return a->tag + a->target + a->body;
}

static void forget(hdx_kept *kept, hdx_kept_answer *a)
{
    if (!a->bytes)
        return;
    kept->bytes -= size_of(a);
    free(a->bytes);
    *a = (hdx_kept_answer){0};
}

const hdx_kept_answer *hdx_kept_find(hdx_kept *kept, const hdx_kept_key *key,
                                     hdx_str *body)
{
    uint64_t hash = hash_of(key);
    for (size_t i = 0; kept->places && i < WAYS; i++) {
        hdx_kept_answer *a = &kept->places[(hash + i) % HDX_KEPT_PLACES];
        if (!is_of(a, key, hash))
            continue;
        a->used = true;
        *body = (hdx_str){a->bytes + a->tag + a->target, a->body};
        return a;
    }
    return NULL;
}

/* A free place for a hash, else that of one not asked for of late, else any. */
static hdx_kept_answer *place_for(hdx_kept *kept, uint64_t hash)
{
    hdx_kept_answer *best = NULL;
    for (size_t i = 0; i < WAYS; i++) {
        hdx_kept_answer *a = &kept->places[(hash + i) % HDX_KEPT_PLACES];
        if (!a->bytes)
            return a;
        if (!best || (best->used && !a->used))
            best = a;
        a->used = false;
    }
    forget(kept, best);
    return best;
}

/* Two rounds of the hand are enough: the first takes every mark away. */
static void make_room(hdx_kept *kept, size_t size, size_t most)
{
    for (size_t i = 0;
         i < (size_t)2 * HDX_KEPT_PLACES && kept->bytes + size > most; i++) {
        hdx_kept_answer *a = &kept->places[kept->hand];
        kept->hand = (kept->hand + 1) % HDX_KEPT_PLACES;
        if (a->used)
            a->used = false;
        else
            forget(kept, a);
    }
}

void hdx_kept_add(hdx_kept *kept, const hdx_kept_key *key, hdx_str body,
                  bool packed, size_t most)
{
    hdx_kept_answer fresh = {.hash = hash_of(key),
                             .packed = packed,
                             .tag = key->tag.len,
                             .target = key->target.len,
                             .body = body.len};
    if (size_of(&fresh) > most / SHARE_MOST)
        return;
    if (!kept->places)
        kept->places = calloc(HDX_KEPT_PLACES, sizeof *kept->places);
    fresh.bytes = kept->places ? malloc(size_of(&fresh)) : NULL;
    if (!fresh.bytes)
        return;
    memcpy(fresh.bytes, key->tag.ptr, fresh.tag);
    memcpy(fresh.bytes + fresh.tag, key->target.ptr, fresh.target);
    memcpy(fresh.bytes + fresh.tag + fresh.target, body.ptr, body.len);
    make_room(kept, size_of(&fresh), most);
    *place_for(kept, fresh.hash) = fresh;
    kept->bytes += size_of(&fresh);
}

void hdx_kept_clear(hdx_kept *kept)
{
    for (size_t i = 0; kept->places && i < HDX_KEPT_PLACES; i++)
        forget(kept, &kept->places[i]);
}

void hdx_kept_free(hdx_kept *kept)
{
    hdx_kept_clear(kept);
    free(kept->places);
    kept->places = NULL;
}
