/* intent/train.h and intent/ask.h */
#include "intent/train.h"

#include "tests/unit/intents.h"

/* Whether the best intent of a message is the one that is meant. */
static bool is_of(const char *tag, const asked *from, const char *text,
                  const char *intent)
{
    hdx_analyser *analyser = analyser_of(tag);
    hdx_buf bytes = trained(analyser, from);
    hdx_intent_scratch scratch = {0};
    hdx_intent_model model;
    hdx_intent_answer answer;
    ck_assert_int_eq(hdx_intent_model_open(hdx_buf_str(&bytes),
                                           stamp_of(analyser), "", &model,
                                           NULL),
                     0);
    ck_assert_int_eq(hdx_intent_ask(&model, analyser, hdx_str_of(text),
                                    &scratch, &answer, NULL),
                     0);
    bool same = hdx_str_eq(hdx_intent_id(&model, answer.ranks[0].intent),
                           hdx_str_of(intent));
    hdx_intent_scratch_free(&scratch);
    hdx_buf_free(&bytes);
    hdx_analyser_free(analyser);
    return same;
}

START_TEST(german_is_learned)
{
    ck_assert(is_of("de", german, "bitte meine Kreditkarte sperren",
                    "karte-sperren"));
    ck_assert(is_of("de", german, "Überweisungsgebühr", "gebuehren"));
    ck_assert(is_of("de", german, "Paswort vergesen", "passwort"));
}
END_TEST

START_TEST(thai_is_learned)
{
    ck_assert(is_of("th", thai, "ทำบัตรเครดิตหาย", "lock-card"));
    ck_assert(is_of("th", thai, "ถอนเงินเสียค่าธรรมเนียมไหม", "fees"));
}
END_TEST

START_TEST(arabic_is_learned)
{
    ck_assert(is_of("ar", arabic, "بطاقتي مسروقة", "lock-card"));
    ck_assert(is_of("ar", arabic, "كم تكلف رسوم السحب", "fees"));
}
END_TEST

START_TEST(traditional_chinese_is_learned)
{
    ck_assert(is_of("zh-Hant", chinese, "信用卡被偷", "lock-card"));
    ck_assert(is_of("zh-Hant", chinese, "轉帳費用多少", "fees"));
}
END_TEST

START_TEST(equal_examples_give_equal_bytes)
{
    hdx_analyser *analyser = analyser_of("de");
    hdx_buf one = trained(analyser, german), other = trained(analyser, german);
    ck_assert_uint_gt(one.len, sizeof(hdx_intent_header));
    ck_assert(hdx_str_eq(hdx_buf_str(&one), hdx_buf_str(&other)));
    hdx_buf_free(&one);
    hdx_buf_free(&other);
    hdx_analyser_free(analyser);
}
END_TEST

START_TEST(one_intent_is_nothing_to_choose_from)
{
    const asked one[] = {german[0], {0}};
    hdx_analyser *analyser = analyser_of("de");
    hdx_buf bytes = trained(analyser, one);
    ck_assert_uint_eq(bytes.len, 0);
    hdx_buf_free(&bytes);
    hdx_analyser_free(analyser);
}
END_TEST

START_TEST(titles_alone_are_no_messages)
{
    hdx_analyser *analyser = analyser_of("de");
    const hdx_intent_example titles[] = {
        {HDX_STR("a"), HDX_STR("Karte sperren"), true},
        {HDX_STR("b"), HDX_STR("Gebühren"), true}};
    hdx_buf bytes = {0};
    ck_assert_int_eq(
        hdx_intent_train(titles, 2, analyser, &hdx_intent_aims, &bytes, NULL),
        0);
    ck_assert_uint_eq(bytes.len, 0);
    hdx_analyser_free(analyser);
}
END_TEST

START_TEST(a_message_without_words_is_never_answered)
{
    hdx_analyser *analyser = analyser_of("de");
    hdx_buf bytes = trained(analyser, german);
    hdx_intent_scratch scratch = {0};
    hdx_intent_model model;
    hdx_intent_answer answer;
    ck_assert_int_eq(hdx_intent_model_open(hdx_buf_str(&bytes),
                                           stamp_of(analyser), "", &model,
                                           NULL),
                     0);
    ck_assert(hdx_intent_model_is_thin(&model));
    ck_assert_int_eq(hdx_intent_ask(&model, analyser, HDX_STR("?!"), &scratch,
                                    &answer, NULL),
                     0);
    ck_assert_int_ne(answer.judgement.decision, HDX_INTENT_ANSWER);
    hdx_intent_scratch_free(&scratch);
    hdx_buf_free(&bytes);
    hdx_analyser_free(analyser);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {german_is_learned,
                                  thai_is_learned,
                                  arabic_is_learned,
                                  traditional_chinese_is_learned,
                                  equal_examples_give_equal_bytes,
                                  one_intent_is_nothing_to_choose_from,
                                  titles_alone_are_no_messages,
                                  a_message_without_words_is_never_answered,
                                  NULL};
    return run_suite("intent_train", tests);
}
