/* Reading bodies by cJSON, which takes more than JSON: what would mislead it
   is refused before. */
#include "server/body.h"

#include <math.h>

bool hdx_body_has_nul(hdx_str json)
{
    for (size_t i = 0; i + 5 < json.len; i++) {
        if (json.ptr[i] != '\\')
            continue;
        if (memcmp(json.ptr + i + 1, "u0000", 5) == 0)
            return true;
        i++; /* what is escaped begins no escape */
    }
    return false;
}

static bool is_sound(hdx_str json)
{
    return json.len && !memchr(json.ptr, '\0', json.len) &&
           !hdx_body_has_nul(json) && hdx_utf8_check(json) == SIZE_MAX;
}

cJSON *hdx_body_open(hdx_exchange *x)
{
    hdx_str text = hdx_buf_str(&x->body);
    const char *end;
    cJSON *root = NULL;
    if (is_sound(text)) {
        /* Terminated, so that nothing may stand behind the object. */
        hdx_str copy = hdx_arena_copy(x->arena, text);
        if (copy.ptr)
            root =
                cJSON_ParseWithLengthOpts(copy.ptr, copy.len + 1, &end, true);
    }
    if (cJSON_IsObject(root))
        return root;
    hdx_problem(x, 400,
                "the body is no JSON object in UTF-8; see /v1/openapi.json");
    cJSON_Delete(root);
    return NULL;
}

/* NULL: it is absent. */
static const cJSON *member(const cJSON *body, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(body, name);
    return cJSON_IsNull(item) ? NULL : item;
}

bool hdx_sent_text(hdx_exchange *x, const cJSON *body, const char *name,
                   size_t most, const char **out)
{
    const cJSON *item = member(body, name);
    if (!item)
        return true;
    const char *text = cJSON_GetStringValue(item);
    if (!text)
        hdx_problem(x, 400, "%s is no text", name);
    else if (strlen(text) > most)
        hdx_problem(x, 400, "%s has over %zu bytes", name, most);
    else
        *out = text;
    return text && strlen(text) <= most;
}

bool hdx_sent_number(hdx_exchange *x, const cJSON *body, const char *name,
                     int least, int most, int *out)
{
    const cJSON *item = member(body, name);
    double number = item ? item->valuedouble : 0;
    if (!item)
        return true;
    if (!cJSON_IsNumber(item) || floor(number) != number || number < least ||
        number > most) {
        hdx_problem(x, 400, "%s is no integer from %d to %d", name, least,
                    most);
        return false;
    }
    *out = (int)number;
    return true;
}
