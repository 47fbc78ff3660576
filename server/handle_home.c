/*
 * A page for whoever opens the address in a browser: a box to search in, which
 * needs no script. Every text is escaped; the policy lets nothing run.
 */
#include "server/exchange.h"
#include "server/notes.h"
#include "server/routes.h"

enum { QUERY, LOCALE };

static const hdx_param params[] = {
    {"q", HDX_PARAM_TEXT, false, 0, 4096, 0, "the question"},
    {"locale", HDX_PARAM_TEXT, false, 0, 128, 0,
     "the reader's BCP 47 tag; without it by Accept-Language"},
};

static const char style[] =
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;"
    "padding:0 1rem;color-scheme:light dark}form{display:flex;gap:.5rem}"
    "input{flex:1;min-width:0}input,select,button{font:inherit;padding:.5rem}"
    "li{margin:1rem 0}p{margin:.25rem 0}small{opacity:.75}";

static void add(hdx_buf *page, const char *html)
{
    hdx_buf_add(page, hdx_str_of(html));
}

static void add_escaped(hdx_buf *page, const char *text)
{
    for (; *text; text++) {
        if (*text == '&')
            add(page, "&amp;");
        else if (*text == '<')
            add(page, "&lt;");
        else if (*text == '>')
            add(page, "&gt;");
        else if (*text == '"')
            add(page, "&quot;");
        else
            hdx_buf_byte(page, *text);
    }
}

/* ` lang="..." dir="..."` */
static void add_language(hdx_buf *page, const char *locale)
{
    add(page, " lang=\"");
    add_escaped(page, locale);
    add(page, helpdex_locale_is_right_to_left(locale) ? "\" dir=\"rtl\""
                                                      : "\" dir=\"ltr\"");
}

static bool is_link(const char *url)
{
    hdx_str text = hdx_str_of(url);
    return hdx_str_starts(text, HDX_STR("https://")) ||
           hdx_str_starts(text, HDX_STR("http://")) ||
           hdx_str_starts(text, HDX_STR("/"));
}

static void add_link(hdx_buf *page, const char *url, const char *text)
{
    bool link = url && is_link(url);
    if (link) {
        add(page, "<a href=\"");
        add_escaped(page, url);
        add(page, "\">");
    }
    add_escaped(page, text);
    add(page, link ? "</a>" : "");
}

static void add_message(hdx_buf *page, const helpdex_results *results,
                        helpdex_message message, const char *around)
{
    const char *text = helpdex_results_message(results, message);
    if (!text)
        return;
    add(page, "<");
    add(page, around);
    add(page, ">");
    add_escaped(page, text);
    add(page, "</");
    add(page, around);
    add(page, ">");
}

static void add_hit(hdx_buf *page, const helpdex_results *results,
                    const helpdex_hit *hit)
{
    add(page, "<li");
    add_language(page, hit->locale);
    add(page, ">");
    add_link(page, hit->url, hit->title);
    add(page, "<p>");
    add(page, hit->snippet_html);
    add(page, "</p>");
    if (hit->fallback)
        add_message(page, results, HELPDEX_MESSAGE_OTHER_LANGUAGE, "small");
    if (hit->stale)
        add_message(page, results, HELPDEX_MESSAGE_OUTDATED, "small");
    add(page, "</li>");
}

static void add_topics(hdx_buf *page, const helpdex_results *results)
{
    size_t count = helpdex_results_topic_count(results);
    add_message(page, results, HELPDEX_MESSAGE_NOTHING_FOUND, "p");
    if (count)
        add_message(page, results, HELPDEX_MESSAGE_TOPICS, "p");
    add(page, "<ul>");
    for (size_t i = 0; i < count; i++) {
        const helpdex_topic *topic = helpdex_results_topic(results, i);
        add(page, "<li");
        add_language(page, topic->locale);
        add(page, ">");
        add_link(page, topic->url, topic->title);
        add(page, "</li>");
    }
    add(page, "</ul>");
}

static void add_results(hdx_buf *page, const helpdex_results *results)
{
    size_t count = helpdex_results_count(results);
    for (size_t i = 0; i < helpdex_results_banner_count(results); i++) {
        add(page, "<p role=\"status\">");
        add_escaped(page, helpdex_results_banner(results, i)->text);
        add(page, "</p>");
    }
    add_message(page, results, HELPDEX_MESSAGE_DID_YOU_MEAN, "p");
    if (count == 0)
        add_topics(page, results);
    add(page, "<ol>");
    for (size_t i = 0; i < count; i++)
        add_hit(page, results, helpdex_results_at(results, i));
    add(page, "</ol>");
    if (!helpdex_results_contact(results))
        return;
    add(page, "<p>");
    add_link(page, helpdex_results_contact(results),
             helpdex_results_message(results, HELPDEX_MESSAGE_PERSON));
    add(page, "</p>");
}

static void add_form(hdx_buf *page, const hdx_exchange *x, const char *locale)
{
    const char *query = hdx_text(x, QUERY), *tag;
    add(page, "<form><input type=\"search\" name=\"q\" dir=\"auto\" autofocus "
              "aria-label=\"?\" value=\"");
    add_escaped(page, query ? query : "");
    add(page, "\"><select name=\"locale\" aria-label=\"A\">");
    for (size_t i = 0; (tag = helpdex_searcher_locale(x->searcher, i)); i++) {
        add(page, strcmp(tag, locale) == 0 ? "<option selected>" : "<option>");
        add_escaped(page, tag);
        add(page, "</option>");
    }
    add(page, "</select><button aria-label=\"?\">\xF0\x9F\x94\x8D</button>"
              "</form>");
}

/* Whether a tag of Accept-Language is one of the index, or its beginning. */
static const char *match(const helpdex_searcher *searcher, hdx_str wanted)
{
    const char *tag;
    for (size_t i = 0; (tag = helpdex_searcher_locale(searcher, i)); i++)
        if (hdx_str_eq_nocase(hdx_str_of(tag), wanted))
            return tag;
    const char *hyphen =
        wanted.len ? memchr(wanted.ptr, '-', wanted.len) : NULL;
    if (hyphen)
        wanted.len = (size_t)(hyphen - wanted.ptr);
    for (size_t i = 0; (tag = helpdex_searcher_locale(searcher, i)); i++)
        if (hdx_str_eq_nocase((hdx_str){tag, strcspn(tag, "-")}, wanted))
            return tag;
    return NULL;
}

/* The first of Accept-Language that the index has: browsers list them by
   preference. NULL: that of the index. */
static const char *negotiated(const hdx_exchange *x)
{
    const char *at = hdx_header(x, "Accept-Language");
    while (at && *at) {
        at += strspn(at, " ,");
        hdx_str wanted = {at, strcspn(at, ";, ")};
        const char *tag = wanted.len ? match(x->searcher, wanted) : NULL;
        if (tag)
            return tag;
        at += strcspn(at, ",");
    }
    return NULL;
}

static void home(hdx_exchange *x)
{
    helpdex_request request;
    helpdex_results *results;
    helpdex_error err;
    helpdex_request_init(&request);
    request.query = hdx_text(x, QUERY) ? hdx_text(x, QUERY) : "";
    request.locale = hdx_text(x, LOCALE) ? hdx_text(x, LOCALE) : negotiated(x);
    if (helpdex_search(x->searcher, &request, &results, &err)) {
        hdx_problem_of(x, &err);
        return;
    }
    if (*request.query)
        hdx_note_search(x->desk, &request, results);
    const char *locale = helpdex_results_locale(results);
    x->note = hdx_str_of(hdx_text(x, QUERY));
    hdx_reply_json(x);
    hdx_buf *page = &x->reply.body;
    add(page, "<!doctype html><html");
    add_language(page, locale);
    add(page, "><meta charset=\"utf-8\"><meta name=\"viewport\" "
              "content=\"width=device-width\"><title>Helpdex</title><style>");
    add(page, style);
    add(page, "</style>");
    add_form(page, x, locale);
    if (*request.query)
        add_results(page, results);
    x->reply.policy = "default-src 'none'; style-src 'unsafe-inline'; "
                      "form-action 'self'; base-uri 'none'; "
                      "frame-ancestors 'none'";
    helpdex_results_free(results);
}

const hdx_route hdx_route_home = {.method = "GET",
                                  .path = "/",
                                  .scopes = HDX_SCOPE_ANY,
                                  .params = params,
                                  .param_count = sizeof params / sizeof *params,
                                  .handler = home,
                                  .name = "home",
                                  .summary = "A page to search on",
                                  .type = "text/html; charset=utf-8"};
