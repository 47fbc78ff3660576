/*
 * Articles as resources: helpdex://articles/de/lost-2fa. A list has those that
 * a reader may see, in the order of locales and ids; a cursor is the address
 * of the last one, so that it holds when another generation is published.
 */
#include <helpdex/catalog.h>
#include <helpdex/page.h>

#include "server/mcp_call.h"
#include "server/url.h"

enum { PAGE = 100 /* resources in an answer */ };

#define ROOT "helpdex://articles/"

/* An article by its address; both texts are terminated. */
typedef struct place {
    hdx_str locale;
    hdx_str id;
} place;

static bool read_uri(hdx_arena *arena, const char *uri, place *out)
{
    hdx_str text = hdx_str_of(uri);
    if (!uri || !hdx_str_starts(text, HDX_STR(ROOT)))
        return false;
    text.ptr += sizeof ROOT - 1;
    text.len -= sizeof ROOT - 1;
    const char *slash = text.len ? memchr(text.ptr, '/', text.len) : NULL;
    if (!slash)
        return false;
    size_t len = (size_t)(slash - text.ptr);
    return !hdx_url_decode(arena, (hdx_str){text.ptr, len}, false,
                           &out->locale) &&
           !hdx_url_decode(arena, (hdx_str){slash + 1, text.len - len - 1},
                           false, &out->id);
}

static void write_uri(hdx_buf *out, const char *locale, const char *id)
{
    hdx_buf_add(out, HDX_STR(ROOT));
    hdx_buf_add_uri(out, hdx_str_of(locale));
    hdx_buf_byte(out, '/');
    hdx_buf_add_uri(out, hdx_str_of(id));
}

/* In exactly this locale, for the reader of the host. NULL: there is none. */
static helpdex_page *open_page(const hdx_mcp_host *host, const char *locale,
                               const char *id)
{
    helpdex_page_request request;
    helpdex_page *page;
    helpdex_page_request_init(&request);
    request.id = id;
    request.locale = locale;
    request.region = host->reader.region;
    request.platform = host->reader.platform;
    request.app_version = host->reader.app_version;
    if (helpdex_page_read(host->searcher, &request, &page, NULL))
        return NULL;
    if (!helpdex_page_content_of(page)->fallback)
        return page;
    helpdex_page_free(page);
    return NULL;
}

typedef struct listing {
    hdx_mcp_call *call;
    place after; /* ptr NULL: from the beginning */
    size_t count;
    hdx_buf last; /* address of what was listed last */
    bool more;
} listing;

static void add_resource(listing *l, const char *locale,
                         const helpdex_article *article)
{
    hdx_json *json = &l->call->json;
    helpdex_page *page = open_page(l->call->host, locale, article->id);
    if (!page)
        return;
    helpdex_page_free(page);
    if (l->count == PAGE) {
        l->more = true;
        return;
    }
    l->count++;
    l->last.len = 0;
    write_uri(&l->last, locale, article->id);
    hdx_json_object(json, NULL);
    hdx_json_str(json, "uri", hdx_buf_str(&l->last));
    hdx_json_text(json, "name", article->id);
    hdx_json_text(json, "title", article->title);
    hdx_json_text(json, "mimeType", "text/plain");
    hdx_json_end_object(json);
}

static void list_locale(listing *l, const char *locale)
{
    helpdex_catalog *catalog;
    int order = l->after.locale.ptr ? strcmp(locale, l->after.locale.ptr) : 1;
    if (order < 0 || l->more ||
        helpdex_catalog_open(l->call->host->searcher, locale, &catalog, NULL))
        return;
    for (size_t i = 0; i < helpdex_catalog_count(catalog) && !l->more; i++) {
        const helpdex_article *article = helpdex_catalog_at(catalog, i);
        if (order > 0 || strcmp(article->id, l->after.id.ptr) > 0)
            add_resource(l, locale, article);
    }
    helpdex_catalog_free(catalog);
}

void hdx_mcp_list_resources(hdx_mcp_call *call)
{
    const helpdex_searcher *searcher = call->host->searcher;
    listing l = {.call = call};
    const cJSON *cursor =
        cJSON_GetObjectItemCaseSensitive(call->params, "cursor");
    if (cursor && !cJSON_IsNull(cursor) &&
        !read_uri(call->host->arena, cJSON_GetStringValue(cursor), &l.after)) {
        hdx_mcp_refuse(call, HDX_MCP_INVALID_PARAMS,
                       "the cursor is none of resources/list");
        return;
    }
    hdx_json_list(&call->json, "resources");
    for (size_t i = 0; i < helpdex_searcher_locale_count(searcher); i++)
        list_locale(&l, helpdex_searcher_locale(searcher, i));
    hdx_json_end_list(&call->json);
    if (l.more)
        hdx_json_str(&call->json, "nextCursor", hdx_buf_str(&l.last));
    call->json.out->failed |= l.last.failed;
    hdx_buf_free(&l.last);
}

void hdx_mcp_list_templates(hdx_mcp_call *call)
{
    hdx_json *json = &call->json;
    hdx_json_list(json, "resourceTemplates");
    hdx_json_object(json, NULL);
    hdx_json_text(json, "uriTemplate", ROOT "{locale}/{+id}");
    hdx_json_text(json, "name", "article");
    hdx_json_text(json, "title", "A help article in one language");
    hdx_json_text(json, "mimeType", "text/plain");
    hdx_json_end_object(json);
    hdx_json_end_list(json);
}

static void add_contents(hdx_json *json, const char *uri,
                         const helpdex_page_content *page)
{
    hdx_buf text = {0};
    hdx_mcp_write_head(&text, page);
    for (size_t i = 0; i < page->section_count; i++)
        hdx_mcp_write_section(&text, &page->sections[i]);
    hdx_json_list(json, "contents");
    hdx_json_object(json, NULL);
    hdx_json_text(json, "uri", uri);
    hdx_json_text(json, "mimeType", "text/plain");
    hdx_json_str(json, "text", hdx_buf_str(&text));
    hdx_json_end_object(json);
    hdx_json_end_list(json);
    json->out->failed |= text.failed;
    hdx_buf_free(&text);
}

void hdx_mcp_read_resource(hdx_mcp_call *call)
{
    const char *uri = hdx_mcp_text(call, "uri");
    place at;
    helpdex_page *page = NULL;
    if (!uri) {
        hdx_mcp_refuse(call, HDX_MCP_INVALID_PARAMS, "uri is missing");
        return;
    }
    if (read_uri(call->host->arena, uri, &at))
        page = open_page(call->host, at.locale.ptr, at.id.ptr);
    if (!page) {
        hdx_mcp_refuse(call, HDX_MCP_NO_RESOURCE,
                       "no resource %.300s; see resources/list", uri);
        return;
    }
    add_contents(&call->json, uri, helpdex_page_content_of(page));
    helpdex_page_free(page);
}
