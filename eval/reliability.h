/*
 * Whether confidence keeps what it says: messages in bins of what was said of
 * them, beside how many of each were right, and what became of all of them.
 */
#ifndef HDX_FOLD_RELIABILITY_H
#define HDX_FOLD_RELIABILITY_H

#include <helpdex/calibrate.h>

enum { HDX_BINS = 10 };

/* A share, and where it may lie: 95 of 100 intervals so made hold the true one
   (Wilson). Of none it is 0, from 0 to 1. */
typedef struct hdx_fraction {
    size_t count; /* of `of` */
    size_t of;
    double share, low, high;
} hdx_fraction;

hdx_fraction hdx_fraction_of(size_t count, size_t of);

/* Of the messages of which was said from a tenth to the next. */
typedef struct hdx_bin {
    double said; /* their mean; 0 without any */
    hdx_fraction right;
} hdx_bin;

typedef struct hdx_fold_reliability {
    hdx_bin bins[HDX_BINS];
    double error;            /* how far the bins are from what was said: ECE */
    hdx_fraction decided[3]; /* by helpdex_verdict, of all */
    hdx_fraction right;      /* of those that were answered */
    hdx_fraction
        refused; /* went to a person at once, of those with an article */
} hdx_fold_reliability;

typedef struct hdx_reliabilities {
    size_t ruled;   /* messages that a rule decides; of no other figure */
    size_t counted; /* the others */
    size_t unknown; /* of these: nothing answers them */
    hdx_fold_reliability before, after;
} hdx_reliabilities;

void hdx_reliability_of(const helpdex_calibration *calibration,
                        hdx_reliabilities *out);

#endif
