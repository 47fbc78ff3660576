/*
 * The journal of what was asked, for reports on what the articles lack, and
 * the redaction that every text goes through before it is written there.
 */
#ifndef HELPDEX_JOURNAL_H
#define HELPDEX_JOURNAL_H

#include <helpdex/search.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct helpdex_redaction helpdex_redaction;
typedef struct helpdex_journal helpdex_journal;

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

/**
 * Open a journal for writing: a SQLite database, made when there is none, that
 * its owner alone may read. Others may read it and write to it at the same
 * time.
 *
 * Ownership: `*out` is new, to be released with helpdex_journal_free(); NULL
 *   on failure.
 * Errors: INVALID (an empty path), INCOMPATIBLE (written by a newer version),
 *   BAD_INPUT (a file of another kind), IN_USE (another makes it), IO.
 * Threads: any. The journal has a thread of its own, which writes: do not fork
 *   and go on using it in the child.
 * Cost: constant; waits up to five seconds for another that makes the tables.
 */
HELPDEX_API helpdex_status helpdex_journal_open(const char *path,
                                                helpdex_journal **out,
                                                helpdex_error *err);

/**
 * Note one search: what was asked, redacted, and what came of it. A query with
 * a seed phrase is not noted, only that there was one.
 *
 * The note waits in memory and is written with those of the next second, or
 * as soon as 256 wait. A process that is killed loses what waits, a machine
 * that loses its power what the last minutes brought; in either case what is
 * left is whole. When writing fails, notes wait until it succeeds, 4,096 at
 * most; then this one is dropped.
 *
 * Ownership: `request` and `results`, which belong together, are read during
 *   the call.
 * Errors: IO or IN_USE (this note is dropped, or the last could not be
 *   written), INVALID (the query is not UTF-8), STORE (ICU has no data).
 * Threads: any number of calls at a time.
 * Cost: linear in the query, of which 4,096 bytes are kept. Does not wait for
 *   the disk.
 */
HELPDEX_API helpdex_status
helpdex_journal_search(helpdex_journal *journal, const helpdex_request *request,
                       const helpdex_results *results, helpdex_error *err);

/**
 * Write what waits, now.
 *
 * Ownership: nothing changes hands.
 * Errors: IO, IN_USE (another writes for longer): what waited goes on waiting.
 * Threads: any number of calls at a time.
 * Cost: one transaction; waits up to five seconds for another writer.
 */
HELPDEX_API helpdex_status helpdex_journal_flush(helpdex_journal *journal,
                                                 helpdex_error *err);

/**
 * Write what waits, as far as that is possible, and release the journal. NULL
 * is fine.
 *
 * Ownership: takes `journal`.
 * Errors: none; who wants to know calls helpdex_journal_flush() first.
 * Threads: one call, after the last use.
 * Cost: as helpdex_journal_flush().
 */
HELPDEX_API void helpdex_journal_free(helpdex_journal *journal);

#ifdef __cplusplus
}
#endif

#endif
