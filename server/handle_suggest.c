/* Completing what is being typed, as `helpdex suggest --json` does it. */
#include "present/answers.h"
#include "server/exchange.h"
#include "server/routes.h"

enum { PREFIX, LOCALE, LIMIT, REGION, PLATFORM, APP_VERSION };

static const hdx_param params[] = {
    {"q", HDX_PARAM_TEXT, true, 0, 1024, 0, "what is typed so far"},
    {"locale", HDX_PARAM_TEXT, false, 0, 128, 0,
     "the reader's BCP 47 tag; without it that of the index"},
    {"limit", HDX_PARAM_NUMBER, false, 1, 100, 8, "completions wanted"},
    {"region", HDX_PARAM_TEXT, false, 0, 64, 0,
     "where the reader is, such as GB; leaves out what is for others"},
    {"platform", HDX_PARAM_TEXT, false, 0, 64, 0, "likewise, such as ios"},
    {"app_version", HDX_PARAM_TEXT, false, 0, 64, 0,
     "likewise, the version of the app, such as 4.2.1"},
};

static void suggest(hdx_exchange *x)
{
    helpdex_suggest_request request;
    helpdex_suggestions *suggestions;
    helpdex_error err;
    helpdex_suggest_request_init(&request);
    request.prefix = hdx_text(x, PREFIX);
    request.prefix_size = x->values[PREFIX].text.len;
    request.locale = hdx_text(x, LOCALE);
    request.limit = (unsigned)x->values[LIMIT].number;
    request.region = hdx_text(x, REGION);
    request.platform = hdx_text(x, PLATFORM);
    request.app_version = hdx_text(x, APP_VERSION);
    if (helpdex_suggest(x->searcher, &request, &suggestions, &err)) {
        hdx_problem_of(x, &err);
        return;
    }
    hdx_json json = hdx_reply_json(x);
    hdx_present_suggestions(&json, NULL, x->values[PREFIX].text,
                            helpdex_searcher_generation(x->searcher),
                            suggestions);
    helpdex_suggestions_free(suggestions);
}

const hdx_route hdx_route_suggest = {.method = "GET",
                                     .path = "/v1/suggest",
                                     .scopes = HDX_SCOPE_ANY,
                                     .params = params,
                                     .param_count =
                                         sizeof params / sizeof *params,
                                     .handler = suggest,
                                     .name = "suggest",
                                     .summary = "Completions of what is typed "
                                                "so far, best first",
                                     .type = "application/json",
                                     .schema = "Suggestions",
                                     .cached = true};
