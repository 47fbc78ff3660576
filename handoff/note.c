/*
 * A packet as text for an agent. Its words are English, as those of a log are;
 * what customers and articles say stands in their own language.
 */
#include "handoff/adapter.h"

enum { NOTE_MOST = 60000 }; /* Zendesk takes 65,535 */

static void line(hdx_buf *out, const char *label, const char *text)
{
    if (!text || !*text)
        return;
    hdx_buf_add(out, hdx_str_of(label));
    hdx_buf_add(out, hdx_str_of(text));
    hdx_buf_byte(out, '\n');
}

static void listed(hdx_buf *out, const char *label, const cJSON *texts)
{
    const cJSON *at;
    bool first = true;
    cJSON_ArrayForEach(at, texts)
    {
        hdx_buf_add(out, hdx_str_of(first ? label : ", "));
        hdx_buf_add(out, hdx_str_of(cJSON_GetStringValue(at)));
        first = false;
    }
    if (!first)
        hdx_buf_byte(out, '\n');
}

static const char *member(const cJSON *map, const char *name)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(map, name));
}

/* "- Title (id#section, locale) url" */
static void article(hdx_buf *out, const cJSON *at)
{
    const char *section = member(at, "section"), *url = member(at, "url");
    hdx_buf_add(out, HDX_STR("- "));
    hdx_buf_add(out, hdx_str_of(member(at, "title")));
    hdx_buf_add(out, HDX_STR(" ("));
    hdx_buf_add(out, hdx_str_of(member(at, "id")));
    if (section)
        hdx_buf_byte(out, '#');
    hdx_buf_add(out, hdx_str_of(section));
    hdx_buf_add(out, HDX_STR(", "));
    hdx_buf_add(out, hdx_str_of(member(at, "locale")));
    hdx_buf_byte(out, ')');
    if (url)
        hdx_buf_byte(out, ' ');
    hdx_buf_add(out, hdx_str_of(url));
    hdx_buf_byte(out, '\n');
}

/* "- one", or "- one: other" */
static void item(hdx_buf *out, const char *one, const char *other)
{
    if (!one)
        return;
    hdx_buf_add(out, HDX_STR("- "));
    hdx_buf_add(out, hdx_str_of(one));
    if (other)
        hdx_buf_add(out, HDX_STR(": "));
    hdx_buf_add(out, hdx_str_of(other));
    hdx_buf_byte(out, '\n');
}

static void heading(hdx_buf *out, const char *text, const cJSON *list)
{
    if (!list || !list->child)
        return;
    hdx_buf_byte(out, '\n');
    hdx_buf_add(out, hdx_str_of(text));
    hdx_buf_byte(out, '\n');
}

static void tried(hdx_buf *out, const cJSON *all)
{
    const cJSON *at;
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(all, "articles");
    heading(out, "Already shown", list);
    cJSON_ArrayForEach(at, list) article(out, at);
    list = cJSON_GetObjectItemCaseSensitive(all, "options");
    heading(out, "Offered to choose from", list);
    cJSON_ArrayForEach(at, list) item(out, member(at, "label"), NULL);
    list = cJSON_GetObjectItemCaseSensitive(all, "answers");
    heading(out, "Asked and answered", list);
    cJSON_ArrayForEach(at, list)
        item(out, member(at, "question"), member(at, "answer"));
    list = cJSON_GetObjectItemCaseSensitive(all, "flows");
    heading(out, "Personal flows", list);
    cJSON_ArrayForEach(at, list)
        item(out, member(at, "name"), member(at, "status"));
}

static void pairs(hdx_buf *out, const char *label, const cJSON *map)
{
    const cJSON *at;
    heading(out, label, map);
    cJSON_ArrayForEach(at, map) item(out, at->string, cJSON_GetStringValue(at));
}

static void transcript(hdx_buf *out, const cJSON *turns)
{
    const cJSON *at;
    heading(out, "Conversation", turns);
    cJSON_ArrayForEach(at, turns)
    {
        hdx_buf_byte(out, '[');
        hdx_buf_add(out, hdx_str_of(member(at, "at")));
        hdx_buf_add(out, HDX_STR("] "));
        hdx_buf_add(out, hdx_str_of(member(at, "role")));
        hdx_buf_add(out, HDX_STR(": "));
        hdx_buf_add(out, hdx_str_of(member(at, "text")));
        hdx_buf_byte(out, '\n');
    }
}

static void head(hdx_buf *out, const cJSON *p)
{
    line(out, "Urgency: ", member(p, "urgency"));
    line(out, "Queue: ", member(p, "queue"));
    line(out, "Category: ", member(p, "category"));
    line(out, "Customer's language: ", member(p, "locale"));
    listed(out, "Languages wanted: ",
           cJSON_GetObjectItemCaseSensitive(p, "agent_languages"));
    line(out, "Summary: ", member(p, "summary"));
    listed(out, "Handed over because: ",
           cJSON_GetObjectItemCaseSensitive(p, "reasons"));
}

hdx_str hdx_note_title(hdx_arena *arena, const char *id)
{
    return hdx_arena_format(arena, "Helpdex handoff %s", id);
}

helpdex_status hdx_note_text(hdx_arena *arena, const cJSON *packet,
                             hdx_str *out, helpdex_error *err)
{
    const char *id = member(packet, "id");
    const cJSON *suggested =
        cJSON_GetObjectItemCaseSensitive(packet, "suggested_article");
    hdx_buf buf = {NULL};
    hdx_str title = hdx_note_title(arena, id ? id : "");
    if (!title.ptr)
        return hdx_fail_nomem(err);
    hdx_buf_add(&buf, title);
    hdx_buf_byte(&buf, '\n');
    head(&buf, packet);
    heading(&buf, "Suggested article", suggested);
    if (suggested)
        article(&buf, suggested);
    tried(&buf, cJSON_GetObjectItemCaseSensitive(packet, "tried"));
    pairs(&buf, "Details", cJSON_GetObjectItemCaseSensitive(packet, "slots"));
    pairs(&buf, "Context", cJSON_GetObjectItemCaseSensitive(packet, "context"));
    transcript(&buf, cJSON_GetObjectItemCaseSensitive(packet, "transcript"));
    *out =
        buf.failed
            ? (hdx_str){NULL, 0}
            : hdx_arena_copy(arena, hdx_utf8_cut(hdx_buf_str(&buf), NOTE_MOST));
    hdx_buf_free(&buf);
    return out->ptr ? HELPDEX_OK : hdx_fail_nomem(err);
}
