/*
 * A triage path as data, for a program that draws its questions itself. To be
 * led along a path step by step, send its label to helpdex_ask().
 */
#ifndef HELPDEX_PATH_H
#define HELPDEX_PATH_H

#include <helpdex/decide.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct helpdex_path helpdex_path;

/* Which path, and who reads it. Fill with helpdex_path_request_init(), then
   change. */
typedef struct helpdex_path_request {
    size_t size;          /* sizeof(helpdex_path_request) */
    const char *name;     /* such as "missing-deposit" */
    const char *locale;   /* the reader's BCP 47 tag; NULL: the default */
    const char *region;   /* articles for others are not told; NULL: none */
    const char *platform; /* likewise */
} helpdex_path_request;

/**
 * Set every field of a request to its default.
 *
 * Ownership: writes `*request` alone.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API void helpdex_path_request_init(helpdex_path_request *request);

/**
 * Read a triage path in the language of a reader.
 *
 * Ownership: `request` is read during the call. `*out` is new, to be released
 *   with helpdex_path_free(); it outlives the assistant. NULL on failure.
 * Errors: INVALID (not UTF-8, no language tag), NOT_FOUND (no such path, no
 *   locale of the chain is in the index).
 * Threads: one call at a time for each assistant.
 * Cost: linear in the path.
 */
HELPDEX_API helpdex_status helpdex_path_read(
    helpdex_assistant *assistant, const helpdex_path_request *request,
    helpdex_path **out, helpdex_error *err);

/**
 * The path as JSON, on one line: `Path` of GET /v1/openapi.json.
 *
 * Ownership: borrowed from `path`.
 * Errors: none.
 * Threads: any; paths are immutable.
 * Cost: constant.
 */
HELPDEX_API const char *helpdex_path_json(const helpdex_path *path);

/**
 * Release a path. NULL is fine.
 *
 * Ownership: takes `path`; its text is gone.
 * Errors: none.
 * Threads: one call, after the last use.
 * Cost: constant.
 */
HELPDEX_API void helpdex_path_free(helpdex_path *path);

#ifdef __cplusplus
}
#endif

#endif
