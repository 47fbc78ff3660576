/*
 * A ticket of Zendesk Support by its Ticketing API: POST /api/v2/tickets.json
 * with basic authentication as "user/token". Shapes by
 * developer.zendesk.com/api-reference/ticketing/tickets/tickets/.
 *
 * The packet is an internal note: the customer sees nothing until an agent
 * writes. Its Idempotency-Key is kept there for two hours, so that a later
 * attempt looks for the ticket by external_id first.
 */
#include "handoff/adapter.h"

enum { LOOKED = 1 };

/* Lower case, and nothing that Zendesk would split a tag at. */
static void tag(hdx_json *json, const char *prefix, const char *value)
{
    hdx_buf buf = {NULL};
    hdx_buf_add(&buf, hdx_str_of(prefix));
    for (const char *at = value; at && *at; at++) {
        unsigned char c = (unsigned char)*at;
        bool fine =
            c >= 0x80 || strchr("-_0123456789", c) || (c >= 'a' && c <= 'z');
        if (c >= 'A' && c <= 'Z')
            hdx_buf_byte(&buf, (char)(c + 'a' - 'A'));
        else
            hdx_buf_byte(&buf, fine ? *at : '_');
    }
    json->out->failed |= buf.failed;
    if (value && !buf.failed)
        hdx_json_str(json, NULL, hdx_buf_str(&buf));
    hdx_buf_free(&buf);
}

static void tags(hdx_json *json, const cJSON *packet)
{
    hdx_json_list(json, "tags");
    tag(json, "helpdex", "");
    tag(json, "helpdex_queue_", hdx_packet_text(packet, "queue"));
    tag(json, "helpdex_category_", hdx_packet_text(packet, "category"));
    tag(json, "helpdex_locale_", hdx_packet_text(packet, "locale"));
    hdx_json_end_list(json);
}

static void fields(hdx_json *json, const hdx_delivery *d)
{
    hdx_json_list(json, "custom_fields");
    for (size_t i = 0; i < d->target->field_count; i++) {
        const hdx_peer_field *f = &d->target->fields[i];
        const char *value = hdx_packet_text(d->packet, f->member);
        if (!value)
            continue;
        hdx_json_object(json, NULL);
        hdx_json_count(json, "id", (uint64_t)f->id);
        hdx_json_text(json, "value", value);
        hdx_json_end_object(json);
    }
    hdx_json_end_list(json);
}

static void people(hdx_json *json, const hdx_delivery *d)
{
    const hdx_peer *t = d->target;
    const char *email = hdx_packet_fact(d->packet, t->customer_email);
    const char *name = hdx_packet_fact(d->packet, t->customer_name);
    if (t->submitter)
        hdx_json_count(json, "submitter_id", (uint64_t)t->submitter);
    if (!email)
        return;
    hdx_json_object(json, "requester");
    hdx_json_text(json, "name", name ? name : email);
    hdx_json_text(json, "email", email);
    hdx_json_end_object(json);
}

static const char *subject(const cJSON *packet)
{
    static const char *const members[] = {"summary", "suggested_article.title",
                                          "category", "queue"};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const char *text = hdx_packet_text(packet, members[i]);
        if (text)
            return text;
    }
    return "Helpdex";
}

static void ticket(hdx_json *json, const hdx_delivery *d, hdx_str note)
{
    hdx_json_object(json, NULL);
    hdx_json_object(json, "ticket");
    hdx_json_text(json, "subject", subject(d->packet));
    hdx_json_object(json, "comment");
    hdx_json_str(json, "body", note);
    hdx_json_bool(json, "public", false);
    hdx_json_end_object(json);
    hdx_body_text(json, "priority", hdx_packet_text(d->packet, "urgency"));
    hdx_json_text(json, "external_id", d->id);
    tags(json, d->packet);
    fields(json, d);
    people(json, d);
    hdx_json_end_object(json);
    hdx_json_end_object(json);
}

static helpdex_status write_ticket(hdx_delivery *d, hdx_http_request *out,
                                   helpdex_error *err)
{
    hdx_str text;
    hdx_buf body = {NULL};
    hdx_json json = {.out = &body};
    helpdex_status status = hdx_note_text(d->arena, d->packet, &text, err);
    if (status)
        return status;
    ticket(&json, d, text);
    out->url =
        hdx_arena_format(d->arena, "%s/api/v2/tickets.json", d->target->url)
            .ptr;
    out->headers[0] = "Content-Type: application/json";
    out->headers[1] =
        hdx_arena_format(d->arena, "Idempotency-Key: %s", d->id).ptr;
    status = hdx_body_of(d->arena, &body, &out->body, err);
    return status || (out->url && out->headers[1]) ? status
                                                   : hdx_fail_nomem(err);
}

static helpdex_status find_ticket(hdx_delivery *d, hdx_http_request *out,
                                  helpdex_error *err)
{
    out->url =
        hdx_arena_format(d->arena, "%s/api/v2/tickets.json?external_id=%s",
                         d->target->url, d->id)
            .ptr;
    return out->url ? HELPDEX_OK : hdx_fail_nomem(err);
}

static bool is_looking(const hdx_delivery *d)
{
    return d->again && !(d->looked & LOOKED);
}

static helpdex_status next(hdx_delivery *d, hdx_http_request *out,
                           helpdex_error *err)
{
    if (hdx_progress_number(d->progress, "ticket"))
        return HELPDEX_OK;
    hdx_str user = hdx_arena_format(d->arena, "%s/token", d->target->user);
    if (!user.ptr)
        return hdx_fail_nomem(err);
    out->user = user.ptr;
    out->password = d->target->secret;
    return is_looking(d) ? find_ticket(d, out, err) : write_ticket(d, out, err);
}

static bool take(hdx_delivery *d, const cJSON *ticket)
{
    int64_t id = hdx_progress_number(ticket, "id");
    return id && hdx_progress_set(d->progress, "ticket", (double)id);
}

static bool note(hdx_delivery *d, const cJSON *answer)
{
    const cJSON *at,
        *list = cJSON_GetObjectItemCaseSensitive(answer, "tickets");
    if (!is_looking(d))
        return take(d, cJSON_GetObjectItemCaseSensitive(answer, "ticket"));
    cJSON_ArrayForEach(at, list)
    {
        const char *id = hdx_packet_text(at, "external_id");
        if (id && strcmp(id, d->id) == 0)
            return take(d, at);
    }
    d->looked |= LOOKED;
    return cJSON_IsArray(list);
}

const hdx_adapter hdx_adapter_zendesk = {next, note};
