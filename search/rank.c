/*
 * The score of a section for a question:
 *
 *   words p/max p + grams a/max a + sentence s/max s
 *     + title_words min(most, t/self) + title_grams min(most, g/self)
 *     + coverage c/self + question_match, if a title is the question
 *
 * p, a: BM25 of words and of grams over all of the section, its article's
 * title, questions and so on included by their weights. s: that of the grams
 * of its best sentence. t, g: those of the title, or of the question that fits
 * best, with idf among titles; their self is what the question could reach, so
 * that a poor match among titles adds little. c: the idf of those words of the
 * question that occur at all, stop words aside, so that one rare word more
 * beats many repeats. Maxima are those of the candidates.
 */
#include "search/rank.h"

#include <stdlib.h>

#include "search/gramcount.h"

const hdx_ranking hdx_ranking_default = {.words = 1,
                                         .grams = 1,
                                         .sentence = 0.4,
                                         .title_words = 0.5,
                                         .title_grams = 0.5,
                                         .readings = 2,
                                         .coverage = 0.05,
                                         .question_match = 0.5,
                                         .title_most = 1.5,
                                         .word_bm25 = {.k1 = 1.2, .b = 0.75},
                                         .gram_bm25 = {.k1 = 1.2, .b = 0.75},
                                         .sentence_bm25 = {.k1 = 1.2, .b = 0.5},
                                         .title_bm25 = {.k1 = 1.2, .b = 0.75},
                                         .tiers = {[HDX_TIER_EXACT] = 1,
                                                   [HDX_TIER_STEM] = 0.99,
                                                   [HDX_TIER_FOLDED] = 0.98,
                                                   [HDX_TIER_MARKS] = 0.2,
                                                   [HDX_TIER_SYNONYM] = 0.8,
                                                   [HDX_TIER_PART] = 0.6,
                                                   [HDX_TIER_TYPO] = 0.8,
                                                   [HDX_TIER_UNFINISHED] = 0.95,
                                                   [HDX_TIER_BEGINNING] = 0.9}};

enum { TALLIES = 3 }; /* words, grams and readings */

typedef struct ranker {
    const hdx_ranking *ranking;
    const hdx_lexicon *lexicon;
    const hdx_lexicon_means *means;
    const hdx_question *question;
    hdx_tally words, grams, readings; /* of the section */
    hdx_tally article[TALLIES];       /* the same of `at` alone */
    hdx_rank_parts article_parts;     /* its title's */
    uint32_t at;             /* the article counted last, or HDX_NO_WORD */
    hdx_tally segment_words; /* of the segment at work */
    hdx_gramcount counts[HDX_GRAM_KINDS]; /* likewise */
    hdx_rank_parts parts;
} ranker;

static inline double least(double a, double b)
{
    return a < b ? a : b;
}

static inline double bm25(double times, double idf, double relative_length,
                          hdx_bm25 by)
{
    return idf * times * (by.k1 + 1) /
           (times + by.k1 * (1 - by.b + by.b * relative_length));
}

static double score_grams(const hdx_tally *t, const hdx_question_grams *grams,
                          double mean, hdx_bm25 by)
{
    double score = 0;
    for (size_t i = 0; i < t->touched_count; i++) {
        uint32_t at = t->touched[i];
        score +=
            bm25(t->counts[at], grams->idf[at], t->length / (mean + 1e-9), by);
    }
    return score;
}

static double score_words(const hdx_tally *t, const hdx_question *q, bool title,
                          double mean, hdx_bm25 by)
{
    double score = 0;
    for (size_t i = 0; i < t->touched_count; i++) {
        uint32_t at = t->touched[i];
        score += bm25(t->counts[at],
                      title ? q->words[at].title_idf : q->words[at].idf,
                      t->length / (mean + 1e-9), by);
    }
    return score;
}

/*
 * Whether a title or question that has been counted says what is asked and no
 * more: every word but stop words is there, and hardly another.
 */
static bool is_the_question(const ranker *r)
{
    const hdx_question *q = r->question;
    double found = 0, asked = 0;
    for (size_t i = 0; i < r->segment_words.touched_count; i++) {
        const hdx_question_word *word = &q->words[r->segment_words.touched[i]];
        found += word->stop ? 0 : word->idf;
    }
    for (size_t i = 0; i < q->word_count; i++)
        asked += q->words[i].stop ? 0 : q->words[i].idf;
    return asked > 0 && found > 0.999 * asked &&
           r->segment_words.length <= (double)q->word_count + 1;
}

/* The idf of the words that occur, each once and by its tier. */
static double score_coverage(const hdx_tally *t, const hdx_question *q)
{
    double score = 0;
    for (size_t i = 0; i < t->touched_count; i++) {
        const hdx_question_word *word = &q->words[t->touched[i]];
        double times = (double)t->counts[t->touched[i]];
        score += word->stop ? 0 : word->idf * least(1, times);
    }
    return score;
}

/* Scores a title or question that has been counted. */
static void score_title(ranker *r)
{
    const hdx_lexicon_means *means = r->means;
    hdx_gramcount *title = &r->counts[HDX_GRAMS_OF_TITLES];
    double words = score_words(&r->segment_words, r->question, true,
                               means->title_words, r->ranking->title_bm25);
    double grams = score_grams(&title->tally, title->grams, means->title_grams,
                               r->ranking->title_bm25);
    if (words > r->parts.title_words)
        r->parts.title_words = words;
    if (grams > r->parts.title_grams)
        r->parts.title_grams = grams;
    if (is_the_question(r))
        r->parts.question_match = 1;
    hdx_tally_clear(&title->tally);
}

static void score_sentence(ranker *r)
{
    const hdx_gramcount *text = &r->counts[HDX_GRAMS_OF_TEXT];
    double score =
        score_grams(&text->tally, text->grams, r->means->sentence_grams,
                    r->ranking->sentence_bm25);
    if (score > r->parts.sentence)
        r->parts.sentence = score;
}

/*
 * Counts the segment that begins at `begin`, behind its mark, and ends with the
 * next mark or at `end`; returns where.
 */
static uint32_t count_segment(ranker *r, bool title, uint32_t begin,
                              uint32_t end)
{
    const hdx_question *q = r->question;
    const uint32_t *texts = r->lexicon->texts;
    bool counted[HDX_GRAM_KINDS] = {
        [HDX_GRAMS_OF_TEXT] = true,
        [HDX_GRAMS_OF_TITLES] = title,
        [HDX_GRAMS_OF_READINGS] = q->grams[HDX_GRAMS_OF_READINGS].count > 0};
    uint32_t next = begin;
    for (; next < end && !(texts[next] & HDX_TEXT_SEGMENT); next++) {
        hdx_match match = q->matches[texts[next] & HDX_TEXT_WORD];
        if (match.word)
            hdx_tally_count(&r->segment_words, match.word - 1u,
                            r->ranking->tiers[match.tier]);
    }
    r->segment_words.length = next - begin;
    for (int kind = 0; kind < HDX_GRAM_KINDS; kind++)
        if (counted[kind])
            hdx_gramcount_add(&r->counts[kind], begin, next);
    return next;
}

/* Counts and scores the texts [begin, end), which are whole segments. */
static void count_texts(ranker *r, uint32_t begin, uint32_t end)
{
    const uint32_t *texts = r->lexicon->texts;
    for (uint32_t next; begin < end; begin = next) {
        hdx_segment segment = (hdx_segment)(texts[begin] & ~HDX_TEXT_SEGMENT);
        bool title =
            segment == HDX_SEGMENT_TITLE || segment == HDX_SEGMENT_QUESTION;
        double weight = hdx_segment_weight(segment);
        next = count_segment(r, title, begin + 1, end);
        if (title)
            score_title(r);
        if (segment == HDX_SEGMENT_SENTENCE)
            score_sentence(r);
        hdx_tally_move(&r->words, &r->segment_words, weight);
        hdx_tally_move(&r->grams, &r->counts[HDX_GRAMS_OF_TEXT].tally, weight);
        hdx_tally_move(&r->readings, &r->counts[HDX_GRAMS_OF_READINGS].tally,
                       weight);
    }
}

/* Counts the texts of an article itself, once for all its sections in a row. */
static void count_article(ranker *r, uint32_t article)
{
    const uint32_t *texts = r->lexicon->article_texts;
    hdx_tally *tallies[TALLIES] = {&r->words, &r->grams, &r->readings};
    r->parts = (hdx_rank_parts){0};
    if (r->at != article) {
        count_texts(r, texts[article], texts[article + 1]);
        r->at = article;
        r->article_parts = r->parts;
        for (size_t i = 0; i < TALLIES; i++) {
            hdx_tally_clear(&r->article[i]);
            hdx_tally_move(&r->article[i], tallies[i], 1);
        }
    }
    r->parts = r->article_parts;
    for (size_t i = 0; i < TALLIES; i++)
        hdx_tally_add(tallies[i], &r->article[i], 1);
}

static hdx_rank_parts score_section(ranker *r, uint32_t section,
                                    uint32_t article)
{
    const hdx_lexicon *l = r->lexicon;
    const hdx_question *q = r->question;
    const hdx_lexicon_means *means = r->means;
    count_article(r, article);
    count_texts(r, l->section_texts[section], l->section_texts[section + 1]);
    r->parts.words = score_words(&r->words, q, false, means->section_words,
                                 r->ranking->word_bm25);
    r->parts.coverage = score_coverage(&r->words, q);
    r->parts.grams = score_grams(&r->grams, &q->grams[HDX_GRAMS_OF_TEXT],
                                 means->section_grams, r->ranking->gram_bm25);
    r->parts.readings =
        score_grams(&r->readings, &q->grams[HDX_GRAMS_OF_READINGS],
                    means->section_readings, r->ranking->gram_bm25);
    hdx_tally_clear(&r->words);
    hdx_tally_clear(&r->grams);
    hdx_tally_clear(&r->readings);
    return r->parts;
}

static int best_first(const void *a, const void *b)
{
    const hdx_ranked *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->section > y->section) - (x->section < y->section);
}

static int by_section(const void *a, const void *b)
{
    const hdx_ranked *x = a, *y = b;
    return (x->section > y->section) - (x->section < y->section);
}

static bool make_ranker(ranker *r, hdx_question_maker *maker, hdx_arena *arena)
{
    static const hdx_gram_mode modes[HDX_GRAM_KINDS] = {
        [HDX_GRAMS_OF_TEXT] = HDX_GRAMS_TEXT,
        [HDX_GRAMS_OF_TITLES] = HDX_GRAMS_TITLE,
        [HDX_GRAMS_OF_READINGS] = HDX_GRAMS_READING};
    const hdx_question *q = r->question;
    maker->calls++;
    for (int kind = 0; kind < HDX_GRAM_KINDS; kind++) {
        hdx_gramcount *c = &r->counts[kind];
        c->lexicon = r->lexicon;
        c->grams = &q->grams[kind];
        c->mode = modes[kind];
        c->known = maker->known[kind];
        c->call = maker->calls;
        if (!hdx_gramcount_start(c, arena))
            return false;
    }
    size_t grams = q->grams[HDX_GRAMS_OF_TEXT].count;
    size_t readings = q->grams[HDX_GRAMS_OF_READINGS].count;
    return hdx_tally_make(arena, q->word_count, &r->segment_words) &&
           hdx_tally_make(arena, q->word_count, &r->words) &&
           hdx_tally_make(arena, q->word_count, &r->article[0]) &&
           hdx_tally_make(arena, grams, &r->grams) &&
           hdx_tally_make(arena, grams, &r->article[1]) &&
           hdx_tally_make(arena, readings, &r->readings) &&
           hdx_tally_make(arena, readings, &r->article[2]);
}

static void raise_to(double *most, double value)
{
    if (value > *most)
        *most = value;
}

/* Of what a text could score at most, which has everything very often. */
static double reached(double score, double self, hdx_bm25 by)
{
    return self > 0 ? least(1, score / ((by.k1 + 1) * self)) : 0;
}

static void add_up(const hdx_ranking *by, const hdx_question *q,
                   const hdx_rank_parts *p, const hdx_rank_parts *most,
                   hdx_ranked *out)
{
    const double none = 1e-9; /* what divides is not 0 */
    double self = q->self, title_self = q->grams[HDX_GRAMS_OF_TITLES].self;
    out->parts = (hdx_rank_parts){
        .words = by->words * p->words / (most->words + none),
        .grams = by->grams * p->grams / (most->grams + none),
        .sentence = by->sentence * p->sentence / (most->sentence + none),
        .readings = by->readings * p->readings / (most->readings + none),
        .coverage = by->coverage * p->coverage / (self + none),
        .question_match = by->question_match * p->question_match,
        .title_words = by->title_words *
                       least(by->title_most, p->title_words / (self + none)),
        .title_grams =
            by->title_grams *
            least(by->title_most, p->title_grams / (title_self + none))};
    out->score = out->parts.words + out->parts.grams + out->parts.sentence +
                 out->parts.readings + out->parts.title_words +
                 out->parts.title_grams + out->parts.coverage +
                 out->parts.question_match;
    out->cover = 0;
    raise_to(&out->cover, reached(p->words, self, by->word_bm25));
    raise_to(&out->cover, reached(p->grams, q->grams[HDX_GRAMS_OF_TEXT].self,
                                  by->gram_bm25));
    raise_to(&out->cover,
             reached(p->readings, q->grams[HDX_GRAMS_OF_READINGS].self,
                     by->gram_bm25));
}

/* Scores the candidates of a run into `all`, and raises what is the most. */
static bool score_run(const hdx_ranking *ranking, const hdx_rank_run *run,
                      hdx_arena *arena, hdx_rank_parts *all,
                      hdx_rank_parts *most)
{
    ranker *r = hdx_arena_alloc(arena, sizeof *r);
    if (!r)
        return false;
    r->ranking = ranking;
    r->lexicon = run->maker->lexicon;
    r->means = run->maker->means;
    r->question = run->question;
    r->at = HDX_NO_WORD;
    bool failed = !make_ranker(r, run->maker, arena);
    if (run->count) /* so that the sections of an article are neighbours */
        qsort(run->candidates, run->count, sizeof *run->candidates, by_section);
    for (size_t i = 0; i < run->count && !failed; i++) {
        uint32_t section = run->candidates[i].section;
        all[i] = score_section(r, section,
                               hdx_forward_article_of(run->forward, section));
        raise_to(&most->words, all[i].words);
        raise_to(&most->grams, all[i].grams);
        raise_to(&most->sentence, all[i].sentence);
        raise_to(&most->readings, all[i].readings);
    }
    for (int kind = 0; kind < HDX_GRAM_KINDS; kind++) {
        failed = failed || r->counts[kind].failed;
        free(r->counts[kind].lists);
    }
    return !failed;
}

helpdex_status hdx_rank(const hdx_ranking *ranking, const hdx_rank_run *runs,
                        size_t run_count, hdx_arena *arena, helpdex_error *err)
{
    size_t count = 0, done = 0;
    hdx_rank_parts most = {0};
    for (size_t i = 0; i < run_count; i++)
        count += runs[i].count;
    hdx_rank_parts *all = hdx_arena_alloc(arena, (count + 1) * sizeof *all);
    if (!all)
        return hdx_fail_nomem(err);
    for (size_t i = 0; i < run_count; done += runs[i++].count)
        if (!score_run(ranking, &runs[i], arena, all + done, &most))
            return hdx_fail_nomem(err);
    done = 0;
    for (size_t i = 0; i < run_count; done += runs[i++].count) {
        const hdx_rank_run *run = &runs[i];
        for (size_t n = 0; n < run->count; n++)
            add_up(ranking, run->question, &all[done + n], &most,
                   &run->candidates[n]);
        if (run->count)
            qsort(run->candidates, run->count, sizeof *run->candidates,
                  best_first);
    }
    return HELPDEX_OK;
}
