/* assist/path.c, assist/pathbook.c */
#include "assist/path.h"

#include "tests/unit/support.h"

static hdx_arena arena;
static hdx_pathbook book;
static hdx_locale chain[2];
static hdx_fact slots[8], context[4];
static hdx_walk walk;
static hdx_step step;
static helpdex_error err;

/* Opens the one path of a file, for a reader of `tag` and then English. */
static void open_path(const char *tag, const char *text)
{
    const char *dir = temp_dir();
    write_text(join(dir, "triage/deposit.yml"), text);
    ck_assert(hdx_locale_parse(hdx_str_of(tag), &chain[0]));
    ck_assert(hdx_locale_parse(HDX_STR("en"), &chain[1]));
    ck_assert_msg(hdx_pathbook_open(dir, &chain[1], &book, &err) == HELPDEX_OK,
                  "%s", err.message);
    walk = (hdx_walk){.path = hdx_pathbook_find(&book, HDX_STR("deposit")),
                      .slots.items = slots,
                      .context.items = context,
                      .readers = {chain, 2},
                      .skip = HDX_STR("I don't have it")};
    ck_assert_ptr_nonnull(walk.path);
}

static void close_path(void)
{
    hdx_pathbook_close(&book);
    hdx_arena_free(&arena);
}

/* One step on, after what was said (NULL: nothing). */
static void say(const char *text)
{
    walk.said = text ? HDX_SAID_TEXT : HDX_SAID_NOTHING;
    walk.text = hdx_str_of(text);
    ck_assert_int_eq(hdx_path_walk(&book, &walk, &arena, &step, &err),
                     HELPDEX_OK);
    walk.node = step.node;
    walk.missed = step.missed;
    walk.slots.count = 0;
    for (size_t i = 0; i < step.slot_count; i++)
        if (!step.slots[i].given)
            slots[walk.slots.count++] =
                (hdx_fact){step.slots[i].name, step.slots[i].value};
}

static void know(const char *name, const char *value)
{
    context[walk.context.count++] =
        (hdx_fact){hdx_str_of(name), hdx_str_of(value)};
}

static void unhelped(void)
{
    walk.said = HDX_SAID_UNHELPED;
    ck_assert_int_eq(hdx_path_walk(&book, &walk, &arena, &step, &err),
                     HELPDEX_OK);
}

/* The path that a message begins; NULL: none. */
static const hdx_path *begun_by(const hdx_locale *reader, const char *message)
{
    hdx_phrase_text text;
    ck_assert(hdx_phrase_prepare(&arena, hdx_str_of(message), &text));
    hdx_phrase_loosen(&text);
    return hdx_pathbook_by_label(&book, reader, &text);
}

static const char deposit[] =
    "stakes: high\nqueue: deposits\nurgency: urgent\n"
    "articles: [missing-deposit, bank-deposit]\n"
    "labels: {en: [money never came, my money], de: [mein Geld ist weg],\n"
    "         th: [เงินไม่เข้า]}\n"
    "reassurance: {en: Nothing is lost.}\n"
    "slots:\n  method: {context: deposit.method}\n"
    "  txid: {ask: {en: Which TXID?}, pattern: '[0-9a-f]{8}', optional: yes}\n"
    "nodes:\n"
    "  how:\n    ask: {en: How?, de: Wie?, ar: كيف؟}\n    slot: method\n"
    "    options:\n"
    "      - {value: crypto, label: {en: As crypto, ar: كعملة رقمية}, next: "
    "proof}\n"
    "      - {value: bank, label: {en: By bank transfer,\n"
    "          de: Per Banküberweisung, ar: بحوالة بنكية}, next: where}\n"
    "  where:\n    when:\n      - {region: [DE, AT], next: sepa}\n"
    "      - {account.state: frozen, method: bank, next: person}\n"
    "    next: transfer\n"
    "  sepa: {article: bank-deposit, section: sepa, otherwise: person}\n"
    "  transfer: {article: bank-deposit, otherwise: person}\n"
    "  proof: {flow: trace, needs: [txid], text: {en: We look for it.},\n"
    "    failed: {en: It cannot be looked for now.}, otherwise: person}\n"
    "  person: {handoff: yes, queue: recovery, text: {en: A person comes.}}\n";

START_TEST(a_path_is_begun_by_name_article_or_label)
{
    open_path("th", deposit);
    ck_assert_ptr_eq(hdx_pathbook_by_article(&book, HDX_STR("bank-deposit")),
                     walk.path);
    ck_assert_ptr_null(hdx_pathbook_by_article(&book, HDX_STR("fees")));
    ck_assert_ptr_eq(begun_by(&chain[0], "ทำไมเงินไม่เข้าครับ"), walk.path);
    ck_assert_ptr_null(begun_by(&chain[1], "ทำไมเงินไม่เข้าครับ"));
    ck_assert_ptr_eq(begun_by(&chain[1], "So, MONEY never came!"), walk.path);
    ck_assert_ptr_null(begun_by(&chain[1], "my moneybag"));
    close_path();
}
END_TEST

START_TEST(a_question_is_asked_in_the_readers_language)
{
    open_path("ar", deposit);
    say(NULL);
    ck_assert_int_eq(step.kind, HDX_STEP_QUESTION);
    ck_assert_str_is(step.text, "كيف؟");
    ck_assert_str_eq(step.locale->tag, "ar");
    ck_assert_str_is(step.slot, "method");
    ck_assert_uint_eq(step.option_count, 2);
    ck_assert_str_is(step.options[1].label, "بحوالة بنكية");
    ck_assert_str_is(step.queue, "deposits");
    ck_assert_int_eq(step.urgency, HDX_URGENCY_URGENT);
    close_path();
}
END_TEST

START_TEST(a_label_that_is_missing_is_that_of_the_fallback)
{
    open_path("de-AT", deposit);
    say(NULL);
    ck_assert_str_is(step.text, "Wie?");
    ck_assert_str_is(step.options[0].label, "As crypto");
    ck_assert_str_is(step.options[1].label, "Per Banküberweisung");
    close_path();
}
END_TEST

/* What is said to the first question leads to this node. */
static void leads_to(const char *tag, const char *said, const char *node)
{
    open_path(tag, deposit);
    say(NULL);
    say(said);
    ck_assert_msg(hdx_str_eq(step.node, hdx_str_of(node)),
                  "%s leads to %.*s, not %s", said, HDX_FMT(step.node), node);
    close_path();
}

START_TEST(an_option_is_chosen_by_value_number_or_label)
{
    leads_to("en", "bank", "transfer");
    leads_to("en", " 2. ", "transfer");
    leads_to("ar", "٢", "transfer");
    leads_to("ja", "１", "proof");
    leads_to("en", "by BANK transfer", "transfer");
    leads_to("ar", "بحوالة بنكية", "transfer");
    leads_to("de", "per banküberweisung, am Montag", "transfer");
    leads_to("de", "Bankuberweisung", "transfer");
    leads_to("en", "crypto", "proof");
    leads_to("en", "transfer", "transfer");
}
END_TEST

START_TEST(what_fits_two_options_or_none_is_asked_again_once)
{
    leads_to("en", "as crypto or by bank transfer", "how");
    leads_to("en", "3", "how");
    open_path("en", deposit);
    say(NULL);
    say("what?");
    ck_assert_int_eq(step.kind, HDX_STEP_QUESTION);
    ck_assert(step.missed);
    say("what do you mean");
    ck_assert_int_eq(step.kind, HDX_STEP_PERSON);
    ck_assert_str_is(step.queue, "deposits");
    ck_assert_int_eq(step.urgency, HDX_URGENCY_URGENT);
    close_path();
}
END_TEST

START_TEST(what_the_context_holds_is_never_asked)
{
    open_path("en", deposit);
    know("deposit.method", "Bank");
    know("region", "de");
    say(NULL);
    ck_assert_int_eq(step.kind, HDX_STEP_ARTICLE);
    ck_assert_str_is(step.article, "bank-deposit");
    ck_assert_str_is(step.section, "sepa");
    ck_assert_uint_eq(step.slot_count, 1);
    ck_assert(step.slots[0].given);
    close_path();
}
END_TEST

START_TEST(a_fact_that_is_no_option_is_asked)
{
    open_path("en", deposit);
    know("deposit.method", "cheque");
    say(NULL);
    ck_assert_int_eq(step.kind, HDX_STEP_QUESTION);
    say("crypto");
    ck_assert_str_is(step.node, "proof");
    close_path();
}
END_TEST

START_TEST(a_fork_goes_by_facts_and_answers_together)
{
    open_path("en", deposit);
    know("account.state", "frozen");
    say(NULL);
    say("bank");
    ck_assert_int_eq(step.kind, HDX_STEP_PERSON);
    ck_assert_str_is(step.node, "person");
    ck_assert_str_is(step.queue, "recovery");
    ck_assert_str_is(step.text, "A person comes.");
    close_path();
}
END_TEST

START_TEST(an_end_asks_for_what_it_needs_first)
{
    open_path("en", deposit);
    say(NULL);
    say("crypto");
    ck_assert_int_eq(step.kind, HDX_STEP_QUESTION);
    ck_assert_str_is(step.text, "Which TXID?");
    ck_assert(step.optional);
    ck_assert_uint_eq(step.option_count, 0);
    say("it is deadbeef, sent on monday");
    ck_assert_int_eq(step.kind, HDX_STEP_FLOW);
    ck_assert_str_is(step.flow, "trace");
    ck_assert_str_is(step.failed, "It cannot be looked for now.");
    ck_assert_uint_eq(step.slot_count, 2);
    ck_assert_str_is(step.slots[1].value, "deadbeef");
    close_path();
}
END_TEST

START_TEST(who_does_not_have_it_goes_on_without)
{
    open_path("en", deposit);
    say(NULL);
    say("crypto");
    say("no idea");
    ck_assert_int_eq(step.kind, HDX_STEP_QUESTION);
    ck_assert(step.missed);
    say("i don't have it.");
    ck_assert_int_eq(step.kind, HDX_STEP_FLOW);
    ck_assert_uint_eq(step.slot_count, 2);
    ck_assert_str_is(step.slots[1].value, "");
    close_path();
}
END_TEST

START_TEST(an_end_that_did_not_help_leads_on)
{
    open_path("en", deposit);
    say(NULL);
    say("bank");
    ck_assert(step.more);
    unhelped();
    ck_assert_int_eq(step.kind, HDX_STEP_PERSON);
    ck_assert_str_is(step.node, "person");
    ck_assert(!step.more);
    close_path();
}
END_TEST

START_TEST(a_node_of_an_older_index_is_an_error)
{
    open_path("en", deposit);
    walk.node = HDX_STR("gone");
    ck_assert_int_eq(hdx_path_walk(&book, &walk, &arena, &step, &err),
                     HELPDEX_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(err.message, "begin it again"));
    close_path();
}
END_TEST

START_TEST(a_loop_ends_at_a_person)
{
    open_path("en", "queue: q\narticles: a\nnodes:\n"
                    "  a: {when: [{x: y, next: b}], next: b}\n"
                    "  b: {when: [{x: y, next: a}], next: a}\n");
    say(NULL);
    ck_assert_int_eq(step.kind, HDX_STEP_PERSON);
    ck_assert_str_is(step.queue, "q");
    close_path();
}
END_TEST

START_TEST(an_index_without_paths_has_none)
{
    ck_assert(hdx_locale_parse(HDX_STR("en"), &chain[1]));
    ck_assert_int_eq(hdx_pathbook_open(temp_dir(), &chain[1], &book, &err),
                     HELPDEX_OK);
    ck_assert_ptr_null(hdx_pathbook_find(&book, HDX_STR("a")));
    ck_assert_ptr_null(hdx_pathbook_by_article(&book, HDX_STR("a")));
    close_path();
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_path_is_begun_by_name_article_or_label,
        a_question_is_asked_in_the_readers_language,
        a_label_that_is_missing_is_that_of_the_fallback,
        an_option_is_chosen_by_value_number_or_label,
        what_fits_two_options_or_none_is_asked_again_once,
        what_the_context_holds_is_never_asked,
        a_fact_that_is_no_option_is_asked,
        a_fork_goes_by_facts_and_answers_together,
        an_end_asks_for_what_it_needs_first,
        who_does_not_have_it_goes_on_without,
        an_end_that_did_not_help_leads_on,
        a_node_of_an_older_index_is_an_error,
        a_loop_ends_at_a_person,
        an_index_without_paths_has_none,
        NULL};
    return run_suite("path", tests);
}
