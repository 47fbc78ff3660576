/* Following a decision up; see server/converse.h. */
#include "server/converse.h"

/* Each may take its timeout, and the customer waits. */
enum { FLOWS_MOST = 2 };

helpdex_status hdx_converse_tell(helpdex_assistant *assistant,
                                 const helpdex_ask_request *request,
                                 const helpdex_flow_result *result,
                                 helpdex_reply **reply, helpdex_error *err)
{
    static const helpdex_outcome outcomes[] = {
        [HELPDEX_FLOW_DONE] = HELPDEX_OUTCOME_FLOW_DONE,
        [HELPDEX_FLOW_PENDING] = HELPDEX_OUTCOME_FLOW_PENDING,
        [HELPDEX_FLOW_FAILED] = HELPDEX_OUTCOME_FLOW_FAILED};
    helpdex_ask_request next = *request;
    helpdex_reply *told = NULL;
    next.message = "";
    next.message_size = SIZE_MAX;
    next.session = helpdex_reply_decision(*reply)->session;
    next.outcome = outcomes[helpdex_flow_result_status(result)];
    next.outcome_text = helpdex_flow_result_text(result);
    helpdex_status status = helpdex_ask(assistant, &next, &told, err);
    if (!status) {
        helpdex_reply_free(*reply);
        *reply = told;
    }
    return status;
}

/* Calls the flow of a decision, if it is one of ours, and tells its outcome. */
static helpdex_status follow(helpdex_assistant *assistant,
                             const helpdex_ask_request *request,
                             const helpdex_handoff_config *config,
                             helpdex_reply **reply, bool *followed,
                             helpdex_error *err)
{
    const helpdex_decision *decision = helpdex_reply_decision(*reply);
    helpdex_flow_result *result = NULL;
    *followed = false;
    if (!decision->flow || !decision->session || !config)
        return HELPDEX_OK;
    helpdex_flow_request flow = {.flow = decision->flow->name,
                                 .key = decision->flow->key,
                                 .slots = decision->flow->slots,
                                 .context = decision->flow->context,
                                 .locale = decision->locale};
    helpdex_status status = helpdex_flow_call(config, &flow, &result, err);
    if (status == HELPDEX_NOT_FOUND) /* it is for the caller */
        return HELPDEX_OK;
    if (!status)
        status = hdx_converse_tell(assistant, request, result, reply, err);
    helpdex_flow_result_free(result);
    *followed = status == HELPDEX_OK;
    return status;
}

helpdex_status hdx_converse(helpdex_assistant *assistant,
                            const helpdex_ask_request *request,
                            const helpdex_handoff_config *config,
                            helpdex_reply **out, helpdex_error *err)
{
    bool followed = true;
    helpdex_status status = helpdex_ask(assistant, request, out, err);
    if (status)
        return status;
    /* Where one has failed the path may go on to another. */
    for (int n = 0; n < FLOWS_MOST && followed && !status; n++)
        status = follow(assistant, request, config, out, &followed, err);
    if (status) {
        helpdex_reply_free(*out);
        *out = NULL;
    }
    return status;
}
