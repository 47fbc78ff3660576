/* Results on a terminal, as JSON and as TREC run lines. */
#ifndef HDX_RENDER_H
#define HDX_RENDER_H

#include <stdbool.h>

#include <helpdex/search.h>

/* For a person; `colour` by ANSI escapes. */
void cli_print_results(const helpdex_results *results, bool colour);

/* One JSON object; `qid` (NULL: none) comes first, `pretty` over lines. */
void cli_print_results_json(const helpdex_searcher *searcher, const char *qid,
                            const char *query, const helpdex_results *results,
                            bool pretty);

/* `qid Q0 article-id rank score helpdex`, a line for each hit. */
void cli_print_results_trec(const char *qid, const helpdex_results *results);

#endif
