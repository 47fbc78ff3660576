/*
 * Passages as a language model reads them: a number to be cited by, and inside
 * a fence all that comes out of an article, its title and address too. The
 * fence is longer than any run of its sign inside, so that no text can close
 * it.
 */
#ifndef HDX_CONTEXT_H
#define HDX_CONTEXT_H

#include "search/evidence.h"

/*
 * Writes a passage with `number` of what has been taken of `evidence`: its
 * fields, their texts in the results' arena, and `*block`, terminated, as it
 * stands in the context; `tokens` is that of the block. Errors: NOMEM.
 */
helpdex_status hdx_context_write(hdx_call *call, const hdx_evidence *evidence,
                                 unsigned number, helpdex_passage *out,
                                 hdx_str *block);

#endif
