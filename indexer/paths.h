/* The files of `triage/` in a knowledge base, held against what was indexed. */
#ifndef HDX_PATHS_CHECK_H
#define HDX_PATHS_CHECK_H

#include "indexer/kbfiles.h"
#include "indexer/pathlint.h"

/*
 * Parses files of paths, and gives those that could be read. What is malformed
 * is told. Close `*out` even if it fails. Errors: NOMEM, and what `tell`
 * returns.
 */
helpdex_status hdx_path_files_read(const hdx_kb_files *files,
                                   hdx_path_hearer hearer, hdx_paths *out,
                                   helpdex_error *err);

/*
 * Parses them and holds them against the locales of `report`, whose articles
 * lie below `draft` (NULL: some could not be read, so that what there is is not
 * known). What must not be published is an error in `report`, and the first
 * such is `*fault` (else its status is OK); an article that is not there, a node
 * that nobody comes to and a text that is missing are warnings. Errors: NOMEM,
 * and those of reading the draft.
 */
helpdex_status hdx_path_files_check(const hdx_kb_files *files,
                                    const char *draft,
                                    const hdx_locale *default_locale,
                                    helpdex_report *report,
                                    helpdex_error *fault, helpdex_error *err);

#endif
