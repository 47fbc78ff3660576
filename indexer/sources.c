/*
 * Hashes of sections, one behind the other, are all that is remembered of a
 * source: which of them a translation has not seen is a matter of two lists.
 */
#include "indexer/sources.h"

#include <stdlib.h>

#include "base/digest.h"
#include "store/forward.h"
#include "store/schema.h"

/* An article of the default locale. */
typedef struct source {
    hdx_str body;   /* digest */
    hdx_str hashes; /* of its sections */
    bool high_stakes;
} source;

struct hdx_sources {
    hdx_arena arena;
    hdx_map by_id; /* -> source */
    const hdx_generation *live;
    hdx_forward **remembered; /* one for each locale of `live` */
};

helpdex_status hdx_sources_open(const hdx_generation *live, hdx_sources **out,
                                helpdex_error *err)
{
    hdx_sources *s = *out = calloc(1, sizeof *s);
    if (!s)
        return hdx_fail_nomem(err);
    size_t count = live ? live->manifest.locale_count : 0;
    s->live = live;
    s->remembered = calloc(count + 1, sizeof(hdx_forward *));
    helpdex_status status = s->remembered ? HELPDEX_OK : hdx_fail_nomem(err);
    for (size_t i = 0; i < count && !status; i++) {
        hdx_str path =
            hdx_arena_format(&s->arena, "%s/%s/" HDX_FORWARD_FILE,
                             live->path.ptr, live->manifest.locales[i].tag.ptr);
        status = path.ptr ? hdx_forward_open(path.ptr, &s->remembered[i], err)
                          : hdx_fail_nomem(err);
    }
    if (status) {
        hdx_sources_free(s);
        *out = NULL;
    }
    return status;
}

void hdx_sources_free(hdx_sources *sources)
{
    if (!sources)
        return;
    for (size_t i = 0; sources->live && sources->remembered &&
                       i < sources->live->manifest.locale_count;
         i++)
        hdx_forward_free(sources->remembered[i]);
    free(sources->remembered);
    hdx_map_free(&sources->by_id);
    hdx_arena_free(&sources->arena);
    free(sources);
}

static void digest_section(struct sha256_ctx *context,
                           const hdx_section *section)
{
    if (section->level) /* above, an H1 would be the title, not the body */
        hdx_digest_add(context, section->headings);
    hdx_digest_add(context, section->text);
}

static hdx_digest body_digest(const hdx_article *article)
{
    struct sha256_ctx context;
    hdx_digest_start(&context);
    for (size_t i = 0; i < article->document.count; i++)
        digest_section(&context, &article->document.sections[i]);
    return hdx_digest_end(&context);
}

/* The first half of a digest's first half is enough to see a change. */
static uint64_t number_of(const hdx_digest *digest)
{
    char start[2 * sizeof(uint64_t) + 1] = {0};
    memcpy(start, digest->hex, sizeof start - 1);
    return strtoull(start, NULL, 16);
}

static bool hash_sections(hdx_arena *arena, const hdx_article *article,
                          hdx_str *out)
{
    size_t count = article->document.count;
    char *hashes = hdx_arena_alloc(arena, count * HDX_SOURCE_HASH + 1);
    for (size_t i = 0; hashes && i < count; i++) {
        struct sha256_ctx context;
        hdx_digest_start(&context);
        digest_section(&context, &article->document.sections[i]);
        hdx_digest digest = hdx_digest_end(&context);
        memcpy(hashes + i * HDX_SOURCE_HASH, digest.hex, HDX_SOURCE_HASH);
    }
    *out = (hdx_str){hashes, count * HDX_SOURCE_HASH};
    return hashes != NULL;
}

static helpdex_status add_source(hdx_sources *sources,
                                 const hdx_article *article, helpdex_error *err)
{
    bool added;
    hdx_digest digest = body_digest(article);
    source *s = hdx_arena_alloc(&sources->arena, sizeof *s);
    hdx_str id = hdx_arena_copy(&sources->arena, article->id);
    if (!s || !id.ptr || !hash_sections(&sources->arena, article, &s->hashes))
        return hdx_fail_nomem(err);
    s->body = hdx_arena_copy(&sources->arena, hdx_str_of(digest.hex));
    s->high_stakes = hdx_article_is_risky(article);
    hdx_map_entry *entry =
        s->body.ptr ? hdx_map_add(&sources->by_id, id, &added) : NULL;
    if (!entry)
        return hdx_fail_nomem(err);
    entry->value = (uintptr_t)s;
    return HELPDEX_OK;
}

static const source *source_of(const hdx_sources *sources, hdx_str id)
{
    const hdx_map_entry *entry = hdx_map_find(&sources->by_id, id);
    return entry ? (const source *)(uintptr_t)entry->value : NULL;
}

static bool has_copy(const hdx_sources *sources, const hdx_article *article)
{
    const source *s = source_of(sources, article->id);
    hdx_digest digest = body_digest(article);
    return s && hdx_str_eq(s->body, hdx_str_of(digest.hex));
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* The hashes that the head names: of each word the first digits. */
static bool declared(const hdx_front_matter *matter, hdx_arena *arena,
                     hdx_str *out)
{
    hdx_buf buf = {0};
    for (size_t i = 0; i < matter->source_hash.count; i++) {
        hdx_str text = matter->source_hash.items[i];
        size_t run = 0;
        for (size_t at = 0; at <= text.len; at++) {
            if (at < text.len && is_hex(text.ptr[at])) {
                run++;
                continue;
            }
            if (run >= HDX_SOURCE_HASH)
                hdx_buf_add(&buf,
                            (hdx_str){text.ptr + at - run, HDX_SOURCE_HASH});
            run = 0;
        }
    }
    *out = hdx_arena_copy(arena, hdx_buf_str(&buf));
    bool made = !buf.failed && out->ptr;
    hdx_buf_free(&buf);
    return made;
}

/* What the live index remembers of a translation that is still the same. */
static hdx_str remembered(const hdx_sources *s, const char *locale, hdx_str id,
                          uint64_t digest)
{
    for (size_t i = 0; s->live && i < s->live->manifest.locale_count; i++) {
        const hdx_forward *forward = s->remembered[i];
        if (!hdx_str_eq(s->live->manifest.locales[i].tag, hdx_str_of(locale)))
            continue;
        uint32_t article = hdx_forward_find(forward, id);
        if (article == HDX_NO_ARTICLE)
            break;
        hdx_forward_article was = hdx_forward_article_at(forward, article);
        if (was.digest == digest)
            return was.source;
    }
    return HDX_STR("");
}

/* How many hashes of `list` are not in `other`. */
static size_t missing_from(hdx_str list, hdx_str other)
{
    size_t missing = 0;
    for (size_t i = 0; i < list.len; i += HDX_SOURCE_HASH) {
        size_t at = 0;
        while (at < other.len &&
               memcmp(list.ptr + i, other.ptr + at, HDX_SOURCE_HASH) != 0)
            at += HDX_SOURCE_HASH;
        missing += at >= other.len;
    }
    return missing;
}

/* Counts what is behind of a translation that has seen `origin->source`. */
static void count_behind(const source *from, hdx_origin *origin)
{
    size_t sections = from->hashes.len / HDX_SOURCE_HASH;
    size_t newer = missing_from(from->hashes, origin->source);
    size_t gone = missing_from(origin->source, from->hashes);
    size_t behind = newer > gone ? newer : gone;
    origin->sections =
        (uint16_t)(sections < UINT16_MAX ? sections : UINT16_MAX);
    origin->behind =
        (uint16_t)(behind < origin->sections ? behind : origin->sections);
}

static helpdex_status compare(const hdx_sources *sources, const char *locale,
                              const hdx_article *article, hdx_arena *arena,
                              hdx_origin *origin, helpdex_error *err)
{
    const source *from = source_of(sources, article->id);
    hdx_digest digest = body_digest(article);
    hdx_str seen;
    origin->digest = number_of(&digest);
    if (!from)
        return HELPDEX_OK;
    if (!declared(&article->matter, arena, &seen))
        return hdx_fail_nomem(err);
    if (seen.len == 0)
        seen = remembered(sources, locale, article->id, origin->digest);
    if (seen.len == 0)
        seen = from->hashes;
    origin->source = seen;
    count_behind(from, origin);
    return HELPDEX_OK;
}

helpdex_status hdx_sources_judge(hdx_sources *sources, const hdx_locale *locale,
                                 const hdx_locale *original, hdx_arena *arena,
                                 hdx_article *article, hdx_origin *origin,
                                 helpdex_error *err)
{
    bool is_original = strcmp(locale->tag, original->tag) == 0;
    if (is_original && article->document.count)
        article->missing = NULL; /* the original needs no translation */
    if (article->missing)
        return HELPDEX_OK;
    if (is_original)
        return add_source(sources, article, err);
    if (hdx_locale_fit(locale, original) == 0 && has_copy(sources, article)) {
        article->missing = "its body is a copy of the default locale's";
        origin->copy = true;
    }
    helpdex_status status =
        compare(sources, locale->tag, article, arena, origin, err);
    const source *from = source_of(sources, article->id);
    origin->high_stakes = from && from->high_stakes;
    bool outdated = article->matter.outdated || article->document.outdated;
    if (outdated && origin->sections && origin->behind == 0)
        origin->behind = 1; /* the translator knows, and says no more */
    return status;
}

/*
 * Whether an article that has not changed would be recorded as it was. Where
 * its own head calls the stakes high or its text outdated, that cannot be told
 * from what is recorded; it is indexed again.
 */
static bool agrees(const hdx_sources *s, const hdx_forward_article *was)
{
    const source *from = source_of(s, was->id);
    if (!from)
        return was->source.len == 0 && was->sections == 0 && was->behind == 0;
    hdx_digest body = {{0}};
    memcpy(body.hex, from->body.ptr, HDX_DIGEST_HEX);
    hdx_origin now = {.source = was->source.len ? was->source : from->hashes};
    count_behind(from, &now);
    return hdx_str_eq(now.source, was->source) && now.behind == was->behind &&
           now.sections == was->sections && number_of(&body) != was->digest &&
           from->high_stakes == was->high_stakes;
}

bool hdx_sources_agree(const hdx_sources *sources, hdx_str locale)
{
    for (size_t i = 0;
         sources->live && i < sources->live->manifest.locale_count; i++) {
        const hdx_forward *forward = sources->remembered[i];
        uint32_t count = hdx_forward_article_count(forward);
        bool all = true;
        if (!hdx_str_eq(sources->live->manifest.locales[i].tag, locale))
            continue;
        for (uint32_t n = 0; n < count && all; n++) {
            hdx_forward_article was = hdx_forward_article_at(forward, n);
            all = agrees(sources, &was);
        }
        return all;
    }
    return false;
}
