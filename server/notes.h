/*
 * What is noted in the journal of a request, if there is a journal. A journal
 * that cannot be written is said in the log, and ends no request.
 */
#ifndef HDX_SERVER_NOTES_H
#define HDX_SERVER_NOTES_H

#include <helpdex/decide.h>
#include <helpdex/journal.h>

#include "server/desk.h"
#include "server/exchange.h"

void hdx_note_search(hdx_desk *desk, const helpdex_request *request,
                     const helpdex_results *results);

/* With the handoff, if it is one. */
void hdx_note_decision(hdx_desk *desk, const char *message,
                       const helpdex_decision *decision);

/* Whether there is a journal for what was sent; else it is refused. */
bool hdx_note_wanted(hdx_exchange *x);

/* Answers 202, or refuses what the journal did not take. */
void hdx_note_answer(hdx_exchange *x, helpdex_status status,
                     const helpdex_error *err);

/* What a call of the journal gave: a fault is logged once, until a call
   succeeds. */
void hdx_note_outcome(hdx_desk *desk, helpdex_status status,
                      const helpdex_error *err);

#endif
