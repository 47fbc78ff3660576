/*
 * The checks of `helpdex check`: a knowledge base as it was read, and rules
 * that look at it. A rule says what it finds by hdx_lint_add(); running out of
 * memory is remembered in `failed`, so that rules need not pass it on.
 */
#ifndef HDX_LINT_H
#define HDX_LINT_H

#include "indexer/article.h"
#include "indexer/layout.h"
#include "indexer/outline.h"
#include "indexer/sources.h"
#include "text/pack.h"

typedef struct hdx_lint hdx_lint;

typedef struct hdx_lint_rule hdx_lint_rule;

/* What a comment in an article disables. */
typedef struct hdx_lint_disabled hdx_lint_disabled;
struct hdx_lint_disabled {
    const hdx_lint_rule *rule; /* NULL: all */
    unsigned line;             /* 0: all */
    hdx_lint_disabled *next;
};

/* One file of one locale. */
typedef struct hdx_lint_doc {
    const hdx_layout_locale *from;
    const hdx_layout_file *file;
    hdx_str text;  /* as it is on disk; empty when it cannot be read */
    bool readable; /* the rest is set */
    bool original; /* of the default locale */
    bool is_copy;  /* of its source, word for word */
    hdx_article article;
    hdx_origin origin;
    hdx_outline outline;
    hdx_lint_disabled *disabled;
} hdx_lint_doc;

/* Bytes [begin, end) of a file, and what to write there. */
typedef struct hdx_lint_edit {
    size_t begin, end;
    hdx_str with;
} hdx_lint_edit;

struct hdx_lint_rule {
    const char *id;
    helpdex_severity severity;
    const char *summary; /* one line, for people */
    void (*article)(hdx_lint *lint, hdx_lint_doc *doc); /* or NULL */
    void (*whole)(hdx_lint *lint);                      /* or NULL */
};

enum { HDX_LINT_EDITS = 2 };

typedef struct hdx_lint_finding {
    const hdx_lint_rule *rule;
    hdx_lint_doc *doc; /* NULL: about no article */
    const char *file;
    unsigned line, column;
    const char *message;
    hdx_lint_edit edits[HDX_LINT_EDITS]; /* that mend it safely */
    size_t edit_count;                   /* 0: a person must */
    bool fixed;
} hdx_lint_finding;

struct hdx_lint {
    hdx_arena arena;
    const char *kb_dir;
    hdx_catalog *catalog;
    hdx_layout layout;
    hdx_sources *originals;
    helpdex_report *scanned; /* what others than the rules said */
    hdx_lint_doc *docs;      /* those of the default locale first */
    size_t count;
    hdx_map *pages;        /* of each locale of the layout: key -> doc + 1 */
    hdx_map asset_folders; /* -> 1: holds files that are no articles, 2: none */
    hdx_map folders;       /* first folders of articles */
    hdx_lint_finding *findings;
    size_t finding_count, finding_capacity;
    const hdx_lint_rule *rule; /* the one at work */
    bool failed;               /* memory was out */
};

extern const hdx_lint_rule hdx_lint_rules[];
extern const size_t hdx_lint_rule_count;

/* The rule of a name, or NULL. */
const hdx_lint_rule *hdx_lint_rule_of(hdx_str id);

/* A rule finds something at an offset of an article; SIZE_MAX: in all of it. */
void hdx_lint_add(hdx_lint *lint, hdx_lint_doc *doc, size_t at,
                  const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The same about another file, or with a place that is known. */
void hdx_lint_add_at(hdx_lint *lint, hdx_lint_doc *doc, const char *file,
                     unsigned line, unsigned column, const char *message);

/* What mends the finding that was added last. */
void hdx_lint_fix(hdx_lint *lint, size_t begin, size_t end, hdx_str with);

/* The offset of a line (from 1) and column (code points from 1). */
size_t hdx_lint_offset(hdx_str text, unsigned line, unsigned column);

/* Fills `pages` and `folders`, which links are looked up in. */
void hdx_lint_list_pages(hdx_lint *lint);

/* Drops what comments in the articles disable. */
void hdx_lint_drop_disabled(hdx_lint *lint);

/* Writes the mended files. Errors: IO. */
helpdex_status hdx_lint_mend(hdx_lint *lint, helpdex_error *err);

void hdx_lint_broken_link(hdx_lint *lint, hdx_lint_doc *doc);
void hdx_lint_missing_anchor(hdx_lint *lint, hdx_lint_doc *doc);
void hdx_lint_missing_alt(hdx_lint *lint, hdx_lint_doc *doc);
void hdx_lint_broken_table(hdx_lint *lint, hdx_lint_doc *doc);
void hdx_lint_heading_jump(hdx_lint *lint, hdx_lint_doc *doc);
void hdx_lint_no_title(hdx_lint *lint);
void hdx_lint_oversized_article(hdx_lint *lint, hdx_lint_doc *doc);
void hdx_lint_line_ends(hdx_lint *lint, hdx_lint_doc *doc);
void hdx_lint_duplicate_id(hdx_lint *lint);
void hdx_lint_duplicate_title(hdx_lint *lint);
void hdx_lint_wrong_script(hdx_lint *lint, hdx_lint_doc *doc);
void hdx_lint_copy_of_source(hdx_lint *lint, hdx_lint_doc *doc);
void hdx_lint_stale_translation(hdx_lint *lint, hdx_lint_doc *doc);
void hdx_lint_orphan_translation(hdx_lint *lint, hdx_lint_doc *doc);
void hdx_lint_unknown_locale(hdx_lint *lint);
void hdx_lint_synonym_gap(hdx_lint *lint);
void hdx_lint_hidden_unicode(hdx_lint *lint, hdx_lint_doc *doc);
void hdx_lint_model_instructions(hdx_lint *lint, hdx_lint_doc *doc);
void hdx_lint_head_typo(hdx_lint *lint, hdx_lint_doc *doc);
/* Also fills `disabled` of the article. */
void hdx_lint_unknown_rule(hdx_lint *lint, hdx_lint_doc *doc);
void hdx_lint_rule_files(hdx_lint *lint);
/* Finds for all rules of triage paths. */
void hdx_lint_path_files(hdx_lint *lint);

#endif
