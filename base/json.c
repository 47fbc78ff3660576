/* Values of JSON, with the commas and quotes that belong between them. */
#include "base/json.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static void add_line(hdx_json *json)
{
    hdx_buf_byte(json->out, '\n');
    for (unsigned i = 0; i < json->depth; i++)
        hdx_buf_add(json->out, HDX_STR("  "));
}

static void add_escape(hdx_buf *out, unsigned char byte)
{
    static const char names[] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f',
        ['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\'};
    char code[8];
    if (byte < sizeof names && names[byte])
        snprintf(code, sizeof code, "\\%c", names[byte]);
    else
        snprintf(code, sizeof code, "\\u%04x", byte);
    hdx_buf_add(out, hdx_str_of(code));
}

static void add_quoted(hdx_buf *out, hdx_str text)
{
    hdx_buf_byte(out, '"');
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        if (byte >= ' ' && byte != '"' && byte != '\\' && byte != 0x7F)
            continue;
        hdx_buf_add(out, (hdx_str){text.ptr + from, i - from});
        add_escape(out, byte);
        from = i + 1;
    }
    hdx_buf_add(out, (hdx_str){text.ptr + from, text.len - from});
    hdx_buf_byte(out, '"');
}

/* What stands before a value: a comma, a line, its key. */
static void lead(hdx_json *json, const char *key)
{
    if (json->behind)
        hdx_buf_byte(json->out, ',');
    if (json->indent && json->depth)
        add_line(json);
    json->behind = true;
    if (!key)
        return;
    add_quoted(json->out, hdx_str_of(key));
    hdx_buf_add(json->out, json->indent ? HDX_STR(": ") : HDX_STR(":"));
}

static void begin(hdx_json *json, const char *key, char bracket)
{
    lead(json, key);
    hdx_buf_byte(json->out, bracket);
    json->behind = false;
    json->depth++;
}

static void end(hdx_json *json, char bracket)
{
    json->depth--;
    if (json->indent && json->behind)
        add_line(json);
    hdx_buf_byte(json->out, bracket);
    json->behind = true;
}

void hdx_json_object(hdx_json *json, const char *key)
{
    begin(json, key, '{');
}

void hdx_json_list(hdx_json *json, const char *key)
{
    begin(json, key, '[');
}

void hdx_json_end_object(hdx_json *json)
{
    end(json, '}');
}

void hdx_json_end_list(hdx_json *json)
{
    end(json, ']');
}

void hdx_json_str(hdx_json *json, const char *key, hdx_str text)
{
    lead(json, key);
    add_quoted(json->out, text);
}

void hdx_json_text(hdx_json *json, const char *key, const char *text)
{
    if (text)
        hdx_json_str(json, key, hdx_str_of(text));
    else
        hdx_json_null(json, key);
}

void hdx_json_raw(hdx_json *json, const char *key, hdx_str value)
{
    lead(json, key);
    hdx_buf_add(json->out, value);
}

void hdx_json_bool(hdx_json *json, const char *key, bool value)
{
    hdx_json_raw(json, key, value ? HDX_STR("true") : HDX_STR("false"));
}

void hdx_json_null(hdx_json *json, const char *key)
{
    hdx_json_raw(json, key, HDX_STR("null"));
}

void hdx_json_count(hdx_json *json, const char *key, uint64_t value)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%" PRIu64, value);
    hdx_json_raw(json, key, (hdx_str){digits, (size_t)len});
}

void hdx_json_number(hdx_json *json, const char *key, double value)
{
    char digits[40];
    if (!isfinite(value)) {
        hdx_json_null(json, key);
        return;
    }
    int len =
        snprintf(digits, sizeof digits, "%.15g", round(value * 1e6) / 1e6);
    hdx_json_raw(json, key, (hdx_str){digits, (size_t)len});
}
