/* A triage path, for a client that draws it itself. */
#include <helpdex/path.h>

#include "server/exchange.h"
#include "server/routes.h"

enum { PATH, LOCALE, REGION, PLATFORM };

static const hdx_param params[] = {
    {"path", HDX_PARAM_TEXT, true, 0, 1024, 0,
     "its name, as options of decisions have it"},
    {"locale", HDX_PARAM_TEXT, false, 0, 128, 0,
     "the reader's BCP 47 tag; without it that of the index"},
    {"region", HDX_PARAM_TEXT, false, 0, 64, 0,
     "where the reader is, such as GB; articles for others are not told"},
    {"platform", HDX_PARAM_TEXT, false, 0, 64, 0, "likewise, such as ios"},
};

static void triage(hdx_exchange *x)
{
    helpdex_path_request request;
    helpdex_path *path;
    helpdex_error err;
    helpdex_path_request_init(&request);
    request.name = hdx_text(x, PATH);
    request.locale = hdx_text(x, LOCALE);
    request.region = hdx_text(x, REGION);
    request.platform = hdx_text(x, PLATFORM);
    if (helpdex_path_read(x->assistant, &request, &path, &err)) {
        hdx_problem_of(x, &err);
        return;
    }
    hdx_json json = hdx_reply_json(x);
    hdx_json_raw(&json, NULL, hdx_str_of(helpdex_path_json(path)));
    helpdex_path_free(path);
}

const hdx_route hdx_route_triage = {
    .method = "GET",
    .path = "/v1/triage/{path}",
    .scopes = HDX_SCOPE_ANY,
    .params = params,
    .param_count = sizeof params / sizeof *params,
    .handler = triage,
    .name = "triage",
    .summary = "A triage path in the reader's language, as data",
    .type = "application/json",
    .schema = "Path",
    .cached = true};
