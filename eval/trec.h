/*
 * The files of TREC: judgements (qrels) and queries in, runs out. An article's
 * id stands in them with white space as %20 and so on, because their columns
 * end at white space.
 */
#ifndef HDX_TREC_H
#define HDX_TREC_H

#include <stdio.h>

#include "eval/golden.h"

/*
 * Reads `qid<TAB>query` and `qid 0 article relevance` as one set. Queries
 * without a relevant article are left out, because nothing answers them, and
 * judgements of other queries as well. In `arena`. Errors: NOT_FOUND, IO,
 * BAD_INPUT (a row is malformed or is there twice, or no query is left).
 */
helpdex_status hdx_trec_read(hdx_arena *arena, const char *queries,
                             const char *qrels, const char *locale,
                             hdx_golden_set *out, helpdex_error *err);

/* Writes `qid Q0 article rank score helpdex`, a line of a run. */
void hdx_trec_line(FILE *run, const char *qid, const char *article,
                   unsigned rank, double score);

#endif
