/*
 * How well a list of hits answers a query, by the definitions of trec_eval
 * (success_1, success_3, recip_rank of ten, ndcg_cut_10), and how far a mean of
 * it can be trusted: a bootstrap interval, the same at every run.
 */
#ifndef HDX_METRICS_H
#define HDX_METRICS_H

#include <stddef.h>

#include <helpdex/error.h>

typedef enum hdx_metric {
    HDX_SUCCESS_1,
    HDX_SUCCESS_3,
    HDX_MRR_10,
    HDX_NDCG_10,
    HDX_ZERO, /* the share of queries that find nothing at all */
    HDX_METRICS
} hdx_metric;

/* Only the first ten hits count. */
enum { HDX_CUT = 10 };

typedef struct hdx_metric_name {
    const char *label; /* for people */
    const char *key;   /* for JSON */
} hdx_metric_name;

extern const hdx_metric_name hdx_metric_names[HDX_METRICS];

typedef struct hdx_scores {
    double of[HDX_METRICS];
} hdx_scores;

/*
 * Scores one query. `gains` are those of its hits, best hit first, 0 for a
 * wrong one; `ideal` are those of its right articles, highest first.
 */
hdx_scores hdx_score(const unsigned *gains, size_t hits, const unsigned *ideal,
                     size_t right);

/* A mean, and the interval that holds 95 of 100 means of queries drawn anew. */
typedef struct hdx_figure {
    double mean, low, high;
} hdx_figure;

/* Figures of all queries; 0 when there is none. Errors: NOMEM. */
helpdex_status hdx_figures_of(const hdx_scores *scores, size_t count,
                              hdx_figure out[HDX_METRICS], helpdex_error *err);

#endif
