/* packets become tickets and conversations, once, in the shapes that help
   desks document */
#include "base/file.h"
#include "handoff/adapter.h"
#include "handoff/outbox.h"

#include "tests/unit/receiver.h"

#define HEAD                                                                   \
    "handoff:\n"                                                               \
    "  outbox: outbox.db\n"                                                    \
    "  targets:\n"

static const char zendesk[] = HEAD "    desk:\n"
                                   "      adapter: zendesk\n"
                                   "      url: http://127.0.0.1:%d/\n"
                                   "      user: bot@tidemark.example\n"
                                   "      secret_env: DESK_SECRET\n"
                                   "      submitter: 90001\n"
                                   "      customer_email: email\n"
                                   "      customer_name: name\n"
                                   "      fields:\n"
                                   "        \"360001\": slots.method\n"
                                   "        \"360002\": context.account.state\n"
                                   "        \"360003\": slots.unknown\n";

static const char chatwoot[] = HEAD "    desk:\n"
                                    "      adapter: chatwoot\n"
                                    "      url: http://127.0.0.1:%d\n"
                                    "      account: 2\n"
                                    "      inbox: 3\n"
                                    "      secret_env: DESK_SECRET\n"
                                    "      customer_id: customer\n"
                                    "      customer_name: name\n";

static helpdex_handoff_config *config;
static helpdex_outbox *outbox;
static int64_t moment = 1795590000000;

static int64_t now(void *context)
{
    (void)context;
    return moment;
}

static void set_up(const char *yaml)
{
    start_desk();
    config = config_of(yaml);
    ck_assert_int_eq(helpdex_outbox_open(config, &outbox, NULL), 0);
    hdx_outbox_set_clock(outbox, now, NULL);
}

static void tear_down(void)
{
    helpdex_outbox_free(outbox);
    helpdex_handoff_config_free(config);
}

static char *golden(const char *name)
{
    char path[512];
    size_t size;
    snprintf(path, sizeof path, SOURCE_DIR "/tests/handoff/%s", name);
    return read_text(path, &size);
}

/* The sample packet, with what the caller says of the customer. */
static void put(const char *email)
{
    char *text = golden("packet.json");
    cJSON *packet = cJSON_Parse(text);
    cJSON *context = cJSON_GetObjectItem(packet, "context");
    if (email) {
        cJSON_AddStringToObject(context, "email", email);
        cJSON_AddStringToObject(context, "name", "สมชาย");
    }
    char *printed = cJSON_PrintUnformatted(packet);
    ck_assert_int_eq(helpdex_outbox_put(outbox, printed, NULL), 0);
    cJSON_free(printed);
    cJSON_Delete(packet);
    free(text);
}

static helpdex_delivered deliver(void)
{
    helpdex_delivered report;
    ck_assert_int_eq(helpdex_outbox_deliver(outbox, &report, NULL), 0);
    moment += 40000;
    return report;
}

/* All requests with method, path and body, as the golden files have them. */
static cJSON *calls(void)
{
    cJSON *at, *list = requests();
    cJSON_ArrayForEach(at, list)
    {
        const char *body = cJSON_GetObjectItem(at, "body")->valuestring;
        cJSON_DeleteItemFromObject(at, "headers");
        if (*body)
            cJSON_ReplaceItemInObject(at, "body", cJSON_Parse(body));
        else
            cJSON_DeleteItemFromObject(at, "body");
    }
    return list;
}

static void expect_calls(const char *name)
{
    char *text = golden(name);
    cJSON *expected = cJSON_Parse(text), *seen = calls();
    char *printed = cJSON_Print(seen);
    ck_assert_msg(cJSON_Compare(seen, expected, true), "%s is not %s", printed,
                  name);
    cJSON_free(printed);
    cJSON_Delete(seen);
    cJSON_Delete(expected);
    free(text);
}

static const char *header(int request, const char *name)
{
    static char value[512];
    cJSON *list = requests();
    cJSON *headers =
        cJSON_GetObjectItem(cJSON_GetArrayItem(list, request), "headers");
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(headers, name));
    snprintf(value, sizeof value, "%s", text ? text : "none");
    cJSON_Delete(list);
    return value;
}

static int count_of(const char *line)
{
    int count = 0;
    const char *lines = request_lines();
    for (const char *at = lines; (at = strstr(at, line)); at += strlen(line))
        count++;
    return count;
}

START_TEST(an_agent_reads_the_packet_as_a_note)
{
    hdx_arena arena = {NULL};
    hdx_str note;
    char *text = golden("packet.json"), *expected = golden("note.txt");
    cJSON *packet = cJSON_Parse(text);
    ck_assert_int_eq(hdx_note_text(&arena, packet, &note, NULL), 0);
    ck_assert_str_eq(note.ptr, expected);
    cJSON_Delete(packet);
    hdx_arena_free(&arena);
    free(expected);
    free(text);
}
END_TEST

START_TEST(a_note_is_cut_between_characters)
{
    hdx_arena arena = {NULL};
    hdx_str note;
    static char text[90000];
    memset(text, 'x', sizeof text - 1);
    for (size_t i = 1; i + 3 < sizeof text; i += 3)
        memcpy(text + i, "ก", 3);
    cJSON *packet = cJSON_CreateObject();
    cJSON_AddStringToObject(packet, "summary", text);
    ck_assert_int_eq(hdx_note_text(&arena, packet, &note, NULL), 0);
    ck_assert_uint_le(note.len, 60000);
    ck_assert_uint_gt(note.len, 59990);
    ck_assert_uint_eq(hdx_utf8_check(note), SIZE_MAX);
    cJSON_Delete(packet);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(a_packet_becomes_a_ticket_with_an_internal_note)
{
    set_up(zendesk);
    put("somchai@mail.example");
    ck_assert_uint_eq(deliver().done, 1);
    expect_calls("zendesk.json");
    ck_assert_str_eq(header(0, "Authorization"),
                     "Basic Ym90QHRpZGVtYXJrLmV4YW1wbGUvdG9rZW46YSBzZWNyZXQgb2"
                     "YgbW9yZSB0aGFuIHNpeHRlZW4gYnl0ZXM=");
    ck_assert_str_eq(header(0, "Idempotency-Key"), "h-7f3a.1");
    tear_down();
}
END_TEST

START_TEST(a_ticket_without_a_known_customer_has_no_requester)
{
    set_up(zendesk);
    put(NULL);
    ck_assert_uint_eq(deliver().done, 1);
    cJSON *list = calls();
    cJSON *body = cJSON_GetObjectItem(cJSON_GetArrayItem(list, 0), "body");
    cJSON *ticket = cJSON_GetObjectItem(body, "ticket");
    ck_assert_ptr_nonnull(ticket);
    ck_assert(!cJSON_HasObjectItem(ticket, "requester"));
    cJSON_Delete(list);
    tear_down();
}
END_TEST

START_TEST(a_ticket_whose_answer_was_lost_is_found_again)
{
    set_up(zendesk);
    script("drop\n");
    put(NULL);
    ck_assert_uint_eq(deliver().postponed, 1);
    ck_assert_uint_eq(deliver().done, 1);
    ck_assert_str_eq(request_lines(),
                     "POST /api/v2/tickets.json\n"
                     "GET /api/v2/tickets.json?external_id=h-7f3a.1\n");
    tear_down();
}
END_TEST

START_TEST(a_ticket_that_was_not_made_is_made_after_looking)
{
    set_up(zendesk);
    script("503\n");
    put(NULL);
    ck_assert_uint_eq(deliver().postponed, 1);
    ck_assert_uint_eq(deliver().done, 1);
    ck_assert_int_eq(count_of("POST /api/v2/tickets.json\n"), 2);
    ck_assert_int_eq(count_of("GET "), 1);
    tear_down();
}
END_TEST

START_TEST(a_packet_becomes_a_conversation_with_a_private_note)
{
    set_up(chatwoot);
    put("somchai@mail.example");
    ck_assert_uint_eq(deliver().done, 1);
    expect_calls("chatwoot.json");
    for (int i = 0; i < 5; i++)
        ck_assert_str_eq(header(i, "api_access_token"), DESK_SECRET);
    tear_down();
}
END_TEST

/* A call of the walk breaks after its work was done. */
static void break_and_go_on(const char *lines)
{
    set_up(chatwoot);
    script(lines);
    put(NULL);
    ck_assert_uint_eq(deliver().postponed, 1);
    ck_assert_uint_eq(deliver().done, 1);
    ck_assert_int_eq(count_of("POST /api/v1/accounts/2/contacts\n"), 1);
    ck_assert_int_eq(count_of("POST /api/v1/accounts/2/conversations\n"), 1);
    ck_assert_int_eq(
        count_of("POST /api/v1/accounts/2/conversations/71/messages\n"), 1);
    tear_down();
}

START_TEST(a_conversation_is_made_once_wherever_it_breaks)
{
    break_and_go_on("drop\n");
    break_and_go_on("done\ndrop\n");
    break_and_go_on("done\ndone\ndrop\n");
    break_and_go_on("done\ndone\ndone\ndrop\n");
    break_and_go_on("done\ndone\ndone\ndone\ndrop\n");
}
END_TEST

START_TEST(a_walk_goes_on_where_it_was)
{
    set_up(chatwoot);
    script("done\ndone\ndone\n503\n");
    put(NULL);
    ck_assert_uint_eq(deliver().postponed, 1);
    ck_assert_uint_eq(deliver().done, 1);
    ck_assert_int_eq(count_of("contacts/filter"), 1);
    ck_assert_int_eq(count_of("POST /api/v1/accounts/2/contacts\n"), 1);
    ck_assert_int_eq(count_of("POST /api/v1/accounts/2/conversations\n"), 1);
    tear_down();
}
END_TEST

START_TEST(a_customer_who_is_known_is_not_made_again)
{
    char packet[] = "{\"id\":\"h-0\",\"context\":{\"customer\":\"c-42\"}}";
    set_up(chatwoot);
    for (packet[9] = '1'; packet[9] <= '2'; packet[9]++)
        ck_assert_int_eq(helpdex_outbox_put(outbox, packet, NULL), 0);
    ck_assert_uint_eq(deliver().done, 2);
    ck_assert_int_eq(count_of("POST /api/v1/accounts/2/contacts\n"), 1);
    ck_assert_int_eq(count_of("POST /api/v1/accounts/2/conversations\n"), 2);
    tear_down();
}
END_TEST

START_TEST(a_customer_of_another_inbox_joins_ours)
{
    set_up(chatwoot);
    put(NULL);
    ck_assert_uint_eq(deliver().done, 1);
    config->targets.items[0].inbox = 4;
    ck_assert_int_eq(helpdex_outbox_put(
                         outbox,
                         "{\"id\":\"h-2\",\"context\":{\"customer\":\"c-42\"}}",
                         NULL),
                     0);
    ck_assert_uint_eq(deliver().done, 1);
    ck_assert_int_eq(
        count_of("POST /api/v1/accounts/2/contacts/11/contact_inboxes\n"), 1);
    tear_down();
}
END_TEST

static const char *failure(void)
{
    static char text[512];
    helpdex_failures *list;
    ck_assert_int_eq(helpdex_outbox_failures(outbox, &list, NULL), 0);
    ck_assert_uint_eq(helpdex_failures_count(list), 1);
    snprintf(text, sizeof text, "%s", helpdex_failures_at(list, 0)->why);
    helpdex_failures_free(list);
    return text;
}

START_TEST(a_page_of_a_proxy_is_no_ticket)
{
    set_up(zendesk);
    script("page\npage\n");
    put(NULL);
    ck_assert_uint_eq(deliver().postponed, 1);
    moment += 3LL * 86400000;
    ck_assert_uint_eq(deliver().failed, 1);
    ck_assert_str_eq(failure(),
                     "answered 200, but not as this adapter expects "
                     "(<html>Sign in</html>); check the adapter and the url");
    tear_down();
}
END_TEST

START_TEST(answers_of_other_shapes_are_not_believed)
{
    set_up(zendesk);
    script("say {\"ticket\": 7}\nsay {\"tickets\": 7}\nsay [1]\n"
           "say {\"tickets\": []}\nsay {\"ticket\": {\"id\": \"7\"}}\n"
           "say null\nsay \n");
    put(NULL);
    for (int i = 0; i < 6; i++, moment += 3600000)
        ck_assert_uint_eq(deliver().postponed, 1);
    ck_assert_uint_eq(deliver().done, 1);
    tear_down();
}
END_TEST

static void expect_any_shape(const char *yaml)
{
    static const char *const packets[] = {
        "{\"id\":\"a\"}",
        "{\"id\":\"b\",\"tried\":[1,2],\"transcript\":{\"x\":{}}}",
        "{\"id\":\"c\",\"tried\":{\"articles\":[1],\"options\":\"x\"}}",
        "{\"id\":\"d\",\"context\":7,\"slots\":[[]],\"suggested_article\":1}",
        "{\"id\":\"e\",\"agent_languages\":[null,{}],\"reasons\":\"x\"}"};
    set_up(yaml);
    for (size_t i = 0; i < sizeof packets / sizeof *packets; i++)
        ck_assert_int_eq(helpdex_outbox_put(outbox, packets[i], NULL), 0);
    ck_assert_uint_eq(deliver().done, 5);
    tear_down();
}

START_TEST(packets_of_any_shape_break_nothing)
{
    expect_any_shape(zendesk);
    expect_any_shape(chatwoot);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        an_agent_reads_the_packet_as_a_note,
        a_note_is_cut_between_characters,
        a_packet_becomes_a_ticket_with_an_internal_note,
        a_ticket_without_a_known_customer_has_no_requester,
        a_ticket_whose_answer_was_lost_is_found_again,
        a_ticket_that_was_not_made_is_made_after_looking,
        a_packet_becomes_a_conversation_with_a_private_note,
        a_conversation_is_made_once_wherever_it_breaks,
        a_walk_goes_on_where_it_was,
        a_customer_who_is_known_is_not_made_again,
        a_customer_of_another_inbox_joins_ours,
        a_page_of_a_proxy_is_no_ticket,
        answers_of_other_shapes_are_not_believed,
        packets_of_any_shape_break_nothing,
        NULL};
    return run_suite("adapters", tests);
}
