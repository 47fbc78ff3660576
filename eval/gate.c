/*
 * Measuring and comparing. A rank counts as lost when it was among the first
 * ten and is a later one now: what moves behind them, nobody sees.
 */
#include "eval/gate.h"

#include <stdlib.h>

#include "eval/shelves.h"

static bool is_there(const hdx_shelves *s, const hdx_golden *golden)
{
    for (const hdx_right *at = golden->right; at; at = at->next)
        if (hdx_shelves_find(s, at->article))
            return true;
    return false;
}

static size_t count_questions(const helpdex_catalog *catalog)
{
    size_t count = 0;
    for (size_t i = 0; i < helpdex_catalog_count(catalog); i++)
        count += helpdex_catalog_at(catalog, i)->question_count;
    return count;
}

/* The questions of an article as golden queries of it. */
static helpdex_status add_questions(hdx_arena *arena,
                                    const helpdex_article *article,
                                    hdx_golden_set *set, helpdex_error *err)
{
    for (size_t i = 0; i < article->question_count; i++) {
        const char *id = hdx_arena_copy(arena, hdx_str_of(article->id)).ptr;
        const char *query =
            hdx_arena_copy(arena, hdx_str_of(article->questions[i])).ptr;
        hdx_right *right = hdx_arena_alloc(arena, sizeof *right);
        if (!id || !query || !right)
            return hdx_fail_nomem(err);
        *right = (hdx_right){.article = id, .gain = 1};
        set->items[set->count++] =
            (hdx_golden){.qid = "", .query = query, .right = right};
    }
    return HELPDEX_OK;
}

static helpdex_status questions_of(hdx_arena *arena,
                                   const helpdex_catalog *catalog,
                                   hdx_golden_set *out, helpdex_error *err)
{
    out->items = hdx_arena_alloc(arena, (count_questions(catalog) + 1) *
                                            sizeof *out->items);
    if (!out->items)
        return hdx_fail_nomem(err);
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < helpdex_catalog_count(catalog) && !status; i++)
        status = add_questions(arena, helpdex_catalog_at(catalog, i), out, err);
    return status;
}

/* A locale that the index lacks has no questions of its own. */
static helpdex_status measure_questions(helpdex_searcher *searcher,
                                        const hdx_shelves *s, hdx_gate *gate,
                                        hdx_gate_locale *out,
                                        helpdex_error *err)
{
    hdx_golden_set set = {.locale = out->locale, .file = out->file};
    size_t at = 0;
    while (at < s->count &&
           strcmp(helpdex_searcher_locale(searcher, at), out->locale) != 0)
        at++;
    if (at == s->count)
        return HELPDEX_OK;
    helpdex_status status = questions_of(&gate->arena, s->items[at], &set, err);
    return status ? status
                  : hdx_measure(searcher, &set, false, NULL, &gate->arena,
                                &out->questions, err);
}

static helpdex_status measure_set(helpdex_searcher *searcher,
                                  const hdx_shelves *s,
                                  const hdx_golden_set *set, FILE *run,
                                  hdx_gate *gate, helpdex_error *err)
{
    hdx_gate_locale *out = &gate->locales[gate->count++];
    out->file = set->file;
    helpdex_status status =
        hdx_measure(searcher, set, true, run, &gate->arena, &out->golden, err);
    if (status)
        return status;
    out->locale = out->golden.locale;
    for (size_t i = 0; i + 1 < gate->count; i++)
        if (strcmp(gate->locales[i].locale, out->locale) == 0)
            return hdx_fail_at(err, HELPDEX_BAD_INPUT, set->file, 0, 0,
                               "%s is of the same locale; join the two files",
                               gate->locales[i].file);
    for (size_t i = 0; i < out->golden.count; i++)
        out->golden.outcomes[i].gone = !is_there(s, &set->items[i]);
    return measure_questions(searcher, s, gate, out, err);
}

/* Whether the set is of the locale `only`; one of no locale at all is, too,
   for hdx_measure() to blame. */
static bool is_wanted(helpdex_searcher *searcher, const hdx_golden_set *set,
                      const char *only, hdx_gate *gate)
{
    const char *locale;
    return !only ||
           hdx_canonical_locale(searcher, set->locale, &gate->arena, &locale,
                                NULL) ||
           strcmp(locale, only) == 0;
}

static helpdex_status measure_sets(helpdex_searcher *searcher,
                                   const hdx_shelves *s,
                                   const hdx_golden_sets *sets,
                                   const char *only, FILE *run, hdx_gate *gate,
                                   helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    if (only)
        status = hdx_canonical_locale(searcher, only, &gate->arena, &only, err);
    for (size_t i = 0; i < sets->count && !status; i++)
        if (is_wanted(searcher, &sets->items[i], only, gate))
            status = measure_set(searcher, s, &sets->items[i], run, gate, err);
    if (!status && gate->count == 0)
        return hdx_fail(err, HELPDEX_NOT_FOUND,
                        "no golden queries of %s; write queries/%s.tsv in the "
                        "knowledge base",
                        only, only);
    return status;
}

helpdex_status hdx_gate_measure(helpdex_searcher *searcher,
                                const hdx_golden_sets *sets, const char *only,
                                FILE *run, hdx_gate *out, helpdex_error *err)
{
    hdx_shelves all = {0};
    *out = (hdx_gate){0};
    out->locales =
        hdx_arena_alloc(&out->arena, (sets->count + 1) * sizeof *out->locales);
    if (!out->locales)
        return hdx_fail_nomem(err);
    helpdex_status status = hdx_shelves_open(searcher, &all, err);
    if (!status)
        status = measure_sets(searcher, &all, sets, only, run, out, err);
    hdx_shelves_free(&all);
    return status;
}

/* The tier of a word among `count`; NULL: not found, or not among them. */
static const char *tier_of(const hdx_word_tier *words, size_t count,
                           const char *word, bool *there)
{
    *there = true;
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i].word, word) == 0)
            return words[i].tier;
    *there = false;
    return NULL;
}

static void add_word(hdx_change *change, hdx_word_change *words,
                     hdx_word_change word)
{
    bool same = word.before && word.now ? strcmp(word.before, word.now) == 0
                                        : word.before == word.now;
    if (!same)
        words[change->word_count++] = word;
}

/* The words that are found by another tier. */
static helpdex_status compare_words(hdx_arena *arena, const hdx_kept *kept,
                                    hdx_change *change, helpdex_error *err)
{
    const hdx_outcome *now = change->now;
    bool there;
    hdx_word_change *words = hdx_arena_alloc(
        arena, (kept->word_count + now->word_count + 1) * sizeof *words);
    if (!words)
        return hdx_fail_nomem(err);
    change->words = words;
    change->match_lost = kept->matched && !now->matched;
    for (size_t i = 0; i < kept->word_count; i++) {
        const char *word = kept->words[i].word;
        const char *tier = tier_of(now->words, now->word_count, word, &there);
        add_word(change, words,
                 (hdx_word_change){word, kept->words[i].tier, tier});
    }
    for (size_t i = 0; i < now->word_count; i++) {
        const char *word = now->words[i].word;
        tier_of(kept->words, kept->word_count, word, &there);
        if (!there)
            add_word(change, words,
                     (hdx_word_change){word, NULL, now->words[i].tier});
    }
    return HELPDEX_OK;
}

/* Whether a golden query that was kept still asks for the same. */
static bool still_wanted(const hdx_golden *golden, const hdx_kept *kept)
{
    for (const hdx_right *at = golden->right; at; at = at->next) {
        size_t len = strlen(at->article);
        const char *rest = kept->article + len;
        if (strncmp(kept->article, at->article, len) != 0)
            continue;
        if (at->section ? *rest == '#' && strcmp(rest + 1, at->section) == 0
                        : !*rest)
            return true;
    }
    return false;
}

/* 1 when an article has sunk, -1 when it has risen. */
static int direction(unsigned before, unsigned now)
{
    if (before && before <= HDX_CUT && (!now || now > before))
        return 1;
    return now && now <= HDX_CUT && (!before || now < before) ? -1 : 0;
}

static helpdex_status compare_query(hdx_gate *gate, hdx_gate_locale *locale,
                                    const hdx_outcome *now, helpdex_error *err)
{
    const hdx_kept *kept =
        locale->before ? hdx_baseline_query(locale->before, now->golden->query)
                       : NULL;
    bool known = kept && still_wanted(now->golden, kept);
    int where = known ? direction(kept->rank, now->rank) : 0;
    locale->fresh += !known;
    /* An article that is not there is an error of a new golden query. */
    if (!known && now->gone)
        where = 1;
    if (!where)
        return HELPDEX_OK;
    hdx_change *change = &locale->changes[locale->change_count++];
    *change = (hdx_change){
        .now = now, .worse = where > 0, .before = known ? kept->rank : 0};
    locale->worse += change->worse;
    return known ? compare_words(&gate->arena, kept, change, err) : HELPDEX_OK;
}

/* Worse ones first, else as the file has them. */
static int worse_first(const void *a, const void *b)
{
    const hdx_change *x = a, *y = b;
    if (x->worse != y->worse)
        return x->worse ? -1 : 1;
    return (x->now > y->now) - (x->now < y->now);
}

static helpdex_status compare_locale(hdx_gate *gate, hdx_gate_locale *locale,
                                     helpdex_error *err)
{
    const hdx_measurement *m = &locale->golden;
    locale->changes =
        hdx_arena_alloc(&gate->arena, (m->count + 1) * sizeof *locale->changes);
    if (!locale->changes)
        return hdx_fail_nomem(err);
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < m->count && !status; i++)
        status = compare_query(gate, locale, &m->outcomes[i], err);
    if (status)
        return status;
    qsort(locale->changes, locale->change_count, sizeof *locale->changes,
          worse_first);
    size_t asked = m->count - locale->fresh;
    locale->dropped = locale->before ? locale->before->count - asked : 0;
    gate->worse += locale->worse;
    gate->better += locale->change_count - locale->worse;
    return HELPDEX_OK;
}

static bool is_measured(const hdx_gate *gate, const char *locale)
{
    for (size_t i = 0; i < gate->count; i++)
        if (strcmp(gate->locales[i].locale, locale) == 0)
            return true;
    return false;
}

helpdex_status hdx_gate_compare(hdx_gate *gate, const hdx_baseline *baseline,
                                bool whole, helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    gate->compared = true;
    for (size_t i = 0; i < gate->count && !status; i++) {
        hdx_gate_locale *locale = &gate->locales[i];
        locale->before = hdx_baseline_locale(baseline, locale->locale);
        status = compare_locale(gate, locale, err);
    }
    for (size_t i = 0; i < baseline->count && whole; i++)
        if (!is_measured(gate, baseline->locales[i].locale))
            gate->forgotten += baseline->locales[i].count;
    return status;
}

void hdx_gate_free(hdx_gate *gate)
{
    hdx_arena_free(&gate->arena);
}
