/* Steps of triage paths as decisions. */
#include "assist/turn.h"

#include "base/digest.h"
#include "base/error.h"
#include "base/json.h"

static helpdex_status copy_text(hdx_turn *t, hdx_str text, const char **out)
{
    *out = NULL;
    if (text.len && !(*out = hdx_turn_text(t, text)))
        return hdx_fail_nomem(t->err);
    return HELPDEX_OK;
}

/* Where the customer is now, and what they have told. */
static void stand(hdx_turn *t, const hdx_step *step)
{
    hdx_session *s = &t->session;
    s->path = step->path->name;
    s->node = step->node;
    s->missed = step->missed;
    s->pending = step->kind == HDX_STEP_QUESTION;
    s->slot_count = 0;
    for (size_t i = 0; i < step->slot_count; i++)
        if (!step->slots[i].given && s->slot_count < HDX_SESSION_SLOTS)
            s->slots[s->slot_count++] =
                (hdx_fact){step->slots[i].name, step->slots[i].value};
    t->walked = step->path;
    t->queue = step->queue;
    t->urgency = step->urgency;
}

void hdx_turn_leave(hdx_turn *turn)
{
    turn->session.path = turn->session.node = HDX_STR("");
    turn->session.pending = turn->session.missed = false;
}

static helpdex_status ask(hdx_turn *t, const hdx_step *step)
{
    hdx_session *s = &t->session;
    const char *skip;
    helpdex_status status = hdx_turn_message(t, HDX_MESSAGE_SKIP, &skip);
    if (!status)
        status = copy_text(t, step->text, &t->out->prompt);
    if (status)
        return status;
    t->out->verdict = HELPDEX_CLARIFY;
    if (step->missed) {
        hdx_turn_reason(t, "not_understood");
        status = hdx_turn_message(t, HDX_MESSAGE_MISSED, &t->out->reassurance);
        if (status)
            return status;
    }
    for (size_t i = 0;
         i < step->option_count && s->option_count < HDX_SESSION_OPTIONS; i++)
        s->options[s->option_count++] =
            (hdx_offered){.label = step->options[i].label,
                          .value = step->options[i].value,
                          .path = step->path->name};
    if (step->optional && *skip)
        s->options[s->option_count++] = (hdx_offered){.label = hdx_str_of(skip),
                                                      .value = hdx_str_of(skip),
                                                      .path = step->path->name};
    if (!step->missed)
        hdx_session_ask(s, step->text);
    return HELPDEX_OK;
}

/* The section of an article with an anchor, the number behind its last if there
   is none. */
static uint32_t section_of(const hdx_forward *forward, uint32_t article,
                           hdx_str anchor)
{
    uint32_t at, end;
    hdx_forward_sections_of(forward, article, &at, &end);
    while (at < end &&
           !hdx_str_eq(hdx_forward_section_at(forward, at).anchor, anchor))
        at++;
    return at;
}

/* The section that says what an anchor of the default locale stands for. */
static uint32_t find_section(const hdx_turn *t, const hdx_reading *reading,
                             hdx_str anchor)
{
    const helpdex_searcher *s = t->assistant->searcher;
    const hdx_forward *forward = reading->shard->forward;
    uint32_t first, end;
    for (size_t n = 0; n < s->count; n++) {
        const hdx_search_shard *shard = &s->shards[n];
        if (strcmp(shard->locale.tag, s->default_locale.tag) != 0)
            continue;
        uint32_t article =
            hdx_forward_find(shard->forward, reading->article.id);
        if (article == HDX_NO_ARTICLE && shard->delta) {
            shard = shard->delta;
            article = hdx_forward_find(shard->forward, reading->article.id);
        }
        const hdx_forward *from = shard->forward;
        if (article == HDX_NO_ARTICLE)
            continue;
        uint32_t section = section_of(from, article, anchor);
        hdx_forward_sections_of(from, article, &first, &end);
        if (section < end)
            return hdx_counterpart(from, section, forward, reading->ordinal);
    }
    hdx_forward_sections_of(forward, reading->ordinal, &first, &end);
    uint32_t section = section_of(forward, reading->ordinal, anchor);
    return section < end ? section : first;
}

static helpdex_status show_article(hdx_turn *t, const hdx_step *step)
{
    hdx_reading reading;
    if (!hdx_turn_find(t, step->article, &reading)) {
        hdx_turn_reason(t, "article_missing");
        return hdx_turn_hand_over(t);
    }
    helpdex_status status = copy_text(t, step->text, &t->out->prompt);
    return status ? status
                  : hdx_turn_answer(t, &reading,
                                    find_section(t, &reading, step->section),
                                    HDX_STR(""));
}

static helpdex_status show_link(hdx_turn *t, const hdx_step *step)
{
    t->out->verdict = HELPDEX_ANSWER;
    helpdex_status status = copy_text(t, step->text, &t->out->answer);
    return status ? status : copy_text(t, step->link, &t->out->deep_link);
}

static const char *pairs_json(hdx_turn *t, const hdx_fact *facts, size_t count)
{
    hdx_buf buf = {0};
    hdx_json json = {.out = &buf};
    hdx_json_object(&json, NULL);
    for (size_t i = 0; i < count; i++) {
        hdx_str name = hdx_arena_copy(&t->reply->arena, facts[i].name);
        if (!name.ptr) {
            buf.failed = true;
            break;
        }
        hdx_json_str(&json, name.ptr, facts[i].value);
    }
    hdx_json_end_object(&json);
    const char *text = buf.failed ? NULL : hdx_turn_text(t, hdx_buf_str(&buf));
    hdx_buf_free(&buf);
    return text;
}

/* Of a call: the same node asks for the same thing with the same answers. */
static const char *key_of(hdx_turn *t, const hdx_step *step, const char *slots)
{
    struct sha256_ctx context;
    hdx_digest_start(&context);
    hdx_digest_add(&context, step->node);
    hdx_digest_add(&context, hdx_str_of(slots));
    hdx_digest digest = hdx_digest_end(&context);
    return hdx_arena_format(&t->reply->arena, "%.*s-%.16s",
                            HDX_FMT(t->session.conversation), digest.hex)
        .ptr;
}

static helpdex_status call_flow(hdx_turn *t, const hdx_step *step)
{
    hdx_arena *arena = &t->reply->arena;
    helpdex_flow *flow = hdx_arena_alloc(arena, sizeof *flow);
    hdx_fact *slots =
        hdx_arena_alloc(arena, (step->slot_count + 1) * sizeof *slots);
    if (!flow || !slots)
        return hdx_fail_nomem(t->err);
    for (size_t i = 0; i < step->slot_count; i++)
        slots[i] = (hdx_fact){step->slots[i].name, step->slots[i].value};
    const char *told = pairs_json(t, slots, step->slot_count);
    *flow = (helpdex_flow){.name = hdx_turn_text(t, step->flow),
                           .key = key_of(t, step, told),
                           .slots = told,
                           .context =
                               pairs_json(t, t->facts.items, t->facts.count)};
    if (!flow->name || !flow->key || !flow->slots || !flow->context)
        return hdx_fail_nomem(t->err);
    t->out->flow = flow;
    t->out->verdict = HELPDEX_ANSWER;
    hdx_session_call(&t->session, step->flow);
    return copy_text(t, step->text, &t->out->answer);
}

static helpdex_status show(hdx_turn *t, const hdx_step *step)
{
    t->session.option_count = 0;
    stand(t, step);
    hdx_turn_reason(t, "path");
    if (t->out->confidence == 0)
        t->out->confidence = 1;
    switch (step->kind) {
    case HDX_STEP_QUESTION:
        return ask(t, step);
    case HDX_STEP_ARTICLE:
        return show_article(t, step);
    case HDX_STEP_LINK:
        return show_link(t, step);
    case HDX_STEP_FLOW:
        return call_flow(t, step);
    case HDX_STEP_PERSON:
        break;
    }
    /* What they have told is for the person, too: the slots stay. */
    helpdex_status status = copy_text(t, step->text, &t->out->answer);
    if (step->missed)
        hdx_turn_reason(t, "not_understood");
    hdx_turn_leave(t);
    return status ? status : hdx_turn_hand_over(t);
}

static helpdex_status step_of(hdx_turn *t, const hdx_path *path, hdx_said said,
                              hdx_step *out)
{
    const hdx_session *s = &t->session;
    const char *skip;
    helpdex_status status = hdx_turn_message(t, HDX_MESSAGE_SKIP, &skip);
    hdx_walk walk = {.path = path,
                     .node = s->node,
                     .slots = {s->slots, s->slot_count},
                     .context = t->facts,
                     .readers = hdx_turn_readers(t),
                     .said = said,
                     .text = t->seed_phrase ? t->spoken : t->message,
                     .skip = hdx_str_of(skip),
                     .missed = s->missed};
    return status ? status
                  : hdx_path_walk(&t->assistant->paths, &walk, &t->reply->arena,
                                  out, t->err);
}

helpdex_status hdx_turn_begin(hdx_turn *turn, const hdx_path *path)
{
    hdx_step step;
    const hdx_local_text *text = hdx_pathbook_text(
        &turn->assistant->paths, &path->reassurance, hdx_turn_readers(turn));
    hdx_turn_leave(turn);
    turn->session.slot_count = 0;
    turn->session.clarified = 0;
    if (path->high_stakes)
        hdx_turn_reason(turn, "stakes");
    helpdex_status status =
        text ? copy_text(turn, text->text, &turn->out->reassurance)
             : HELPDEX_OK;
    if (!status)
        status = step_of(turn, path, HDX_SAID_NOTHING, &step);
    return status ? status : show(turn, &step);
}

helpdex_status hdx_turn_flow_texts(hdx_turn *turn, const char **text,
                                   const char **failed)
{
    hdx_step step;
    const hdx_path *path =
        hdx_pathbook_find(&turn->assistant->paths, turn->session.path);
    *text = *failed = NULL;
    if (!path || step_of(turn, path, HDX_SAID_NOTHING, &step))
        return HELPDEX_OK;
    helpdex_status status = copy_text(turn, step.text, text);
    return status ? status : copy_text(turn, step.failed, failed);
}

helpdex_status hdx_turn_reassure_again(hdx_turn *turn)
{
    const hdx_session *s = &turn->session;
    const hdx_path *path = hdx_pathbook_find(&turn->assistant->paths, s->path);
    const hdx_local_text *text =
        path ? hdx_pathbook_text(&turn->assistant->paths, &path->reassurance,
                                 hdx_turn_readers(turn))
             : NULL;
    if (!text)
        return HELPDEX_OK;
    hdx_str noted = hdx_utf8_cut(text->text, HDX_SESSION_TURN_BYTES);
    for (size_t i = s->turn_count; i > 0 && !s->turns[i - 1].customer; i--)
        if (hdx_str_eq(s->turns[i - 1].text, noted))
            return copy_text(turn, text->text, &turn->out->reassurance);
    return HELPDEX_OK;
}

/* Whether a slot had this value before what was just said. */
static bool was_known(const hdx_session *s, const hdx_step_slot *slot)
{
    for (size_t i = 0; i < s->slot_count; i++)
        if (hdx_str_eq(s->slots[i].name, slot->name))
            return hdx_str_eq(s->slots[i].value, slot->value);
    return slot->given;
}

/* The answer that the last question got: the label of the option that was
   chosen, by whatever words or number. */
static void note_answer(hdx_turn *t, const hdx_step *step)
{
    hdx_session *s = &t->session;
    hdx_str label = t->spoken;
    for (size_t n = 0; n < step->slot_count; n++)
        for (size_t i = 0; i < t->offered_count; i++)
            if (!was_known(s, &step->slots[n]) &&
                hdx_str_eq(t->offered[i].value, step->slots[n].value))
                label = t->offered[i].label;
    if (s->asked_count)
        s->asked[s->asked_count - 1].answer = label;
}

helpdex_status hdx_turn_walk(hdx_turn *turn, hdx_said said, bool *done)
{
    const hdx_path *path =
        hdx_pathbook_find(&turn->assistant->paths, turn->session.path);
    hdx_step step;
    *done = false;
    if (!path) { /* it was taken out of the help centre */
        hdx_turn_leave(turn);
        return HELPDEX_OK;
    }
    helpdex_error fault;
    helpdex_error *err = turn->err;
    turn->err = &fault;
    helpdex_status status = step_of(turn, path, said, &step);
    turn->err = err;
    if (status == HELPDEX_NOT_FOUND) {
        hdx_turn_leave(turn);
        return HELPDEX_OK;
    }
    if (status) {
        if (err)
            *err = fault;
        return status;
    }
    bool elsewhere = false;
    if (step.missed)
        status = hdx_turn_is_elsewhere(turn, path, &elsewhere);
    if (status || elsewhere)
        return status;
    *done = true;
    if (said == HDX_SAID_TEXT && !step.missed)
        note_answer(turn, &step);
    return show(turn, &step);
}
