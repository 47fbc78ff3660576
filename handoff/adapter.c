/* What adapters share: reading a packet and keeping progress. */
#include "handoff/adapter.h"

const hdx_adapter *hdx_adapter_of(hdx_peer_kind kind)
{
    static const hdx_adapter *const all[HDX_PEER_KINDS] = {
        [HDX_PEER_GENERIC] = &hdx_adapter_generic,
        [HDX_PEER_ZENDESK] = &hdx_adapter_zendesk,
        [HDX_PEER_CHATWOOT] = &hdx_adapter_chatwoot};
    return all[kind];
}

bool hdx_is_key(const char *text)
{
    enum { KEY_MOST = 128 };
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789._-";
    size_t len = text ? strlen(text) : 0;
    return len && len <= KEY_MOST && strspn(text, plain) == len;
}

const char *hdx_packet_text(const cJSON *packet, const char *path)
{
    char name[64];
    const char *dot = strchr(path, '.');
    size_t len = dot ? (size_t)(dot - path) : strlen(path);
    if (len >= sizeof name)
        return NULL;
    memcpy(name, path, len);
    name[len] = '\0';
    const cJSON *at = cJSON_GetObjectItemCaseSensitive(packet, name);
    if (dot) /* names of slots and facts may have dots of their own */
        at = cJSON_GetObjectItemCaseSensitive(at, dot + 1);
    return cJSON_GetStringValue(at);
}

const char *hdx_packet_fact(const cJSON *packet, const char *name)
{
    const cJSON *context = cJSON_GetObjectItemCaseSensitive(packet, "context");
    return name ? cJSON_GetStringValue(
                      cJSON_GetObjectItemCaseSensitive(context, name))
                : NULL;
}

helpdex_status hdx_body_of(hdx_arena *arena, hdx_buf *body, hdx_str *out,
                           helpdex_error *err)
{
    *out = body->failed ? (hdx_str){NULL, 0}
                        : hdx_arena_copy(arena, hdx_buf_str(body));
    hdx_buf_free(body);
    return out->ptr ? HELPDEX_OK : hdx_fail_nomem(err);
}

void hdx_body_text(hdx_json *json, const char *key, const char *value)
{
    if (value)
        hdx_json_text(json, key, value);
}

bool hdx_progress_set(cJSON *progress, const char *name, double number)
{
    cJSON_DeleteItemFromObjectCaseSensitive(progress, name);
    return cJSON_AddNumberToObject(progress, name, number);
}

int64_t hdx_progress_number(const cJSON *progress, const char *name)
{
    const cJSON *at = cJSON_GetObjectItemCaseSensitive(progress, name);
    return cJSON_IsNumber(at) ? (int64_t)at->valuedouble : 0;
}
