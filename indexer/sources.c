/*
 * Hashes of sections, one behind the other, are all that is remembered of a
 * source: which of them a translation has not seen is a matter of two lists.
 */
#include "indexer/sources.h"

#include <pthread.h>
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
    hdx_forwards *remembered; /* one for each locale of `live` */
    hdx_source_load *load;    /* NULL: all are known */
    void *context;
    hdx_map touched; /* ids */
    pthread_mutex_t loading;
};

helpdex_status hdx_sources_open(const hdx_generation *live, hdx_sources **out,
                                helpdex_error *err)
{
    hdx_sources *s = *out = calloc(1, sizeof *s);
    if (!s)
        return hdx_fail_nomem(err);
    size_t count = live ? live->manifest.locale_count : 0;
    s->live = live;
    pthread_mutex_init(&s->loading, NULL);
    s->remembered = calloc(count + 1, sizeof *s->remembered);
    helpdex_status status = s->remembered ? HELPDEX_OK : hdx_fail_nomem(err);
    for (size_t i = 0; i < count && !status; i++) {
        hdx_str dir = hdx_arena_format(&s->arena, "%s/%s", live->path.ptr,
                                       live->manifest.locales[i].tag.ptr);
        status = dir.ptr ? hdx_forwards_open(dir.ptr, &s->remembered[i], err)
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
        hdx_forwards_close(&sources->remembered[i]);
    free(sources->remembered);
    pthread_mutex_destroy(&sources->loading);
    hdx_map_free(&sources->touched);
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

void hdx_sources_rely(hdx_sources *sources, hdx_source_load *load,
                      void *context)
{
    sources->load = load;
    sources->context = context;
}

bool hdx_sources_touch(hdx_sources *sources, hdx_str id)
{
    bool added;
    hdx_str lasting = hdx_arena_copy(&sources->arena, id);
    return lasting.ptr && hdx_map_add(&sources->touched, lasting, &added);
}

static const source *find(const hdx_sources *sources, hdx_str id)
{
    const hdx_map_entry *entry = hdx_map_find(&sources->by_id, id);
    return entry ? (const source *)(uintptr_t)entry->value : NULL;
}

static helpdex_status source_of(hdx_sources *sources, hdx_str id,
                                const source **out, helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    if (!sources->load) {
        *out = find(sources, id);
        return status;
    }
    pthread_mutex_lock(&sources->loading);
    *out = find(sources, id);
    if (!*out) {
        status = sources->load(sources->context, id, err);
        *out = find(sources, id);
    }
    pthread_mutex_unlock(&sources->loading);
    return status;
}

static bool is_copy(const source *from, const hdx_article *article)
{
    hdx_digest digest = body_digest(article);
    return from && hdx_str_eq(from->body, hdx_str_of(digest.hex));
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

const hdx_forwards *hdx_sources_remembered(const hdx_sources *sources,
                                           hdx_str locale)
{
    for (size_t i = 0;
         sources->live && i < sources->live->manifest.locale_count; i++)
        if (hdx_str_eq(sources->live->manifest.locales[i].tag, locale))
            return &sources->remembered[i];
    return NULL;
}

/* What the live index remembers of a translation that is still the same. */
static hdx_str remembered(const hdx_sources *s, const char *locale, hdx_str id,
                          uint64_t digest)
{
    const hdx_forwards *all = hdx_sources_remembered(s, hdx_str_of(locale));
    uint32_t article;
    const hdx_forward *forward =
        all ? hdx_forwards_find(all, id, &article) : NULL;
    if (!forward)
        return HDX_STR("");
    hdx_forward_article was = hdx_forward_article_at(forward, article);
    return was.digest == digest ? was.source : HDX_STR("");
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

static helpdex_status compare(const hdx_sources *sources, const source *from,
                              const char *locale, const hdx_article *article,
                              hdx_arena *arena, hdx_origin *origin,
                              helpdex_error *err)
{
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
    const source *from;
    bool is_original = strcmp(locale->tag, original->tag) == 0;
    if (is_original && article->document.count)
        article->missing = NULL; /* the original needs no translation */
    if (article->missing)
        return HELPDEX_OK;
    if (is_original)
        return add_source(sources, article, err);
    helpdex_status status = source_of(sources, article->id, &from, err);
    if (status)
        return status;
    if (hdx_locale_fit(locale, original) == 0 && is_copy(from, article)) {
        article->missing = "its body is a copy of the default locale's";
        origin->copy = true;
    }
    status = compare(sources, from, locale->tag, article, arena, origin, err);
    origin->high_stakes = from && from->high_stakes;
    bool outdated = article->matter.outdated || article->document.outdated;
    if (outdated && origin->sections && origin->behind == 0)
        origin->behind = 1; /* the translator knows, and says no more */
    return status;
}

/*
 * Where an article's own head calls the stakes high or its text outdated, that
 * cannot be told from what is recorded; it is indexed again.
 */
bool hdx_sources_agree_on(hdx_sources *sources, const hdx_forward_article *was)
{
    const source *from;
    if (sources->load && !hdx_map_find(&sources->touched, was->id))
        return true;
    if (source_of(sources, was->id, &from, NULL))
        return false;
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

static bool agree_on_all(hdx_sources *s, const hdx_forward *forward)
{
    bool all = true;
    for (uint32_t n = 0; n < hdx_forward_article_count(forward) && all; n++) {
        hdx_forward_article was = hdx_forward_article_at(forward, n);
        all = hdx_forward_is_gone(forward, n) || hdx_sources_agree_on(s, &was);
    }
    return all;
}

bool hdx_sources_agree(hdx_sources *sources, hdx_str locale)
{
    const hdx_forwards *was = hdx_sources_remembered(sources, locale);
    return was && agree_on_all(sources, was->base) &&
           (!was->delta || agree_on_all(sources, was->delta));
}
