/*
 * The intent classifier on its own: learns from labelled utterances, and tells
 * of a message which label it is, how likely that is right, and whether to
 * answer. An index has one for each locale already; this is for labels that
 * are no articles, and for measuring.
 */
#ifndef HELPDEX_CLASSIFY_H
#define HELPDEX_CLASSIFY_H

#include <stdbool.h>

#include <helpdex/error.h>
#include <helpdex/verdict.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct helpdex_classifier helpdex_classifier;

/* Both are UTF-8 and terminated. */
typedef struct helpdex_example {
    const char *label; /* NULL: out of the scope of all */
    const char *text;
} helpdex_example;

/* Set by helpdex_classify_options_init(), then by the caller. */
typedef struct helpdex_classify_options {
    size_t size;             /* of this struct; set by init */
    const char *locale;      /* of the utterances; NULL: none in particular */
    const char *locales_dir; /* locale packs; NULL: those built in */
    double precision; /* the share of answers that are to be right (0.95) */
    double rejection; /* the share of messages of a label that may be escalated
                         for looking like no example (0.05) */
} helpdex_classify_options;

enum { HELPDEX_LABELS = 3 };

/* How a message was classified. */
typedef struct helpdex_class {
    helpdex_verdict verdict; /* clarify: offer the labels */
    double confidence; /* the probability that the best label is right; low
                          when the message is like no example */
    bool estimated;    /* it was fitted on examples, not on real messages */
    size_t count;      /* of labels */
    const char *labels[HELPDEX_LABELS]; /* best first */
} helpdex_class;

/**
 * Fill in the default options.
 *
 * Ownership: writes to `options`, which is the caller's.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API void helpdex_classify_options_init(
    helpdex_classify_options *options);

/**
 * Learn from labelled utterances. The words of a label count as one more
 * utterance. Equal examples in equal order give the same classifier.
 *
 * Ownership: `examples` and `options` (NULL: defaults) are read during the
 *   call. `*out` is new, to be released with helpdex_classifier_free(); NULL on
 *   failure.
 * Errors: INVALID (text that is not UTF-8, a number outside its range, options
 *   of another version), BAD_INPUT (fewer than two labels, no utterance, more
 *   than 65,535 labels), NOT_FOUND (no such locale, or folder of packs), STORE
 *   (ICU has no data).
 * Threads: any.
 * Cost: examples times labels; 10,000 times 77 take some seconds.
 */
HELPDEX_API helpdex_status
helpdex_classifier_train(const helpdex_example *examples, size_t count,
                         const helpdex_classify_options *options,
                         helpdex_classifier **out, helpdex_error *err);

/**
 * Classify a message.
 *
 * Ownership: `text` (UTF-8, terminated) is read during the call. `*out` is the
 *   caller's; its labels are borrowed from the classifier.
 * Errors: INVALID (not UTF-8), STORE (ICU failed).
 * Threads: one call at a time for each classifier.
 * Cost: linear in the text and the labels; some ten microseconds.
 */
HELPDEX_API helpdex_status
helpdex_classifier_ask(helpdex_classifier *classifier, const char *text,
                       helpdex_class *out, helpdex_error *err);

/**
 * What an operator should know, such as that there are too few examples, or
 * NULL.
 *
 * Ownership: borrowed from `classifier`.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API const char *helpdex_classifier_notice(
    const helpdex_classifier *classifier);

/**
 * Release a classifier. NULL is fine.
 *
 * Ownership: takes `classifier`; labels of verdicts are gone.
 * Errors: none.
 * Threads: one call, after the last use.
 * Cost: constant.
 */
HELPDEX_API void helpdex_classifier_free(helpdex_classifier *classifier);

#ifdef __cplusplus
}
#endif

#endif
