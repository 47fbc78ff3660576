/* Looking for keys, and changing the file of them. */
#include "server/keys.h"

#include <errno.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "server/route.h"

enum { SECRET = 32 };

/* By which a file that was read is told from one that has replaced it. */
typedef struct stamp {
    dev_t device;
    ino_t inode;
    off_t size;
    struct timespec changed;
} stamp;

struct hdx_keys {
    char *path;
    pthread_rwlock_t lock; /* of all below */
    hdx_key_list list;
    stamp read; /* all zero: it must be read */
};

static const char prefix[] = "hdx_";

unsigned hdx_scope_grants(unsigned scope)
{
    if (scope == HDX_SCOPE_ADMIN)
        return HDX_SCOPE_ANY;
    return scope ? scope | HDX_SCOPE_PUBLIC : 0;
}

static helpdex_status start(helpdex_error *err)
{
    return sodium_init() < 0
               ? hdx_fail(err, HELPDEX_IO,
                          "the system gives no random numbers; check "
                          "/dev/urandom")
               : HELPDEX_OK;
}

static stamp stamp_of(const char *path)
{
    struct stat file;
    if (stat(path, &file) != 0)
        return (stamp){0};
    return (stamp){file.st_dev, file.st_ino, file.st_size, file.st_ctim};
}

static bool is_same(const stamp *a, const stamp *b)
{
    return a->inode && a->device == b->device && a->inode == b->inode &&
           a->size == b->size && a->changed.tv_sec == b->changed.tv_sec &&
           a->changed.tv_nsec == b->changed.tv_nsec;
}

/* The stamp is from before: what is written meanwhile is read next time. Of
   what cannot be read nothing is kept. */
static helpdex_status read_again(hdx_keys *keys, helpdex_error *err)
{
    stamp now = stamp_of(keys->path);
    if (is_same(&now, &keys->read))
        return HELPDEX_OK;
    hdx_key_list list;
    helpdex_status status = hdx_keyfile_read(keys->path, &list, err);
    hdx_key_list_free(&keys->list);
    keys->list = list;
    keys->read = status ? (stamp){0} : now;
    return status;
}

helpdex_status hdx_keys_open(const char *path, hdx_keys **out,
                             helpdex_error *err)
{
    *out = NULL;
    helpdex_status status = start(err);
    if (status)
        return status;
    hdx_keys *keys = calloc(1, sizeof *keys);
    if (!keys)
        return hdx_fail_nomem(err);
    pthread_rwlock_init(&keys->lock, NULL);
    keys->path = strdup(path);
    status = keys->path ? read_again(keys, err) : hdx_fail_nomem(err);
    if (status)
        hdx_keys_free(keys);
    else
        *out = keys;
    return status;
}

void hdx_keys_free(hdx_keys *keys)
{
    if (!keys)
        return;
    hdx_key_list_free(&keys->list);
    pthread_rwlock_destroy(&keys->lock);
    free(keys->path);
    free(keys);
}

static void hash_text(hdx_str text, unsigned char out[HDX_KEY_HASH])
{
    crypto_generichash(out, HDX_KEY_HASH, (const unsigned char *)text.ptr,
                       text.len, NULL, 0);
}

static uint64_t number_of(const hdx_key *key)
{
    return strtoull(key->id, NULL, 16) | UINT64_C(1) << 32;
}

/* Looks at all of them: how long it takes says nothing of which fits. */
static void find(const hdx_key_list *list, hdx_str text, int64_t now,
                 hdx_grant *out)
{
    unsigned char hash[HDX_KEY_HASH];
    if (text.len != HDX_KEY_TEXT)
        return;
    hash_text(text, hash);
    for (size_t i = 0; i < list->count; i++) {
        const hdx_key *key = &list->items[i];
        if (sodium_memcmp(hash, key->hash, sizeof hash) == 0 &&
            hdx_key_is_live(key, now)) {
            out->scopes = hdx_scope_grants(key->scope);
            out->number = number_of(key);
            memcpy(out->id, key->id, sizeof out->id);
        }
    }
}

helpdex_status hdx_keys_find(hdx_keys *keys, hdx_str text, int64_t now,
                             hdx_grant *out, helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    stamp current = stamp_of(keys->path);
    *out = (hdx_grant){0};
    pthread_rwlock_rdlock(&keys->lock);
    bool same = is_same(&current, &keys->read);
    if (same)
        find(&keys->list, text, now, out);
    pthread_rwlock_unlock(&keys->lock);
    if (same)
        return HELPDEX_OK;
    pthread_rwlock_wrlock(&keys->lock);
    status = read_again(keys, err);
    if (!status)
        find(&keys->list, text, now, out);
    pthread_rwlock_unlock(&keys->lock);
    return status;
}

/* Held while a file is read and written again: the lock of its folder, so that
   nothing is left beside it, which another user could not open. */
static helpdex_status lock_file(const char *path, int *fd, helpdex_error *err)
{
    const char *slash = strrchr(path, '/');
    hdx_arena arena = {0};
    hdx_str folder = hdx_arena_format(
        &arena, "%.*s.", slash ? (int)(slash + 1 - path) : 0, path);
    helpdex_status status =
        folder.ptr
            ? hdx_file_lock(folder.ptr, HDX_LOCK_EXCLUSIVE, false, fd, err)
            : hdx_fail_nomem(err);
    hdx_arena_free(&arena);
    return status;
}

static hdx_key *find_id(const hdx_key_list *list, const char *id)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].id, id) == 0)
            return &list->items[i];
    return NULL;
}

static helpdex_status check_wanted(const hdx_key *wanted, int64_t now,
                                   helpdex_error *err)
{
    bool plain = hdx_utf8_check(wanted->name) == SIZE_MAX &&
                 wanted->name.len <= HDX_KEY_NAME;
    for (size_t i = 0; i < wanted->name.len; i++)
        plain = plain && (unsigned char)wanted->name.ptr[i] >= ' ' &&
                wanted->name.ptr[i] != 0x7F;
    if (!plain)
        return hdx_fail(err, HELPDEX_INVALID,
                        "the name of a key is a line of at most %d bytes in "
                        "UTF-8; shorten it",
                        HDX_KEY_NAME);
    if (wanted->expires && wanted->expires <= now)
        return hdx_fail(err, HELPDEX_INVALID,
                        "the key would have expired already; give a day to "
                        "come, such as 2030-01-31");
    return HELPDEX_OK;
}

/* Fills in an id that no other has, the text and its hash. */
static void make_key(const hdx_key_list *list, hdx_key *key,
                     char text[HDX_KEY_TEXT + 1])
{
    unsigned char id[HDX_KEY_ID / 2], secret[SECRET];
    do {
        randombytes_buf(id, sizeof id);
        sodium_bin2hex(key->id, sizeof key->id, id, sizeof id);
    } while (find_id(list, key->id));
    randombytes_buf(secret, sizeof secret);
    memcpy(text, prefix, sizeof prefix);
    memcpy(text + sizeof prefix - 1, key->id, HDX_KEY_ID);
    text[sizeof prefix - 1 + HDX_KEY_ID] = '_';
    sodium_bin2hex(text + sizeof prefix + HDX_KEY_ID, 2 * SECRET + 1, secret,
                   sizeof secret);
    sodium_memzero(secret, sizeof secret);
    hash_text((hdx_str){text, HDX_KEY_TEXT}, key->hash);
}

static helpdex_status add_key(const char *path, hdx_key *key,
                              char text[HDX_KEY_TEXT + 1], helpdex_error *err)
{
    hdx_key_list list = {0};
    hdx_key only;
    helpdex_status status = HELPDEX_OK;
    if (hdx_file_exists(path))
        status = hdx_keyfile_read(path, &list, err);
    else
        list.items = &only;
    if (!status && list.count == HDX_KEYS_MOST)
        status = hdx_fail_at(err, HELPDEX_BAD_INPUT, path, 0, 0,
                             "%d keys are there; remove those that are revoked",
                             HDX_KEYS_MOST);
    if (!status) {
        make_key(&list, key, text);
        list.items[list.count++] = *key;
        status = hdx_keyfile_write(path, &list, err);
    }
    hdx_key_list_free(&list);
    return status;
}

helpdex_status hdx_keys_create(const char *path, const hdx_key *wanted,
                               int64_t now, char text[HDX_KEY_TEXT + 1],
                               char id[HDX_KEY_ID + 1], helpdex_error *err)
{
    int lock;
    hdx_key key = *wanted;
    key.created = now;
    helpdex_status status = start(err);
    if (!status)
        status = check_wanted(wanted, now, err);
    if (!status)
        status = lock_file(path, &lock, err);
    if (status)
        return status;
    status = add_key(path, &key, text, err);
    memcpy(id, key.id, HDX_KEY_ID + 1);
    hdx_file_unlock(&lock);
    return status;
}

static helpdex_status mark_revoked(const char *path, const char *id,
                                   int64_t now, helpdex_error *err)
{
    hdx_key_list list;
    helpdex_status status = hdx_keyfile_read(path, &list, err);
    if (status)
        return status;
    hdx_key *key = find_id(&list, id);
    if (!key) {
        status = hdx_fail_at(err, HELPDEX_NOT_FOUND, path, 0, 0,
                             "no key %.32s; see `helpdex key list`", id);
    } else if (!key->revoked) {
        key->revoked = now;
        status = hdx_keyfile_write(path, &list, err);
    }
    hdx_key_list_free(&list);
    return status;
}

helpdex_status hdx_keys_revoke(const char *path, const char *id, int64_t now,
                               helpdex_error *err)
{
    int lock;
    helpdex_status status = lock_file(path, &lock, err);
    if (status)
        return status;
    status = mark_revoked(path, id, now, err);
    hdx_file_unlock(&lock);
    return status;
}
