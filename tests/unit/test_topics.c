/* What is offered where nothing was found, and the way to a person. */
#include <helpdex/index.h>
#include <helpdex/search.h>

#include <stdio.h>

#include "tests/unit/support.h"

static const char *kb, *ix;

static void article(const char *path, const char *text)
{
    write_text(join(kb, path), text);
}

static helpdex_searcher *build(void)
{
    helpdex_searcher *s;
    helpdex_report *report = NULL;
    helpdex_error err = {0};
    helpdex_status status = helpdex_index_build(kb, ix, NULL, &report, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    helpdex_report_free(report);
    ck_assert_int_eq(helpdex_searcher_open(ix, &s, NULL), HELPDEX_OK);
    return s;
}

static helpdex_searcher *base(const char *config)
{
    kb = temp_dir();
    ix = join(temp_dir(), "index");
    article("helpdex.yml", config);
    article("en/money/refund.md", "---\nweight: 20\n---\n# Reimbursement\n\nA");
    article("en/money/fees.md", "---\nweight: 10\n---\n# What it costs\n\nB");
    article("en/travel/bags.md", "---\nregions: [XA]\n---\n# Luggage\n\nC");
    article("en/travel/seat.md", "---\nlastmod: 2026-01-02\n---\n# Seats\n\nD");
    article("en/travel/food.md", "---\nlastmod: 2025-01-02\n---\n# Food\n\nE");
    article("de/money/refund.md", "# Rückerstattung\n\nÄ");
    article("th/money/refund.md", "# ขอเงินคืน\n\nก");
    article("zh-Hant/money/refund.md", "# 申請退款\n\n甲");
    article("ar/money/refund.md", "# استرداد الأموال\n\nب");
    return build();
}

static helpdex_results *find(helpdex_searcher *s, const char *query,
                             const char *locale, const char *region)
{
    helpdex_results *r;
    helpdex_request request;
    helpdex_request_init(&request);
    request.query = query;
    request.locale = locale;
    request.region = region;
    ck_assert_int_eq(helpdex_search(s, &request, &r, NULL), HELPDEX_OK);
    return r;
}

/* The ids of the topics, each with a space behind it. */
static void check(helpdex_searcher *s, const char *query, const char *locale,
                  const char *region, const char *ids)
{
    char seen[200] = "";
    helpdex_results *r = find(s, query, locale, region);
    ck_assert_uint_eq(helpdex_results_count(r), 0);
    for (size_t i = 0; i < helpdex_results_topic_count(r); i++) {
        strcat(seen, helpdex_results_topic(r, i)->id);
        strcat(seen, " ");
    }
    ck_assert_str_eq(seen, ids);
    ck_assert_ptr_null(
        helpdex_results_topic(r, helpdex_results_topic_count(r)));
    helpdex_results_free(r);
}

START_TEST(the_title_that_looks_like_the_question_is_offered)
{
    helpdex_searcher *s = base("default_locale: en\n");
    check(s, "unreimbursementable", "en", NULL, "money/refund ");
    check(s, "preluggages", "en", NULL, "travel/bags ");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(where_none_is_near_the_first_of_each_category_is)
{
    helpdex_searcher *s = base("default_locale: en\n");
    check(s, "qqqq", "en", NULL, "money/fees travel/seat ");
    check(s, "?!", "en", NULL, "money/fees travel/seat ");
    check(s, "", "en", NULL, "money/fees travel/seat ");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(topics_are_in_the_readers_language)
{
    const char *const titles[][2] = {{"de", "Rückerstattung"},
                                     {"th", "ขอเงินคืน"},
                                     {"zh-Hant", "申請退款"},
                                     {"ar", "استرداد الأموال"},
                                     {"de-AT", "Rückerstattung"}};
    helpdex_searcher *s = base("default_locale: en\nurl: https://x/{id}\n");
    for (size_t i = 0; i < 5; i++) {
        helpdex_results *r = find(s, "qqqq", titles[i][0], NULL);
        const helpdex_topic *topic = helpdex_results_topic(r, 0);
        ck_assert_ptr_nonnull(topic);
        ck_assert_str_eq(topic->title, titles[i][1]);
        ck_assert_int_eq(strncmp(topic->locale, titles[i][0], 2), 0);
        ck_assert_str_eq(topic->url, "https://x/money/refund");
        helpdex_results_free(r);
    }
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(nobody_is_offered_what_is_not_for_them)
{
    helpdex_searcher *s = base("default_locale: en\n");
    check(s, "preluggages", "en", "XA", "travel/bags ");
    check(s, "preluggages", "en", "XB", "money/fees travel/seat ");
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(with_hits_there_are_no_topics)
{
    helpdex_searcher *s = base("default_locale: en\ncontact: call us\n");
    helpdex_results *r = find(s, "luggage", "en", NULL);
    ck_assert_uint_eq(helpdex_results_count(r), 1);
    ck_assert_uint_eq(helpdex_results_topic_count(r), 0);
    ck_assert_str_eq(helpdex_results_contact(r), "call us");
    helpdex_results_free(r);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(the_way_to_a_person_is_said_in_the_readers_locale)
{
    helpdex_searcher *s = base("default_locale: en\n"
                               "contact: https://x/{locale}/c?l={locale}\n");
    const char *const cases[][2] = {{"de-AT", "https://x/de/c?l=de"},
                                    {"th", "https://x/th/c?l=th"},
                                    {"zh-TW", "https://x/zh-Hant/c?l=zh-Hant"},
                                    {"sw", "https://x/en/c?l=en"}};
    for (size_t i = 0; i < 4; i++) {
        helpdex_results *r = find(s, "qqqq", cases[i][0], NULL);
        ck_assert_str_eq(helpdex_results_contact(r), cases[i][1]);
        ck_assert_str_ne(helpdex_results_message(r, HELPDEX_MESSAGE_PERSON),
                         "");
        ck_assert_str_ne(helpdex_results_message(r, HELPDEX_MESSAGE_TOPICS),
                         "");
        helpdex_results_free(r);
    }
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(without_a_contact_there_is_none)
{
    helpdex_searcher *s = base("default_locale: en\n");
    helpdex_results *r = find(s, "qqqq", "en", NULL);
    ck_assert_ptr_null(helpdex_results_contact(r));
    helpdex_results_free(r);
    helpdex_searcher_free(s);
}
END_TEST

START_TEST(every_pack_says_topics_and_person)
{
    char path[4096];
    FILE *packs = popen("ls " SOURCE_DIR "/locales/*.yml", "r");
    size_t count = 0;
    while (fgets(path, sizeof path, packs)) {
        path[strcspn(path, "\n")] = '\0';
        char *text = read_text(path, NULL);
        bool wider = strstr(text, "\nmessages:") == NULL;
        ck_assert_msg(wider || (strstr(text, "\n  topics: ") &&
                                strstr(text, "\n  person: ")),
                      "%s", path);
        free(text);
        count++;
    }
    pclose(packs);
    ck_assert_uint_ge(count, 33);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        the_title_that_looks_like_the_question_is_offered,
        where_none_is_near_the_first_of_each_category_is,
        topics_are_in_the_readers_language,
        nobody_is_offered_what_is_not_for_them,
        with_hits_there_are_no_topics,
        the_way_to_a_person_is_said_in_the_readers_locale,
        without_a_contact_there_is_none,
        every_pack_says_topics_and_person,
        NULL};
    return run_suite("topics", tests);
}
