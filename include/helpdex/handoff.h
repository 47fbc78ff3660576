/*
 * Handoff packets on their way to a help desk: an outbox that loses none, and
 * the calls of personal flows to a backend of your own.
 *
 * Addresses and secrets come from a configuration that an operator writes
 * (docs/handoff.md), never from a customer. Packets are JSON by
 * docs/schemas/handoff.json.
 */
#ifndef HELPDEX_HANDOFF_H
#define HELPDEX_HANDOFF_H

#include <helpdex/error.h>
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct helpdex_handoff_config helpdex_handoff_config;
typedef struct helpdex_outbox helpdex_outbox;
typedef struct helpdex_failures helpdex_failures;
typedef struct helpdex_flow_result helpdex_flow_result;

/**
 * Read the sections `handoff` and `flows` of a YAML configuration; others are
 * stepped over, and either may be absent. Secrets are read now, from the
 * environment variables that the file names.
 *
 * Ownership: `*out` is new, to be released with helpdex_handoff_config_free();
 *   NULL on failure.
 * Errors: NOT_FOUND, IO, BAD_INPUT (with line and column: no such key, a value
 *   outside of what the key takes, a variable that is not set).
 * Threads: any, while none changes the environment.
 * Cost: linear in the file, of 1 MiB at most.
 */
HELPDEX_API helpdex_status helpdex_handoff_config_read(
    const char *path, helpdex_handoff_config **out, helpdex_error *err);

/**
 * Release a configuration and its secrets. NULL is fine.
 *
 * Ownership: takes `config`; outboxes that were opened with it are gone
 *   already.
 * Errors: none.
 * Threads: one call, after the last use.
 * Cost: constant.
 */
HELPDEX_API void helpdex_handoff_config_free(helpdex_handoff_config *config);

/**
 * Open the outbox of a configuration: a SQLite database, made when there is
 * none, that its owner alone may read. Several processes may use it at the
 * same time.
 *
 * Ownership: `*out` is new, to be released with helpdex_outbox_free(); NULL on
 *   failure. `config` is borrowed as long as the outbox lives.
 * Errors: INVALID (the configuration has no section `handoff`), INCOMPATIBLE
 *   (written by a newer version), BAD_INPUT (a file of another kind), IN_USE
 *   (another process writes for longer than five seconds), IO.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API helpdex_status
helpdex_outbox_open(const helpdex_handoff_config *config, helpdex_outbox **out,
                    helpdex_error *err);

/**
 * Put a packet into the outbox, for every target of the configuration. When
 * this returns, the packet survives a loss of power. A packet whose id was put
 * before is there already: the first one stays, and the call succeeds.
 *
 * Nothing is sent: helpdex_outbox_deliver() does that.
 *
 * Ownership: `packet`, terminated, is copied.
 * Errors: BAD_INPUT (not JSON, no `id` of 1 to 128 letters, digits, '.', '_'
 *   or '-'; larger than 1 MiB), IN_USE, IO.
 * Threads: any number of calls at a time.
 * Cost: one transaction that waits for the disk.
 */
HELPDEX_API helpdex_status helpdex_outbox_put(helpdex_outbox *outbox,
                                              const char *packet,
                                              helpdex_error *err);

/* What one call of helpdex_outbox_deliver() did. */
typedef struct helpdex_delivered {
    size_t done;      /* arrived */
    size_t postponed; /* will be tried again */
    size_t failed;    /* will not be tried again */
} helpdex_delivered;

/**
 * Try what is due, once, and 32 deliveries at most: whoever has to stop can do
 * so between calls, and helpdex_outbox_next_due() says whether more is due. What the other side refuses for good, and
 * what has not arrived after `give_up_days`, is failed and stays in the
 * outbox; all else is tried again later, the pauses doubling from five seconds
 * to an hour. When a target does not answer, the rest of what is due to it
 * waits with it. Other processes leave alone what is tried here, until a lease
 * ends that covers the time of a call.
 *
 * A receiver may get a packet twice, when this process ended between sending
 * and writing down: by its id it knows.
 *
 * Ownership: `*report` is written.
 * Errors: IN_USE, IO. A target that does not answer is no error.
 * Threads: any number of calls at a time. Do not call it where a customer
 *   waits.
 * Cost: the calls of what is due, one after the other, each no longer than the
 *   `timeout` of its target.
 */
HELPDEX_API helpdex_status helpdex_outbox_deliver(helpdex_outbox *outbox,
                                                  helpdex_delivered *report,
                                                  helpdex_error *err);

/**
 * How long until something is due.
 *
 * Ownership: `*milliseconds` is written: 0 when something is due now, -1 when
 *   nothing waits.
 * Errors: IO, IN_USE.
 * Threads: any number of calls at a time.
 * Cost: one look into an index.
 */
HELPDEX_API helpdex_status helpdex_outbox_next_due(helpdex_outbox *outbox,
                                                   int64_t *milliseconds,
                                                   helpdex_error *err);

/* How many deliveries there are: packets times targets. */
typedef struct helpdex_outbox_counts {
    size_t waiting;
    size_t done; /* of the last thirty days */
    size_t failed;
} helpdex_outbox_counts;

/**
 * How many deliveries wait, have arrived, and have failed.
 *
 * Ownership: `*counts` is written.
 * Errors: IO, IN_USE.
 * Threads: any number of calls at a time.
 * Cost: linear in the deliveries.
 */
HELPDEX_API helpdex_status helpdex_outbox_count(helpdex_outbox *outbox,
                                                helpdex_outbox_counts *counts,
                                                helpdex_error *err);

/* A packet that did not arrive. */
typedef struct helpdex_failure {
    const char *id;     /* of the packet */
    const char *target; /* its name in the configuration */
    const char *why;    /* "what; try this" */
    const char *packet; /* its JSON */
    unsigned attempts;
} helpdex_failure;

/**
 * List what has failed, the oldest first, a thousand at most.
 *
 * Ownership: `*out` is new, to be released with helpdex_failures_free(); NULL
 *   on failure.
 * Errors: IO, IN_USE.
 * Threads: any number of calls at a time.
 * Cost: linear in what has failed.
 */
HELPDEX_API helpdex_status helpdex_outbox_failures(helpdex_outbox *outbox,
                                                   helpdex_failures **out,
                                                   helpdex_error *err);

/**
 * How many are listed.
 *
 * Ownership: nothing changes hands.
 * Errors: none.
 * Threads: any; lists are immutable.
 * Cost: constant.
 */
HELPDEX_API size_t helpdex_failures_count(const helpdex_failures *failures);

/**
 * One of the list, from 0.
 *
 * Ownership: borrowed from `failures`.
 * Errors: none; NULL behind the last.
 * Threads: any; lists are immutable.
 * Cost: constant.
 */
HELPDEX_API const helpdex_failure *helpdex_failures_at(
    const helpdex_failures *failures, size_t at);

/**
 * Release a list. NULL is fine.
 *
 * Ownership: takes `failures`; its texts are gone.
 * Errors: none.
 * Threads: one call, after the last use.
 * Cost: constant.
 */
HELPDEX_API void helpdex_failures_free(helpdex_failures *failures);

/**
 * Make all that has failed due again, when its cause is mended.
 *
 * Ownership: nothing changes hands.
 * Errors: IO, IN_USE.
 * Threads: any number of calls at a time.
 * Cost: linear in what has failed.
 */
HELPDEX_API helpdex_status helpdex_outbox_retry(helpdex_outbox *outbox,
                                                helpdex_error *err);

/**
 * Release an outbox; what waits in it goes on waiting. NULL is fine.
 *
 * Ownership: takes `outbox`.
 * Errors: none.
 * Threads: one call, after the last use.
 * Cost: constant.
 */
HELPDEX_API void helpdex_outbox_free(helpdex_outbox *outbox);

/* What is asked of a personal flow. NULL and 0 are no values unless it says
   so. */
typedef struct helpdex_flow_request {
    const char *flow;    /* its name in the configuration */
    const char *key;     /* the same whenever the same is asked: 1 to 128
                            letters, digits, '.', '_' or '-' */
    const char *slots;   /* a JSON object of texts */
    const char *context; /* likewise, facts of the caller; NULL: none */
    const char *locale;  /* of the text that comes back */
} helpdex_flow_request;

typedef enum helpdex_flow_status {
    HELPDEX_FLOW_DONE,
    HELPDEX_FLOW_PENDING, /* the backend took it on, and is not done */
    HELPDEX_FLOW_FAILED   /* it said so, or it was not understood */
} helpdex_flow_status;

/**
 * Ask a backend to do something for one customer, and wait for what it says,
 * as long as the `timeout` of the flow and no longer. It is asked once.
 *
 * A backend that does not answer, or not as docs/handoff.md says, is
 * HELPDEX_FLOW_FAILED and no error: tell the customer so, and offer a person.
 *
 * Ownership: `request` is read during the call. `*out` is new, to be released
 *   with helpdex_flow_result_free(); NULL on failure.
 * Errors: NOT_FOUND (no such flow in the configuration), INVALID (a key or
 *   JSON of another form).
 * Threads: any number of calls at a time.
 * Cost: one call over the network.
 */
HELPDEX_API helpdex_status helpdex_flow_call(
    const helpdex_handoff_config *config, const helpdex_flow_request *request,
    helpdex_flow_result **out, helpdex_error *err);

/**
 * What became of it.
 *
 * Ownership: nothing changes hands.
 * Errors: none.
 * Threads: any; results are immutable.
 * Cost: constant.
 */
HELPDEX_API helpdex_flow_status
helpdex_flow_result_status(const helpdex_flow_result *result);

/**
 * What the backend says to the customer: plain text, 4,096 bytes at most.
 *
 * Ownership: borrowed from `result`; NULL when it says nothing.
 * Errors: none.
 * Threads: any; results are immutable.
 * Cost: constant.
 */
HELPDEX_API const char *helpdex_flow_result_text(
    const helpdex_flow_result *result);

/**
 * Why it failed when the backend did not say so itself: for a log, not for the
 * customer.
 *
 * Ownership: borrowed from `result`; NULL when the backend was understood.
 * Errors: none.
 * Threads: any; results are immutable.
 * Cost: constant.
 */
HELPDEX_API const char *helpdex_flow_result_why(
    const helpdex_flow_result *result);

/**
 * Whether the call broke off after it had been sent: the backend may have done
 * it all the same, so do not tell the customer that nothing has happened.
 *
 * Ownership: nothing changes hands.
 * Errors: none.
 * Threads: any; results are immutable.
 * Cost: constant.
 */
HELPDEX_API bool helpdex_flow_result_uncertain(
    const helpdex_flow_result *result);

/**
 * Release a result. NULL is fine.
 *
 * Ownership: takes `result`; its texts are gone.
 * Errors: none.
 * Threads: one call, after the last use.
 * Cost: constant.
 */
HELPDEX_API void helpdex_flow_result_free(helpdex_flow_result *result);

#ifdef __cplusplus
}
#endif

#endif
