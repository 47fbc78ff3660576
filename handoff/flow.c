/*
 * Personal flows: one signed call to a backend of the operator's, for one
 * customer who waits. It is asked once; whoever wants more asks again with the
 * same key.
 */
#include <helpdex/handoff.h>

#include <stdlib.h>
#include <time.h>

#include "handoff/adapter.h"

enum { TEXT_MOST = 4096 };

struct helpdex_flow_result {
    hdx_arena arena;
    helpdex_flow_status status;
    const char *text;
    const char *why;
    bool uncertain;
};

static bool is_object(const char *json)
{
    cJSON *tree = cJSON_ParseWithOpts(json, NULL, true);
    bool is = cJSON_IsObject(tree);
    cJSON_Delete(tree);
    return is;
}

static helpdex_status write_body(hdx_arena *arena,
                                 const helpdex_flow_request *request,
                                 hdx_str *out, helpdex_error *err)
{
    hdx_buf body = {NULL};
    hdx_json json = {.out = &body};
    const char *context = request->context ? request->context : "{}";
    if (!is_object(request->slots) || !is_object(context))
        return hdx_fail(err, HELPDEX_INVALID,
                        "slots or context of a flow are no JSON object; give "
                        "{\"name\": \"value\"}");
    hdx_json_object(&json, NULL);
    hdx_json_text(&json, "flow", request->flow);
    hdx_json_text(&json, "id", request->key);
    hdx_body_text(&json, "locale", request->locale);
    hdx_json_raw(&json, "slots", hdx_str_of(request->slots));
    hdx_json_raw(&json, "context", hdx_str_of(context));
    hdx_json_end_object(&json);
    return hdx_body_of(arena, &body, out, err);
}

/* {"status": "done" | "pending" | "failed", "text": "..."?} */
static bool understand(helpdex_flow_result *result, const cJSON *answer)
{
    static const char *const names[] = {[HELPDEX_FLOW_DONE] = "done",
                                        [HELPDEX_FLOW_PENDING] = "pending",
                                        [HELPDEX_FLOW_FAILED] = "failed"};
    const char *said = hdx_packet_text(answer, "status");
    const char *text = hdx_packet_text(answer, "text");
    for (size_t i = 0; said && i < sizeof names / sizeof *names; i++) {
        if (strcmp(said, names[i]) != 0)
            continue;
        hdx_str cut = hdx_utf8_cut(hdx_str_of(text), TEXT_MOST);
        if (text && hdx_utf8_check(cut) != SIZE_MAX)
            return false;
        result->text = text ? hdx_arena_copy(&result->arena, cut).ptr : NULL;
        result->status = (helpdex_flow_status)i;
        return result->text || !text;
    }
    return false;
}

static helpdex_status read_answer(helpdex_flow_result *result,
                                  const hdx_http_answer *answer,
                                  helpdex_error *err)
{
    result->status = HELPDEX_FLOW_FAILED;
    /* Whoever refused (4xx) has done nothing. */
    bool refused = hdx_http_verdict(answer) == HDX_VERDICT_NEVER;
    result->uncertain = answer->sent && !refused;
    if (hdx_http_verdict(answer) != HDX_VERDICT_DONE) {
        hdx_str why =
            answer->why
                ? hdx_arena_format(&result->arena, "no answer: %s", answer->why)
                : hdx_arena_format(&result->arena, "answered %ld",
                                   answer->status);
        result->why = why.ptr;
        return why.ptr ? HELPDEX_OK : hdx_fail_nomem(err);
    }
    cJSON *json = cJSON_ParseWithLength(answer->body.ptr, answer->body.len);
    if (understand(result, json))
        result->uncertain = false;
    else
        result->why = "no \"status\" of done, pending or failed in its answer";
    cJSON_Delete(json);
    return HELPDEX_OK;
}

static helpdex_status call(const hdx_peer *flow,
                           const helpdex_flow_request *request,
                           helpdex_flow_result *result, helpdex_error *err)
{
    hdx_http_request http = {.url = flow->url, .timeout = flow->timeout};
    hdx_http_answer answer;
    helpdex_status status =
        write_body(&result->arena, request, &http.body, err);
    if (!status)
        status = hdx_http_sign(&result->arena, &http, request->key,
                               flow->secret, (int64_t)time(NULL), err);
    if (!status)
        status = hdx_http_send(&result->arena, &http, &answer, err);
    return status ? status : read_answer(result, &answer, err);
}

helpdex_status helpdex_flow_call(const helpdex_handoff_config *config,
                                 const helpdex_flow_request *request,
                                 helpdex_flow_result **out, helpdex_error *err)
{
    *out = NULL;
    const hdx_peer *flow = hdx_peer_find(&config->flows, request->flow);
    if (!flow)
        return hdx_fail(err, HELPDEX_NOT_FOUND,
                        "the configuration has no flow %s; add it below flows",
                        request->flow);
    if (!hdx_is_key(request->key))
        return hdx_fail(err, HELPDEX_INVALID,
                        "the key of a flow is not 1 to 128 letters, digits, "
                        "'.', '_' or '-'; give such a one");
    helpdex_flow_result *made = calloc(1, sizeof *made);
    if (!made)
        return hdx_fail_nomem(err);
    helpdex_status status = call(flow, request, made, err);
    if (status) {
        helpdex_flow_result_free(made);
        return status;
    }
    *out = made;
    return HELPDEX_OK;
}

helpdex_flow_status helpdex_flow_result_status(
    const helpdex_flow_result *result)
{
    return result->status;
}

const char *helpdex_flow_result_text(const helpdex_flow_result *result)
{
    return result->text;
}

const char *helpdex_flow_result_why(const helpdex_flow_result *result)
{
    return result->why;
}

bool helpdex_flow_result_uncertain(const helpdex_flow_result *result)
{
    return result->uncertain;
}

void helpdex_flow_result_free(helpdex_flow_result *result)
{
    if (!result)
        return;
    hdx_arena_free(&result->arena);
    free(result);
}
