/*
 * A coverage as one page of HTML, for people who do not read terminals. It
 * takes nothing from outside; filtering works without scripts.
 */
#ifndef HDX_COVERAGE_PAGE_H
#define HDX_COVERAGE_PAGE_H

#include <helpdex/coverage.h>

#include "base/str.h"

/* Adds the page to `out`, whose `failed` says that memory was out. */
void hdx_coverage_page_write(const helpdex_coverage *coverage, hdx_buf *out);

#endif
