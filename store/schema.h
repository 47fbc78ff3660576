/*
 * What a generation looks like on disk. Whoever changes any of it, or the
 * meaning of a byte in it, raises HDX_SCHEMA_VERSION.
 *
 *   CURRENT                     the name of the live generation, one line
 *   LOCK                        held while an index is written
 *   00000007-1f0c…/             a generation: number and digest of its manifest
 *     manifest.json             stamps, locales, and every file with SHA-256
 *     locales/<tag>.yml         the packs it was built with
 *     rules/<name>.yml          what editors rule (store/rules.h)
 *     triage/<name>.yml         triage paths (store/paths.h)
 *     calibration/<locale>.yml  how far to trust confidence (store/measured.h)
 *     <locale>/terms            Xapian; document n is section n - 1
 *     <locale>/forward          texts and articles (store/forward.h)
 *     <locale>/lexicon          words and counts (store/lexicon.h)
 *     <locale>/pool             what can be completed (store/pool.h)
 *     <locale>/intents          which article a message is of (intent/model.h),
 *                               where articles have questions
 *   draft/                      a generation in the making
 */
#ifndef HDX_SCHEMA_H
#define HDX_SCHEMA_H

enum { HDX_SCHEMA_VERSION = 5 };

#define HDX_CURRENT_FILE "CURRENT"
#define HDX_LOCK_FILE "LOCK"
#define HDX_MANIFEST_FILE "manifest.json"
#define HDX_PACKS_DIR "locales"
#define HDX_RULES_DIR "rules"
#define HDX_PATHS_DIR "triage"
#define HDX_CALIBRATION_DIR "calibration"
#define HDX_TERMS_FILE "terms"
#define HDX_FORWARD_FILE "forward"
#define HDX_LEXICON_FILE "lexicon"
#define HDX_POOL_FILE "pool"
#define HDX_INTENTS_FILE "intents"

#endif
