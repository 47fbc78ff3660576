/* The answer of a search as JSON. */
#include "present/answers.h"
#include "present/banner.h"
#include "present/explanation.h"

void hdx_present_path(hdx_json *json, const char *const *headings, size_t count)
{
    hdx_json_list(json, "heading_path");
    for (size_t i = 0; i < count; i++)
        hdx_json_text(json, NULL, headings[i]);
    hdx_json_end_list(json);
}

void hdx_present_stale(hdx_json *json, const helpdex_staleness *stale)
{
    if (!stale) {
        hdx_json_null(json, "stale");
        return;
    }
    hdx_json_object(json, "stale");
    hdx_json_count(json, "behind", stale->behind);
    hdx_json_count(json, "sections", stale->sections);
    hdx_json_end_object(json);
}

void hdx_present_banner(hdx_json *json, const helpdex_banner *banner)
{
    hdx_json_object(json, NULL);
    hdx_json_text(json, "id", banner->id);
    hdx_json_text(json, "level", banner->level);
    hdx_json_text(json, "text", banner->text);
    hdx_json_text(json, "locale", banner->locale);
    hdx_json_text(json, "article", banner->article);
    hdx_json_text(json, "url", banner->url);
    hdx_json_end_object(json);
}

static void add_hit(hdx_json *json, const helpdex_hit *hit)
{
    hdx_json_object(json, NULL);
    hdx_json_count(json, "rank", hit->rank);
    hdx_json_text(json, "id", hit->id);
    hdx_json_text(json, "section", hit->section);
    hdx_json_text(json, "locale", hit->locale);
    hdx_json_bool(json, "fallback", hit->fallback);
    hdx_json_text(json, "via", hit->via);
    hdx_json_text(json, "title", hit->title);
    hdx_present_path(json, hit->heading_path, hit->heading_count);
    hdx_json_text(json, "snippet", hit->snippet);
    hdx_json_text(json, "snippet_html", hit->snippet_html);
    hdx_json_text(json, "url", hit->url);
    hdx_json_text(json, "deep_link", hit->deep_link);
    hdx_json_number(json, "score", hit->score);
    hdx_json_number(json, "confidence", hit->confidence);
    hdx_present_stale(json, hit->stale);
    if (hit->explanation)
        hdx_present_explanation(json, hit->explanation);
    hdx_json_end_object(json);
}

static void add_passage(hdx_json *json, const helpdex_passage *passage)
{
    hdx_json_object(json, NULL);
    hdx_json_count(json, "number", passage->number);
    hdx_json_text(json, "id", passage->id);
    hdx_json_text(json, "section", passage->section);
    hdx_json_text(json, "locale", passage->locale);
    hdx_json_text(json, "title", passage->title);
    hdx_present_path(json, passage->heading_path, passage->heading_count);
    hdx_json_text(json, "url", passage->url);
    hdx_present_stale(json, passage->stale);
    hdx_json_text(json, "text", passage->text);
    hdx_json_count(json, "tokens", passage->tokens);
    hdx_json_end_object(json);
}

static void add_passages(hdx_json *json, const helpdex_results *results)
{
    hdx_json_list(json, "passages");
    for (size_t i = 0; i < helpdex_results_passage_count(results); i++)
        add_passage(json, helpdex_results_passage(results, i));
    hdx_json_end_list(json);
    hdx_json_text(json, "context", helpdex_results_context(results));
}

/* What there is instead of hits, and the way to a person. */
static void add_offer(hdx_json *json, const helpdex_results *results)
{
    hdx_json_list(json, "topics");
    for (size_t i = 0; i < helpdex_results_topic_count(results); i++) {
        const helpdex_topic *topic = helpdex_results_topic(results, i);
        hdx_json_object(json, NULL);
        hdx_json_text(json, "id", topic->id);
        hdx_json_text(json, "locale", topic->locale);
        hdx_json_text(json, "title", topic->title);
        hdx_json_text(json, "url", topic->url);
        hdx_json_end_object(json);
    }
    hdx_json_end_list(json);
    hdx_json_text(json, "contact", helpdex_results_contact(results));
}

static void add_correction(hdx_json *json, const char *correction)
{
    if (!correction) {
        hdx_json_null(json, "correction");
        return;
    }
    hdx_json_object(json, "correction");
    hdx_json_text(json, "text", correction);
    hdx_json_end_object(json);
}

void hdx_present_results(hdx_json *json, const char *qid, hdx_str query,
                         bool passages, const helpdex_results *results)
{
    hdx_json_object(json, NULL);
    if (qid)
        hdx_json_text(json, "qid", qid);
    hdx_json_str(json, "query", query);
    hdx_json_text(json, "locale", helpdex_results_locale(results));
    hdx_json_text(json, "generation", helpdex_results_generation(results));
    hdx_json_count(json, "took_us", helpdex_results_took_us(results));
    add_correction(json, helpdex_results_correction(results));
    hdx_json_list(json, "banners");
    for (size_t i = 0; i < helpdex_results_banner_count(results); i++)
        hdx_present_banner(json, helpdex_results_banner(results, i));
    hdx_json_end_list(json);
    hdx_json_list(json, "hits");
    for (size_t i = 0; i < helpdex_results_count(results); i++)
        add_hit(json, helpdex_results_at(results, i));
    hdx_json_end_list(json);
    add_offer(json, results);
    if (passages)
        add_passages(json, results);
    hdx_json_end_object(json);
}
