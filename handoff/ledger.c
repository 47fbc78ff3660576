/*
 * The outbox in SQLite: a write-ahead log that is synced at every commit
 * (synchronous = FULL), because what was handed over is promised to a person.
 * Deleted texts are overwritten (secure_delete): they are of customers.
 */
#include "handoff/ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { SCHEMA_VERSION = 1, BUSY_MS = 5000 };
static const char schema[] =
    "CREATE TABLE packets ("
    " number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL,"
    " at INTEGER NOT NULL) STRICT;"
    "CREATE TABLE deliveries ("
    " number INTEGER PRIMARY KEY,"
    " packet INTEGER NOT NULL REFERENCES packets ON DELETE CASCADE,"
    " target TEXT NOT NULL, state INTEGER NOT NULL DEFAULT 0," /* hdx_end */
    " due INTEGER NOT NULL, since INTEGER NOT NULL,"
    " attempts INTEGER NOT NULL DEFAULT 0, lease INTEGER NOT NULL DEFAULT 0,"
    " progress TEXT NOT NULL DEFAULT '{}', why TEXT NOT NULL DEFAULT '',"
    " UNIQUE (packet, target)) STRICT;"
    "CREATE INDEX waiting ON deliveries (due) WHERE state = 0;"
    "PRAGMA user_version = 1";

struct hdx_ledger {
    char *path;
    sqlite3 *db;
};

static helpdex_status fail(const hdx_ledger *l, helpdex_error *err)
{
    const char *why = sqlite3_errmsg(l->db);
    switch (sqlite3_errcode(l->db)) {
    case SQLITE_NOMEM:
        return hdx_fail_nomem(err);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return hdx_fail_at(err, HELPDEX_IN_USE, l->path, 0, 0,
                           "another program is writing the outbox; try again "
                           "when it is done");
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_ERROR:
        return hdx_fail_at(err, HELPDEX_BAD_INPUT, l->path, 0, 0,
                           "no outbox of Helpdex (%s); name another file", why);
    default:
        return hdx_fail_at(err, HELPDEX_IO, l->path, 0, 0,
                           "the outbox cannot be written: %s; check the disk "
                           "and the permissions",
                           why);
    }
}

static helpdex_status run(hdx_ledger *l, const char *sql, helpdex_error *err)
{
    return sqlite3_exec(l->db, sql, NULL, NULL, NULL) ? fail(l, err)
                                                      : HELPDEX_OK;
}

/* The values of a statement, in the order of their numbers; all that end in a
   text of NULL are numbers. */
typedef struct value {
    const char *text;
    int64_t number;
} value;
#define TEXT(t) ((value){(t), 0})
#define NUMBER(n) ((value){NULL, (n)})

static helpdex_status prepare(const hdx_ledger *l, const char *sql,
                              const value *values, size_t count,
                              sqlite3_stmt **out, helpdex_error *err)
{
    *out = NULL;
    if (sqlite3_prepare_v2(l->db, sql, -1, out, NULL))
        return fail(l, err);
    for (size_t i = 0; i < count; i++) {
        int at = (int)i + 1;
        if (values[i].text)
            sqlite3_bind_text(*out, at, values[i].text, -1, SQLITE_STATIC);
        else
            sqlite3_bind_int64(*out, at, values[i].number);
    }
    return HELPDEX_OK;
}

/* Runs a statement that gives no rows. */
static helpdex_status change(const hdx_ledger *l, const char *sql,
                             const value *values, size_t count,
                             helpdex_error *err)
{
    sqlite3_stmt *s;
    helpdex_status status = prepare(l, sql, values, count, &s, err);
    if (!status && sqlite3_step(s) != SQLITE_DONE)
        status = fail(l, err);
    sqlite3_finalize(s);
    return status;
}

/* The numbers of the one row that a statement gives. */
static helpdex_status ask(const hdx_ledger *l, const char *sql, int64_t *out,
                          int columns, helpdex_error *err)
{
    sqlite3_stmt *s;
    helpdex_status status = prepare(l, sql, NULL, 0, &s, err);
    if (!status && sqlite3_step(s) != SQLITE_ROW)
        status = fail(l, err);
    for (int i = 0; i < columns && !status; i++)
        out[i] = sqlite3_column_int64(s, i);
    sqlite3_finalize(s);
    return status;
}

/* Inside of a transaction, so that of two that find it empty one makes it. */
static helpdex_status make_tables(hdx_ledger *l, helpdex_error *err)
{
    int64_t version = 0, tables = 0;
    helpdex_status status = ask(l, "PRAGMA user_version", &version, 1, err);
    if (status || version == SCHEMA_VERSION)
        return status;
    if (version > SCHEMA_VERSION)
        return hdx_fail_at(err, HELPDEX_INCOMPATIBLE, l->path, 0, 0,
                           "written by a newer Helpdex (schema %d, not %d); "
                           "update this one or name another file",
                           (int)version, SCHEMA_VERSION);
    status = ask(l, "SELECT count(*) FROM sqlite_schema", &tables, 1, err);
    if (!status && tables)
        status = hdx_fail_at(err, HELPDEX_BAD_INPUT, l->path, 0, 0,
                             "a database of something else; name another file");
    return status ? status : run(l, schema, err);
}

static helpdex_status end(hdx_ledger *l, helpdex_status status,
                          helpdex_error *err)
{
    if (!status)
        status = run(l, "COMMIT", err);
    if (status)
        run(l, "ROLLBACK", NULL);
    return status;
}

static helpdex_status set_up(hdx_ledger *l, helpdex_error *err)
{
    sqlite3_busy_timeout(l->db, BUSY_MS);
    helpdex_status status = run(l, "BEGIN IMMEDIATE", err);
    if (!status)
        status = end(l, make_tables(l, err), err);
    return status ? status
                  : run(l,
                        "PRAGMA journal_mode = WAL;"
                        "PRAGMA synchronous = FULL;"
                        "PRAGMA secure_delete = ON;"
                        "PRAGMA foreign_keys = ON",
                        err);
}

/* A new file is for its owner alone. SQLite's names for files of another kind
   (":memory:") are names like any other here. */
static helpdex_status open_file(hdx_ledger *l, const char *path,
                                helpdex_error *err)
{
    size_t size = strlen(path) + sizeof "./";
    l->path = malloc(size);
    if (!l->path)
        return hdx_fail_nomem(err);
    snprintf(l->path, size, "%s%s", *path == ':' ? "./" : "", path);
    int file = open(l->path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0 && errno != EEXIST)
        return hdx_fail_at(err, HELPDEX_IO, l->path, 0, 0,
                           "the outbox cannot be made: %s; check the path",
                           strerror(errno));
    if (file >= 0)
        close(file);
    if (sqlite3_open_v2(l->path, &l->db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL))
        return fail(l, err);
    return set_up(l, err);
}

helpdex_status hdx_ledger_open(const char *path, hdx_ledger **out,
                               helpdex_error *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return hdx_fail_nomem(err);
    helpdex_status status = open_file(*out, path, err);
    if (status) {
        hdx_ledger_close(*out);
        *out = NULL;
    }
    return status;
}

void hdx_ledger_close(hdx_ledger *ledger)
{
    if (!ledger)
        return;
    sqlite3_close(ledger->db);
    free(ledger->path);
    free(ledger);
}

static helpdex_status put(hdx_ledger *l, const char *id, hdx_str body,
                          const char *const *targets, size_t count, int64_t now,
                          helpdex_error *err)
{
    helpdex_status status =
        change(l,
               "INSERT INTO packets (id, body, at) VALUES (?1, ?2, ?3)"
               " ON CONFLICT DO NOTHING",
               (const value[]){TEXT(id), TEXT(body.ptr), NUMBER(now)}, 3, err);
    bool is_new = sqlite3_changes(l->db) > 0;
    for (size_t i = 0; i < count && is_new && !status; i++)
        status = change(
            l,
            "INSERT INTO deliveries (packet, target, due, since)"
            " SELECT number, ?2, ?3, ?3 FROM packets WHERE id = ?1",
            (const value[]){TEXT(id), TEXT(targets[i]), NUMBER(now)}, 3, err);
    return status;
}

helpdex_status hdx_ledger_put(hdx_ledger *ledger, const char *id, hdx_str body,
                              const char *const *targets, size_t count,
                              int64_t now, helpdex_error *err)
{
    helpdex_status status = run(ledger, "BEGIN IMMEDIATE", err);
    if (status)
        return status;
    return end(ledger, put(ledger, id, body, targets, count, now, err), err);
}

static const char *text_at(hdx_arena *arena, sqlite3_stmt *s, int column)
{
    return hdx_arena_copy(
               arena, hdx_str_of((const char *)sqlite3_column_text(s, column)))
        .ptr;
}

static bool read_taken(hdx_arena *arena, sqlite3_stmt *s, hdx_taken *out)
{
    *out = (hdx_taken){.delivery = sqlite3_column_int64(s, 0),
                       .lease = sqlite3_column_int64(s, 1),
                       .since = sqlite3_column_int64(s, 2),
                       .attempts = sqlite3_column_int64(s, 3),
                       .target = text_at(arena, s, 4),
                       .progress = text_at(arena, s, 5),
                       .id = text_at(arena, s, 6),
                       .body = hdx_str_of(text_at(arena, s, 7))};
    return out->target && out->progress && out->id && out->body.ptr;
}

/* Two steps in one transaction: RETURNING gives no columns of another table. */
static helpdex_status take(hdx_ledger *l, hdx_arena *arena, int64_t due,
                           int64_t until, hdx_taken *out, helpdex_error *err)
{
    sqlite3_stmt *s;
    helpdex_status status = prepare(
        l,
        "SELECT d.number, d.lease + 1, d.since, d.attempts + 1,"
        " d.target, d.progress, p.id, p.body"
        " FROM deliveries d JOIN packets p ON p.number = d.packet"
        " WHERE d.state = 0 AND (d.due <= ?1 OR d.due > ?2)"
        " ORDER BY d.attempts, d.due, d.number LIMIT 1",
        (const value[]){NUMBER(due), NUMBER(due + HDX_LEDGER_LONGEST_MS)}, 2,
        &s, err);
    int step = status ? SQLITE_DONE : sqlite3_step(s);
    if (step == SQLITE_ROW && !read_taken(arena, s, out))
        status = hdx_fail_nomem(err);
    else if (step != SQLITE_ROW && step != SQLITE_DONE)
        status = fail(l, err);
    sqlite3_finalize(s);
    if (status || !out->id)
        return status;
    return change(l,
                  "UPDATE deliveries SET lease = ?2, attempts = ?3, due = ?4"
                  " WHERE number = ?1",
                  (const value[]){NUMBER(out->delivery), NUMBER(out->lease),
                                  NUMBER(out->attempts), NUMBER(until)},
                  4, err);
}

helpdex_status hdx_ledger_take(hdx_ledger *ledger, hdx_arena *arena,
                               int64_t due, int64_t until, hdx_taken *out,
                               helpdex_error *err)
{
    *out = (hdx_taken){.id = NULL};
    helpdex_status status = run(ledger, "BEGIN IMMEDIATE", err);
    if (status)
        return status;
    return end(ledger, take(ledger, arena, due, until, out, err), err);
}

helpdex_status hdx_ledger_keep(hdx_ledger *ledger, const hdx_taken *taken,
                               const char *progress, int64_t until, bool *lost,
                               helpdex_error *err)
{
    helpdex_status status =
        change(ledger,
               "UPDATE deliveries SET progress = ?3, due = ?4"
               " WHERE number = ?1 AND lease = ?2 AND state = 0",
               (const value[]){NUMBER(taken->delivery), NUMBER(taken->lease),
                               TEXT(progress), NUMBER(until)},
               4, err);
    *lost = !status && sqlite3_changes(ledger->db) == 0;
    return status;
}

static helpdex_status settle(hdx_ledger *l, const hdx_taken *taken, hdx_end how,
                             int64_t due, const char *why, helpdex_error *err)
{
    helpdex_status status =
        change(l,
               "UPDATE deliveries SET state = ?3, due = ?4, why = ?5"
               " WHERE number = ?1 AND lease = ?2 AND state = 0",
               (const value[]){NUMBER(taken->delivery), NUMBER(taken->lease),
                               NUMBER(how), NUMBER(due), TEXT(why)},
               5, err);
    if (status || how != HDX_END_DONE)
        return status;
    return change(l,
                  "UPDATE packets SET body = '' WHERE id = ?1 AND NOT EXISTS"
                  " (SELECT 1 FROM deliveries d"
                  "  WHERE d.packet = packets.number AND d.state <> 1)",
                  (const value[]){TEXT(taken->id)}, 1, err);
}

helpdex_status hdx_ledger_settle(hdx_ledger *ledger, const hdx_taken *taken,
                                 hdx_end how, int64_t due, const char *why,
                                 helpdex_error *err)
{
    helpdex_status status = run(ledger, "BEGIN IMMEDIATE", err);
    if (status)
        return status;
    return end(ledger, settle(ledger, taken, how, due, why, err), err);
}

helpdex_status hdx_ledger_postpone(hdx_ledger *ledger, const char *target,
                                   int64_t now, int64_t due, helpdex_error *err)
{
    return change(ledger,
                  "UPDATE deliveries SET due = ?3"
                  " WHERE state = 0 AND target = ?1 AND due <= ?2",
                  (const value[]){TEXT(target), NUMBER(now), NUMBER(due)}, 3,
                  err);
}

helpdex_status hdx_ledger_tidy(hdx_ledger *ledger, int64_t before,
                               helpdex_error *err)
{
    helpdex_status status =
        change(ledger, "DELETE FROM packets WHERE body = '' AND at < ?1",
               (const value[]){NUMBER(before)}, 1, err);
    /* Its failure is that another reads now: the next time will do. */
    if (!status)
        sqlite3_wal_checkpoint_v2(ledger->db, NULL, SQLITE_CHECKPOINT_TRUNCATE,
                                  NULL, NULL);
    return status;
}

helpdex_status hdx_ledger_next(hdx_ledger *ledger, int64_t *due,
                               helpdex_error *err)
{
    return ask(ledger,
               "SELECT coalesce(min(due), -1) FROM deliveries WHERE state = 0",
               due, 1, err);
}

helpdex_status hdx_ledger_count(hdx_ledger *ledger,
                                helpdex_outbox_counts *counts,
                                helpdex_error *err)
{
    int64_t seen[3] = {0};
    helpdex_status status =
        ask(ledger,
            "SELECT count(*) FILTER (WHERE state = 0),"
            " count(*) FILTER (WHERE state = 1),"
            " count(*) FILTER (WHERE state = 2) FROM deliveries",
            seen, 3, err);
    *counts = (helpdex_outbox_counts){.waiting = (size_t)seen[HDX_END_WAITING],
                                      .done = (size_t)seen[HDX_END_DONE],
                                      .failed = (size_t)seen[HDX_END_FAILED]};
    return status;
}

static bool read_failure(hdx_arena *arena, sqlite3_stmt *s,
                         helpdex_failure *out)
{
    *out = (helpdex_failure){.id = text_at(arena, s, 0),
                             .target = text_at(arena, s, 1),
                             .why = text_at(arena, s, 2),
                             .packet = text_at(arena, s, 3),
                             .attempts = (unsigned)sqlite3_column_int(s, 4)};
    return out->id && out->target && out->why && out->packet;
}

helpdex_status hdx_ledger_failures(hdx_ledger *ledger, hdx_arena *arena,
                                   size_t most, helpdex_failure **out,
                                   size_t *count, helpdex_error *err)
{
    int step = SQLITE_DONE;
    sqlite3_stmt *s;
    *count = 0;
    *out = hdx_arena_alloc(arena, most * sizeof **out);
    if (!*out)
        return hdx_fail_nomem(err);
    helpdex_status status =
        prepare(ledger,
                "SELECT p.id, d.target, d.why, p.body, d.attempts"
                " FROM deliveries d JOIN packets p ON p.number = d.packet"
                " WHERE d.state = 2 ORDER BY d.number LIMIT ?1",
                (const value[]){NUMBER((int64_t)most)}, 1, &s, err);
    while (!status && (step = sqlite3_step(s)) == SQLITE_ROW)
        if (!read_failure(arena, s, &(*out)[(*count)++]))
            status = hdx_fail_nomem(err);
    if (!status && step != SQLITE_DONE)
        status = fail(ledger, err);
    sqlite3_finalize(s);
    return status;
}

/* One attempt is left to be known of, so that what may have got through is
   looked for. */
helpdex_status hdx_ledger_retry(hdx_ledger *ledger, int64_t now,
                                helpdex_error *err)
{
    return change(ledger,
                  "UPDATE deliveries SET state = 0, due = ?1, since = ?1,"
                  " attempts = 1 WHERE state = 2",
                  (const value[]){NUMBER(now)}, 1, err);
}
