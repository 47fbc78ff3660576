/* A name is kept once, whatever the number of articles that have it. */
#include "importer/fields.h"

void hdx_fields_note_name(hdx_fields *fields, hdx_intake *in, hdx_str name)
{
    bool added;
    if (hdx_map_find(&fields->names, name))
        return;
    hdx_str copy = hdx_arena_copy(&in->arena, name);
    if (!copy.ptr || !hdx_map_add(&fields->names, copy, &added)) {
        in->failed = true;
        return;
    }
    if (fields->list.len)
        hdx_buf_add(&fields->list, HDX_STR(", "));
    hdx_buf_add(&fields->list, copy);
}

/* Whether a value would be missed: null, false, "" and [] would not. */
static bool says_something(const cJSON *value)
{
    return !cJSON_IsNull(value) && !cJSON_IsFalse(value) &&
           !(cJSON_IsString(value) && !*value->valuestring) &&
           !((cJSON_IsArray(value) || cJSON_IsObject(value)) && !value->child);
}

static bool lists(const char *names, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = names; len && (at = strstr(at, name)); at++)
        if (at != names && at[-1] == ' ' && at[len] == ' ')
            return true;
    return false;
}

void hdx_fields_note(hdx_fields *fields, hdx_intake *in, const cJSON *object,
                     const char *known)
{
    const cJSON *member;
    cJSON_ArrayForEach(member, object)
    {
        if (!lists(known, member->string) && says_something(member))
            hdx_fields_note_name(fields, in, hdx_str_of(member->string));
    }
}

helpdex_status hdx_fields_say(hdx_fields *fields, hdx_intake *in,
                              const char *file, helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    if (fields->list.failed || in->failed)
        status = hdx_fail_nomem(err);
    else if (fields->list.len)
        status =
            hdx_intake_say(in, HELPDEX_WARNING, (hdx_place){.file = file}, err,
                           "fields that an article has no place for are "
                           "left out: %.*s",
                           HDX_FMT(hdx_buf_str(&fields->list)));
    hdx_map_free(&fields->names);
    hdx_buf_free(&fields->list);
    return status;
}
