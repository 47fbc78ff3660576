/*
 * Checking a knowledge base before it is indexed: every fault that the indexer
 * would refuse, and what writers and translators should know. Findings are
 * those of a helpdex_report (helpdex/index.h), with the id of their rule.
 */
#ifndef HELPDEX_CHECK_H
#define HELPDEX_CHECK_H

#include <helpdex/index.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How to check. Fill with helpdex_check_options_init(), then change. */
typedef struct helpdex_check_options {
    size_t size;             /* sizeof(helpdex_check_options) */
    const char *locale;      /* as of helpdex_index_options */
    const char *locales_dir; /* likewise */
    const char *index_dir;   /* an index that remembers what translations were
                                made from; NULL, or none there: only heads
                                tell (source_hash) */
    bool fix;                /* mend what can be mended safely */
} helpdex_check_options;

/* One rule. */
typedef struct helpdex_check_rule {
    const char *id;
    helpdex_severity severity; /* of all its findings */
    const char *summary;       /* one line */
} helpdex_check_rule;

/**
 * Set every option to its default.
 *
 * Ownership: writes `*options` alone.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API void helpdex_check_options_init(helpdex_check_options *options);

/**
 * Check every article of a knowledge base, its rules and its locale packs.
 *
 * A file that cannot be read is a finding like any other. The report has the
 * articles of each locale and no generation. With `fix`, each file is replaced
 * at one instant, and only if it still is what was checked.
 *
 * Ownership: strings are read during the call. `*out` is new, to be released
 *   with helpdex_report_free(); NULL on errors.
 * Errors: INVALID (not a locale), NOT_FOUND (no such folder), BAD_INPUT (a
 *   locale pack cannot be read), IO.
 * Threads: any; with `fix`, one call for a folder at a time.
 * Cost: linear in the bytes of the articles, in time and memory.
 */
HELPDEX_API helpdex_status helpdex_check(const char *kb_dir,
                                         const helpdex_check_options *options,
                                         helpdex_report **out,
                                         helpdex_error *err);

/**
 * How many rules there are.
 *
 * Ownership: nothing changes hands.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API size_t helpdex_check_rule_count(void);

/**
 * One rule. False when `at` is out of range.
 *
 * Ownership: writes `*out`; what it points to lives as long as the library.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API bool helpdex_check_rule_at(size_t at, helpdex_check_rule *out);

#ifdef __cplusplus
}
#endif

#endif
