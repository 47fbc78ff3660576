/* Training a classifier: from examples to the bytes of a calibrated model. */
#ifndef HDX_INTENT_TRAIN_H
#define HDX_INTENT_TRAIN_H

#include "intent/corpus.h"

/*
 * Learns from examples, and fits the calibration on models that were made
 * without a fifth of them. `out` is emptied; it stays empty when there are
 * fewer than two intents, or no message beside titles, for then there is
 * nothing to learn. Equal examples in equal order give equal bytes. Errors:
 * STORE (ICU failed), BAD_INPUT (too many intents).
 */
helpdex_status hdx_intent_train(const hdx_intent_example *examples,
                                size_t count, hdx_analyser *analyser,
                                const hdx_calibration_aims *aims, hdx_buf *out,
                                helpdex_error *err);

/* What is aimed at unless somebody says otherwise. */
extern const hdx_calibration_aims hdx_intent_aims;

#endif
