/*
 * Paths are checked when everything else has been indexed: only then is it
 * known which articles they can lead to.
 */
#include "indexer/paths.h"

#include "base/error.h"
#include "indexer/indexed.h"

/* One check at work. */
typedef struct path_check {
    hdx_indexed indexed;
    const hdx_locale *default_locale;
    helpdex_report *report;
    helpdex_error *fault;
    helpdex_error *err;
} path_check;

helpdex_status hdx_path_files_read(const hdx_kb_files *files,
                                   hdx_path_hearer hearer, hdx_paths *out,
                                   helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < files->count && !status; i++) {
        const hdx_kb_file *file = &files->items[i];
        helpdex_error why;
        status = hdx_paths_read(out, file->text, file->path.ptr, file->name.ptr,
                                &why);
        if (status == HELPDEX_BAD_INPUT)
            status = hearer.tell(hearer.context, HDX_FAULT_FORM, file->path.ptr,
                                 why.line, why.column, why.message);
        else if (status && err)
            *err = why;
    }
    return status;
}

static bool has_section(const hdx_forward *from, uint32_t article,
                        hdx_str section)
{
    uint32_t first, end;
    hdx_forward_sections_of(from, article, &first, &end);
    for (uint32_t i = first; i < end; i++)
        if (hdx_str_eq(hdx_forward_section_at(from, i).anchor, section))
            return true;
    return false;
}

/* A section is one of the default locale; of an article that it lacks, one of
   any. */
static hdx_whereabouts look(void *context, hdx_str id, hdx_str section,
                            hdx_str *nearest)
{
    const path_check *c = context;
    hdx_whereabouts found = HDX_NO_SUCH_ARTICLE;
    for (size_t i = 0; i < c->indexed.count; i++) {
        uint32_t article;
        const hdx_forward *from =
            hdx_forwards_find(&c->indexed.forwards[i], id, &article);
        if (!from)
            continue;
        bool here = section.len == 0 || has_section(from, article, section);
        if (strcmp(c->indexed.locales[i].tag, c->default_locale->tag) == 0)
            return here ? HDX_IS_THERE : HDX_NO_SUCH_SECTION;
        if (found != HDX_IS_THERE)
            found = here ? HDX_IS_THERE : HDX_NO_SUCH_SECTION;
    }
    if (found == HDX_NO_SUCH_ARTICLE)
        *nearest = hdx_indexed_nearest(&c->indexed, id);
    return found;
}

static helpdex_status tell(void *context, hdx_path_fault fault,
                           const char *file, unsigned line, unsigned column,
                           const char *message)
{
    path_check *c = context;
    bool stops = fault != HDX_FAULT_ARTICLE && fault != HDX_FAULT_TEXT &&
                 fault != HDX_FAULT_UNREACHABLE;
    if (stops && c->fault->status == HELPDEX_OK)
        hdx_fail_at(c->fault, HELPDEX_BAD_INPUT, file, line, column, "%s",
                    message);
    return hdx_report_add(c->report, stops ? HELPDEX_ERROR : HELPDEX_WARNING,
                          file, line, column, message, c->err);
}

helpdex_status hdx_path_files_check(const hdx_kb_files *files,
                                    const char *draft,
                                    const hdx_locale *default_locale,
                                    helpdex_report *report,
                                    helpdex_error *fault, helpdex_error *err)
{
    path_check c = {.default_locale = default_locale,
                    .report = report,
                    .fault = fault,
                    .err = err};
    hdx_paths paths = {0};
    hdx_path_hearer hearer = {tell, &c};
    *fault = (helpdex_error){0};
    helpdex_status status = hdx_path_files_read(files, hearer, &paths, err);
    if (!status && paths.count && draft)
        status = hdx_indexed_open(draft, report, &c.indexed, err);
    hdx_path_world world = {.locales = c.indexed.locales,
                            .locale_count = c.indexed.count,
                            .default_locale = default_locale,
                            .look = look,
                            .context = &c};
    if (!status)
        status = hdx_paths_lint(&paths, draft ? &world : NULL, hearer, err);
    hdx_indexed_close(&c.indexed);
    hdx_paths_free(&paths);
    return status;
}
