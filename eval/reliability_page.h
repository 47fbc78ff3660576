/* Reliability as one page of HTML with a picture, for people who do not read
   terminals. */
#ifndef HDX_RELIABILITY_PAGE_H
#define HDX_RELIABILITY_PAGE_H

#include "base/str.h"
#include "eval/reliability.h"

/* Adds the page to `out`, whose `failed` says that memory was out. */
void hdx_reliability_page_write(const hdx_reliabilities *figures,
                                const helpdex_confidence_curve *curve,
                                const char *locale, hdx_buf *out);

#endif
