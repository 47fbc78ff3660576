/*
 * What each weight of the score is worth. The questions of judged sets are
 * asked with all weights as they are shipped, and then with one of them at 0 at
 * a time; for each set the difference of Success@1 is printed in points, as a
 * table in Markdown. What loses points is worth its weight.
 *
 *   weights SCRATCH_DIR SET_DIR...
 *
 * No judged set says how old its articles are, whom they helped and which come
 * first. Of those factors (search/factors.h) the table shows what they could do
 * harm: every article is given a value by chance, and the difference is what
 * the factor costs when it says nothing. What is in SET_DIR is said in
 * bench/judged.h.
 */
#include <stddef.h>
#include <stdio.h>

#include "bench/judged.h"
#include "search/factors.h"
#include "search/searcher.h"

#define WEIGHT(name)                                                           \
    {                                                                          \
#name, offsetof(hdx_ranking, name)                                     \
    }

static const struct weight {
    const char *name;
    size_t offset; /* in hdx_ranking */
} weights[] = {WEIGHT(words),         WEIGHT(grams),       WEIGHT(sentence),
               WEIGHT(title_words),   WEIGHT(title_grams), WEIGHT(coverage),
               WEIGHT(question_match)};
enum { WEIGHTS = sizeof weights / sizeof *weights, SETS_MOST = 64 };

/* What is given to articles by chance; the days are those of three years. */
typedef enum chance { NONE, BY_WEIGHT, BY_DATE, BY_VOTES, ALL, CHANCES } chance;
static const char *const chance_names[CHANCES] = {
    [BY_WEIGHT] = "weight, by chance",
    [BY_DATE] = "freshness, by chance",
    [BY_VOTES] = "helpfulness, by chance",
    [ALL] = "all three, by chance"};
static chance given;
enum { NEWEST = 20000, DAYS = 1096, HEAVIEST = 20, VOTES = 50 };

void __real_hdx_factors_of(const hdx_factor_weights *by,
                           const hdx_forward_article *article, int32_t newest,
                           const helpdex_request *request, hdx_factors *out);
void __wrap_hdx_factors_of(const hdx_factor_weights *by,
                           const hdx_forward_article *article, int32_t newest,
                           const helpdex_request *request, hdx_factors *out);

/* A number that looks like chance, the same for an article each time. */
static uint32_t drawn(hdx_str id, uint32_t salt, uint32_t below)
{
    uint64_t hash = 0xCBF29CE484222325u + salt;
    for (size_t i = 0; i < id.len; i++)
        hash = (hash ^ (unsigned char)id.ptr[i]) * 0x100000001B3u;
    return (uint32_t)(hash >> 32) % below;
}

void __wrap_hdx_factors_of(const hdx_factor_weights *by,
                           const hdx_forward_article *article, int32_t newest,
                           const helpdex_request *request, hdx_factors *out)
{
    hdx_forward_article guessed = *article;
    if (given == BY_WEIGHT || given == ALL)
        guessed.weight = 1 + drawn(article->id, BY_WEIGHT, HEAVIEST);
    if (given == BY_DATE || given == ALL) {
        guessed.modified = NEWEST - (int32_t)drawn(article->id, BY_DATE, DAYS);
        newest = NEWEST;
    }
    if (given == BY_VOTES || given == ALL) {
        guessed.helped = drawn(article->id, BY_VOTES, VOTES);
        guessed.unhelped = VOTES - guessed.helped;
    }
    __real_hdx_factors_of(by, &guessed, newest, request, out);
}

enum { ROWS = 1 + WEIGHTS + CHANCES - 1 };

static const char *row_name(size_t row)
{
    return row == 0         ? "all, as shipped"
           : row <= WEIGHTS ? weights[row - 1].name
                            : chance_names[row - WEIGHTS];
}

/* Adds the Success@1 of each row for one locale of a set. */
static void measure(locale_set *set, const char *index_dir, double share,
                    double out[ROWS])
{
    helpdex_searcher *searcher;
    helpdex_error err;
    judged_check(hdx_dir_remove(index_dir, &err), &err);
    judged_build(set, NULL, index_dir);
    judged_check(helpdex_searcher_open(index_dir, &searcher, &err), &err);
    for (size_t row = 0; row < ROWS; row++) {
        hdx_ranking ranking = hdx_ranking_default;
        if (row > 0 && row <= WEIGHTS) {
            const double none = 0;
            memcpy((char *)&ranking + weights[row - 1].offset, &none,
                   sizeof none);
        }
        given = row > WEIGHTS ? (chance)(row - WEIGHTS) : NONE;
        searcher->ranking = &ranking;
        out[row] += share * judged_success(set, searcher);
    }
    helpdex_searcher_free(searcher);
}

static const char *name_of(const char *dir)
{
    return strrchr(dir, '/') ? strrchr(dir, '/') + 1 : dir;
}

int main(int argc, char **argv)
{
    static double success[SETS_MOST][ROWS];
    if (argc < 3 || argc - 2 > SETS_MOST) {
        fprintf(stderr, "usage: weights SCRATCH_DIR SET_DIR...\n");
        return 2;
    }
    const char *index_dir = judged_joined(argv[1], "/index");
    printf("| without |");
    for (int i = 2; i < argc; i++) {
        hdx_listing locales = judged_locales(argv[i]);
        for (size_t n = 0; n < locales.count; n++) {
            locale_set set = judged_read(argv[i], locales.items[n].path.ptr);
            measure(&set, index_dir, 1 / (double)locales.count, success[i - 2]);
            judged_free(&set);
        }
        printf(" %s |", name_of(argv[i]));
        fflush(stdout);
    }
    printf("\n|---|");
    for (int i = 2; i < argc; i++)
        printf("--:|");
    for (size_t row = 0; row < ROWS; row++) {
        printf("\n| %s |", row_name(row));
        for (int i = 0; i < argc - 2; i++)
            printf(row ? " %+.1f |" : " %.1f |",
                   success[i][row] - (row ? success[i][0] : 0));
    }
    printf("\n");
    hdx_arena_free(&judged_memory);
    return 0;
}
