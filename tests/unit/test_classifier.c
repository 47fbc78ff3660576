/* helpdex/classify.h */
#include <helpdex/classify.h>

#include "tests/unit/support.h"

static const helpdex_example cards[] = {
    {"card_lost", "I lost my card"},
    {"card_lost", "my card was stolen"},
    {"card_lost", "block my card please"},
    {"fees_charged", "why was I charged a fee"},
    {"fees_charged", "what does a transfer cost"},
    {"fees_charged", "is there a fee for withdrawing"},
    {NULL, "what is the weather like"}};
enum { CARDS = sizeof cards / sizeof *cards };

static helpdex_status train(const helpdex_example *examples, size_t count,
                            const helpdex_classify_options *options,
                            helpdex_classifier **out, helpdex_error *err)
{
    helpdex_status status =
        helpdex_classifier_train(examples, count, options, out, err);
    ck_assert_int_eq(status == HELPDEX_OK, *out != NULL);
    return status;
}

START_TEST(labels_come_best_first)
{
    helpdex_classifier *c;
    helpdex_class found;
    ck_assert_int_eq(train(cards, CARDS, NULL, &c, NULL), 0);
    ck_assert_int_eq(
        helpdex_classifier_ask(c, "someone stole my card", &found, NULL), 0);
    ck_assert_uint_eq(found.count, 2);
    ck_assert_str_eq(found.labels[0], "card_lost");
    ck_assert_str_eq(found.labels[1], "fees_charged");
    ck_assert(found.estimated);
    helpdex_classifier_free(c);
}
END_TEST

START_TEST(the_words_of_a_label_count_as_an_utterance)
{
    const helpdex_example two[] = {{"passport_upload", "x y z"},
                                   {"fee_refund", "a b c"}};
    helpdex_classifier *c;
    helpdex_class found;
    ck_assert_int_eq(train(two, 2, NULL, &c, NULL), 0);
    ck_assert_int_eq(helpdex_classifier_ask(c, "refund", &found, NULL), 0);
    ck_assert_str_eq(found.labels[0], "fee_refund");
    helpdex_classifier_free(c);
}
END_TEST

START_TEST(few_examples_are_told)
{
    helpdex_classifier *c;
    helpdex_class found;
    ck_assert_int_eq(train(cards, CARDS, NULL, &c, NULL), 0);
    ck_assert_ptr_nonnull(strstr(helpdex_classifier_notice(c), "6 examples"));
    ck_assert_int_eq(helpdex_classifier_ask(c, cards[0].text, &found, NULL), 0);
    ck_assert_int_ne(found.verdict, HELPDEX_ANSWER);
    helpdex_classifier_free(c);
}
END_TEST

START_TEST(one_label_is_refused_with_a_remedy)
{
    helpdex_classifier *c;
    helpdex_error err;
    ck_assert_int_eq(train(cards, 3, NULL, &c, &err), HELPDEX_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(err.message, "fewer than two labels"));
}
END_TEST

START_TEST(options_outside_their_range_are_refused)
{
    helpdex_classify_options options;
    helpdex_classifier *c;
    helpdex_classify_options_init(&options);
    options.precision = 95;
    ck_assert_int_eq(train(cards, CARDS, &options, &c, NULL), HELPDEX_INVALID);
    helpdex_classify_options_init(&options);
    options.rejection = 1;
    ck_assert_int_eq(train(cards, CARDS, &options, &c, NULL), HELPDEX_INVALID);
    helpdex_classify_options_init(&options);
    options.locale = "klingon?";
    ck_assert_int_eq(train(cards, CARDS, &options, &c, NULL),
                     HELPDEX_NOT_FOUND);
}
END_TEST

START_TEST(bytes_that_are_no_text_are_refused)
{
    const helpdex_example bad[] = {{"a", "\xFF"}, {"b", "b"}};
    helpdex_classifier *c;
    helpdex_class found;
    ck_assert_int_eq(train(bad, 2, NULL, &c, NULL), HELPDEX_INVALID);
    ck_assert_int_eq(train(cards, CARDS, NULL, &c, NULL), 0);
    ck_assert_int_eq(helpdex_classifier_ask(c, "\xC3", &found, NULL),
                     HELPDEX_INVALID);
    helpdex_classifier_free(c);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {labels_come_best_first,
                                  the_words_of_a_label_count_as_an_utterance,
                                  few_examples_are_told,
                                  one_label_is_refused_with_a_remedy,
                                  options_outside_their_range_are_refused,
                                  bytes_that_are_no_text_are_refused,
                                  NULL};
    return run_suite("classifier", tests);
}
