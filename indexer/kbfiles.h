/*
 * Folders of a knowledge base that hold no articles but what editors decide:
 * `rules/` and `triage/`. Their files are found, and copied into the generation
 * as they are.
 */
#ifndef HDX_KBFILES_H
#define HDX_KBFILES_H

#include "base/digest.h"
#include "indexer/findings.h"

typedef struct hdx_kb_file {
    hdx_str path; /* to open it, and in messages */
    hdx_str name; /* below its folder */
    hdx_str text;
} hdx_kb_file;

typedef struct hdx_kb_files {
    const char *folder; /* below the knowledge base, and in the generation */
    hdx_kb_file *items; /* in order of names */
    size_t count;
} hdx_kb_files;

/*
 * Reads all of a folder into `arena`; what is left out is said in `report`. No
 * folder is no files. Errors: IO, BAD_INPUT (too large).
 */
helpdex_status hdx_kb_files_read(hdx_arena *arena, const char *kb_dir,
                                 const char *folder, helpdex_report *report,
                                 hdx_kb_files *out, helpdex_error *err);

void hdx_kb_files_digest(const hdx_kb_files *files, struct sha256_ctx *context);

/* Writes copies below the folder of a draft. Errors: IO. */
helpdex_status hdx_kb_files_write(const hdx_kb_files *files, const char *draft,
                                  helpdex_error *err);

#endif
