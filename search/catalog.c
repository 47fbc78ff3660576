/* The articles of a locale, copied out of the forward file in order of ids. */
#include <helpdex/catalog.h>

#include <stdlib.h>

#include "base/error.h"
#include "search/searcher.h"

struct helpdex_catalog {
    hdx_arena arena;
    helpdex_article *articles;
    size_t count;
};

static const hdx_search_shard *find_shard(const helpdex_searcher *searcher,
                                          const char *locale)
{
    for (size_t i = 0; i < searcher->count; i++)
        if (strcmp(searcher->shards[i].locale.tag, locale) == 0)
            return &searcher->shards[i];
    return NULL;
}

static bool copy_questions(hdx_arena *arena, hdx_str lines,
                           helpdex_article *out)
{
    hdx_str rest = lines, line;
    size_t count = 0;
    while (hdx_str_line(&rest, &line))
        count++;
    const char **list = hdx_arena_alloc(arena, (count + 1) * sizeof *list);
    if (!list)
        return false;
    for (rest = lines; hdx_str_line(&rest, &line);)
        if (!(list[out->question_count++] = hdx_arena_copy(arena, line).ptr))
            return false;
    out->questions = list;
    return true;
}

static bool copy_article(hdx_arena *arena, const hdx_forward_article *from,
                         helpdex_article *out)
{
    *out =
        (helpdex_article){.id = hdx_arena_copy(arena, from->id).ptr,
                          .title = hdx_arena_copy(arena, from->title).ptr,
                          .category = hdx_arena_copy(arena, from->category).ptr,
                          .path = hdx_arena_copy(arena, from->path).ptr};
    if (from->url.len && !(out->url = hdx_arena_copy(arena, from->url).ptr))
        return false;
    return out->id && out->title && out->category && out->path &&
           copy_questions(arena, from->questions, out);
}

/* Adds the articles that are not gone. */
static bool add_articles(helpdex_catalog *c, const hdx_forward *forward)
{
    for (uint32_t i = 0; i < hdx_forward_article_count(forward); i++) {
        hdx_forward_article from = hdx_forward_article_at(forward, i);
        if (!hdx_forward_is_gone(forward, i) &&
            !copy_article(&c->arena, &from, &c->articles[c->count++]))
            return false;
    }
    return true;
}

static int by_id(const void *a, const void *b)
{
    const helpdex_article *x = a, *y = b;
    return strcmp(x->id, y->id);
}

helpdex_status helpdex_catalog_open(const helpdex_searcher *searcher,
                                    const char *locale, helpdex_catalog **out,
                                    helpdex_error *err)
{
    *out = NULL;
    const hdx_search_shard *shard = find_shard(searcher, locale);
    if (!shard)
        return hdx_fail(err, HELPDEX_NOT_FOUND,
                        "no locale \"%.64s\" in the index; name one that it "
                        "has",
                        locale);
    helpdex_catalog *c = calloc(1, sizeof *c);
    if (!c)
        return hdx_fail_nomem(err);
    const hdx_forward *delta = shard->delta ? shard->delta->forward : NULL;
    size_t most = hdx_forward_article_count(shard->forward);
    most += delta ? hdx_forward_article_count(delta) : 0;
    c->articles = hdx_arena_alloc(&c->arena, (most + 1) * sizeof *c->articles);
    if (!c->articles || !add_articles(c, shard->forward) ||
        (delta && !add_articles(c, delta))) {
        helpdex_catalog_free(c);
        return hdx_fail_nomem(err);
    }
    qsort(c->articles, c->count, sizeof *c->articles, by_id);
    *out = c;
    return HELPDEX_OK;
}

size_t helpdex_catalog_count(const helpdex_catalog *catalog)
{
    return catalog->count;
}

const helpdex_article *helpdex_catalog_at(const helpdex_catalog *catalog,
                                          size_t at)
{
    return at < catalog->count ? &catalog->articles[at] : NULL;
}

const helpdex_article *helpdex_catalog_find(const helpdex_catalog *catalog,
                                            const char *id)
{
    const helpdex_article wanted = {.id = id};
    return bsearch(&wanted, catalog->articles, catalog->count,
                   sizeof *catalog->articles, by_id);
}

void helpdex_catalog_free(helpdex_catalog *catalog)
{
    if (!catalog)
        return;
    hdx_arena_free(&catalog->arena);
    free(catalog);
}
