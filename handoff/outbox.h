/* The outbox with another clock, for tests: the days of giving up go by. */
#ifndef HDX_OUTBOX_H
#define HDX_OUTBOX_H

#include <helpdex/handoff.h>

/* Milliseconds since 1970. */
typedef int64_t hdx_outbox_now(void *context);

void hdx_outbox_set_clock(helpdex_outbox *outbox, hdx_outbox_now *now,
                          void *context);

#endif
