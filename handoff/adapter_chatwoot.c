/*
 * A conversation of Chatwoot by its Application API: a contact, its place in
 * the inbox, a conversation, a private note, a priority. Shapes by
 * developers.chatwoot.com/api-reference and the views of its source
 * (app/views/api/v1).
 *
 * Chatwoot knows no idempotency key. What was made is remembered by its id as
 * soon as it is known; an attempt that follows a broken one looks first
 * whether the call that broke got through, by marks of ours: the identifier of
 * the contact, `helpdex_id` of the conversation, the first line of the note.
 */
#include "handoff/adapter.h"

typedef enum stage {
    FIND_CONTACT,
    MAKE_CONTACT,
    JOIN_INBOX,
    FIND_CONVERSATION,
    MAKE_CONVERSATION,
    FIND_NOTE,
    MAKE_NOTE,
    SET_PRIORITY,
    STAGES
} stage;

static bool has(const hdx_delivery *d, const char *name)
{
    return cJSON_HasObjectItem(d->progress, name);
}

static bool looked(const hdx_delivery *d, stage at)
{
    return d->looked & 1u << at;
}

static stage stage_of(const hdx_delivery *d)
{
    if (!has(d, "contact"))
        return looked(d, FIND_CONTACT) ? MAKE_CONTACT : FIND_CONTACT;
    if (!has(d, "source"))
        return JOIN_INBOX;
    if (!has(d, "conversation"))
        return d->again && !looked(d, FIND_CONVERSATION) ? FIND_CONVERSATION
                                                         : MAKE_CONVERSATION;
    if (!has(d, "note"))
        return d->again && !looked(d, FIND_NOTE) ? FIND_NOTE : MAKE_NOTE;
    return has(d, "priority") ? STAGES : SET_PRIORITY;
}

/* Whose contact it is: the customer, where the caller says who that is, else
   the conversation. */
static const char *identifier(const hdx_delivery *d)
{
    const char *id = hdx_packet_fact(d->packet, d->target->customer_id);
    const char *session = hdx_packet_text(d->packet, "session");
    return id ? id : session ? session : d->id;
}

static void number(hdx_json *json, const char *key, int64_t value)
{
    hdx_json_count(json, key, (uint64_t)value);
}

static void fill_filter(hdx_json *json, const hdx_delivery *d)
{
    hdx_json_list(json, "payload");
    hdx_json_object(json, NULL);
    hdx_json_text(json, "attribute_key", "identifier");
    hdx_json_text(json, "filter_operator", "equal_to");
    hdx_json_list(json, "values");
    hdx_json_text(json, NULL, identifier(d));
    hdx_json_end_list(json);
    hdx_json_null(json, "query_operator");
    hdx_json_end_object(json);
    hdx_json_end_list(json);
}

static void fill_contact(hdx_json *json, const hdx_delivery *d)
{
    const hdx_peer *t = d->target;
    number(json, "inbox_id", t->inbox);
    hdx_json_text(json, "identifier", identifier(d));
    hdx_body_text(json, "name", hdx_packet_fact(d->packet, t->customer_name));
    hdx_body_text(json, "email", hdx_packet_fact(d->packet, t->customer_email));
}

static void fill_inbox(hdx_json *json, const hdx_delivery *d)
{
    number(json, "inbox_id", d->target->inbox);
}

static void fill_conversation(hdx_json *json, const hdx_delivery *d)
{
    const cJSON *p = d->packet;
    hdx_body_text(json, "source_id", hdx_packet_text(d->progress, "source"));
    number(json, "inbox_id", d->target->inbox);
    number(json, "contact_id", hdx_progress_number(d->progress, "contact"));
    hdx_json_text(json, "status", "open");
    hdx_json_object(json, "custom_attributes");
    hdx_json_text(json, "helpdex_id", d->id);
    hdx_body_text(json, "queue", hdx_packet_text(p, "queue"));
    hdx_body_text(json, "category", hdx_packet_text(p, "category"));
    hdx_body_text(json, "locale", hdx_packet_text(p, "locale"));
    hdx_json_end_object(json);
}

static void fill_note(hdx_json *json, const hdx_delivery *d)
{
    hdx_str written;
    if (hdx_note_text(d->arena, d->packet, &written, NULL))
        json->out->failed = true; /* memory was out */
    else
        hdx_json_str(json, "content", written);
    hdx_json_text(json, "message_type", "outgoing");
    hdx_json_bool(json, "private", true);
    hdx_json_text(json, "content_type", "text");
}

static void fill_priority(hdx_json *json, const hdx_delivery *d)
{
    const char *urgency = hdx_packet_text(d->packet, "urgency");
    bool normal = !urgency || strcmp(urgency, "normal") == 0;
    hdx_json_text(json, "priority", normal ? "medium" : urgency);
}

/* `%1` stands for the contact, `%2` for the conversation. */
static const struct call {
    const char *path;
    /* members of the body; NULL: a GET */
    void (*fill)(hdx_json *json, const hdx_delivery *d);
} calls[STAGES] = {
    [FIND_CONTACT] = {"contacts/filter", fill_filter},
    [MAKE_CONTACT] = {"contacts", fill_contact},
    [JOIN_INBOX] = {"contacts/%1/contact_inboxes", fill_inbox},
    [FIND_CONVERSATION] = {"contacts/%1/conversations", NULL},
    [MAKE_CONVERSATION] = {"conversations", fill_conversation},
    [FIND_NOTE] = {"conversations/%2/messages", NULL},
    [MAKE_NOTE] = {"conversations/%2/messages", fill_note},
    [SET_PRIORITY] = {"conversations/%2/toggle_priority", fill_priority},
};

static const char *address(const hdx_delivery *d, const char *path)
{
    const char *mark = strchr(path, '%');
    hdx_str url =
        hdx_arena_format(d->arena, "%s/api/v1/accounts/%lld/", d->target->url,
                         (long long)d->target->account);
    if (!url.ptr || !mark)
        return url.ptr ? hdx_arena_format(d->arena, "%s%s", url.ptr, path).ptr
                       : NULL;
    int64_t id = hdx_progress_number(
        d->progress, mark[1] == '1' ? "contact" : "conversation");
    return hdx_arena_format(d->arena, "%s%.*s%lld%s", url.ptr,
                            (int)(mark - path), path, (long long)id, mark + 2)
        .ptr;
}

static helpdex_status next(hdx_delivery *d, hdx_http_request *out,
                           helpdex_error *err)
{
    stage at = stage_of(d);
    if (at == STAGES)
        return HELPDEX_OK;
    out->headers[0] =
        hdx_arena_format(d->arena, "api_access_token: %s", d->target->secret)
            .ptr;
    out->headers[1] = "Content-Type: application/json";
    out->url = address(d, calls[at].path);
    if (!out->headers[0] || !out->url)
        return hdx_fail_nomem(err);
    if (!calls[at].fill)
        return HELPDEX_OK;
    hdx_buf body = {NULL};
    hdx_json json = {.out = &body};
    hdx_json_object(&json, NULL);
    calls[at].fill(&json, d);
    hdx_json_end_object(&json);
    return hdx_body_of(d->arena, &body, &out->body, err);
}

static bool take_number(hdx_delivery *d, const char *name, const cJSON *from)
{
    int64_t id = hdx_progress_number(from, "id");
    return id && hdx_progress_set(d->progress, name, (double)id);
}

static bool take_source(hdx_delivery *d, const cJSON *from)
{
    const char *source = hdx_packet_text(from, "source_id");
    return source && cJSON_AddStringToObject(d->progress, "source", source);
}

/* The contact and, where it has one, its place in our inbox. */
static bool take_contact(hdx_delivery *d, const cJSON *contact)
{
    const cJSON *at,
        *places = cJSON_GetObjectItemCaseSensitive(contact, "contact_inboxes");
    if (!take_number(d, "contact", contact))
        return false;
    cJSON_ArrayForEach(at, places)
    {
        const cJSON *inbox = cJSON_GetObjectItemCaseSensitive(at, "inbox");
        if (hdx_progress_number(inbox, "id") == d->target->inbox)
            return take_source(d, at);
    }
    return true;
}

/* Whether an item of a list is the one that is looked for. */
static bool is_ours(hdx_delivery *d, stage at, const cJSON *item)
{
    const char *seen, *ours;
    if (at == FIND_NOTE) {
        hdx_str title = hdx_note_title(d->arena, d->id);
        seen = hdx_packet_text(item, "content");
        return seen && title.ptr && hdx_str_starts(hdx_str_of(seen), title) &&
               (seen[title.len] == '\n' || seen[title.len] == '\0');
    }
    seen = hdx_packet_text(item, at == FIND_CONTACT
                                     ? "identifier"
                                     : "custom_attributes.helpdex_id");
    ours = at == FIND_CONTACT ? identifier(d) : d->id;
    return seen && strcmp(seen, ours) == 0;
}

static bool note_found(hdx_delivery *d, stage at, const cJSON *list)
{
    const cJSON *item;
    d->looked |= 1u << at;
    cJSON_ArrayForEach(item, list)
    {
        if (!is_ours(d, at, item))
            continue;
        return at == FIND_CONTACT
                   ? take_contact(d, item)
                   : take_number(d, at == FIND_NOTE ? "note" : "conversation",
                                 item);
    }
    return cJSON_IsArray(list);
}

static bool note(hdx_delivery *d, const cJSON *answer)
{
    stage at = stage_of(d);
    const cJSON *payload = cJSON_GetObjectItemCaseSensitive(answer, "payload");
    switch (at) {
    case MAKE_CONTACT:
        return take_contact(
            d, cJSON_GetObjectItemCaseSensitive(payload, "contact"));
    case JOIN_INBOX:
        return take_source(d, answer);
    case MAKE_CONVERSATION:
        return take_number(d, "conversation", answer);
    case MAKE_NOTE:
        return take_number(d, "note", answer);
    case SET_PRIORITY: /* it says nothing */
        return hdx_progress_set(d->progress, "priority", 1);
    default:
        return note_found(d, at, payload);
    }
}

const hdx_adapter hdx_adapter_chatwoot = {next, note};
