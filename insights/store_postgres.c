/*
 * The store as a schema of PostgreSQL, for teams that outgrow one file. A
 * batch is one statement a kind: its events travel as JSON and become rows on
 * the server, so that a far server costs no round trip an event. A lost
 * connection is made anew when there is something to write. No message has a
 * password in it, and nothing is printed.
 */
#include <inttypes.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/error.h"
#include "insights/schema.h"
#include "insights/store.h"

/* The schema that holds the tables, and the number of its lock. */
#define SCHEMA "helpdex"
#define LOCK "7308332045852960120"

typedef struct postgres_store {
    hdx_store store;
    PGconn *connection;
    char where[256]; /* for messages: without user, password and settings */
} postgres_store;

/* What the server says, on one line. */
static void say(const char *text, char *out, size_t size)
{
    snprintf(out, size, "%s", text && *text ? text : "no answer");
    for (char *at = out; *at; at++)
        if (*at == '\n' || *at == '\t')
            *at = ' ';
    for (size_t len = strlen(out); len && out[len - 1] == ' '; len--)
        out[len - 1] = '\0';
}

static helpdex_status fail_connection(const postgres_store *s,
                                      helpdex_error *err)
{
    char why[256];
    say(PQerrorMessage(s->connection), why, sizeof why);
    return hdx_fail_at(err, HELPDEX_IO, s->where, 0, 0,
                       "no connection to the database: %s; check the URL and "
                       "the server",
                       why);
}

/* Takes the result, which is not what it should be. */
static helpdex_status fail(const postgres_store *s, PGresult *result,
                           helpdex_error *err)
{
    const char *code =
        result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *said =
        result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    char why[256];
    helpdex_status status;
    say(said ? said : PQerrorMessage(s->connection), why, sizeof why);
    if (code && (strcmp(code, "55P03") == 0 || strcmp(code, "57014") == 0))
        status = hdx_fail_at(err, HELPDEX_IN_USE, s->where, 0, 0,
                             "another program holds the journal; try again "
                             "when it is done");
    else if (code && strcmp(code, "42501") == 0)
        status = hdx_fail_at(err, HELPDEX_IO, s->where, 0, 0,
                             "%s; let the owner of the database run CREATE "
                             "SCHEMA " SCHEMA " AUTHORIZATION for this user",
                             why);
    else
        status = hdx_fail_at(err, HELPDEX_IO, s->where, 0, 0,
                             "the journal cannot be written: %s; check the "
                             "database",
                             why);
    PQclear(result);
    return status;
}

static helpdex_status run(postgres_store *s, const char *sql,
                          helpdex_error *err)
{
    PGresult *result = PQexec(s->connection, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return fail(s, result, err);
    PQclear(result);
    return HELPDEX_OK;
}

/* The one number that a statement gives. */
static helpdex_status ask(postgres_store *s, const char *sql, int *out,
                          helpdex_error *err)
{
    PGresult *result = PQexec(s->connection, sql);
    if (PQresultStatus(result) != PGRES_TUPLES_OK || PQntuples(result) != 1)
        return fail(s, result, err);
    *out = (int)strtol(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
    return HELPDEX_OK;
}

/* A new connection waits for nothing longer than five seconds. */
static helpdex_status set_up(postgres_store *s, helpdex_error *err)
{
    const char *encoding = PQparameterStatus(s->connection, "server_encoding");
    if (!encoding || strcmp(encoding, "UTF8") != 0)
        return hdx_fail_at(err, HELPDEX_BAD_INPUT, s->where, 0, 0,
                           "a database in %s; make one with ENCODING 'UTF8'",
                           encoding ? encoding : "another encoding");
    return run(s,
               "SET client_encoding = 'UTF8'; SET client_min_messages = error;"
               "SET search_path = " SCHEMA ";"
               "SET lock_timeout = '5s'; SET statement_timeout = '60s';"
               "SET idle_in_transaction_session_timeout = '60s'",
               err);
}

static helpdex_status take_steps(postgres_store *s, int version,
                                 helpdex_error *err)
{
    static const hdx_dialect dialect = {"BIGINT", "DOUBLE PRECISION", ""};
    char stamp[64];
    hdx_buf steps;
    helpdex_status status = hdx_schema_steps(version, &dialect, &steps, err);
    if (!status)
        status = run(s, steps.ptr, err);
    hdx_buf_free(&steps);
    snprintf(stamp, sizeof stamp, "UPDATE version SET number = %d",
             HDX_EVENTS_VERSION);
    return status ? status : run(s, stamp, err);
}

/* The schema may have been made, empty, by somebody who may do so. */
static helpdex_status begin_schema(postgres_store *s, helpdex_error *err)
{
    int there = 0, tables = 0;
    helpdex_status status =
        ask(s, "SELECT count(*) FROM pg_namespace WHERE nspname = '" SCHEMA "'",
            &there, err);
    if (!status && there)
        status = ask(s,
                     "SELECT count(*) FROM pg_tables WHERE schemaname = "
                     "'" SCHEMA "'",
                     &tables, err);
    if (!status && tables)
        status = hdx_fail_at(err, HELPDEX_BAD_INPUT, s->where, 0, 0,
                             "its schema " SCHEMA " is of something else; name "
                             "another database");
    if (!status && !there)
        status = run(s, "CREATE SCHEMA " SCHEMA, err);
    return status ? status
                  : run(s,
                        "CREATE TABLE version (number INTEGER NOT NULL);"
                        "INSERT INTO version VALUES (0)",
                        err);
}

/* Inside of a transaction that holds a lock: of two that find nothing there
   one makes it. */
static helpdex_status make_tables(postgres_store *s, helpdex_error *err)
{
    int there = 0, version = 0;
    helpdex_status status =
        run(s, "SELECT pg_advisory_xact_lock(" LOCK ")", err);
    if (!status)
        status = ask(s,
                     "SELECT count(*) FROM pg_tables WHERE schemaname = "
                     "'" SCHEMA "' AND tablename = 'version'",
                     &there, err);
    if (!status && !there)
        status = begin_schema(s, err);
    if (!status)
        status = ask(s, "SELECT max(number) FROM version", &version, err);
    if (!status)
        status = hdx_schema_check(version, s->where, err);
    if (status || version == HDX_EVENTS_VERSION)
        return status;
    return take_steps(s, version, err);
}

static helpdex_status in_transaction(postgres_store *s, helpdex_status status,
                                     helpdex_error *err)
{
    if (!status)
        return run(s, "COMMIT", err);
    PQclear(PQexec(s->connection, "ROLLBACK"));
    return status;
}

static helpdex_status prepare(postgres_store *s, helpdex_error *err)
{
    helpdex_status status = set_up(s, err);
    if (!status)
        status = run(s, "BEGIN", err);
    return status ? status : in_transaction(s, make_tables(s, err), err);
}

static helpdex_status reconnect(postgres_store *s, helpdex_error *err)
{
    if (PQstatus(s->connection) == CONNECTION_OK)
        return HELPDEX_OK;
    PQreset(s->connection);
    if (PQstatus(s->connection) != CONNECTION_OK)
        return fail_connection(s, err);
    return prepare(s, err);
}

/* The names of the event's values, between commas. */
static void add_columns(hdx_buf *sql, const hdx_event *event)
{
    for (size_t i = 0; i < event->count; i++) {
        if (i)
            hdx_buf_add(sql, HDX_STR(", "));
        hdx_buf_add(sql, hdx_str_of(event->values[i].column));
    }
}

static void add_statement(hdx_buf *sql, const hdx_event *event)
{
    hdx_str table = hdx_str_of(hdx_event_table(event->kind));
    hdx_buf_add(sql, HDX_STR("INSERT INTO "));
    hdx_buf_add(sql, table);
    hdx_buf_add(sql, HDX_STR(" ("));
    add_columns(sql, event);
    hdx_buf_add(sql, HDX_STR(") SELECT "));
    add_columns(sql, event);
    hdx_buf_add(sql, HDX_STR(" FROM json_populate_recordset(NULL::"));
    hdx_buf_add(sql, table);
    hdx_buf_add(sql, HDX_STR(", $1) ON CONFLICT DO NOTHING"));
}

/* Numbers are written out: cJSON rounds those of 64 bits. What is not there is
   NULL. */
static bool add_value(cJSON *row, const hdx_value *value)
{
    char number[40];
    switch (value->type) {
    case HDX_VALUE_NULL:
        return true;
    case HDX_VALUE_TEXT:
        return cJSON_AddStringToObject(row, value->column, value->text);
    case HDX_VALUE_INTEGER:
        snprintf(number, sizeof number, "%" PRId64, value->integer);
        break;
    default:
        snprintf(number, sizeof number, "%.17g", value->real);
    }
    return cJSON_AddRawToObject(row, value->column, number);
}

static bool add_row(cJSON *rows, const hdx_event *event)
{
    cJSON *row = cJSON_CreateObject();
    bool made = row;
    for (size_t i = 0; i < event->count && made; i++)
        made = add_value(row, &event->values[i]);
    if (made && cJSON_AddItemToArray(rows, row))
        return true;
    cJSON_Delete(row);
    return false;
}

/* All events of one kind as an array, to be freed by cJSON_free(); NULL: no
   memory. `*first` is one of them, NULL when there is none. */
static char *rows_of(hdx_event *const *events, size_t count,
                     hdx_event_kind kind, const hdx_event **first)
{
    cJSON *rows = cJSON_CreateArray();
    bool made = rows;
    *first = NULL;
    for (size_t i = 0; i < count && made; i++)
        if (events[i]->kind == kind) {
            *first = events[i];
            made = add_row(rows, events[i]);
        }
    char *text = made ? cJSON_PrintUnformatted(rows) : NULL;
    cJSON_Delete(rows);
    return text;
}

static helpdex_status write_kind(postgres_store *s, hdx_event *const *events,
                                 size_t count, hdx_event_kind kind,
                                 helpdex_error *err)
{
    const hdx_event *first;
    hdx_buf sql = {0};
    helpdex_status status = HELPDEX_OK;
    char *rows = rows_of(events, count, kind, &first);
    if (first)
        add_statement(&sql, first);
    if (!rows || sql.failed) {
        status = hdx_fail_nomem(err);
    } else if (first) {
        const char *const values[] = {rows};
        PGresult *result = PQexecParams(s->connection, sql.ptr, 1, NULL, values,
                                        NULL, NULL, 0);
        if (PQresultStatus(result) == PGRES_COMMAND_OK)
            PQclear(result);
        else
            status = fail(s, result, err);
    }
    cJSON_free(rows);
    hdx_buf_free(&sql);
    return status;
}

static helpdex_status write_events(hdx_store *store, hdx_event *const *events,
                                   size_t count, bool lasting,
                                   helpdex_error *err)
{
    postgres_store *s = (postgres_store *)store;
    helpdex_status status = reconnect(s, err);
    if (!status)
        status = run(s,
                     lasting ? "BEGIN; SET LOCAL synchronous_commit = on"
                             : "BEGIN; SET LOCAL synchronous_commit = off",
                     err);
    if (status)
        return status;
    for (hdx_event_kind kind = 0; kind < HDX_EVENT_KINDS && !status; kind++)
        status = write_kind(s, events, count, kind, err);
    return in_transaction(s, status, err);
}

static void free_store(hdx_store *store)
{
    postgres_store *s = (postgres_store *)store;
    PQfinish(s->connection);
    free(s);
}

static void be_quiet(void *context, const PGresult *result)
{
    (void)context;
    (void)result;
}

static const char *setting(const PQconninfoOption *settings, const char *name)
{
    for (; settings->keyword; settings++)
        if (strcmp(settings->keyword, name) == 0)
            return settings->val ? settings->val : "";
    return "";
}

/* What libpq makes of the URL might be a password in the wrong place, such as
   that of the port: of a faulty one nothing is repeated. */
static helpdex_status read_url(postgres_store *s, const char *url,
                               helpdex_error *err)
{
    PQconninfoOption *settings = PQconninfoParse(url, NULL);
    const char *port = settings ? setting(settings, "port") : "?";
    if (port[strspn(port, "0123456789,")]) {
        PQconninfoFree(settings);
        return hdx_fail(err, HELPDEX_INVALID,
                        "the journal is no URL that libpq can read; write "
                        "postgresql://user@host/database");
    }
    snprintf(s->where, sizeof s->where, "postgresql://%s/%s",
             setting(settings, "host"), setting(settings, "dbname"));
    PQconninfoFree(settings);
    return HELPDEX_OK;
}

/* What the URL does not say: to give up on a server that is silent. */
static PGconn *connect(const char *url)
{
    const char *const names[] = {"connect_timeout", "tcp_user_timeout",
                                 "application_name", "dbname", NULL};
    const char *const values[] = {"5", "10000", "helpdex", url, NULL};
    return PQconnectdbParams(names, values, 1);
}

helpdex_status hdx_store_open_postgres(const char *url, hdx_store **out,
                                       helpdex_error *err)
{
    *out = NULL;
    postgres_store *s = calloc(1, sizeof *s);
    if (!s)
        return hdx_fail_nomem(err);
    s->store = (hdx_store){.write = write_events, .free = free_store};
    helpdex_status status = read_url(s, url, err);
    if (!status) {
        s->connection = connect(url);
        if (s->connection)
            PQsetNoticeReceiver(s->connection, be_quiet, NULL);
        status = !s->connection ? hdx_fail_nomem(err)
                 : PQstatus(s->connection) == CONNECTION_OK
                     ? prepare(s, err)
                     : fail_connection(s, err);
    }
    if (status)
        free_store(&s->store);
    else
        *out = &s->store;
    return status;
}
