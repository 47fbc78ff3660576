/* The description of all of this for programs. */
#include "server/openapi.h"
#include "server/routes.h"
#include "server/state.h"

static void openapi(hdx_exchange *x)
{
    hdx_json json = hdx_reply_json(x);
    hdx_json_raw(&json, NULL, hdx_buf_str(&x->worker->server->openapi));
}

const hdx_route hdx_route_openapi = {.method = "GET",
                                     .path = "/v1/openapi.json",
                                     .handler = openapi,
                                     .name = "openapi",
                                     .summary = "This document",
                                     .type = "application/json",
                                     .schema = "OpenApi"};
