/* One article of one locale, read from its file. */
#ifndef HDX_ARTICLE_H
#define HDX_ARTICLE_H

#include "indexer/frontmatter.h"
#include "indexer/markdown.h"

/* Larger articles are refused: nobody reads them, and they hide mistakes. */
enum { HDX_ARTICLE_LIMIT = 256 * 1024 };

/* What is wrong with a file that could be read. */
typedef struct hdx_notice {
    unsigned line, column;
    const char *what; /* "what; try this"; NULL: nothing */
} hdx_notice;

typedef struct hdx_article {
    hdx_str id;
    hdx_str title;
    bool title_is_placeholder; /* it says no more than the id */
    hdx_front_matter matter;
    hdx_document document;
    hdx_str category;    /* that of the head, else its folder; perhaps empty */
    hdx_str regions;     /* one a line, as the forward file has them */
    hdx_str platforms;   /* likewise */
    hdx_str questions;   /* likewise */
    const char *missing; /* why it counts as missing: a stub, a blank body;
                            NULL when it does not */
    hdx_notice notice;
} hdx_article;

/*
 * Reads the text of a file. `path` is what errors name; `below` is its path
 * under the locale's folder, which gives the id and the title if the article
 * has none. Everything lives in `arena` or `text`. Errors: BAD_INPUT.
 */
helpdex_status hdx_article_read(hdx_arena *arena, hdx_str text,
                                const char *path, hdx_str below,
                                hdx_article *out, helpdex_error *err);

/* Whether its head says `stakes: high`. */
static inline bool hdx_article_is_risky(const hdx_article *article)
{
    return hdx_str_eq_nocase(article->matter.stakes, HDX_STR("high"));
}

#endif
