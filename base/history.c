/*
 * Git runs as a program of its own: its library would be larger than this one.
 * What it prints is cut at NUL bytes, so that no name of a file can be taken
 * for something else. Variables GIT_* are kept from it, because a hook sets
 * them for its own repository, and no hook or filter of the folder is run.
 */
#include "base/history.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Of the output of one run; more is a history that nobody waits for. */
enum { LARGEST_OUTPUT = 1 << 28, BLOCK = 1 << 16, MOST_ARGS = 24 };

#define COMMIT_MARK '\1'

/* The environment without GIT_*; to be freed, NULL when memory is out. */
static char **environment(void)
{
    size_t count = 0, kept = 0;
    while (environ[count])
        count++;
    char **copy = calloc(count + 2, sizeof *copy);
    if (!copy)
        return NULL;
    for (size_t i = 0; i < count; i++)
        if (strncmp(environ[i], "GIT_", 4) != 0)
            copy[kept++] = environ[i];
    copy[kept] = (char *)(uintptr_t) "GIT_OPTIONAL_LOCKS=0";
    return copy;
}

/* Starts git with these words; `*from` gives what it prints. False: it could not be. */
static bool start(const char *const *words, pid_t *pid, int *from)
{
    int ends[2];
    posix_spawn_file_actions_t actions;
    char **env = environment();
    if (!env)
        return false;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        free(env);
        return false;
    }
    int code = posix_spawn_file_actions_init(&actions);
    if (!code) {
        code = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO,
                                                "/dev/null", O_RDONLY, 0);
        if (!code)
            code = posix_spawn_file_actions_adddup2(&actions, ends[1],
                                                    STDOUT_FILENO);
        if (!code)
            code = posix_spawn_file_actions_addopen(&actions, STDERR_FILENO,
                                                    "/dev/null", O_WRONLY, 0);
        if (!code)
            code = posix_spawnp(pid, words[0], &actions, NULL,
                                (char *const *)(uintptr_t)words, env);
        posix_spawn_file_actions_destroy(&actions);
    }
    close(ends[1]);
    free(env);
    if (code)
        close(ends[0]);
    else
        *from = ends[0];
    return code == 0;
}

/* All that comes, until the end or the limit. */
static bool drain(int from, hdx_buf *out)
{
    char block[BLOCK];
    for (;;) {
        ssize_t got = read(from, block, sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0 && !out->failed;
        if (out->len + (size_t)got > LARGEST_OUTPUT ||
            !hdx_buf_add(out, (hdx_str){block, (size_t)got}))
            return false;
    }
}

/* Runs git in `dir`. False: it could not be run, or says that it failed. */
static bool ask(const char *dir, const char *const *words, hdx_buf *out)
{
    const char *all[MOST_ARGS] = {"git",
                                  "--no-pager",
                                  "--literal-pathspecs",
                                  "-c",
                                  "core.fsmonitor=false",
                                  "-c",
                                  "log.showSignature=false",
                                  "-C",
                                  dir};
    size_t count = 9;
    pid_t pid;
    int from = -1, how = 0;
    while (*words && count + 1 < MOST_ARGS)
        all[count++] = *words++;
    if (!start(all, &pid, &from))
        return false;
    bool read_all = drain(from, out);
    close(from); /* one that goes on printing ends by SIGPIPE */
    while (waitpid(pid, &how, 0) < 0 && errno == EINTR)
        ;
    return read_all && WIFEXITED(how) && WEXITSTATUS(how) == 0;
}

/* The piece up to the next NUL, without a line end before it. */
static bool next_piece(hdx_str *rest, hdx_str *piece)
{
    if (rest->len == 0)
        return false;
    const char *end = memchr(rest->ptr, '\0', rest->len);
    size_t len = end ? (size_t)(end - rest->ptr) : rest->len;
    *piece = (hdx_str){rest->ptr, len};
    rest->ptr += len + (end != NULL);
    rest->len -= len + (end != NULL);
    if (piece->len && piece->ptr[0] == '\n')
        *piece = (hdx_str){piece->ptr + 1, piece->len - 1};
    return true;
}

/* Paths with the time of the commit before them; the newest comes first. */
static bool take(hdx_history *h, hdx_str printed, uint64_t time)
{
    hdx_str piece;
    bool added;
    while (next_piece(&printed, &piece)) {
        if (piece.len && piece.ptr[0] == COMMIT_MARK) {
            time = strtoull(piece.ptr + 1, NULL, 10);
            continue;
        }
        if (piece.len == 0 || hdx_map_find(&h->by_path, piece))
            continue;
        hdx_str path = hdx_arena_copy(&h->arena, piece);
        hdx_map_entry *entry =
            path.ptr ? hdx_map_add(&h->by_path, path, &added) : NULL;
        if (!entry)
            return false;
        entry->value = time;
    }
    return true;
}

static helpdex_status read_dates(const char *dir, hdx_history *h,
                                 hdx_buf *printed, helpdex_error *err)
{
    static const char *const shallow[] = {"rev-parse",
                                          "--is-shallow-repository", NULL};
    static const char *const changed[] = {
        "diff", "--name-only", "--relative", "-z", "--no-ext-diff",
        "HEAD", "--",          ".",          NULL};
    static const char *const commits[] = {
        "log",          "--format=%x01%ct", "--name-only", "--relative", "-z",
        "--no-renames", "--no-ext-diff",    "--",          ".",          NULL};
    if (!ask(dir, shallow, printed)) {
        h->lack = "it lies in no git repository that can be read";
    } else if (hdx_str_starts(hdx_buf_str(printed), HDX_STR("true"))) {
        h->lack = "its git clone is shallow and has no history; fetch all of "
                  "it (git fetch --unshallow)";
    } else {
        printed->len = 0;
        if (ask(dir, changed, printed) &&
            !take(h, hdx_buf_str(printed), HDX_UNCOMMITTED))
            return hdx_fail_nomem(err);
        printed->len = 0;
        if (!ask(dir, commits, printed))
            h->lack = "its git history cannot be read";
        else if (!take(h, hdx_buf_str(printed), HDX_UNCOMMITTED))
            return hdx_fail_nomem(err);
        else if (h->by_path.count == 0)
            h->lack = "git has no commit of its files";
    }
    return printed->failed ? hdx_fail_nomem(err) : HELPDEX_OK;
}

helpdex_status hdx_history_read(const char *dir, hdx_history *out,
                                helpdex_error *err)
{
    hdx_buf printed = {0};
    *out = (hdx_history){0};
    helpdex_status status = read_dates(dir, out, &printed, err);
    hdx_buf_free(&printed);
    return status;
}

void hdx_history_free(hdx_history *history)
{
    hdx_map_free(&history->by_path);
    hdx_arena_free(&history->arena);
}

uint64_t hdx_history_of(const hdx_history *history, hdx_str path)
{
    const hdx_map_entry *entry = hdx_map_find(&history->by_path, path);
    return entry ? entry->value : HDX_UNCOMMITTED;
}
