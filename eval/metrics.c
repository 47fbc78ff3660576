/* Scores and their means. */
#include "eval/metrics.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/error.h"

/* Enough that an end of an interval moves by less than a query is worth. */
enum { DRAWS = 2000, CUT_OFF = DRAWS / 40 };

const hdx_metric_name hdx_metric_names[HDX_METRICS] = {
    [HDX_SUCCESS_1] = {"Success@1", "success_at_1"},
    [HDX_SUCCESS_3] = {"Success@3", "success_at_3"},
    [HDX_MRR_10] = {"MRR@10", "mrr_at_10"},
    [HDX_NDCG_10] = {"nDCG@10", "ndcg_at_10"},
    [HDX_ZERO] = {"found none", "zero_results"}};

/* The gain itself, not 2^gain - 1: trec_eval's way. */
static double discounted(const unsigned *gains, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count && i < HDX_CUT; i++)
        sum += gains[i] / log2((double)i + 2);
    return sum;
}

hdx_scores hdx_score(const unsigned *gains, size_t hits, const unsigned *ideal,
                     size_t right)
{
    hdx_scores scores = {.of = {[HDX_ZERO] = hits == 0}};
    size_t first = 0;
    while (first < hits && first < HDX_CUT && !gains[first])
        first++;
    if (first == hits || first == HDX_CUT)
        return scores;
    scores.of[HDX_SUCCESS_1] = first < 1;
    scores.of[HDX_SUCCESS_3] = first < 3;
    scores.of[HDX_MRR_10] = 1 / ((double)first + 1);
    scores.of[HDX_NDCG_10] = discounted(gains, hits) / discounted(ideal, right);
    return scores;
}

/* splitmix64: small, the same everywhere, random enough to draw queries. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* The sums of `count` scores drawn with replacement. */
static void draw(const hdx_scores *scores, size_t count, uint64_t *state,
                 double sums[HDX_METRICS])
{
    for (int m = 0; m < HDX_METRICS; m++)
        sums[m] = 0;
    for (size_t i = 0; i < count; i++) {
        const hdx_scores *one = &scores[next_random(state) % count];
        for (int m = 0; m < HDX_METRICS; m++)
            sums[m] += one->of[m];
    }
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

helpdex_status hdx_figures_of(const hdx_scores *scores, size_t count,
                              hdx_figure out[HDX_METRICS], helpdex_error *err)
{
    double sums[HDX_METRICS] = {0};
    uint64_t state = 0;
    for (int m = 0; m < HDX_METRICS; m++)
        out[m] = (hdx_figure){0};
    if (count == 0)
        return HELPDEX_OK;
    double(*means)[DRAWS] = calloc(HDX_METRICS, sizeof *means);
    if (!means)
        return hdx_fail_nomem(err);
    for (int i = 0; i < DRAWS; i++) {
        draw(scores, count, &state, sums);
        for (int m = 0; m < HDX_METRICS; m++)
            means[m][i] = sums[m] / (double)count;
    }
    for (int m = 0; m < HDX_METRICS; m++) {
        double sum = 0;
        for (size_t i = 0; i < count; i++)
            sum += scores[i].of[m];
        qsort(means[m], DRAWS, sizeof *means[m], by_value);
        out[m] = (hdx_figure){sum / (double)count, means[m][CUT_OFF],
                              means[m][DRAWS - 1 - CUT_OFF]};
    }
    free(means);
    return HELPDEX_OK;
}
