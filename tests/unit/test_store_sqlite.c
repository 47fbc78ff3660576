/* insights/store_sqlite.c: what is particular to a file */
#include <helpdex/journal.h>

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/database.h"

static helpdex_journal *open_journal(const char *path)
{
    helpdex_journal *j;
    helpdex_error err = {0};
    helpdex_status status = helpdex_journal_open(path, &j, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    return j;
}

static helpdex_status rate(helpdex_journal *j, const char *comment)
{
    const helpdex_rating_event rating = {
        .size = sizeof rating, .stars = 4, .comment = comment};
    return helpdex_journal_rating(j, &rating, NULL);
}

static void expect_nowhere(const char *path, const char *secret)
{
    size_t size;
    char *bytes = read_text(path, &size);
    ck_assert_ptr_null(memmem(bytes, size, secret, strlen(secret)));
    free(bytes);
}

START_TEST(what_was_redacted_is_nowhere_in_the_file)
{
    const char *path = new_database();
    helpdex_journal *j = open_journal(path);
    ck_assert_int_eq(rate(j, "ask jo@x.example, 4111 1111 1111 1111"), 0);
    ck_assert_int_eq(rate(j, "legal winner thank year wave sausage worth "
                             "useful legal winner thank yellow"),
                     0);
    helpdex_journal_free(j);
    expect_nowhere(path, "jo@x.example");
    expect_nowhere(path, "4111");
    expect_nowhere(path, "winner");
}
END_TEST

START_TEST(a_file_is_for_its_owner)
{
    const char *path = new_database();
    struct stat status;
    helpdex_journal_free(open_journal(path));
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_int_eq(status.st_mode & 0777, 0600);
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
    ck_assert_value(other, "SELECT count(*) FROM sqlite_schema", "1");
    ck_assert_value(other, "PRAGMA journal_mode", "delete");
    refused("", HELPDEX_INVALID);
    refused("mysql://user@host/journal", HELPDEX_INVALID);
    refused(join(temp_dir(), "none/journal.db"), HELPDEX_IO);
    refused(temp_dir(), HELPDEX_IO);
}
END_TEST

/* A child notes for ever; whenever it is killed, what it has made is whole. */
START_TEST(a_killed_writer_leaves_a_whole_journal)
{
    const char *path = new_database();
    helpdex_journal_free(open_journal(path));
    for (int round = 1; round <= 5; round++) {
        pid_t child = fork();
        if (!child) {
            helpdex_journal *j = open_journal(path);
            for (;;)
                rate(j, "fine");
        }
        usleep(200000 * (unsigned)round);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        ck_assert_value(path, "PRAGMA integrity_check", "ok");
    }
    ck_assert_value(path, "SELECT count(*) >= 256 FROM ratings", "1");
}
END_TEST

START_TEST(events_wait_while_another_holds_the_file)
{
    const char *path = new_database();
    helpdex_journal *j = open_journal(path);
    sqlite3 *db = open_sqlite(path);
    ck_assert_int_eq(sqlite3_exec(db, "BEGIN IMMEDIATE", 0, 0, 0), SQLITE_OK);
    ck_assert_int_eq(rate(j, NULL), HELPDEX_OK);
    ck_assert_int_eq(helpdex_journal_flush(j, NULL), HELPDEX_IN_USE);
    ck_assert_int_eq(sqlite3_exec(db, "COMMIT", 0, 0, 0), SQLITE_OK);
    sqlite3_close(db);
    ck_assert_int_eq(helpdex_journal_flush(j, NULL), HELPDEX_OK);
    helpdex_journal_free(j);
    ck_assert_value(path, "SELECT count(*) FROM ratings", "1");
}
END_TEST

/* The statements of docs/events.md below a sentence, to be freed. */
static hdx_buf documented(const char *sentence)
{
    size_t size;
    char *text = read_text(SOURCE_DIR "/docs/events.md", &size);
    hdx_str line, rest = hdx_str_of(strstr(text, sentence));
    hdx_buf sql = {0};
    while (hdx_str_line(&rest, &line) && !hdx_str_starts(line, HDX_STR("In ")))
        if (hdx_str_starts(line, HDX_STR("    "))) {
            hdx_buf_add(&sql, line);
            hdx_buf_byte(&sql, '\n');
        }
    free(text);
    return sql;
}

START_TEST(a_customer_is_forgotten_by_what_the_manual_says)
{
    const char *path = new_database();
    helpdex_journal *j = open_journal(path);
    hdx_buf sql = documented("To forget a customer");
    const helpdex_contact_event contacts[] = {
        {.size = sizeof *contacts,
         .customer = "c9f2",
         .session = "s-1",
         .text = "Mueller writes"},
        {.size = sizeof *contacts, .customer = "other", .session = "s-2"}};
    const helpdex_rating_event rating = {.size = sizeof rating,
                                         .session = "s-1",
                                         .stars = 1,
                                         .comment = "says Mueller"};
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(helpdex_journal_contact(j, &contacts[i], NULL), 0);
    ck_assert_int_eq(helpdex_journal_rating(j, &rating, NULL), 0);
    ck_assert_int_eq(helpdex_journal_flush(j, NULL), 0);
    execute(path, sql.ptr);
    ck_assert_value(path, "SELECT group_concat(customer) FROM contacts",
                    "other");
    ck_assert_value(path, "SELECT count(*) FROM ratings", "0");
    expect_nowhere(path, "Mueller");
    expect_nowhere(path, "c9f2");
    helpdex_journal_free(j);
    hdx_buf_free(&sql);
}
END_TEST

START_TEST(what_is_old_is_deleted_by_what_the_manual_says)
{
    const char *path = new_database();
    hdx_buf sql = documented("Run once a");
    helpdex_journal *j = open_journal(path);
    ck_assert_int_eq(rate(j, "of 1970"), HELPDEX_OK);
    ck_assert_int_eq(helpdex_journal_flush(j, NULL), HELPDEX_OK);
    execute(path, sql.ptr);
    ck_assert_value(path, "SELECT count(*) FROM ratings", "0");
    helpdex_journal_free(j);
    hdx_buf_free(&sql);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        what_was_redacted_is_nowhere_in_the_file,
        a_file_is_for_its_owner,
        what_is_no_journal_is_refused_and_left_alone,
        a_killed_writer_leaves_a_whole_journal,
        events_wait_while_another_holds_the_file,
        a_customer_is_forgotten_by_what_the_manual_says,
        what_is_old_is_deleted_by_what_the_manual_says,
        NULL};
    unsetenv("HELPDEX_TEST_DATABASE");
    return run_suite("store_sqlite", tests);
}
