/*
 * MCP over HTTP (its "streamable HTTP"): each message is a request, and its
 * answer one JSON text. There is no session and no stream, so that any thread
 * and any machine can answer.
 */
#include <stdio.h>

#include "server/desk.h"
#include "server/mcp.h"
#include "server/routes.h"
#include "server/send.h"

/* A page that somebody looks at must not reach a server of their network in
   their name, unless it is one of ours. */
static bool check_origin(hdx_exchange *x)
{
    const char *origin = hdx_header(x, "Origin");
    if (!origin || hdx_origin_admitted(x->config, origin))
        return true;
    hdx_problem(
        x, 403,
        "pages of this origin are not admitted; add it to cors.origins");
    return false;
}

static bool check_headers(hdx_exchange *x)
{
    const hdx_str wanted = HDX_STR("application/json");
    hdx_str type = hdx_str_of(hdx_header(x, "Content-Type"));
    const char *version = hdx_header(x, "MCP-Protocol-Version");
    type.len = type.len < wanted.len ? type.len : wanted.len;
    if (!hdx_str_eq_nocase(type, wanted))
        hdx_problem(x, 415, "Content-Type is not application/json");
    else if (version && !hdx_mcp_speaks(version))
        hdx_problem(x, 400,
                    "MCP-Protocol-Version is none that is spoken here; "
                    "negotiate one by initialize");
    else
        return true;
    return false;
}

/* Only a key of an agent hands over: that a model runs on this machine is not
   enough. */
static unsigned scopes_of(const hdx_exchange *x)
{
    return x->caller.key ? x->caller.scopes : HDX_SCOPE_PUBLIC;
}

static void mcp(hdx_exchange *x)
{
    hdx_mcp_host host = {.desk = {x->assistant, x->desk->outbox,
                                  x->desk->session_key,
                                  x->desk->session_key_size},
                         .searcher = x->searcher,
                         .arena = x->arena,
                         .scopes = scopes_of(x)};
    if (!check_origin(x) || !check_headers(x))
        return;
    hdx_reply_json(x);
    hdx_mcp_outcome outcome =
        hdx_mcp_answer(&host, hdx_buf_str(&x->body), &x->reply.body);
    x->note = host.note;
    if (host.queued)
        hdx_desk_deliver(x->desk);
    if (outcome == HDX_MCP_MALFORMED)
        x->reply.status = 400;
    if (outcome == HDX_MCP_SILENT) {
        x->reply.status = 202;
        x->reply.type = NULL;
    }
}

const hdx_route hdx_route_mcp = {
    .method = "POST",
    .path = "/mcp",
    .scopes = HDX_SCOPE_ANY,
    .handler = mcp,
    .name = "mcp",
    .summary = "The Model Context Protocol: tools and resources for language "
               "models",
    .type = "application/json",
    .schema = "McpMessage",
    .body = "McpMessage"};
