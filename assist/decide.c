/*
 * The order in which stages may end a turn. What became of the step before comes
 * first; whoever wants a person gets one, whatever else the message says.
 */
#include "assist/turn.h"

#include "base/error.h"

helpdex_status hdx_turn_unhelped(hdx_turn *turn)
{
    bool done = false;
    helpdex_status status = HELPDEX_OK;
    turn->out->confidence = 1;
    hdx_turn_reason(turn, "unhelped");
    if (turn->session.path.len)
        status = hdx_turn_walk(turn, HDX_SAID_UNHELPED, &done);
    return status || done ? status : hdx_turn_hand_over(turn);
}

/* What a flow came to, as it is called in packets. */
static hdx_str outcome_name(helpdex_outcome outcome)
{
    switch (outcome) {
    case HELPDEX_OUTCOME_FLOW_DONE:
        return HDX_STR("done");
    case HELPDEX_OUTCOME_FLOW_PENDING:
        return HDX_STR("pending");
    default:
        return HDX_STR("failed");
    }
}

/* The customer hears what the flow says; when it failed, that it did, and then
   what the path has instead. */
static helpdex_status after_flow(hdx_turn *t)
{
    helpdex_outcome outcome = t->request->outcome;
    hdx_session *s = &t->session;
    hdx_str text = hdx_str_of(t->request->outcome_text);
    if (hdx_utf8_check(text) != SIZE_MAX)
        return hdx_fail(t->err, HELPDEX_INVALID,
                        "the text of the flow is not UTF-8; encode it as "
                        "UTF-8");
    if (s->flow_count)
        s->flows[s->flow_count - 1].status = outcome_name(outcome);
    hdx_turn_reason(t, "flow");
    const char *said = text.len ? hdx_turn_text(t, text) : NULL;
    if (text.len && !said)
        return hdx_fail_nomem(t->err);
    const char *done, *failed;
    helpdex_status status = hdx_turn_flow_texts(t, &done, &failed);
    if (status)
        return status;
    if (outcome == HELPDEX_OUTCOME_FLOW_FAILED) {
        t->out->reassurance = said ? said : failed;
        return hdx_turn_unhelped(t);
    }
    t->out->verdict = HELPDEX_ANSWER;
    t->out->answer = said ? said : done;
    t->out->confidence = 1;
    status = hdx_turn_reassure_again(t);
    if (status)
        return status;
    return t->out->answer ? HELPDEX_OK : hdx_turn_hand_over(t);
}

/* Whether somebody says so in a conversation, offered or not. */
static helpdex_status says_unhelped(hdx_turn *t, const hdx_phrase_text *words,
                                    bool *out)
{
    const char *label;
    hdx_phrase_text phrase;
    if (t->session.messages < 2)
        return HELPDEX_OK;
    helpdex_status status = hdx_turn_message(t, HDX_MESSAGE_UNHELPED, &label);
    if (status)
        return status;
    if (!hdx_phrase_prepare(&t->reply->arena, hdx_str_of(label), &phrase))
        return hdx_fail_nomem(t->err);
    hdx_phrase_loosen(&phrase);
    *out = phrase.count > 0 && hdx_phrase_same(words, &phrase);
    return HELPDEX_OK;
}

static helpdex_status give_person(hdx_turn *t)
{
    t->out->confidence = 1;
    hdx_turn_reason(t, "person_asked");
    return hdx_turn_hand_over(t);
}

helpdex_status hdx_turn_decide(hdx_turn *turn)
{
    bool done = false;
    hdx_phrase_text words;
    if (turn->request->outcome == HELPDEX_OUTCOME_UNHELPED)
        return hdx_turn_unhelped(turn);
    if (turn->request->outcome == HELPDEX_OUTCOME_PERSON)
        return give_person(turn);
    if (turn->request->outcome != HELPDEX_OUTCOME_NONE)
        return after_flow(turn);
    if (!hdx_phrase_prepare(&turn->reply->arena, turn->message, &words))
        return hdx_fail_nomem(turn->err);
    hdx_phrase_loosen(&words);
    helpdex_status status = HELPDEX_OK;
    if (hdx_asks_for_person(&turn->assistant->people, &words))
        return give_person(turn);
    bool unhelped = false;
    status = says_unhelped(turn, &words, &unhelped);
    if (!status && unhelped)
        return hdx_turn_unhelped(turn);
    if (!status && turn->offered_count)
        status = hdx_turn_choose(turn, &done);
    if (!status && !done &&
        (turn->session.pending ||
         (turn->session.path.len && !turn->message.len)))
        status = hdx_turn_walk(
            turn, turn->message.len ? HDX_SAID_TEXT : HDX_SAID_NOTHING, &done);
    if (status || done)
        return status;
    if (!turn->message.len)
        return hdx_turn_refuse_empty(turn);
    const hdx_path *path =
        hdx_pathbook_by_label(&turn->assistant->paths, &turn->locale, &words);
    if (!path)
        return hdx_turn_consult(turn);
    bool known_issue;
    turn->out->confidence = 1;
    hdx_turn_reason(turn, "label");
    status = hdx_turn_announce(turn, &known_issue);
    return status ? status : hdx_turn_begin(turn, path);
}
