/* The files of `rules/` in a knowledge base, held against what was indexed. */
#ifndef HDX_RULES_CHECK_H
#define HDX_RULES_CHECK_H

#include "indexer/kbfiles.h"
#include "store/rules.h"
#include "text/pack.h"

/*
 * Parses them and holds them against the locales of `report`, whose articles
 * lie below `draft` (NULL: some could not be read, so that what there is is not
 * known). Everything that is malformed is an error in `report`, and
 * the first such is `*fault` (else its status is OK); what can never apply is a
 * warning. `now` is in seconds since 1970. Errors: NOMEM, and those of reading
 * the draft.
 */
helpdex_status hdx_rules_check(const hdx_kb_files *files, const char *draft,
                               hdx_catalog *catalog, int64_t now,
                               helpdex_report *report, helpdex_error *fault,
                               helpdex_error *err);

#endif
