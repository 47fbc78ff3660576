/*
 * Routes as rows of one table (server/routes.c), by which requests find their
 * handler, parameters are checked, and the OpenAPI document is written. A new
 * route is one file with its row and handler, and one line in the table.
 *
 * A handler is called with parameters that are sound and a caller who may. It
 * writes its answer by hdx_reply_json(), or refuses by hdx_problem(); what was
 * sent is in exchange->body, up to the limit of bodies. It runs
 * on the thread of its searcher, to the end, and keeps nothing of the exchange.
 */
#ifndef HDX_SERVER_ROUTE_H
#define HDX_SERVER_ROUTE_H

#include <stddef.h>

#include "base/str.h"

typedef struct hdx_exchange hdx_exchange;
typedef void hdx_handler(hdx_exchange *exchange);

/* What a caller may do; a route names those of which one is enough. */
enum {
    HDX_SCOPE_PUBLIC = 1, /* search, ask, feedback */
    HDX_SCOPE_AGENT = 2,  /* contacts */
    HDX_SCOPE_ANALYST = 4,
    HDX_SCOPE_ADMIN = 8,
    HDX_SCOPE_ANY = 15
};

typedef enum hdx_param_kind {
    HDX_PARAM_TEXT,
    HDX_PARAM_NUMBER,
    HDX_PARAM_FLAG /* true or false */
} hdx_param_kind;

typedef struct hdx_param {
    const char *name;
    hdx_param_kind kind;
    bool required;
    long least;    /* of a number */
    long most;     /* likewise; bytes of a text */
    long standard; /* of a number that is not given */
    const char *summary;
} hdx_param;

enum { HDX_PARAMS_MOST = 12 };

typedef struct hdx_route {
    const char *method; /* GET answers HEAD, too */
    const char *path;   /* "/v1/articles/{locale}/{id}": a name in braces is one
                           of `params`; the last takes slashes, too */
    unsigned scopes;    /* 0: everybody, whatever keys there are */
    const hdx_param *params;
    size_t param_count;
    hdx_handler *handler;
    const char *name; /* operationId */
    const char *summary;
    const char *type;   /* of its answers */
    unsigned status;    /* of an answer without content; 0: 200, with some */
    const char *schema; /* of its answers: a name in server/schemas.json; NULL:
                           they are no JSON */
    const char *body;   /* of what is sent: likewise; NULL: nothing is */
    bool cached; /* the same until the index or its rules change: has an ETag */
    bool noted;  /* in the journal, if there is one: not answered by what was
                    kept of another */
    bool urgent; /* answered even when there is too much to do */
} hdx_route;

/* NULL behind the last. */
extern const hdx_route *const hdx_routes[];

/*
 * The route of a path, which is not decoded yet, and the parts of it that its
 * parameters in braces take. `*allowed` (NULL-terminated, some are NULL when
 * none fit) are the methods of those routes that only differ in that. NULL:
 * there is none.
 */
enum { HDX_METHODS_MOST = 4 };
typedef struct hdx_match {
    const hdx_route *route;
    hdx_str parts[HDX_PARAMS_MOST]; /* by the order of route->params; ptr NULL:
                                       not in the path */
    const char *allowed[HDX_METHODS_MOST];
    size_t allowed_count;
} hdx_match;

hdx_match hdx_route_find(const char *method, hdx_str path);

#endif
