/*
 * assist/consult.c and trust.c: by how likely it is what the message is about.
 * Curves of slope nought make every confidence of a locale the same.
 */
#include "tests/unit/talk.h"

#define FLAT(bias)                                                             \
    "bias: " bias "\nslope: 0.000001\nanswer: 0.8\nescalate: 0.2\n"            \
    "messages: 500\n"

/* In Thai everything is said with .9, in German with .6, in Arabic with .1, in
   English nothing was measured. */
static const struct {
    const char *locale, *pump, *hose;
} kb_texts[] = {{"en", "Pump makes noise", "Hose drips water"},
                {"de", "Pumpe macht Lärm", "Schlauch verliert Wasser"},
                {"th", "ปั๊มมีเสียงดัง", "สายยางน้ำรั่ว"},
                {"ar", "المضخة تصدر ضجيجا", "الخرطوم يسرب الماء"}};

static const helpdex_decision *ask_of(const char *locale, const char *message)
{
    talk_begin(locale);
    return say(message);
}

START_TEST(what_is_likely_enough_is_answered)
{
    const helpdex_decision *d = ask_of("th", "สายยางน้ำรั่ว");
    ck_assert_int_eq(d->verdict, HELPDEX_ANSWER);
    ck_assert_reason(d, "confident");
    ck_assert_double_eq_tol(d->confidence, 0.9, 0.001);
    ck_assert(!d->estimated);
    ck_assert_str_eq(d->citations[0].id, "hose");
    talk_end();
}
END_TEST

START_TEST(what_is_less_likely_is_asked)
{
    const helpdex_decision *d = ask_of("de", "Schlauch");
    ck_assert_int_eq(d->verdict, HELPDEX_CLARIFY);
    ck_assert_reason(d, "unsure");
    ck_assert_double_eq_tol(d->confidence, 0.6, 0.001);
    ck_assert_str_eq(d->options[d->option_count - 1].value, "none");
    ck_assert_uint_le(d->option_count, 4);
    ck_assert_uint_gt(d->tokens.needed, 0);
    talk_end();
}
END_TEST

START_TEST(what_is_unlikely_goes_to_a_person)
{
    const helpdex_decision *d = ask_of("ar", "الخرطوم يسرب الماء");
    ck_assert_int_eq(d->verdict, HELPDEX_ESCALATE);
    ck_assert_reason(d, "out_of_scope");
    ck_assert_double_eq_tol(d->confidence, 0.1, 0.001);
    talk_end();
}
END_TEST

START_TEST(an_urgent_path_begins_when_it_is_likelier_than_not)
{
    const helpdex_decision *d = ask_of("de", "Pumpe macht Lärm");
    ck_assert_int_eq(d->verdict, HELPDEX_CLARIFY);
    ck_assert_reason(d, "stakes");
    ck_assert_str_eq(d->reassurance, "Halb so wild.");
    ck_assert_str_eq(d->prompt, "Läuft sie noch?");
    ck_assert_double_eq_tol(d->confidence, 0.6, 0.001);
    talk_end();
}
END_TEST

START_TEST(what_was_not_measured_is_estimated)
{
    ck_assert(ask_of("en", "hose drips water")->estimated);
    talk_end();
}
END_TEST

START_TEST(a_rule_is_no_estimate)
{
    const helpdex_decision *d = ask_of("en", "I want to speak to a human");
    ck_assert_reason(d, "person_asked");
    ck_assert(!d->estimated && d->confidence == 1);
    talk_end();
}
END_TEST

START_TEST(what_nothing_is_like_goes_to_a_person)
{
    const helpdex_decision *d = ask_of("en", "qqqq wwww");
    ck_assert_int_eq(d->verdict, HELPDEX_ESCALATE);
    ck_assert(d->confidence < 0.27);
    ck_assert_ptr_nonnull(d->answer);
    talk_end();
}
END_TEST

START_TEST(a_known_issue_is_said_before_an_article)
{
    const helpdex_decision *d = ask_of("th", "น้ำรั่ว ไฟดับ");
    ck_assert_uint_eq(d->banner_count, 1);
    ck_assert_str_eq(d->banners[0].text, "ไฟดับทั้งเมือง");
    ck_assert_reason(d, "known_issue");
    talk_end();
}
END_TEST

START_TEST(a_known_issue_alone_is_an_answer)
{
    const helpdex_decision *d = ask_of("en", "blackout");
    ck_assert_uint_eq(d->banner_count, 1);
    ck_assert_int_ne(d->verdict, HELPDEX_ESCALATE);
    talk_end();
}
END_TEST

static void write_article(const char *kb, const char *locale, const char *id,
                          const char *title)
{
    char path[128], text[512];
    snprintf(path, sizeof path, "%s/a/%s.md", locale, id);
    snprintf(text, sizeof text,
             "---\nid: %s\nquestions:\n  - \"%s\"\n---\n\n# %s\n\n%s.\n", id,
             title, title, title);
    write_text(join(kb, path), text);
}

static bool build(void)
{
    const char *kb = temp_dir();
    write_text(join(kb, "helpdex.yml"), "default_locale: en\n");
    for (size_t i = 0; i < sizeof kb_texts / sizeof *kb_texts; i++) {
        write_article(kb, kb_texts[i].locale, "pump", kb_texts[i].pump);
        write_article(kb, kb_texts[i].locale, "hose", kb_texts[i].hose);
    }
    write_text(join(kb, "calibration/th.yml"), FLAT("2.197225"));
    write_text(join(kb, "calibration/de.yml"), FLAT("0.405465"));
    write_text(join(kb, "calibration/ar.yml"), FLAT("-2.197225"));
    write_text(join(kb, "rules/power.yml"),
               "banners:\n  - id: power\n    level: critical\n    text: {en: "
               "The power is out., de: Stromausfall., th: ไฟดับทั้งเมือง, ar: "
               "انقطاع}\n    queries: {en: [blackout], th: [ไฟดับ]}\n");
    write_text(join(kb, "triage/pump.yml"),
               "stakes: high\nqueue: pumps\narticles: [pump]\n"
               "labels: {en: [pump on fire], de: [Pumpe brennt], th: "
               "[ปั๊มไฟไหม้], ar: [المضخة تحترق]}\n"
               "reassurance: {en: No harm done., de: Halb so wild., th: "
               "ไม่เป็นไร, ar: لا بأس}\n"
               "slots: {runs: }\nnodes:\n  runs:\n    ask: {en: Does it run?, "
               "de: Läuft sie noch?, th: ยังทำงานไหม, ar: هل تعمل}\n"
               "    slot: runs\n    next: person\n  person: {handoff: yes}\n");
    return talk_index(kb);
}

int main(void)
{
    const TTest *const tests[] = {
        what_is_likely_enough_is_answered,
        what_is_less_likely_is_asked,
        what_is_unlikely_goes_to_a_person,
        an_urgent_path_begins_when_it_is_likelier_than_not,
        what_was_not_measured_is_estimated,
        a_rule_is_no_estimate,
        what_nothing_is_like_goes_to_a_person,
        a_known_issue_is_said_before_an_article,
        a_known_issue_alone_is_an_answer,
        NULL};
    talk.build = build;
    return run_suite("consult", tests);
}
