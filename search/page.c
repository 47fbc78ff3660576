/*
 * One article for a reader, copied out of the forward file. Its HTML is made
 * here of plain text, so that nothing but a paragraph can be in it.
 */
#include <helpdex/page.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/error.h"
#include "search/audience.h"
#include "search/searcher.h"

struct helpdex_page {
    hdx_arena arena;
    helpdex_page_content content;
};

typedef struct reading {
    helpdex_searcher *searcher;
    const helpdex_page_request *request;
    hdx_arena *arena; /* of the page */
    hdx_chain chain;
    hdx_locale locale;
    helpdex_page_content *out;
    bool failed; /* memory is out */
} reading;

void helpdex_page_request_init(helpdex_page_request *request)
{
    *request = (helpdex_page_request){.size = sizeof *request};
}

static const char *copy(reading *r, hdx_str text)
{
    const char *copied = hdx_arena_copy(r->arena, text).ptr;
    r->failed |= !copied;
    return copied;
}

static const char *copy_some(reading *r, hdx_str text)
{
    return text.len ? copy(r, text) : NULL;
}

static void *room(reading *r, size_t count, size_t size)
{
    void *items = hdx_arena_alloc(r->arena, (count + 1) * size);
    r->failed |= !items;
    return items;
}

static const char *const *copy_lines(reading *r, hdx_str lines, size_t *count)
{
    hdx_str rest = lines, line;
    size_t lines_there = 0;
    while (hdx_str_line(&rest, &line))
        lines_there++;
    const char **list = room(r, lines_there, sizeof *list);
    *count = 0;
    for (rest = lines; list && hdx_str_line(&rest, &line);)
        list[(*count)++] = copy(r, line);
    return list;
}

static void add_escaped(hdx_buf *out, hdx_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        switch (text.ptr[i]) {
        case '&':
            hdx_buf_add(out, HDX_STR("&amp;"));
            break;
        case '<':
            hdx_buf_add(out, HDX_STR("&lt;"));
            break;
        case '>':
            hdx_buf_add(out, HDX_STR("&gt;"));
            break;
        case '"':
            hdx_buf_add(out, HDX_STR("&quot;"));
            break;
        default:
            hdx_buf_byte(out, text.ptr[i]);
        }
    }
}

static const char *paragraphs(reading *r, hdx_str text)
{
    hdx_buf html = {0};
    hdx_str line;
    while (hdx_str_line(&text, &line)) {
        if (hdx_str_trim(line).len == 0)
            continue;
        hdx_buf_add(&html, HDX_STR("<p>"));
        add_escaped(&html, line);
        hdx_buf_add(&html, HDX_STR("</p>"));
    }
    r->failed |= html.failed;
    const char *copied = copy(r, hdx_buf_str(&html));
    hdx_buf_free(&html);
    return copied;
}

static void fill_sections(reading *r, const hdx_forward *forward,
                          uint32_t article)
{
    uint32_t first, end;
    hdx_forward_sections_of(forward, article, &first, &end);
    helpdex_page_section *list = room(r, end - first, sizeof *list);
    for (uint32_t at = first; at < end && !r->failed; at++) {
        hdx_forward_section from = hdx_forward_section_at(forward, at);
        helpdex_page_section *to = &list[r->out->section_count++];
        to->anchor = copy(r, from.anchor);
        to->heading_path = copy_lines(r, from.headings, &to->heading_count);
        to->text = copy(r, from.text);
        to->html = paragraphs(r, from.text);
    }
    r->out->sections = list;
}

static void fill_modified(reading *r, int32_t day)
{
    char text[HDX_DAY_TEXT];
    if (day)
        r->out->modified = copy(r, hdx_date_write_day(day, text));
}

static void fill_stale(reading *r, const hdx_forward_article *from)
{
    if (from->behind == 0)
        return;
    helpdex_staleness *stale = room(r, 1, sizeof *stale);
    if (stale)
        *stale = (helpdex_staleness){from->behind, from->sections};
    r->out->stale = stale;
}

/* Whether the reader may see an article; HDX_NO_ARTICLE is none. */
static bool may_see(const reading *r, const hdx_search_shard *shard,
                    uint32_t article)
{
    if (article == HDX_NO_ARTICLE ||
        hdx_rule_sheet_hides(&shard->rules, article))
        return false;
    hdx_forward_article facts = hdx_forward_article_at(shard->forward, article);
    return hdx_audience_admits(facts.regions, r->request->region) &&
           hdx_audience_admits(facts.platforms, r->request->platform);
}

static uint32_t find_in(const reading *r, const hdx_search_shard *shard)
{
    uint32_t article =
        hdx_forward_find(shard->forward, hdx_str_of(r->request->id));
    return may_see(r, shard, article) ? article : HDX_NO_ARTICLE;
}

static void fill_locales(reading *r)
{
    helpdex_page_locale *list = room(r, r->searcher->count, sizeof *list);
    for (size_t i = 0; i < r->searcher->count && !r->failed; i++) {
        const hdx_search_shard *shard = &r->searcher->shards[i];
        uint32_t article = find_in(r, shard);
        if (article == HDX_NO_ARTICLE && shard->delta) {
            shard = shard->delta;
            article = find_in(r, shard);
        }
        if (article == HDX_NO_ARTICLE)
            continue;
        hdx_forward_article from =
            hdx_forward_article_at(shard->forward, article);
        list[r->out->locale_count++] =
            (helpdex_page_locale){copy(r, hdx_str_of(shard->locale.tag)),
                                  copy(r, from.title), copy_some(r, from.url)};
    }
    r->out->locales = list;
}

static void fill(reading *r, const hdx_chain_link *link, uint32_t article)
{
    const hdx_search_shard *shard = link->shard;
    hdx_forward_article from = hdx_forward_article_at(shard->forward, article);
    helpdex_page_content *to = r->out;
    to->id = copy(r, from.id);
    to->locale = copy(r, hdx_str_of(shard->locale.tag));
    to->fallback = link->fallback;
    to->title = copy(r, from.title);
    to->category = copy(r, from.category);
    to->url = copy_some(r, from.url);
    to->deep_link = copy_some(r, from.deep_link);
    to->high_stakes = from.high_stakes;
    to->questions = copy_lines(r, from.questions, &to->question_count);
    to->generation = copy(r, r->searcher->generation->name);
    fill_modified(r, from.modified);
    fill_stale(r, &from);
    fill_sections(r, shard->forward, article);
    fill_locales(r);
}

/* In the first locale of the chain that has it for this reader. */
static helpdex_status find(reading *r, helpdex_error *err)
{
    for (size_t i = 0; i < r->chain.count; i++) {
        uint32_t article = find_in(r, r->chain.links[i].shard);
        if (article == HDX_NO_ARTICLE)
            continue;
        fill(r, &r->chain.links[i], article);
        return r->failed ? hdx_fail_nomem(err) : HELPDEX_OK;
    }
    return hdx_fail(err, HELPDEX_NOT_FOUND,
                    "no article \"%.200s\" for this reader; see the ids that a "
                    "search gives",
                    r->request->id);
}

/* What editors hide from this reader, whatever they ask. */
static void hide(reading *r)
{
    const helpdex_page_request *q = r->request;
    hdx_rule_reader reader = {.locale = &r->locale,
                              .region = q->region,
                              .platform = q->platform,
                              .now = q->now ? q->now : hdx_clock()};
    hdx_version version;
    if (q->app_version &&
        hdx_version_read(hdx_str_of(q->app_version), &version))
        reader.version = &version;
    hdx_searcher_hide(r->searcher, &reader);
}

static helpdex_status read_page(reading *r, helpdex_error *err)
{
    const char *tag = r->request->locale ? r->request->locale
                                         : r->searcher->default_locale.tag;
    if (!r->request->id || !*r->request->id)
        return hdx_fail(err, HELPDEX_INVALID, "no id; name an article");
    if (!hdx_locale_parse(hdx_str_of(tag), &r->locale))
        return hdx_fail(err, HELPDEX_INVALID,
                        "\"%.64s\" is not a language tag; write one, such as "
                        "pt-BR",
                        tag);
    helpdex_status status =
        hdx_chain_make(r->searcher, &r->locale, r->arena, &r->chain, err);
    if (status)
        return status;
    hide(r);
    status = find(r, err);
    hdx_searcher_hide(r->searcher, NULL);
    return status;
}

helpdex_status helpdex_page_read(helpdex_searcher *searcher,
                                 const helpdex_page_request *request,
                                 helpdex_page **out, helpdex_error *err)
{
    *out = NULL;
    helpdex_page *page = calloc(1, sizeof *page);
    if (!page)
        return hdx_fail_nomem(err);
    reading r = {.searcher = searcher,
                 .request = request,
                 .arena = &page->arena,
                 .out = &page->content};
    helpdex_status status = read_page(&r, err);
    if (status)
        helpdex_page_free(page);
    else
        *out = page;
    return status;
}

const helpdex_page_content *helpdex_page_content_of(const helpdex_page *page)
{
    return &page->content;
}

void helpdex_page_free(helpdex_page *page)
{
    if (!page)
        return;
    hdx_arena_free(&page->arena);
    free(page);
}
