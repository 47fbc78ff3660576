/* Searching, as `helpdex search --json` does it. */
#include "present/answers.h"
#include "server/exchange.h"
#include "server/notes.h"
#include "server/routes.h"

enum { QUERY, LOCALE, LIMIT, REGION, PLATFORM, APP_VERSION, BUDGET };

static const hdx_param params[] = {
    {"q", HDX_PARAM_TEXT, true, 0, 4096, 0, "the question"},
    {"locale", HDX_PARAM_TEXT, false, 0, 128, 0,
     "the reader's BCP 47 tag; without it that of the index"},
    {"limit", HDX_PARAM_NUMBER, false, 1, 100, 10, "articles wanted"},
    {"region", HDX_PARAM_TEXT, false, 0, 64, 0,
     "where the reader is, such as GB; leaves out what is for others"},
    {"platform", HDX_PARAM_TEXT, false, 0, 64, 0, "likewise, such as ios"},
    {"app_version", HDX_PARAM_TEXT, false, 0, 64, 0,
     "the reader's version of the app, for known issues, such as 4.2.1"},
    {"budget", HDX_PARAM_NUMBER, false, 0, 100000, 0,
     "tokens that cited passages for a language model may take; 0: none"},
};

static void search(hdx_exchange *x)
{
    helpdex_request request;
    helpdex_results *results;
    helpdex_error err;
    helpdex_request_init(&request);
    request.query = hdx_text(x, QUERY);
    request.query_size = x->values[QUERY].text.len;
    request.locale = hdx_text(x, LOCALE);
    request.limit = (unsigned)x->values[LIMIT].number;
    request.region = hdx_text(x, REGION);
    request.platform = hdx_text(x, PLATFORM);
    request.app_version = hdx_text(x, APP_VERSION);
    request.budget = (unsigned)x->values[BUDGET].number;
    x->note = x->values[QUERY].text;
    if (helpdex_search(x->searcher, &request, &results, &err)) {
        hdx_problem_of(x, &err);
        return;
    }
    hdx_note_search(x->desk, &request, results);
    hdx_json json = hdx_reply_json(x);
    hdx_present_results(&json, NULL, x->values[QUERY].text, request.budget > 0,
                        results);
    helpdex_results_free(results);
}

const hdx_route hdx_route_search = {.method = "GET",
                                    .path = "/v1/search",
                                    .scopes = HDX_SCOPE_ANY,
                                    .params = params,
                                    .param_count =
                                        sizeof params / sizeof *params,
                                    .handler = search,
                                    .name = "search",
                                    .summary = "The sections that answer a "
                                               "question, best first",
                                    .type = "application/json",
                                    .schema = "Results",
                                    .cached = true,
                                    .noted = true};
