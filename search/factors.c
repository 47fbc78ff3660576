/*
 * Factors are small: they settle what the words leave open, and never bury the
 * article that answers. None has judged data of its own to be fitted on, so
 * that each is bounded by what it may undo; bench/ablation shows that none
 * costs a judged set anything.
 */
#include "search/factors.h"

#include <math.h>

#include "search/audience.h"

/*
 * What each may do at most. A hit's score differs from the next one's by 9 %
 * at the median (first and second of xquad); the first four together stay below
 * that, so that they decide between near equals. A fallback is worth four
 * fifths. A stale translation loses little, because its readers cannot read a
 * better one; where it could do harm it falls below a fallback, whatever the
 * other factors are.
 */
const hdx_factor_weights hdx_factor_weights_default = {.fallback = 0.8,
                                                       .weight = 0.03,
                                                       .freshness = 0.02,
                                                       .helpfulness = 0.06,
                                                       .region = 0.03,
                                                       .platform = 0.03,
                                                       .stale = 0.1,
                                                       .outdated = 0.5};

enum { DAYS_OF_A_YEAR = 365, VOTES_ASSUMED = 5, OUTDATED_SHARE = 3 };

/* The last bits of log() and exp2() are not the same on every machine. */
static double settled(double number)
{
    return round(number * 1e9) / 1e9;
}

/* 1 for the lightest, less for each heavier; 0 where none was given. */
static double prominence(uint32_t weight)
{
    return weight ? settled(1 / (1 + log(weight))) : 0;
}

/* Halves with every year behind the newest article. */
static double freshness(int32_t day, int32_t newest)
{
    return day ? settled(exp2((double)(day - newest) / DAYS_OF_A_YEAR)) : 0;
}

/* -1 to 1, by few votes near 0: five more for and against are assumed. */
static double helpfulness(uint32_t helped, uint32_t unhelped)
{
    double votes = (double)helped + unhelped;
    return ((double)helped - unhelped) / (votes + 2 * VOTES_ASSUMED);
}

bool hdx_is_outdated(const hdx_forward_article *article)
{
    return article->high_stakes && article->behind &&
           article->behind * OUTDATED_SHARE >= article->sections;
}

void hdx_factors_of(const hdx_factor_weights *weights,
                    const hdx_forward_article *article, int32_t newest,
                    const helpdex_request *request, hdx_factors *out)
{
    *out = (hdx_factors){.pinned = 0};
    for (int i = 0; i < HDX_FACTORS; i++)
        out->by[i] = 1;
    out->by[HDX_FACTOR_WEIGHT] += weights->weight * prominence(article->weight);
    out->by[HDX_FACTOR_FRESHNESS] +=
        weights->freshness * freshness(article->modified, newest);
    out->by[HDX_FACTOR_HELPFULNESS] +=
        weights->helpfulness * helpfulness(article->helped, article->unhelped);
    if (hdx_audience_names(article->regions, request->region))
        out->by[HDX_FACTOR_REGION] += weights->region;
    if (hdx_audience_names(article->platforms, request->platform))
        out->by[HDX_FACTOR_PLATFORM] += weights->platform;
    if (article->behind && article->sections)
        out->by[HDX_FACTOR_STALE] -=
            hdx_is_outdated(article)
                ? weights->outdated
                : weights->stale * article->behind / article->sections;
}

double hdx_factors_product(const hdx_factors *factors)
{
    double product = 1;
    for (int i = 0; i < HDX_FACTORS; i++)
        product *= factors->by[i];
    return product;
}

helpdex_status hdx_factors_explain(const hdx_factors *factors, hdx_arena *arena,
                                   helpdex_explanation *out, helpdex_error *err)
{
    static const char *const names[HDX_FACTORS] = {
        [HDX_FACTOR_LOCALE] = "locale",
        [HDX_FACTOR_WEIGHT] = "weight",
        [HDX_FACTOR_FRESHNESS] = "freshness",
        [HDX_FACTOR_HELPFULNESS] = "helpfulness",
        [HDX_FACTOR_REGION] = "region",
        [HDX_FACTOR_PLATFORM] = "platform",
        [HDX_FACTOR_STALE] = "stale",
        [HDX_FACTOR_BOOST] = "boost",
        [HDX_FACTOR_PIN] = "pin"};
    helpdex_explained_factor *list =
        hdx_arena_alloc(arena, HDX_FACTORS * sizeof *list);
    if (!list)
        return hdx_fail_nomem(err);
    out->factors = list;
    out->factor_count = 0;
    for (int i = 0; i < HDX_FACTORS; i++) {
        const char *why = factors->why[i];
        if (factors->by[i] == 1 && !why)
            continue;
        hdx_str copy = hdx_arena_copy(arena, hdx_str_of(why ? why : ""));
        if (!copy.ptr)
            return hdx_fail_nomem(err);
        list[out->factor_count++] = (helpdex_explained_factor){
            names[i], factors->by[i], why ? copy.ptr : NULL};
    }
    return HELPDEX_OK;
}
