/* assist/steps.c: triage paths as decisions */
#include "tests/unit/talk.h"

static const char *kb;

static const char boiler[] =
    "stakes: high\n"
    "queue: heating\n"
    "urgency: urgent\n"
    "articles: [boiler]\n"
    "labels:\n"
    "  en: [boiler is cold]\n"
    "  de: [Kessel ist kalt]\n"
    "  th: [หม้อน้ำเย็น]\n"
    "reassurance:\n"
    "  en: You will be warm tonight.\n"
    "  de: Heute Abend wird es warm.\n"
    "  th: คืนนี้คุณจะได้อุ่น\n"
    "slots:\n"
    "  kind: {context: home.boiler}\n"
    "  serial: {ask: {en: Which number is on it?, de: Welche Nummer steht "
    "darauf?, th: หมายเลขเครื่องคืออะไร}, pattern: \"[A-Z]{2}[0-9]{4}\"}\n"
    "nodes:\n"
    "  kind:\n"
    "    ask: {en: What does it burn?, de: Was verbrennt er?, th: "
    "ใช้เชื้อเพลิงอะไร}\n"
    "    slot: kind\n"
    "    options:\n"
    "      - {value: gas, label: {en: Natural gas, de: Erdgas, th: ก๊าซ}, next: "
    "gas}\n"
    "      - {value: oil, label: {en: Heating oil, de: Heizöl, th: น้ำมัน}, "
    "next: visit}\n"
    "  gas: {article: boiler, section: gas, otherwise: visit}\n"
    "  visit:\n"
    "    flow: book-visit\n"
    "    needs: [serial]\n"
    "    text: {en: A visit is booked., de: Ein Besuch ist vereinbart., th: "
    "จองแล้ว}\n"
    "    failed: {en: No visit could be booked., de: Kein Besuch möglich., th: "
    "จองไม่ได้}\n"
    "    otherwise: person\n"
    "  person: {handoff: yes}\n";

static const helpdex_decision *begin(const char *locale, const char *label)
{
    talk_begin(locale);
    const helpdex_decision *d = say(label);
    ck_assert_int_eq(d->verdict, HELPDEX_CLARIFY);
    ck_assert_reason(d, "label");
    ck_assert_reason(d, "stakes");
    return d;
}

static void know(const char *name, const char *value)
{
    static helpdex_fact facts[1];
    facts[0] = (helpdex_fact){name, value};
    talk.request.facts = facts;
    talk.request.fact_count = 1;
}

START_TEST(a_path_begins_with_its_reassurance_in_their_language)
{
    const helpdex_decision *d = begin("de", "mein Kessel ist kalt!");
    ck_assert_str_eq(d->reassurance, "Heute Abend wird es warm.");
    ck_assert_str_eq(d->prompt, "Was verbrennt er?");
    ck_assert_str_eq(d->options[1].label, "Heizöl");
    talk_end();
    d = begin("th", "หม้อน้ำเย็น");
    ck_assert_str_eq(d->reassurance, "คืนนี้คุณจะได้อุ่น");
    ck_assert_str_eq(d->options[0].label, "ก๊าซ");
    talk_end();
}
END_TEST

START_TEST(what_the_context_holds_is_not_asked)
{
    talk_begin("en");
    know("home.boiler", "gas");
    const helpdex_decision *d = say("boiler is cold");
    ck_assert_int_eq(d->verdict, HELPDEX_ANSWER);
    ck_assert_str_eq(d->citations[0].section, "gas");
    talk_end();
}
END_TEST

START_TEST(what_is_missed_twice_leads_to_a_person)
{
    begin("de", "Kessel ist kalt");
    const helpdex_decision *d = say("xyzzy");
    ck_assert_int_eq(d->verdict, HELPDEX_CLARIFY);
    ck_assert_reason(d, "not_understood");
    ck_assert_str_eq(d->prompt, "Was verbrennt er?");
    d = say("plugh");
    ck_assert_int_eq(d->verdict, HELPDEX_ESCALATE);
    ck_assert_reason(d, "not_understood");
    ck_assert_within(d->handoff, "\"queue\":\"heating\"");
    talk_end();
}
END_TEST

START_TEST(an_end_that_did_not_help_goes_on_to_the_next)
{
    begin("en", "boiler is cold");
    say("gas");
    const helpdex_decision *d = say("That did not help");
    ck_assert_int_eq(d->verdict, HELPDEX_CLARIFY);
    ck_assert_reason(d, "unhelped");
    ck_assert_str_eq(d->prompt, "Which number is on it?");
    talk_end();
}
END_TEST

/* Up to the flow, told "It says AB1234". */
static const helpdex_decision *call(const char *locale, const char *label)
{
    begin(locale, label);
    say("2");
    const helpdex_decision *d = say("AB1234");
    ck_assert_ptr_nonnull(d->flow);
    return d;
}

START_TEST(a_flow_gets_what_was_told)
{
    const helpdex_decision *d = call("en", "boiler is cold");
    ck_assert_str_eq(d->flow->name, "book-visit");
    ck_assert_within(d->flow->slots, "\"serial\":\"AB1234\"");
    ck_assert_within(d->flow->slots, "\"kind\":\"oil\"");
    ck_assert_str_eq(d->answer, "A visit is booked.");
    ck_assert_uint_eq(d->option_count, 0);
    talk_end();
}
END_TEST

START_TEST(a_flow_that_is_done_is_told_in_its_words_or_those_of_the_path)
{
    call("th", "หม้อน้ำเย็น");
    const helpdex_decision *d = tell(HELPDEX_OUTCOME_FLOW_DONE, "พรุ่งนี้ 9 โมง");
    ck_assert_int_eq(d->verdict, HELPDEX_ANSWER);
    ck_assert_str_eq(d->answer, "พรุ่งนี้ 9 โมง");
    talk_end();
    call("th", "หม้อน้ำเย็น");
    d = tell(HELPDEX_OUTCOME_FLOW_PENDING, NULL);
    ck_assert_int_eq(d->verdict, HELPDEX_ANSWER);
    ck_assert_str_eq(d->answer, "จองแล้ว");
    talk_end();
}
END_TEST

START_TEST(a_flow_that_failed_is_owned_up_to_and_goes_on)
{
    call("de", "Kessel ist kalt");
    const helpdex_decision *d = tell(HELPDEX_OUTCOME_FLOW_FAILED, NULL);
    ck_assert_str_eq(d->reassurance, "Kein Besuch möglich.");
    ck_assert_int_eq(d->verdict, HELPDEX_ESCALATE);
    ck_assert_within(d->handoff, "\"status\":\"failed\"");
    talk_end();
}
END_TEST

START_TEST(a_person_is_told_what_was_asked_and_answered)
{
    call("en", "boiler is cold");
    const helpdex_decision *d = tell(HELPDEX_OUTCOME_FLOW_FAILED, NULL);
    ck_assert_within(d->handoff, "\"serial\":\"AB1234\"");
    ck_assert_within(d->handoff, "\"answer\":\"Heating oil\"");
    ck_assert_within(d->handoff, "\"urgency\":\"urgent\"");
    talk_end();
}
END_TEST

START_TEST(who_asks_for_a_person_in_a_path_gets_that_of_the_path)
{
    begin("en", "boiler is cold");
    const helpdex_decision *d = say("I want a human");
    ck_assert_int_eq(d->verdict, HELPDEX_ESCALATE);
    ck_assert_reason(d, "person_asked");
    ck_assert_within(d->handoff, "\"queue\":\"heating\"");
    ck_assert_within(d->handoff, "\"urgency\":\"urgent\"");
    talk_end();
}
END_TEST

START_TEST(a_path_is_left_for_another_that_is_named)
{
    begin("en", "boiler is cold");
    const helpdex_decision *d = say("I smell gas leaking");
    ck_assert_int_eq(d->verdict, HELPDEX_ESCALATE);
    ck_assert_within(d->handoff, "\"queue\":\"emergency\"");
    talk_end();
}
END_TEST

START_TEST(a_path_is_left_for_an_article_that_is_surely_meant)
{
    begin("en", "boiler is cold");
    const helpdex_decision *d = say("how do I bleed a radiator");
    ck_assert_int_eq(d->verdict, HELPDEX_ANSWER);
    ck_assert_str_eq(d->citations[0].id, "radiator");
    d = say("unhelped");
    ck_assert_int_eq(d->verdict, HELPDEX_ESCALATE);
    ck_assert_ptr_null(strstr(d->handoff, "\"queue\":\"heating\""));
    talk_end();
}
END_TEST

START_TEST(an_article_that_is_not_for_the_customer_is_not_shown)
{
    talk_begin("en");
    know("region", "FR");
    say("boiler is cold");
    const helpdex_decision *d = say("gas");
    ck_assert_int_eq(d->verdict, HELPDEX_ESCALATE);
    ck_assert_reason(d, "article_missing");
    ck_assert_within(d->handoff, "\"queue\":\"heating\"");
    talk_end();
}
END_TEST

START_TEST(a_language_may_change_in_the_middle_of_a_path)
{
    begin("de", "Kessel ist kalt");
    talk.request.locale = "th";
    const helpdex_decision *d = say("Heizöl");
    ck_assert_str_eq(d->prompt, "หมายเลขเครื่องคืออะไร");
    ck_assert_str_eq(d->locale, "th");
    talk_end();
}
END_TEST

START_TEST(a_path_that_was_taken_out_of_the_index_is_no_dead_end)
{
    char token[sizeof talk.session];
    begin("en", "boiler is cold");
    snprintf(token, sizeof token, "%s", talk.session);
    talk_end();
    ck_assert_int_eq(remove(join(kb, "triage/boiler.yml")), 0);
    ck_assert(talk_index(kb));
    talk_begin("en");
    talk.request.session = token;
    const helpdex_decision *d = say("how do I bleed a radiator");
    ck_assert_int_eq(d->verdict, HELPDEX_ANSWER);
    talk.request.session = token;
    ck_assert_int_eq(say("2")->verdict, HELPDEX_ESCALATE);
    talk_end();
}
END_TEST

START_TEST(nothing_said_shows_again_where_they_are)
{
    begin("en", "boiler is cold");
    const helpdex_decision *d = say("");
    ck_assert_str_eq(d->prompt, "What does it burn?");
    ck_assert(!has_reason(d, "not_understood"));
    talk_end();
}
END_TEST

static bool build(void)
{
    kb = temp_dir();
    write_text(join(kb, "helpdex.yml"), "default_locale: en\n");
    write_text(join(kb, "en/a/boiler.md"),
               "---\nid: boiler\nregions: [-FR]\n---\n\n# Cold boiler\n\nLook "
               "at the flame.\n\n## Gas\n\nOpen the valve below it.\n");
    write_text(join(kb, "de/a/boiler.md"),
               "---\nid: boiler\nregions: [-FR]\n---\n\n# Kalter Kessel\n\n"
               "Sehen Sie nach der Flamme.\n\n## Gas\n\nÖffnen Sie das "
               "Ventil.\n");
    write_text(
        join(kb, "th/a/boiler.md"),
        "---\nid: boiler\nregions: [-FR]\n---\n\n# หม้อน้ำเย็น\n\nดูเปลวไฟ\n\n"
        "## ก๊าซ\n\nเปิดวาล์ว\n");
    write_text(join(kb, "en/a/radiator.md"),
               "---\nid: radiator\nquestions:\n  - How do I bleed a radiator?\n"
               "---\n\n# Bleed a radiator\n\nTo bleed a radiator, turn the key "
               "until water comes.\n");
    write_text(join(kb, "en/a/meter.md"),
               "---\nid: meter\nquestions:\n  - How do I read the meter?\n"
               "---\n\n# Read the meter\n\nWrite down the black digits.\n");
    write_text(join(kb, "triage/boiler.yml"), boiler);
    write_text(join(kb, "triage/leak.yml"),
               "stakes: high\nqueue: emergency\nurgency: urgent\n"
               "labels: {en: [smell gas], de: [Gasgeruch], th: [กลิ่นก๊าซ]}\n"
               "reassurance: {en: Go outside., de: Gehen Sie hinaus., th: "
               "ออกไปข้างนอก}\n"
               "nodes:\n  person: {handoff: yes}\n");
    return talk_index(kb);
}

int main(void)
{
    const TTest *const tests[] = {
        a_path_begins_with_its_reassurance_in_their_language,
        what_the_context_holds_is_not_asked,
        what_is_missed_twice_leads_to_a_person,
        an_end_that_did_not_help_goes_on_to_the_next,
        a_flow_gets_what_was_told,
        a_flow_that_is_done_is_told_in_its_words_or_those_of_the_path,
        a_flow_that_failed_is_owned_up_to_and_goes_on,
        a_person_is_told_what_was_asked_and_answered,
        who_asks_for_a_person_in_a_path_gets_that_of_the_path,
        a_path_is_left_for_another_that_is_named,
        a_path_is_left_for_an_article_that_is_surely_meant,
        an_article_that_is_not_for_the_customer_is_not_shown,
        a_language_may_change_in_the_middle_of_a_path,
        a_path_that_was_taken_out_of_the_index_is_no_dead_end,
        nothing_said_shows_again_where_they_are,
        NULL};
    talk.build = build;
    return run_suite("steps", tests);
}
