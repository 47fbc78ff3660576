/*
 * The table of tools: listed with a schema made of their parameters, which are
 * checked against the same rows before a tool runs. A caller sees no tool that
 * it may not use. What is wrong with an argument is said in the result, where
 * the model reads it, and not as an error of the protocol.
 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "server/mcp_call.h"

enum { TOOLS = 4 };
static const hdx_mcp_tool *const tools[TOOLS] = {
    &hdx_mcp_tool_search, &hdx_mcp_tool_article, &hdx_mcp_tool_ask,
    &hdx_mcp_tool_escalate};

static bool may_use(const hdx_mcp_call *call, const hdx_mcp_tool *tool)
{
    return (tool->scopes & call->host->scopes) != 0 &&
           (!tool->converses || call->host->desk.assistant);
}

static void add_param(hdx_json *json, const hdx_param *param)
{
    static const char *const types[] = {[HDX_PARAM_TEXT] = "string",
                                        [HDX_PARAM_NUMBER] = "integer",
                                        [HDX_PARAM_FLAG] = "boolean"};
    hdx_json_object(json, param->name);
    hdx_json_text(json, "type", types[param->kind]);
    hdx_json_text(json, "description", param->summary);
    if (param->kind == HDX_PARAM_NUMBER) {
        hdx_json_count(json, "minimum", (uint64_t)param->least);
        hdx_json_count(json, "maximum", (uint64_t)param->most);
        hdx_json_count(json, "default", (uint64_t)param->standard);
    }
    hdx_json_end_object(json);
}

static void add_input(hdx_json *json, const hdx_mcp_tool *tool)
{
    hdx_json_object(json, "inputSchema");
    hdx_json_text(json, "type", "object");
    hdx_json_object(json, "properties");
    for (size_t i = 0; i < tool->param_count; i++)
        add_param(json, &tool->params[i]);
    hdx_json_end_object(json);
    hdx_json_list(json, "required");
    for (size_t i = 0; i < tool->param_count; i++)
        if (tool->params[i].required)
            hdx_json_text(json, NULL, tool->params[i].name);
    hdx_json_end_list(json);
    hdx_json_end_object(json);
}

void hdx_mcp_list_tools(hdx_mcp_call *call)
{
    hdx_json *json = &call->json;
    hdx_json_list(json, "tools");
    for (size_t i = 0; i < TOOLS; i++) {
        if (!may_use(call, tools[i]))
            continue;
        hdx_json_object(json, NULL);
        hdx_json_text(json, "name", tools[i]->name);
        hdx_json_text(json, "title", tools[i]->title);
        hdx_json_text(json, "description", tools[i]->description);
        add_input(json, tools[i]);
        hdx_json_raw(json, "outputSchema", hdx_str_of(tools[i]->output));
        hdx_json_object(json, "annotations");
        hdx_json_bool(json, "readOnlyHint", !tools[i]->writes);
        hdx_json_bool(json, "openWorldHint", false);
        hdx_json_end_object(json);
        hdx_json_end_object(json);
    }
    hdx_json_end_list(json);
}

static void say(hdx_buf *out, const char *format, va_list args)
{
    char *text = NULL;
    int len = vasprintf(&text, format, args);
    if (len < 0)
        out->failed = true;
    else
        hdx_buf_add(out, (hdx_str){text, (size_t)len});
    free(text);
}

void hdx_mcp_say(hdx_mcp_use *use, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(&use->text, format, args);
    va_end(args);
}

void hdx_mcp_fail(hdx_mcp_use *use, const char *why, ...)
{
    va_list args;
    use->failed = true;
    use->text.len = 0;
    va_start(args, why);
    say(&use->text, why, args);
    va_end(args);
}

const char *hdx_mcp_or(const hdx_mcp_use *use, unsigned param,
                       const char *standard)
{
    const char *text = use->values[param].text.ptr;
    return text && *text ? text : standard;
}

static bool read_text(hdx_mcp_use *use, const hdx_param *param,
                      const cJSON *item, hdx_value *value)
{
    value->text = hdx_str_of(cJSON_GetStringValue(item));
    if (!value->text.ptr)
        hdx_mcp_fail(use, "%s is no text", param->name);
    else if (value->text.len > (size_t)param->most)
        hdx_mcp_fail(use, "%s has over %ld bytes; shorten it", param->name,
                     param->most);
    else if (param->required && value->text.len == 0)
        hdx_mcp_fail(use, "%s is empty", param->name);
    return !use->failed;
}

static bool read_number(hdx_mcp_use *use, const hdx_param *param,
                        const cJSON *item, hdx_value *value)
{
    double number = item->valuedouble;
    if (cJSON_IsNumber(item) && number == floor(number) &&
        number >= (double)param->least && number <= (double)param->most)
        value->number = (long)number;
    else
        hdx_mcp_fail(use, "%s is no integer from %ld to %ld", param->name,
                     param->least, param->most);
    return !use->failed;
}

static bool read_flag(hdx_mcp_use *use, const hdx_param *param,
                      const cJSON *item, hdx_value *value)
{
    value->number = cJSON_IsTrue(item);
    if (!cJSON_IsBool(item))
        hdx_mcp_fail(use, "%s is neither true nor false", param->name);
    return !use->failed;
}

static bool read_value(hdx_mcp_use *use, const hdx_param *param,
                       const cJSON *item, hdx_value *value)
{
    value->number = param->standard;
    if (!item || cJSON_IsNull(item)) {
        if (param->required)
            hdx_mcp_fail(use, "%s is missing: %s", param->name, param->summary);
        return !use->failed;
    }
    if (param->kind == HDX_PARAM_TEXT)
        return read_text(use, param, item, value);
    return param->kind == HDX_PARAM_NUMBER
               ? read_number(use, param, item, value)
               : read_flag(use, param, item, value);
}

static bool read_values(hdx_mcp_use *use, const hdx_mcp_tool *tool,
                        const cJSON *arguments)
{
    for (size_t i = 0; i < tool->param_count; i++)
        if (!read_value(use, &tool->params[i],
                        cJSON_GetObjectItemCaseSensitive(arguments,
                                                         tool->params[i].name),
                        &use->values[i]))
            return false;
    return true;
}

static void add_use(hdx_json *json, const hdx_mcp_use *use)
{
    hdx_json_list(json, "content");
    hdx_json_object(json, NULL);
    hdx_json_text(json, "type", "text");
    hdx_json_str(json, "text", hdx_buf_str(&use->text));
    hdx_json_end_object(json);
    hdx_json_end_list(json);
    if (use->failed)
        hdx_json_bool(json, "isError", true);
    else
        hdx_json_raw(json, "structuredContent", hdx_buf_str(&use->data));
}

static void use_tool(hdx_mcp_call *call, const hdx_mcp_tool *tool,
                     const cJSON *arguments)
{
    hdx_mcp_use use = {.host = call->host};
    if (read_values(&use, tool, arguments))
        tool->run(&use);
    call->json.out->failed |= use.text.failed || use.data.failed;
    add_use(&call->json, &use);
    hdx_buf_free(&use.text);
    hdx_buf_free(&use.data);
}

void hdx_mcp_call_tool(hdx_mcp_call *call)
{
    const char *name = hdx_mcp_text(call, "name");
    const cJSON *arguments =
        cJSON_GetObjectItemCaseSensitive(call->params, "arguments");
    const hdx_mcp_tool *tool = NULL;
    for (size_t i = 0; name && i < TOOLS && !tool; i++)
        if (strcmp(tools[i]->name, name) == 0 && may_use(call, tools[i]))
            tool = tools[i];
    if (!tool)
        hdx_mcp_refuse(call, HDX_MCP_INVALID_PARAMS,
                       "unknown tool: %.100s; see tools/list",
                       name ? name : "none is named");
    else if (arguments && !cJSON_IsNull(arguments) &&
             !cJSON_IsObject(arguments))
        hdx_mcp_refuse(call, HDX_MCP_INVALID_PARAMS, "arguments is no object");
    else
        use_tool(call, tool, arguments);
}
