/* personal flows: what a backend says, and what is said when it does not */
#include "tests/unit/receiver.h"

static const char flows[] = "flows:\n"
                            "  proof-of-address:\n"
                            "    url: http://127.0.0.1:%d/flow\n"
                            "    secret_env: DESK_SECRET\n"
                            "    timeout: 5\n"
                            "  hasty:\n"
                            "    url: http://127.0.0.1:%d/flow\n"
                            "    secret_env: DESK_SECRET\n"
                            "    timeout: 1\n";

static helpdex_handoff_config *config;

static void set_up(const char *lines)
{
    start_desk();
    script(lines);
    config = config_of(flows);
}

static helpdex_flow_result *call(const char *flow)
{
    helpdex_flow_result *result = NULL;
    helpdex_error err = {0};
    const helpdex_flow_request request = {.flow = flow,
                                          .key = "s-1.poa",
                                          .slots = "{\"country\":\"日本\"}",
                                          .locale = "ja"};
    helpdex_flow_call(config, &request, &result, &err);
    ck_assert_msg(result, "%s", err.message);
    return result;
}

static void tear_down(helpdex_flow_result *result)
{
    helpdex_flow_result_free(result);
    helpdex_handoff_config_free(config);
}

START_TEST(a_backend_is_told_flow_slots_and_language_signed)
{
    set_up("");
    helpdex_flow_result *r = call("proof-of-address");
    cJSON *list = requests(), *at = cJSON_GetArrayItem(list, 0);
    cJSON *headers = cJSON_GetObjectItem(at, "headers");
    ck_assert_int_eq(helpdex_flow_result_status(r), HELPDEX_FLOW_DONE);
    ck_assert_str_eq(cJSON_GetObjectItem(at, "body")->valuestring,
                     "{\"flow\":\"proof-of-address\",\"id\":\"s-1.poa\","
                     "\"locale\":\"ja\",\"slots\":{\"country\":\"日本\"},"
                     "\"context\":{}}");
    ck_assert(cJSON_HasObjectItem(headers, "Helpdex-Signature"));
    ck_assert_str_eq(
        cJSON_GetObjectItem(headers, "Idempotency-Key")->valuestring,
        "s-1.poa");
    cJSON_Delete(list);
    tear_down(r);
}
END_TEST

START_TEST(what_the_backend_says_goes_to_the_customer)
{
    set_up("say {\"status\":\"pending\",\"text\":\"審査中です。\"}\n");
    helpdex_flow_result *r = call("proof-of-address");
    ck_assert_int_eq(helpdex_flow_result_status(r), HELPDEX_FLOW_PENDING);
    ck_assert_str_eq(helpdex_flow_result_text(r), "審査中です。");
    ck_assert_ptr_null(helpdex_flow_result_why(r));
    tear_down(r);
}
END_TEST

START_TEST(a_backend_may_say_that_it_failed)
{
    set_up("say {\"status\":\"failed\"}\n");
    helpdex_flow_result *r = call("proof-of-address");
    ck_assert_int_eq(helpdex_flow_result_status(r), HELPDEX_FLOW_FAILED);
    ck_assert_ptr_null(helpdex_flow_result_text(r));
    ck_assert_ptr_null(helpdex_flow_result_why(r));
    ck_assert(!helpdex_flow_result_uncertain(r));
    tear_down(r);
}
END_TEST

START_TEST(who_does_not_answer_in_time_has_failed_perhaps)
{
    set_up("hang\n");
    helpdex_flow_result *r = call("hasty");
    ck_assert_int_eq(helpdex_flow_result_status(r), HELPDEX_FLOW_FAILED);
    ck_assert(helpdex_flow_result_uncertain(r));
    ck_assert_ptr_nonnull(strstr(helpdex_flow_result_why(r), "no answer: "));
    ck_assert_int_eq(request_count(), 1);
    tear_down(r);
}
END_TEST

static void expect_failure(const char *lines, bool uncertain, const char *why)
{
    set_up(lines);
    helpdex_flow_result *r = call("proof-of-address");
    ck_assert_int_eq(helpdex_flow_result_status(r), HELPDEX_FLOW_FAILED);
    ck_assert_int_eq(helpdex_flow_result_uncertain(r), uncertain);
    ck_assert_msg(strstr(helpdex_flow_result_why(r), why), "%s is not %s",
                  helpdex_flow_result_why(r), why);
    ck_assert_ptr_null(helpdex_flow_result_text(r));
    tear_down(r);
}

START_TEST(other_answers_are_failures_and_say_why)
{
    expect_failure("500\n", true, "answered 500");
    expect_failure("404\n", false, "answered 404");
    expect_failure("page\n", true, "no \"status\"");
    expect_failure("say {\"status\":\"ok\"}\n", true, "no \"status\"");
    expect_failure("drop\n", true, "no answer: ");
}
END_TEST

START_TEST(nobody_there_is_a_failure_that_did_nothing)
{
    set_up("");
    desk.port = 1;
    helpdex_handoff_config_free(config);
    config = config_of(flows);
    helpdex_flow_result *r = call("proof-of-address");
    ck_assert_int_eq(helpdex_flow_result_status(r), HELPDEX_FLOW_FAILED);
    ck_assert(!helpdex_flow_result_uncertain(r));
    tear_down(r);
}
END_TEST

START_TEST(a_text_is_cut_at_4096_bytes)
{
    char line[6200] = "say {\"status\":\"done\",\"text\":\"";
    for (int i = 0; i < 2000; i++)
        strcat(line, "ก");
    strcat(line, "\"}\n");
    set_up(line);
    helpdex_flow_result *r = call("proof-of-address");
    ck_assert_uint_eq(strlen(helpdex_flow_result_text(r)), 4095);
    tear_down(r);
}
END_TEST

static void expect_refusal(helpdex_flow_request request, helpdex_status status,
                           const char *why)
{
    helpdex_flow_result *result;
    helpdex_error err = {0};
    ck_assert_int_eq(helpdex_flow_call(config, &request, &result, &err),
                     status);
    ck_assert_ptr_null(result);
    ck_assert_ptr_nonnull(strstr(err.message, why));
}

START_TEST(a_wrong_request_is_an_error)
{
    helpdex_flow_request r = {.flow = "hasty", .key = "k", .slots = "{}"};
    set_up("");
    r.flow = "none";
    expect_refusal(r, HELPDEX_NOT_FOUND, "no flow none");
    r.flow = "hasty";
    r.key = "a b";
    expect_refusal(r, HELPDEX_INVALID, "the key");
    r.key = "k";
    r.slots = "[]";
    expect_refusal(r, HELPDEX_INVALID, "no JSON object");
    r.slots = "{}, \"flow\": \"another\"";
    expect_refusal(r, HELPDEX_INVALID, "no JSON object");
    r.slots = NULL;
    expect_refusal(r, HELPDEX_INVALID, "no JSON object");
    ck_assert_int_eq(request_count(), 0);
    tear_down(NULL);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_backend_is_told_flow_slots_and_language_signed,
        what_the_backend_says_goes_to_the_customer,
        a_backend_may_say_that_it_failed,
        who_does_not_answer_in_time_has_failed_perhaps,
        other_answers_are_failures_and_say_why,
        nobody_there_is_a_failure_that_did_nothing,
        a_text_is_cut_at_4096_bytes,
        a_wrong_request_is_an_error,
        NULL};
    return run_suite("flow", tests);
}
