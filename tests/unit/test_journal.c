/* the journal, on either store: tests/unit/database.h says which */
#include <helpdex/index.h>
#include <helpdex/journal.h>

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/database.h"

enum { AT = 1700000000 };
static helpdex_searcher *searcher;

static void set_up(void)
{
    const char *kb = temp_dir(), *ix = join(temp_dir(), "index");
    helpdex_report *report;
    write_text(join(kb, "helpdex.yml"), "default_locale: en\n");
    write_text(join(kb, "en/lock.md"), "# Lock\n\nThe phone was stolen.\n");
    write_text(join(kb, "en/fees.md"), "# Fees\n\nWithdrawals are free.\n");
    write_text(join(kb, "th/lock.md"), "# ล็อกบัญชี\n\nโทรศัพท์หาย\n");
    ck_assert_int_eq(helpdex_index_build(kb, ix, NULL, &report, NULL), 0);
    helpdex_report_free(report);
    ck_assert_int_eq(helpdex_searcher_open(ix, &searcher, NULL), 0);
}

static helpdex_journal *open_journal(const char *where)
{
    helpdex_journal *j;
    helpdex_error err = {0};
    helpdex_status status = helpdex_journal_open(where, &j, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    return j;
}

static helpdex_status note(helpdex_journal *j, helpdex_request request)
{
    helpdex_results *results;
    ck_assert_int_eq(helpdex_search(searcher, &request, &results, NULL), 0);
    const helpdex_search_event event = {.size = sizeof event,
                                        .at = AT,
                                        .session = "s-1",
                                        .request = &request,
                                        .results = results};
    helpdex_status status = helpdex_journal_search(j, &event, NULL);
    helpdex_results_free(results);
    return status;
}

static helpdex_request ask(const char *query, const char *locale)
{
    helpdex_request request;
    helpdex_request_init(&request);
    request.query = query;
    request.locale = locale;
    request.explain = true;
    return request;
}

/* A journal of one search. */
static const char *noted(const char *query, const char *locale)
{
    const char *where = new_database();
    helpdex_journal *j = open_journal(where);
    ck_assert_int_eq(note(j, ask(query, locale)), HELPDEX_OK);
    helpdex_journal_free(j);
    return where;
}

START_TEST(a_row_says_what_was_asked_and_found)
{
    set_up();
    const char *where = noted("stolen phone", "en");
    ck_assert_value(where,
                    "SELECT locale || '|' || query || '|' || hits || '|' || "
                    "first_id || '|' || first_tier || '|' || fallback || '|' "
                    "|| at || '|' || session FROM searches",
                    "en|stolen phone|1|lock|exact|0|1700000000|s-1");
    ck_assert_value(where, "SELECT generation FROM searches",
                    helpdex_searcher_generation(searcher));
    ck_assert_value(where,
                    "SELECT count(*) FROM searches WHERE took_us < 9999999 "
                    "AND seed_phrase = 0 AND via IS NULL",
                    "1");
    helpdex_searcher_free(searcher);
}
END_TEST

START_TEST(the_least_close_tier_is_noted)
{
    set_up();
    const char *where = noted("stolen phnoe", "en");
    ck_assert_value(where, "SELECT first_tier FROM searches", "typo");
    ck_assert_value(where, "SELECT correction FROM searches", "stolen phone");
    helpdex_searcher_free(searcher);
}
END_TEST

START_TEST(a_fallback_and_a_translation_are_noted)
{
    set_up();
    const char *where = noted("withdrawals", "th");
    ck_assert_value(where, "SELECT fallback FROM searches", "1");
    where = noted("stolen", "th");
    ck_assert_value(where, "SELECT via FROM searches", "en");
    helpdex_searcher_free(searcher);
}
END_TEST

START_TEST(a_question_without_hits_is_noted)
{
    set_up();
    const char *where = noted("einhorn", "en");
    ck_assert_value(where,
                    "SELECT query FROM searches WHERE hits = 0 AND "
                    "first_id IS NULL AND fallback IS NULL",
                    "einhorn");
    helpdex_searcher_free(searcher);
}
END_TEST

START_TEST(what_is_written_has_been_redacted)
{
    set_up();
    const char *where =
        noted("โทรศัพท์หาย jo@x.example 4111 1111 1111 1111", "th");
    ck_assert_value(where, "SELECT query FROM searches",
                    "โทรศัพท์หาย <email> <card>");
    helpdex_searcher_free(searcher);
}
END_TEST

START_TEST(a_seed_phrase_is_not_written)
{
    set_up();
    const char *where = noted("legal winner thank year wave sausage worth "
                              "useful legal winner thank yellwo stolen",
                              "en");
    ck_assert_value(where,
                    "SELECT count(*) FROM searches WHERE seed_phrase = 1 AND "
                    "query IS NULL AND correction IS NULL",
                    "1");
    helpdex_searcher_free(searcher);
}
END_TEST

START_TEST(region_and_platform_are_noted)
{
    set_up();
    const char *where = new_database();
    helpdex_journal *j = open_journal(where);
    helpdex_request request = ask("stolen", "en");
    request.region = "TH";
    request.platform = "ios";
    ck_assert_int_eq(note(j, request), HELPDEX_OK);
    helpdex_journal_free(j);
    ck_assert_value(where, "SELECT region || platform FROM searches", "THios");
    helpdex_searcher_free(searcher);
}
END_TEST

START_TEST(long_questions_are_cut_and_no_secret_with_them)
{
    set_up();
    const char *where = new_database();
    helpdex_journal *j = open_journal(where);
    hdx_buf query = {0};
    while (query.len < 4088)
        hdx_buf_add(&query, HDX_STR("ok. "));
    hdx_buf_add(&query, HDX_STR("4111111111111111 ก ก ก ก"));
    ck_assert_int_eq(note(j, ask(query.ptr, "en")), HELPDEX_OK);
    helpdex_journal_free(j);
    ck_assert_value(where,
                    "SELECT length(query) || substr(query, 4087) FROM searches",
                    "4094. <card>");
    hdx_buf_free(&query);
    helpdex_searcher_free(searcher);
}
END_TEST

START_TEST(feedback_and_ratings_are_noted)
{
    const char *where = new_database();
    helpdex_journal *j = open_journal(where);
    const helpdex_feedback_event feedback = {.size = sizeof feedback,
                                             .at = AT,
                                             .session = "s-1",
                                             .locale = "ja",
                                             .article = "lost-2fa",
                                             .section = "認証アプリ",
                                             .helpful = true,
                                             .comment =
                                                 "助かりました jo@x.example"};
    const helpdex_rating_event rating = {.size = sizeof rating,
                                         .at = AT,
                                         .locale = "ar",
                                         .stars = 5,
                                         .comment = "شكرا ٠٦٦٤ ١٢٣ ٤٥ ٦٧"};
    ck_assert_int_eq(helpdex_journal_feedback(j, &feedback, NULL), 0);
    ck_assert_int_eq(helpdex_journal_rating(j, &rating, NULL), 0);
    helpdex_journal_free(j);
    ck_assert_value(where,
                    "SELECT at || session || locale || article || section || "
                    "helpful || comment || seed_phrase FROM feedback",
                    "1700000000s-1jalost-2fa認証アプリ1助かりました <email>0");
    ck_assert_value(where,
                    "SELECT locale || stars || comment FROM ratings WHERE "
                    "session IS NULL",
                    "ar5شكرا <phone>");
}
END_TEST

START_TEST(decisions_are_noted)
{
    const char *where = new_database();
    helpdex_journal *j = open_journal(where);
    helpdex_decision_event decision = {
        .size = sizeof decision,
        .at = AT,
        .session = "s-1",
        .locale = "de",
        .message = "Mein Geld ist weg, DE89 3704 0044 0532 0130 00",
        .decision = "escalate",
        .confidence = 0.25,
        .reasons = "stakes",
        .article = "missing-deposit",
        .path = "missing-deposit",
        .generation = "20261125-1",
        .took_us = INT64_MAX};
    ck_assert_int_eq(helpdex_journal_decision(j, &decision, NULL), 0);
    decision.confidence = -1;
    ck_assert_int_eq(helpdex_journal_decision(j, &decision, NULL), 0);
    helpdex_journal_free(j);
    ck_assert_value(where,
                    "SELECT message || '|' || decision || '|' || confidence || "
                    "'|' || reasons || '|' || article || path || generation || "
                    "'|' || took_us FROM decisions WHERE confidence > 0",
                    "Mein Geld ist weg, <iban>|escalate|0.25|stakes|"
                    "missing-depositmissing-deposit20261125-1|"
                    "9223372036854775807");
    ck_assert_value(
        where, "SELECT count(*) FROM decisions WHERE confidence IS NULL", "1");
}
END_TEST

START_TEST(contacts_and_handoffs_are_noted_once_by_their_id)
{
    const char *where = new_database();
    helpdex_journal *j = open_journal(where);
    const helpdex_contact_event contact = {
        .size = sizeof contact,
        .at = AT,
        .locale = "ko",
        .id = "T-17",
        .customer = "c9f2",
        .channel = "email",
        .topic = "deposits",
        .article = "4402843467671",
        .text = "입금이 안 보여요 +82 10-1234-5678"};
    const helpdex_handoff_event handoff = {.size = sizeof handoff,
                                           .at = AT,
                                           .session = "s-1",
                                           .id = "H-1",
                                           .category = "deposits",
                                           .urgency = "urgent",
                                           .queue = "money"};
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(helpdex_journal_contact(j, &contact, NULL), 0);
        ck_assert_int_eq(helpdex_journal_handoff(j, &handoff, NULL), 0);
        ck_assert_int_eq(helpdex_journal_flush(j, NULL), 0);
    }
    helpdex_journal_free(j);
    ck_assert_value(where,
                    "SELECT id || customer || channel || topic || article || "
                    "text FROM contacts",
                    "T-17c9f2emaildeposits4402843467671입금이 안 보여요 "
                    "<phone>");
    ck_assert_value(where, "SELECT count(*) FROM contacts", "1");
    ck_assert_value(where,
                    "SELECT count(*) || category || urgency || queue FROM "
                    "handoffs GROUP BY category, urgency, queue",
                    "1depositsurgentmoney");
}
END_TEST

START_TEST(no_kind_keeps_a_seed_phrase)
{
    const char *where = new_database();
    const char *phrase = "abandon abandon abandon abandon abandon abandon "
                         "abandon abandon abandon abandon abandon about";
    helpdex_journal *j = open_journal(where);
    const helpdex_feedback_event f = {
        .size = sizeof f, .article = "a", .comment = phrase};
    const helpdex_rating_event r = {
        .size = sizeof r, .stars = 1, .comment = phrase};
    const helpdex_decision_event d = {
        .size = sizeof d, .decision = "answer", .message = phrase};
    const helpdex_contact_event c = {.size = sizeof c, .text = phrase};
    ck_assert_int_eq(helpdex_journal_feedback(j, &f, NULL), 0);
    ck_assert_int_eq(helpdex_journal_rating(j, &r, NULL), 0);
    ck_assert_int_eq(helpdex_journal_decision(j, &d, NULL), 0);
    ck_assert_int_eq(helpdex_journal_contact(j, &c, NULL), 0);
    helpdex_journal_free(j);
    ck_assert_value(
        where,
        "SELECT (SELECT count(*) FROM feedback WHERE comment IS NULL AND "
        "seed_phrase = 1) + (SELECT count(*) FROM ratings WHERE comment IS "
        "NULL AND seed_phrase = 1) + (SELECT count(*) FROM decisions WHERE "
        "message IS NULL AND seed_phrase = 1) + (SELECT count(*) FROM contacts "
        "WHERE text IS NULL AND seed_phrase = 1)",
        "4");
}
END_TEST

static void refused(helpdex_status status, const helpdex_error *err,
                    const char *what)
{
    ck_assert_int_eq(status, HELPDEX_INVALID);
    ck_assert_msg(strstr(err->message, what) && strchr(err->message, ';'), "%s",
                  err->message);
}

START_TEST(what_is_no_event_is_refused)
{
    helpdex_journal *j = open_journal(new_database());
    helpdex_error e;
    helpdex_rating_event r = {.size = sizeof r, .stars = 6};
    refused(helpdex_journal_rating(j, &r, &e), &e, "1 to 5 stars");
    r = (helpdex_rating_event){.size = sizeof r, .stars = 1, .comment = "\xFF"};
    refused(helpdex_journal_rating(j, &r, &e), &e, "comment is not UTF-8");
    r = (helpdex_rating_event){.stars = 1};
    refused(helpdex_journal_rating(j, &r, &e), &e, "another version");
    r = (helpdex_rating_event){
        .size = sizeof r, .stars = 1, .session = "jo@x.example"};
    refused(helpdex_journal_rating(j, &r, &e), &e, "the session is not");
    helpdex_feedback_event f = {.size = sizeof f};
    refused(helpdex_journal_feedback(j, &f, &e), &e, "no article");
    helpdex_decision_event d = {.size = sizeof d};
    refused(helpdex_journal_decision(j, &d, &e), &e, "its name");
    d = (helpdex_decision_event){
        .size = sizeof d, .decision = "answer", .confidence = 1.5};
    refused(helpdex_journal_decision(j, &d, &e), &e, "above 1");
    helpdex_contact_event c = {.size = sizeof c, .customer = "+43 664 1234567"};
    refused(helpdex_journal_contact(j, &c, &e), &e, "the customer is not");
    ck_assert_uint_eq(helpdex_journal_dropped(j), 0);
    helpdex_journal_free(j);
}
END_TEST

static void wait_for(const char *where, const char *sql, const char *expected)
{
    for (int i = 0; i < 200 && strcmp(value(where, sql), expected) != 0; i++)
        usleep(100000);
    ck_assert_value(where, sql, expected);
}

START_TEST(an_event_is_written_within_seconds)
{
    set_up();
    const char *where = new_database();
    helpdex_journal *j = open_journal(where);
    ck_assert_int_eq(note(j, ask("stolen", "en")), HELPDEX_OK);
    wait_for(where, "SELECT count(*) FROM searches", "1");
    helpdex_journal_free(j);
    helpdex_searcher_free(searcher);
}
END_TEST

static helpdex_status rate(helpdex_journal *j, helpdex_error *err)
{
    const helpdex_rating_event rating = {
        .size = sizeof rating, .at = AT, .stars = 4};
    return helpdex_journal_rating(j, &rating, err);
}

START_TEST(a_journal_goes_on)
{
    const char *where = new_database();
    for (int i = 0; i < 3; i++) {
        helpdex_journal *j = open_journal(where);
        ck_assert_int_eq(rate(j, NULL), HELPDEX_OK);
        ck_assert_int_eq(helpdex_journal_flush(j, NULL), HELPDEX_OK);
        helpdex_journal_free(j);
    }
    ck_assert_value(where, "SELECT count(*) FROM ratings", "3");
    helpdex_journal_free(NULL);
}
END_TEST

START_TEST(a_newer_journal_is_refused)
{
    const char *where = new_database();
    helpdex_journal *j = open_journal(where);
    helpdex_error err;
    ck_assert_int_eq(rate(j, NULL), HELPDEX_OK);
    helpdex_journal_free(j);
    execute(where, postgres_url() ? "UPDATE version SET number = 3"
                                  : "PRAGMA user_version = 3");
    ck_assert_int_eq(helpdex_journal_open(where, &j, &err),
                     HELPDEX_INCOMPATIBLE);
    ck_assert_ptr_null(j);
    ck_assert(strstr(err.message, "schema 3, not 2") != NULL);
    ck_assert_value(where, "SELECT count(*) FROM ratings", "1");
}
END_TEST

/* The table of the first version, and a row of it. */
static const char first_version[] =
    "CREATE TABLE searches (locale TEXT NOT NULL, query TEXT, first_id TEXT, "
    "first_tier TEXT, correction TEXT, via TEXT, generation TEXT NOT NULL, "
    "region TEXT, platform TEXT, at BIGINT NOT NULL, seed_phrase BIGINT NOT "
    "NULL, hits BIGINT NOT NULL, fallback BIGINT, took_us BIGINT NOT NULL, "
    "decision TEXT);"
    "INSERT INTO searches (locale, query, generation, at, seed_phrase, hits, "
    "took_us) VALUES ('uk', 'комісія', 'g', 7, 0, 0, 9);";

START_TEST(an_older_journal_is_brought_up_to_date)
{
    set_up();
    const char *where = new_database();
    if (postgres_url())
        execute(where, "CREATE SCHEMA helpdex; CREATE TABLE version (number "
                       "INTEGER NOT NULL); INSERT INTO version VALUES (1)");
    execute(where, first_version);
    if (!postgres_url())
        execute(where, "PRAGMA user_version = 1");
    helpdex_journal *j = open_journal(where);
    ck_assert_int_eq(note(j, ask("stolen", "en")), HELPDEX_OK);
    ck_assert_int_eq(rate(j, NULL), HELPDEX_OK);
    helpdex_journal_free(j);
    ck_assert_value(where,
                    "SELECT query FROM searches WHERE session IS NULL AND "
                    "at = 7",
                    "комісія");
    ck_assert_value(where, "SELECT count(*) FROM searches", "2");
    ck_assert_value(where, "SELECT count(*) FROM ratings", "1");
    helpdex_searcher_free(searcher);
}
END_TEST

enum { WRITERS = 4, NOTES = 600 };

static bool write_notes(const char *where)
{
    helpdex_journal *j = open_journal(where);
    for (int i = 0; i < NOTES; i++)
        rate(j, NULL);
    helpdex_status status = helpdex_journal_flush(j, NULL);
    helpdex_journal_free(j);
    return status == HELPDEX_OK;
}

START_TEST(two_writers_wait_for_each_other)
{
    const char *where = new_database();
    pid_t child = fork();
    if (!child)
        _exit(!write_notes(where));
    int status = 1;
    ck_assert(write_notes(where));
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    ck_assert_value(where, "SELECT count(*) FROM ratings", "1200");
}
END_TEST

static void *note_shared(void *context)
{
    for (int i = 0; i < NOTES; i++)
        rate(context, NULL);
    return NULL;
}

START_TEST(threads_share_a_journal)
{
    const char *where = new_database();
    helpdex_journal *j = open_journal(where);
    pthread_t threads[WRITERS];
    for (int i = 0; i < WRITERS; i++)
        pthread_create(&threads[i], NULL, note_shared, j);
    for (int i = 0; i < WRITERS; i++)
        pthread_join(threads[i], NULL);
    helpdex_journal_free(j);
    ck_assert_value(where, "SELECT count(*) FROM ratings", "2400");
}
END_TEST

START_TEST(events_that_find_no_room_are_counted)
{
    const char *where = new_database();
    helpdex_journal *j = open_journal(where);
    helpdex_error err = {0};
    execute(where, "ALTER TABLE ratings RENAME TO elsewhere");
    ck_assert_int_eq(rate(j, NULL), HELPDEX_OK);
    helpdex_status failure = helpdex_journal_flush(j, NULL);
    ck_assert_int_ne(failure, HELPDEX_OK);
    for (int i = 1; i < 4096 + 3; i++)
        ck_assert_int_eq(rate(j, &err), failure);
    ck_assert_uint_eq(helpdex_journal_dropped(j), 3);
    execute(where, "ALTER TABLE elsewhere RENAME TO ratings");
    ck_assert_int_eq(helpdex_journal_flush(j, NULL), HELPDEX_OK);
    ck_assert_int_eq(rate(j, NULL), HELPDEX_OK);
    helpdex_journal_free(j);
    ck_assert_value(where, "SELECT count(*) FROM ratings", "4097");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_row_says_what_was_asked_and_found,
        the_least_close_tier_is_noted,
        a_fallback_and_a_translation_are_noted,
        a_question_without_hits_is_noted,
        what_is_written_has_been_redacted,
        a_seed_phrase_is_not_written,
        region_and_platform_are_noted,
        long_questions_are_cut_and_no_secret_with_them,
        feedback_and_ratings_are_noted,
        decisions_are_noted,
        contacts_and_handoffs_are_noted_once_by_their_id,
        no_kind_keeps_a_seed_phrase,
        what_is_no_event_is_refused,
        an_event_is_written_within_seconds,
        a_journal_goes_on,
        a_newer_journal_is_refused,
        an_older_journal_is_brought_up_to_date,
        two_writers_wait_for_each_other,
        threads_share_a_journal,
        events_that_find_no_room_are_counted,
        NULL};
    return run_suite("journal", tests);
}
