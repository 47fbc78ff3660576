/*
 * What each means of finding is worth. A set of questions is asked six times
 * of the same articles, each time with one means more, and the share of the
 * questions whose first hit is right (Success@1, in percent) is printed as a
 * table in Markdown.
 *
 *   ablation SCRATCH_DIR SET_DIR...
 *
 * SET_DIR has a folder for each locale: `articles/`, `queries.dev.tsv` (id, tab,
 * question) and `qrels.dev.txt` (TREC: id 0 article relevance). SCRATCH_DIR is a
 * folder for throw-away packs and indexes.
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

#include "base/file.h"
#include "search/match.h"
#include "search/searcher.h"
#include "text/pack.h"

enum { LARGEST_FILE = 1 << 26 };

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

typedef struct locale_set {
    const char *tag;
    const char *articles;
    hdx_str questions;
    size_t count;     /* of questions */
    hdx_map relevant; /* "question article" */
} locale_set;

static hdx_arena memory;
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
    return known ? hdx_match_lead(m, word->term, word->stop ? stop_lead : 1,
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

static void check(helpdex_status status, const helpdex_error *err)
{
    char line[1200];
    if (!status)
        return;
    helpdex_error_format(err, line, sizeof line);
    fprintf(stderr, "%s\n", line);
    exit(1);
}

static void refuse(const char *path, const char *why)
{
    helpdex_error err;
    check(hdx_fail_at(&err, HELPDEX_BAD_INPUT, path, 0, 0, "%s", why), &err);
}

/* Both texts as one. */
static const char *joined(const char *first, const char *second)
{
    hdx_str made = hdx_arena_format(&memory, "%s%s", first, second);
    if (!made.ptr)
        abort();
    return made.ptr;
}

static hdx_str read_file(const char *path)
{
    hdx_str text;
    helpdex_error err;
    check(hdx_file_read(&memory, path, LARGEST_FILE, &text, &err), &err);
    return text;
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
    check(hdx_file_write(path, hdx_buf_str(&kept), &err), &err);
    hdx_buf_free(&kept);
}

static void write_packs(const char *scratch)
{
    hdx_catalog *shipped;
    helpdex_error err;
    check(hdx_catalog_open(NULL, &shipped, &err), &err);
    for (size_t i = 0; i < STEPS; i++) {
        packs[i] = joined(scratch, joined("/packs", steps[i].name));
        check(hdx_dir_remove(packs[i], &err), &err);
        check(hdx_dir_make(packs[i], &err), &err);
        for (size_t n = 0; n < hdx_catalog_count(shipped); n++) {
            const char *tag = hdx_catalog_tag(shipped, n).ptr;
            write_pack(joined(packs[i], joined("/", joined(tag, ".yml"))),
                       hdx_catalog_text(shipped, n), &steps[i]);
        }
    }
    hdx_catalog_free(shipped);
}

static void read_relevant(const char *path, hdx_map *out)
{
    hdx_str text = read_file(path), line;
    while (hdx_str_line(&text, &line)) {
        char question[128], article[128];
        int degree;
        bool added;
        if (sscanf(hdx_arena_copy(&memory, line).ptr, "%127s %*s %127s %d",
                   question, article, &degree) != 3)
            refuse(path, "a line is no judgement; write: id 0 article 1");
        if (degree > 0)
            hdx_map_add(out, hdx_str_of(joined(question, joined(" ", article))),
                        &added);
    }
}

static void build(const locale_set *set, const char *locales_dir)
{
    helpdex_index_options options;
    helpdex_report *report;
    helpdex_error err;
    helpdex_index_options_init(&options);
    options.locale = set->tag;
    options.locales_dir = locales_dir;
    check(
        helpdex_index_build(set->articles, index_dir, &options, &report, &err),
        &err);
    helpdex_report_free(report);
}

/* Whether the first hit of "id<TAB>question" is right. */
static bool succeeds(helpdex_searcher *searcher, const locale_set *set,
                     hdx_str line)
{
    const char *tab = memchr(line.ptr, '\t', line.len);
    char key[512];
    helpdex_request request;
    helpdex_results *results;
    helpdex_error err;
    if (!tab)
        refuse(set->articles, "a question beside it has no tab behind its id");
    helpdex_request_init(&request);
    request.query = tab + 1;
    request.query_size = line.len - (size_t)(tab + 1 - line.ptr);
    request.snippet = 0;
    check(helpdex_search(searcher, &request, &results, &err), &err);
    const helpdex_hit *hit = helpdex_results_at(results, 0);
    snprintf(key, sizeof key, "%.*s %s", (int)(tab - line.ptr), line.ptr,
             hit ? hit->id : "");
    helpdex_results_free(results);
    return hdx_map_find(&set->relevant, hdx_str_of(key));
}

/* Success@1 of a step, in percent. */
static double measure(locale_set *set, size_t number)
{
    hdx_ranking ranking = hdx_ranking_default;
    helpdex_searcher *searcher;
    helpdex_error err;
    hdx_str rest = set->questions, line;
    size_t right = 0;
    if (!steps[number].grams)
        ranking.grams = ranking.sentence = 0;
    if (!steps[number].titles)
        ranking.title_words = ranking.title_grams = 0;
    build(set, packs[number]);
    check(helpdex_searcher_open(index_dir, &searcher, &err), &err);
    searcher->ranking = &ranking;
    tiers = steps[number].tiers;
    for (set->count = 0; hdx_str_line(&rest, &line); set->count++)
        right += succeeds(searcher, set, line);
    helpdex_searcher_free(searcher);
    return 100.0 * (double)right / (double)(set->count ? set->count : 1);
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

static locale_set read_set(const char *dir, const char *tag)
{
    const char *here = joined(dir, joined("/", tag));
    locale_set set = {.tag = tag,
                      .articles = joined(here, "/articles"),
                      .questions = read_file(joined(here, "/queries.dev.tsv"))};
    read_relevant(joined(here, "/qrels.dev.txt"), &set.relevant);
    return set;
}

/* Prints the rows of a set, and their mean where there are several. */
static void run_set(const char *dir)
{
    const char *name = strrchr(dir, '/') ? strrchr(dir, '/') + 1 : dir;
    double success[STEPS], mean[STEPS] = {0};
    size_t locales = 0, questions = 0;
    hdx_listing listing;
    helpdex_error err;
    check(hdx_dir_list(&memory, dir, false, &listing, &err), &err);
    for (size_t n = 0; n < listing.count; n++) {
        if (listing.items[n].kind != HDX_ENTRY_DIR)
            continue;
        locale_set set = read_set(dir, listing.items[n].path.ptr);
        check(hdx_dir_remove(index_dir, &err), &err);
        locales++;
        for (size_t i = 0; i < STEPS; i++) {
            success[i] = measure(&set, i);
            mean[i] += (success[i] - mean[i]) / (double)locales;
        }
        print_row(name, set.tag, set.count, success);
        questions += set.count;
        hdx_map_free(&set.relevant);
    }
    if (locales == 0)
        refuse(dir, "no folder of a locale in it");
    if (locales > 1)
        print_row(name, "mean", questions, mean);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: ablation SCRATCH_DIR SET_DIR...\n");
        return 2;
    }
    write_packs(argv[1]);
    index_dir = joined(argv[1], "/index");
    printf("| set | locale | questions | words | +stems | +bigrams | +grams | "
           "+titles | +tiers |\n|---|---|--:|--:|--:|--:|--:|--:|--:|\n");
    for (int i = 2; i < argc; i++)
        run_set(argv[i]);
    hdx_arena_free(&memory);
    return 0;
}
