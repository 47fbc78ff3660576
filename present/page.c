/* An article as JSON. */
#include "present/answers.h"

static void add_section(hdx_json *json, const helpdex_page_section *section)
{
    hdx_json_object(json, NULL);
    hdx_json_text(json, "section", section->anchor);
    hdx_present_path(json, section->heading_path, section->heading_count);
    hdx_json_text(json, "text", section->text);
    hdx_json_text(json, "html", section->html);
    hdx_json_end_object(json);
}

static void add_locale(hdx_json *json, const helpdex_page_locale *locale)
{
    hdx_json_object(json, NULL);
    hdx_json_text(json, "locale", locale->locale);
    hdx_json_text(json, "title", locale->title);
    hdx_json_text(json, "url", locale->url);
    hdx_json_end_object(json);
}

void hdx_present_page(hdx_json *json, const helpdex_page_content *page)
{
    hdx_json_object(json, NULL);
    hdx_json_text(json, "id", page->id);
    hdx_json_text(json, "locale", page->locale);
    hdx_json_bool(json, "fallback", page->fallback);
    hdx_json_text(json, "generation", page->generation);
    hdx_json_text(json, "title", page->title);
    hdx_json_text(json, "category", page->category);
    hdx_json_text(json, "url", page->url);
    hdx_json_text(json, "deep_link", page->deep_link);
    hdx_json_text(json, "modified", page->modified);
    hdx_json_bool(json, "high_stakes", page->high_stakes);
    hdx_present_stale(json, page->stale);
    hdx_json_list(json, "questions");
    for (size_t i = 0; i < page->question_count; i++)
        hdx_json_text(json, NULL, page->questions[i]);
    hdx_json_end_list(json);
    hdx_json_list(json, "sections");
    for (size_t i = 0; i < page->section_count; i++)
        add_section(json, &page->sections[i]);
    hdx_json_end_list(json);
    hdx_json_list(json, "locales");
    for (size_t i = 0; i < page->locale_count; i++)
        add_locale(json, &page->locales[i]);
    hdx_json_end_list(json);
    hdx_json_end_object(json);
}
