/*
 * Judged sets for the benchmarks: a folder for each locale with `articles/`,
 * `queries.dev.tsv` (id, tab, question) and `qrels.dev.txt` (TREC: id 0 article
 * relevance). Faults end the program with a message.
 */
#ifndef HDX_BENCH_JUDGED_H
#define HDX_BENCH_JUDGED_H

#include <helpdex/search.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/map.h"

typedef struct locale_set {
    const char *tag;
    const char *articles;
    hdx_str questions;
    size_t count;     /* of questions */
    hdx_map relevant; /* "question article" */
} locale_set;

/* Lives as long as the program. */
extern hdx_arena judged_memory;

void judged_check(helpdex_status status, const helpdex_error *err);
void judged_refuse(const char *path, const char *why);

/* Both texts as one. */
const char *judged_joined(const char *first, const char *second);

/* The tags of the locales of a set; at least one. */
hdx_listing judged_locales(const char *dir);
locale_set judged_read(const char *dir, const char *tag);
void judged_free(locale_set *set);

/* Indexes the articles anew; `locales_dir` may be NULL. */
void judged_build(const locale_set *set, const char *locales_dir,
                  const char *index_dir);

/* Success@1 of all questions, in percent. */
double judged_success(locale_set *set, helpdex_searcher *searcher);

#endif
