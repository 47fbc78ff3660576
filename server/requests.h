/* The requests of a worker, as libmicrohttpd tells of them. */
#ifndef HDX_SERVER_REQUESTS_H
#define HDX_SERVER_REQUESTS_H

#include <microhttpd.h>

#include "server/worker.h"

/* The library, set to call for this worker; NULL: it could not be. */
struct MHD_Daemon *hdx_requests_daemon(hdx_worker *worker);

/* Frees the exchanges that wait to be used again. */
void hdx_requests_free_spare(hdx_worker *worker);

/* Lets an exchange that waited go on, to its answer or to its end. */
void hdx_requests_resume(hdx_exchange *x);

#endif
