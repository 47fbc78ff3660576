/*
 * Reading the articles of the hits. Of each, the section that was found and
 * those around it are looked at, because an article often answers in two
 * places; a family is read once, in the locale that ranks first.
 */
#include "search/evidence.h"

#include <stdlib.h>

#include "base/error.h"
#include "search/snippet.h"
#include "text/sentences.h"
#include "text/visible.h"

/* What bounds the time: hits, sections on both sides of the one that was found,
   bytes of a section and of all, sentences of all. */
enum {
    HITS_MOST = 10,
    SECTIONS_AROUND = 12,
    SECTION_BYTES = 16384,
    ALL_BYTES = 262144,
    STATEMENTS_MOST = 1024,
    SHINGLE_WORDS = 3
};

/* Another section than the one that was found must have so much. */
static const double COVER_LEAST = 0.15;

typedef struct gathering {
    hdx_call *call;
    hdx_evidence *list;
    size_t count, capacity;
    size_t statements, bytes; /* read so far */
    hdx_sentences *sentences; /* of the locale at work */
    const hdx_search_shard *shard;
} gathering;

/* An array in the call's scratch; NULL when memory is out. */
static void *room(const gathering *g, size_t count, size_t size)
{
    return hdx_arena_alloc(&g->call->scratch, (count + 1) * size);
}

static helpdex_status read_text(gathering *g, hdx_str raw, hdx_str *out)
{
    hdx_buf buf = {0};
    size_t left = ALL_BYTES - g->bytes;
    raw = hdx_utf8_cut(raw, left < SECTION_BYTES ? left : SECTION_BYTES);
    g->bytes += raw.len;
    hdx_buf_add_visible(&buf, raw);
    *out = buf.failed ? (hdx_str){NULL, 0}
                      : hdx_arena_copy(&g->call->scratch,
                                       hdx_str_trim(hdx_buf_str(&buf)));
    hdx_buf_free(&buf);
    return out->ptr ? HELPDEX_OK : hdx_fail_nomem(g->call->err);
}

/* Whether a sentence announces the next one, as that before a list does. */
static bool announces(hdx_str text)
{
    enum { FULL_WIDTH_COLON = 0xFF1A };
    uint32_t last = hdx_utf8_last(text);
    return last == ':' || last == FULL_WIDTH_COLON;
}

/* Sentences without the white space between them; empty ones are left out. */
static helpdex_status cut(gathering *g, hdx_evidence *e)
{
    uint32_t *ends;
    size_t count, begin = 0;
    helpdex_status status = hdx_sentences_cut(
        g->sentences, e->text, &g->call->scratch, &ends, &count, g->call->err);
    if (status)
        return status;
    e->statements = room(g, count, sizeof *e->statements);
    if (!e->statements)
        return hdx_fail_nomem(g->call->err);
    for (size_t i = 0; i < count && g->statements < STATEMENTS_MOST; i++) {
        hdx_str text =
            hdx_str_trim((hdx_str){e->text.ptr + begin, ends[i] - begin});
        if (text.len && announces(text) && i + 1 < count)
            continue;
        begin = ends[i];
        if (text.len == 0)
            continue;
        uint32_t at = (uint32_t)(text.ptr - e->text.ptr);
        e->statements[e->count++] =
            (hdx_statement){.begin = at, .end = at + (uint32_t)text.len};
        g->statements++;
    }
    return HELPDEX_OK;
}

/* Adds what a token matches, unless the statement has it. */
static void add_match(hdx_statement *s, size_t number)
{
    for (size_t i = 0; i < s->word_count; i++)
        if (s->words[i] == number)
            return;
    s->words[s->word_count++] = (uint32_t)number;
}

/* The hash of the last three words, of which the newest is `word`. */
static uint64_t shingle(uint64_t *before, const hdx_word *word)
{
    enum { WORD_BITS = 21 };
    uint64_t hash = hdx_lexicon_hash(word->exact.ptr, word->exact.len);
    *before = *before << WORD_BITS ^ (hash & ((1u << WORD_BITS) - 1));
    return *before & ((1ull << SHINGLE_WORDS * WORD_BITS) - 1);
}

/* Reads the words of one statement, which begin at `from` of the tokens. */
static helpdex_status read_words(gathering *g, const hdx_question *q,
                                 const hdx_tokens *tokens, size_t from,
                                 hdx_statement *s)
{
    uint64_t before = 0;
    size_t end = from;
    while (end < tokens->words && tokens->items[end].begin < s->end)
        end++;
    s->words = room(g, q->word_count + q->pairs.count, sizeof *s->words);
    s->shingles = room(g, end - from, sizeof *s->shingles);
    if (!s->words || !s->shingles)
        return hdx_fail_nomem(g->call->err);
    for (size_t i = from; i < end; i++) {
        uint64_t hash = shingle(&before, tokens->items[i].word);
        bool whole = i + 1 >= from + SHINGLE_WORDS;
        if (whole || i + 1 == end)
            s->shingles[s->shingle_count++] = hash;
        size_t number =
            hdx_snippet_match(&g->shard->lexicon, q, tokens->items[i].word);
        if (number != SIZE_MAX)
            add_match(s, number);
    }
    return HELPDEX_OK;
}

/* Pairs of characters stand behind the words, in the order of the text too. */
static void read_pairs(const gathering *g, const hdx_question *q,
                       const hdx_tokens *tokens, hdx_evidence *e)
{
    size_t n = 0;
    for (size_t i = tokens->words; i < tokens->count && e->count; i++) {
        const hdx_token *token = &tokens->items[i];
        size_t number = hdx_snippet_match(&g->shard->lexicon, q, token->word);
        while (n + 1 < e->count && token->begin >= e->statements[n].end)
            n++;
        if (number != SIZE_MAX)
            add_match(&e->statements[n], number);
    }
}

static helpdex_status read_statements(gathering *g, const hdx_question *q,
                                      hdx_evidence *e)
{
    hdx_tokens *tokens = g->shard->maker.tokens;
    helpdex_status status =
        hdx_analyse(g->shard->maker.analyser, e->text, tokens, g->call->err);
    size_t from = 0;
    for (size_t i = 0; i < e->count && !status; i++) {
        while (from < tokens->words &&
               tokens->items[from].begin < e->statements[i].begin)
            from++;
        status = read_words(g, q, tokens, from, &e->statements[i]);
    }
    if (!status)
        read_pairs(g, q, tokens, e);
    return status;
}

static double share_of(const hdx_question *q, const hdx_statement *s)
{
    double share = 0;
    for (size_t i = 0; i < s->word_count; i++)
        share += hdx_evidence_share(q, s->words[i]);
    return share;
}

/* How much of the question the section says, and where it says most. */
static helpdex_status weigh(gathering *g, const hdx_question *q,
                            hdx_evidence *e)
{
    bool *seen = room(g, q->word_count + q->pairs.count, sizeof *seen);
    size_t best = 0;
    double most = 0;
    if (!seen)
        return hdx_fail_nomem(g->call->err);
    for (size_t i = 0; i < e->count; i++) {
        const hdx_statement *s = &e->statements[i];
        double share = share_of(q, s);
        best = share > most ? i : best;
        most = share > most ? share : most;
        for (size_t n = 0; n < s->word_count; n++) {
            e->cover +=
                seen[s->words[n]] ? 0 : hdx_evidence_share(q, s->words[n]);
            seen[s->words[n]] = true;
        }
    }
    for (size_t i = 0; i < e->count; i++)
        e->statements[i].nearness =
            1 / (1 + (double)(i < best ? best - i : i - best));
    return HELPDEX_OK;
}

static helpdex_status add_section(gathering *g, hdx_evidence e, bool found)
{
    const hdx_link *link = &g->call->links[e.at.link];
    hdx_forward_section section =
        hdx_forward_section_at(link->shard->forward, e.at.section);
    helpdex_status status = read_text(g, section.text, &e.text);
    if (!status)
        status = cut(g, &e);
    if (!status)
        status = read_statements(g, &link->question, &e);
    if (!status)
        status = weigh(g, &link->question, &e);
    if (status || (!found && e.cover < COVER_LEAST))
        return status;
    if (!hdx_grow(&g->list, &g->capacity, g->count + 1, sizeof *g->list))
        return hdx_fail_nomem(g->call->err);
    g->list[g->count++] = e;
    return HELPDEX_OK;
}

static helpdex_status open_locale(gathering *g, const hdx_search_shard *shard)
{
    if (g->shard == shard)
        return HELPDEX_OK;
    hdx_sentences_free(g->sentences);
    g->shard = shard;
    return hdx_sentences_open(shard->locale.tag, &g->sentences, g->call->err);
}

static helpdex_status add_article(gathering *g, size_t hit)
{
    hdx_place at = g->call->found[hit].at;
    hdx_link *link = &g->call->links[at.link];
    uint32_t first, end;
    helpdex_status status = hdx_call_ask(g->call, at.link);
    if (!status)
        status = open_locale(g, link->shard);
    hdx_forward_sections_of(link->shard->forward, at.article, &first, &end);
    if (at.section - first > SECTIONS_AROUND)
        first = at.section - SECTIONS_AROUND;
    for (uint32_t i = first;
         i < end && i <= at.section + SECTIONS_AROUND && !status; i++) {
        hdx_evidence e = {.at = {at.link, i, at.article}, .hit = hit};
        status = add_section(g, e, i == at.section);
    }
    return status;
}

/* Whether a hit before this one is the same article in another locale. */
static bool is_told(const hdx_call *c, size_t hit)
{
    for (size_t i = 0; i < hit; i++)
        if (strcmp(c->results->hits[i].id, c->results->hits[hit].id) == 0)
            return true;
    return false;
}

helpdex_status hdx_evidence_gather(hdx_call *call, hdx_evidence **out,
                                   size_t *count)
{
    gathering g = {.call = call};
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < call->count && i < HITS_MOST && !status; i++)
        if (!is_told(call, i))
            status = add_article(&g, i);
    hdx_sentences_free(g.sentences);
    *out = room(&g, g.count, sizeof **out);
    *count = g.count;
    if (!status && !*out)
        status = hdx_fail_nomem(call->err);
    if (!status && g.count)
        memcpy(*out, g.list, g.count * sizeof **out);
    free(g.list);
    return status;
}
