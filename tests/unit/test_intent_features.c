/* intent/features.h */
#include "intent/features.h"

#include "tests/unit/intents.h"

static hdx_bag bag_of(const char *tag, const char *text)
{
    hdx_bag bag = {0};
    hdx_tokens tokens = {0};
    hdx_analyser *analyser = analyser_of(tag);
    ck_assert_int_eq(hdx_analyse(analyser, hdx_str_of(text), &tokens, NULL), 0);
    ck_assert(hdx_bag_fill(&bag, &tokens));
    hdx_tokens_free(&tokens);
    hdx_analyser_free(analyser);
    return bag;
}

static bool has_slot(const hdx_bag *bag, size_t begin, size_t end,
                     uint32_t slot)
{
    for (size_t i = begin; i < end; i++)
        if (bag->items[i].slot == slot)
            return true;
    return false;
}

START_TEST(inflections_are_one_word)
{
    hdx_bag one = bag_of("en", "card"), other = bag_of("en", "Cards");
    ck_assert_uint_eq(one.words, 1);
    ck_assert_uint_eq(one.items[0].slot, other.items[0].slot);
    hdx_bag_free(&one);
    hdx_bag_free(&other);
}
END_TEST

START_TEST(a_word_said_twice_is_counted_twice)
{
    hdx_bag bag = bag_of("en", "card card card");
    ck_assert_uint_eq(bag.words, 1);
    ck_assert_uint_eq(bag.items[0].times, 3);
    ck_assert_uint_eq(bag.terms, 2);
    ck_assert_uint_eq(bag.items[1].times, 2);
    hdx_bag_free(&bag);
}
END_TEST

START_TEST(pairs_know_their_order)
{
    hdx_bag one = bag_of("en", "card lost"), other = bag_of("en", "lost card");
    ck_assert_uint_eq(one.terms, 3);
    ck_assert_uint_ne(one.items[2].slot, other.items[2].slot);
    hdx_bag_free(&one);
    hdx_bag_free(&other);
}
END_TEST

START_TEST(a_typing_error_leaves_grams_in_common)
{
    hdx_bag one = bag_of("de", "Überweisung"),
            other = bag_of("de", "Uberwiesung");
    size_t common = 0;
    for (size_t i = one.terms; i < one.count; i++)
        common += has_slot(&other, other.terms, other.count, one.items[i].slot);
    ck_assert_uint_ge(common, 8);
    hdx_bag_free(&one);
    hdx_bag_free(&other);
}
END_TEST

START_TEST(thai_without_spaces_has_words_and_grams)
{
    hdx_bag bag = bag_of("th", "บัตรเครดิตหาย");
    ck_assert_uint_ge(bag.words, 2);
    ck_assert_uint_gt(bag.count, bag.terms + 10);
    hdx_bag_free(&bag);
}
END_TEST

START_TEST(traditional_and_simplified_share_grams)
{
    hdx_bag one = bag_of("zh-Hans", "手续费"),
            other = bag_of("zh-Hans", "手續費");
    ck_assert(
        has_slot(&other, other.terms, other.count, one.items[one.terms].slot));
    hdx_bag_free(&one);
    hdx_bag_free(&other);
}
END_TEST

START_TEST(a_text_of_no_word_has_no_feature)
{
    hdx_bag bag = bag_of("en", " ?! ... ");
    ck_assert_uint_eq(bag.count, 0);
    hdx_bag_free(&bag);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {inflections_are_one_word,
                                  a_word_said_twice_is_counted_twice,
                                  pairs_know_their_order,
                                  a_typing_error_leaves_grams_in_common,
                                  thai_without_spaces_has_words_and_grams,
                                  traditional_and_simplified_share_grams,
                                  a_text_of_no_word_has_no_feature,
                                  NULL};
    return run_suite("intent_features", tests);
}
