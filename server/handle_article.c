/* One article, whole. */
#include "present/answers.h"
#include "server/exchange.h"
#include "server/routes.h"

enum { LOCALE, ID, REGION, PLATFORM, APP_VERSION };

static const hdx_param params[] = {
    {"locale", HDX_PARAM_TEXT, true, 0, 128, 0, "the reader's BCP 47 tag"},
    {"id", HDX_PARAM_TEXT, true, 0, 1024, 0,
     "of the article, the same in every locale; it may have slashes"},
    {"region", HDX_PARAM_TEXT, false, 0, 64, 0,
     "where the reader is, such as GB; what is for others is not found"},
    {"platform", HDX_PARAM_TEXT, false, 0, 64, 0, "likewise, such as ios"},
    {"app_version", HDX_PARAM_TEXT, false, 0, 64, 0,
     "likewise, the version of the app, such as 4.2.1"},
};

static void article(hdx_exchange *x)
{
    helpdex_page_request request;
    helpdex_page *page;
    helpdex_error err;
    helpdex_page_request_init(&request);
    request.id = hdx_text(x, ID);
    request.locale = hdx_text(x, LOCALE);
    request.region = hdx_text(x, REGION);
    request.platform = hdx_text(x, PLATFORM);
    request.app_version = hdx_text(x, APP_VERSION);
    if (helpdex_page_read(x->searcher, &request, &page, &err)) {
        hdx_problem_of(x, &err);
        return;
    }
    hdx_json json = hdx_reply_json(x);
    hdx_present_page(&json, helpdex_page_content_of(page));
    helpdex_page_free(page);
}

const hdx_route hdx_route_article = {
    .method = "GET",
    .path = "/v1/articles/{locale}/{id}",
    .scopes = HDX_SCOPE_ANY,
    .params = params,
    .param_count = sizeof params / sizeof *params,
    .handler = article,
    .name = "article",
    .summary = "An article in the reader's language, else in the first of its "
               "fallbacks that has it",
    .type = "application/json",
    .schema = "Article",
    .cached = true};
