/* the journal of what was asked */
#include <helpdex/index.h>
#include <helpdex/journal.h>

#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/support.h"

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

static helpdex_journal *open_journal(const char *path)
{
    helpdex_journal *j;
    helpdex_error err = {0};
    helpdex_status status = helpdex_journal_open(path, &j, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    return j;
}

static helpdex_status note(helpdex_journal *j, helpdex_request request)
{
    helpdex_results *results;
    ck_assert_int_eq(helpdex_search(searcher, &request, &results, NULL), 0);
    helpdex_status status = helpdex_journal_search(j, &request, results, NULL);
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

static const char *noted(const char *query, const char *locale)
{
    const char *path = join(temp_dir(), "journal.db");
    helpdex_journal *j = open_journal(path);
    ck_assert_int_eq(note(j, ask(query, locale)), HELPDEX_OK);
    helpdex_journal_free(j);
    return path;
}

/* The first column of the first row as text; "NULL" of that. */
static const char *value(const char *path, const char *sql)
{
    static char text[256];
    sqlite3 *db;
    sqlite3_stmt *s;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(s), SQLITE_ROW);
    const char *seen = (const char *)sqlite3_column_text(s, 0);
    snprintf(text, sizeof text, "%s", seen ? seen : "NULL");
    sqlite3_finalize(s);
    sqlite3_close(db);
    return text;
}

static void execute(const char *path, const char *sql)
{
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

START_TEST(a_row_says_what_was_asked_and_found)
{
    set_up();
    const char *path = noted("stolen phone", "en");
    ck_assert_str_eq(value(path, "SELECT locale || '|' || query || '|' || hits "
                                 "|| '|' || first_id || '|' || first_tier || "
                                 "'|' || fallback FROM searches"),
                     "en|stolen phone|1|lock|exact|0");
    ck_assert_str_eq(value(path, "SELECT generation FROM searches"),
                     helpdex_searcher_generation(searcher));
    ck_assert_str_eq(
        value(path, "SELECT abs(at - unixepoch()) < 100 FROM searches"), "1");
    ck_assert_str_eq(value(path,
                           "SELECT took_us < 9999999 AND decision IS NULL "
                           "AND NOT seed_phrase FROM searches"),
                     "1");
    helpdex_searcher_free(searcher);
}
END_TEST

START_TEST(the_least_close_tier_is_noted)
{
    set_up();
    const char *path = noted("stolen phnoe", "en");
    ck_assert_str_eq(value(path, "SELECT first_tier FROM searches"), "typo");
    ck_assert_str_eq(value(path, "SELECT correction FROM searches"),
                     "stolen phone");
    helpdex_searcher_free(searcher);
}
END_TEST

START_TEST(a_fallback_and_a_translation_are_noted)
{
    set_up();
    const char *path = noted("withdrawals", "th");
    ck_assert_str_eq(value(path, "SELECT fallback FROM searches"), "1");
    path = noted("stolen", "th");
    ck_assert_str_eq(value(path, "SELECT via FROM searches"), "en");
    helpdex_searcher_free(searcher);
}
END_TEST

START_TEST(a_question_without_hits_is_noted)
{
    set_up();
    const char *path = noted("einhorn", "en");
    ck_assert_str_eq(value(path,
                           "SELECT query FROM searches WHERE hits = 0 AND "
                           "first_id IS NULL AND fallback IS NULL"),
                     "einhorn");
    helpdex_searcher_free(searcher);
}
END_TEST

static void expect_nowhere(const char *path, const char *secret)
{
    size_t size;
    char *bytes = read_text(path, &size);
    ck_assert_ptr_null(memmem(bytes, size, secret, strlen(secret)));
    free(bytes);
}

START_TEST(what_is_written_has_been_redacted)
{
    set_up();
    const char *path =
        noted("stolen phnoe jo@x.example 4111 1111 1111 1111", "en");
    ck_assert_str_eq(value(path, "SELECT query FROM searches"),
                     "stolen phnoe <email> <card>");
    expect_nowhere(path, "jo@x.example");
    expect_nowhere(path, "4111");
    helpdex_searcher_free(searcher);
}
END_TEST

START_TEST(a_seed_phrase_is_not_written)
{
    set_up();
    const char *path = noted("legal winner thank year wave sausage worth "
                             "useful legal winner thank yellwo stolen",
                             "en");
    ck_assert_str_eq(value(path, "SELECT seed_phrase FROM searches"), "1");
    ck_assert_str_eq(value(path, "SELECT query FROM searches"), "NULL");
    ck_assert_str_eq(value(path, "SELECT correction FROM searches"), "NULL");
    expect_nowhere(path, "winner");
    helpdex_searcher_free(searcher);
}
END_TEST

START_TEST(region_and_platform_are_noted)
{
    set_up();
    const char *path = join(temp_dir(), "journal.db");
    helpdex_journal *j = open_journal(path);
    helpdex_request request = ask("stolen", "en");
    request.region = "TH";
    request.platform = "ios";
    ck_assert_int_eq(note(j, request), HELPDEX_OK);
    helpdex_journal_free(j);
    ck_assert_str_eq(value(path, "SELECT region || platform FROM searches"),
                     "THios");
    helpdex_searcher_free(searcher);
}
END_TEST

START_TEST(long_questions_are_cut_and_no_secret_with_them)
{
    set_up();
    const char *path = join(temp_dir(), "journal.db");
    helpdex_journal *j = open_journal(path);
    hdx_buf query = {0};
    while (query.len < 4088)
        hdx_buf_add(&query, HDX_STR("ok. "));
    hdx_buf_add(&query, HDX_STR("4111111111111111 ก ก ก ก"));
    ck_assert_int_eq(note(j, ask(query.ptr, "en")), HELPDEX_OK);
    helpdex_journal_free(j);
    ck_assert_str_eq(value(path, "SELECT length(query) || substr(query, -8) "
                                 "FROM searches"),
                     "4094. <card>");
    hdx_buf_free(&query);
    helpdex_searcher_free(searcher);
}
END_TEST

START_TEST(a_note_is_written_within_seconds)
{
    set_up();
    const char *path = join(temp_dir(), "journal.db");
    helpdex_journal *j = open_journal(path);
    ck_assert_int_eq(note(j, ask("stolen", "en")), HELPDEX_OK);
    for (int i = 0; i < 200; i++) {
        if (strcmp(value(path, "SELECT count(*) FROM searches"), "1") == 0)
            break;
        usleep(100000);
    }
    ck_assert_str_eq(value(path, "SELECT count(*) FROM searches"), "1");
    helpdex_journal_free(j);
    helpdex_searcher_free(searcher);
}
END_TEST

START_TEST(a_journal_is_for_its_owner_and_goes_on)
{
    set_up();
    const char *path = noted("stolen", "en");
    struct stat status;
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_int_eq(status.st_mode & 0777, 0600);
    helpdex_journal *j = open_journal(path);
    ck_assert_int_eq(note(j, ask("phone", "en")), HELPDEX_OK);
    ck_assert_int_eq(helpdex_journal_flush(j, NULL), HELPDEX_OK);
    ck_assert_str_eq(value(path, "SELECT count(*) FROM searches"), "2");
    helpdex_journal_free(j);
    helpdex_journal_free(NULL);
    helpdex_searcher_free(searcher);
}
END_TEST

static void refused(const char *path, helpdex_status expected)
{
    helpdex_journal *j;
    helpdex_error err = {0};
    ck_assert_int_eq(helpdex_journal_open(path, &j, &err), expected);
    ck_assert_ptr_null(j);
    ck_assert_int_eq(err.status, expected);
    ck_assert_msg(strchr(err.message, ';') != NULL, "%s", err.message);
}

START_TEST(what_is_no_journal_is_refused_and_left_alone)
{
    const char *text = join(temp_dir(), "text"), *other = join(temp_dir(), "o");
    write_text(text, "A text of more than a hundred bytes is no database, and "
                     "SQLite says so when it reads the head of it for us.");
    refused(text, HELPDEX_BAD_INPUT);
    execute(other, "CREATE TABLE t (a)");
    refused(other, HELPDEX_BAD_INPUT);
    ck_assert_str_eq(value(other, "SELECT count(*) FROM sqlite_schema"), "1");
    ck_assert_str_eq(value(other, "PRAGMA journal_mode"), "delete");
    refused("", HELPDEX_INVALID);
    refused(join(temp_dir(), "none/journal.db"), HELPDEX_IO);
    refused(temp_dir(), HELPDEX_IO);
}
END_TEST

START_TEST(a_newer_journal_is_refused)
{
    set_up();
    const char *path = noted("stolen", "en");
    execute(path, "PRAGMA user_version = 2");
    refused(path, HELPDEX_INCOMPATIBLE);
    ck_assert_str_eq(value(path, "SELECT count(*) FROM searches"), "1");
    helpdex_searcher_free(searcher);
}
END_TEST

/* A child notes for ever; whenever it is killed, what it has made is whole. */
START_TEST(a_killed_writer_leaves_a_whole_journal)
{
    set_up();
    const char *path = join(temp_dir(), "journal.db");
    helpdex_journal_free(open_journal(path));
    for (int round = 1; round <= 5; round++) {
        pid_t child = fork();
        if (!child) {
            helpdex_journal *j = open_journal(path);
            for (;;)
                note(j, ask("stolen", "en"));
        }
        usleep(200000 * (unsigned)round);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        ck_assert_str_eq(value(path, "PRAGMA integrity_check"), "ok");
    }
    ck_assert_str_eq(value(path, "SELECT count(*) >= 256 FROM searches"), "1");
    helpdex_searcher_free(searcher);
}
END_TEST

enum { WRITERS = 4, NOTES = 600 };

static bool write_notes(const char *path)
{
    helpdex_journal *j = open_journal(path);
    helpdex_request request = ask("stolen", "en");
    helpdex_results *results;
    helpdex_search(searcher, &request, &results, NULL);
    for (int i = 0; i < NOTES; i++)
        helpdex_journal_search(j, &request, results, NULL);
    helpdex_status status = helpdex_journal_flush(j, NULL);
    helpdex_results_free(results);
    helpdex_journal_free(j);
    return status == HELPDEX_OK;
}

START_TEST(two_writers_wait_for_each_other)
{
    set_up();
    const char *path = join(temp_dir(), "journal.db");
    pid_t child = fork();
    if (!child)
        _exit(!write_notes(path));
    int status = 1;
    ck_assert(write_notes(path));
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    ck_assert_str_eq(value(path, "SELECT count(*) FROM searches"), "1200");
    helpdex_searcher_free(searcher);
}
END_TEST

typedef struct shared {
    helpdex_journal *journal;
    helpdex_request request;
    helpdex_results *results;
} shared;

static void *note_shared(void *context)
{
    shared *s = context;
    for (int i = 0; i < NOTES; i++)
        helpdex_journal_search(s->journal, &s->request, s->results, NULL);
    return NULL;
}

START_TEST(threads_share_a_journal)
{
    set_up();
    const char *path = join(temp_dir(), "journal.db");
    shared s = {.journal = open_journal(path), .request = ask("stolen", "en")};
    pthread_t threads[WRITERS];
    ck_assert_int_eq(helpdex_search(searcher, &s.request, &s.results, NULL), 0);
    for (int i = 0; i < WRITERS; i++)
        pthread_create(&threads[i], NULL, note_shared, &s);
    for (int i = 0; i < WRITERS; i++)
        pthread_join(threads[i], NULL);
    helpdex_results_free(s.results);
    helpdex_journal_free(s.journal);
    ck_assert_str_eq(value(path, "SELECT count(*) FROM searches"), "2400");
    helpdex_searcher_free(searcher);
}
END_TEST

START_TEST(notes_wait_while_another_holds_the_journal)
{
    set_up();
    const char *path = join(temp_dir(), "journal.db");
    helpdex_journal *j = open_journal(path);
    sqlite3 *db;
    helpdex_error err;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "BEGIN IMMEDIATE", 0, 0, 0), SQLITE_OK);
    ck_assert_int_eq(note(j, ask("stolen", "en")), HELPDEX_OK);
    ck_assert_int_eq(helpdex_journal_flush(j, &err), HELPDEX_IN_USE);
    ck_assert_int_eq(sqlite3_exec(db, "COMMIT", 0, 0, 0), SQLITE_OK);
    sqlite3_close(db);
    ck_assert_int_eq(helpdex_journal_flush(j, &err), HELPDEX_OK);
    helpdex_journal_free(j);
    ck_assert_str_eq(value(path, "SELECT count(*) FROM searches"), "1");
    helpdex_searcher_free(searcher);
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
        a_note_is_written_within_seconds,
        a_journal_is_for_its_owner_and_goes_on,
        what_is_no_journal_is_refused_and_left_alone,
        a_newer_journal_is_refused,
        a_killed_writer_leaves_a_whole_journal,
        two_writers_wait_for_each_other,
        threads_share_a_journal,
        notes_wait_while_another_holds_the_journal,
        NULL};
    return run_suite("journal", tests);
}
