/*
 * Training rows of weights: logistic regression of each intent against all
 * others by dual coordinate descent (Yu, Huang and Lin 2011), for a block of
 * intents at a time, because an example's features are then read once for all
 * of them. The order of examples is fixed, so that equal input gives equal
 * bits.
 */
#ifndef HDX_DESCENT_H
#define HDX_DESCENT_H

#include "base/arena.h"
#include "intent/vector.h"

/* An example to learn from. */
typedef struct hdx_sample {
    const hdx_weight *weights;
    uint32_t count;
    uint32_t intent;
} hdx_sample;

/* Weights of HDX_INTENT_LANES intents. */
typedef float hdx_lane_weights[HDX_INTENT_LANES];

typedef struct hdx_descent {
    hdx_lane_weights *weights; /* of each feature, and behind them the biases */
    size_t features;
    int passes; /* over all samples */
    const hdx_sample *samples;
    size_t count;                       /* of samples */
    double (*alphas)[HDX_INTENT_LANES]; /* room for each sample */
    uint32_t *order;                    /* likewise */
} hdx_descent;

/* Learns the weights of the intents from `first`. */
void hdx_descent_run(hdx_descent *descent, uint32_t first);

#endif
