/* Reading all texts once, when an index with articles for some is opened: five
   million words take some milliseconds. */
#include "search/wording.h"

#include <stdlib.h>

#include "base/error.h"
#include "search/audience.h"

static size_t audience_of(hdx_wording *w, const hdx_forward_article *article)
{
    size_t at = 0;
    while (at < w->count &&
           !(hdx_str_eq(w->audiences[at].regions, article->regions) &&
             hdx_str_eq(w->audiences[at].platforms, article->platforms)))
        at++;
    if (at == w->count && at < HDX_AUDIENCES - 1)
        w->audiences[w->count++] =
            (hdx_audience){article->regions, article->platforms};
    return at < HDX_AUDIENCES - 1 ? at : HDX_AUDIENCES - 1;
}

static void mark(hdx_wording *w, const hdx_lexicon *lexicon, uint32_t begin,
                 uint32_t end, uint32_t bit)
{
    for (uint32_t i = begin; i < end; i++)
        if (!(lexicon->texts[i] & HDX_TEXT_SEGMENT))
            w->words[lexicon->texts[i] & HDX_TEXT_WORD] |= bit;
}

static void mark_article(hdx_wording *w, const hdx_forward *forward,
                         const hdx_lexicon *lexicon, uint32_t article)
{
    hdx_forward_article facts = hdx_forward_article_at(forward, article);
    uint32_t bit = 1u << audience_of(w, &facts), first, end;
    hdx_forward_sections_of(forward, article, &first, &end);
    mark(w, lexicon, lexicon->article_texts[article],
         lexicon->article_texts[article + 1], bit);
    mark(w, lexicon, lexicon->section_texts[first], lexicon->section_texts[end],
         bit);
}

static bool has_limited(const hdx_forward *forward)
{
    for (uint32_t i = 0; i < hdx_forward_article_count(forward); i++) {
        hdx_forward_article article = hdx_forward_article_at(forward, i);
        if (!hdx_forward_is_gone(forward, i) &&
            (article.regions.len || article.platforms.len))
            return true;
    }
    return false;
}

helpdex_status hdx_wording_make(const hdx_forward *forward,
                                const hdx_lexicon *lexicon, hdx_wording *out,
                                helpdex_error *err)
{
    *out = (hdx_wording){0};
    if (!has_limited(forward))
        return HELPDEX_OK;
    out->words = calloc(lexicon->header->words + 1u, sizeof *out->words);
    if (!out->words)
        return hdx_fail_nomem(err);
    for (uint32_t i = 0; i < hdx_forward_article_count(forward); i++)
        if (!hdx_forward_is_gone(forward, i))
            mark_article(out, forward, lexicon, i);
    return HELPDEX_OK;
}

void hdx_wording_close(hdx_wording *wording)
{
    free(wording->words);
    *wording = (hdx_wording){0};
}

uint32_t hdx_wording_audiences(const hdx_wording *wording, const char *region,
                               const char *platform)
{
    uint32_t bits = 0;
    if (!region && !platform)
        return UINT32_MAX;
    for (size_t i = 0; i < wording->count; i++)
        if (hdx_audience_admits(wording->audiences[i].regions, region) &&
            hdx_audience_admits(wording->audiences[i].platforms, platform))
            bits |= 1u << i;
    return bits;
}
