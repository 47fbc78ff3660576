/* The rows of the table of routes, each in the file of its handler. */
#ifndef HDX_SERVER_ROUTES_H
#define HDX_SERVER_ROUTES_H

#include "server/route.h"

extern const hdx_route hdx_route_article;
extern const hdx_route hdx_route_ask;
extern const hdx_route hdx_route_contacts;
extern const hdx_route hdx_route_feedback;
extern const hdx_route hdx_route_health;
extern const hdx_route hdx_route_home;
extern const hdx_route hdx_route_mcp;
extern const hdx_route hdx_route_metrics;
extern const hdx_route hdx_route_openapi;
extern const hdx_route hdx_route_ready;
extern const hdx_route hdx_route_search;
extern const hdx_route hdx_route_suggest;
extern const hdx_route hdx_route_triage;

/* Goes on with an ask whose flow was called (server/handle_ask.c). */
struct hdx_errand;
void hdx_ask_go_on(hdx_exchange *x, struct hdx_errand *errand);

#endif
