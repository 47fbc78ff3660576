/* the handoff packet is written as docs/schemas/handoff.json says */
#include <cjson/cJSON.h>

#include "assist/packet.h"
#include "base/file.h"

#include "tests/unit/support.h"

#define HELP "https://help.tidemark.example/"

static hdx_arena arena;

/* The packet of tests/handoff/packet.json. */
static hdx_packet sample(void)
{
    static const char *const languages[] = {"th", "en"};
    static const char *const reasons[] = {"stakes", "asked for a person"};
    static const hdx_packet_article shown[] = {{"missing-deposit", "เลขเมโม",
                                                "th", "เงินฝากยังไม่เข้า",
                                                HELP "th/missing-deposit"}};
    static const hdx_packet_article suggested = {"missing-deposit", NULL, "en",
                                                 "My deposit has not arrived",
                                                 HELP "en/missing-deposit"};
    static const hdx_packet_option options[] = {{"โอนเหรียญ", "crypto"},
                                                {"โอนผ่านธนาคาร", NULL}};
    static const hdx_packet_answer answers[] = {{"ส่งผ่านเครือข่ายใด", "TRC20"}};
    static const hdx_packet_flow flows[] = {{"trace-deposit", "failed"}};
    static const hdx_packet_turn turns[] = {
        {HDX_PACKET_CUSTOMER, "เงินหายไปไหน <email>", 1795589880},
        {HDX_PACKET_ASSISTANT, "เงินของคุณปลอดภัย", 1795589881}};
    static const hdx_packet_pair slots[] = {{"txid", "<key>"},
                                            {"method", "crypto"}};
    static const hdx_packet_pair context[] = {
        {"region", "TH"}, {"customer", "c-42"}, {"account.state", "active"}};
    return (hdx_packet){.id = "h-7f3a.1",
                        .created = 1795590000,
                        .category = "deposits",
                        .urgency = HDX_URGENCY_URGENT,
                        .queue = "deposits",
                        .locale = "th",
                        .agent_languages = languages,
                        .agent_language_count = 2,
                        .summary = "ฝากเงินแล้วยอดไม่เข้า",
                        .reasons = reasons,
                        .reason_count = 2,
                        .articles = shown,
                        .article_count = 1,
                        .options = options,
                        .option_count = 2,
                        .answers = answers,
                        .answer_count = 1,
                        .flows = flows,
                        .flow_count = 1,
                        .transcript = turns,
                        .turn_count = 2,
                        .slots = slots,
                        .slot_count = 2,
                        .context = context,
                        .context_count = 3,
                        .suggested = &suggested,
                        .session = "s-1"};
}

static cJSON *written(const hdx_packet *packet)
{
    hdx_str json;
    ck_assert_int_eq(hdx_packet_json(&arena, packet, &json, NULL), 0);
    cJSON *tree = cJSON_Parse(json.ptr);
    ck_assert_ptr_nonnull(tree);
    return tree;
}

START_TEST(a_packet_says_all_that_an_agent_needs)
{
    hdx_str golden;
    hdx_packet packet = sample();
    ck_assert_int_eq(hdx_file_read(&arena,
                                   SOURCE_DIR "/tests/handoff/packet.json",
                                   1 << 20, &golden, NULL),
                     0);
    cJSON *expected = cJSON_ParseWithLength(golden.ptr, golden.len);
    cJSON *seen = written(&packet);
    char *printed = cJSON_Print(seen);
    ck_assert_msg(cJSON_Compare(seen, expected, true), "%s", printed);
    cJSON_free(printed);
    cJSON_Delete(seen);
    cJSON_Delete(expected);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(lists_are_there_when_they_are_empty)
{
    hdx_packet packet = {.id = "h", .queue = "general", .locale = "ko"};
    static const char *const lists[] = {"agent_languages", "reasons",
                                        "transcript", "slots", "context"};
    static const char *const below[] = {"articles", "options", "answers",
                                        "flows"};
    cJSON *tree = written(&packet);
    cJSON *tried = cJSON_GetObjectItem(tree, "tried");
    for (size_t i = 0; i < 5; i++)
        ck_assert_ptr_nonnull(cJSON_GetObjectItem(tree, lists[i]));
    for (size_t i = 0; i < 4; i++)
        ck_assert(cJSON_IsArray(cJSON_GetObjectItem(tried, below[i])));
    cJSON_Delete(tree);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(what_is_unknown_is_left_out)
{
    hdx_packet packet = {.id = "h", .queue = "general", .locale = "ko"};
    static const char *const names[] = {"category", "summary", "session",
                                        "suggested_article"};
    cJSON *tree = written(&packet);
    for (size_t i = 0; i < 4; i++)
        ck_assert(!cJSON_HasObjectItem(tree, names[i]));
    cJSON_Delete(tree);
    hdx_arena_free(&arena);
}
END_TEST

START_TEST(urgencies_have_the_names_of_help_desks)
{
    static const char *const names[] = {"low", "normal", "high", "urgent"};
    for (int i = 0; i < HDX_URGENCIES; i++)
        ck_assert_str_eq(hdx_urgency_name((hdx_urgency)i), names[i]);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {a_packet_says_all_that_an_agent_needs,
                                  lists_are_there_when_they_are_empty,
                                  what_is_unknown_is_left_out,
                                  urgencies_have_the_names_of_help_desks, NULL};
    return run_suite("packet", tests);
}
