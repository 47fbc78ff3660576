/* Writing the OpenAPI document. */
#include "server/openapi.h"

#include <helpdex/error.h>

#include <stdio.h>

#include "base/json.h"
#include "server/routes.h"

static const struct {
    unsigned scope;
    const char *name;
} scopes[] = {{HDX_SCOPE_PUBLIC, "public"},
              {HDX_SCOPE_AGENT, "agent"},
              {HDX_SCOPE_ANALYST, "analyst"},
              {HDX_SCOPE_ADMIN, "admin"}};

static bool is_in_path(const hdx_route *route, const hdx_param *param)
{
    char name[64];
    snprintf(name, sizeof name, "{%s}", param->name);
    return strstr(route->path, name) != NULL;
}

static void add_type(hdx_json *json, const hdx_param *param)
{
    hdx_json_object(json, "schema");
    switch (param->kind) {
    case HDX_PARAM_NUMBER:
        hdx_json_text(json, "type", "integer");
        hdx_json_count(json, "minimum", (uint64_t)param->least);
        hdx_json_count(json, "maximum", (uint64_t)param->most);
        hdx_json_count(json, "default", (uint64_t)param->standard);
        break;
    case HDX_PARAM_FLAG:
        hdx_json_text(json, "type", "boolean");
        break;
    default:
        hdx_json_text(json, "type", "string");
        hdx_json_count(json, "maxLength", (uint64_t)param->most);
    }
    hdx_json_end_object(json);
}

static void add_params(hdx_json *json, const hdx_route *route)
{
    hdx_json_list(json, "parameters");
    for (size_t i = 0; i < route->param_count; i++) {
        const hdx_param *param = &route->params[i];
        hdx_json_object(json, NULL);
        hdx_json_text(json, "name", param->name);
        hdx_json_text(json, "in", is_in_path(route, param) ? "path" : "query");
        hdx_json_bool(json, "required", param->required);
        hdx_json_text(json, "description", param->summary);
        add_type(json, param);
        hdx_json_end_object(json);
    }
    hdx_json_end_list(json);
}

/* "content" with one type; `schema` NULL: a text. */
static void add_content(hdx_json *json, const char *type, const char *schema)
{
    char reference[96];
    hdx_json_object(json, "content");
    hdx_json_object(json, type);
    hdx_json_object(json, "schema");
    if (schema) {
        snprintf(reference, sizeof reference, "#/components/schemas/%s",
                 schema);
        hdx_json_text(json, "$ref", reference);
    } else {
        hdx_json_text(json, "type", "string");
    }
    hdx_json_end_object(json);
    hdx_json_end_object(json);
    hdx_json_end_object(json);
}

static void add_responses(hdx_json *json, const hdx_route *route)
{
    hdx_json_object(json, "responses");
    char status[16];
    snprintf(status, sizeof status, "%u", route->status ? route->status : 200);
    hdx_json_object(json, status);
    hdx_json_text(json, "description", route->summary);
    /* "text/plain; charset=utf-8" is "text/plain" here. */
    char type[64];
    snprintf(type, sizeof type, "%.*s", (int)strcspn(route->type, ";"),
             route->type);
    if (!route->status)
        add_content(json, type, route->schema);
    hdx_json_end_object(json);
    if (route->cached) {
        hdx_json_object(json, "304");
        hdx_json_text(json, "description",
                      "what If-None-Match names is still the answer");
        hdx_json_end_object(json);
    }
    hdx_json_object(json, "default");
    hdx_json_text(json, "description", "a problem (RFC 9457)");
    add_content(json, "application/problem+json", "Problem");
    hdx_json_end_object(json);
    hdx_json_end_object(json);
}

static void add_security(hdx_json *json, const hdx_route *route)
{
    hdx_json_list(json, "security");
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        if (!(route->scopes & scopes[i].scope))
            continue;
        hdx_json_object(json, NULL);
        hdx_json_list(json, "key");
        hdx_json_text(json, NULL, scopes[i].name);
        hdx_json_end_list(json);
        hdx_json_end_object(json);
    }
    hdx_json_end_list(json);
}

/* "get" of "GET". */
static const char *lower(const char *method, char out[16])
{
    size_t len = 0;
    for (; method[len] && len < 15; len++)
        out[len] = (char)(method[len] | ' ');
    out[len] = '\0';
    return out;
}

static void add_route(hdx_json *json, const hdx_route *route)
{
    char method[16];
    hdx_json_object(json, lower(route->method, method));
    hdx_json_text(json, "operationId", route->name);
    hdx_json_text(json, "summary", route->summary);
    add_params(json, route);
    if (route->body) {
        hdx_json_object(json, "requestBody");
        hdx_json_bool(json, "required", true);
        add_content(json, "application/json", route->body);
        hdx_json_end_object(json);
    }
    add_responses(json, route);
    add_security(json, route);
    hdx_json_end_object(json);
}

/* A path with all of its methods, at the first of its rows. */
static void add_path(hdx_json *json, size_t row)
{
    const char *path = hdx_routes[row]->path;
    for (size_t i = 0; i < row; i++)
        if (strcmp(hdx_routes[i]->path, path) == 0)
            return;
    hdx_json_object(json, path);
    for (size_t i = row; hdx_routes[i]; i++)
        if (strcmp(hdx_routes[i]->path, path) == 0)
            add_route(json, hdx_routes[i]);
    hdx_json_end_object(json);
}

bool hdx_openapi_write(hdx_buf *out)
{
    hdx_json json = {.out = out};
    hdx_json_object(&json, NULL);
    hdx_json_text(&json, "openapi", "3.1.0");
    hdx_json_object(&json, "info");
    hdx_json_text(&json, "title", "Helpdex");
    hdx_json_text(&json, "version", helpdex_version());
    hdx_json_end_object(&json);
    hdx_json_object(&json, "paths");
    for (size_t i = 0; hdx_routes[i]; i++)
        add_path(&json, i);
    hdx_json_end_object(&json);
    hdx_json_object(&json, "components");
    hdx_json_raw(&json, "schemas",
                 hdx_str_trim((hdx_str){hdx_schemas, hdx_schemas_size}));
    hdx_json_object(&json, "securitySchemes");
    hdx_json_object(&json, "key");
    hdx_json_text(&json, "type", "http");
    hdx_json_text(&json, "scheme", "bearer");
    hdx_json_end_object(&json);
    hdx_json_end_object(&json);
    hdx_json_end_object(&json);
    hdx_json_end_object(&json);
    return !out->failed;
}
