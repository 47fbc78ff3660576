/* Events of requests, and of the decisions in them. */
#include "server/notes.h"

#include <cjson/cJSON.h>

#include "base/clock.h"
#include "server/log.h"

void hdx_note_outcome(hdx_desk *desk, helpdex_status status,
                      const helpdex_error *err)
{
    char text[1200];
    if (atomic_exchange(&desk->unwritten, status != HELPDEX_OK) || !status)
        return;
    helpdex_error_format(err, text, sizeof text);
    hdx_log_event("error", "journal", text);
}

void hdx_note_search(hdx_desk *desk, const helpdex_request *request,
                     const helpdex_results *results)
{
    helpdex_error err;
    const helpdex_search_event event = {.size = sizeof event,
                                        .at = hdx_clock(),
                                        .request = request,
                                        .results = results};
    if (desk->journal)
        hdx_note_outcome(
            desk, helpdex_journal_search(desk->journal, &event, &err), &err);
}

bool hdx_note_wanted(hdx_exchange *x)
{
    if (!x->desk->journal)
        hdx_problem(x, 404, "this server keeps no journal; configure one");
    return x->desk->journal != NULL;
}

/* What is wrong with an event is the sender's; all else is ours, and may be
   over the next time. */
void hdx_note_answer(hdx_exchange *x, helpdex_status status,
                     const helpdex_error *err)
{
    if (status == HELPDEX_INVALID) {
        hdx_problem(x, 400, "%s", err->message);
        return;
    }
    hdx_note_outcome(x->desk, status, err);
    if (status) {
        hdx_problem(x, 503, "the journal cannot be written; try again");
        x->reply.retry_after = 1;
        return;
    }
    x->reply.status = 202;
    x->reply.type = NULL;
}

static const char *text_of(const cJSON *object, const char *name)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
}

static void note_handoff(hdx_desk *desk, const helpdex_decision *decision)
{
    helpdex_error err;
    cJSON *packet = cJSON_Parse(decision->handoff);
    if (!packet)
        return;
    const helpdex_handoff_event event = {
        .size = sizeof event,
        .at = hdx_clock(),
        .session = decision->conversation,
        .locale = decision->locale,
        .id = text_of(packet, "id"),
        .category = text_of(packet, "category"),
        .urgency = text_of(packet, "urgency"),
        .queue = text_of(packet, "queue"),
        .article = text_of(
            cJSON_GetObjectItemCaseSensitive(packet, "suggested"), "id")};
    hdx_note_outcome(desk, helpdex_journal_handoff(desk->journal, &event, &err),
                     &err);
    cJSON_Delete(packet);
}

/* "stakes, unsure" */
static void join(hdx_buf *out, const helpdex_decision *decision)
{
    for (size_t i = 0; i < decision->reason_count; i++) {
        hdx_buf_add(out, i ? HDX_STR(", ") : HDX_STR(""));
        hdx_buf_add(out, hdx_str_of(decision->reasons[i]));
    }
    hdx_buf_byte(out, '\0');
}

void hdx_note_decision(hdx_desk *desk, const char *message,
                       const helpdex_decision *decision)
{
    static const char *const names[] = {[HELPDEX_ANSWER] = "answer",
                                        [HELPDEX_CLARIFY] = "clarify",
                                        [HELPDEX_ESCALATE] = "escalate"};
    hdx_buf reasons = {0};
    helpdex_error err;
    if (!desk->journal)
        return;
    join(&reasons, decision);
    const helpdex_decision_event event = {
        .size = sizeof event,
        .at = hdx_clock(),
        .session = decision->conversation,
        .locale = decision->locale,
        .message = message,
        .decision = names[decision->verdict],
        .confidence = decision->confidence,
        .reasons = reasons.failed ? NULL : reasons.ptr,
        .article = decision->citation_count ? decision->citations[0].id : NULL,
        .generation = decision->generation,
        .took_us = (int64_t)decision->took_us};
    hdx_note_outcome(
        desk, helpdex_journal_decision(desk->journal, &event, &err), &err);
    if (decision->handoff)
        note_handoff(desk, decision);
    hdx_buf_free(&reasons);
}
