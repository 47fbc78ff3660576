/* One search a golden query; hits are compared by id, and by section if the
   golden query names one. */
#include "eval/measure.h"

#include <stdlib.h>

#include "eval/trec.h"

static helpdex_status copy_text(hdx_arena *arena, const char *text,
                                const char **out, helpdex_error *err)
{
    *out = hdx_arena_copy(arena, hdx_str_of(text)).ptr;
    return *out ? HELPDEX_OK : hdx_fail_nomem(err);
}

helpdex_status hdx_canonical_locale(helpdex_searcher *searcher, const char *tag,
                                    hdx_arena *arena, const char **out,
                                    helpdex_error *err)
{
    helpdex_request request;
    helpdex_results *results;
    helpdex_request_init(&request); /* of no word: nothing is searched */
    request.locale = tag;
    helpdex_status status = helpdex_search(searcher, &request, &results, err);
    if (status)
        return status;
    status = copy_text(arena, helpdex_results_locale(results), out, err);
    helpdex_results_free(results);
    return status;
}

/* What right article a hit is; NULL: none. `*section`: only not by section. */
static const hdx_right *right_of(const hdx_golden *golden,
                                 const helpdex_hit *hit, bool *elsewhere)
{
    const hdx_right *other = NULL;
    for (const hdx_right *at = golden->right; at; at = at->next) {
        if (strcmp(at->article, hit->id) != 0)
            continue;
        *elsewhere = at->section && strcmp(at->section, hit->section) != 0;
        if (!*elsewhere)
            return at;
        other = at;
    }
    return other;
}

static helpdex_status keep_words(const helpdex_explanation *from,
                                 hdx_arena *arena, hdx_outcome *out,
                                 helpdex_error *err)
{
    hdx_word_tier *words =
        hdx_arena_alloc(arena, (from->question_count + 1) * sizeof *words);
    if (!words)
        return hdx_fail_nomem(err);
    helpdex_status status = HELPDEX_OK;
    out->words = words;
    out->matched = from->question_match > 0;
    for (size_t i = 0; i < from->question_count && !status; i++) {
        const helpdex_explained_word *word = &from->question[i];
        status = copy_text(arena, word->word, &words[i].word, err);
        if (!status && word->tier)
            status = copy_text(arena, word->tier, &words[i].tier, err);
        out->word_count += !status;
    }
    return status;
}

/* Notes a hit that is a right article or a wrong section of one. */
static helpdex_status note_right(const hdx_right *right, const helpdex_hit *hit,
                                 bool elsewhere, hdx_arena *arena,
                                 hdx_outcome *out, helpdex_error *err)
{
    if (out->rank)
        return HELPDEX_OK;
    if (elsewhere)
        return out->instead
                   ? HELPDEX_OK
                   : copy_text(arena, hit->section, &out->instead, err);
    out->right = right;
    out->rank = hit->rank;
    out->instead = NULL;
    return hit->explanation ? keep_words(hit->explanation, arena, out, err)
                            : HELPDEX_OK;
}

static helpdex_status read_hits(const helpdex_results *results, FILE *run,
                                hdx_arena *arena, hdx_outcome *out,
                                unsigned gains[HDX_DEPTH], helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < helpdex_results_count(results) && !status; i++) {
        const helpdex_hit *hit = helpdex_results_at(results, i);
        bool elsewhere = false;
        const hdx_right *right = right_of(out->golden, hit, &elsewhere);
        gains[i] = right && !elsewhere ? right->gain : 0;
        if (right)
            status = note_right(right, hit, elsewhere, arena, out, err);
        if (!status && i == 0)
            status = copy_text(arena, hit->id, &out->first, err);
        if (run)
            hdx_trec_line(run, out->golden->qid, hit->id, hit->rank,
                          hit->score);
    }
    return status;
}

static int highest_first(const void *a, const void *b)
{
    unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;
    return (x < y) - (x > y);
}

/* The gains of the right articles, each once, the highest first. */
static size_t ideal_of(const hdx_golden *golden, hdx_arena *scratch,
                       unsigned **out)
{
    size_t all = 0, count = 0;
    for (const hdx_right *at = golden->right; at; at = at->next)
        all++;
    unsigned *gains = *out = hdx_arena_alloc(scratch, all * sizeof *gains);
    if (!gains)
        return 0;
    for (const hdx_right *at = golden->right; at; at = at->next) {
        const hdx_right *before = golden->right;
        while (before != at && strcmp(before->article, at->article) != 0)
            before = before->next;
        if (before == at)
            gains[count++] = at->gain;
    }
    qsort(gains, count, sizeof *gains, highest_first);
    return count;
}

typedef struct measuring {
    helpdex_searcher *searcher;
    helpdex_request request;
    FILE *run;
    hdx_arena *arena;
    helpdex_error *err;
} measuring;

static helpdex_status ask(const measuring *m, hdx_outcome *out,
                          hdx_scores *scores)
{
    unsigned gains[HDX_DEPTH] = {0}, *ideal;
    helpdex_request request = m->request;
    helpdex_results *results;
    request.query = out->golden->query;
    size_t right = ideal_of(out->golden, m->arena, &ideal);
    if (!ideal)
        return hdx_fail_nomem(m->err);
    helpdex_status status =
        helpdex_search(m->searcher, &request, &results, m->err);
    if (status)
        return status;
    status = read_hits(results, m->run, m->arena, out, gains, m->err);
    *scores = hdx_score(gains, helpdex_results_count(results), ideal, right);
    helpdex_results_free(results);
    return status;
}

static helpdex_status ask_all(const measuring *m, const hdx_golden_set *set,
                              hdx_measurement *out)
{
    hdx_scores *scores =
        hdx_arena_alloc(m->arena, (set->count + 1) * sizeof *scores);
    out->outcomes =
        hdx_arena_alloc(m->arena, (set->count + 1) * sizeof *out->outcomes);
    if (!scores || !out->outcomes)
        return hdx_fail_nomem(m->err);
    for (size_t i = 0; i < set->count; i++) {
        hdx_outcome *outcome = &out->outcomes[out->count++];
        outcome->golden = &set->items[i];
        outcome->right = set->items[i].right;
        helpdex_status status = ask(m, outcome, &scores[i]);
        if (status)
            return status;
    }
    return hdx_figures_of(scores, out->count, out->figures, m->err);
}

helpdex_status hdx_measure(helpdex_searcher *searcher,
                           const hdx_golden_set *set, bool explain, FILE *run,
                           hdx_arena *arena, hdx_measurement *out,
                           helpdex_error *err)
{
    measuring m = {
        .searcher = searcher, .run = run, .arena = arena, .err = err};
    helpdex_request_init(&m.request);
    m.request.locale = set->locale;
    m.request.limit = HDX_DEPTH;
    m.request.snippet = 0;
    m.request.explain = explain;
    *out = (hdx_measurement){0};
    helpdex_status status =
        hdx_canonical_locale(searcher, set->locale, arena, &out->locale, err);
    if (status == HELPDEX_INVALID)
        return hdx_fail_at(err, HELPDEX_BAD_INPUT, set->file, 0, 0,
                           "\"%s\" is not a language tag; name the file after "
                           "its locale, such as pt-BR.tsv",
                           set->locale);
    return status ? status : ask_all(&m, set, out);
}
