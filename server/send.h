/* Handing a reply to libmicrohttpd, with the headers that belong to it. */
#ifndef HDX_SERVER_SEND_H
#define HDX_SERVER_SEND_H

#include <microhttpd.h>

#include "server/worker.h"

/* The entry of the list `origins` that admits an origin, or NULL. */
const char *hdx_origin_admitted(const hdx_config *config, const char *origin);

enum MHD_Result hdx_send(hdx_exchange *x);

#endif
