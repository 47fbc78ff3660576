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
static bool add_tag(hdx_arena *arena, cJSON *tags, const char *prefix,
                    const char *value)
{
    if (!value)
        return true;
    hdx_str tag = hdx_arena_format(arena, "%s%s", prefix, value);
    for (char *at = (char *)(uintptr_t)tag.ptr; at && *at; at++) {
        unsigned char c = (unsigned char)*at;
        if (c >= 'A' && c <= 'Z')
            *at = (char)(c + 'a' - 'A');
        else if (c < 0x80 && !strchr("-_0123456789", c) &&
                 !(c >= 'a' && c <= 'z'))
            *at = '_';
    }
    cJSON *item = tag.ptr ? cJSON_CreateString(tag.ptr) : NULL;
    return item && cJSON_AddItemToArray(tags, item);
}

static bool add_tags(const hdx_delivery *d, cJSON *ticket)
{
    cJSON *tags = cJSON_AddArrayToObject(ticket, "tags");
    return tags && add_tag(d->arena, tags, "helpdex", "") &&
           add_tag(d->arena, tags, "helpdex_queue_",
                   hdx_packet_text(d->packet, "queue")) &&
           add_tag(d->arena, tags, "helpdex_category_",
                   hdx_packet_text(d->packet, "category")) &&
           add_tag(d->arena, tags, "helpdex_locale_",
                   hdx_packet_text(d->packet, "locale"));
}

static bool add_fields(const hdx_delivery *d, cJSON *ticket)
{
    cJSON *fields = cJSON_AddArrayToObject(ticket, "custom_fields");
    for (size_t i = 0; fields && i < d->target->field_count; i++) {
        const hdx_peer_field *f = &d->target->fields[i];
        const char *value = hdx_packet_text(d->packet, f->member);
        cJSON *field = value ? cJSON_CreateObject() : NULL;
        if (!value)
            continue;
        if (!field || !cJSON_AddItemToArray(fields, field) ||
            !cJSON_AddNumberToObject(field, "id", (double)f->id) ||
            !cJSON_AddStringToObject(field, "value", value))
            return false;
    }
    return fields;
}

static bool add_people(const hdx_delivery *d, cJSON *ticket)
{
    const hdx_peer *t = d->target;
    const char *email = hdx_packet_fact(d->packet, t->customer_email);
    const char *name = hdx_packet_fact(d->packet, t->customer_name);
    if (t->submitter &&
        !cJSON_AddNumberToObject(ticket, "submitter_id", (double)t->submitter))
        return false;
    if (!email)
        return true;
    cJSON *requester = cJSON_AddObjectToObject(ticket, "requester");
    return requester &&
           cJSON_AddStringToObject(requester, "name", name ? name : email) &&
           cJSON_AddStringToObject(requester, "email", email);
}

static bool add_comment(cJSON *ticket, const char *text)
{
    cJSON *comment = cJSON_AddObjectToObject(ticket, "comment");
    return comment && cJSON_AddStringToObject(comment, "body", text) &&
           cJSON_AddFalseToObject(comment, "public");
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

static bool fill(const hdx_delivery *d, cJSON *ticket, const char *text)
{
    const char *urgency = hdx_packet_text(d->packet, "urgency");
    return ticket &&
           cJSON_AddStringToObject(ticket, "subject", subject(d->packet)) &&
           add_comment(ticket, text) &&
           (!urgency || cJSON_AddStringToObject(ticket, "priority", urgency)) &&
           cJSON_AddStringToObject(ticket, "external_id", d->id) &&
           add_tags(d, ticket) && add_fields(d, ticket) &&
           add_people(d, ticket);
}

static helpdex_status write_ticket(hdx_delivery *d, hdx_http_request *out,
                                   helpdex_error *err)
{
    hdx_str text;
    helpdex_status status = hdx_note_text(d->arena, d->packet, &text, err);
    if (status)
        return status;
    cJSON *root = cJSON_CreateObject();
    if (!fill(d, cJSON_AddObjectToObject(root, "ticket"), text.ptr)) {
        cJSON_Delete(root);
        root = NULL;
    }
    out->url =
        hdx_arena_format(d->arena, "%s/api/v2/tickets.json", d->target->url)
            .ptr;
    out->headers[0] = "Content-Type: application/json";
    out->headers[1] =
        hdx_arena_format(d->arena, "Idempotency-Key: %s", d->id).ptr;
    status = hdx_body_of(d->arena, root, &out->body, err);
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
