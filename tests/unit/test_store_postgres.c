/* insights/store_postgres.c: what is particular to a server; run by
   tests/cli/test_postgres.sh, which starts one */
#include <helpdex/journal.h>

#include "tests/unit/database.h"

static helpdex_journal *open_journal(const char *url)
{
    helpdex_journal *j;
    helpdex_error err = {0};
    helpdex_status status = helpdex_journal_open(url, &j, &err);
    ck_assert_msg(status == HELPDEX_OK, "%s", err.message);
    return j;
}

static helpdex_status rate(helpdex_journal *j, const char *comment)
{
    const helpdex_rating_event rating = {
        .size = sizeof rating, .stars = 4, .comment = comment};
    return helpdex_journal_rating(j, &rating, NULL);
}

static void refused(const char *url, helpdex_status expected, const char *what)
{
    helpdex_journal *j;
    helpdex_error err = {0};
    ck_assert_int_eq(helpdex_journal_open(url, &j, &err), expected);
    ck_assert_ptr_null(j);
    ck_assert_msg(strstr(err.message, what) && strchr(err.message, ';'),
                  "%s: %s", err.file, err.message);
    ck_assert_msg(!strstr(err.message, "secret") && !strstr(err.file, "secret"),
                  "%s: %s", err.file, err.message);
}

/* The URL of another database of the server, or of another user. */
static const char *url_of(const char *user, const char *database)
{
    static char url[512];
    const char *host = strstr(postgres_url(), "host=");
    snprintf(url, sizeof url, "postgresql://%s@/%s?%.*s", user, database,
             (int)strcspn(host, "&"), host);
    return url;
}

START_TEST(every_text_comes_back_as_it_was)
{
    const char *url = new_database();
    const char *odd = "\"\\ 'n' \x01\t\n\u2028 \U0001F600 $1 \\u0000 مرحبا ไทย";
    helpdex_journal *j = open_journal(url);
    ck_assert_int_eq(rate(j, odd), HELPDEX_OK);
    ck_assert_int_eq(helpdex_journal_flush(j, NULL), HELPDEX_OK);
    helpdex_journal_free(j);
    ck_assert_value(url, "SELECT comment FROM ratings", odd);
}
END_TEST

START_TEST(a_lost_connection_is_made_anew)
{
    const char *url = new_database();
    helpdex_journal *j = open_journal(url);
    ck_assert_int_eq(rate(j, "before"), HELPDEX_OK);
    ck_assert_int_eq(helpdex_journal_flush(j, NULL), HELPDEX_OK);
    execute(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                 "application_name = 'helpdex'");
    ck_assert_int_eq(rate(j, "behind"), HELPDEX_OK);
    while (helpdex_journal_flush(j, NULL)) /* once: the one that is lost */
        ck_assert_uint_eq(helpdex_journal_dropped(j), 0);
    helpdex_journal_free(j);
    ck_assert_value(url, "SELECT string_agg(comment, ' ') FROM ratings",
                    "before behind");
}
END_TEST

START_TEST(events_wait_while_another_holds_the_table)
{
    const char *url = new_database();
    helpdex_journal *j = open_journal(url);
    PGconn *other = PQconnectdb(url);
    PQclear(PQexec(other, "BEGIN; LOCK TABLE helpdex.ratings"));
    ck_assert_int_eq(rate(j, NULL), HELPDEX_OK);
    ck_assert_int_eq(helpdex_journal_flush(j, NULL), HELPDEX_IN_USE);
    PQclear(PQexec(other, "COMMIT"));
    PQfinish(other);
    ck_assert_int_eq(helpdex_journal_flush(j, NULL), HELPDEX_OK);
    helpdex_journal_free(j);
    ck_assert_value(url, "SELECT count(*) FROM ratings", "1");
}
END_TEST

START_TEST(a_schema_of_something_else_is_left_alone)
{
    const char *url = new_database();
    execute(url, "CREATE SCHEMA helpdex");
    execute(url, "CREATE TABLE t (a INTEGER)");
    refused(url, HELPDEX_BAD_INPUT, "schema helpdex is of something else");
    ck_assert_value(url,
                    "SELECT count(*) FROM pg_tables WHERE schemaname = "
                    "'helpdex'",
                    "1");
}
END_TEST

START_TEST(an_empty_schema_of_another_owner_will_do)
{
    const char *url = new_database();
    execute(url, "DROP ROLE IF EXISTS writer");
    execute(url, "CREATE ROLE writer LOGIN");
    refused(url_of("writer", "postgres"), HELPDEX_IO, "AUTHORIZATION");
    execute(url, "CREATE SCHEMA helpdex AUTHORIZATION writer");
    helpdex_journal *j = open_journal(url_of("writer", "postgres"));
    ck_assert_int_eq(rate(j, NULL), HELPDEX_OK);
    helpdex_journal_free(j);
    ck_assert_value(url, "SELECT count(*) FROM ratings", "1");
    new_database();
    execute(url, "DROP ROLE writer");
}
END_TEST

START_TEST(what_cannot_be_reached_is_told_without_its_password)
{
    refused("postgresql://jo:secret@/none?host=/nowhere", HELPDEX_IO,
            "no connection to the database");
    refused(url_of("jo:secret", "none"), HELPDEX_IO, "\"jo\"");
    refused("postgresql://jo:secret/none", HELPDEX_INVALID, "no URL");
    refused("postgresql://jo:secret%zz@host/db", HELPDEX_INVALID, "no URL");
    refused("postgres://host/db?secret=1", HELPDEX_INVALID, "no URL");
}
END_TEST

START_TEST(a_database_of_another_encoding_is_refused)
{
    execute(NULL, "DROP DATABASE IF EXISTS latin");
    execute(NULL, "CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' "
                  "LC_CTYPE 'C' TEMPLATE template0");
    refused(url_of("postgres", "latin"), HELPDEX_BAD_INPUT, "UTF8");
    execute(NULL, "DROP DATABASE latin");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        every_text_comes_back_as_it_was,
        a_lost_connection_is_made_anew,
        events_wait_while_another_holds_the_table,
        a_schema_of_something_else_is_left_alone,
        an_empty_schema_of_another_owner_will_do,
        what_cannot_be_reached_is_told_without_its_password,
        a_database_of_another_encoding_is_refused,
        NULL};
    if (!postgres_url()) {
        fputs("HELPDEX_TEST_DATABASE is not set; run "
              "tests/cli/test_postgres.sh\n",
              stderr);
        return 1;
    }
    return run_suite("store_postgres", tests);
}
