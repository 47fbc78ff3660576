/* assist/: what holds for every turn of a conversation, whatever was said. */
#include <helpdex/decide.h>
#include <helpdex/index.h>
#include <stdio.h>

#include "server/converse.h"
#include "tests/unit/support.h"

static const char key[] = "0123456789abcdef";
static helpdex_assistant *assistant;
static helpdex_reply *reply;

/* Two hundred bytes. */
#define LONG                                                                   \
    "It comes by mail within ten working days, and is sent again for nothing " \
    "when the envelope is lost. It can be used in every shop that takes it, "  \
    "at home and abroad, for as long as it is valid. "

static void write_kb(const char *kb)
{
    write_text(join(kb, "helpdex.yml"), "default_locale: en\n");
    write_text(join(kb, "en/money/money.md"),
               "---\nid: money\nquestions:\n  - Where is my deposit?\n---\n"
               "# Missing deposit\n\nYour deposit is on its way.\n");
    write_text(join(kb, "en/fees/fees.md"),
               "---\nid: fees\nquestions:\n  - What does trading cost?\n---\n"
               "# Fees\n\nTrading costs one percent.\n");
    write_text(join(kb, "th/money/money.md"),
               "---\nid: money\n---\n# เงินฝากหาย\n\nเงินฝากกำลังมา\n");
    write_text(
        join(kb, "en/cards/cards.md"),
        "---\nid: cards\nquestions:\n  - How do I freeze my plastic card?"
        "\n  - How is a plastic card frozen?\n---\n# Plastic cards\n\n" LONG
            LONG LONG LONG "You freeze a plastic card in the app. " LONG);
    write_text(join(kb, "triage/money.yml"),
               "stakes: high\nqueue: deposits\nurgency: urgent\n"
               "articles: [money]\n"
               "labels:\n  en: [deposit is missing]\n  th: [เงินไม่เข้า]\n"
               "reassurance: {en: It is not lost., th: เงินไม่หาย}\n"
               "slots:\n  how: {context: how}\n  proof: {context: proof, ask: "
               "{en: 'Which "
               "number?', th: เลขอะไร}}\n"
               "nodes:\n"
               "  ask:\n    ask: {en: How was it sent?, th: ส่งมาทางไหน}\n"
               "    slot: how\n    options:\n"
               "      - {value: bank, label: {en: By bank, th: ธนาคาร}, next: "
               "proof}\n"
               "      - {value: card, label: {en: By card, th: บัตร}, next: "
               "fees}\n"
               "  proof: {flow: trace, needs: [proof], text: {en: We look., "
               "th: รอสักครู่}, failed: {en: It failed., th: ล้มเหลว}, "
               "otherwise: again}\n"
               "  again: {flow: dig, text: {en: We dig., th: รอ}, failed: {en: "
               "Not that either., th: ล้มเหลว}, otherwise: person}\n"
               "  fees: {article: fees, otherwise: person}\n"
               "  person: {handoff: yes}\n");
    write_text(join(kb, "rules/a.yml"),
               "banners:\n  - {id: slow, level: warning, end: 2040-01-01, "
               "queries: {en: [deposit]}, text: {en: Deposits are slow.}}\n"
               "hides:\n  - {article: fees, regions: [NO]}\n");
}

static void open_index(void)
{
    const char *kb = temp_dir(), *ix = join(temp_dir(), "index");
    helpdex_report *report = NULL;
    helpdex_error err = {0};
    write_kb(kb);
    helpdex_status status = helpdex_index_build(kb, ix, NULL, &report, &err);
    helpdex_report_free(report);
    if (!status)
        status = helpdex_assistant_open(ix, &assistant, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s:%u: %s", err.file, err.line,
                  err.message);
}

static helpdex_ask_request request(const char *message)
{
    helpdex_ask_request r;
    helpdex_ask_request_init(&r);
    r.message = message;
    r.key = key;
    r.key_size = sizeof key - 1;
    r.now = 1000;
    return r;
}

static const helpdex_decision *ask(const helpdex_ask_request *r)
{
    helpdex_error err = {0};
    if (!assistant)
        open_index();
    helpdex_reply *before = reply; /* the request may have its session */
    helpdex_status status = helpdex_ask(assistant, r, &reply, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    helpdex_reply_free(before);
    return helpdex_reply_decision(reply);
}

/* Goes on in the conversation. */
static const helpdex_decision *then(const char *message)
{
    helpdex_ask_request r = request(message);
    r.session = helpdex_reply_decision(reply)->session;
    return ask(&r);
}

static const helpdex_decision *ask_from(const char *region, const char *message)
{
    helpdex_ask_request r = request(message);
    helpdex_fact facts[] = {{"region", region}, {"how", "card"}};
    r.facts = facts;
    r.fact_count = 2;
    return ask(&r);
}

START_TEST(a_path_does_not_lead_to_what_editors_hide)
{
    const helpdex_decision *d = ask_from("SE", "my deposit is missing");
    ck_assert_str_eq(d->citations[0].id, "fees");
    d = ask_from("NO", "my deposit is missing");
    ck_assert_int_eq(d->verdict, HELPDEX_ESCALATE);
    ck_assert_ptr_null(d->answer ? strstr(d->answer, "percent") : NULL);
}
END_TEST

START_TEST(of_two_facts_of_a_name_the_first_counts)
{
    helpdex_ask_request r = request("I want to talk to a human");
    helpdex_fact facts[] = {{"plan", "gold"}, {"plan", "iron"}};
    r.facts = facts;
    r.fact_count = 2;
    const helpdex_decision *d = ask(&r);
    ck_assert_ptr_nonnull(strstr(d->handoff, "gold"));
    ck_assert_ptr_null(strstr(d->handoff, "iron"));
}
END_TEST

START_TEST(a_known_issue_stands_before_a_path_begun_by_its_label)
{
    const helpdex_decision *d = ask_from("SE", "my deposit is missing");
    ck_assert_uint_eq(d->banner_count, 1);
    ck_assert_str_eq(d->banners[0].id, "slow");
    ck_assert_str_eq(d->reassurance, "It is not lost.");
}
END_TEST

/* The flow that money.yml ends in for who has sent by bank. */
static const helpdex_flow *trace(const char *number)
{
    const helpdex_decision *d = reply ? then("deposit is missing") : NULL;
    helpdex_ask_request r = request("deposit is missing");
    d = d ? d : ask(&r);
    ck_assert_ptr_nonnull(d->session);
    then("bank");
    d = then(number);
    ck_assert_ptr_nonnull(d->flow);
    return d->flow;
}

START_TEST(a_flow_with_other_answers_is_another_call)
{
    char first[129];
    snprintf(first, sizeof first, "%s", trace("number 1")->key);
    ck_assert_str_ne(trace("number 2")->key, first);
    ck_assert_str_eq(trace("number 1")->key, first);
}
END_TEST

START_TEST(the_words_of_a_wallet_are_no_answer_to_keep)
{
    const helpdex_flow *flow =
        trace("abandon abandon abandon abandon abandon abandon abandon "
              "abandon abandon abandon abandon about");
    ck_assert_str_eq(flow->slots,
                     "{\"how\":\"bank\",\"proof\":\"<seed phrase>\"}");
}
END_TEST

START_TEST(what_a_rule_decides_is_sure)
{
    helpdex_ask_request r = request("I want to talk to a human");
    ask(&r);
    const helpdex_decision *d = then("That did not help");
    ck_assert_int_eq(d->verdict, HELPDEX_ESCALATE);
    ck_assert_double_eq(d->confidence, 1);
}
END_TEST

START_TEST(the_person_gets_the_article_that_the_path_is_about)
{
    helpdex_ask_request r = request("deposit is missing");
    ask(&r);
    const helpdex_decision *d = then("I want to talk to a human");
    ck_assert_ptr_nonnull(strstr(d->handoff, "\"category\":\"money\""));
    ck_assert_ptr_nonnull(
        strstr(d->handoff, "\"suggested_article\":{\"id\":\"money\","));
}
END_TEST

START_TEST(of_a_long_section_the_answer_begins_where_it_fits)
{
    helpdex_ask_request r = request("How do I freeze my plastic card?");
    const helpdex_decision *d = ask(&r);
    ck_assert_int_eq(d->verdict, HELPDEX_ANSWER);
    ck_assert_ptr_eq(strstr(d->answer, "You freeze a plastic card"), d->answer);
}
END_TEST

START_TEST(who_was_handed_over_is_asked_no_more)
{
    helpdex_ask_request r = request("deposit is missing");
    ask(&r);
    then("I want to talk to a human");
    const helpdex_decision *d = then("thank you");
    ck_assert_int_ne(d->verdict, HELPDEX_CLARIFY);
}
END_TEST

START_TEST(a_flow_behind_one_that_failed_is_called_too)
{
    const char *path = join(temp_dir(), "handoff.yml");
    helpdex_handoff_config *config;
    helpdex_reply *last;
    helpdex_error err = {0};
    write_text(path,
               "flows:\n  trace: {url: 'http://127.0.0.1:1/', secret_env: "
               "TURN_SECRET}\n  dig: {url: 'http://127.0.0.1:1/', "
               "secret_env: TURN_SECRET}\n");
    setenv("TURN_SECRET", "0123456789abcdef0123456789abcdef", 1);
    ck_assert_msg(!helpdex_handoff_config_read(path, &config, &err), "%s",
                  err.message);
    helpdex_ask_request r = request("deposit is missing");
    ask(&r);
    r = request("number 1");
    r.session = then("bank")->session;
    ck_assert(!hdx_converse(assistant, &r, config, &last, &err));
    const helpdex_decision *d = helpdex_reply_decision(last);
    ck_assert_int_eq(d->verdict, HELPDEX_ESCALATE);
    ck_assert_str_eq(d->reassurance, "Not that either.");
    helpdex_reply_free(last);
    helpdex_handoff_config_free(config);
}
END_TEST

START_TEST(the_outcome_of_a_flow_reassures_who_has_heard_nothing_else)
{
    helpdex_ask_request r = request("deposit is missing");
    helpdex_fact facts[] = {{"how", "bank"}, {"proof", "7"}};
    r.facts = facts;
    r.fact_count = 2;
    const helpdex_decision *d = ask(&r);
    ck_assert_ptr_nonnull(d->flow);
    r.message = "";
    r.session = d->session;
    r.outcome = HELPDEX_OUTCOME_FLOW_DONE;
    r.outcome_text = "It has arrived.";
    d = ask(&r);
    ck_assert_str_eq(d->answer, "It has arrived.");
    ck_assert_str_eq(d->reassurance, "It is not lost.");
}
END_TEST

/* The id of the packet that a message leads to in a session. */
static void packet_id(const char *session, const char *message, char out[64])
{
    helpdex_ask_request r = request(message);
    r.session = session;
    const char *id = strstr(ask(&r)->handoff, "\"id\":\"");
    ck_assert_ptr_nonnull(id);
    snprintf(out, 64, "%.*s", (int)strcspn(id + 6, "\""), id + 6);
}

START_TEST(two_devices_hand_over_twice_and_a_retry_once)
{
    char session[4096], phone[64], desk[64], again[64];
    helpdex_ask_request r = request("deposit is missing");
    snprintf(session, sizeof session, "%s", ask(&r)->session);
    packet_id(session, "I want to talk to a human", phone);
    packet_id(session, "human please", desk);
    packet_id(session, "human please", again);
    ck_assert_str_ne(phone, desk);
    ck_assert_str_eq(desk, again);
}
END_TEST

START_TEST(who_writes_the_words_of_a_wallet_is_warned_and_gets_a_person)
{
    helpdex_ask_request r =
        request("abandon abandon abandon abandon abandon abandon abandon "
                "abandon abandon abandon abandon about");
    const helpdex_decision *d = ask(&r);
    ck_assert_int_eq(d->verdict, HELPDEX_ESCALATE);
    ck_assert_str_eq(d->banners[0].id, "seed-phrase");
    ck_assert_ptr_null(strstr(d->handoff, "abandon"));
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_path_does_not_lead_to_what_editors_hide,
        of_two_facts_of_a_name_the_first_counts,
        a_known_issue_stands_before_a_path_begun_by_its_label,
        a_flow_with_other_answers_is_another_call,
        the_words_of_a_wallet_are_no_answer_to_keep,
        what_a_rule_decides_is_sure,
        who_writes_the_words_of_a_wallet_is_warned_and_gets_a_person,
        two_devices_hand_over_twice_and_a_retry_once,
        the_outcome_of_a_flow_reassures_who_has_heard_nothing_else,
        a_flow_behind_one_that_failed_is_called_too,
        who_was_handed_over_is_asked_no_more,
        of_a_long_section_the_answer_begins_where_it_fits,
        the_person_gets_the_article_that_the_path_is_about,
        NULL,
    };
    return run_suite("turn", tests);
}
