/*
 * Nothing was found, so something else is offered: the articles whose titles
 * look most like the question, by the pieces of their words, and where none
 * does, what the writers put first in each category. Whatever happens, the way
 * to a person is said.
 */
#include "base/error.h"
#include "search/call.h"
#include "search/contact.h"

/* Articles beyond these are not looked at: so many take 12 ms. */
enum { TOPICS_MOST = 5, TITLES_MOST = 65536, PIECES_BITS = 4096 };

/* So much of the question's pieces must be in a title; and of a word's pieces,
   for the word to count. */
static const double NEAR_LEAST = 0.35, LIKE_LEAST = 0.5;

/* An article to offer; the higher score first, the lower ordinal of equals. */
typedef struct topic {
    size_t link;
    uint32_t article;
    double score;
    hdx_str category; /* of which no other is to be offered; empty: any */
} topic;

typedef struct offer {
    hdx_call *call;
    topic best[TOPICS_MOST];
    size_t count;
    uint64_t pieces[PIECES_BITS / 64]; /* of the question's words */
    size_t piece_count;
    float *likeness; /* by word of the lexicon: 1 + its own; 0: not looked at */
} offer;

static uint32_t piece_of(const hdx_symbol *symbols, size_t size)
{
    return hdx_lexicon_hash(symbols, size * sizeof *symbols) % PIECES_BITS;
}

/* Symbols to a piece: a pair says as much in Han, kana or Hangul as three
   letters do elsewhere. */
static size_t piece_size(hdx_density dense)
{
    return dense == HDX_DENSE_SIGNS || dense == HDX_SPACED_SIGNS ? 2 : 3;
}

static void note_word(offer *o, const hdx_word *word)
{
    hdx_symbol symbols[HDX_WORD_BYTES];
    size_t count = 0, size = piece_size(word->dense);
    for (size_t at = 0; at < word->loose.len;)
        symbols[count++] = hdx_symbol_of(hdx_utf8_next(word->loose, &at));
    for (size_t i = 0; i + size <= count; i++) {
        uint32_t piece = piece_of(symbols + i, size);
        uint64_t bit = 1ull << piece % 64;
        o->piece_count += !(o->pieces[piece / 64] & bit);
        o->pieces[piece / 64] |= bit;
    }
}

/* How many of a word's pieces the question has; 0 if they are few of its. */
static double likeness_of(const offer *o, const hdx_lexicon *l, uint32_t id)
{
    const hdx_lexicon_word *w = &l->words[id];
    size_t size = piece_size((hdx_density)w->dense), has = 0, all = 0;
    for (size_t i = 0; i + size <= w->symbol_count; i++, all++) {
        uint32_t piece = piece_of(l->symbols + w->symbols + i, size);
        has += o->pieces[piece / 64] >> piece % 64 & 1;
    }
    return (double)has >= LIKE_LEAST * (double)all ? (double)has : 0;
}

/* How much of the question looks like a title, or a question of the article;
   the shorter of equals is nearer. The texts are [begin, end). */
static double title_likeness(offer *o, const hdx_lexicon *l, uint32_t begin,
                             uint32_t end)
{
    double like = 0;
    for (uint32_t i = begin; i < end; i++) {
        uint32_t id = l->texts[i] & HDX_TEXT_WORD;
        if (o->likeness[id] == 0)
            o->likeness[id] = (float)(1 + likeness_of(o, l, id));
        like += (double)o->likeness[id] - 1;
    }
    return o->piece_count
               ? like / (double)o->piece_count - 1e-6 * (double)(end - begin)
               : 0;
}

/* The best of an article's title and questions. */
static double article_likeness(offer *o, const hdx_lexicon *l, uint32_t article)
{
    uint32_t begin = l->article_texts[article];
    uint32_t end = l->article_texts[article + 1];
    double best = 0;
    for (uint32_t next; begin < end; begin = next) {
        hdx_segment segment =
            (hdx_segment)(l->texts[begin] & ~HDX_TEXT_SEGMENT);
        for (next = begin + 1;
             next < end && !(l->texts[next] & HDX_TEXT_SEGMENT);)
            next++;
        if (segment != HDX_SEGMENT_TITLE && segment != HDX_SEGMENT_QUESTION)
            continue;
        double like = title_likeness(o, l, begin + 1, next);
        best = like > best ? like : best;
    }
    return best;
}

/* What the writers put first, the lightest first, then the newest. */
static double prominence(const hdx_forward_article *article)
{
    static const double DAYS = 1e6;
    double age = 1 - (double)article->modified / DAYS;
    return article->weight ? 3 - (double)article->weight / UINT32_MAX
                           : 1 - age / 2;
}

/* Whether a better article of the same category is there; a worse one goes. */
static bool is_told(offer *o, const topic *t)
{
    size_t at = 0;
    while (at < o->count && (t->category.len == 0 ||
                             !hdx_str_eq(o->best[at].category, t->category)))
        at++;
    if (at == o->count)
        return false;
    if (o->best[at].score >= t->score)
        return true;
    o->count--;
    memmove(&o->best[at], &o->best[at + 1], (o->count - at) * sizeof *o->best);
    return false;
}

/* Puts an article among the best, if it is one of them. */
static void put(offer *o, topic t)
{
    if (is_told(o, &t))
        return;
    size_t at = o->count;
    while (at > 0 && o->best[at - 1].score < t.score)
        at--;
    if (at == TOPICS_MOST)
        return;
    o->count += o->count < TOPICS_MOST;
    memmove(&o->best[at + 1], &o->best[at],
            (o->count - at - 1) * sizeof *o->best);
    o->best[at] = t;
}

/* Whether an article is offered already, in a locale that fits better. */
static bool is_offered(const offer *o, const hdx_link *link, hdx_str id)
{
    for (const hdx_link *at = o->call->links; at < link; at++) {
        uint32_t article = hdx_forward_find(at->shard->forward, id);
        if (!at->fallback && article != HDX_NO_ARTICLE &&
            hdx_call_may_show(o->call, at->shard, article))
            return true;
    }
    return false;
}

/* Looks at the articles of a locale, by their titles or by their weights. */
static void look(offer *o, size_t link, bool near)
{
    const hdx_link *at = &o->call->links[link];
    uint32_t count = hdx_forward_article_count(at->shard->forward);
    for (uint32_t i = 0; i < count && i < TITLES_MOST; i++) {
        double score =
            near ? article_likeness(o, &at->shard->lexicon, i) : NEAR_LEAST;
        if (score < NEAR_LEAST)
            continue;
        hdx_forward_article article =
            hdx_forward_article_at(at->shard->forward, i);
        if (!near)
            score = prominence(&article);
        if (hdx_call_may_show(o->call, at->shard, i) &&
            !is_offered(o, at, article.id))
            put(o,
                (topic){link, i, score, near ? HDX_STR("") : article.category});
    }
}

/* The articles of one locale whose titles are near. */
static helpdex_status look_near(offer *o, size_t link)
{
    hdx_call *c = o->call;
    const hdx_search_shard *shard = c->links[link].shard;
    hdx_tokens *tokens = shard->maker.tokens;
    hdx_str query = hdx_utf8_cut(c->query, HDX_QUESTION_BYTES);
    helpdex_status status = hdx_analyse(shard->analyser, query, tokens, c->err);
    o->likeness = hdx_arena_alloc(
        &c->scratch, (shard->lexicon.header->words + 1u) * sizeof *o->likeness);
    if (!status && !o->likeness)
        return hdx_fail_nomem(c->err);
    memset(o->pieces, 0, sizeof o->pieces);
    o->piece_count = 0;
    for (size_t i = 0; !status && i < tokens->words; i++)
        if (!tokens->items[i].word->stop)
            note_word(o, tokens->items[i].word);
    if (!status)
        look(o, link, true);
    return status;
}

static helpdex_status write_topics(offer *o)
{
    helpdex_results *r = o->call->results;
    r->topics = hdx_arena_alloc(&r->arena, (o->count + 1) * sizeof *r->topics);
    if (!r->topics)
        return hdx_fail_nomem(o->call->err);
    for (size_t i = 0; i < o->count; i++) {
        const hdx_link *link = &o->call->links[o->best[i].link];
        hdx_forward_article from =
            hdx_forward_article_at(link->shard->forward, o->best[i].article);
        helpdex_topic *to = &r->topics[i];
        to->id = hdx_arena_copy(&r->arena, from.id).ptr;
        to->title = hdx_arena_copy(&r->arena, from.title).ptr;
        to->locale =
            hdx_arena_copy(&r->arena, hdx_str_of(link->shard->locale.tag)).ptr;
        if (!to->id || !to->title || !to->locale)
            return hdx_fail_nomem(o->call->err);
        helpdex_status status =
            hdx_call_url(o->call, from.url, HDX_STR(""), &to->url);
        if (status)
            return status;
    }
    r->topic_count = o->count;
    return HELPDEX_OK;
}

static helpdex_status write_contact(hdx_call *c)
{
    hdx_str address;
    if (!hdx_contact_address(c->searcher, c->links[0].shard, &c->results->arena,
                             &address))
        return hdx_fail_nomem(c->err);
    c->results->contact = address.len ? address.ptr : NULL;
    return HELPDEX_OK;
}

helpdex_status hdx_call_offer(hdx_call *call)
{
    offer o = {.call = call};
    helpdex_status status = write_contact(call);
    if (status || call->results->count)
        return status;
    for (size_t i = 0; i < call->link_count && !status; i++)
        if (i == 0 || !call->links[i].fallback)
            status = look_near(&o, i);
    for (size_t i = 0; i < call->link_count && !status && o.count == 0; i++)
        if (i == 0 || !call->links[i].fallback)
            look(&o, i, false);
    return status ? status : write_topics(&o);
}
