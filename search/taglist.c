/* Tags are few, and looked for one by one. */
#include "search/taglist.h"

bool hdx_taglist_make(hdx_arena *arena, size_t most, hdx_taglist *out)
{
    *out = (hdx_taglist){
        .locales = hdx_arena_alloc(arena, (most + 1) * sizeof *out->locales),
        .tags = hdx_arena_alloc(arena, (most + 1) * sizeof *out->tags)};
    return out->locales && out->tags;
}

helpdex_status hdx_taglist_add(hdx_taglist *list, const hdx_local_texts *texts,
                               helpdex_error *err)
{
    for (size_t i = 0; i < texts->count; i++) {
        hdx_str tag = texts->items[i].locale;
        if (tag.len == 0 || hdx_taglist_find(list, tag))
            continue;
        if (!hdx_locale_parse(tag, &list->locales[list->count]))
            return hdx_fail_nomem(err); /* the indexer knows it for a tag */
        list->tags[list->count++] = tag;
    }
    return HELPDEX_OK;
}

const hdx_locale *hdx_taglist_find(const hdx_taglist *list, hdx_str tag)
{
    for (size_t i = 0; i < list->count; i++)
        if (hdx_str_eq(list->tags[i], tag))
            return &list->locales[i];
    return NULL;
}
