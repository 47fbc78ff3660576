/*
 * From scores to a probability of being right, and from that to what to do.
 * All is fitted on messages that the scores were not made from: examples that
 * were held out, or labelled messages of real customers.
 *
 * Two curves are kept. One tells how sure the choice between the intents is,
 * given that the message is of one of them: it decides whether to answer. The
 * other leans on how much the message looks like the examples at all, so that
 * what is like none of them comes last: it is what is told as the confidence.
 */
#ifndef HDX_CALIBRATION_H
#define HDX_CALIBRATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* How one message was scored, and what came of it. */
typedef struct hdx_calibration_point {
    double top;    /* score of the best intent */
    double margin; /* over the next one */
    double scope;  /* how much it looks like the examples at all */
    bool in_scope; /* it is of one of the intents */
    bool right;    /* and of the best one */
} hdx_calibration_point;

/* A logistic curve over the three. */
typedef struct hdx_curve {
    double bias, top, margin, scope;
} hdx_curve;

typedef struct hdx_calibration {
    hdx_curve sure;
    hdx_curve confidence;
    double answer;   /* how sure an answer is at least; over 1: there is none */
    double escalate; /* the confidence under which a person is asked */
    uint32_t points; /* that it was fitted on */
    uint32_t estimated; /* 1: on examples, not on messages of customers */
} hdx_calibration;

typedef struct hdx_calibration_aims {
    double precision; /* of answers, from 0 to 1 */
    double rejection; /* the share of messages in scope that may be refused */
} hdx_calibration_aims;

typedef enum hdx_intent_decision {
    HDX_INTENT_ANSWER,
    HDX_INTENT_CLARIFY, /* offer the best few */
    HDX_INTENT_ESCALATE /* like nothing that is known */
} hdx_intent_decision;

typedef struct hdx_judgement {
    double sure;       /* the probability that the best intent is right, if the
                          message is of an intent at all */
    double confidence; /* the same without that, leaning on the scope */
    hdx_intent_decision decision;
} hdx_judgement;

/* What is like nothing that is known is escalated, however clear the choice
   between the intents seems. */
hdx_judgement hdx_calibration_judge(const hdx_calibration *calibration,
                                    double top, double margin, double scope);

/*
 * Fits the curves and thresholds. Without a point nothing is ever answered or
 * refused. `estimated` is the caller's to set.
 */
helpdex_status hdx_calibration_fit(const hdx_calibration_point *points,
                                   size_t count,
                                   const hdx_calibration_aims *aims,
                                   hdx_calibration *out, helpdex_error *err);

#endif
