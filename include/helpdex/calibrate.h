/*
 * Calibration: how far the confidence of decisions can be trusted, measured on
 * messages of real customers whose right article is known, and from which
 * confidence on to answer. What is measured holds for one locale of one help
 * centre; `index` takes it up from `KB_DIR/calibration/<locale>.yml`.
 */
#ifndef HELPDEX_CALIBRATE_H
#define HELPDEX_CALIBRATE_H

#include <helpdex/decide.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct helpdex_calibration helpdex_calibration;

/* Both are UTF-8 and terminated. */
typedef struct helpdex_labelled {
    const char *message;
    const char *const *articles; /* ids, each of which answers it */
    size_t article_count;        /* 0: nothing does */
} helpdex_labelled;

/* Set by helpdex_calibrate_options_init(), then by the caller. */
typedef struct helpdex_calibrate_options {
    size_t size;
    const char *locale; /* of the messages; NULL: the index's default */
    double precision;   /* the share of answers that are to be right (0.95) */
    double rejection; /* the share of messages with an article that may go to a
                         person at once (0.05) */
} helpdex_calibrate_options;

/* Fewer messages than this leave too much to chance. */
enum { HELPDEX_CALIBRATION_LEAST = 100 };

/* What is fitted: the odds of `confidence` are those of the estimate, raised to
   the power of `slope`, times e to `bias`. */
typedef struct helpdex_confidence_curve {
    double bias;
    double slope;
    double answer;   /* the least confidence to answer; over 1: never */
    double escalate; /* below it a person takes over */
} helpdex_confidence_curve;

/* How one message fared. Nothing here was fitted on the message itself. */
typedef struct helpdex_calibrated {
    double estimate;        /* the probability that the best article is right */
    double confidence;      /* the same, calibrated on the other folds */
    bool ruled;             /* a label or a wish for a person decides: it is not
                          measured on */
    bool known;             /* an article answers the message */
    bool right;             /* and it is the best one */
    helpdex_verdict before; /* by the estimate */
    helpdex_verdict after;
} helpdex_calibrated;

/**
 * Fill in the default options.
 *
 * Ownership: writes to `options`, which is the caller's.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API void helpdex_calibrate_options_init(
    helpdex_calibrate_options *options);

/**
 * Ask for the likeliest article of each message, and fit the curve and limits
 * of confidence: once on all messages, and once without each of five folds, to
 * see how they fare on messages that they have not seen. A calibration that the
 * index has already is not heeded.
 *
 * Ownership: `messages` and `options` (NULL: defaults) are read during the
 *   call. `*out` is new, to be released with helpdex_calibration_free(); NULL on
 *   failure.
 * Errors: INVALID (not UTF-8, an empty message, no locale tag, a number outside
 *   its range, options of another version), BAD_INPUT (no message), NOT_FOUND
 *   (no locale of the chain is in the index), STORE.
 * Threads: one call at a time for each assistant.
 * Cost: that of a decision for each message.
 */
HELPDEX_API helpdex_status helpdex_calibrate(
    helpdex_assistant *assistant, const helpdex_labelled *messages,
    size_t count, const helpdex_calibrate_options *options,
    helpdex_calibration **out, helpdex_error *err);

/**
 * What was fitted on all messages.
 *
 * Ownership: borrowed from `calibration`.
 * Errors: none.
 * Threads: any; calibrations are immutable.
 * Cost: constant.
 */
HELPDEX_API const helpdex_confidence_curve *helpdex_calibration_curve(
    const helpdex_calibration *calibration);

/**
 * How a message fared, counted from 0 as they were given.
 *
 * Ownership: borrowed from `calibration`; NULL behind the last.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API const helpdex_calibrated *helpdex_calibration_at(
    const helpdex_calibration *calibration, size_t at);

/**
 * The canonical tag of the locale whose articles were asked for.
 *
 * Ownership: borrowed from `calibration`.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API const char *helpdex_calibration_locale(
    const helpdex_calibration *calibration);

/**
 * Release a calibration. NULL is fine.
 *
 * Ownership: takes `calibration`.
 * Errors: none.
 * Threads: one call, after the last use.
 * Cost: constant.
 */
HELPDEX_API void helpdex_calibration_free(helpdex_calibration *calibration);

#ifdef __cplusplus
}
#endif

#endif
