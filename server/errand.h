/*
 * Calls of personal flows wait for a backend, and a worker must not: the call
 * is an errand of a thread of its own, the connection is suspended, and the
 * worker goes on when the errand comes back by mail.
 */
#ifndef HDX_SERVER_ERRAND_H
#define HDX_SERVER_ERRAND_H

#include <helpdex/decide.h>
#include <helpdex/handoff.h>

#include "base/arena.h"

typedef struct hdx_exchange hdx_exchange;
typedef struct hdx_worker hdx_worker;
typedef struct hdx_errand hdx_errand;
typedef struct hdx_errands hdx_errands;

struct hdx_errand {
    hdx_errand *next;
    hdx_worker *worker;
    hdx_exchange *x; /* for its worker alone */
    hdx_arena arena; /* of the texts below */
    helpdex_ask_request request;
    helpdex_reply *reply; /* with the flow */
    unsigned calls;       /* for this exchange, with this one */
    helpdex_flow_result *result;
    helpdex_status status; /* of the call */
    helpdex_error err;
};

/* The threads; `config` has the flows and outlives them. Errors: IO, NOMEM. */
helpdex_status hdx_errands_start(const helpdex_handoff_config *config,
                                 hdx_errands **out, helpdex_error *err);
/* Nothing comes back any more. NULL is fine. False: a thread still waits for a
   backend, and needs the configuration until the process ends. */
bool hdx_errands_stop(hdx_errands *errands);

/*
 * Copies the request, takes the reply, and comes back by
 * hdx_worker_come_back(). NULL: too many wait, or memory is out; the reply is
 * the caller's then.
 */
hdx_errand *hdx_errands_give(hdx_errands *errands, hdx_exchange *x,
                             const helpdex_ask_request *request,
                             helpdex_reply *reply, unsigned calls);
void hdx_errand_free(hdx_errand *errand);

#endif
