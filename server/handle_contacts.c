/* Customers who wrote to a person, as the help desk tells. */
#include "base/clock.h"
#include "server/body.h"
#include "server/desk.h"
#include "server/notes.h"
#include "server/routes.h"

enum { NAME_MOST = 128, TOPIC_MOST = 256, ID_MOST = 1024, TEXT_MOST = 16384 };

static bool read_contact(hdx_exchange *x, const cJSON *body,
                         helpdex_contact_event *out)
{
    int at = 0;
    *out = (helpdex_contact_event){.size = sizeof *out};
    bool sound =
        hdx_sent_text(x, body, "id", NAME_MOST, &out->id) &&
        hdx_sent_text(x, body, "customer", NAME_MOST, &out->customer) &&
        hdx_sent_text(x, body, "session", NAME_MOST, &out->session) &&
        hdx_sent_text(x, body, "locale", NAME_MOST, &out->locale) &&
        hdx_sent_text(x, body, "channel", TOPIC_MOST, &out->channel) &&
        hdx_sent_text(x, body, "topic", TOPIC_MOST, &out->topic) &&
        hdx_sent_text(x, body, "article", ID_MOST, &out->article) &&
        hdx_sent_text(x, body, "text", TEXT_MOST, &out->text) &&
        hdx_sent_number(x, body, "at", 0, INT32_MAX, &at);
    out->at = at ? at : hdx_clock();
    if (sound && !out->id && !out->customer && !out->text && !out->topic) {
        hdx_problem(x, 400,
                    "the contact is empty; send id, customer, topic or text");
        return false;
    }
    return sound;
}

static void take(hdx_exchange *x)
{
    helpdex_contact_event event;
    helpdex_error err;
    cJSON *body = hdx_note_wanted(x) ? hdx_body_open(x) : NULL;
    if (body && read_contact(x, body, &event)) {
        helpdex_status status =
            helpdex_journal_contact(x->desk->journal, &event, &err);
        hdx_note_answer(x, status, &err);
    }
    cJSON_Delete(body);
}

const hdx_route hdx_route_contacts = {
    .method = "POST",
    .path = "/v1/contacts",
    .scopes = HDX_SCOPE_AGENT | HDX_SCOPE_ADMIN,
    .handler = take,
    .name = "contacts",
    .summary = "Notes that a customer wrote to a person; the same id is noted "
               "once",
    .type = "application/json",
    .status = 202,
    .body = "Contact"};
