/* assist/choice.c: what is taken up of what was offered */
#include "tests/unit/talk.h"

/* A message that two articles may be meant by. */
static const helpdex_decision *unsure(const char *locale, const char *message)
{
    talk_begin(locale);
    const helpdex_decision *d = say(message);
    ck_assert_int_eq(d->verdict, HELPDEX_CLARIFY);
    ck_assert_reason(d, "unsure");
    ck_assert_uint_ge(d->option_count, 3);
    return d;
}

static void check_chosen(const helpdex_decision *d, const char *id)
{
    ck_assert_int_eq(d->verdict, HELPDEX_ANSWER);
    ck_assert_reason(d, "chosen");
    ck_assert(d->confidence == 1 && !d->estimated);
    ck_assert_str_eq(d->citations[0].id, id);
}

START_TEST(an_option_is_chosen_by_its_value)
{
    unsure("en", "lantern");
    check_chosen(say("lantern-oil"), "lantern-oil");
    talk_end();
}
END_TEST

START_TEST(an_option_is_chosen_by_its_number_in_any_digits)
{
    static const char *const digits[] = {"2", " 2. ", "２", "٢", "๒", "२"};
    for (size_t i = 0; i < 6; i++) {
        char id[64];
        const helpdex_decision *d = unsure("en", "lantern");
        snprintf(id, sizeof id, "%s", d->options[1].id);
        check_chosen(say(digits[i]), id);
        talk_end();
    }
}
END_TEST

START_TEST(an_option_is_chosen_by_its_label_in_their_own_letters)
{
    char label[512], id[64];
    const helpdex_decision *d = unsure("en", "lantern");
    size_t at = d->options[0].label[0] == 'L' ? 0 : 1;
    snprintf(id, sizeof id, "%s", d->options[at].id);
    snprintf(label, sizeof label, "  %s!", d->options[at].label);
    for (char *c = label; *c; c++)
        *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
    check_chosen(say(label), id);
    talk_end();
}
END_TEST

START_TEST(none_of_these_is_said_in_other_words_once)
{
    unsure("en", "lantern");
    const helpdex_decision *d = say("none");
    ck_assert_int_eq(d->verdict, HELPDEX_CLARIFY);
    ck_assert_reason(d, "none_fits");
    ck_assert_uint_eq(d->option_count, 0);
    ck_assert_ptr_nonnull(d->prompt);
    d = say("lantern");
    ck_assert_int_eq(d->verdict, HELPDEX_ESCALATE);
    ck_assert_within(d->handoff, "None of these");
    talk_end();
}
END_TEST

START_TEST(a_number_behind_the_last_is_no_choice)
{
    unsure("en", "lantern");
    ck_assert(!has_reason(say("9"), "chosen"));
    talk_end();
}
END_TEST

START_TEST(another_language_may_choose_what_was_offered)
{
    unsure("en", "lantern");
    talk.request.locale = "de";
    const helpdex_decision *d = say("lantern-oil");
    check_chosen(d, "lantern-oil");
    ck_assert_str_eq(d->locale, "de");
    ck_assert_str_eq(d->options[0].value, "unhelped");
    ck_assert_str_ne(d->options[0].label, "That did not help");
    talk_end();
}
END_TEST

START_TEST(a_second_question_on_the_same_matter_leads_to_a_person)
{
    unsure("en", "lantern");
    const helpdex_decision *d = say("lanterns");
    ck_assert_int_eq(d->verdict, HELPDEX_ESCALATE);
    ck_assert_reason(d, "asked_before");
    talk_end();
}
END_TEST

START_TEST(what_was_chosen_is_told_the_person_by_its_label)
{
    unsure("en", "lantern");
    say("lantern-oil");
    const helpdex_decision *d = say("unhelped");
    ck_assert_int_eq(d->verdict, HELPDEX_ESCALATE);
    ck_assert_reason(d, "unhelped");
    ck_assert_within(d->handoff, "\"answer\":\"Lantern oil");
    talk_end();
}
END_TEST

static bool build(void)
{
    const char *kb = temp_dir();
    write_text(join(kb, "helpdex.yml"), "default_locale: en\n");
    write_text(join(kb, "en/a/lantern-oil.md"),
               "---\nid: lantern-oil\n---\n\n# Lantern oil\n\nTake oil that "
               "does not smoke, and fill it in while it is cold.\n");
    write_text(join(kb, "en/a/lantern-glass.md"),
               "---\nid: lantern-glass\n---\n\n# Lantern glass\n\nA cracked "
               "pane is changed before the next evening.\n");
    write_text(join(kb, "en/a/lantern-wick.md"),
               "---\nid: lantern-wick\n---\n\n# Lantern wick\n\nTrim it with "
               "scissors, straight across.\n");
    write_text(join(kb, "de/a/lantern-oil.md"),
               "---\nid: lantern-oil\n---\n\n# Öl für die Laterne\n\nNehmen "
               "Sie Öl, das nicht rußt.\n");
    return talk_index(kb);
}

int main(void)
{
    const TTest *const tests[] = {
        an_option_is_chosen_by_its_value,
        an_option_is_chosen_by_its_number_in_any_digits,
        an_option_is_chosen_by_its_label_in_their_own_letters,
        none_of_these_is_said_in_other_words_once,
        a_number_behind_the_last_is_no_choice,
        another_language_may_choose_what_was_offered,
        a_second_question_on_the_same_matter_leads_to_a_person,
        what_was_chosen_is_told_the_person_by_its_label,
        NULL};
    talk.build = build;
    return run_suite("choice", tests);
}
