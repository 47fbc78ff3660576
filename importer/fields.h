/* Names of fields that an export has and an article has no place for, so that
   they can be said once a file. */
#ifndef HDX_IMPORT_FIELDS_H
#define HDX_IMPORT_FIELDS_H

#include "base/map.h"
#include "importer/parse.h"

typedef struct hdx_fields {
    hdx_map names;
    hdx_buf list;
} hdx_fields;

/* Notes the members of `object` that say something and are not among `known`,
   names between spaces. */
void hdx_fields_note(hdx_fields *fields, hdx_intake *in, const cJSON *object,
                     const char *known);

/* Notes one name. */
void hdx_fields_note_name(hdx_fields *fields, hdx_intake *in, hdx_str name);

/* Says which there were, and releases them. Errors: NOMEM. */
helpdex_status hdx_fields_say(hdx_fields *fields, hdx_intake *in,
                              const char *file, helpdex_error *err);

#endif
