/* indexer/postings.h */
#include "indexer/postings.h"

#include <stdio.h>

#include "tests/unit/support.h"

/* Counts the words of a text that is cut at spaces. */
static void count(hdx_postings *p, const char *text, uint32_t weight)
{
    hdx_word words[16] = {0};
    hdx_token items[16];
    hdx_tokens tokens = {.items = items};
    while (*text) {
        size_t len = strcspn(text, " ");
        words[tokens.count].term = (hdx_str){text, len};
        items[tokens.count].word = &words[tokens.count];
        tokens.count++;
        text += len + (text[len] == ' ');
    }
    ck_assert_int_eq(hdx_postings_add(p, &tokens, weight, NULL), 0);
}

static uint32_t frequency(hdx_postings *p, const char *term)
{
    const hdx_posting *list;
    size_t n;
    ck_assert_int_eq(hdx_postings_list(p, &list, &n, NULL), 0);
    for (size_t i = 0; i < n; i++)
        if (hdx_str_eq(list[i].term, hdx_str_of(term)))
            return list[i].frequency;
    return 0;
}

static size_t length(hdx_postings *p)
{
    const hdx_posting *list;
    size_t n;
    ck_assert_int_eq(hdx_postings_list(p, &list, &n, NULL), 0);
    return n;
}

static hdx_postings *new_postings(void)
{
    hdx_postings *p;
    ck_assert_int_eq(hdx_postings_new(&p, NULL), 0);
    return p;
}

START_TEST(terms_are_counted_by_weight)
{
    hdx_postings *p = new_postings();
    ck_assert_uint_eq(length(p), 0);
    count(p, "wถอน wเงิน wถอน", 1);
    count(p, "wถอน wحساب", 4);
    ck_assert_uint_eq(frequency(p, "wถอน"), 6);
    ck_assert_uint_eq(frequency(p, "wเงิน"), 1);
    ck_assert_uint_eq(frequency(p, "wحساب"), 4);
    ck_assert_uint_eq(length(p), 3);
    hdx_postings_free(p);
}
END_TEST

START_TEST(a_term_is_listed_once)
{
    hdx_postings *p = new_postings();
    count(p, "wa wa wa wb", 2);
    count(p, "wa", 1);
    ck_assert_uint_eq(length(p), 2);
    ck_assert_uint_eq(frequency(p, "wa"), 7);
    hdx_postings_free(p);
}
END_TEST

START_TEST(a_restart_goes_back_to_the_base)
{
    hdx_postings *p = new_postings();
    count(p, "wtitel", 4);
    ck_assert_int_eq(hdx_postings_keep(p, NULL), 0);
    for (int i = 0; i < 3; i++) {
        hdx_postings_restart(p);
        ck_assert_uint_eq(length(p), 1);
        count(p, "wtitel wtext", 1);
        ck_assert_uint_eq(frequency(p, "wtitel"), 5);
        ck_assert_uint_eq(frequency(p, "wtext"), 1);
    }
    hdx_postings_free(p);
}
END_TEST

START_TEST(clearing_forgets_the_base_and_keeps_the_vocabulary)
{
    hdx_postings *p = new_postings();
    count(p, "wa wb", 1);
    ck_assert_int_eq(hdx_postings_keep(p, NULL), 0);
    hdx_postings_clear(p);
    ck_assert_uint_eq(length(p), 0);
    hdx_postings_restart(p);
    ck_assert_uint_eq(length(p), 0);
    ck_assert_uint_eq(hdx_postings_vocabulary(p), 2);
    count(p, "wa wc", 1);
    ck_assert_uint_eq(frequency(p, "wa"), 1);
    ck_assert_uint_eq(hdx_postings_vocabulary(p), 3);
    hdx_postings_free(p);
}
END_TEST

START_TEST(terms_outlive_the_bytes_they_came_in)
{
    hdx_postings *p = new_postings();
    char term[8] = "w出金";
    count(p, term, 1);
    memset(term, 'x', sizeof term - 1);
    count(p, "w出金", 1);
    ck_assert_uint_eq(frequency(p, "w出金"), 2);
    ck_assert_uint_eq(hdx_postings_vocabulary(p), 1);
    hdx_postings_free(p);
}
END_TEST

START_TEST(a_term_is_known_by_its_number)
{
    hdx_postings *p = new_postings();
    hdx_word word = {.term = HDX_STR("w出金")};
    hdx_token token = {.word = &word};
    const hdx_tokens tokens = {.items = &token, .count = 1};
    ck_assert_int_eq(hdx_postings_add(p, &tokens, 2, NULL), 0);
    ck_assert_uint_ne(word.term_number, 0);
    ck_assert_int_eq(hdx_postings_add(p, &tokens, 3, NULL), 0);
    count(p, "w出金", 1);
    ck_assert_uint_eq(frequency(p, "w出金"), 6);
    ck_assert_uint_eq(length(p), 1);
    hdx_postings_free(p);
}
END_TEST

START_TEST(many_terms_keep_their_counts)
{
    hdx_postings *p = new_postings();
    char term[16];
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 20000; i++) {
            snprintf(term, sizeof term, "w%d", i);
            count(p, term, 1);
        }
    const hdx_posting *list;
    size_t n;
    ck_assert_int_eq(hdx_postings_list(p, &list, &n, NULL), 0);
    ck_assert_uint_eq(n, 20000);
    for (size_t i = 0; i < n; i++)
        ck_assert_uint_eq(list[i].frequency, 2);
    hdx_postings_free(p);
}
END_TEST

START_TEST(nothing_counted_gives_nothing)
{
    hdx_postings *p = new_postings();
    count(p, "", 1);
    ck_assert_int_eq(hdx_postings_keep(p, NULL), 0);
    hdx_postings_restart(p);
    ck_assert_uint_eq(length(p), 0);
    ck_assert_uint_eq(hdx_postings_vocabulary(p), 0);
    hdx_postings_free(p);
    hdx_postings_free(NULL);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        terms_are_counted_by_weight,
        a_term_is_listed_once,
        a_restart_goes_back_to_the_base,
        clearing_forgets_the_base_and_keeps_the_vocabulary,
        terms_outlive_the_bytes_they_came_in,
        a_term_is_known_by_its_number,
        many_terms_keep_their_counts,
        nothing_counted_gives_nothing,
        NULL};
    return run_suite("postings", tests);
}
