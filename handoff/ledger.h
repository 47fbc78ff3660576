/*
 * The outbox on disk: packets, and for each target a delivery that waits, has
 * arrived or has failed. Every change is one transaction that is on the disk
 * when the call returns. Nothing is sent from here.
 *
 * A delivery that is taken is put off for the time of a lease at that moment:
 * whoever dies with it leaves it to be due again. A number that grows with
 * each taking tells who is late.
 */
#ifndef HDX_LEDGER_H
#define HDX_LEDGER_H

#include <helpdex/handoff.h>

#include "base/arena.h"
#include "base/error.h"

typedef struct hdx_ledger hdx_ledger;

/* Errors as of helpdex_outbox_open(). One thread at a time uses a ledger. */
helpdex_status hdx_ledger_open(const char *path, hdx_ledger **out,
                               helpdex_error *err);
void hdx_ledger_close(hdx_ledger *ledger);

/* Times are milliseconds since 1970. What has a packet of this id leaves it as
   it is, its targets too. */
helpdex_status hdx_ledger_put(hdx_ledger *ledger, const char *id, hdx_str body,
                              const char *const *targets, size_t count,
                              int64_t now, helpdex_error *err);

/* What was taken. Texts live in the arena of the call. */
typedef struct hdx_taken {
    int64_t delivery;
    int64_t lease;
    int64_t since;    /* when it was put, or tried anew */
    int64_t attempts; /* this one included */
    const char *id;   /* of the packet; NULL: nothing was due */
    const char *target;
    const char *progress; /* JSON */
    hdx_str body;
} hdx_taken;

/* No pause and no lease is longer. What seems to wait longer was written while
   the clock of the machine was wrong, and is due. */
static const int64_t HDX_LEDGER_LONGEST_MS = 2LL * 24 * 60 * 60 * 1000;

/* Takes what was due at `due`, of those tried least often the longest due. */
helpdex_status hdx_ledger_take(hdx_ledger *ledger, hdx_arena *arena,
                               int64_t due, int64_t until, hdx_taken *out,
                               helpdex_error *err);

/* Writes progress down and prolongs the lease. `*lost`: another has it. */
helpdex_status hdx_ledger_keep(hdx_ledger *ledger, const hdx_taken *taken,
                               const char *progress, int64_t until, bool *lost,
                               helpdex_error *err);

/* The end of an attempt: it has arrived, is due again, or has failed. The body
   of a packet that has arrived everywhere is forgotten. */
typedef enum hdx_end { HDX_END_WAITING, HDX_END_DONE, HDX_END_FAILED } hdx_end;
helpdex_status hdx_ledger_settle(hdx_ledger *ledger, const hdx_taken *taken,
                                 hdx_end end, int64_t due, const char *why,
                                 helpdex_error *err);

/* Puts off what is due to a target at `now` until `due`. */
helpdex_status hdx_ledger_postpone(hdx_ledger *ledger, const char *target,
                                   int64_t now, int64_t due,
                                   helpdex_error *err);

/* Forgets packets that were put before and have arrived everywhere, and wipes
   what is no longer there from the log of the database, unless others read. */
helpdex_status hdx_ledger_tidy(hdx_ledger *ledger, int64_t before,
                               helpdex_error *err);

/* When the next is due; -1: nothing waits. */
helpdex_status hdx_ledger_next(hdx_ledger *ledger, int64_t *due,
                               helpdex_error *err);
helpdex_status hdx_ledger_count(hdx_ledger *ledger,
                                helpdex_outbox_counts *counts,
                                helpdex_error *err);

/* What has failed, the oldest first; at most `most`, in `arena`. */
helpdex_status hdx_ledger_failures(hdx_ledger *ledger, hdx_arena *arena,
                                   size_t most, helpdex_failure **out,
                                   size_t *count, helpdex_error *err);
helpdex_status hdx_ledger_retry(hdx_ledger *ledger, int64_t now,
                                helpdex_error *err);

#endif
