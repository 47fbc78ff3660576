/* Whether an article helped, and how a conversation was. */
#include "base/clock.h"
#include "server/body.h"
#include "server/desk.h"
#include "server/notes.h"
#include "server/routes.h"

enum { NAME_MOST = 128, ID_MOST = 1024, COMMENT_MOST = 4096, STARS_MOST = 5 };

typedef struct feedback {
    const char *id;
    const char *section;
    const char *locale;
    const char *session;
    const char *comment;
    bool helped;
    bool said; /* whether it helped */
    int stars; /* 0: none were given */
} feedback;

static bool read_helped(hdx_exchange *x, const cJSON *body, feedback *out)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(body, "helped");
    if (!item || cJSON_IsNull(item))
        return true;
    out->said = cJSON_IsBool(item);
    out->helped = cJSON_IsTrue(item);
    if (!out->said)
        hdx_problem(x, 400, "helped is neither true nor false");
    return out->said;
}

static bool read_feedback(hdx_exchange *x, const cJSON *body, feedback *out)
{
    *out = (feedback){0};
    if (!hdx_sent_text(x, body, "id", ID_MOST, &out->id) ||
        !hdx_sent_text(x, body, "section", ID_MOST, &out->section) ||
        !hdx_sent_text(x, body, "locale", NAME_MOST, &out->locale) ||
        !hdx_sent_text(x, body, "session", NAME_MOST, &out->session) ||
        !hdx_sent_text(x, body, "comment", COMMENT_MOST, &out->comment) ||
        !hdx_sent_number(x, body, "rating", 1, STARS_MOST, &out->stars) ||
        !read_helped(x, body, out))
        return false;
    if (!out->said && !out->stars)
        hdx_problem(x, 400, "helped and rating are missing; send one of them");
    else if (out->said && (!out->id || !*out->id))
        hdx_problem(x, 400, "id is missing: which article helped, or did not");
    else
        return true;
    return false;
}

static helpdex_status note_helped(hdx_desk *desk, const feedback *f,
                                  helpdex_error *err)
{
    const helpdex_feedback_event event = {.size = sizeof event,
                                          .at = hdx_clock(),
                                          .session = f->session,
                                          .locale = f->locale,
                                          .article = f->id,
                                          .section = f->section,
                                          .helpful = f->helped,
                                          .comment = f->comment};
    return helpdex_journal_feedback(desk->journal, &event, err);
}

/* The comment is noted once. */
static helpdex_status note_stars(hdx_desk *desk, const feedback *f,
                                 helpdex_error *err)
{
    const helpdex_rating_event event = {.size = sizeof event,
                                        .at = hdx_clock(),
                                        .session = f->session,
                                        .locale = f->locale,
                                        .stars = f->stars,
                                        .comment = f->said ? NULL : f->comment};
    return helpdex_journal_rating(desk->journal, &event, err);
}

static void note(hdx_exchange *x, const feedback *f)
{
    helpdex_error err;
    helpdex_status status = HELPDEX_OK;
    if (f->said)
        status = note_helped(x->desk, f, &err);
    if (!status && f->stars)
        status = note_stars(x->desk, f, &err);
    hdx_note_answer(x, status, &err);
}

static void take(hdx_exchange *x)
{
    feedback f;
    cJSON *body = hdx_note_wanted(x) ? hdx_body_open(x) : NULL;
    if (body && read_feedback(x, body, &f))
        note(x, &f);
    cJSON_Delete(body);
}

const hdx_route hdx_route_feedback = {
    .method = "POST",
    .path = "/v1/feedback",
    .scopes = HDX_SCOPE_ANY,
    .handler = take,
    .name = "feedback",
    .summary = "Notes whether an article helped, and how a conversation was",
    .type = "application/json",
    .status = 202,
    .body = "Feedback"};
