/* Completions as JSON. */
#include "present/answers.h"

const char *const hdx_suggestion_kinds[] = {"title", "question", "term"};
const char *const hdx_suggestion_matches[] = {"exact", "reading", "keyboard",
                                              "typo"};

static void add_suggestion(hdx_json *json, const helpdex_suggestion *from)
{
    hdx_json_object(json, NULL);
    hdx_json_text(json, "kind", hdx_suggestion_kinds[from->kind]);
    hdx_json_text(json, "text", from->text);
    hdx_json_text(json, "id", from->id);
    hdx_json_text(json, "title", from->title);
    hdx_json_text(json, "url", from->url);
    hdx_json_text(json, "locale", from->locale);
    hdx_json_bool(json, "fallback", from->fallback);
    hdx_json_text(json, "via", from->via);
    hdx_json_text(json, "match", hdx_suggestion_matches[from->match]);
    hdx_json_number(json, "score", from->score);
    hdx_json_end_object(json);
}

void hdx_present_suggestions(hdx_json *json, const char *qid, hdx_str prefix,
                             const char *generation,
                             const helpdex_suggestions *suggestions)
{
    hdx_json_object(json, NULL);
    if (qid)
        hdx_json_text(json, "qid", qid);
    hdx_json_str(json, "prefix", prefix);
    hdx_json_text(json, "locale", helpdex_suggestions_locale(suggestions));
    hdx_json_text(json, "generation", generation);
    hdx_json_list(json, "suggestions");
    for (size_t i = 0; i < helpdex_suggestions_count(suggestions); i++)
        add_suggestion(json, helpdex_suggestions_at(suggestions, i));
    hdx_json_end_list(json);
    hdx_json_end_object(json);
}
