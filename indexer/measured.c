/* A calibration is of the locale that its file is named after. */
#include "indexer/measured.h"

#include <string.h>

#include "base/error.h"
#include "store/measured.h"
#include "text/locale.h"

/* The locale of a file; BAD_INPUT when its name is none. */
static helpdex_status read_name(const hdx_kb_file *file, hdx_locale *out,
                                helpdex_error *err)
{
    const hdx_str ending = HDX_STR(".yml");
    hdx_str name = file->name;
    bool named = name.len > ending.len;
    if (named)
        name.len -= ending.len;
    named = named && hdx_locale_parse(name, out);
    if (named && hdx_str_eq(name, hdx_str_of(out->tag)) &&
        memcmp(name.ptr + name.len, ending.ptr, ending.len) == 0)
        return HELPDEX_OK;
    return hdx_fail_at(err, HELPDEX_BAD_INPUT, file->path.ptr, 0, 0,
                       "the name is no locale; call it %s.yml",
                       named ? out->tag : "pt-BR, or what the locale is,");
}

static bool is_indexed(const helpdex_report *report, const char *tag)
{
    for (size_t i = 0; i < report->locale_count; i++)
        if (strcmp(report->locales[i].locale, tag) == 0)
            return true;
    return false;
}

static helpdex_status check(const hdx_kb_file *file, helpdex_report *report,
                            helpdex_error *fault, helpdex_error *err)
{
    hdx_locale locale;
    hdx_measured measured;
    helpdex_error why;
    helpdex_status status = read_name(file, &locale, &why);
    if (!status)
        status = hdx_measured_read(file->text, file->path.ptr, &measured, &why);
    if (status == HELPDEX_BAD_INPUT) {
        if (fault->status == HELPDEX_OK)
            *fault = why;
        return hdx_report_add_error(report, &why, err);
    }
    if (status)
        return hdx_fail_nomem(err);
    if (is_indexed(report, locale.tag))
        return HELPDEX_OK;
    return hdx_report_add(report, HELPDEX_WARNING, file->path.ptr, 0, 0,
                          "no article is in this locale, so nothing is asked "
                          "in it; remove the file",
                          err);
}

helpdex_status hdx_measured_files_check(const hdx_kb_files *files,
                                        helpdex_report *report,
                                        helpdex_error *fault,
                                        helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    *fault = (helpdex_error){0};
    for (size_t i = 0; i < files->count && !status; i++)
        status = check(&files->items[i], report, fault, err);
    return status;
}
