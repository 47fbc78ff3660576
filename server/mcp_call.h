/* What the methods and tools of MCP have in common; for server/mcp*.c alone. */
#ifndef HDX_SERVER_MCP_CALL_H
#define HDX_SERVER_MCP_CALL_H

#include <cjson/cJSON.h>

#include "server/exchange.h"
#include "server/mcp.h"

/* Codes of JSON-RPC 2.0, and of MCP. */
enum {
    HDX_MCP_PARSE_ERROR = -32700,
    HDX_MCP_INVALID_REQUEST = -32600,
    HDX_MCP_NO_METHOD = -32601,
    HDX_MCP_INVALID_PARAMS = -32602,
    HDX_MCP_INTERNAL = -32603,
    HDX_MCP_NO_RESOURCE = -32002
};

/* One request and its answer. */
typedef struct hdx_mcp_call {
    hdx_mcp_host *host;
    const cJSON *id;
    const cJSON *params; /* an object, or NULL */
    hdx_json json;       /* members of "result" are to be added here */
    size_t start;        /* of the answer in json.out */
    bool refused;
} hdx_mcp_call;

/* Drops what has been written of the answer, and answers with an error. */
void hdx_mcp_refuse(hdx_mcp_call *call, int code, const char *why, ...)
    __attribute__((format(printf, 3, 4)));

/* The text of a parameter; NULL: there is none, or it is no text. */
const char *hdx_mcp_text(const hdx_mcp_call *call, const char *name);

/* The methods that are not a line long. */
void hdx_mcp_list_tools(hdx_mcp_call *call);
void hdx_mcp_call_tool(hdx_mcp_call *call);
void hdx_mcp_list_resources(hdx_mcp_call *call);
void hdx_mcp_list_templates(hdx_mcp_call *call);
void hdx_mcp_read_resource(hdx_mcp_call *call);

/* A tool that is being used. What it finds is said twice, in words for models
   and as data for programs: clients show one of them. */
typedef struct hdx_mcp_use {
    hdx_mcp_host *host;
    hdx_value values[HDX_PARAMS_MOST]; /* by the order of tool->params */
    hdx_buf text;
    hdx_buf data; /* one object, as tool->output says */
    bool failed;  /* the text says why, and there is no data */
} hdx_mcp_use;

/*
 * A row of the table of tools (server/mcp_tools.c). `run` is called with
 * parameters that are sound.
 */
typedef struct hdx_mcp_tool {
    const char *name;
    const char *title;
    const char *description; /* models choose by it */
    const hdx_param *params;
    size_t param_count;
    const char *output; /* JSON Schema of its data, on one line */
    unsigned scopes;    /* of which a caller needs one to see it at all */
    bool converses;     /* needs the assistant of the host */
    bool writes;
    void (*run)(hdx_mcp_use *use);
} hdx_mcp_tool;

extern const hdx_mcp_tool hdx_mcp_tool_article;
extern const hdx_mcp_tool hdx_mcp_tool_ask;
extern const hdx_mcp_tool hdx_mcp_tool_escalate;
extern const hdx_mcp_tool hdx_mcp_tool_search;

/* Says why there is no answer, for the model to do better. */
void hdx_mcp_fail(hdx_mcp_use *use, const char *why, ...)
    __attribute__((format(printf, 2, 3)));

/* A formatted piece of the text. */
void hdx_mcp_say(hdx_mcp_use *use, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A value that was given, else the reader's. */
const char *hdx_mcp_or(const hdx_mcp_use *use, unsigned param,
                       const char *standard);

/* Adds a text, the end of a line included, inside of a fence that it cannot
   close (server/mcp_article.c). */
void hdx_mcp_fence(hdx_buf *out, hdx_str text);

/* An article in words (server/mcp_article.c). */
struct helpdex_page_content;
struct helpdex_page_section;
void hdx_mcp_write_head(hdx_buf *out, const struct helpdex_page_content *page);
void hdx_mcp_write_section(hdx_buf *out,
                           const struct helpdex_page_section *section);

#endif
