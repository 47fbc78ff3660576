/*
 * Opening an index for searching: the generation is verified and pinned, then
 * every locale is opened with the packs that it was built with.
 */
#include "search/searcher.h"

#include <stdlib.h>

#include "base/error.h"

/* Scratch as large as the lexicon, so that a question needs none. */
static helpdex_status make_maker(helpdex_searcher *s, hdx_search_shard *shard,
                                 helpdex_error *err)
{
    const hdx_lexicon_header *h = shard->lexicon.header;
    const hdx_pool_header *pool = shard->pool.header;
    if (h->sections != hdx_forward_section_count(shard->forward) ||
        h->articles != hdx_forward_article_count(shard->forward) ||
        h->articles != pool->articles || h->words != pool->words)
        return hdx_fail(err, HELPDEX_STORE,
                        "the words and the texts of %s are not of one build; "
                        "index again",
                        shard->locale.tag);
    shard->maker = (hdx_question_maker){
        .lexicon = &shard->lexicon,
        .analyser = shard->analyser,
        .matches = calloc(h->words + 1u, sizeof *shard->maker.matches),
        .matched = calloc(h->words + 1u, sizeof *shard->maker.matched),
        .tokens = &s->tokens};
    shard->maker.means = &h->means;
    bool made = shard->maker.matches && shard->maker.matched;
    for (int kind = 0; kind < HDX_GRAM_KINDS && made; kind++) {
        uint64_t *known = calloc(h->words + 1u, sizeof *known);
        shard->maker.known[kind] = known;
        made = known != NULL;
    }
    return made ? hdx_thesaurus_open(shard->analyser, &s->tokens,
                                     &shard->maker.thesaurus, err)
                : hdx_fail_nomem(err);
}

static int32_t newest_of(const hdx_forward *forward)
{
    int32_t newest = 0;
    for (uint32_t i = 0; i < hdx_forward_article_count(forward); i++) {
        int32_t day = hdx_forward_article_at(forward, i).modified;
        if (day > newest && !hdx_forward_is_gone(forward, i))
            newest = day;
    }
    return newest;
}

/* Opens the files of a folder of the generation; `engine` (NULL: one of its own)
   is to search them too. What is gone must be known before the rules look. */
static helpdex_status open_files(helpdex_searcher *s, hdx_search_shard *shard,
                                 const char *dir, hdx_engine *engine,
                                 helpdex_error *err)
{
    hdx_arena *arena = &s->generation->arena;
    const hdx_pack *pack;
    hdx_str terms = hdx_arena_format(arena, "%s/" HDX_TERMS_FILE, dir);
    hdx_str forward = hdx_arena_format(arena, "%s/" HDX_FORWARD_FILE, dir);
    hdx_str lexicon = hdx_arena_format(arena, "%s/" HDX_LEXICON_FILE, dir);
    hdx_str pool = hdx_arena_format(arena, "%s/" HDX_POOL_FILE, dir);
    hdx_str gone = hdx_arena_format(arena, "%s/" HDX_GONE_FILE, dir);
    if (!terms.ptr || !forward.ptr || !lexicon.ptr || !pool.ptr || !gone.ptr)
        return hdx_fail_nomem(err);
    helpdex_status status =
        hdx_catalog_pack(s->catalog, &shard->locale, &pack, err);
    if (!status)
        status = hdx_analyser_open(pack, &shard->analyser, err);
    if (!status)
        status = hdx_forward_open(forward.ptr, &shard->forward, err);
    if (!status && hdx_file_exists(gone.ptr))
        status = hdx_forward_hide(shard->forward, gone.ptr, err);
    if (!status)
        shard->newest = newest_of(shard->forward);
    if (!status)
        status = hdx_lexicon_open(lexicon.ptr, &shard->lexicon, err);
    if (!status)
        status = hdx_pool_open(pool.ptr, &shard->pool, err);
    if (!status)
        status = engine ? hdx_engine_join(engine, terms.ptr, err)
                        : hdx_engine_open(terms.ptr, &shard->engine, err);
    if (!status)
        status = make_maker(s, shard, err);
    if (!status)
        status = hdx_wording_make(shard->forward, &shard->lexicon,
                                  &shard->maker.wording, err);
    return status ? status
                  : hdx_rule_sheet_make(&s->rules, &shard->locale,
                                        shard->forward, shard->analyser,
                                        &s->tokens, &shard->rules, err);
}

/* Opens the delta of a locale. Each side weighs words by what both have. */
static helpdex_status open_delta(helpdex_searcher *s, hdx_search_shard *shard,
                                 const char *dir, helpdex_error *err)
{
    hdx_search_shard *delta = shard->delta = calloc(1, sizeof *delta);
    if (!delta)
        return hdx_fail_nomem(err);
    delta->locale = shard->locale;
    helpdex_status status = open_files(s, delta, dir, shard->engine, err);
    if (status)
        return status;
    if (delta->newest > shard->newest)
        shard->newest = delta->newest;
    delta->newest = shard->newest;
    delta->maker.means = shard->maker.means;
    delta->maker.sibling = &shard->maker;
    shard->maker.sibling = &delta->maker;
    return HELPDEX_OK;
}

static helpdex_status open_shard(helpdex_searcher *s, hdx_search_shard *shard,
                                 const hdx_manifest_locale *from,
                                 helpdex_error *err)
{
    hdx_generation *g = s->generation;
    hdx_str dir =
        hdx_arena_format(&g->arena, "%s/%s", g->path.ptr, from->tag.ptr);
    hdx_str delta = hdx_arena_format(&g->arena, "%s/" HDX_DELTA_DIR, dir.ptr);
    if (!dir.ptr || !delta.ptr)
        return hdx_fail_nomem(err);
    if (!hdx_locale_parse(from->tag, &shard->locale))
        return hdx_fail_at(err, HELPDEX_DAMAGED, g->path.ptr, 0, 0,
                           "its manifest names no locale; rebuild the index");
    helpdex_status status = open_files(s, shard, dir.ptr, NULL, err);
    if (!status && hdx_dir_exists(delta.ptr))
        status = open_delta(s, shard, delta.ptr, err);
    return status;
}

static helpdex_status open_shards(helpdex_searcher *s, helpdex_error *err)
{
    hdx_generation *g = s->generation;
    hdx_str packs =
        hdx_arena_format(&g->arena, "%s/" HDX_PACKS_DIR, g->path.ptr);
    s->count = g->manifest.locale_count;
    s->shards = calloc(s->count + 1, sizeof *s->shards);
    s->adds = malloc(s->count * s->count + 1);
    if (!packs.ptr || !s->shards || !s->adds)
        return hdx_fail_nomem(err);
    memset(s->adds, -1, s->count * s->count);
    if (hdx_locale_read(g->manifest.default_locale, &s->default_locale) ==
        HELPDEX_NOMEM)
        return hdx_fail_nomem(err);
    helpdex_status status = hdx_catalog_open(packs.ptr, &s->catalog, err);
    if (!status)
        status = hdx_rulebook_open(g->path.ptr, &s->rules, err);
    for (size_t i = 0; i < s->count && !status; i++)
        status = open_shard(s, &s->shards[s->opened++], &g->manifest.locales[i],
                            err);
    return status;
}

helpdex_status helpdex_searcher_open(const char *index_dir,
                                     helpdex_searcher **out, helpdex_error *err)
{
    *out = NULL;
    helpdex_searcher *s = calloc(1, sizeof *s);
    if (!s)
        return hdx_fail_nomem(err);
    s->ranking = &hdx_ranking_default;
    char icu[HDX_ICU_VERSION_SIZE];
    hdx_analyser_icu(icu);
    hdx_stamp stamp = {HDX_ANALYSER_VERSION, icu};
    helpdex_status status =
        hdx_generation_open(index_dir, stamp, &s->generation, err);
    if (!status)
        status = open_shards(s, err);
    if (status)
        helpdex_searcher_free(s);
    else
        *out = s;
    return status;
}

static void close_shard(hdx_search_shard *shard)
{
    hdx_engine_free(shard->engine);
    hdx_forward_free(shard->forward);
    hdx_lexicon_close(&shard->lexicon);
    hdx_pool_close(&shard->pool);
    hdx_analyser_free(shard->analyser);
    hdx_thesaurus_close(&shard->maker.thesaurus);
    hdx_wording_close(&shard->maker.wording);
    hdx_rule_sheet_close(&shard->rules);
    free(shard->maker.matches);
    free(shard->maker.matched);
    for (int kind = 0; kind < HDX_GRAM_KINDS; kind++)
        free(shard->maker.known[kind]);
}

void helpdex_searcher_free(helpdex_searcher *searcher)
{
    if (!searcher)
        return;
    for (size_t i = 0; i < searcher->opened; i++) {
        if (searcher->shards[i].delta)
            close_shard(searcher->shards[i].delta);
        free(searcher->shards[i].delta);
        close_shard(&searcher->shards[i]);
    }
    hdx_suggester_free(searcher->suggester);
    free(searcher->shards);
    free(searcher->adds);
    hdx_tokens_free(&searcher->tokens);
    hdx_rulebook_close(&searcher->rules);
    hdx_catalog_free(searcher->catalog);
    hdx_generation_free(searcher->generation);
    free(searcher);
}

void hdx_searcher_attend(helpdex_searcher *searcher, const char *region,
                         const char *platform)
{
    for (size_t i = 0; i < searcher->count; i++)
        for (hdx_search_shard *at = &searcher->shards[i]; at; at = at->delta)
            at->maker.audiences =
                hdx_wording_audiences(&at->maker.wording, region, platform);
}

/* Whether a locale has an article for every reader, wherever they are. */
static bool is_for_all(const hdx_search_shard *shard, hdx_str id)
{
    uint32_t article = hdx_forward_find(shard->forward, id);
    if (article == HDX_NO_ARTICLE)
        return shard->delta && is_for_all(shard->delta, id);
    hdx_forward_article facts = hdx_forward_article_at(shard->forward, article);
    return facts.regions.len == 0 && facts.platforms.len == 0;
}

static bool has_more(const hdx_search_shard *shard,
                     const hdx_search_shard *reader)
{
    uint32_t count = hdx_forward_article_count(shard->forward), i = 0;
    while (i < count &&
           (hdx_forward_is_gone(shard->forward, i) ||
            is_for_all(reader, hdx_forward_article_at(shard->forward, i).id)))
        i++;
    return i < count;
}

bool hdx_searcher_adds(helpdex_searcher *searcher,
                       const hdx_search_shard *shard,
                       const hdx_search_shard *reader)
{
    size_t row = (size_t)(shard - searcher->shards);
    size_t column = (size_t)(reader - searcher->shards);
    signed char *known = &searcher->adds[row * searcher->count + column];
    if (*known >= 0)
        return *known;
    *known = has_more(shard, reader) ||
             (shard->delta && has_more(shard->delta, reader));
    return *known;
}

const char *helpdex_searcher_generation(const helpdex_searcher *searcher)
{
    return searcher->generation->name.ptr;
}

const char *helpdex_searcher_notice(const helpdex_searcher *searcher)
{
    hdx_str notice = searcher->generation->notice;
    return notice.len ? notice.ptr : NULL;
}

bool helpdex_locale_is_right_to_left(const char *locale)
{
    hdx_locale read;
    return hdx_locale_parse(hdx_str_of(locale), &read) &&
           hdx_locale_is_right_to_left(&read);
}

int64_t helpdex_searcher_changed(const helpdex_searcher *searcher, int64_t now)
{
    const hdx_rules *rules = &searcher->rules.rules;
    int64_t last = 0;
    for (size_t i = 0; i < rules->count; i++) {
        const hdx_rule *rule = &rules->items[i];
        last = rule->start <= now && rule->start > last ? rule->start : last;
        last = rule->end <= now && rule->end > last ? rule->end : last;
    }
    return last;
}

size_t helpdex_searcher_locale_count(const helpdex_searcher *searcher)
{
    return searcher->count;
}

const char *helpdex_searcher_locale(const helpdex_searcher *searcher, size_t at)
{
    return at < searcher->count ? searcher->shards[at].locale.tag : NULL;
}
