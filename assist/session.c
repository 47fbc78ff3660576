/*
 * Writing and reading the token of a conversation. Lists are arrays of arrays
 * in a fixed order, which keeps a token short: it travels with every message.
 */
#include "assist/session.h"

#include <cjson/cJSON.h>

#include "base/base64.h"
#include "base/error.h"
#include "base/hmac.h"
#include "base/json.h"

static const hdx_str prefix = HDX_STR("v1.");

/* The longest token that is looked at, in bytes. */
enum { TOKEN_MOST = 64 * 1024 };

static void write_list(hdx_json *json, const hdx_str *texts, size_t count)
{
    hdx_json_list(json, NULL);
    for (size_t i = 0; i < count; i++)
        hdx_json_str(json, NULL, texts[i]);
    hdx_json_end_list(json);
}

/* A token has to fit a header. */
static hdx_str short_of(hdx_str text)
{
    return hdx_utf8_cut(text, HDX_SESSION_TURN_BYTES);
}

static void write_path(hdx_json *json, const hdx_session *s)
{
    hdx_json_str(json, "p", s->path);
    hdx_json_str(json, "n", s->node);
    hdx_json_bool(json, "m", s->missed);
    hdx_json_bool(json, "d", s->pending);
    hdx_json_list(json, "s");
    for (size_t i = 0; i < s->slot_count; i++)
        write_list(json, (hdx_str[]){s->slots[i].name, s->slots[i].value}, 2);
    hdx_json_end_list(json);
}

static void write_history(hdx_json *json, const hdx_session *s)
{
    hdx_json_list(json, "o");
    for (size_t i = 0; i < s->option_count; i++)
        write_list(json,
                   (hdx_str[]){short_of(s->options[i].label),
                               s->options[i].value, s->options[i].id,
                               s->options[i].section, s->options[i].path},
                   5);
    hdx_json_end_list(json);
    hdx_json_list(json, "w");
    for (size_t i = 0; i < s->shown_count; i++)
        write_list(json,
                   (hdx_str[]){s->shown[i].id, s->shown[i].section,
                               s->shown[i].locale, short_of(s->shown[i].title),
                               s->shown[i].url},
                   5);
    hdx_json_end_list(json);
    hdx_json_list(json, "a");
    for (size_t i = 0; i < s->asked_count; i++)
        write_list(json, (hdx_str[]){s->asked[i].question, s->asked[i].answer},
                   2);
    hdx_json_end_list(json);
    hdx_json_list(json, "f");
    for (size_t i = 0; i < s->flow_count; i++)
        write_list(json, (hdx_str[]){s->flows[i].flow, s->flows[i].status}, 2);
    hdx_json_end_list(json);
}

static void write_turns(hdx_json *json, const hdx_session *s)
{
    hdx_json_list(json, "t");
    for (size_t i = 0; i < s->turn_count; i++) {
        hdx_json_list(json, NULL);
        hdx_json_bool(json, NULL, s->turns[i].customer);
        hdx_json_count(json, NULL, (uint64_t)s->turns[i].at);
        hdx_json_str(json, NULL, s->turns[i].text);
        hdx_json_end_list(json);
    }
    hdx_json_end_list(json);
}

bool hdx_session_write(const hdx_session *session, hdx_str key, int64_t now,
                       hdx_buf *out)
{
    hdx_buf plain = {0};
    hdx_json json = {.out = &plain};
    hdx_json_object(&json, NULL);
    hdx_json_str(&json, "c", session->conversation);
    hdx_json_count(&json, "b", (uint64_t)session->began);
    hdx_json_count(&json, "e", (uint64_t)(now + HDX_SESSION_SECONDS));
    hdx_json_str(&json, "l", session->locale);
    hdx_json_count(&json, "i", session->messages);
    hdx_json_count(&json, "q", session->clarified);
    write_path(&json, session);
    write_history(&json, session);
    write_turns(&json, session);
    hdx_json_end_object(&json);
    size_t begin = out->len;
    hdx_buf_add(out, prefix);
    bool made = !plain.failed && hdx_base64_add(out, hdx_buf_str(&plain));
    hdx_buf_free(&plain);
    if (!made || out->failed)
        return false;
    hdx_str body = {out->ptr + begin, out->len - begin};
    hdx_digest mark = hdx_hmac(key, &body, 1);
    hdx_buf_byte(out, '.');
    return hdx_buf_add(out, hdx_str_of(mark.hex));
}

/* The part of a token that is signed; `ptr` NULL: it is not by this key. */
static hdx_str signed_part(hdx_str token, hdx_str key)
{
    const hdx_str none = {NULL, 0};
    if (token.len > TOKEN_MOST || token.len < prefix.len + 1 + HDX_DIGEST_HEX ||
        !hdx_str_starts(token, prefix))
        return none;
    hdx_str body = {token.ptr, token.len - HDX_DIGEST_HEX - 1};
    hdx_digest mark = hdx_hmac(key, &body, 1);
    unsigned char differs = token.ptr[body.len] != '.';
    for (size_t i = 0; i < HDX_DIGEST_HEX; i++)
        differs |= (unsigned char)(mark.hex[i] ^ token.ptr[body.len + 1 + i]);
    if (differs)
        return none;
    return (hdx_str){body.ptr + prefix.len, body.len - prefix.len};
}

/* What is read out of the JSON, and where it is kept. */
typedef struct reader {
    hdx_arena *arena;
    bool failed; /* memory was out */
} reader;

static hdx_str read_text(reader *r, const cJSON *item)
{
    const char *text = cJSON_GetStringValue(item);
    if (!text || !*text)
        return HDX_STR("");
    hdx_str copy = hdx_arena_copy(r->arena, hdx_str_of(text));
    r->failed = r->failed || !copy.ptr;
    return copy;
}

static hdx_str read_key(reader *r, const cJSON *root, const char *key)
{
    return read_text(r, cJSON_GetObjectItemCaseSensitive(root, key));
}

static int64_t read_number(const cJSON *item)
{
    double number = cJSON_GetNumberValue(item);
    return number >= 0 && number < 1e15 ? (int64_t)number : 0;
}

static int64_t read_count(const cJSON *root, const char *key)
{
    return read_number(cJSON_GetObjectItemCaseSensitive(root, key));
}

/* The texts of one list of a list. */
static void read_row(reader *r, const cJSON *row, hdx_str *texts, int count)
{
    for (int i = 0; i < count; i++)
        texts[i] = read_text(r, cJSON_GetArrayItem(row, i));
}

static void read_slots(reader *r, const cJSON *rows, hdx_session *s)
{
    const cJSON *row;
    hdx_str t[2];
    cJSON_ArrayForEach(row, rows)
    {
        if (s->slot_count == HDX_SESSION_SLOTS)
            return;
        read_row(r, row, t, 2);
        s->slots[s->slot_count++] = (hdx_fact){t[0], t[1]};
    }
}

static void read_options(reader *r, const cJSON *rows, hdx_session *s)
{
    const cJSON *row;
    hdx_str t[5];
    cJSON_ArrayForEach(row, rows)
    {
        if (s->option_count == HDX_SESSION_OPTIONS)
            return;
        read_row(r, row, t, 5);
        s->options[s->option_count++] =
            (hdx_offered){t[0], t[1], t[2], t[3], t[4]};
    }
}

static void read_history(reader *r, const cJSON *root, hdx_session *s)
{
    const cJSON *row;
    hdx_str t[5];
    cJSON_ArrayForEach(row, cJSON_GetObjectItemCaseSensitive(root, "w"))
    {
        read_row(r, row, t, 5);
        hdx_session_show(s, (hdx_shown){t[0], t[1], t[2], t[3], t[4]});
    }
    cJSON_ArrayForEach(row, cJSON_GetObjectItemCaseSensitive(root, "a"))
    {
        read_row(r, row, t, 2);
        hdx_session_ask(s, t[0]);
        s->asked[s->asked_count - 1].answer = t[1];
    }
    cJSON_ArrayForEach(row, cJSON_GetObjectItemCaseSensitive(root, "f"))
    {
        read_row(r, row, t, 2);
        hdx_session_call(s, t[0]);
        s->flows[s->flow_count - 1].status = t[1];
    }
    cJSON_ArrayForEach(row, cJSON_GetObjectItemCaseSensitive(root, "t"))
        hdx_session_say(s, cJSON_IsTrue(cJSON_GetArrayItem(row, 0)),
                        read_text(r, cJSON_GetArrayItem(row, 2)),
                        read_number(cJSON_GetArrayItem(row, 1)));
}

static void read_session(reader *r, const cJSON *root, hdx_session *s)
{
    *s = (hdx_session){.conversation = read_key(r, root, "c"),
                       .began = read_count(root, "b"),
                       .locale = read_key(r, root, "l"),
                       .messages = (uint64_t)read_count(root, "i"),
                       .clarified = (uint64_t)read_count(root, "q"),
                       .path = read_key(r, root, "p"),
                       .node = read_key(r, root, "n")};
    s->missed = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(root, "m"));
    s->pending = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(root, "d"));
    read_slots(r, cJSON_GetObjectItemCaseSensitive(root, "s"), s);
    read_options(r, cJSON_GetObjectItemCaseSensitive(root, "o"), s);
    read_history(r, root, s);
}

helpdex_status hdx_session_read(hdx_str token, hdx_str key, int64_t now,
                                hdx_arena *arena, hdx_session *out,
                                hdx_session_state *state, helpdex_error *err)
{
    reader r = {.arena = arena};
    hdx_str body = signed_part(token, key);
    *out = (hdx_session){0};
    *state = HDX_SESSION_REFUSED;
    if (!body.ptr)
        return HELPDEX_OK;
    hdx_str plain = hdx_base64_read(arena, body);
    cJSON *root =
        plain.ptr ? cJSON_ParseWithLength(plain.ptr, plain.len) : NULL;
    if (!root) /* we signed it, so it is memory that was out */
        return hdx_fail_nomem(err);
    if (read_count(root, "e") < now) {
        *state = HDX_SESSION_EXPIRED;
    } else {
        *state = HDX_SESSION_SOUND;
        read_session(&r, root, out);
    }
    cJSON_Delete(root);
    return r.failed ? hdx_fail_nomem(err) : HELPDEX_OK;
}

/* Makes room for one more at the end of a full list. */
static size_t place_of(void *items, size_t *count, size_t most, size_t size)
{
    if (*count == most) {
        memmove(items, (char *)items + size, (most - 1) * size);
        (*count)--;
    }
    return (*count)++;
}

void hdx_session_say(hdx_session *session, bool customer, hdx_str text,
                     int64_t at)
{
    if (text.len == 0)
        return;
    size_t place = place_of(session->turns, &session->turn_count,
                            HDX_SESSION_TURNS, sizeof *session->turns);
    session->turns[place] = (hdx_said_turn){
        customer, hdx_utf8_cut(text, HDX_SESSION_TURN_BYTES), at};
}

void hdx_session_show(hdx_session *session, hdx_shown shown)
{
    for (size_t i = 0; i < session->shown_count; i++)
        if (hdx_str_eq(session->shown[i].id, shown.id) &&
            hdx_str_eq(session->shown[i].section, shown.section))
            return;
    size_t place = place_of(session->shown, &session->shown_count,
                            HDX_SESSION_SHOWN, sizeof *session->shown);
    session->shown[place] = shown;
}

void hdx_session_ask(hdx_session *session, hdx_str question)
{
    size_t place = place_of(session->asked, &session->asked_count,
                            HDX_SESSION_ASKED, sizeof *session->asked);
    session->asked[place] = (hdx_asked){.question = question};
}

void hdx_session_call(hdx_session *session, hdx_str flow)
{
    size_t place = place_of(session->flows, &session->flow_count,
                            HDX_SESSION_FLOWS, sizeof *session->flows);
    session->flows[place] = (hdx_called){.flow = flow};
}
