/*
 * The gate as one page of HTML, for people who do not read terminals. It takes
 * nothing from outside: no script, no font, no picture.
 */
#ifndef HDX_PAGE_H
#define HDX_PAGE_H

#include "eval/gate.h"

/* What the page says of where its figures are from. */
typedef struct hdx_page_source {
    const char *generation;
    const char *baseline; /* path; NULL: there is none */
} hdx_page_source;

/* Adds the page to `out`, whose `failed` says that memory was out. */
void hdx_page_write(const hdx_gate *gate, const hdx_page_source *source,
                    hdx_buf *out);

#endif
