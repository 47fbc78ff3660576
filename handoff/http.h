/*
 * One call over HTTP, by libcurl. It goes where it is sent and nowhere else:
 * redirects are not followed, certificates are verified, no scheme but http
 * and https is known, and no answer is read beyond 1 MiB.
 */
#ifndef HDX_HTTP_H
#define HDX_HTTP_H

#include "base/arena.h"
#include "base/error.h"

enum { HDX_HTTP_HEADERS = 6, HDX_HTTP_BODY_MOST = 1 << 20 };

typedef struct hdx_http_request {
    const char *url;
    hdx_str body;                          /* `ptr` NULL: a GET */
    const char *headers[HDX_HTTP_HEADERS]; /* "Name: value"; NULL ends them */
    const char *user;                      /* NULL: no basic authentication */
    const char *password;
    int64_t timeout; /* seconds */
} hdx_http_request;

typedef struct hdx_http_answer {
    long status;         /* 0: none came */
    hdx_str body;        /* terminated */
    int64_t retry_after; /* seconds; 0: it does not say */
    bool sent;           /* the other side may have got all of it */
    const char *why;     /* when none came: what happened */
} hdx_http_answer;

/* What came of a call. */
typedef enum hdx_verdict {
    HDX_VERDICT_DONE,
    HDX_VERDICT_AGAIN, /* perhaps later */
    HDX_VERDICT_NEVER  /* not as it is */
} hdx_verdict;

hdx_verdict hdx_http_verdict(const hdx_http_answer *answer);

/* Everything in `*answer` lives in `arena`. Only NOMEM is an error: that
   nobody answers is an answer. */
helpdex_status hdx_http_send(hdx_arena *arena, const hdx_http_request *request,
                             hdx_http_answer *answer, helpdex_error *err);

/* What is wrong with an address of a configuration; NULL: nothing. */
const char *hdx_http_refuses(const char *url);

/* Adds Content-Type, Idempotency-Key, Helpdex-Timestamp and
   Helpdex-Signature. */
helpdex_status hdx_http_sign(hdx_arena *arena, hdx_http_request *request,
                             const char *key, const char *secret, int64_t now,
                             helpdex_error *err);

#endif
