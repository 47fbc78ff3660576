/*
 * Files, folders and locks by POSIX calls. Refuses to follow symbolic links
 * while listing, and to read what is no regular file.
 */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_LIMIT = 64 };

static const char *remedy_of(int code)
{
    switch (code) {
    case ENOENT:
        return "check the path";
    case EACCES:
    case EPERM:
    case EROFS:
        return "check who may read and write there";
    case ENOSPC:
    case EFBIG:
    case EDQUOT:
        return "free some disk space";
    case EMFILE:
    case ENFILE:
        return "raise the limit of open files";
    default:
        return "check the disk";
    }
}

/* A failed system call as an error of `path`. */
static helpdex_status fail_errno(helpdex_error *err, const char *path,
                                 const char *doing)
{
    int code = errno;
    if (code == ENOMEM)
        return hdx_fail_nomem(err);
    helpdex_status status =
        code == ENOENT || code == ENOTDIR ? HELPDEX_NOT_FOUND : HELPDEX_IO;
    return hdx_fail_at(err, status, path, 0, 0, "cannot %s: %s; %s", doing,
                       strerror(code), remedy_of(code));
}

static helpdex_status open_regular(const char *path, int *fd, size_t *size,
                                   helpdex_error *err)
{
    struct stat info;
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*fd < 0)
        return fail_errno(err, path, "open");
    helpdex_status status = HELPDEX_OK;
    if (fstat(*fd, &info) != 0)
        status = fail_errno(err, path, "open");
    else if (!S_ISREG(info.st_mode))
        status = hdx_fail_at(err, HELPDEX_BAD_INPUT, path, 0, 0,
                             "not a regular file; put a plain file there");
    if (status) {
        close(*fd);
        *fd = -1;
        return status;
    }
    *size = (size_t)info.st_size;
    return HELPDEX_OK;
}

static helpdex_status read_all(int fd, const char *path, char *to, size_t size,
                               size_t *got, helpdex_error *err)
{
    *got = 0;
    while (*got < size) {
        ssize_t n = read(fd, to + *got, size - *got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_errno(err, path, "read");
        if (n == 0)
            break;
        *got += (size_t)n;
    }
    return HELPDEX_OK;
}

helpdex_status hdx_file_read(hdx_arena *arena, const char *path, size_t limit,
                             hdx_str *out, helpdex_error *err)
{
    int fd;
    size_t size = 0, got = 0;
    helpdex_status status = open_regular(path, &fd, &size, err);
    if (status)
        return status;
    char *bytes = NULL;
    if (size > limit)
        status = hdx_fail_at(err, HELPDEX_BAD_INPUT, path, 0, 0,
                             "%zu KiB, and at most %zu KiB are read; split it "
                             "into smaller files",
                             (size + 1023) / 1024, limit / 1024);
    else if (!(bytes = hdx_arena_alloc(arena, size + 1)))
        status = hdx_fail_nomem(err);
    else
        status = read_all(fd, path, bytes, size, &got, err);
    close(fd);
    if (!status)
        *out = (hdx_str){bytes, got};
    return status;
}

static int64_t nanoseconds(struct timespec time)
{
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

helpdex_status hdx_file_stamp_of(const char *path, hdx_file_stamp *out,
                                 helpdex_error *err)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return fail_errno(err, path, "open");
    *out = (hdx_file_stamp){.size = (uint64_t)info.st_size,
                            .inode = (uint64_t)info.st_ino,
                            .modified = nanoseconds(info.st_mtim),
                            .changed = nanoseconds(info.st_ctim)};
    return HELPDEX_OK;
}

helpdex_status hdx_file_blocks(const char *path, hdx_block_seen *seen,
                               void *context, uint64_t *size,
                               helpdex_error *err)
{
    enum { BLOCK_BYTES = 1 << 17 };
    int fd;
    size_t whole = 0, got;
    *size = 0;
    helpdex_status status = open_regular(path, &fd, &whole, err);
    if (status)
        return status;
    char *block = malloc(BLOCK_BYTES);
    if (!block)
        status = hdx_fail_nomem(err);
    do {
        if (!status)
            status = read_all(fd, path, block, BLOCK_BYTES, &got, err);
        if (!status && got)
            seen(context, (hdx_str){block, got});
        *size += status ? 0 : got;
    } while (!status && got == BLOCK_BYTES);
    free(block);
    close(fd);
    return status;
}

static helpdex_status write_all(int fd, const char *path, hdx_str bytes,
                                helpdex_error *err)
{
    while (bytes.len) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_errno(err, path, "write");
        bytes.ptr += n;
        bytes.len -= (size_t)n;
    }
    return HELPDEX_OK;
}

helpdex_status hdx_file_write(const char *path, hdx_str bytes,
                              helpdex_error *err)
{
    return hdx_file_write_parts(path, &bytes, 1, err);
}

static helpdex_status write_parts(const char *path, mode_t mode,
                                  const hdx_str *parts, size_t count,
                                  helpdex_error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    if (fd < 0)
        return fail_errno(err, path, "create");
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < count && !status; i++)
        status = write_all(fd, path, parts[i], err);
    if (!status && fsync(fd) != 0)
        status = fail_errno(err, path, "sync");
    if (close(fd) != 0 && !status)
        status = fail_errno(err, path, "close");
    return status;
}

/* Where a copy goes. */
typedef struct copying {
    const char *path;
    int fd;
    hdx_block_seen *seen;
    void *context;
    helpdex_error *err;
    helpdex_status status;
} copying;

static void copy_block(void *context, hdx_str block)
{
    copying *c = context;
    c->seen(c->context, block);
    if (!c->status)
        c->status = write_all(c->fd, c->path, block, c->err);
}

helpdex_status hdx_file_copy(const char *from, const char *to,
                             hdx_block_seen *seen, void *context,
                             helpdex_error *err)
{
    uint64_t size;
    copying c = {.path = to, .seen = seen, .context = context, .err = err};
    c.fd = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (c.fd < 0)
        return fail_errno(err, to, "create");
    helpdex_status status = hdx_file_blocks(from, copy_block, &c, &size, err);
    status = status ? status : c.status;
    if (!status && fsync(c.fd) != 0)
        status = fail_errno(err, to, "sync");
    if (close(c.fd) != 0 && !status)
        status = fail_errno(err, to, "close");
    return status;
}

helpdex_status hdx_file_write_parts(const char *path, const hdx_str *parts,
                                    size_t count, helpdex_error *err)
{
    return write_parts(path, 0666, parts, count, err);
}

helpdex_status hdx_file_sync(const char *path, helpdex_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_errno(err, path, "open");
    helpdex_status status = HELPDEX_OK;
    if (fsync(fd) != 0)
        status = fail_errno(err, path, "sync");
    close(fd);
    return status;
}

/* Syncs the folder that holds `path`, so that a rename there is durable. */
static helpdex_status sync_parent(const char *path, helpdex_error *err)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return hdx_file_sync(".", err);
    hdx_arena arena = {0};
    size_t len = slash == path ? 1 : (size_t)(slash - path);
    hdx_str parent = hdx_arena_copy(&arena, (hdx_str){path, len});
    helpdex_status status =
        parent.ptr ? hdx_file_sync(parent.ptr, err) : hdx_fail_nomem(err);
    hdx_arena_free(&arena);
    return status;
}

helpdex_status hdx_file_rename(const char *from, const char *to,
                               helpdex_error *err)
{
    if (rename(from, to) != 0)
        return fail_errno(err, to, "rename to it");
    return sync_parent(to, err);
}

helpdex_status hdx_file_replace(const char *path, hdx_str bytes,
                                helpdex_error *err)
{
    hdx_arena arena = {0};
    hdx_str beside = hdx_arena_format(&arena, "%s.new", path);
    helpdex_status status = beside.ptr ? hdx_file_write(beside.ptr, bytes, err)
                                       : hdx_fail_nomem(err);
    if (!status)
        status = hdx_file_rename(beside.ptr, path, err);
    if (status && beside.ptr)
        unlink(beside.ptr);
    hdx_arena_free(&arena);
    return status;
}

/* Makes `path` belong to whom `like` does, if that is there. */
static helpdex_status belong(const char *path, const char *like,
                             helpdex_error *err)
{
    struct stat now, old;
    if (stat(like, &old) != 0 || stat(path, &now) != 0)
        return HELPDEX_OK;
    if ((old.st_uid != now.st_uid || old.st_gid != now.st_gid) &&
        chown(path, old.st_uid, old.st_gid) != 0)
        return fail_errno(err, like, "keep the owner of");
    if (chmod(path, old.st_mode & 0777 & ~(mode_t)(S_IWGRP | S_IWOTH)) != 0)
        return fail_errno(err, path, "set who may read");
    return HELPDEX_OK;
}

helpdex_status hdx_file_replace_private(const char *path, hdx_str bytes,
                                        helpdex_error *err)
{
    hdx_arena arena = {0};
    hdx_str beside = hdx_arena_format(&arena, "%s.new", path);
    if (!beside.ptr)
        return hdx_fail_nomem(err);
    unlink(beside.ptr); /* one that is left might be open to others */
    helpdex_status status = write_parts(beside.ptr, 0600, &bytes, 1, err);
    if (!status)
        status = belong(beside.ptr, path, err);
    if (!status)
        status = hdx_file_rename(beside.ptr, path, err);
    if (status)
        unlink(beside.ptr);
    hdx_arena_free(&arena);
    return status;
}

helpdex_status hdx_file_map(const char *path, hdx_mapping *out,
                            helpdex_error *err)
{
    int fd;
    size_t size = 0;
    *out = (hdx_mapping){.bytes = HDX_STR("")};
    helpdex_status status = open_regular(path, &fd, &size, err);
    if (status || size == 0) {
        if (!status)
            close(fd);
        return status;
    }
    void *at = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (at == MAP_FAILED)
        status = fail_errno(err, path, "map");
    else
        out->bytes = (hdx_str){at, size};
    close(fd);
    return status;
}

void hdx_file_unmap(hdx_mapping *mapping)
{
    if (mapping->bytes.len)
        munmap((void *)(uintptr_t)mapping->bytes.ptr, mapping->bytes.len);
    *mapping = (hdx_mapping){.bytes = HDX_STR("")};
}

helpdex_status hdx_file_lock(const char *path, hdx_lock kind, bool create,
                             int *fd, helpdex_error *err)
{
    int flags = create ? O_RDWR | O_CREAT : O_RDONLY;
    *fd = open(path, flags | O_CLOEXEC | O_NONBLOCK, 0666);
    if (*fd < 0)
        return fail_errno(err, path, "open");
    int operation = kind == HDX_LOCK_SHARED ? LOCK_SH : LOCK_EX;
    if (flock(*fd, operation | LOCK_NB) == 0)
        return HELPDEX_OK;
    helpdex_status status =
        errno == EWOULDBLOCK
            ? hdx_fail_at(err, HELPDEX_IN_USE, path, 0, 0,
                          "held by another process; wait until it is done")
            : fail_errno(err, path, "lock");
    hdx_file_unlock(fd);
    return status;
}

void hdx_file_unlock(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

bool hdx_file_link(const char *from, const char *to)
{
    return link(from, to) == 0;
}

void hdx_file_remove(const char *path)
{
    unlink(path);
}

bool hdx_file_exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0;
}

bool hdx_dir_exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

helpdex_status hdx_dir_make(const char *path, helpdex_error *err)
{
    if (mkdir(path, 0777) == 0 || (errno == EEXIST && hdx_dir_exists(path)))
        return HELPDEX_OK;
    const char *slash = strrchr(path, '/');
    if (errno != ENOENT || !slash || slash == path)
        return fail_errno(err, path, "make the folder");
    hdx_arena arena = {0};
    hdx_str above =
        hdx_arena_copy(&arena, (hdx_str){path, (size_t)(slash - path)});
    helpdex_status status =
        above.ptr ? hdx_dir_make(above.ptr, err) : hdx_fail_nomem(err);
    hdx_arena_free(&arena);
    if (!status && mkdir(path, 0777) != 0 && errno != EEXIST)
        status = fail_errno(err, path, "make the folder");
    return status;
}

/* Removes what fts has come to: folders once they are empty. */
static helpdex_status remove_entry(const FTSENT *at, helpdex_error *err)
{
    if (at->fts_info == FTS_D)
        return HELPDEX_OK;
    if (at->fts_info == FTS_DNR || at->fts_info == FTS_ERR) {
        errno = at->fts_errno;
        return fail_errno(err, at->fts_path, "list");
    }
    int failed = at->fts_info == FTS_DP ? rmdir(at->fts_accpath)
                                        : unlink(at->fts_accpath);
    return failed && errno != ENOENT ? fail_errno(err, at->fts_path, "remove")
                                     : HELPDEX_OK;
}

helpdex_status hdx_dir_remove(const char *path, helpdex_error *err)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return errno == ENOENT || errno == ENOTDIR
                   ? HELPDEX_OK
                   : fail_errno(err, path, "open the folder");
    if (!S_ISDIR(info.st_mode))
        return HELPDEX_OK;
    char *roots[] = {(char *)(uintptr_t)path, NULL};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    if (!tree)
        return fail_errno(err, path, "open the folder");
    helpdex_status status = HELPDEX_OK;
    FTSENT *at;
    while (!status && (errno = 0, at = fts_read(tree)))
        status = remove_entry(at, err);
    if (!status && errno)
        status = fail_errno(err, path, "list");
    fts_close(tree);
    return status;
}

typedef struct lister {
    hdx_arena *arena;
    bool deep;
    hdx_entry *items;
    size_t count, capacity;
    helpdex_error *err;
} lister;

/* What lies at `path`, by the folder's own word or, if it has none, lstat. */
static hdx_entry kind_of(const struct dirent *at, const char *path)
{
    unsigned char type = at->d_type;
    struct stat info;
    if (type == DT_UNKNOWN && lstat(path, &info) == 0)
        type = (unsigned char)IFTODT(info.st_mode);
    return (hdx_entry){.kind = type == DT_REG   ? HDX_ENTRY_FILE
                               : type == DT_DIR ? HDX_ENTRY_DIR
                                                : HDX_ENTRY_OTHER,
                       .link = type == DT_LNK};
}

static helpdex_status list_folder(lister *l, const char *path, hdx_str below,
                                  unsigned depth);

/* Takes one entry of a folder, or with `deep` what lies below it. */
static helpdex_status list_entry(lister *l, const char *folder, hdx_str below,
                                 const struct dirent *at, unsigned depth)
{
    hdx_str path = hdx_arena_format(l->arena, "%s/%s", folder, at->d_name);
    hdx_str shown = hdx_arena_format(l->arena, "%.*s%s%s", HDX_FMT(below),
                                     below.len ? "/" : "", at->d_name);
    if (!path.ptr || !shown.ptr)
        return hdx_fail_nomem(l->err);
    hdx_entry entry = kind_of(at, path.ptr);
    if (entry.kind == HDX_ENTRY_DIR && l->deep)
        return list_folder(l, path.ptr, shown, depth + 1);
    entry.path = shown;
    if (!hdx_grow(&l->items, &l->capacity, l->count + 1, sizeof *l->items))
        return hdx_fail_nomem(l->err);
    l->items[l->count++] = entry;
    return HELPDEX_OK;
}

/* `..md` is an article about the command `.`, but `..data` a mount's own. */
static bool is_hidden(const struct dirent *at)
{
    return at->d_name[0] == '.' && strcmp(at->d_name, "..md") != 0;
}

static helpdex_status list_folder(lister *l, const char *path, hdx_str below,
                                  unsigned depth)
{
    if (depth > DEPTH_LIMIT)
        return hdx_fail_at(l->err, HELPDEX_BAD_INPUT, path, 0, 0,
                           "folders nested deeper than %d; flatten them",
                           (int)DEPTH_LIMIT);
    DIR *folder = opendir(path);
    if (!folder)
        return fail_errno(l->err, path, "open the folder");
    helpdex_status status = HELPDEX_OK;
    const struct dirent *at;
    while (!status && (errno = 0, at = readdir(folder)))
        if (!is_hidden(at))
            status = list_entry(l, path, below, at, depth);
    if (!status && errno)
        status = fail_errno(l->err, path, "list");
    closedir(folder);
    return status;
}

static int by_path(const void *a, const void *b)
{
    return hdx_str_cmp(((const hdx_entry *)a)->path,
                       ((const hdx_entry *)b)->path);
}

helpdex_status hdx_dir_list(hdx_arena *arena, const char *root, bool deep,
                            hdx_listing *out, helpdex_error *err)
{
    *out = (hdx_listing){0};
    if (!hdx_dir_exists(root))
        return hdx_fail_at(err, HELPDEX_NOT_FOUND, root, 0, 0,
                           "no such folder; check the path");
    lister l = {.arena = arena, .deep = deep, .err = err};
    helpdex_status status = list_folder(&l, root, HDX_STR(""), 0);
    hdx_entry *kept =
        status ? NULL : hdx_arena_alloc(arena, (l.count + 1) * sizeof *kept);
    if (!status && !kept)
        status = hdx_fail_nomem(err);
    if (!status) {
        if (l.count) {
            memcpy(kept, l.items, l.count * sizeof *kept);
            qsort(kept, l.count, sizeof *kept, by_path);
        }
        *out = (hdx_listing){kept, l.count};
    }
    free(l.items);
    return status;
}
