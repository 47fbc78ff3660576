/* Titles asked of the files that were just written. */
#include "indexer/parity.h"

#include "base/error.h"
#include "text/analyse.h"

/* The words of an article's title in the lexicon; `*count` of them. */
static const uint32_t *title_of(const hdx_lexicon *l, uint32_t article,
                                size_t *count)
{
    const uint32_t *text = l->texts + l->article_texts[article];
    const uint32_t *end = l->texts + l->article_texts[article + 1];
    *count = 0;
    if (text == end || *text != (HDX_TEXT_SEGMENT | HDX_SEGMENT_TITLE))
        return NULL;
    for (text++; text + *count < end && !(text[*count] & HDX_TEXT_SEGMENT);)
        ++*count;
    return text;
}

static bool is_alike(const hdx_lexicon *l, const hdx_tokens *asked,
                     const uint32_t *indexed, size_t count)
{
    bool alike = asked->words == count;
    for (size_t i = 0; i < count && alike; i++)
        alike = hdx_lexicon_find(l, asked->items[i].word->exact) ==
                (indexed[i] & HDX_TEXT_WORD);
    return alike;
}

static helpdex_status fail(const hdx_lexicon *l, const char *locale,
                           const hdx_forward_article *article,
                           const hdx_tokens *asked, const uint32_t *indexed,
                           size_t count, helpdex_error *err)
{
    hdx_buf query = {0}, index = {0};
    for (size_t i = 0; i < asked->words; i++) {
        hdx_buf_byte(&query, ' ');
        hdx_buf_add(&query, asked->items[i].word->exact);
    }
    for (size_t i = 0; i < count; i++) {
        hdx_buf_byte(&index, ' ');
        hdx_buf_add(&index, hdx_lexicon_exact(l, indexed[i] & HDX_TEXT_WORD));
    }
    helpdex_status status =
        query.failed || index.failed
            ? hdx_fail_nomem(err)
            : hdx_fail_at(err, HELPDEX_STORE, article->path.ptr, 0, 0,
                          "its title does not find it in %s: asked as%.*s, "
                          "indexed as%.*s; index again, and report it if that "
                          "does not help",
                          locale, HDX_FMT(hdx_buf_str(&query)),
                          HDX_FMT(hdx_buf_str(&index)));
    hdx_buf_free(&query);
    hdx_buf_free(&index);
    return status;
}

helpdex_status hdx_parity_check(const hdx_pack *pack, const char *locale,
                                const hdx_forward *forward,
                                const hdx_lexicon *lexicon, helpdex_error *err)
{
    hdx_analyser *analyser;
    hdx_tokens asked = {0};
    helpdex_status status = hdx_analyser_open(pack, &analyser, err);
    for (uint32_t i = 0; !status && i < lexicon->header->articles; i++) {
        size_t count;
        const uint32_t *indexed = title_of(lexicon, i, &count);
        hdx_forward_article article = hdx_forward_article_at(forward, i);
        if (!indexed)
            continue;
        hdx_analyser_trim(analyser);
        status = hdx_analyse(analyser, article.title, &asked, err);
        if (!status && !is_alike(lexicon, &asked, indexed, count))
            status =
                fail(lexicon, locale, &article, &asked, indexed, count, err);
    }
    hdx_tokens_free(&asked);
    hdx_analyser_free(analyser);
    return status;
}
