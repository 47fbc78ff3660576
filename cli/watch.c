/*
 * Editors save in many ways: into the file, into another that is then renamed,
 * or by way of a backup. What matters is that folders are quiet again, and what
 * has really changed is found out by the build. So events are only counted, but
 * for those of names that never are articles.
 */
#include "cli/watch.h"

#include <errno.h>
#include <fts.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/render.h"

/* Milliseconds: quiet for so long, a burst is over; one that does not end is
   cut; a build that found the index in use is tried again. */
enum { QUIET_MS = 40, BURST_MS = 1000, AGAIN_MS = 1000 };

enum { EVENTS = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVE | IN_ATTRIB };

static volatile sig_atomic_t stopped;
static sigset_t outside; /* signals to let in */

static void stop(int number)
{
    (void)number;
    stopped = 1;
}

/* A shell may have had them ignored. A second Ctrl-C ends even a build. */
static void take_signals(void)
{
    struct sigaction action = {.sa_handler = stop,
                               .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

/* While waiting they come in with ppoll() alone: none falls between looking at
   `stopped` and the wait. */
static void hold_signals(void)
{
    sigset_t both;
    sigemptyset(&both);
    sigaddset(&both, SIGINT);
    sigaddset(&both, SIGTERM);
    sigprocmask(SIG_BLOCK, &both, &outside);
}

static int fail(const char *what, const char *path)
{
    const char *remedy = errno == ENOSPC ? "raise fs.inotify.max_user_watches"
                                         : "check the folder";
    const char *why = strerror(errno);
    cli_print_text(path, stderr);
    fprintf(stderr, ": cannot %s: %s; %s\n", what, why, remedy);
    return EXIT_INPUT;
}

static bool is_index(const cli_watch *watch, const struct stat *info)
{
    struct stat index;
    return stat(watch->index, &index) == 0 && index.st_dev == info->st_dev &&
           index.st_ino == info->st_ino;
}

/* Watches a folder and all below it; those that are watched stay so. */
static int add_tree(const cli_watch *watch, const char *root)
{
    char copy[4096];
    char *roots[] = {copy, NULL};
    int code = EXIT_DONE;
    snprintf(copy, sizeof copy, "%s", root);
    FTS *tree =
        fts_open(roots, FTS_COMFOLLOW | FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    if (!tree)
        return fail("watch it", root);
    for (FTSENT *at; !code && (at = fts_read(tree));) {
        if (at->fts_info != FTS_D)
            continue;
        bool hidden = at->fts_level > 0 && at->fts_name[0] == '.';
        if (hidden || is_index(watch, at->fts_statp))
            fts_set(tree, at, FTS_SKIP);
        else if (inotify_add_watch(watch->notify, at->fts_path,
                                   EVENTS | IN_ONLYDIR) < 0 &&
                 errno != ENOENT && errno != ENOTDIR)
            code = fail("watch it", at->fts_path);
    }
    fts_close(tree);
    return code;
}

static int add_trees(const cli_watch *watch)
{
    int code = EXIT_DONE;
    for (size_t i = 0; i < 2 && !code; i++) {
        struct stat info;
        if (!watch->roots[i])
            continue;
        code = stat(watch->roots[i], &info) == 0
                   ? add_tree(watch, watch->roots[i])
                   : fail("watch it", watch->roots[i]);
    }
    return code;
}

int cli_watch_begin(cli_watch *watch, const char *kb_dir, const char *locales,
                    const char *index)
{
    *watch = (cli_watch){.roots = {kb_dir, locales}, .index = index};
    watch->notify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (watch->notify < 0)
        return fail("watch it", kb_dir);
    take_signals();
    return add_trees(watch);
}

void cli_watch_end(cli_watch *watch)
{
    if (watch->notify >= 0)
        close(watch->notify);
    watch->notify = -1;
}

/* Files that editors put beside the one that is saved. */
static bool is_temporary(const char *name)
{
    size_t len = strlen(name);
    return name[0] == '.' || name[0] == '#' || (len && name[len - 1] == '~') ||
           (len > 4 && strcmp(name + len - 4, ".tmp") == 0);
}

/* Takes what events there are; true: one of them matters. */
static bool drain(const cli_watch *watch)
{
    _Alignas(struct inotify_event) char events[4096];
    bool matters = false;
    ssize_t got;
    while ((got = read(watch->notify, events, sizeof events)) > 0)
        for (const char *at = events; at < events + got;) {
            const struct inotify_event *event = (const void *)at;
            matters = matters || event->len == 0 || !is_temporary(event->name);
            at += sizeof *event + event->len;
        }
    return matters;
}

/* Whether something comes within some milliseconds; -1: however long. */
static bool wait_ms(const cli_watch *watch, long ms)
{
    struct pollfd events = {.fd = watch->notify, .events = POLLIN};
    struct timespec most = {ms / 1000, ms % 1000 * 1000000};
    return ppoll(&events, 1, ms < 0 ? NULL : &most, &outside) > 0;
}

bool cli_watch_wait(cli_watch *watch, bool again, int *code)
{
    bool matters = false, timely = true;
    *code = EXIT_DONE;
    hold_signals();
    while (!matters && !stopped && timely) {
        timely = wait_ms(watch, again ? AGAIN_MS : -1) || !again;
        matters = drain(watch);
    }
    for (int waited = 0; waited < BURST_MS && !stopped; waited += QUIET_MS)
        if (!wait_ms(watch, QUIET_MS))
            break;
        else
            drain(watch);
    sigprocmask(SIG_SETMASK, &outside, NULL);
    if (stopped)
        return false;
    *code = add_trees(watch);
    return *code == EXIT_DONE;
}
