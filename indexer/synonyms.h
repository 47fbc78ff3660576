/*
 * Locales of one knowledge base should know the same things by other names.
 */
#ifndef HDX_INDEXER_SYNONYMS_H
#define HDX_INDEXER_SYNONYMS_H

#include "indexer/findings.h"
#include "indexer/layout.h"
#include "text/pack.h"

/*
 * Warns of every pack that lacks groups of synonyms which the pack of another
 * locale of the layout has. The root pack is nobody's and is not looked at.
 */
helpdex_status hdx_synonyms_check(hdx_catalog *catalog,
                                  const hdx_layout *layout, hdx_arena *arena,
                                  helpdex_report *report, helpdex_error *err);

#endif
