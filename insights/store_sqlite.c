/*
 * The store as a file of SQLite. Its lock is held only while it writes, so
 * that any number of programs share the file.
 */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "insights/schema.h"
#include "insights/store.h"

enum { BUSY_MS = 5000 };

typedef struct sqlite_store {
    hdx_store store;
    char *path;
    sqlite3 *db;
    sqlite3_stmt *inserts[HDX_EVENT_KINDS]; /* made when first needed */
    bool lasting;                           /* how it is set now */
} sqlite_store;

static helpdex_status fail(sqlite_store *s, helpdex_error *err)
{
    const char *why = sqlite3_errmsg(s->db);
    switch (sqlite3_errcode(s->db)) {
    case SQLITE_NOMEM:
        return hdx_fail_nomem(err);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return hdx_fail_at(err, HELPDEX_IN_USE, s->path, 0, 0,
                           "another program is writing the journal; try again "
                           "when it is done");
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_ERROR:
        return hdx_fail_at(err, HELPDEX_BAD_INPUT, s->path, 0, 0,
                           "no journal of Helpdex (%s); name another file",
                           why);
    default:
        return hdx_fail_at(err, HELPDEX_IO, s->path, 0, 0,
                           "the journal cannot be written: %s; check the disk "
                           "and the permissions",
                           why);
    }
}

static helpdex_status run(sqlite_store *s, const char *sql, helpdex_error *err)
{
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL) ? fail(s, err)
                                                      : HELPDEX_OK;
}

/* The one number that a statement gives. */
static helpdex_status ask(sqlite_store *s, const char *sql, int *out,
                          helpdex_error *err)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(s->db, sql, -1, &statement, NULL))
        return fail(s, err);
    bool row = sqlite3_step(statement) == SQLITE_ROW;
    if (row)
        *out = sqlite3_column_int(statement, 0);
    helpdex_status status = row ? HELPDEX_OK : fail(s, err);
    sqlite3_finalize(statement);
    return status;
}

static helpdex_status take_steps(sqlite_store *s, int version,
                                 helpdex_error *err)
{
    static const hdx_dialect dialect = {"INTEGER", "REAL", " STRICT"};
    char stamp[64];
    hdx_buf steps;
    helpdex_status status = hdx_schema_steps(version, &dialect, &steps, err);
    if (!status)
        status = run(s, steps.ptr, err);
    snprintf(stamp, sizeof stamp, "PRAGMA user_version = %d",
             HDX_EVENTS_VERSION);
    hdx_buf_free(&steps);
    return status ? status : run(s, stamp, err);
}

/* Inside of a transaction, so that of two that find it empty one makes it. */
static helpdex_status make_tables(sqlite_store *s, helpdex_error *err)
{
    int version = 0, tables = 0;
    helpdex_status status = ask(s, "PRAGMA user_version", &version, err);
    if (!status)
        status = hdx_schema_check(version, s->path, err);
    if (!status && !version)
        status = ask(s, "SELECT count(*) FROM sqlite_schema", &tables, err);
    if (!status && tables)
        status = hdx_fail_at(err, HELPDEX_BAD_INPUT, s->path, 0, 0,
                             "a database of something else; name another file");
    if (status || version == HDX_EVENTS_VERSION)
        return status;
    return take_steps(s, version, err);
}

static helpdex_status prepare(sqlite_store *s, helpdex_error *err)
{
    sqlite3_busy_timeout(s->db, BUSY_MS);
    helpdex_status status = run(s, "BEGIN IMMEDIATE", err);
    if (status)
        return status;
    status = make_tables(s, err);
    if (status) {
        run(s, "ROLLBACK", NULL);
        return status;
    }
    status = run(s, "COMMIT", err);
    return status ? status
                  : run(s,
                        "PRAGMA journal_mode = WAL;"
                        "PRAGMA synchronous = NORMAL",
                        err);
}

/* A new file is for its owner alone. SQLite's names for files of another kind
   (":memory:") are names like any other here. */
static helpdex_status open_file(sqlite_store *s, const char *path,
                                helpdex_error *err)
{
    size_t size = strlen(path) + sizeof "./";
    s->path = malloc(size);
    if (!s->path)
        return hdx_fail_nomem(err);
    snprintf(s->path, size, "%s%s", *path == ':' ? "./" : "", path);
    int file = open(s->path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0 && errno != EEXIST)
        return hdx_fail_at(err, HELPDEX_IO, s->path, 0, 0,
                           "the journal cannot be made: %s; check the path",
                           strerror(errno));
    if (file >= 0)
        close(file);
    if (sqlite3_open_v2(s->path, &s->db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL))
        return fail(s, err);
    return prepare(s, err);
}

/* All events of a kind have the columns of this one. */
static helpdex_status prepare_insert(sqlite_store *s, const hdx_event *event,
                                     helpdex_error *err)
{
    hdx_buf sql = {0};
    hdx_buf_add(&sql, HDX_STR("INSERT INTO "));
    hdx_buf_add(&sql, hdx_str_of(hdx_event_table(event->kind)));
    for (size_t i = 0; i < event->count; i++) {
        hdx_buf_add(&sql, i ? HDX_STR(", ") : HDX_STR(" ("));
        hdx_buf_add(&sql, hdx_str_of(event->values[i].column));
    }
    for (size_t i = 0; i < event->count; i++)
        hdx_buf_add(&sql, i ? HDX_STR(", ?") : HDX_STR(") VALUES (?"));
    hdx_buf_add(&sql, HDX_STR(") ON CONFLICT DO NOTHING"));
    helpdex_status status = sql.failed ? hdx_fail_nomem(err) : HELPDEX_OK;
    if (!status &&
        sqlite3_prepare_v2(s->db, sql.ptr, -1, &s->inserts[event->kind], NULL))
        status = fail(s, err);
    hdx_buf_free(&sql);
    return status;
}

static void bind(sqlite3_stmt *insert, int column, const hdx_value *value)
{
    switch (value->type) {
    case HDX_VALUE_INTEGER:
        sqlite3_bind_int64(insert, column, value->integer);
        break;
    case HDX_VALUE_REAL:
        sqlite3_bind_double(insert, column, value->real);
        break;
    case HDX_VALUE_TEXT:
        sqlite3_bind_text(insert, column, value->text, -1, SQLITE_STATIC);
        break;
    default:
        sqlite3_bind_null(insert, column);
    }
}

static helpdex_status insert(sqlite_store *s, const hdx_event *event,
                             helpdex_error *err)
{
    if (!s->inserts[event->kind]) {
        helpdex_status status = prepare_insert(s, event, err);
        if (status)
            return status;
    }
    sqlite3_stmt *statement = s->inserts[event->kind];
    for (size_t i = 0; i < event->count; i++)
        bind(statement, (int)i + 1, &event->values[i]);
    sqlite3_step(statement);
    return sqlite3_reset(statement) == SQLITE_OK ? HELPDEX_OK : fail(s, err);
}

static helpdex_status set_lasting(sqlite_store *s, bool lasting,
                                  helpdex_error *err)
{
    if (s->lasting == lasting)
        return HELPDEX_OK;
    helpdex_status status = run(s,
                                lasting ? "PRAGMA synchronous = FULL"
                                        : "PRAGMA synchronous = "
                                          "NORMAL",
                                err);
    if (!status)
        s->lasting = lasting;
    return status;
}

static helpdex_status write_events(hdx_store *store, hdx_event *const *events,
                                   size_t count, bool lasting,
                                   helpdex_error *err)
{
    sqlite_store *s = (sqlite_store *)store;
    helpdex_status status = set_lasting(s, lasting, err);
    if (!status)
        status = run(s, "BEGIN IMMEDIATE", err);
    if (status)
        return status;
    for (size_t i = 0; i < count && !status; i++)
        status = insert(s, events[i], err);
    if (!status)
        status = run(s, "COMMIT", err);
    if (status)
        run(s, "ROLLBACK", NULL);
    return status;
}

static void free_store(hdx_store *store)
{
    sqlite_store *s = (sqlite_store *)store;
    for (size_t i = 0; i < HDX_EVENT_KINDS; i++)
        sqlite3_finalize(s->inserts[i]);
    sqlite3_close(s->db);
    free(s->path);
    free(s);
}

helpdex_status hdx_store_open_sqlite(const char *path, hdx_store **out,
                                     helpdex_error *err)
{
    *out = NULL;
    sqlite_store *s = calloc(1, sizeof *s);
    if (!s)
        return hdx_fail_nomem(err);
    s->store = (hdx_store){.write = write_events, .free = free_store};
    helpdex_status status = open_file(s, path, err);
    if (status)
        free_store(&s->store);
    else
        *out = &s->store;
    return status;
}
