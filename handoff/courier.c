/*
 * Walking an adapter's calls over the network. The courier knows what a status
 * means, and nothing of help desks.
 */
#include "handoff/courier.h"

#include "base/digest.h"

enum { FIRST_PAUSE = 5, LONGEST_PAUSE = 3600, LONGEST_ASKED = 86400 };
enum { EXCERPT = 200, CALLS_MOST = 16 };

/* The beginning of an answer as one line, for a list that people read. */
static hdx_str excerpt(hdx_arena *arena, hdx_str body)
{
    hdx_str cut = hdx_utf8_cut(body, EXCERPT);
    if (hdx_utf8_check(cut) != SIZE_MAX)
        return hdx_arena_copy(arena, HDX_STR("no text"));
    return hdx_arena_copy_line(arena, cut);
}

static const char *advice(long status)
{
    if (status == 401 || status == 403)
        return "check the secret and what it may do";
    if (status >= 300 && status < 400)
        return "a redirect is not followed: write the address it leads to";
    if (status == 404)
        return "check the url";
    if (status == 429)
        return "it wants fewer calls";
    return status >= 500 ? "see the log of the target"
                         : "see what it says, and its manual";
}

static const char *explain(hdx_delivery *d, const hdx_http_answer *answer)
{
    if (answer->why)
        return hdx_arena_format(d->arena,
                                "no answer: %s; check the url and the network",
                                answer->why)
            .ptr;
    hdx_str said = excerpt(d->arena, answer->body);
    return said.ptr ? hdx_arena_format(d->arena, "answered %ld (%.*s); %s",
                                       answer->status, HDX_FMT(said),
                                       advice(answer->status))
                          .ptr
                    : NULL;
}

static helpdex_status conclude(hdx_delivery *d, const hdx_http_answer *answer,
                               hdx_attempt *out, helpdex_error *err)
{
    out->verdict = hdx_http_verdict(answer);
    if (out->verdict == HDX_VERDICT_DONE)
        return HELPDEX_OK;
    out->retry_after = answer->retry_after;
    out->silent =
        answer->status == 0 || answer->status >= 500 || answer->status == 429;
    out->why = explain(d, answer);
    return out->why ? HELPDEX_OK : hdx_fail_nomem(err);
}

/* Of a good answer. What is not understood may be a page of a proxy. */
static helpdex_status note(hdx_delivery *d, const hdx_adapter *adapter,
                           const hdx_http_answer *answer, hdx_attempt *out,
                           helpdex_error *err)
{
    cJSON *json = cJSON_ParseWithLength(answer->body.ptr, answer->body.len);
    bool understood = adapter->note(d, json);
    cJSON_Delete(json);
    if (understood)
        return HELPDEX_OK;
    hdx_str said = excerpt(d->arena, answer->body);
    hdx_str why = hdx_arena_format(
        d->arena,
        "answered %ld, but not as this adapter expects (%.*s); check "
        "the adapter and the url",
        answer->status, HDX_FMT(said));
    out->verdict = HDX_VERDICT_AGAIN;
    out->why = why.ptr;
    return said.ptr && why.ptr ? HELPDEX_OK : hdx_fail_nomem(err);
}

static helpdex_status keep_now(hdx_delivery *d, hdx_keep_progress *keep,
                               void *context, helpdex_error *err)
{
    char *printed = cJSON_PrintUnformatted(d->progress);
    helpdex_status status =
        printed ? keep(context, printed, err) : hdx_fail_nomem(err);
    cJSON_free(printed);
    return status;
}

helpdex_status hdx_courier_carry(hdx_delivery *d, hdx_keep_progress *keep,
                                 void *context, hdx_attempt *out,
                                 helpdex_error *err)
{
    const hdx_adapter *adapter = hdx_adapter_of(d->target->kind);
    *out = (hdx_attempt){.verdict = HDX_VERDICT_DONE};
    for (int calls = 0; calls < CALLS_MOST; calls++) {
        hdx_http_request request = {.timeout = d->target->timeout};
        hdx_http_answer answer;
        helpdex_status status = adapter->next(d, &request, err);
        if (status || !request.url)
            return status;
        status = keep_now(d, keep, context, err);
        if (!status)
            status = hdx_http_send(d->arena, &request, &answer, err);
        if (!status)
            status = conclude(d, &answer, out, err);
        if (!status && out->verdict == HDX_VERDICT_DONE)
            status = note(d, adapter, &answer, out, err);
        if (status || out->verdict != HDX_VERDICT_DONE)
            return status;
    }
    return HELPDEX_OK;
}

static int64_t share_of(const char *id, const char *target, int64_t attempts)
{
    struct sha256_ctx context;
    int64_t share = 0;
    const char number[] = {(char)attempts};
    hdx_digest_start(&context);
    hdx_digest_add(&context, hdx_str_of(id));
    hdx_digest_add(&context, hdx_str_of(target));
    hdx_digest_add(&context, (hdx_str){number, sizeof number});
    hdx_digest digest = hdx_digest_end(&context);
    for (int i = 0; i < 4; i++)
        share = share * 16 + (digest.hex[i] <= '9' ? digest.hex[i] - '0'
                                                   : digest.hex[i] - 'a' + 10);
    return share; /* of 65,536 */
}

int64_t hdx_courier_pause(const char *id, const char *target, int64_t attempts,
                          int64_t retry_after)
{
    int64_t seconds = FIRST_PAUSE;
    for (int64_t i = 1; i < attempts && seconds < LONGEST_PAUSE; i++)
        seconds *= 2;
    if (seconds > LONGEST_PAUSE)
        seconds = LONGEST_PAUSE;
    int64_t half = seconds * 1000 / 2;
    int64_t pause = half + half * share_of(id, target, attempts) / 65536;
    if (retry_after > LONGEST_ASKED)
        retry_after = LONGEST_ASKED;
    return retry_after * 1000 > pause ? retry_after * 1000 : pause;
}
