/*
 * What the editors of a help centre rule: articles that are pinned, hidden or
 * boosted, and banners about known issues. Read out of `rules/` by the indexer,
 * which checks them, and out of the copy in the generation by a search.
 */
#ifndef HDX_RULES_H
#define HDX_RULES_H

#include "base/version.h"
#include "store/texts.h"

typedef enum hdx_rule_kind {
    HDX_RULE_PIN,
    HDX_RULE_HIDE,
    HDX_RULE_BOOST,
    HDX_RULE_BANNER,
    HDX_RULE_KINDS
} hdx_rule_kind;

typedef enum hdx_level {
    HDX_LEVEL_INFO,
    HDX_LEVEL_WARNING,
    HDX_LEVEL_CRITICAL,
    HDX_LEVELS
} hdx_level;

/* Lists of texts are written one a line. A text that is empty was not given. */
typedef struct hdx_rule {
    hdx_rule_kind kind;
    const char *path; /* of its file, for messages */
    unsigned line;
    unsigned column;
    const char *why; /* "rules/fees.yml:3" */
    hdx_str article; /* id */
    hdx_str category;
    double by;  /* of a boost */
    hdx_str id; /* of a banner, as are the next three */
    hdx_level level;
    hdx_local_texts texts;
    hdx_str categories;
    hdx_local_texts queries; /* without any: it holds for all questions */
    hdx_local_texts locales; /* of readers */
    hdx_str regions;         /* "-XX": not for XX */
    hdx_str platforms;
    hdx_version_range versions;
    int64_t start; /* in force from here, in seconds since 1970 ... */
    int64_t end;   /* ... until before this */
} hdx_rule;

/* Zeroed, it is empty. */
typedef struct hdx_rules {
    hdx_arena arena;
    hdx_rule *items; /* in order of files, then as they stand there */
    size_t count, capacity;
} hdx_rules;

/*
 * Adds the rules of one file; `path` is named in messages, `name` is that in
 * its folder. Errors: BAD_INPUT with line, column and remedy.
 */
helpdex_status hdx_rules_read(hdx_rules *rules, hdx_str text, const char *path,
                              const char *name, helpdex_error *err);
void hdx_rules_free(hdx_rules *rules);

const char *hdx_level_name(hdx_level level);

/* The keys that a rule of a kind may have; NULL behind the last. */
const char *hdx_rule_key(hdx_rule_kind kind, size_t at);

/* What rules of a kind stand below. */
const char *hdx_rule_section(hdx_rule_kind kind);

#endif
