/*
 * The journal of what customers asked, were told and thought of it, for
 * reports on what the articles lack. Every text goes through redaction before
 * it is written (helpdex/redact.h), and before it waits to be.
 */
#ifndef HELPDEX_JOURNAL_H
#define HELPDEX_JOURNAL_H

#include <helpdex/redact.h>
#include <helpdex/search.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct helpdex_journal helpdex_journal;

/* What customers do: each struct is zeroed, its size set, and then filled in
   as far as known. Texts are UTF-8 and terminated, NULL where there is none.
   `session`, and where they stand `id` and `customer`, name somebody to you
   and to nobody else: at most 128 letters, digits and ._~:+/=- */

/* A question, and what came of it. */
typedef struct helpdex_search_event {
    size_t size; /* sizeof(helpdex_search_event) */
    int64_t at;  /* seconds since 1970 */
    const char *session;
    const helpdex_request *request; /* that gave the results */
    const helpdex_results *results;
} helpdex_search_event;

/* Whether an article helped. */
typedef struct helpdex_feedback_event {
    size_t size; /* sizeof(helpdex_feedback_event) */
    int64_t at;
    const char *session;
    const char *locale;  /* the text was in */
    const char *article; /* its id; never NULL */
    const char *section;
    bool helpful;
    const char *comment;
} helpdex_feedback_event;

/* How a conversation was. */
typedef struct helpdex_rating_event {
    size_t size; /* sizeof(helpdex_rating_event) */
    int64_t at;
    const char *session;
    const char *locale;
    int stars; /* 1 to 5 */
    const char *comment;
} helpdex_rating_event;

/* What was decided about a message. */
typedef struct helpdex_decision_event {
    size_t size; /* sizeof(helpdex_decision_event) */
    int64_t at;
    const char *session;
    const char *locale;
    const char *message;    /* of the customer */
    const char *decision;   /* answer, clarify or escalate; never NULL */
    double confidence;      /* 0 to 1; below: not known */
    const char *reasons;    /* such as "stakes, unsure" */
    const char *article;    /* id of what was answered with */
    const char *path;       /* of triage */
    const char *generation; /* that decided */
    int64_t took_us;
} helpdex_decision_event;

/* A customer got in touch with a person. */
typedef struct helpdex_contact_event {
    size_t size; /* sizeof(helpdex_contact_event) */
    int64_t at;
    const char *session;
    const char *locale;
    const char *id; /* of the ticket; it is noted once. NULL: each time */
    const char *customer;
    const char *channel; /* such as "email" */
    const char *topic;
    const char *article; /* id of one that the agent named */
    const char *text;
} helpdex_contact_event;

/* A conversation went to a person. */
typedef struct helpdex_handoff_event {
    size_t size; /* sizeof(helpdex_handoff_event) */
    int64_t at;
    const char *session;
    const char *locale;
    const char *id; /* of the packet; it is noted once. NULL: each time */
    const char *category;
    const char *urgency;
    const char *queue;
    const char *article; /* id of the one suggested to the agent */
} helpdex_handoff_event;

/**
 * Open a journal for writing, made when there is none: a file of SQLite, which
 * its owner alone may read, or the schema `helpdex` of a database of
 * PostgreSQL. Any number of programs may read it and write to it at the same
 * time. An older one is brought up to date.
 *
 * Ownership: `where` is a path, or a URL `postgresql://user@host/database`
 *   with what libpq knows behind it; a password is better in PGPASSWORD or
 *   ~/.pgpass, and stands in no message. `*out` is new, to be released with
 *   helpdex_journal_free(); NULL on failure.
 * Errors: INVALID (an empty path, a URL of something else), INCOMPATIBLE
 *   (written by a newer version), BAD_INPUT (a file or schema of another
 *   kind), IN_USE (another makes it), IO (of a server as well).
 * Threads: any. The journal has a thread of its own, which writes: do not fork
 *   and go on using it in the child.
 * Cost: constant; waits up to five seconds for another that makes the tables,
 *   or for a server that does not answer.
 */
HELPDEX_API helpdex_status helpdex_journal_open(const char *where,
                                                helpdex_journal **out,
                                                helpdex_error *err);

/**
 * Note one search: what was asked, redacted, and what came of it. A query with
 * a seed phrase is not noted, only that there was one.
 *
 * What is noted waits in memory. Searches and decisions are written within a
 * second, or as soon as 256 wait; what customers and agents send themselves
 * (feedback, ratings, contacts, handoffs) within 50 milliseconds, and is then
 * safe from a loss of power, while of searches the last minutes may be lost.
 * A process that is killed loses what waits; in either case what is left is
 * whole. When writing fails, events wait until it succeeds, 4,096 at most;
 * then this one is dropped, and helpdex_journal_dropped() counts it.
 *
 * Ownership: `event` and all it points to are read during the call.
 * Errors: IO or IN_USE (this one is dropped, or the last could not be
 *   written), INVALID (an event of another version, a text that is not UTF-8, a
 *   session that is no such name), STORE (ICU has no data).
 * Threads: any number of calls at a time.
 * Cost: linear in its texts, of which 4,096 bytes each are kept. Does not wait
 *   for the disk.
 */
HELPDEX_API helpdex_status
helpdex_journal_search(helpdex_journal *journal,
                       const helpdex_search_event *event, helpdex_error *err);

/**
 * Note whether an article helped. The comment is redacted, as every text is.
 *
 * Ownership: `event` and all it points to are read during the call.
 * Errors: as helpdex_journal_search(); INVALID without an article, too.
 * Threads: any number of calls at a time.
 * Cost: as helpdex_journal_search().
 */
HELPDEX_API helpdex_status helpdex_journal_feedback(
    helpdex_journal *journal, const helpdex_feedback_event *event,
    helpdex_error *err);

/**
 * Note the stars that a conversation got.
 *
 * Ownership: `event` and all it points to are read during the call.
 * Errors: as helpdex_journal_search(); INVALID but for 1 to 5 stars, too.
 * Threads: any number of calls at a time.
 * Cost: as helpdex_journal_search().
 */
HELPDEX_API helpdex_status
helpdex_journal_rating(helpdex_journal *journal,
                       const helpdex_rating_event *event, helpdex_error *err);

/**
 * Note what was decided. The message is redacted.
 *
 * Ownership: `event` and all it points to are read during the call.
 * Errors: as helpdex_journal_search(); INVALID without a decision or above
 *   1, too.
 * Threads: any number of calls at a time.
 * Cost: as helpdex_journal_search().
 */
HELPDEX_API helpdex_status helpdex_journal_decision(
    helpdex_journal *journal, const helpdex_decision_event *event,
    helpdex_error *err);

/**
 * Note that a customer wrote to a person. The text is redacted.
 *
 * Ownership: `event` and all it points to are read during the call.
 * Errors: as helpdex_journal_search().
 * Threads: any number of calls at a time.
 * Cost: as helpdex_journal_search().
 */
HELPDEX_API helpdex_status
helpdex_journal_contact(helpdex_journal *journal,
                        const helpdex_contact_event *event, helpdex_error *err);

/**
 * Note that a conversation was handed over.
 *
 * Ownership: `event` and all it points to are read during the call.
 * Errors: as helpdex_journal_search().
 * Threads: any number of calls at a time.
 * Cost: as helpdex_journal_search().
 */
HELPDEX_API helpdex_status
helpdex_journal_handoff(helpdex_journal *journal,
                        const helpdex_handoff_event *event, helpdex_error *err);

/**
 * How many events were dropped since it was opened: for metrics.
 *
 * Ownership: nothing changes hands.
 * Errors: none.
 * Threads: any number of calls at a time.
 * Cost: constant.
 */
HELPDEX_API uint64_t helpdex_journal_dropped(helpdex_journal *journal);

/**
 * Write what waits, now.
 *
 * Ownership: nothing changes hands.
 * Errors: IO, IN_USE (another writes for longer): what waited goes on waiting.
 * Threads: any number of calls at a time.
 * Cost: one transaction; waits up to five seconds for another writer.
 */
HELPDEX_API helpdex_status helpdex_journal_flush(helpdex_journal *journal,
                                                 helpdex_error *err);

/**
 * Write what waits, as far as that is possible, and release the journal. NULL
 * is fine.
 *
 * Ownership: takes `journal`.
 * Errors: none; who wants to know calls helpdex_journal_flush() first.
 * Threads: one call, after the last use.
 * Cost: as helpdex_journal_flush().
 */
HELPDEX_API void helpdex_journal_free(helpdex_journal *journal);

#ifdef __cplusplus
}
#endif

#endif
