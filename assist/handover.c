/* Handing a conversation over: what the customer is told, and the packet that
   the person gets. */
#include "assist/turn.h"

#include "assist/packet.h"
#include "base/digest.h"
#include "base/error.h"

/* Whoever asks for a person inside a path gets the one that it names there. */
static void route(hdx_turn *t)
{
    const hdx_path *path =
        hdx_pathbook_find(&t->assistant->paths, t->session.path);
    if (!path || t->queue.len)
        return;
    t->queue = path->queue;
    hdx_urgency urgency = path->urgency;
    for (size_t i = 0; i < path->node_count; i++)
        if (hdx_str_eq(path->nodes[i].name, t->session.node)) {
            t->queue = path->nodes[i].queue;
            urgency = path->nodes[i].urgency;
        }
    t->urgency = urgency > t->urgency ? urgency : t->urgency;
}

helpdex_status hdx_turn_hand_over(hdx_turn *turn)
{
    route(turn);
    turn->out->verdict = HELPDEX_ESCALATE;
    turn->out->prompt = NULL;
    turn->session.option_count = 0;
    if (turn->out->answer)
        return HELPDEX_OK;
    const char *text;
    helpdex_status status =
        hdx_turn_message(turn, HDX_MESSAGE_HANDED_OVER, &text);
    if (!status && *text)
        turn->out->answer = text;
    return status;
}

/* The lists of a packet, in the reply's arena. */
typedef struct lists {
    hdx_packet_article shown[HDX_SESSION_SHOWN];
    hdx_packet_option options[HDX_SESSION_OPTIONS];
    hdx_packet_answer answers[HDX_SESSION_ASKED];
    hdx_packet_flow flows[HDX_SESSION_FLOWS];
    hdx_packet_turn turns[HDX_SESSION_TURNS];
    hdx_packet_pair slots[HDX_SESSION_SLOTS];
    hdx_packet_article suggested;
} lists;

/* Views of a session are not always terminated. */
static const char *text(hdx_turn *t, hdx_str view, bool *failed)
{
    const char *copy = hdx_turn_text(t, view);
    *failed = *failed || !copy;
    return copy ? copy : "";
}

static const char *text_or_null(hdx_turn *t, hdx_str view, bool *failed)
{
    return view.len ? text(t, view, failed) : NULL;
}

static void list_shown(hdx_turn *t, lists *l, hdx_packet *p, bool *failed)
{
    const hdx_session *s = &t->session;
    for (size_t i = 0; i < s->shown_count; i++)
        l->shown[i] =
            (hdx_packet_article){text(t, s->shown[i].id, failed),
                                 text_or_null(t, s->shown[i].section, failed),
                                 text(t, s->shown[i].locale, failed),
                                 text(t, s->shown[i].title, failed),
                                 text_or_null(t, s->shown[i].url, failed)};
    p->articles = l->shown;
    p->article_count = s->shown_count;
    for (size_t i = 0; i < t->offered_count && i < HDX_SESSION_OPTIONS; i++)
        l->options[i] = (hdx_packet_option){
            text(t, t->offered[i].label, failed),
            t->offered[i].id.len ? NULL : text(t, t->offered[i].value, failed)};
    p->options = l->options;
    p->option_count = t->offered_count;
}

static void list_told(hdx_turn *t, lists *l, hdx_packet *p, bool *failed)
{
    const hdx_session *s = &t->session;
    for (size_t i = 0; i < s->asked_count; i++)
        if (s->asked[i].answer.len)
            l->answers[p->answer_count++] =
                (hdx_packet_answer){text(t, s->asked[i].question, failed),
                                    text(t, s->asked[i].answer, failed)};
    p->answers = l->answers;
    for (size_t i = 0; i < s->flow_count; i++)
        if (s->flows[i].status.len)
            l->flows[p->flow_count++] =
                (hdx_packet_flow){text(t, s->flows[i].flow, failed),
                                  text(t, s->flows[i].status, failed)};
    p->flows = l->flows;
    for (size_t i = 0; i < s->turn_count; i++)
        l->turns[i] = (hdx_packet_turn){
            s->turns[i].customer ? HDX_PACKET_CUSTOMER : HDX_PACKET_ASSISTANT,
            text(t, s->turns[i].text, failed), s->turns[i].at};
    p->transcript = l->turns;
    p->turn_count = s->turn_count;
    for (size_t i = 0; i < s->slot_count; i++)
        l->slots[i] = (hdx_packet_pair){text(t, s->slots[i].name, failed),
                                        text(t, s->slots[i].value, failed)};
    p->slots = l->slots;
    p->slot_count = s->slot_count;
}

/* The customer's language, then those that its readers also read. */
static bool list_languages(hdx_turn *t, hdx_packet *p)
{
    size_t count = 0;
    while (t->chain.pack->fallback[count])
        count++;
    const char **tags =
        hdx_arena_alloc(&t->reply->arena, (count + 1) * sizeof *tags);
    if (!tags)
        return false;
    tags[p->agent_language_count++] = t->locale.tag;
    for (size_t i = 0; i < count; i++)
        tags[p->agent_language_count++] = t->chain.pack->fallback[i];
    p->agent_languages = tags;
    return true;
}

static bool list_facts(hdx_turn *t, hdx_packet *p)
{
    hdx_packet_pair *pairs =
        hdx_arena_alloc(&t->reply->arena, (t->facts.count + 1) * sizeof *pairs);
    if (!pairs)
        return false;
    for (size_t i = 0; i < t->facts.count; i++) /* they are terminated */
        pairs[i] = (hdx_packet_pair){t->facts.items[i].name.ptr,
                                     t->facts.items[i].value.ptr};
    p->context = pairs;
    p->context_count = t->facts.count;
    return true;
}

/* What the customer came with. */
static hdx_str summary_of(const hdx_session *s)
{
    for (size_t i = 0; i < s->turn_count; i++)
        if (s->turns[i].customer)
            return s->turns[i].text;
    return HDX_STR("");
}

static size_t reason_count(const hdx_turn *t)
{
    size_t count = 0;
    while (count < HDX_REASONS && t->reasons[count])
        count++;
    return count;
}

/* The path that they are in, or were led through in this turn; else what was
   last shown to them, unless they have come with another matter since. */
static hdx_str subject_of(const hdx_turn *t)
{
    const hdx_session *s = &t->session;
    const hdx_path *path =
        t->walked ? t->walked
                  : hdx_pathbook_find(&t->assistant->paths, s->path);
    if (t->suggested.len)
        return t->suggested;
    if (path && path->articles.count)
        return path->articles.items[0].text;
    return s->shown_count && !t->reply->results
               ? s->shown[s->shown_count - 1].id
               : HDX_STR("");
}

/* What the agent should read, and the category that goes with it. */
static helpdex_status suggest(hdx_turn *t, lists *l, hdx_packet *p)
{
    hdx_reading reading;
    helpdex_citation where;
    uint32_t first, end;
    if (!hdx_turn_find(t, subject_of(t), &reading))
        return HELPDEX_OK;
    hdx_forward_sections_of(reading.shard->forward, reading.ordinal, &first,
                            &end);
    helpdex_status status = hdx_turn_locate(t, &reading, first, &where);
    if (status)
        return status;
    l->suggested = (hdx_packet_article){where.id, NULL, where.locale,
                                        where.title, where.url};
    p->suggested = &l->suggested;
    bool failed = false;
    p->category = text_or_null(t, reading.article.category, &failed);
    return failed ? hdx_fail_nomem(t->err) : HELPDEX_OK;
}

helpdex_status hdx_turn_packet(hdx_turn *turn)
{
    hdx_arena *arena = &turn->reply->arena;
    lists *l = hdx_arena_alloc(arena, sizeof *l);
    bool failed = l == NULL;
    if (failed)
        return hdx_fail_nomem(turn->err);
    /* Who goes on at two devices writes two messages of the same number. */
    hdx_digest digest = hdx_digest_of(turn->spoken);
    const char *id =
        hdx_arena_format(arena, "%.*s-%llu-%.8s",
                         HDX_FMT(turn->session.conversation),
                         (unsigned long long)turn->session.messages, digest.hex)
            .ptr;
    failed = !id;
    hdx_packet p = {
        .id = id,
        .created = turn->now,
        .urgency = turn->urgency,
        .queue = text(turn, turn->queue.len ? turn->queue : HDX_STR("support"),
                      &failed),
        .locale = turn->locale.tag,
        .summary = text_or_null(turn, summary_of(&turn->session), &failed),
        .reasons = turn->reasons,
        .reason_count = reason_count(turn)};
    list_shown(turn, l, &p, &failed);
    list_told(turn, l, &p, &failed);
    failed = failed || !list_languages(turn, &p) || !list_facts(turn, &p);
    p.session = text(turn, turn->session.conversation, &failed);
    hdx_str json;
    if (failed)
        return hdx_fail_nomem(turn->err);
    helpdex_status status = suggest(turn, l, &p);
    if (!status)
        status = hdx_packet_json(arena, &p, &json, turn->err);
    turn->out->handoff = status ? NULL : json.ptr;
    return status;
}
