/*
 * What each means of finding is worth. A set of questions is asked six times
 * of the same articles, each time with one means more, and the share of the
 * questions whose first hit is right (Success@1, in percent) is printed as a
 * table in Markdown.
 *
 *   ablation SCRATCH_DIR SET_DIR...
 *
 * What is in SET_DIR is said in bench/judged.h. SCRATCH_DIR is a folder for
 * throw-away packs and indexes.
 *
 *   words     BM25 of words by their exact form: the packs lack the keys below,
 *             of hdx_ranking all but `words` is 0, and the matcher of this file
 *             stands in for that of search/match.c, so that there are no tiers
 *   +stems    the packs have `stemmer`; a word also stands for its inflections
 *   +bigrams  the packs have `bigrams`, which find candidates and score nothing
 *   +grams    hdx_ranking has `grams` and `sentence`
 *   +titles   it has `title_words` and `title_grams`
 *   +tiers    the packs have all keys, and the matcher is the one of the house:
 *             what is shipped
 *
 * `normalise` and `elisions` make the exact form, and are always there, as are
 * `stopwords`; so are titles as words of their sections. In every step the
 * candidates, 100 sections, are found by the first five code points of stems:
 * the index has no other terms. For the same reason a word is as rare among
 * titles, which +titles asks for, as those five code points.
 */
#include <helpdex/index.h>

#include <stdio.h>
#include <stdlib.h>

#include "bench/judged.h"
#include "search/match.h"
#include "search/searcher.h"
#include "text/pack.h"

/* What the steps give back to the packs, in this order. */
static const char *const pack_keys[] = {
    "stemmer:",  "bigrams:",  "fold:",      "respell:",
    "romanise:", "keyboard:", "compounds:", "synonyms:"};
enum { STEMMER = 1, BIGRAMS = 2, ALL_KEYS = 8 };

typedef struct step {
    const char *name;
    size_t keys; /* that its packs have */
    bool grams, titles, tiers;
} step;

static const step steps[] = {{"words", 0, false, false, false},
                             {"+stems", STEMMER, false, false, false},
                             {"+bigrams", BIGRAMS, false, false, false},
                             {"+grams", BIGRAMS, true, false, false},
                             {"+titles", BIGRAMS, true, true, false},
                             {"+tiers", ALL_KEYS, true, true, true}};
enum { STEPS = sizeof steps / sizeof *steps };

static const char *packs[STEPS];
static const char *index_dir;
static bool tiers; /* of the step at work */

helpdex_status __real_hdx_match_token(hdx_matching *m, size_t at);
helpdex_status __wrap_hdx_match_token(hdx_matching *m, size_t at);

/* Marks the forms of the word's stem; returns how many sections have them. */
static uint32_t match_stem(hdx_matching *m, const hdx_word *word, uint32_t term)
{
    const hdx_lexicon *l = m->maker->lexicon;
    uint32_t stem = hdx_lexicon_hash(word->stem.ptr, word->stem.len);
    uint32_t sections = 0, end = hdx_lexicon_words_end(l, term);
    for (uint32_t id = l->terms[term].first_word; id < end; id++) {
        hdx_match *match = &m->maker->matches[id];
        if (l->words[id].stem != stem || match->word)
            continue;
        m->maker->matched[m->maker->matched_count++] = id;
        *match = (hdx_match){(uint16_t)m->question->word_count, HDX_TIER_STEM};
        sections += l->words[id].sections;
    }
    return sections < l->header->sections ? sections : l->header->sections;
}

/* A word stands for its stem alone; without a stemmer that is itself. */
static helpdex_status match_plainly(hdx_matching *m, const hdx_word *word)
{
    const double stop_lead = 0.15; /* STOP_LEAD of search/match.c */
    const hdx_lexicon *l = m->maker->lexicon;
    uint32_t term = hdx_lexicon_find_term(l, word->term, NULL);
    bool known = term != HDX_NO_WORD;
    hdx_question_word *out = &m->question->words[m->question->word_count++];
    *out = (hdx_question_word){.stem = word->stem,
                               .stop = word->stop,
                               .known = known,
                               .meant = HDX_NO_WORD};
    out->idf =
        hdx_idf(l->header->sections, known ? match_stem(m, word, term) : 0);
    out->title_idf =
        hdx_idf(l->header->titles, known ? l->terms[term].titles : 0);
    m->question->self += out->idf;
    return known ? hdx_match_lead(m, word->term, word->stop ? stop_lead : 1, 0,
                                  word->stop)
                 : HELPDEX_OK;
}

helpdex_status __wrap_hdx_match_token(hdx_matching *m, size_t at)
{
    const hdx_token *tokens = m->maker->tokens->items;
    if (tiers)
        return __real_hdx_match_token(m, at);
    for (size_t i = 0; i < at; i++)
        if (hdx_str_eq(tokens[i].word->stem, tokens[at].word->stem))
            return HELPDEX_OK;
    return match_plainly(m, tokens[at].word);
}

/* Whether a line of a pack is of a key that the step does not have. */
static bool is_missing(hdx_str line, const step *of)
{
    for (size_t i = of->keys; i < ALL_KEYS; i++)
        if (hdx_str_starts(line, hdx_str_of(pack_keys[i])))
            return true;
    return false;
}

/* Writes a pack without what the step does not have. */
static void write_pack(const char *path, hdx_str text, const step *of)
{
    hdx_buf kept = {0};
    hdx_str line;
    helpdex_error err;
    bool missing = false;
    while (hdx_str_line(&text, &line)) {
        if (line.len && line.ptr[0] != ' ')
            missing = is_missing(line, of);
        hdx_buf_add(&kept, missing ? HDX_STR("") : line);
        hdx_buf_byte(&kept, '\n');
    }
    judged_check(hdx_file_write(path, hdx_buf_str(&kept), &err), &err);
    hdx_buf_free(&kept);
}

static void write_packs(const char *scratch)
{
    hdx_catalog *shipped;
    helpdex_error err;
    judged_check(hdx_catalog_open(NULL, &shipped, &err), &err);
    for (size_t i = 0; i < STEPS; i++) {
        packs[i] =
            judged_joined(scratch, judged_joined("/packs", steps[i].name));
        judged_check(hdx_dir_remove(packs[i], &err), &err);
        judged_check(hdx_dir_make(packs[i], &err), &err);
        for (size_t n = 0; n < hdx_catalog_count(shipped); n++) {
            const char *tag = hdx_catalog_tag(shipped, n).ptr;
            write_pack(
                judged_joined(packs[i],
                              judged_joined("/", judged_joined(tag, ".yml"))),
                hdx_catalog_text(shipped, n), &steps[i]);
        }
    }
    hdx_catalog_free(shipped);
}

/* Success@1 of a step, in percent. */
static double measure(locale_set *set, size_t number)
{
    hdx_ranking ranking = hdx_ranking_default;
    helpdex_searcher *searcher;
    helpdex_error err;
    if (!steps[number].grams)
        ranking.grams = ranking.sentence = 0;
    if (!steps[number].titles)
        ranking.title_words = ranking.title_grams = 0;
    judged_build(set, packs[number], index_dir);
    judged_check(helpdex_searcher_open(index_dir, &searcher, &err), &err);
    searcher->ranking = &ranking;
    tiers = steps[number].tiers;
    double success = judged_success(set, searcher);
    helpdex_searcher_free(searcher);
    return success;
}

static void print_row(const char *set, const char *locale, size_t questions,
                      const double success[STEPS])
{
    printf("| %s | %s | %zu |", set, locale, questions);
    for (size_t i = 0; i < STEPS; i++)
        printf(" %.1f |", success[i]);
    printf("\n");
    fflush(stdout);
}

/* Prints the rows of a set, and their mean where there are several. */
static void run_set(const char *dir)
{
    const char *name = strrchr(dir, '/') ? strrchr(dir, '/') + 1 : dir;
    double success[STEPS], mean[STEPS] = {0};
    size_t questions = 0;
    hdx_listing locales = judged_locales(dir);
    for (size_t n = 0; n < locales.count; n++) {
        helpdex_error err;
        locale_set set = judged_read(dir, locales.items[n].path.ptr);
        judged_check(hdx_dir_remove(index_dir, &err), &err);
        for (size_t i = 0; i < STEPS; i++) {
            success[i] = measure(&set, i);
            mean[i] += success[i] / (double)locales.count;
        }
        print_row(name, set.tag, set.count, success);
        questions += set.count;
        judged_free(&set);
    }
    if (locales.count > 1)
        print_row(name, "mean", questions, mean);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: ablation SCRATCH_DIR SET_DIR...\n");
        return 2;
    }
    write_packs(argv[1]);
    index_dir = judged_joined(argv[1], "/index");
    printf("| set | locale | questions | words | +stems | +bigrams | +grams | "
           "+titles | +tiers |\n|---|---|--:|--:|--:|--:|--:|--:|--:|\n");
    for (int i = 2; i < argc; i++)
        run_set(argv[i]);
    hdx_arena_free(&judged_memory);
    return 0;
}
