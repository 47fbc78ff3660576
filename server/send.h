/* Handing a reply to libmicrohttpd, with the headers that belong to it. */
#ifndef HDX_SERVER_SEND_H
#define HDX_SERVER_SEND_H

#include <microhttpd.h>

#include "server/worker.h"

enum MHD_Result hdx_send(hdx_exchange *x);

#endif
