/* The files that a generation has copies of in a folder, such as HDX_RULES_DIR. */
#ifndef HDX_FOLDER_H
#define HDX_FOLDER_H

#include "base/arena.h"
#include "base/error.h"

/* Reads one file; `name` is that in its folder. Both names are terminated. */
typedef helpdex_status hdx_folder_reader(void *context, hdx_str text,
                                         const char *path, const char *name,
                                         helpdex_error *err);

/*
 * Reads all of them in order of names, up to the first that fails; no folder is
 * no files. What the reader is given lives in `arena`. Errors: NOMEM, those of
 * reading a file of at most 1 MiB, and the reader's.
 */
helpdex_status hdx_folder_read(hdx_arena *arena, const char *generation,
                               const char *folder, hdx_folder_reader *read,
                               void *context, helpdex_error *err);

#endif
