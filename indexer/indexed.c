/* Opening the forward files of a draft. */
#include "indexer/indexed.h"

#include "base/error.h"
#include "store/schema.h"

enum { EDITS_MOST = 3 };

helpdex_status hdx_indexed_open(const char *draft, const helpdex_report *report,
                                hdx_indexed *out, helpdex_error *err)
{
    size_t count = helpdex_report_locale_count(report);
    helpdex_status status = HELPDEX_OK;
    out->locales =
        hdx_arena_alloc(&out->arena, (count + 1) * sizeof *out->locales);
    out->forwards =
        hdx_arena_alloc(&out->arena, (count + 1) * sizeof *out->forwards);
    if (!out->locales || !out->forwards)
        return hdx_fail_nomem(err);
    for (; out->count < count && !status; out->count++) {
        size_t i = out->count;
        const char *tag = helpdex_report_locale(report, i)->locale;
        hdx_str dir = hdx_arena_format(&out->arena, "%s/%s", draft, tag);
        if (!dir.ptr || !hdx_locale_parse(hdx_str_of(tag), &out->locales[i]))
            return hdx_fail_nomem(err);
        status = hdx_forwards_open(dir.ptr, &out->forwards[i], err);
    }
    return status;
}

void hdx_indexed_close(hdx_indexed *indexed)
{
    for (size_t i = 0; i < indexed->count; i++)
        hdx_forwards_close(&indexed->forwards[i]);
    hdx_arena_free(&indexed->arena);
    *indexed = (hdx_indexed){0};
}

bool hdx_indexed_has(const hdx_indexed *indexed, hdx_str id)
{
    uint32_t article;
    for (size_t i = 0; i < indexed->count; i++)
        if (hdx_forwards_find(&indexed->forwards[i], id, &article))
            return true;
    return false;
}

/* Looks for an id that is written more like `id` than the nearest so far. */
static void look_nearer(const hdx_forward *from, hdx_str id, size_t *least,
                        hdx_str *nearest)
{
    for (uint32_t n = 0; n < hdx_forward_article_count(from); n++) {
        hdx_str other = hdx_forward_article_at(from, n).id;
        size_t edits = hdx_str_distance(id.ptr, other.ptr);
        if (edits < *least && !hdx_forward_is_gone(from, n)) {
            *least = edits;
            *nearest = other;
        }
    }
}

hdx_str hdx_indexed_nearest(const hdx_indexed *indexed, hdx_str id)
{
    hdx_str nearest = HDX_STR("");
    size_t least = EDITS_MOST + 1;
    for (size_t i = 0; i < indexed->count; i++) {
        look_nearer(indexed->forwards[i].base, id, &least, &nearest);
        if (indexed->forwards[i].delta)
            look_nearer(indexed->forwards[i].delta, id, &least, &nearest);
    }
    return nearest;
}
