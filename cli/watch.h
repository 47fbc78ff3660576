/* Waiting for folders to change, by inotify. */
#ifndef HDX_CLI_WATCH_H
#define HDX_CLI_WATCH_H

#include <stdbool.h>

typedef struct cli_watch {
    int notify; /* of inotify */
    const char *roots[2];
    const char *index; /* a folder that is not looked at */
} cli_watch;

/*
 * Begins to watch two folders (the second may be NULL) and all below them, and
 * takes Ctrl-C as the end of waiting. Returns EXIT_DONE, or EXIT_INPUT after
 * saying what is wrong.
 */
int cli_watch_begin(cli_watch *watch, const char *kb_dir, const char *locales,
                    const char *index);

/*
 * Waits until something has changed and then nothing has for a moment; with
 * `again` at most a second. Folders that are new are watched before this
 * returns. False: no more, `*code` is what to exit with.
 */
bool cli_watch_wait(cli_watch *watch, bool again, int *code);

void cli_watch_end(cli_watch *watch);

#endif
