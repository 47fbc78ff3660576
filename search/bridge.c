/*
 * Any language to any language. A family is an article in all its locales, so
 * that a question in one of them reaches the others without a translation: it
 * is asked in the locale that knows its words, and the answer is shown in the
 * reader's. Nothing is guessed when the reader's own locale has a good answer.
 */
#include "base/error.h"
#include "search/call.h"

enum { MOST_BRIDGES = 2 };

/*
 * When the reader's locale answers so much of the question, none is asked for
 * another; and another must know so much of the words, so much more than the
 * reader's does.
 */
static const double GOOD_COVER = 0.5, KNOWN_LEAST = 0.6, KNOWN_MORE = 0.25;

/* Whether a locale's articles for this reader have a word, if inflected
   otherwise. */
static bool knows(const hdx_question_maker *maker, hdx_word *word)
{
    return hdx_question_has_word(maker, word) ||
           hdx_question_has_term(maker, word->term);
}

/* The share of the question's words that a locale's articles have. */
static helpdex_status share_known(hdx_call *c, const hdx_search_shard *shard,
                                  double *out)
{
    hdx_str query = hdx_utf8_cut(c->query, HDX_QUESTION_BYTES);
    hdx_tokens *tokens = shard->maker.tokens;
    size_t known = 0;
    hdx_analyser_trim(shard->analyser);
    helpdex_status status = hdx_analyse(shard->analyser, query, tokens, c->err);
    for (size_t i = 0; !status && i < tokens->words; i++)
        known += knows(&shard->maker, tokens->items[i].word);
    *out = status || tokens->words == 0 ? 0
                                        : (double)known / (double)tokens->words;
    return status;
}

/* Makes a locale bridge: its link if it has one, else a new one. */
static void add_bridge(hdx_call *c, hdx_search_shard *shard)
{
    for (size_t i = 0; i < c->link_count; i++)
        if (c->links[i].shard == shard) {
            c->links[i].bridges = true;
            if (shard->delta)
                c->links[i + 1].bridges = true;
            return;
        }
    c->links[c->link_count++] =
        (hdx_link){.shard = shard, .fallback = true, .bridges = true};
    if (shard->delta)
        c->links[c->link_count++] = (hdx_link){.shard = shard->delta,
                                               .delta = true,
                                               .fallback = true,
                                               .bridges = true};
}

/*
 * The reader's locale knows fewer words of the question than another, so what
 * it found counts for less: names that both have, and English that can be read
 * as pinyin.
 */
static void doubt_found(hdx_call *c, double share)
{
    for (size_t i = 0; i < c->count; i++) {
        c->found[i].scale *= share;
        hdx_call_weigh(c, &c->found[i]);
    }
}

helpdex_status hdx_call_bridge(hdx_call *call)
{
    helpdex_searcher *s = call->searcher;
    hdx_search_shard *own = call->links[0].shard;
    double own_share = 0;
    double *shares =
        hdx_arena_alloc(&call->scratch, (s->count + 1) * sizeof *shares);
    if (!shares)
        return hdx_fail_nomem(call->err);
    helpdex_status status = share_known(call, own, &own_share);
    if (call->links[0].cover >= GOOD_COVER && own_share >= KNOWN_LEAST)
        return status;
    for (size_t i = 0; i < s->count && !status; i++)
        if (&s->shards[i] != own)
            status = share_known(call, &s->shards[i], &shares[i]);
    for (int n = 0; n < MOST_BRIDGES && !status; n++) {
        size_t best = 0;
        for (size_t i = 1; i < s->count; i++)
            if (shares[i] > shares[best])
                best = i;
        if (shares[best] < KNOWN_LEAST || shares[best] < own_share + KNOWN_MORE)
            break;
        add_bridge(call, &s->shards[best]);
        if (n == 0)
            doubt_found(call, own_share / shares[best]);
        shares[best] = 0;
    }
    return status;
}

uint32_t hdx_counterpart(const hdx_forward *from, uint32_t section,
                         const hdx_forward *to, uint32_t article)
{
    hdx_str anchor = hdx_forward_section_at(from, section).anchor;
    uint32_t first, end, to_first, to_end;
    hdx_forward_sections_of(from, hdx_forward_article_of(from, section), &first,
                            &end);
    hdx_forward_sections_of(to, article, &to_first, &to_end);
    for (uint32_t i = to_first; i < to_end; i++)
        if (anchor.len &&
            hdx_str_eq(hdx_forward_section_at(to, i).anchor, anchor))
            return i;
    return end - first == to_end - to_first ? to_first + (section - first)
                                            : to_first;
}

bool hdx_call_place(const hdx_call *call, hdx_str id, bool fresh,
                    hdx_place *out)
{
    for (size_t i = 0; i < call->link_count; i++) {
        const hdx_search_shard *to = call->links[i].shard;
        uint32_t article = hdx_forward_find(to->forward, id), end;
        if (article == HDX_NO_ARTICLE || !hdx_call_may_show(call, to, article))
            continue;
        hdx_forward_article facts =
            hdx_forward_article_at(to->forward, article);
        if (fresh && hdx_is_outdated(&facts))
            continue;
        *out = (hdx_place){.link = i, .article = article};
        hdx_forward_sections_of(to->forward, article, &out->section, &end);
        return true;
    }
    return false;
}

/* Where what was found at `from` is to be read; see hdx_call_place(). */
static bool place_for(const hdx_call *c, hdx_place from, bool fresh,
                      hdx_place *out)
{
    if (!hdx_call_place(c, hdx_call_article(c, from).id, fresh, out))
        return false;
    out->section =
        out->link == from.link
            ? from.section
            : hdx_counterpart(hdx_call_forward(c, from), from.section,
                              hdx_call_forward(c, *out), out->article);
    return true;
}

/* Beside a translation that could do harm, one that is up to date. */
static helpdex_status add_fresh(hdx_call *c, const hdx_found *stale)
{
    hdx_found fresh = *stale;
    if (!place_for(c, stale->from, true, &fresh.at))
        return HELPDEX_OK;
    if (!hdx_grow(&c->found, &c->capacity, c->count + 1, sizeof *c->found))
        return hdx_fail_nomem(c->err);
    hdx_call_weigh(c, &fresh);
    c->found[c->count++] = fresh;
    return HELPDEX_OK;
}

helpdex_status hdx_call_translate(hdx_call *call)
{
    size_t kept = 0, count = call->count;
    for (size_t i = 0; i < count; i++) {
        hdx_found *found = &call->found[i];
        if (call->links[found->from.link].bridges) {
            if (!place_for(call, found->from, false, &found->at))
                continue;
            hdx_call_weigh(call, found);
        }
        call->found[kept++] = *found;
    }
    call->count = count = kept;
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < count && !status; i++) {
        hdx_found found = call->found[i]; /* the array can move */
        hdx_forward_article facts = hdx_call_article(call, found.at);
        if (hdx_is_outdated(&facts))
            status = add_fresh(call, &found);
    }
    return status;
}
