/*
 * One request and its answer. What handlers see of HTTP is here: no header and
 * no parameter has to be parsed again behind it.
 */
#ifndef HDX_SERVER_EXCHANGE_H
#define HDX_SERVER_EXCHANGE_H

#include <helpdex/decide.h>

#include "base/arena.h"
#include "base/json.h"
#include "server/auth.h"
#include "server/config.h"
#include "server/route.h"

struct MHD_Connection;
typedef struct hdx_worker hdx_worker;
typedef struct hdx_desk hdx_desk;
typedef struct hdx_connection hdx_connection;

/* A parameter, decoded. */
typedef struct hdx_value {
    hdx_str text; /* terminated; ptr NULL: it was not given */
    long number;  /* of a number or a flag: also when it was not given */
} hdx_value;

typedef struct hdx_reply {
    unsigned status;
    const char *type;
    hdx_buf body;
    unsigned retry_after; /* seconds; 0: not said */
    const char *policy;   /* Content-Security-Policy; NULL: not said */
    bool cached;          /* may be kept by others, and has an ETag */
    bool packed;          /* by gzip */
    bool close;           /* the connection ends with this answer */
    char allow[64];       /* methods; "": not said */
} hdx_reply;

enum { HDX_REQUEST_ID = 64, HDX_ETAG = 96 };

struct hdx_exchange {
    hdx_worker *worker;
    hdx_connection *from;
    struct MHD_Connection *connection;
    hdx_exchange *next; /* of those that wait to be used again, or for an
                           errand */
    bool waits;         /* for an errand; there is no reply yet */
    bool answered;      /* the errand has come back; the reply is there */
    uint64_t started;   /* hdx_now_ns() */
    char id[HDX_REQUEST_ID + 1];
    hdx_buf target; /* path and query as they came */
    hdx_buf body;   /* what was sent; of a route with `body` alone */
    bool seen;      /* its headers have come */
    bool too_large; /* more was sent than is allowed */
    const char *method;
    hdx_reply reply;
    hdx_buf packed; /* what the reply is compressed into */
    char etag[HDX_ETAG];

    /* For the time of the handler. */
    const hdx_route *route;
    helpdex_assistant *assistant;
    helpdex_searcher *searcher; /* of the assistant */
    const hdx_config *config;
    hdx_desk *desk;
    hdx_arena *arena; /* scratch */
    hdx_caller caller;
    hdx_value values[HDX_PARAMS_MOST]; /* by the order of route->params */
    hdx_address client;                /* whom a proxy speaks for */
    hdx_str note; /* what the log may say of the question; not redacted yet */
};

/* The text of a parameter, or NULL. */
static inline const char *hdx_text(const hdx_exchange *x, unsigned param)
{
    return x->values[param].text.ptr;
}

/* A header of the request, or NULL. */
const char *hdx_header(const hdx_exchange *x, const char *name);

/* The JSON of the reply, status 200, to be written. */
hdx_json hdx_reply_json(hdx_exchange *x);

/* Refuses, as RFC 9457 says. The detail is a sentence for whoever wrote the
   program that asked. */
void hdx_problem(hdx_exchange *x, unsigned status, const char *detail, ...)
    __attribute__((format(printf, 3, 4)));

/* The same, of an error of the library. */
void hdx_problem_of(hdx_exchange *x, const helpdex_error *err);

#endif
