/*
 * What operators read: a JSON object a line on standard error. Of callers it
 * has what tells no person apart, and of questions nothing, unless it is
 * configured; then they are redacted.
 */
#ifndef HDX_SERVER_LOG_H
#define HDX_SERVER_LOG_H

#include "server/worker.h"

/* Something that happened to the server; `level` is info, warning or error. */
void hdx_log_event(const char *level, const char *event, const char *detail);

/* A request and its answer, into the lines of the worker's round. */
void hdx_log_request(hdx_exchange *x, uint64_t ns);
/* Writes them. */
void hdx_log_flush(hdx_worker *worker);

#endif
