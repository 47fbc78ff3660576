/*
 * ask: what Helpdex itself would say to a message, with nothing done about it;
 * and escalate: a person takes over, by the outbox of this server. Who may not
 * hand over does not see that there is such a tool.
 */
#include "server/converse.h"
#include "server/desk.h"
#include "server/mcp_call.h"
#include "server/notes.h"

enum { MESSAGE, LOCALE, SESSION, REGION, PLATFORM, APP_VERSION, FACTS = 3 };

static const hdx_param params[] = {
    {"message", HDX_PARAM_TEXT, true, 0, 4096, 0,
     "what the customer said, in their own words and language"},
    {"locale", HDX_PARAM_TEXT, false, 0, 128, 0,
     "the customer's language as a BCP 47 tag"},
    {"session", HDX_PARAM_TEXT, false, 0, 32768, 0,
     "of the answer before, to go on from there"},
    {"region", HDX_PARAM_TEXT, false, 0, 64, 0,
     "where the customer is, such as GB"},
    {"platform", HDX_PARAM_TEXT, false, 0, 64, 0, "such as ios"},
    {"app_version", HDX_PARAM_TEXT, false, 0, 64, 0,
     "the customer's version of the app"},
};

static void add_fact(helpdex_ask_request *request, helpdex_fact *facts,
                     const char *name, const char *value)
{
    if (value)
        facts[request->fact_count++] = (helpdex_fact){name, value};
}

static helpdex_ask_request request_of(hdx_mcp_use *use,
                                      helpdex_fact facts[FACTS])
{
    const hdx_mcp_reader *reader = &use->host->reader;
    helpdex_ask_request request;
    helpdex_ask_request_init(&request);
    request.message = use->values[MESSAGE].text.ptr;
    request.locale = hdx_mcp_or(use, LOCALE, reader->locale);
    request.session = hdx_mcp_or(use, SESSION, NULL);
    request.facts = facts;
    add_fact(&request, facts, "region",
             hdx_mcp_or(use, REGION, reader->region));
    add_fact(&request, facts, "platform",
             hdx_mcp_or(use, PLATFORM, reader->platform));
    add_fact(&request, facts, "app_version",
             hdx_mcp_or(use, APP_VERSION, reader->app_version));
    request.key = use->host->desk->session_key;
    request.key_size = use->host->desk->session_key_size;
    use->host->note =
        hdx_arena_copy(use->host->arena, use->values[MESSAGE].text);
    return request;
}

static const char *const verdicts[] = {[HELPDEX_ANSWER] = "answer",
                                       [HELPDEX_CLARIFY] = "clarify",
                                       [HELPDEX_ESCALATE] = "escalate"};

static void say_line(hdx_mcp_use *use, const char *text)
{
    if (text)
        hdx_mcp_say(use, "%s\n", text);
}

static void say(hdx_mcp_use *use, const helpdex_decision *d)
{
    hdx_mcp_say(use, "Decision: %s (confidence %.2f)\n", verdicts[d->verdict],
                d->confidence);
    for (size_t i = 0; i < d->banner_count; i++)
        hdx_mcp_say(use, "Known issue (%s): %s\n", d->banners[i].level,
                    d->banners[i].text);
    say_line(use, d->reassurance);
    say_line(use, d->answer);
    for (size_t i = 0; i < d->citation_count; i++)
        if (i == 0 || strcmp(d->citations[i].id, d->citations[i - 1].id) != 0)
            hdx_mcp_say(use, "From: %s (%s)\n", d->citations[i].title,
                        d->citations[i].url ? d->citations[i].url
                                            : d->citations[i].id);
    say_line(use, d->deep_link);
    say_line(use, d->prompt);
    for (size_t i = 0; i < d->option_count; i++)
        hdx_mcp_say(use, "- %s (send: %s)\n", d->options[i].label,
                    d->options[i].value);
    if (d->verdict == HELPDEX_ESCALATE || d->option_count == 0)
        hdx_mcp_say(use, "A person: %s%s%s\n", d->human,
                    d->human_route ? ", " : "",
                    d->human_route ? d->human_route : "");
}

/* What is not there has no member: models pay for null, too. */
static void add_text(hdx_json *json, const char *key, const char *text)
{
    if (text)
        hdx_json_text(json, key, text);
}

static void add_lists(hdx_json *json, const helpdex_decision *d)
{
    if (d->citation_count) {
        hdx_json_list(json, "sources");
        for (size_t i = 0; i < d->citation_count; i++)
            if (i == 0 ||
                strcmp(d->citations[i].id, d->citations[i - 1].id) != 0)
                hdx_json_text(json, NULL, d->citations[i].id);
        hdx_json_end_list(json);
    }
    hdx_json_list(json, "options");
    for (size_t i = 0; i < d->option_count; i++) {
        hdx_json_object(json, NULL);
        hdx_json_text(json, "label", d->options[i].label);
        hdx_json_text(json, "value", d->options[i].value);
        hdx_json_end_object(json);
    }
    hdx_json_end_list(json);
}

static void add(hdx_mcp_use *use, const helpdex_decision *d)
{
    hdx_json json = {.out = &use->data};
    hdx_json_object(&json, NULL);
    hdx_json_text(&json, "decision", verdicts[d->verdict]);
    hdx_json_number(&json, "confidence", d->confidence);
    hdx_json_text(&json, "locale", d->locale);
    add_text(&json, "reassurance", d->reassurance);
    add_text(&json, "answer", d->answer);
    add_text(&json, "deep_link", d->deep_link);
    add_text(&json, "prompt", d->prompt);
    add_lists(&json, d);
    add_text(&json, "contact", d->human_route);
    add_text(&json, "session", d->session);
    hdx_json_end_object(&json);
}

static void decide(hdx_mcp_use *use, const helpdex_ask_request *request,
                   helpdex_outbox *outbox)
{
    helpdex_reply *reply;
    helpdex_error err;
    if (hdx_converse(use->host->assistant, request, NULL, outbox, &reply,
                     &err)) {
        hdx_mcp_fail(use, "%s", err.message);
        return;
    }
    const helpdex_decision *decision = helpdex_reply_decision(reply);
    hdx_note_decision(use->host->desk, request->message, decision);
    say(use, decision);
    add(use, decision);
    helpdex_reply_free(reply);
}

static void ask(hdx_mcp_use *use)
{
    helpdex_fact facts[FACTS];
    helpdex_ask_request request = request_of(use, facts);
    decide(use, &request, NULL);
}

static void escalate(hdx_mcp_use *use)
{
    helpdex_fact facts[FACTS];
    helpdex_ask_request request = request_of(use, facts);
    helpdex_outbox *outbox = use->host->desk->outbox;
    request.outcome = HELPDEX_OUTCOME_PERSON;
    if (!outbox) {
        hdx_mcp_fail(use, "no help desk is configured here; give the customer "
                          "the contact that ask names");
        return;
    }
    decide(use, &request, outbox);
    if (!use->failed)
        hdx_desk_deliver(use->host->desk);
}

#define TEXT "{\"type\":\"string\"}"

static const char output[] =
    "{\"type\":\"object\",\"properties\":{"
    "\"decision\":{\"enum\":[\"answer\",\"clarify\",\"escalate\"]},"
    "\"confidence\":{\"type\":\"number\"},\"locale\":" TEXT
    ",\"reassurance\":" TEXT ",\"answer\":" TEXT ",\"deep_link\":" TEXT
    ",\"prompt\":" TEXT ",\"sources\":{\"type\":\"array\",\"items\":" TEXT "},"
    "\"options\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
    "\"properties\":{\"label\":" TEXT ",\"value\":" TEXT "}}},"
    "\"contact\":" TEXT ",\"session\":" TEXT
    "},\"required\":[\"decision\",\"confidence\",\"locale\",\"options\"]}";

const hdx_mcp_tool hdx_mcp_tool_ask = {
    .name = "ask",
    .title = "Decide what to say",
    .description = "What the help centre says to a customer's message: a "
                   "checked answer, a question with options, or that a person "
                   "is needed. Say a reassurance first. Changes nothing.",
    .params = params,
    .param_count = sizeof params / sizeof *params,
    .output = output,
    .scopes = HDX_SCOPE_ANY,
    .run = ask};

const hdx_mcp_tool hdx_mcp_tool_escalate = {
    .name = "escalate",
    .title = "Hand over to a person",
    .description = "A person of the help desk takes the conversation over. "
                   "Give the session of ask, so that they need not ask again.",
    .params = params,
    .param_count = sizeof params / sizeof *params,
    .output = output,
    .scopes = HDX_SCOPE_AGENT | HDX_SCOPE_ADMIN,
    .writes = true,
    .run = escalate};
