/*
 * Taking out of a text what is nobody's business: for journals, logs and
 * whatever else is kept of what customers write.
 */
#ifndef HELPDEX_REDACT_H
#define HELPDEX_REDACT_H

#include <stdbool.h>
#include <stddef.h>

#include <helpdex/error.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct helpdex_redaction helpdex_redaction;

/**
 * Replace what must not be written down by what it was: <email>, <phone>,
 * <card>, <iban>, <wallet> (an address of a coin) and <key> (a private key, or
 * the hash of a transaction). A text that seems to hold the seed phrase of a
 * wallet becomes <seed phrase> as a whole: tell the writer never to give it to
 * anybody.
 *
 * Ownership: `text`, of `size` bytes of UTF-8 (SIZE_MAX: it is terminated), is
 *   read during the call. `*out` is new, to be released with
 *   helpdex_redaction_free(); NULL on failure.
 * Errors: INVALID (not UTF-8, or 4 GiB and more), STORE (ICU has no data).
 * Threads: any.
 * Cost: linear in the text; memory of some 20 bytes for each of its bytes.
 */
HELPDEX_API helpdex_status helpdex_redact(const char *text, size_t size,
                                          helpdex_redaction **out,
                                          helpdex_error *err);

/**
 * The text with its placeholders.
 *
 * Ownership: borrowed from `redaction`.
 * Errors: none.
 * Threads: any; redactions are immutable.
 * Cost: constant.
 */
HELPDEX_API const char *helpdex_redaction_text(
    const helpdex_redaction *redaction);

/**
 * How many placeholders it has.
 *
 * Ownership: nothing changes hands.
 * Errors: none.
 * Threads: any; redactions are immutable.
 * Cost: constant.
 */
HELPDEX_API size_t helpdex_redaction_count(const helpdex_redaction *redaction);

/**
 * Whether the text seemed to hold a seed phrase.
 *
 * Ownership: nothing changes hands.
 * Errors: none.
 * Threads: any; redactions are immutable.
 * Cost: constant.
 */
HELPDEX_API bool helpdex_redaction_seed_phrase(
    const helpdex_redaction *redaction);

/**
 * Release a redaction. NULL is fine.
 *
 * Ownership: takes `redaction`; its text is gone.
 * Errors: none.
 * Threads: one call, after the last use.
 * Cost: constant.
 */
HELPDEX_API void helpdex_redaction_free(helpdex_redaction *redaction);

#ifdef __cplusplus
}
#endif

#endif
