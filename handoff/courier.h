/* One attempt at one delivery: calls in a row until all is done or one breaks. */
#ifndef HDX_COURIER_H
#define HDX_COURIER_H

#include "handoff/adapter.h"

/* Writes progress down. Anything but OK ends the attempt. */
typedef helpdex_status hdx_keep_progress(void *context, const char *progress,
                                         helpdex_error *err);

typedef struct hdx_attempt {
    hdx_verdict verdict;
    const char *why;     /* unless DONE: "what; try this"; in the arena */
    int64_t retry_after; /* seconds; 0: it does not say */
    bool silent;         /* the target as a whole does not do its work */
} hdx_attempt;

/*
 * `d->progress` is changed. Before each call `keep` is called. Errors: NOMEM,
 * and those of `keep`; all that the other side does is in `*out`.
 */
helpdex_status hdx_courier_carry(hdx_delivery *d, hdx_keep_progress *keep,
                                 void *context, hdx_attempt *out,
                                 helpdex_error *err);

/*
 * How long to wait after so many attempts, in milliseconds: 5 s doubling up to
 * an hour, of which a half to the whole is waited, by a hash of the delivery,
 * so that those that failed together do not come back together.
 */
int64_t hdx_courier_pause(const char *id, const char *target, int64_t attempts,
                          int64_t retry_after);

#endif
