/*
 * ask: what to say to a customer, as helpdex/decide.h decides it; it writes
 * nothing, even when a person is to take over. escalate: the packet for that
 * person, into the outbox where there is one, and in the result where there is
 * none. A conversation goes on by the session that each answer gives.
 */
#include "server/mcp_call.h"

enum { MESSAGE, LOCALE, SESSION, REGION, PLATFORM, APP_VERSION, UNHELPED };

#define CUSTOMER                                                               \
    {"locale",                                                                 \
     HDX_PARAM_TEXT,                                                           \
     false,                                                                    \
     0,                                                                        \
     128,                                                                      \
     0,                                                                        \
     "the customer's language as a BCP 47 tag"},                               \
        {"session",                                                            \
         HDX_PARAM_TEXT,                                                       \
         false,                                                                \
         0,                                                                    \
         16384,                                                                \
         0,                                                                    \
         "of the answer before; leave it out to begin anew"},                  \
        {"region",                                                             \
         HDX_PARAM_TEXT,                                                       \
         false,                                                                \
         0,                                                                    \
         64,                                                                   \
         0,                                                                    \
         "where the customer is, such as GB"},                                 \
        {"platform", HDX_PARAM_TEXT, false, 0, 64, 0, "such as ios"},          \
    {                                                                          \
        "app_version", HDX_PARAM_TEXT, false, 0, 64, 0,                        \
            "the customer's version of the app"                                \
    }

static const hdx_param ask_params[] = {
    {"message", HDX_PARAM_TEXT, true, 0, 4096, 0,
     "what the customer says, word by word, or the value of an option"},
    CUSTOMER,
    {"unhelped", HDX_PARAM_FLAG, false, 0, 0, 0,
     "the answer before did not help"},
};

static const hdx_param escalate_params[] = {
    {"message", HDX_PARAM_TEXT, true, 0, 4096, 0,
     "what the customer needs, in their own words"},
    CUSTOMER,
};

enum { FACTS = 3 };

static void add_fact(helpdex_fact *facts, size_t *count, const char *name,
                     const char *value)
{
    if (value)
        facts[(*count)++] = (helpdex_fact){name, value};
}

static helpdex_ask_request request_of(const hdx_mcp_use *use,
                                      helpdex_fact facts[FACTS])
{
    const hdx_mcp_host *host = use->host;
    helpdex_ask_request request;
    helpdex_ask_request_init(&request);
    request.message = use->values[MESSAGE].text.ptr;
    request.message_size = use->values[MESSAGE].text.len;
    request.locale = hdx_mcp_or(use, LOCALE, host->reader.locale);
    request.session = hdx_mcp_or(use, SESSION, NULL);
    request.key = host->desk.key;
    request.key_size = host->desk.key_size;
    request.facts = facts;
    add_fact(facts, &request.fact_count, "region",
             hdx_mcp_or(use, REGION, host->reader.region));
    add_fact(facts, &request.fact_count, "platform",
             hdx_mcp_or(use, PLATFORM, host->reader.platform));
    add_fact(facts, &request.fact_count, "app_version",
             hdx_mcp_or(use, APP_VERSION, host->reader.app_version));
    return request;
}

/* Words. */

static void say_line(hdx_mcp_use *use, const char *before, const char *text)
{
    if (text)
        hdx_mcp_say(use, "%s%s\n", before, text);
}

static void say_options(hdx_mcp_use *use, const helpdex_decision *d)
{
    say_line(use, "Ask the customer: ", d->prompt);
    for (size_t i = 0; i < d->option_count; i++)
        hdx_mcp_say(use, "- %s (message: %s)\n", d->options[i].label,
                    d->options[i].value);
}

static void say_person(hdx_mcp_use *use, const helpdex_decision *d)
{
    hdx_mcp_say(use, "%s%s",
                d->verdict == HELPDEX_ESCALATE ? "A person has to take over: "
                                               : "Always offer: ",
                d->human);
    if (d->human_route)
        hdx_mcp_say(use, ", %s", d->human_route);
    hdx_mcp_say(use, "\n");
}

static void say_decision(hdx_mcp_use *use, const helpdex_decision *d)
{
    for (size_t i = 0; i < d->banner_count; i++)
        hdx_mcp_say(use, "Known issue (%s): %s\n", d->banners[i].level,
                    d->banners[i].text);
    say_line(use, "Say first: ", d->reassurance);
    if (d->answer)
        hdx_mcp_fence(&use->text, hdx_str_of(d->answer));
    for (size_t i = 0; i < d->citation_count; i++)
        if (i == 0 || strcmp(d->citations[i].id, d->citations[i - 1].id) != 0)
            hdx_mcp_say(use, "From: %s (%s) %s\n", d->citations[i].title,
                        d->citations[i].id,
                        d->citations[i].url ? d->citations[i].url : "");
    say_line(use, "In the app: ", d->deep_link);
    say_options(use, d);
    say_line(use, "Only the app can go on from here, by its flow ",
             d->flow ? d->flow->name : NULL);
    say_person(use, d);
    say_line(use, "Session: ", d->session);
}

/* Data. */

static void add_text(hdx_json *json, const char *key, const char *text)
{
    if (text)
        hdx_json_text(json, key, text);
}

static void add_citations(hdx_json *json, const helpdex_decision *d)
{
    hdx_json_list(json, "citations");
    for (size_t i = 0; i < d->citation_count; i++) {
        const helpdex_citation *c = &d->citations[i];
        hdx_json_object(json, NULL);
        hdx_json_text(json, "id", c->id);
        hdx_json_text(json, "section", c->section);
        hdx_json_text(json, "locale", c->locale);
        hdx_json_text(json, "title", c->title);
        add_text(json, "url", c->url);
        hdx_json_end_object(json);
    }
    hdx_json_end_list(json);
}

static void add_options(hdx_json *json, const helpdex_decision *d)
{
    hdx_json_list(json, "options");
    for (size_t i = 0; i < d->option_count; i++) {
        hdx_json_object(json, NULL);
        hdx_json_text(json, "label", d->options[i].label);
        hdx_json_text(json, "value", d->options[i].value);
        hdx_json_end_object(json);
    }
    hdx_json_end_list(json);
}

static void add_decision(hdx_json *json, const helpdex_decision *d)
{
    static const char *const verdicts[] = {[HELPDEX_ANSWER] = "answer",
                                           [HELPDEX_CLARIFY] = "clarify",
                                           [HELPDEX_ESCALATE] = "escalate"};
    hdx_json_object(json, NULL);
    hdx_json_text(json, "decision", verdicts[d->verdict]);
    hdx_json_number(json, "confidence", d->confidence);
    hdx_json_text(json, "locale", d->locale);
    add_text(json, "reassurance", d->reassurance);
    add_text(json, "answer", d->answer);
    add_citations(json, d);
    add_text(json, "deep_link", d->deep_link);
    add_text(json, "prompt", d->prompt);
    add_options(json, d);
    add_text(json, "flow", d->flow ? d->flow->name : NULL);
    hdx_json_object(json, "human");
    hdx_json_text(json, "label", d->human);
    add_text(json, "route", d->human_route);
    hdx_json_end_object(json);
    add_text(json, "session", d->session);
    hdx_json_end_object(json);
}

static void ask(hdx_mcp_use *use)
{
    helpdex_fact facts[FACTS];
    helpdex_reply *reply;
    helpdex_error err;
    helpdex_ask_request request = request_of(use, facts);
    if (use->values[UNHELPED].number)
        request.outcome = HELPDEX_OUTCOME_UNHELPED;
    if (helpdex_ask(use->host->desk.assistant, &request, &reply, &err)) {
        hdx_mcp_fail(use, "%s", err.message);
        return;
    }
    hdx_json json = {.out = &use->data};
    say_decision(use, helpdex_reply_decision(reply));
    add_decision(&json, helpdex_reply_decision(reply));
    helpdex_reply_free(reply);
}

/* What the customer says may do; else they ask for a person as who presses the
   button does: by its label. */
static helpdex_status reach_person(hdx_mcp_use *use, helpdex_reply **out,
                                   helpdex_error *err)
{
    helpdex_fact facts[FACTS];
    helpdex_assistant *assistant = use->host->desk.assistant;
    helpdex_ask_request request = request_of(use, facts);
    helpdex_reply *first;
    helpdex_status status = helpdex_ask(assistant, &request, &first, err);
    *out = first;
    if (status || helpdex_reply_decision(first)->handoff)
        return status;
    request.message = helpdex_reply_decision(first)->human;
    request.message_size = SIZE_MAX;
    request.locale = helpdex_reply_decision(first)->locale;
    request.session = helpdex_reply_decision(first)->session;
    status = helpdex_ask(assistant, &request, out, err);
    helpdex_reply_free(first);
    return status;
}

static void say_handed_over(hdx_mcp_use *use, const helpdex_decision *d,
                            bool queued)
{
    hdx_json json = {.out = &use->data};
    hdx_mcp_say(use, queued ? "Handed over: a person gets the conversation.\n"
                            : "No help desk is configured: pass the packet "
                              "on.\n");
    say_person(use, d);
    hdx_json_object(&json, NULL);
    hdx_json_bool(&json, "queued", queued);
    hdx_json_text(&json, "locale", d->locale);
    hdx_json_raw(&json, "packet", hdx_str_of(d->handoff));
    hdx_json_end_object(&json);
}

static void escalate(hdx_mcp_use *use)
{
    helpdex_outbox *outbox = use->host->desk.outbox;
    helpdex_reply *reply = NULL;
    helpdex_error err;
    helpdex_status status = reach_person(use, &reply, &err);
    const helpdex_decision *d = status ? NULL : helpdex_reply_decision(reply);
    if (d && d->handoff && outbox)
        status = helpdex_outbox_put(outbox, d->handoff, &err);
    bool handed_over = d && d->handoff;
    use->host->queued |= !status && handed_over && outbox;
    if (status)
        hdx_mcp_fail(use, "%s", err.message);
    else if (handed_over)
        say_handed_over(use, d, outbox != NULL);
    else if (d)
        hdx_mcp_fail(use, "nobody could be reached; give the customer %s %s",
                     d->human, d->human_route ? d->human_route : "");
    helpdex_reply_free(reply);
}

#define TEXT "{\"type\":\"string\"}"
#define LIST(members)                                                          \
    "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":"       \
    "{" members "}}}"
#define CITATIONS                                                              \
    LIST("\"id\":" TEXT ",\"section\":" TEXT ",\"locale\":" TEXT               \
         ",\"title\":" TEXT ",\"url\":" TEXT)
#define OPTIONS LIST("\"label\":" TEXT ",\"value\":" TEXT)

static const char ask_output[] =
    "{\"type\":\"object\",\"properties\":{\"decision\":{\"enum\":[\"answer\","
    "\"clarify\",\"escalate\"]},\"confidence\":{\"type\":\"number\"},"
    "\"locale\":" TEXT ",\"reassurance\":" TEXT ",\"answer\":" TEXT
    ",\"citations\":" CITATIONS ",\"deep_link\":" TEXT ",\"prompt\":" TEXT
    ",\"options\":" OPTIONS ",\"flow\":" TEXT
    ",\"human\":{\"type\":\"object\"},\"session\":" TEXT
    "},\"required\":[\"decision\",\"locale\",\"human\"]}";

static const char escalate_output[] =
    "{\"type\":\"object\",\"properties\":{\"queued\":{\"type\":\"boolean\"},"
    "\"locale\":" TEXT ",\"packet\":{\"type\":\"object\"}},"
    "\"required\":[\"queued\",\"packet\"]}";

const hdx_mcp_tool hdx_mcp_tool_ask = {
    .name = "ask",
    .title = "Decide what to say",
    .description = "What to say to a customer's message: an answer out of "
                   "articles, one more question, or a person.",
    .params = ask_params,
    .param_count = sizeof ask_params / sizeof *ask_params,
    .output = ask_output,
    .scopes = HDX_SCOPE_ANY,
    .converses = true,
    .run = ask};

const hdx_mcp_tool hdx_mcp_tool_escalate = {
    .name = "escalate",
    .title = "Hand over to a person",
    .description = "Hands the conversation of a session over to a person of "
                   "the help desk.",
    .params = escalate_params,
    .param_count = sizeof escalate_params / sizeof *escalate_params,
    .output = escalate_output,
    .scopes = HDX_SCOPE_AGENT,
    .converses = true,
    .writes = true,
    .run = escalate};
