/*
 * What a hit's score is multiplied by for reasons outside of its words: what
 * the article says of itself, and what its readers said.
 */
#ifndef HDX_FACTORS_H
#define HDX_FACTORS_H

#include <helpdex/search.h>

#include "search/rank.h"
#include "store/forward.h"

typedef enum hdx_factor {
    HDX_FACTOR_LOCALE,      /* in another language than the reader's */
    HDX_FACTOR_WEIGHT,      /* the writers' order */
    HDX_FACTOR_FRESHNESS,   /* how new, by the newest of its locale */
    HDX_FACTOR_HELPFULNESS, /* what readers said */
    HDX_FACTOR_REGION,      /* made for the reader's */
    HDX_FACTOR_PLATFORM,    /* likewise */
    HDX_FACTOR_STALE,       /* behind its source */
    HDX_FACTOR_BOOST,       /* a rule */
    HDX_FACTOR_PIN,         /* a rule; by 1 */
    HDX_FACTORS
} hdx_factor;

typedef struct hdx_factors {
    double by[HDX_FACTORS];       /* 1 where there is nothing to say */
    const char *why[HDX_FACTORS]; /* NULL where there is nothing to add */
    unsigned pinned; /* from 1: its place among those that stand before all
                        others; 0: it is none of them */
} hdx_factors;

/* What factors are worth; one table, see hdx_factor_weights_default. */
typedef struct hdx_factor_weights {
    double fallback; /* what a text in another language is worth */
    double weight, freshness, helpfulness, region, platform;
    double stale;    /* taken off when all sections are behind */
    double outdated; /* taken off where that could do harm */
} hdx_factor_weights;

extern const hdx_factor_weights hdx_factor_weights_default;

/* The factors of an article; `newest` is the last day of its locale. */
void hdx_factors_of(const hdx_factor_weights *weights,
                    const hdx_forward_article *article, int32_t newest,
                    const helpdex_request *request, hdx_factors *out);

double hdx_factors_product(const hdx_factors *factors);

/* A translation that could do harm, because what it was made from has changed
   too much. */
bool hdx_is_outdated(const hdx_forward_article *article);

/*
 * Those that are not 1, for a person, in `arena`. Errors: NOMEM.
 */
helpdex_status hdx_factors_explain(const hdx_factors *factors, hdx_arena *arena,
                                   helpdex_explanation *out,
                                   helpdex_error *err);

#endif
