/* Whether the process is there, and whether it should get requests. */
#include "server/routes.h"
#include "server/state.h"

static void health(hdx_exchange *x)
{
    hdx_json json = hdx_reply_json(x);
    hdx_json_object(&json, NULL);
    hdx_json_text(&json, "status", "ok");
    hdx_json_end_object(&json);
}

const hdx_route hdx_route_health = {.method = "GET",
                                    .path = "/healthz",
                                    .handler = health,
                                    .name = "health",
                                    .summary = "Whether the server runs",
                                    .type = "application/json",
                                    .schema = "Health",
                                    .urgent = true};

/* An older generation goes on answering, so that the server stays in service;
   who ends takes no more requests. */
static void ready(hdx_exchange *x)
{
    hdx_server *server = x->worker->server;
    hdx_condition *condition = &server->condition;
    bool draining = atomic_load(&server->draining);
    hdx_json json = hdx_reply_json(x);
    pthread_mutex_lock(&condition->lock);
    const char *degraded = condition->degraded[0] ? condition->degraded : NULL;
    hdx_json_object(&json, NULL);
    hdx_json_text(&json, "status",
                  draining   ? "draining"
                  : degraded ? "degraded"
                             : "ready");
    hdx_json_text(&json, "generation",
                  helpdex_searcher_generation(x->searcher));
    hdx_json_text(&json, "reason", degraded);
    hdx_json_end_object(&json);
    pthread_mutex_unlock(&condition->lock);
    if (draining)
        x->reply.status = 503;
}

const hdx_route hdx_route_ready = {
    .method = "GET",
    .path = "/readyz",
    .handler = ready,
    .name = "ready",
    .summary = "Whether the server takes requests; degraded: an older "
               "generation of the index answers, because the newest cannot be "
               "read",
    .type = "application/json",
    .schema = "Readiness",
    .urgent = true};
