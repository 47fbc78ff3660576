/*
 * The file system, with errors that name the path and the reason. Writing is
 * durable: what returns OK has been synced.
 */
#ifndef HDX_FILE_H
#define HDX_FILE_H

#include "base/arena.h"
#include "base/error.h"

/* Reads a whole file of at most `limit` bytes; `*out` is in `arena`,
   terminated. Errors: NOT_FOUND, IO, BAD_INPUT (larger). */
helpdex_status hdx_file_read(hdx_arena *arena, const char *path, size_t limit,
                             hdx_str *out, helpdex_error *err);

/* What tells a changed file from the outside. Times are nanoseconds since
   1970. */
typedef struct hdx_file_stamp {
    uint64_t size;
    uint64_t inode;
    int64_t modified;
    int64_t changed; /* its bytes, its name or its rights */
} hdx_file_stamp;

/* Errors: NOT_FOUND, IO. */
helpdex_status hdx_file_stamp_of(const char *path, hdx_file_stamp *out,
                                 helpdex_error *err);

/* Called with each block of a file, in order. */
typedef void hdx_block_seen(void *context, hdx_str block);

/* Reads a file of any size block by block. Errors: NOT_FOUND, IO, BAD_INPUT
   (not a regular file). */
helpdex_status hdx_file_blocks(const char *path, hdx_block_seen *seen,
                               void *context, uint64_t *size,
                               helpdex_error *err);

/* Writes and syncs a new file out of parts. Errors: IO. */
helpdex_status hdx_file_write_parts(const char *path, const hdx_str *parts,
                                    size_t count, helpdex_error *err);
helpdex_status hdx_file_write(const char *path, hdx_str bytes,
                              helpdex_error *err);

/* Writes and syncs a new file with the bytes of `from`, which are shown block
   by block. By reading, not by the sharing of blocks that a file system may
   offer. Errors: NOT_FOUND, IO, BAD_INPUT (not a regular file). */
helpdex_status hdx_file_copy(const char *from, const char *to,
                             hdx_block_seen *seen, void *context,
                             helpdex_error *err);

/* Replaces `path` by `bytes` at one instant: a new file beside it, synced,
   renamed over it, the folder synced. Errors: IO. */
helpdex_status hdx_file_replace(const char *path, hdx_str bytes,
                                helpdex_error *err);

/* The same, of a file for its owner alone. One that was there keeps its owner
   and who may read it; nobody else may write it. */
helpdex_status hdx_file_replace_private(const char *path, hdx_str bytes,
                                        helpdex_error *err);

helpdex_status hdx_file_rename(const char *from, const char *to,
                               helpdex_error *err);
helpdex_status hdx_file_sync(const char *path, helpdex_error *err);

/* Puts the file `from` under the new name `to` as well; false: it cannot be. */
bool hdx_file_link(const char *from, const char *to);
void hdx_file_remove(const char *path);

/* A file mapped for reading. */
typedef struct hdx_mapping {
    hdx_str bytes;
} hdx_mapping;

helpdex_status hdx_file_map(const char *path, hdx_mapping *out,
                            helpdex_error *err);
void hdx_file_unmap(hdx_mapping *mapping);

/*
 * A lock that ends with the process. Exclusive locks do not wait: IN_USE.
 * `*fd` is to be closed with hdx_file_unlock(). `create`: the file may be new.
 */
typedef enum hdx_lock { HDX_LOCK_SHARED, HDX_LOCK_EXCLUSIVE } hdx_lock;
helpdex_status hdx_file_lock(const char *path, hdx_lock kind, bool create,
                             int *fd, helpdex_error *err);
void hdx_file_unlock(int *fd);

bool hdx_file_exists(const char *path);
bool hdx_dir_exists(const char *path);

/* Makes a folder and those above it; what exists is fine. Errors: IO. */
helpdex_status hdx_dir_make(const char *path, helpdex_error *err);

/* Removes a folder and all below it; of a link to one, only the link. One
   that is not there is fine. */
helpdex_status hdx_dir_remove(const char *path, helpdex_error *err);

typedef enum hdx_entry_kind {
    HDX_ENTRY_FILE,
    HDX_ENTRY_DIR,
    HDX_ENTRY_OTHER /* links, FIFOs, devices: never followed, never opened */
} hdx_entry_kind;

typedef struct hdx_entry {
    hdx_str path; /* below the root, terminated */
    hdx_entry_kind kind;
    bool link; /* a symbolic link: kind is OTHER */
} hdx_entry;

typedef struct hdx_listing {
    hdx_entry *items;
    size_t count;
} hdx_listing;

/*
 * What lies in a folder, in bytewise order; with `deep`, folders are replaced
 * by what lies below them. Names that begin with a dot are left out, all but
 * `..md`. Lives in `arena`. Errors: NOT_FOUND, IO, BAD_INPUT (nested deeper than 64).
 */
helpdex_status hdx_dir_list(hdx_arena *arena, const char *root, bool deep,
                            hdx_listing *out, helpdex_error *err);

#endif
