/* Filling a locale into the address of the way to a person. */
#include "search/contact.h"

bool hdx_contact_address(const helpdex_searcher *searcher,
                         const hdx_search_shard *shard, hdx_arena *arena,
                         hdx_str *out)
{
    const hdx_str place = HDX_STR("{locale}");
    hdx_str from = searcher->generation->manifest.contact;
    hdx_buf buf = {0};
    *out = HDX_STR("");
    if (from.len == 0)
        return true;
    while (from.len) {
        bool fill = hdx_str_starts(from, place);
        size_t skip = fill ? place.len : 1;
        if (fill)
            hdx_buf_add(&buf, hdx_str_of(shard->locale.tag));
        else
            hdx_buf_byte(&buf, *from.ptr);
        from = (hdx_str){from.ptr + skip, from.len - skip};
    }
    *out = buf.failed ? (hdx_str){NULL, 0}
                      : hdx_arena_copy(arena, hdx_buf_str(&buf));
    hdx_buf_free(&buf);
    return out->ptr != NULL;
}
