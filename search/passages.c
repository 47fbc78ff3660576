/*
 * Filling a budget. Sentences are taken one by one, always the one that gains
 * most for its tokens: words of the question that nobody has said yet, half as
 * much each time they were said, and for standing by what answers; all times
 * the score of its hit. The first sentence of a section pays for its citation
 * and fence as well, so that a new source has to be worth it. What has been
 * said already is passed over. Greedy choice by gain for cost is near the best
 * there is where gains shrink like this.
 *
 * How tokens of parts add up is the counter's affair: the whole is counted in
 * the end, and what was taken last goes until all fits.
 */
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/map.h"
#include "search/context.h"
#include "search/evidence.h"
#include "search/tokens.h"

/*
 * What a sentence gains, beside its words (1: all of the question). Measured on
 * the 240 golden questions of kb/queries by how often 150 tokens hold the right
 * article and its best section: with CONTEXT 0 they do for 74 and 54 %, with
 * 0.3 for 77 and 69 %, with 1 for 78 and 73 %; 600 tokens for 93 and 93 %. The
 * score of the hit counts squared, so that the second article has to say more
 * than the first.
 */
static const double CONTEXT = 1;  /* right where a section answers best */
static const double BESIDE = 0.4; /* of that, beside a sentence that is taken */
static const double REPEAT = 0.5; /* of a word, each time it has been said */
static const double SCORE_LEAST = 0.05; /* a pinned hit may have none */

/* What gains less for its tokens than so much of the first is no use, and stays
   away though it would fit. */
static const double USEFUL_LEAST = 0.02;

/* A sentence is a copy when so much of it has been said. */
static const double COPY_SHARE = 0.7;

/* Added to the tokens of each sentence, so that scraps are no bargains. */
static const double COST_ADDED = 20;

typedef struct choice {
    hdx_evidence *evidence;
    hdx_statement *statement;
    size_t cost;
} choice;

typedef struct filling {
    hdx_call *call;
    hdx_evidence *list;
    size_t count;
    double **news; /* by link and word of its question: what it is worth yet */
    hdx_map said;  /* shingles */
    choice *taken; /* in this order */
    size_t taken_count, taken_capacity;
    size_t used;  /* tokens */
    double first; /* what the first one gained for its tokens */
} filling;

static helpdex_status make_news(filling *f)
{
    hdx_call *c = f->call;
    f->news = hdx_arena_alloc(&c->scratch, c->link_count * sizeof *f->news);
    if (!f->news)
        return hdx_fail_nomem(c->err);
    for (size_t i = 0; i < c->link_count; i++) {
        const hdx_question *q = &c->links[i].question;
        size_t count = q->word_count + q->pairs.count;
        if (!c->links[i].asked)
            continue;
        double *news = hdx_arena_alloc(&c->scratch, (count + 1) * sizeof *news);
        if (!news)
            return hdx_fail_nomem(c->err);
        for (size_t n = 0; n < count; n++)
            news[n] = hdx_evidence_share(q, (uint32_t)n);
        f->news[i] = news;
    }
    return HELPDEX_OK;
}

/* What each statement and each citation costs. */
static helpdex_status count_tokens(filling *f)
{
    const helpdex_request *request = f->call->request;
    for (size_t i = 0; i < f->count; i++) {
        hdx_evidence *e = &f->list[i];
        helpdex_passage passage;
        hdx_str block;
        helpdex_status status =
            hdx_context_write(f->call, e, 1, &passage, &block);
        if (status)
            return status;
        e->frame = passage.tokens;
        for (size_t n = 0; n < e->count; n++) {
            hdx_statement *s = &e->statements[n];
            s->tokens = hdx_tokens_count(
                request, (hdx_str){e->text.ptr + s->begin, s->end - s->begin});
        }
    }
    return HELPDEX_OK;
}

static double gain_of(const filling *f, const hdx_evidence *e,
                      const hdx_statement *s)
{
    const hdx_call *c = f->call;
    bool found = e->at.section == c->found[e->hit].at.section;
    double cover = found ? 1 : e->cover;
    double score = fmax(c->results->hits[e->hit].score, SCORE_LEAST);
    double gain = CONTEXT * cover * s->nearness;
    for (size_t i = 0; i < s->word_count; i++)
        gain += f->news[e->at.link][s->words[i]];
    return gain * score * score;
}

/* The free statement that fits and gains most for its tokens; the first of
   equals. False: none. */
static bool choose(filling *f, choice *out)
{
    double best = USEFUL_LEAST * f->first;
    bool any = false;
    for (size_t i = 0; i < f->count; i++) {
        hdx_evidence *e = &f->list[i];
        for (size_t n = 0; n < e->count; n++) {
            hdx_statement *s = &e->statements[n];
            size_t cost = s->tokens + (e->taken ? 1 : e->frame);
            if (s->state != HDX_STATEMENT_FREE ||
                cost > f->call->request->budget - f->used)
                continue;
            double gain = gain_of(f, e, s) / ((double)cost + COST_ADDED);
            if (gain > best) {
                any = true;
                best = gain;
                *out = (choice){e, s, cost};
            }
        }
    }
    f->first = f->first > 0 ? f->first : best;
    return any;
}

static hdx_str shingle_key(const uint64_t *shingle)
{
    return (hdx_str){(const char *)shingle, sizeof *shingle};
}

static bool is_copy(const filling *f, const hdx_statement *s)
{
    size_t known = 0;
    for (size_t i = 0; i < s->shingle_count; i++)
        known += hdx_map_find(&f->said, shingle_key(&s->shingles[i])) != NULL;
    return s->shingle_count &&
           (double)known >= COPY_SHARE * (double)s->shingle_count;
}

static bool is_taken(const hdx_evidence *e, size_t at)
{
    return at < e->count && e->statements[at].state == HDX_STATEMENT_TAKEN;
}

/* What stands beside sentences that were taken is worth more; most of all what
   is missing between two, because a step left out can make others wrong. */
static void draw_near(hdx_evidence *e, size_t at)
{
    if (at >= e->count)
        return;
    bool missing = is_taken(e, at - 1) && is_taken(e, at + 1);
    hdx_statement *s = &e->statements[at];
    s->nearness = fmax(s->nearness, missing ? 1 : BESIDE);
}

static helpdex_status take(filling *f, choice chosen)
{
    hdx_statement *s = chosen.statement;
    bool added;
    if (!hdx_grow(&f->taken, &f->taken_capacity, f->taken_count + 1,
                  sizeof *f->taken))
        return hdx_fail_nomem(f->call->err);
    for (size_t i = 0; i < s->shingle_count; i++)
        if (!hdx_map_add(&f->said, shingle_key(&s->shingles[i]), &added))
            return hdx_fail_nomem(f->call->err);
    for (size_t i = 0; i < s->word_count; i++)
        f->news[chosen.evidence->at.link][s->words[i]] *= REPEAT;
    s->state = HDX_STATEMENT_TAKEN;
    size_t at = (size_t)(s - chosen.evidence->statements);
    draw_near(chosen.evidence, at - 1);
    draw_near(chosen.evidence, at + 1);
    chosen.evidence->taken++;
    f->used += chosen.cost;
    f->taken[f->taken_count++] = chosen;
    return HELPDEX_OK;
}

static helpdex_status fill(filling *f)
{
    helpdex_status status = HELPDEX_OK;
    choice chosen = {0};
    while (!status && choose(f, &chosen)) {
        if (is_copy(f, chosen.statement))
            chosen.statement->state = HDX_STATEMENT_COPY;
        else
            status = take(f, chosen);
    }
    return status;
}

/* Gives back what was taken last, at least `tokens`. */
static void give_back(filling *f, size_t tokens)
{
    for (size_t back = 0; f->taken_count && back < tokens;) {
        choice *last = &f->taken[--f->taken_count];
        last->statement->state = HDX_STATEMENT_COPY;
        last->evidence->taken--;
        back += last->cost ? last->cost : 1;
    }
}

/* Writes what has been taken; `*tokens` is what all of it takes. */
static helpdex_status write_all(filling *f, size_t *tokens)
{
    helpdex_results *results = f->call->results;
    hdx_buf context = {0};
    helpdex_status status = HELPDEX_OK;
    size_t sum = 0;
    results->passage_count = 0;
    results->context = NULL;
    *tokens = 0;
    if (f->taken_count == 0)
        return status;
    for (size_t i = 0; i < f->count && !status; i++) {
        hdx_str block = HDX_STR("");
        size_t at = results->passage_count;
        if (f->list[i].taken == 0)
            continue;
        status = hdx_context_write(f->call, &f->list[i], (unsigned)at + 1,
                                   &results->passages[at], &block);
        if (at)
            hdx_buf_byte(&context, '\n');
        hdx_buf_add(&context, block);
        sum += status ? 0 : results->passages[at].tokens;
        results->passage_count++;
    }
    *tokens = hdx_tokens_count(f->call->request, hdx_buf_str(&context));
    *tokens = sum > *tokens ? sum : *tokens;
    results->context =
        context.failed
            ? NULL
            : hdx_arena_copy(&results->arena, hdx_buf_str(&context)).ptr;
    hdx_buf_free(&context);
    return status || results->context ? status : hdx_fail_nomem(f->call->err);
}

static helpdex_status write_within(filling *f)
{
    helpdex_results *results = f->call->results;
    size_t budget = f->call->request->budget, tokens = 0;
    results->passages = hdx_arena_alloc(
        &results->arena, (f->count + 1) * sizeof *results->passages);
    if (!results->passages)
        return hdx_fail_nomem(f->call->err);
    helpdex_status status = write_all(f, &tokens);
    while (!status && f->taken_count && tokens > budget) {
        give_back(f, tokens - budget);
        status = write_all(f, &tokens);
    }
    return status;
}

helpdex_status hdx_call_passages(hdx_call *call)
{
    filling f = {.call = call};
    if (call->request->budget == 0 || call->results->count == 0)
        return HELPDEX_OK;
    helpdex_status status = hdx_evidence_gather(call, &f.list, &f.count);
    if (!status)
        status = make_news(&f);
    if (!status)
        status = count_tokens(&f);
    if (!status)
        status = fill(&f);
    if (!status)
        status = write_within(&f);
    hdx_map_free(&f.said);
    free(f.taken);
    return status;
}
