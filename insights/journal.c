/*
 * The journal: notes wait in memory, and a thread of its own writes them, many
 * in one transaction, so that no search waits for the disk. A lock of the
 * database is held only while it writes. What is written has been redacted
 * before it waits: memory holds no more than the file.
 */
#include <helpdex/journal.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "insights/note.h"

enum { SCHEMA_VERSION = 1, BUSY_MS = 5000 };
enum { BATCH = 256, WAITING_MOST = 4096, DELAY_SECONDS = 1 };
static const char schema[] =
    "CREATE TABLE searches ("
    " locale TEXT NOT NULL, query TEXT, first_id TEXT, first_tier TEXT,"
    " correction TEXT, via TEXT, generation TEXT NOT NULL, region TEXT,"
    " platform TEXT, at INTEGER NOT NULL, seed_phrase INTEGER NOT NULL,"
    " hits INTEGER NOT NULL, fallback INTEGER, took_us INTEGER NOT NULL,"
    " decision TEXT) STRICT;"
    "PRAGMA user_version = 1";
static const char insertion[] =
    "INSERT INTO searches (locale, query, first_id, first_tier, correction,"
    " via, generation, region, platform, at, seed_phrase, hits, fallback,"
    " took_us) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

struct helpdex_journal {
    char *path;
    sqlite3 *db;
    sqlite3_stmt *insert;
    pthread_mutex_t writing; /* held by who uses the database */
    hdx_note *batch[WAITING_MOST];
    pthread_mutex_t lock; /* of all below */
    pthread_cond_t wake;
    pthread_t thread;
    bool closing;
    hdx_note *waiting[WAITING_MOST]; /* the oldest first */
    size_t count;
    struct timespec due;   /* when they are to be written */
    helpdex_error failure; /* of the last writing */
};

static helpdex_status fail(helpdex_journal *j, helpdex_error *err)
{
    const char *why = sqlite3_errmsg(j->db);
    switch (sqlite3_errcode(j->db)) {
    case SQLITE_NOMEM:
        return hdx_fail_nomem(err);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return hdx_fail_at(err, HELPDEX_IN_USE, j->path, 0, 0,
                           "another program is writing the journal; try again "
                           "when it is done");
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_ERROR:
        return hdx_fail_at(err, HELPDEX_BAD_INPUT, j->path, 0, 0,
                           "no journal of Helpdex (%s); name another file",
                           why);
    default:
        return hdx_fail_at(err, HELPDEX_IO, j->path, 0, 0,
                           "the journal cannot be written: %s; check the disk "
                           "and the permissions",
                           why);
    }
}

static helpdex_status run(helpdex_journal *j, const char *sql,
                          helpdex_error *err)
{
    return sqlite3_exec(j->db, sql, NULL, NULL, NULL) ? fail(j, err)
                                                      : HELPDEX_OK;
}

/* The one number that a statement gives. */
static helpdex_status ask(helpdex_journal *j, const char *sql, int *out,
                          helpdex_error *err)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(j->db, sql, -1, &statement, NULL))
        return fail(j, err);
    bool row = sqlite3_step(statement) == SQLITE_ROW;
    if (row)
        *out = sqlite3_column_int(statement, 0);
    helpdex_status status = row ? HELPDEX_OK : fail(j, err);
    sqlite3_finalize(statement);
    return status;
}

/* Inside of a transaction, so that of two that find it empty one makes it. */
static helpdex_status make_tables(helpdex_journal *j, helpdex_error *err)
{
    int version = 0, tables = 0;
    helpdex_status status = ask(j, "PRAGMA user_version", &version, err);
    if (status || version == SCHEMA_VERSION)
        return status;
    if (version > SCHEMA_VERSION)
        return hdx_fail_at(err, HELPDEX_INCOMPATIBLE, j->path, 0, 0,
                           "written by a newer Helpdex (schema %d, not %d); "
                           "update this one or name another file",
                           version, SCHEMA_VERSION);
    status = ask(j, "SELECT count(*) FROM sqlite_schema", &tables, err);
    if (!status && tables)
        status = hdx_fail_at(err, HELPDEX_BAD_INPUT, j->path, 0, 0,
                             "a database of something else; name another file");
    return status ? status : run(j, schema, err);
}

static helpdex_status prepare(helpdex_journal *j, helpdex_error *err)
{
    sqlite3_busy_timeout(j->db, BUSY_MS);
    helpdex_status status = run(j, "BEGIN IMMEDIATE", err);
    if (status)
        return status;
    status = make_tables(j, err);
    if (status) {
        run(j, "ROLLBACK", NULL);
        return status;
    }
    status = run(j, "COMMIT", err);
    if (!status)
        status = run(j,
                     "PRAGMA journal_mode = WAL;"
                     "PRAGMA synchronous = NORMAL",
                     err);
    if (!status && sqlite3_prepare_v2(j->db, insertion, -1, &j->insert, NULL))
        status = fail(j, err);
    return status;
}

/* A new file is for its owner alone. SQLite's names for files of another kind
   (":memory:") are names like any other here. */
static helpdex_status open_file(helpdex_journal *j, const char *path,
                                helpdex_error *err)
{
    if (!*path)
        return hdx_fail(err, HELPDEX_INVALID,
                        "an empty path of a journal; name a file");
    size_t size = strlen(path) + sizeof "./";
    j->path = malloc(size);
    if (!j->path)
        return hdx_fail_nomem(err);
    snprintf(j->path, size, "%s%s", *path == ':' ? "./" : "", path);
    int file = open(j->path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0 && errno != EEXIST)
        return hdx_fail_at(err, HELPDEX_IO, j->path, 0, 0,
                           "the journal cannot be made: %s; check the path",
                           strerror(errno));
    if (file >= 0)
        close(file);
    if (sqlite3_open_v2(j->path, &j->db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL))
        return fail(j, err);
    return prepare(j, err);
}

static bool insert(helpdex_journal *j, const hdx_note *n)
{
    int column = 1;
    for (size_t i = 0; i < HDX_NOTE_TEXTS; i++)
        sqlite3_bind_text(j->insert, column++, n->texts[i], -1, SQLITE_STATIC);
    sqlite3_bind_int64(j->insert, column++, n->at);
    sqlite3_bind_int(j->insert, column++, n->seed_phrase);
    sqlite3_bind_int64(j->insert, column++, n->hits);
    if (n->hits)
        sqlite3_bind_int(j->insert, column++, n->fallback);
    else
        sqlite3_bind_null(j->insert, column++);
    sqlite3_bind_int64(j->insert, column, n->took_us);
    sqlite3_step(j->insert);
    return sqlite3_reset(j->insert) == SQLITE_OK;
}

static helpdex_status write_batch(helpdex_journal *j, size_t count,
                                  helpdex_error *err)
{
    helpdex_status status = run(j, "BEGIN IMMEDIATE", err);
    if (status)
        return status;
    for (size_t i = 0; i < count && !status; i++)
        if (!insert(j, j->batch[i]))
            status = fail(j, err);
    if (!status)
        status = run(j, "COMMIT", err);
    if (status)
        run(j, "ROLLBACK", NULL);
    return status;
}

static void set_due(helpdex_journal *j)
{
    clock_gettime(CLOCK_MONOTONIC, &j->due);
    j->due.tv_sec += DELAY_SECONDS;
}

/* Writes what waits, which goes on waiting when that fails. */
static helpdex_status write_waiting(helpdex_journal *j, helpdex_error *err)
{
    helpdex_error failure = {.status = HELPDEX_OK};
    pthread_mutex_lock(&j->writing);
    pthread_mutex_lock(&j->lock);
    size_t count = j->count;
    memcpy(j->batch, j->waiting, count * sizeof(hdx_note *));
    pthread_mutex_unlock(&j->lock);
    helpdex_status status =
        count ? write_batch(j, count, &failure) : HELPDEX_OK;
    pthread_mutex_lock(&j->lock);
    if (!status) {
        j->count -= count;
        memmove(j->waiting, j->waiting + count, j->count * sizeof(hdx_note *));
    }
    j->failure = failure;
    set_due(j);
    pthread_mutex_unlock(&j->lock);
    for (size_t i = 0; i < count && !status; i++)
        hdx_note_free(j->batch[i]);
    pthread_mutex_unlock(&j->writing);
    if (status && err)
        *err = failure;
    return status;
}

static bool is_due(const helpdex_journal *j)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (j->count >= BATCH && !j->failure.status) ||
           now.tv_sec > j->due.tv_sec ||
           (now.tv_sec == j->due.tv_sec && now.tv_nsec >= j->due.tv_nsec);
}

static void *write_on(void *context)
{
    helpdex_journal *j = context;
    pthread_mutex_lock(&j->lock);
    while (!j->closing) {
        if (!j->count) {
            pthread_cond_wait(&j->wake, &j->lock);
        } else if (!is_due(j)) {
            pthread_cond_timedwait(&j->wake, &j->lock, &j->due);
        } else {
            pthread_mutex_unlock(&j->lock);
            write_waiting(j, NULL);
            pthread_mutex_lock(&j->lock);
        }
    }
    pthread_mutex_unlock(&j->lock);
    return NULL;
}

static void release(helpdex_journal *j)
{
    for (size_t i = 0; i < j->count; i++)
        hdx_note_free(j->waiting[i]);
    sqlite3_finalize(j->insert);
    sqlite3_close(j->db);
    pthread_cond_destroy(&j->wake);
    pthread_mutex_destroy(&j->lock);
    pthread_mutex_destroy(&j->writing);
    free(j->path);
    free(j);
}

static helpdex_journal *make(void)
{
    helpdex_journal *j = calloc(1, sizeof *j);
    pthread_condattr_t clock;
    if (!j)
        return NULL;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&j->wake, &clock);
    pthread_condattr_destroy(&clock);
    pthread_mutex_init(&j->lock, NULL);
    pthread_mutex_init(&j->writing, NULL);
    return j;
}

helpdex_status helpdex_journal_open(const char *path, helpdex_journal **out,
                                    helpdex_error *err)
{
    *out = NULL;
    helpdex_journal *j = make();
    if (!j)
        return hdx_fail_nomem(err);
    helpdex_status status = open_file(j, path, err);
    if (!status && pthread_create(&j->thread, NULL, write_on, j))
        status = hdx_fail_nomem(err);
    if (status) {
        release(j);
        return status;
    }
    *out = j;
    return HELPDEX_OK;
}

/* Takes the note. */
static helpdex_status queue(helpdex_journal *j, hdx_note *n, helpdex_error *err)
{
    pthread_mutex_lock(&j->lock);
    helpdex_status status = j->failure.status;
    if (status && err)
        *err = j->failure;
    if (j->count < WAITING_MOST) {
        if (!j->count && !status)
            set_due(j);
        j->waiting[j->count++] = n;
        if (j->count == 1 || j->count == BATCH)
            pthread_cond_signal(&j->wake);
        n = NULL;
    } else if (!status) {
        status = hdx_fail_at(err, HELPDEX_IO, j->path, 0, 0,
                             "%d notes wait to be written, one is dropped; "
                             "wait for the disk",
                             WAITING_MOST);
    }
    pthread_mutex_unlock(&j->lock);
    hdx_note_free(n);
    return status;
}

helpdex_status helpdex_journal_search(helpdex_journal *journal,
                                      const helpdex_request *request,
                                      const helpdex_results *results,
                                      helpdex_error *err)
{
    hdx_note *note;
    helpdex_status status = hdx_note_make(request, results, &note, err);
    return status ? status : queue(journal, note, err);
}

helpdex_status helpdex_journal_flush(helpdex_journal *journal,
                                     helpdex_error *err)
{
    return write_waiting(journal, err);
}

void helpdex_journal_free(helpdex_journal *journal)
{
    if (!journal)
        return;
    pthread_mutex_lock(&journal->lock);
    journal->closing = true;
    pthread_cond_signal(&journal->wake);
    pthread_mutex_unlock(&journal->lock);
    pthread_join(journal->thread, NULL);
    write_waiting(journal, NULL);
    release(journal);
}
