/*
 * get_article: one article in words, or one section of it. Sections that the
 * budget has no room for are named, to be fetched one by one.
 */
#include <helpdex/page.h>

#include "server/mcp_call.h"

enum { LOCALE, ID, SECTION, REGION, PLATFORM, APP_VERSION, BUDGET };

static const hdx_param params[] = {
    {"locale", HDX_PARAM_TEXT, false, 0, 128, 0,
     "the customer's language as a BCP 47 tag"},
    {"id", HDX_PARAM_TEXT, true, 0, 1024, 0,
     "of the article, as search_help gives it"},
    {"section", HDX_PARAM_TEXT, false, 0, 1024, 0, "this section alone"},
    {"region", HDX_PARAM_TEXT, false, 0, 64, 0,
     "where the customer is, such as GB"},
    {"platform", HDX_PARAM_TEXT, false, 0, 64, 0, "such as ios"},
    {"app_version", HDX_PARAM_TEXT, false, 0, 64, 0,
     "the customer's version of the app"},
    {"budget", HDX_PARAM_NUMBER, false, 50, 100000, 4000,
     "tokens that the text may take"},
};

void hdx_mcp_write_head(hdx_buf *out, const helpdex_page_content *page)
{
    hdx_buf_add(out, hdx_str_of(page->title));
    hdx_buf_byte(out, '\n');
    hdx_buf_add(out, hdx_str_of(page->locale));
    if (page->url) {
        hdx_buf_add(out, HDX_STR(", "));
        hdx_buf_add(out, hdx_str_of(page->url));
    }
    hdx_buf_byte(out, '\n');
}

void hdx_mcp_write_section(hdx_buf *out, const helpdex_page_section *section)
{
    hdx_buf_byte(out, '\n');
    for (size_t i = 0; i < section->heading_count; i++) {
        hdx_buf_add(out, i ? HDX_STR(" › ") : HDX_STR("## "));
        hdx_buf_add(out, hdx_str_of(section->heading_path[i]));
    }
    if (section->heading_count)
        hdx_buf_byte(out, '\n');
    hdx_buf_add(out, hdx_str_of(section->text));
    hdx_buf_byte(out, '\n');
}

void hdx_mcp_fence(hdx_buf *out, hdx_str text)
{
    size_t run = 0, longest = 2;
    for (size_t i = 0; i < text.len; i++) {
        run = text.ptr[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    for (size_t i = 0; i <= longest; i++)
        hdx_buf_byte(out, '`');
    hdx_buf_byte(out, '\n');
    hdx_buf_add(out, text);
    if (text.len && text.ptr[text.len - 1] != '\n')
        hdx_buf_byte(out, '\n');
    for (size_t i = 0; i <= longest; i++)
        hdx_buf_byte(out, '`');
    hdx_buf_byte(out, '\n');
}

static void add_section(hdx_json *json, const helpdex_page_section *section)
{
    hdx_json_object(json, NULL);
    hdx_json_text(json, "section", section->anchor);
    if (section->heading_count)
        hdx_json_text(json, "heading",
                      section->heading_path[section->heading_count - 1]);
    hdx_json_text(json, "text", section->text);
    hdx_json_end_object(json);
}

static bool is_wanted(const hdx_mcp_use *use,
                      const helpdex_page_section *section)
{
    const char *wanted = use->values[SECTION].text.ptr;
    return !wanted || strcmp(wanted, section->anchor) == 0;
}

/* Writes what fits, and the anchors of what does not. False: nothing was
   wanted. */
static bool write_sections(hdx_mcp_use *use, const helpdex_page_content *page,
                           hdx_buf *words, hdx_json *json, hdx_json *left)
{
    size_t budget = (size_t)use->values[BUDGET].number;
    bool any = false, full = false;
    for (size_t i = 0; i < page->section_count; i++) {
        const helpdex_page_section *section = &page->sections[i];
        if (!is_wanted(use, section))
            continue;
        size_t before = words->len;
        hdx_mcp_write_section(words, section);
        full |= helpdex_token_estimate(words->ptr, words->len) > budget;
        if (full) {
            words->len = before;
            hdx_json_text(left, NULL, section->anchor);
        } else {
            add_section(json, section);
        }
        any = true;
    }
    return any;
}

static void write_notes(hdx_mcp_use *use, const helpdex_page_content *page,
                        const hdx_buf *left)
{
    if (page->fallback)
        hdx_mcp_say(use, "The customer's language lacks this article.\n");
    if (page->stale)
        hdx_mcp_say(use,
                    "It may be outdated: %u sections of its source are "
                    "newer.\n",
                    page->stale->behind);
    if (left->len > 2)
        hdx_mcp_say(use,
                    "Beyond the budget, to be had by section or with more: "
                    "%.*s\n",
                    HDX_FMT(hdx_buf_str(left)));
}

static void write_page(hdx_mcp_use *use, const helpdex_page_content *page)
{
    hdx_buf words = {0}, left_out = {0};
    hdx_json json = {.out = &use->data}, left = {.out = &left_out};
    hdx_json_object(&json, NULL);
    hdx_json_text(&json, "id", page->id);
    hdx_json_text(&json, "locale", page->locale);
    hdx_json_bool(&json, "fallback", page->fallback);
    hdx_json_text(&json, "title", page->title);
    if (page->url)
        hdx_json_text(&json, "url", page->url);
    hdx_json_list(&json, "sections");
    hdx_json_list(&left, NULL);
    hdx_mcp_write_head(&words, page);
    bool any = write_sections(use, page, &words, &json, &left);
    hdx_json_end_list(&left);
    hdx_json_end_list(&json);
    hdx_json_raw(&json, "left_out", hdx_buf_str(&left_out));
    hdx_json_end_object(&json);
    if (any) {
        hdx_mcp_fence(&use->text, hdx_buf_str(&words));
        write_notes(use, page, &left_out);
    } else {
        hdx_mcp_fail(use, "no section \"%.200s\"; leave section out",
                     use->values[SECTION].text.ptr);
    }
    use->text.failed |= words.failed || left_out.failed;
    hdx_buf_free(&words);
    hdx_buf_free(&left_out);
}

static void get_article(hdx_mcp_use *use)
{
    const hdx_mcp_reader *reader = &use->host->reader;
    helpdex_page_request request;
    helpdex_page *page;
    helpdex_error err;
    helpdex_page_request_init(&request);
    request.id = use->values[ID].text.ptr;
    request.locale = hdx_mcp_or(use, LOCALE, reader->locale);
    request.region = hdx_mcp_or(use, REGION, reader->region);
    request.platform = hdx_mcp_or(use, PLATFORM, reader->platform);
    request.app_version = hdx_mcp_or(use, APP_VERSION, reader->app_version);
    if (helpdex_page_read(use->host->searcher, &request, &page, &err)) {
        hdx_mcp_fail(use, "%s", err.message);
        return;
    }
    write_page(use, helpdex_page_content_of(page));
    helpdex_page_free(page);
}

#define TEXT "{\"type\":\"string\"}"

static const char output[] =
    "{\"type\":\"object\",\"properties\":{\"id\":" TEXT ",\"locale\":" TEXT
    ",\"fallback\":{\"type\":\"boolean\"},\"title\":" TEXT ",\"url\":" TEXT
    ",\"sections\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
    "\"properties\":{\"section\":" TEXT ",\"heading\":" TEXT ",\"text\":" TEXT
    "},\"required\":[\"section\",\"text\"]}},"
    "\"left_out\":{\"type\":\"array\",\"items\":" TEXT "}},"
    "\"required\":[\"id\",\"locale\",\"fallback\",\"title\",\"sections\","
    "\"left_out\"]}";

const hdx_mcp_tool hdx_mcp_tool_article = {
    .name = "get_article",
    .title = "Read an article",
    .description = "One help article in the customer's language, or one "
                   "section of it.",
    .params = params,
    .param_count = sizeof params / sizeof *params,
    .output = output,
    .scopes = HDX_SCOPE_ANY,
    .run = get_article};
