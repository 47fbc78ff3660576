/* Holding the files of a locale against what the live generation has of them. */
#include "indexer/change.h"

#include "base/map.h"

/*
 * A delta is searched beside the rest, and made anew with every change: so many
 * articles may it have, or one of SHARE, whichever is more; and never more than
 * one of PART, since its own statistics are those of few.
 */
enum { MOST = 64, SHARE = 50, PART = 16 };

static size_t most_of(size_t articles)
{
    size_t most = articles / SHARE > MOST ? articles / SHARE : MOST;
    return articles / PART < most ? articles / PART : most;
}

/* Where an article of the live generation is. */
static const uint64_t IN_DELTA = UINT64_C(1) << 32;

/* The articles of a file that are not gone, by the paths of theirs. */
static bool add_paths(const hdx_forward *forward, uint64_t where, hdx_map *map)
{
    for (uint32_t i = 0; i < hdx_forward_article_count(forward); i++) {
        bool added;
        if (hdx_forward_is_gone(forward, i))
            continue;
        hdx_map_entry *entry =
            hdx_map_add(map, hdx_forward_article_at(forward, i).path, &added);
        if (!entry)
            return false;
        entry->value = where | i;
    }
    return true;
}

/* Whether nothing that was said of a file that stays is lost: each finding is
   about a file that is there. */
static bool find_notes(const hdx_manifest *live, const hdx_layout_locale *from,
                       hdx_look *looks)
{
    hdx_map map = {0};
    bool made = true;
    size_t noted = 0, found = 0;
    for (size_t i = 0; i < live->note_count && made; i++) {
        bool added;
        if (!hdx_str_eq(live->notes[i].locale, hdx_str_of(from->locale.tag)))
            continue;
        hdx_map_entry *entry = hdx_map_add(&map, live->notes[i].file, &added);
        made = entry != NULL;
        if (made && added)
            entry->value = i + 1;
        noted += made && added;
    }
    for (size_t i = 0; i < from->count && noted; i++) {
        const hdx_map_entry *entry = hdx_map_find(&map, from->files[i].path);
        looks[i].note = entry ? (uint32_t)entry->value : 0;
        found += entry != NULL;
    }
    hdx_map_free(&map);
    return made && found == noted;
}

/* Finds what stays; returns how many files have to be indexed that were or will
   be articles. */
static size_t find_staying(const hdx_layout_locale *from, bool original,
                           hdx_sources *sources, hdx_look *looks,
                           const hdx_map *paths, hdx_change *c)
{
    size_t changed = 0;
    for (size_t i = 0; i < from->count; i++) {
        hdx_look *look = &looks[i];
        const hdx_map_entry *entry = hdx_map_find(paths, from->files[i].shown);
        uint32_t article = entry ? (uint32_t)entry->value : 0;
        look->stays = look->same && entry && !(entry->value & IN_DELTA);
        if (look->stays && !original) {
            hdx_forward_article was =
                hdx_forward_article_at(c->was->base, article);
            look->stays = hdx_sources_agree_on(sources, &was);
        }
        if (look->stays)
            c->stays[article / 8] |= (unsigned char)(1 << article % 8);
        else
            changed += !look->same || entry;
        c->articles += look->stays;
    }
    return changed;
}

static void find_gone(hdx_change *c)
{
    uint32_t first, end;
    c->sections = hdx_forward_section_count(c->was->base);
    for (uint32_t i = 0; i < hdx_forward_article_count(c->was->base); i++) {
        if (c->stays[i / 8] & 1 << i % 8)
            continue;
        c->gone[c->gone_count++] = i;
        hdx_forward_sections_of(c->was->base, i, &first, &end);
        c->sections -= end - first;
    }
}

bool hdx_change_find(const hdx_manifest *live, const hdx_layout_locale *from,
                     bool original, hdx_sources *sources, hdx_look *looks,
                     hdx_change *out)
{
    hdx_map paths = {0};
    *out = (hdx_change){
        .was = hdx_sources_remembered(sources, hdx_str_of(from->locale.tag))};
    if (!out->was)
        return false;
    uint32_t count = hdx_forward_article_count(out->was->base);
    out->stays = hdx_arena_alloc(&out->arena, count / 8 + 1);
    out->gone = hdx_arena_alloc(&out->arena, (count + 1u) * sizeof *out->gone);
    bool little =
        out->stays && out->gone && most_of(count) > 0 &&
        find_notes(live, from, looks) && add_paths(out->was->base, 0, &paths) &&
        (!out->was->delta || add_paths(out->was->delta, IN_DELTA, &paths));
    if (little)
        little = find_staying(from, original, sources, looks, &paths, out) <=
                 most_of(count);
    if (little)
        find_gone(out);
    hdx_map_free(&paths);
    return little && out->articles && out->gone_count <= 2 * most_of(count);
}

void hdx_change_free(hdx_change *change)
{
    hdx_arena_free(&change->arena);
}

const char *hdx_change_path_of(const hdx_change *change, hdx_str id)
{
    const hdx_forward *base = change->was->base;
    uint32_t article = hdx_forward_find(base, id);
    if (article == HDX_NO_ARTICLE ||
        !(change->stays[article / 8] & 1 << article % 8))
        return NULL;
    return hdx_forward_article_at(base, article).path.ptr;
}

bool hdx_change_touch(const hdx_change *change, hdx_sources *sources)
{
    const hdx_forwards *was = change->was;
    bool made = true;
    for (size_t i = 0; i < change->gone_count && made; i++)
        made = hdx_sources_touch(
            sources, hdx_forward_article_at(was->base, change->gone[i]).id);
    uint32_t count = was->delta ? hdx_forward_article_count(was->delta) : 0;
    for (uint32_t i = 0; i < count && made; i++)
        made = hdx_sources_touch(sources,
                                 hdx_forward_article_at(was->delta, i).id);
    return made;
}
