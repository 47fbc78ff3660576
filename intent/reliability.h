/*
 * Whether probabilities keep what they promise: what was told, and what came
 * of it, with intervals in which the truth lies 95 times of 100 (Wilson).
 */
#ifndef HDX_RELIABILITY_H
#define HDX_RELIABILITY_H

#include "intent/calibration.h"

enum { HDX_RELIABILITY_BINS = 10 };

typedef struct hdx_share {
    size_t count, right;
    double least, most; /* of what the share may be in truth */
} hdx_share;

/* Messages whose confidence was within one tenth. */
typedef struct hdx_reliability_bin {
    double told; /* the mean of their confidences */
    hdx_share share;
} hdx_reliability_bin;

typedef struct hdx_reliability {
    hdx_reliability_bin bins[HDX_RELIABILITY_BINS];
    double error;       /* expected calibration error: how far what was told is
                           from what came, over the bins */
    hdx_share answered; /* of all messages, those that would be answered */
    size_t clarified, escalated;
} hdx_reliability;

hdx_share hdx_intent_share_of(size_t right, size_t count);

/* How a calibration does on points, which should not be those it was fitted
   on. */
void hdx_reliability_measure(const hdx_calibration *calibration,
                             const hdx_calibration_point *points, size_t count,
                             hdx_reliability *out);

#endif
