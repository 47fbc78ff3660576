/* Following a decision up; see server/converse.h. */
#include "server/converse.h"

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

helpdex_status hdx_converse(helpdex_assistant *assistant,
                            const helpdex_ask_request *request,
                            const helpdex_handoff_config *config,
                            helpdex_outbox *outbox, helpdex_reply **out,
                            helpdex_error *err)
{
    helpdex_flow_result *result = NULL;
    helpdex_status status = helpdex_ask(assistant, request, out, err);
    if (status)
        return status;
    const helpdex_decision *decision = helpdex_reply_decision(*out);
    if (decision->flow && config && decision->session) {
        helpdex_flow_request flow = {.flow = decision->flow->name,
                                     .key = decision->flow->key,
                                     .slots = decision->flow->slots,
                                     .context = decision->flow->context,
                                     .locale = decision->locale};
        status = helpdex_flow_call(config, &flow, &result, err);
        if (status == HELPDEX_NOT_FOUND) /* it is for the caller */
            status = HELPDEX_OK;
        else if (!status)
            status = hdx_converse_tell(assistant, request, result, out, err);
        helpdex_flow_result_free(result);
    }
    decision = helpdex_reply_decision(*out);
    if (!status && decision->handoff && outbox)
        status = helpdex_outbox_put(outbox, decision->handoff, err);
    if (status) {
        helpdex_reply_free(*out);
        *out = NULL;
    }
    return status;
}
