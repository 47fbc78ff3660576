/*
 * Answers as JSON: the same shapes on the command line and over HTTP. Each
 * writes one object; keys may come to them, none goes.
 */
#ifndef HDX_PRESENT_ANSWERS_H
#define HDX_PRESENT_ANSWERS_H

#include <helpdex/decide.h>
#include <helpdex/page.h>
#include <helpdex/search.h>
#include <helpdex/suggest.h>

#include "base/json.h"

/* `qid` (NULL: none) comes first, to tell the answers of a batch apart;
   `passages`: with those and the context, because a budget was given. */
void hdx_present_results(hdx_json *json, const char *qid, hdx_str query,
                         bool passages, const helpdex_results *results);

/* `generation` is that of the searcher. */
void hdx_present_suggestions(hdx_json *json, const char *qid, hdx_str prefix,
                             const char *generation,
                             const helpdex_suggestions *suggestions);

void hdx_present_decision(hdx_json *json, const char *qid,
                          const helpdex_decision *decision);

void hdx_present_page(hdx_json *json, const helpdex_page_content *page);

/* What a hit, a passage and a page have in common. */
void hdx_present_path(hdx_json *json, const char *const *headings,
                      size_t count);
void hdx_present_stale(hdx_json *json, const helpdex_staleness *stale);

/* The names of enum helpdex_suggestion_kind and _match, by their number. */
extern const char *const hdx_suggestion_kinds[];
extern const char *const hdx_suggestion_matches[];

#endif
