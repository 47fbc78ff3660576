/* Where a reader gets to a person. */
#ifndef HDX_CONTACT_H
#define HDX_CONTACT_H

#include "search/searcher.h"

/*
 * The address that the knowledge base names, with the locale of a shard filled
 * in, terminated, in `arena`; empty when it names none. False when memory is
 * out.
 */
bool hdx_contact_address(const helpdex_searcher *searcher,
                         const hdx_search_shard *shard, hdx_arena *arena,
                         hdx_str *out);

#endif
