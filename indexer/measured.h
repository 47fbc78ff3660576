/* The files of `calibration/` in a knowledge base, held against what was
   indexed. */
#ifndef HDX_MEASURED_CHECK_H
#define HDX_MEASURED_CHECK_H

#include "indexer/kbfiles.h"

/*
 * Reads each, and holds its name against the locales of `report`. What must not
 * be published is an error in `report`, and the first such is `*fault` (else its
 * status is OK); a locale without articles is a warning. Errors: NOMEM.
 */
helpdex_status hdx_measured_files_check(const hdx_kb_files *files,
                                        helpdex_report *report,
                                        helpdex_error *fault,
                                        helpdex_error *err);

#endif
