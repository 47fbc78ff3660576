/* A decision as JSON. */
#include "present/answers.h"

#include "present/banner.h"

static const char *const verdicts[] = {[HELPDEX_ANSWER] = "answer",
                                       [HELPDEX_CLARIFY] = "clarify",
                                       [HELPDEX_ESCALATE] = "escalate"};

static void add_citation(hdx_json *json, const helpdex_citation *from)
{
    hdx_json_object(json, NULL);
    hdx_json_text(json, "id", from->id);
    hdx_json_text(json, "section", from->section);
    hdx_json_text(json, "locale", from->locale);
    hdx_json_text(json, "title", from->title);
    hdx_json_text(json, "url", from->url);
    hdx_json_list(json, "answer_bytes");
    hdx_json_count(json, NULL, from->answer_begin);
    hdx_json_count(json, NULL, from->answer_end);
    hdx_json_end_list(json);
    hdx_json_list(json, "section_bytes");
    hdx_json_count(json, NULL, from->section_begin);
    hdx_json_count(json, NULL, from->section_end);
    hdx_json_end_list(json);
    hdx_json_end_object(json);
}

static void add_answer(hdx_json *json, const helpdex_decision *d)
{
    if (!d->answer && !d->deep_link) {
        hdx_json_null(json, "answer");
        return;
    }
    hdx_json_object(json, "answer");
    hdx_json_text(json, "text", d->answer);
    hdx_json_list(json, "citations");
    for (size_t i = 0; i < d->citation_count; i++)
        add_citation(json, &d->citations[i]);
    hdx_json_end_list(json);
    hdx_json_text(json, "deep_link", d->deep_link);
    hdx_json_end_object(json);
}

static void add_options(hdx_json *json, const helpdex_decision *d)
{
    hdx_json_list(json, "options");
    for (size_t i = 0; i < d->option_count; i++) {
        hdx_json_object(json, NULL);
        hdx_json_text(json, "label", d->options[i].label);
        hdx_json_text(json, "value", d->options[i].value);
        if (d->options[i].id)
            hdx_json_text(json, "id", d->options[i].id);
        if (d->options[i].path)
            hdx_json_text(json, "path", d->options[i].path);
        hdx_json_end_object(json);
    }
    hdx_json_end_list(json);
}

static void add_flow(hdx_json *json, const helpdex_flow *flow)
{
    if (!flow) {
        hdx_json_null(json, "flow");
        return;
    }
    hdx_json_object(json, "flow");
    hdx_json_text(json, "name", flow->name);
    hdx_json_text(json, "key", flow->key);
    hdx_json_raw(json, "slots", hdx_str_of(flow->slots));
    hdx_json_end_object(json);
}

static void add_lists(hdx_json *json, const helpdex_decision *d)
{
    hdx_json_list(json, "reasons");
    for (size_t i = 0; i < d->reason_count; i++)
        hdx_json_text(json, NULL, d->reasons[i]);
    hdx_json_end_list(json);
    hdx_json_list(json, "banners");
    for (size_t i = 0; i < d->banner_count; i++)
        hdx_present_banner(json, &d->banners[i]);
    hdx_json_end_list(json);
}

static void add_person(hdx_json *json, const helpdex_decision *d)
{
    hdx_json_object(json, "human");
    hdx_json_text(json, "label", d->human);
    hdx_json_text(json, "route", d->human_route);
    hdx_json_end_object(json);
    if (d->handoff)
        hdx_json_raw(json, "handoff", hdx_str_of(d->handoff));
    else
        hdx_json_null(json, "handoff");
}

void hdx_present_decision(hdx_json *json, const char *qid,
                          const helpdex_decision *decision)
{
    hdx_json_object(json, NULL);
    if (qid)
        hdx_json_text(json, "qid", qid);
    hdx_json_text(json, "decision", verdicts[decision->verdict]);
    hdx_json_number(json, "confidence", decision->confidence);
    hdx_json_bool(json, "estimated", decision->estimated);
    hdx_json_text(json, "locale", decision->locale);
    hdx_json_text(json, "generation", decision->generation);
    hdx_json_count(json, "took_us", decision->took_us);
    add_lists(json, decision);
    hdx_json_text(json, "reassurance", decision->reassurance);
    add_answer(json, decision);
    hdx_json_text(json, "prompt", decision->prompt);
    add_options(json, decision);
    add_flow(json, decision->flow);
    add_person(json, decision);
    hdx_json_text(json, "session", decision->session);
    hdx_json_text(json, "conversation", decision->conversation);
    hdx_json_object(json, "tokens");
    hdx_json_count(json, "needed", decision->tokens.needed);
    hdx_json_count(json, "saved", decision->tokens.saved);
    hdx_json_end_object(json);
    hdx_json_end_object(json);
}
