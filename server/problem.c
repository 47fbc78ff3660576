/* Problem details for HTTP APIs (RFC 9457), and what a status is called. */
#include <stdarg.h>
#include <stdio.h>

#include "server/exchange.h"

static const struct {
    unsigned status;
    const char *title;
} titles[] = {
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {503, "Service Unavailable"},
};

static const char *title_of(unsigned status)
{
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (titles[i].status == status)
            return titles[i].title;
    return "Error";
}

hdx_json hdx_reply_json(hdx_exchange *x)
{
    x->reply.status = 200;
    x->reply.type = x->route ? x->route->type : "application/json";
    x->reply.body.len = 0;
    x->reply.body.failed = false;
    return (hdx_json){.out = &x->reply.body};
}

void hdx_problem(hdx_exchange *x, unsigned status, const char *detail, ...)
{
    char text[1024];
    va_list args;
    va_start(args, detail);
    vsnprintf(text, sizeof text, detail, args);
    va_end(args);
    hdx_json json = hdx_reply_json(x);
    x->reply.status = status;
    x->reply.type = "application/problem+json";
    x->reply.cached = x->reply.packed = false;
    hdx_json_object(&json, NULL);
    hdx_json_text(&json, "type", "about:blank");
    hdx_json_text(&json, "title", title_of(status));
    hdx_json_count(&json, "status", status);
    /* A cut inside of a character would be no UTF-8. */
    hdx_json_str(&json, "detail",
                 hdx_utf8_cut(hdx_str_of(text), sizeof text - 8));
    hdx_json_text(&json, "request", x->id);
    hdx_json_end_object(&json);
}

void hdx_problem_of(hdx_exchange *x, const helpdex_error *err)
{
    switch (err->status) {
    case HELPDEX_INVALID:
    case HELPDEX_BAD_INPUT:
        hdx_problem(x, 400, "%s", err->message);
        break;
    case HELPDEX_NOT_FOUND:
        hdx_problem(x, 404, "%s", err->message);
        break;
    case HELPDEX_NOMEM:
    case HELPDEX_IN_USE:
        hdx_problem(x, 503, "%s", err->message);
        x->reply.retry_after = 1;
        break;
    default:
        hdx_problem(x, 500, "%s", err->message);
    }
}
