/* What a customer takes up of what was offered: by its value, its number, or
   its label in their own letters. */
#include "assist/turn.h"

#include "base/error.h"

static const hdx_str none_of_these = HDX_STR("none");
static const hdx_str unhelpful = HDX_STR("unhelped");

helpdex_status hdx_turn_offer_more(hdx_turn *turn)
{
    const char *label;
    hdx_session *s = &turn->session;
    helpdex_status status =
        hdx_turn_message(turn, HDX_MESSAGE_UNHELPED, &label);
    if (!status && *label && s->option_count < HDX_SESSION_OPTIONS)
        s->options[s->option_count++] =
            (hdx_offered){.label = hdx_str_of(label), .value = unhelpful};
    return status;
}

helpdex_status hdx_turn_offer(hdx_turn *turn)
{
    const char *prompt, *none;
    hdx_session *s = &turn->session;
    helpdex_status status =
        hdx_turn_message(turn, HDX_MESSAGE_CLARIFY, &prompt);
    if (!status)
        status = hdx_turn_message(turn, HDX_MESSAGE_CLARIFY_NONE, &none);
    if (status)
        return status;
    s->options[s->option_count++] =
        (hdx_offered){.label = hdx_str_of(none), .value = none_of_these};
    turn->out->verdict = HELPDEX_CLARIFY;
    turn->out->prompt = prompt;
    hdx_session_ask(s, hdx_str_of(prompt));
    return HELPDEX_OK;
}

/* Whether an option answers a question of the path that they are in, which is
   for the walk to understand. */
static bool is_of_walk(const hdx_turn *t, const hdx_offered *option)
{
    return option->id.len == 0 && option->path.len &&
           hdx_str_eq(option->path, t->session.path);
}

/* The option that the message is; NULL: it says something else. */
static helpdex_status find(hdx_turn *t, const hdx_offered **out)
{
    hdx_phrase_text said, label;
    *out = NULL;
    if (!hdx_phrase_prepare(&t->reply->arena, t->message, &said))
        return hdx_fail_nomem(t->err);
    unsigned number = hdx_phrase_number(&said);
    if (number > 0 && number <= t->offered_count &&
        !is_of_walk(t, &t->offered[number - 1]))
        *out = &t->offered[number - 1];
    for (size_t i = 0; i < t->offered_count && !*out; i++) {
        if (is_of_walk(t, &t->offered[i]))
            continue;
        if (!hdx_phrase_prepare(&t->reply->arena, t->offered[i].label, &label))
            return hdx_fail_nomem(t->err);
        if (hdx_str_eq(t->offered[i].value, t->message) ||
            hdx_phrase_same(&said, &label))
            *out = &t->offered[i];
    }
    return HELPDEX_OK;
}

static helpdex_status answer(hdx_turn *t, const hdx_offered *option)
{
    hdx_reading reading;
    uint32_t first, end, section;
    hdx_turn_leave(t);
    if (!hdx_turn_find(t, option->id, &reading)) {
        hdx_turn_reason(t, "article_missing");
        return hdx_turn_hand_over(t);
    }
    hdx_forward_sections_of(reading.shard->forward, reading.ordinal, &first,
                            &end);
    for (section = first; section < end; section++)
        if (hdx_str_eq(
                hdx_forward_section_at(reading.shard->forward, section).anchor,
                option->section))
            break;
    return hdx_turn_answer(t, &reading, section < end ? section : first,
                           HDX_STR(""));
}

helpdex_status hdx_turn_choose(hdx_turn *turn, bool *done)
{
    const hdx_offered *option;
    helpdex_status status = find(turn, &option);
    *done = option != NULL;
    if (status || !option)
        return status;
    hdx_session *s = &turn->session;
    if (hdx_str_eq(option->value, unhelpful))
        return hdx_turn_unhelped(turn);
    if (s->asked_count)
        s->asked[s->asked_count - 1].answer = option->label;
    if (hdx_str_eq(option->value, none_of_these)) {
        turn->out->confidence = 1;
        hdx_turn_reason(turn, "none_fits");
        turn->out->verdict = HELPDEX_CLARIFY; /* in other words, once */
        return hdx_turn_message(turn, HDX_MESSAGE_MISSED, &turn->out->prompt);
    }
    hdx_turn_reason(turn, "chosen");
    turn->out->confidence = 1;
    s->clarified = 0;
    const hdx_path *path =
        hdx_pathbook_find(&turn->assistant->paths, option->path);
    return path ? hdx_turn_begin(turn, path) : answer(turn, option);
}
