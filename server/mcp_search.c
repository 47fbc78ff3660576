/*
 * search_help: the passages that answer a question within a budget of tokens,
 * each with what to cite. Known issues stand first; where nothing is found, it
 * says what there is instead.
 */
#include "present/answers.h"
#include "server/mcp_call.h"

enum { QUERY, LOCALE, REGION, PLATFORM, APP_VERSION, BUDGET };

static const hdx_param params[] = {
    {"query", HDX_PARAM_TEXT, true, 0, 4096, 0,
     "the question, in the customer's own words and language"},
    {"locale", HDX_PARAM_TEXT, false, 0, 128, 0,
     "the customer's language as a BCP 47 tag, such as pt-BR"},
    {"region", HDX_PARAM_TEXT, false, 0, 64, 0,
     "where the customer is, such as GB"},
    {"platform", HDX_PARAM_TEXT, false, 0, 64, 0, "such as ios"},
    {"app_version", HDX_PARAM_TEXT, false, 0, 64, 0,
     "the customer's version of the app, such as 4.2.1"},
    {"budget", HDX_PARAM_NUMBER, false, 50, 20000, 1000,
     "tokens that the passages may take"},
};

static void ask(hdx_mcp_use *use, helpdex_request *request)
{
    const hdx_mcp_reader *reader = &use->host->reader;
    helpdex_request_init(request);
    request->query = use->values[QUERY].text.ptr;
    request->query_size = use->values[QUERY].text.len;
    request->locale = hdx_mcp_or(use, LOCALE, reader->locale);
    request->region = hdx_mcp_or(use, REGION, reader->region);
    request->platform = hdx_mcp_or(use, PLATFORM, reader->platform);
    request->app_version = hdx_mcp_or(use, APP_VERSION, reader->app_version);
    request->budget = (unsigned)use->values[BUDGET].number;
    request->snippet = 0;
    use->host->note = hdx_arena_copy(use->host->arena, use->values[QUERY].text);
}

/* Words. */

static void say_banners(hdx_mcp_use *use, const helpdex_results *results)
{
    for (size_t i = 0; i < helpdex_results_banner_count(results); i++) {
        const helpdex_banner *banner = helpdex_results_banner(results, i);
        hdx_mcp_say(use, "Known issue (%s): %s\n", banner->level, banner->text);
    }
}

static void say_passages(hdx_mcp_use *use, const helpdex_results *results)
{
    hdx_mcp_say(use, "%s", helpdex_results_context(results));
    for (size_t i = 0; i < helpdex_results_passage_count(results); i++) {
        const helpdex_passage *passage = helpdex_results_passage(results, i);
        if (passage->stale)
            hdx_mcp_say(use,
                        "[%u] may be outdated: %u sections of its source "
                        "are newer.\n",
                        passage->number, passage->stale->behind);
    }
}

/* Titles of what was found, when a passage takes more than the budget. */
static void say_titles(hdx_mcp_use *use, const helpdex_results *results)
{
    hdx_mcp_say(use, "No passage fits the budget; raise it, or get_article:\n");
    for (size_t i = 0; i < helpdex_results_count(results) && i < 3; i++) {
        const helpdex_hit *hit = helpdex_results_at(results, i);
        hdx_mcp_say(use, "- %s (%s, %s)\n", hit->title, hit->id, hit->locale);
    }
}

static void say_offer(hdx_mcp_use *use, const helpdex_results *results)
{
    hdx_mcp_say(use, "Nothing found. Articles that may help:\n");
    for (size_t i = 0; i < helpdex_results_topic_count(results); i++) {
        const helpdex_topic *topic = helpdex_results_topic(results, i);
        hdx_mcp_say(use, "- %s (%s, %s)\n", topic->title, topic->id,
                    topic->locale);
    }
}

static void say_all(hdx_mcp_use *use, const helpdex_results *results)
{
    const char *correction = helpdex_results_correction(results);
    const char *contact = helpdex_results_contact(results);
    say_banners(use, results);
    if (correction)
        hdx_mcp_say(use, "Did they mean: %s\n", correction);
    if (helpdex_results_passage_count(results))
        say_passages(use, results);
    else if (helpdex_results_count(results))
        say_titles(use, results);
    else
        say_offer(use, results);
    if (contact && !helpdex_results_passage_count(results))
        hdx_mcp_say(use, "A person: %s\n", contact);
}

/* Data. What is not there has no member: models pay for null, too. */

static void add_text(hdx_json *json, const char *key, const char *text)
{
    if (text)
        hdx_json_text(json, key, text);
}

/* Without the anchor, which is there as the section: percent-encoded it can
   take more tokens than the passage. */
static void add_url(hdx_json *json, const char *url)
{
    if (url)
        hdx_json_str(json, "url", (hdx_str){url, strcspn(url, "#")});
}

static void add_passage(hdx_json *json, const helpdex_passage *passage)
{
    hdx_json_object(json, NULL);
    hdx_json_count(json, "number", passage->number);
    hdx_json_text(json, "text", passage->text);
    hdx_json_text(json, "id", passage->id);
    hdx_json_text(json, "section", passage->section);
    hdx_json_text(json, "locale", passage->locale);
    hdx_json_text(json, "title", passage->title);
    add_url(json, passage->url);
    if (passage->stale)
        hdx_present_stale(json, passage->stale);
    hdx_json_end_object(json);
}

static void add_banners(hdx_json *json, const helpdex_results *results)
{
    size_t count = helpdex_results_banner_count(results);
    if (!count)
        return;
    hdx_json_list(json, "banners");
    for (size_t i = 0; i < count; i++) {
        const helpdex_banner *banner = helpdex_results_banner(results, i);
        hdx_json_object(json, NULL);
        hdx_json_text(json, "level", banner->level);
        hdx_json_text(json, "text", banner->text);
        add_text(json, "id", banner->article);
        hdx_json_end_object(json);
    }
    hdx_json_end_list(json);
}

static void add_topics(hdx_json *json, const helpdex_results *results)
{
    size_t count = helpdex_results_topic_count(results);
    if (!count)
        return;
    hdx_json_list(json, "topics");
    for (size_t i = 0; i < count; i++) {
        const helpdex_topic *topic = helpdex_results_topic(results, i);
        hdx_json_object(json, NULL);
        hdx_json_text(json, "id", topic->id);
        hdx_json_text(json, "locale", topic->locale);
        hdx_json_text(json, "title", topic->title);
        add_text(json, "url", topic->url);
        hdx_json_end_object(json);
    }
    hdx_json_end_list(json);
}

static void add_all(hdx_json *json, const helpdex_results *results)
{
    hdx_json_object(json, NULL);
    hdx_json_text(json, "locale", helpdex_results_locale(results));
    add_text(json, "correction", helpdex_results_correction(results));
    add_banners(json, results);
    hdx_json_list(json, "passages");
    for (size_t i = 0; i < helpdex_results_passage_count(results); i++)
        add_passage(json, helpdex_results_passage(results, i));
    hdx_json_end_list(json);
    add_topics(json, results);
    add_text(json, "contact", helpdex_results_contact(results));
    hdx_json_end_object(json);
}

static void search(hdx_mcp_use *use)
{
    helpdex_request request;
    helpdex_results *results;
    helpdex_error err;
    ask(use, &request);
    if (helpdex_search(use->host->searcher, &request, &results, &err)) {
        hdx_mcp_fail(use, "%s", err.message);
        return;
    }
    hdx_json json = {.out = &use->data};
    say_all(use, results);
    add_all(&json, results);
    helpdex_results_free(results);
}

#define TEXT "{\"type\":\"string\"}"
#define NUMBER "{\"type\":\"integer\"}"

static const char output[] =
    "{\"type\":\"object\",\"properties\":{\"locale\":" TEXT
    ",\"correction\":" TEXT
    ",\"banners\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
    "\"properties\":{\"level\":" TEXT ",\"text\":" TEXT ",\"id\":" TEXT "},"
    "\"required\":[\"level\",\"text\"]}},"
    "\"passages\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
    "\"properties\":{\"number\":" NUMBER ",\"text\":" TEXT ",\"id\":" TEXT
    ",\"section\":" TEXT ",\"locale\":" TEXT ",\"title\":" TEXT ",\"url\":" TEXT
    ",\"stale\":{\"type\":\"object\",\"properties\":{\"behind\":" NUMBER
    ",\"sections\":" NUMBER "}}},"
    "\"required\":[\"number\",\"text\",\"id\",\"section\",\"locale\","
    "\"title\"]}},"
    "\"topics\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
    "\"properties\":{\"id\":" TEXT ",\"locale\":" TEXT ",\"title\":" TEXT
    ",\"url\":" TEXT "},\"required\":[\"id\",\"locale\",\"title\"]}},"
    "\"contact\":" TEXT "},\"required\":[\"locale\",\"passages\"]}";

const hdx_mcp_tool hdx_mcp_tool_search = {
    .name = "search_help",
    .title = "Search the help centre",
    .description = "Passages of help articles that answer a customer's "
                   "question, numbered to be cited. Finds articles of any "
                   "language, and gives them in the customer's where they are "
                   "translated.",
    .params = params,
    .param_count = sizeof params / sizeof *params,
    .output = output,
    .scopes = HDX_SCOPE_ANY,
    .run = search};
