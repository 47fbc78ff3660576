/* Making a model out of a corpus, or out of all but one fold of it. */
#ifndef HDX_LEARN_H
#define HDX_LEARN_H

#include "intent/corpus.h"

/*
 * Learns from all items but those of `fold` (HDX_FOLDS: from all) and those out
 * of scope. `out` is emptied and filled with a model's bytes, whose calibration
 * is zeros.
 */
helpdex_status hdx_learn(const hdx_corpus *corpus, uint32_t fold,
                         uint64_t stamp, hdx_buf *out, helpdex_error *err);

#endif
