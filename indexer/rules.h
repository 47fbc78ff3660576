/*
 * The files of `rules/` in a knowledge base: found, held against what was
 * indexed, and copied into the generation.
 */
#ifndef HDX_RULE_FILES_H
#define HDX_RULE_FILES_H

#include "base/digest.h"
#include "indexer/findings.h"
#include "store/rules.h"
#include "text/pack.h"

typedef struct hdx_rule_file {
    hdx_str path; /* to open it, and in messages */
    hdx_str name; /* below rules/ */
    hdx_str text;
} hdx_rule_file;

typedef struct hdx_rule_files {
    hdx_rule_file *items; /* in order of names */
    size_t count;
} hdx_rule_files;

/*
 * Reads all of them into `arena`; what is left out is said in `report`. No
 * folder is no files. Errors: IO, BAD_INPUT (too large).
 */
helpdex_status hdx_rule_files_read(hdx_arena *arena, const char *kb_dir,
                                   helpdex_report *report, hdx_rule_files *out,
                                   helpdex_error *err);

void hdx_rule_files_digest(const hdx_rule_files *files,
                           struct sha256_ctx *context);

/* Writes copies below the folder of a draft. Errors: IO. */
helpdex_status hdx_rule_files_write(const hdx_rule_files *files,
                                    const char *draft, helpdex_error *err);

/*
 * Parses them and holds them against the locales of `report`, whose articles
 * lie below `draft` (NULL: some could not be read, so that what there is is not
 * known). Everything that is malformed is an error in `report`, and
 * the first such is `*fault` (else its status is OK); what can never apply is a
 * warning. `now` is in seconds since 1970. Errors: NOMEM, and those of reading
 * the draft.
 */
helpdex_status hdx_rule_files_check(const hdx_rule_files *files,
                                    const char *draft, hdx_catalog *catalog,
                                    int64_t now, helpdex_report *report,
                                    helpdex_error *fault, helpdex_error *err);

#endif
