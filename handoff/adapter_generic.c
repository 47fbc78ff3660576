/* The packet as it is, signed: for a receiver of one's own (docs/handoff.md). */
#include "handoff/adapter.h"

static helpdex_status next(hdx_delivery *d, hdx_http_request *out,
                           helpdex_error *err)
{
    if (hdx_progress_number(d->progress, "sent"))
        return HELPDEX_OK;
    out->url = d->target->url;
    out->body = d->body;
    return hdx_http_sign(d->arena, out, d->id, d->target->secret, d->now, err);
}

/* What a receiver says beside its status does not matter. */
static bool note(hdx_delivery *d, const cJSON *answer)
{
    (void)answer;
    return hdx_progress_set(d->progress, "sent", 1);
}

const hdx_adapter hdx_adapter_generic = {next, note};
