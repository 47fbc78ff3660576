/*
 * One message of a conversation, and what is decided about it. Personal flows
 * are called and handoffs put into the outbox here; a flow that the server does
 * not know is left for the caller, who tells its outcome with the next message.
 */
#include "present/answers.h"
#include "server/body.h"
#include "server/converse.h"
#include "server/desk.h"
#include "server/errand.h"
#include "server/notes.h"
#include "server/routes.h"

enum {
    MESSAGE_MOST = 16384, /* of which the first 4,096 count */
    SESSION_MOST = 32768,
    TEXT_MOST = 4096,
    NAME_MOST = 128,
    FACTS_MOST = 64,
    FLOWS_MOST = 2 /* where one has failed the path may go on to another */
};

static const struct {
    const char *name;
    helpdex_outcome outcome;
} outcomes[] = {{"unhelped", HELPDEX_OUTCOME_UNHELPED},
                {"person", HELPDEX_OUTCOME_PERSON},
                {"flow_done", HELPDEX_OUTCOME_FLOW_DONE},
                {"flow_pending", HELPDEX_OUTCOME_FLOW_PENDING},
                {"flow_failed", HELPDEX_OUTCOME_FLOW_FAILED}};

static bool is_of_flow(helpdex_outcome outcome)
{
    return outcome == HELPDEX_OUTCOME_FLOW_DONE ||
           outcome == HELPDEX_OUTCOME_FLOW_PENDING ||
           outcome == HELPDEX_OUTCOME_FLOW_FAILED;
}

/* A person who takes over relies on what flows came to, so that no page in a
   browser may make it up. */
static bool read_outcome(hdx_exchange *x, const cJSON *body,
                         helpdex_ask_request *request)
{
    const char *name = NULL;
    if (!hdx_sent_text(x, body, "outcome", NAME_MOST, &name) ||
        !hdx_sent_text(x, body, "outcome_text", TEXT_MOST,
                       &request->outcome_text))
        return false;
    for (size_t i = 0; name && i < sizeof outcomes / sizeof *outcomes; i++)
        if (strcmp(outcomes[i].name, name) == 0)
            request->outcome = outcomes[i].outcome;
    if (name && request->outcome == HELPDEX_OUTCOME_NONE)
        hdx_problem(x, 400,
                    "outcome is none of unhelped, person, flow_done, "
                    "flow_pending and flow_failed");
    else if (is_of_flow(request->outcome) &&
             !(x->caller.scopes & HDX_SCOPE_AGENT))
        hdx_problem(x, 403,
                    "the outcome of a flow is told by a backend, with a key "
                    "whose scope is agent");
    else
        return true;
    return false;
}

static bool read_facts(hdx_exchange *x, const cJSON *body,
                       helpdex_ask_request *request)
{
    const cJSON *context = cJSON_GetObjectItemCaseSensitive(body, "context");
    const cJSON *item;
    if (!context || cJSON_IsNull(context))
        return true;
    int count = cJSON_GetArraySize(context);
    if (!cJSON_IsObject(context) || count > FACTS_MOST) {
        hdx_problem(x, 400, "context is no object of at most %d texts",
                    FACTS_MOST);
        return false;
    }
    helpdex_fact *facts =
        hdx_arena_alloc(x->arena, (size_t)(count + 1) * sizeof *facts);
    if (!facts) {
        hdx_problem(x, 503, "out of memory");
        return false;
    }
    request->facts = facts;
    cJSON_ArrayForEach(item, context)
    {
        helpdex_fact fact = {item->string, cJSON_GetStringValue(item)};
        if (!*fact.name || strlen(fact.name) > NAME_MOST || !fact.value ||
            strlen(fact.value) > TEXT_MOST) {
            hdx_problem(x, 400,
                        "context has a name that is empty or over %d bytes, or "
                        "a value that is no text of at most %d",
                        NAME_MOST, TEXT_MOST);
            return false;
        }
        facts[request->fact_count++] = fact;
    }
    return true;
}

static bool read_request(hdx_exchange *x, const cJSON *body,
                         helpdex_ask_request *request)
{
    helpdex_ask_request_init(request);
    request->key = x->desk->session_key;
    request->key_size = x->desk->session_key_size;
    return hdx_sent_text(x, body, "message", MESSAGE_MOST, &request->message) &&
           hdx_sent_text(x, body, "locale", NAME_MOST, &request->locale) &&
           hdx_sent_text(x, body, "session", SESSION_MOST, &request->session) &&
           read_facts(x, body, request) && read_outcome(x, body, request);
}

/* Says what was decided, once the packet of a handoff is safe. */
static void answer(hdx_exchange *x, const char *message, helpdex_reply *reply)
{
    helpdex_error err;
    helpdex_outbox *outbox = x->desk->outbox;
    const helpdex_decision *decision = helpdex_reply_decision(reply);
    if (decision->handoff && outbox) {
        if (helpdex_outbox_put(outbox, decision->handoff, &err)) {
            hdx_problem_of(x, &err);
            return;
        }
        hdx_desk_deliver(x->desk);
    }
    hdx_note_decision(x->desk, message, decision);
    hdx_json json = hdx_reply_json(x);
    hdx_present_decision(&json, NULL, decision);
}

/* True: the errand has the reply. */
static bool call_flow(hdx_exchange *x, const helpdex_ask_request *request,
                      helpdex_reply *reply, unsigned calls)
{
    hdx_errand *errand =
        hdx_errands_give(x->desk->errands, x, request, reply, calls);
    x->waits = errand != NULL;
    if (!x->waits) {
        hdx_problem(x, 503, "too many wait for their flows; try again");
        x->reply.retry_after = 1;
    }
    return x->waits;
}

/* Takes the reply. */
static void proceed(hdx_exchange *x, const helpdex_ask_request *request,
                    helpdex_reply *reply, unsigned calls)
{
    bool calls_flow = helpdex_reply_decision(reply)->flow && x->desk->errands &&
                      calls < FLOWS_MOST;
    if (!calls_flow)
        answer(x, request->message, reply);
    else if (call_flow(x, request, reply, calls + 1))
        return;
    helpdex_reply_free(reply);
}

void hdx_ask_go_on(hdx_exchange *x, hdx_errand *errand)
{
    helpdex_status status = errand->status;
    helpdex_reply *reply = errand->reply;
    unsigned calls = errand->calls;
    errand->reply = NULL;
    if (status == HELPDEX_NOT_FOUND) { /* it is for the caller */
        status = HELPDEX_OK;
        calls = FLOWS_MOST;
    } else if (!status) {
        status = hdx_converse_tell(x->assistant, &errand->request,
                                   errand->result, &reply, &errand->err);
    }
    if (!status) {
        proceed(x, &errand->request, reply, calls);
        return;
    }
    hdx_problem_of(x, &errand->err);
    helpdex_reply_free(reply);
}

static void decide(hdx_exchange *x, const helpdex_ask_request *request)
{
    helpdex_reply *reply;
    helpdex_error err;
    x->note = hdx_arena_copy(x->arena, hdx_str_of(request->message));
    if (helpdex_ask(x->assistant, request, &reply, &err))
        hdx_problem_of(x, &err);
    else
        proceed(x, request, reply, 0);
}

static void ask(hdx_exchange *x)
{
    helpdex_ask_request request;
    cJSON *body = hdx_body_open(x);
    if (body && read_request(x, body, &request))
        decide(x, &request);
    cJSON_Delete(body);
}

const hdx_route hdx_route_ask = {
    .method = "POST",
    .path = "/v1/ask",
    .scopes = HDX_SCOPE_ANY,
    .handler = ask,
    .name = "ask",
    .summary = "What to say to a customer: an answer, a question, or that a "
               "person takes over",
    .type = "application/json",
    .schema = "Decision",
    .body = "Message"};
