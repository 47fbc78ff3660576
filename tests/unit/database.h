/*
 * A journal for a test, and what it holds: a file of SQLite, or the database of
 * PostgreSQL that HELPDEX_TEST_DATABASE names (tests/cli/test_postgres.sh
 * starts one). The same statements are asked of both.
 */
#ifndef HDX_TEST_DATABASE_H
#define HDX_TEST_DATABASE_H

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>

#include "tests/unit/support.h"

/* NULL: SQLite. */
static inline const char *postgres_url(void)
{
    return getenv("HELPDEX_TEST_DATABASE");
}

/* Asks PostgreSQL; the result is the caller's. */
static inline PGresult *ask_postgres(const char *sql)
{
    PGconn *connection = PQconnectdb(postgres_url());
    ck_assert_msg(PQstatus(connection) == CONNECTION_OK, "%s",
                  PQerrorMessage(connection));
    PQclear(PQexec(connection, "SET search_path = helpdex;"
                               "SET client_min_messages = error"));
    PGresult *result = PQexec(connection, sql);
    ck_assert_msg(PQresultStatus(result) == PGRES_TUPLES_OK ||
                      PQresultStatus(result) == PGRES_COMMAND_OK,
                  "%s: %s", sql, PQresultErrorMessage(result));
    PQfinish(connection);
    return result;
}

static inline sqlite3 *open_sqlite(const char *path)
{
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_busy_timeout(db, 10000);
    return db;
}

static inline void execute(const char *where, const char *sql)
{
    if (postgres_url()) {
        PQclear(ask_postgres(sql));
        return;
    }
    sqlite3 *db = open_sqlite(where);
    ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

/* Where a journal is that nobody has written. */
static inline const char *new_database(void)
{
    if (!postgres_url())
        return join(temp_dir(), "journal.db");
    execute(NULL, "DROP SCHEMA IF EXISTS helpdex CASCADE");
    return postgres_url();
}

static inline void copy_value(char *out, size_t size, const char *value)
{
    snprintf(out, size, "%s", value ? value : "NULL");
}

/* The first column of the first row as text; "NULL" of that. */
static inline const char *value(const char *where, const char *sql)
{
    static char text[1024];
    if (postgres_url()) {
        PGresult *result = ask_postgres(sql);
        ck_assert_int_ge(PQntuples(result), 1);
        copy_value(text, sizeof text,
                   PQgetisnull(result, 0, 0) ? NULL : PQgetvalue(result, 0, 0));
        PQclear(result);
        return text;
    }
    sqlite3 *db = open_sqlite(where);
    sqlite3_stmt *s;
    ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK,
                  "%s: %s", sql, sqlite3_errmsg(db));
    ck_assert_int_eq(sqlite3_step(s), SQLITE_ROW);
    copy_value(text, sizeof text, (const char *)sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    sqlite3_close(db);
    return text;
}

#define ck_assert_value(where, sql, expected)                                  \
    ck_assert_str_eq(value(where, sql), expected)

#endif
