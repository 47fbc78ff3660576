/*
 * Findings, and results on a terminal, as JSON and as TREC run lines. What a
 * person reads has no control characters but ours.
 */
#ifndef HDX_RENDER_H
#define HDX_RENDER_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdio.h>

#include <helpdex/index.h>
#include <helpdex/search.h>

#include "base/json.h"
#include "base/str.h"
#include "cli/cli.h"

/* Text from a file, a file's name or a user; control characters as spaces. */
void cli_print_text(const char *text, FILE *out);

/* The arguments as one text, so that a question needs no quotes. False when
   memory is out. */
bool cli_join_words(const cli_options *options, hdx_buf *out);

/* What the searcher has to say to operators, on standard error. */
void cli_print_notice(const helpdex_searcher *searcher,
                      const cli_options *options);

/* What makes text less prominent on a terminal, and what ends that. */
const char *cli_dim(bool colour);
const char *cli_plain(bool colour);

/* A finding on standard error, a warning marked as such. */
void cli_print_finding(const helpdex_finding *finding);

/* The same of every finding. */
void cli_print_findings(const helpdex_report *report);

/*
 * Prints `root` and deletes it: on one line for programs, indented when
 * standard output is a terminal, unless `one_line`.
 */
void cli_print_json(cJSON *root, bool one_line);

/* The same for what is written into a buffer: begins it, and prints and frees
   it. JSON with a part missing ends the program, as it does above. */
hdx_json cli_json(hdx_buf *out, bool one_line);
void cli_print_buffer(hdx_buf *out);

/* Adds a text, or null. */
void cli_add_text(cJSON *item, const char *key, const char *text);

/* The number with as many decimals as JSON is to have: six at most. */
double cli_decimals(double number);

/* For a person; `colour` by ANSI escapes. */
void cli_print_results(const helpdex_results *results, bool colour);

/* One JSON object; with a `qid` (NULL: none), which comes first, one line.
   `passages`: with those and the context, because a budget was given. */
void cli_print_results_json(const char *qid, const char *query, bool passages,
                            const helpdex_results *results);

/* `qid Q0 article-id rank score helpdex`, a line for each hit. */
void cli_print_results_trec(const char *qid, const helpdex_results *results);

#endif
