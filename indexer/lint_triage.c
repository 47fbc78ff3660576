/* Triage paths, held against the articles as they are on disk. */
#include "base/error.h"
#include "indexer/lint.h"
#include "indexer/paths.h"
#include "store/schema.h"

enum { EDITS_MOST = 3 };

static helpdex_status tell(void *context, hdx_path_fault fault,
                           const char *file, unsigned line, unsigned column,
                           const char *message)
{
    hdx_lint *l = context;
    l->rule = hdx_lint_rule_of(hdx_str_of(hdx_path_fault_rule(fault)));
    hdx_lint_add_at(l, NULL, file, line, column, message);
    return l->failed ? HELPDEX_NOMEM : HELPDEX_OK;
}

static bool has_section(const hdx_article *article, hdx_str section)
{
    for (size_t i = 0; i < article->document.count; i++)
        if (hdx_str_eq(article->document.sections[i].anchor, section))
            return true;
    return false;
}

static hdx_str nearest_id(const hdx_lint *l, hdx_str id)
{
    hdx_str nearest = HDX_STR("");
    size_t least = EDITS_MOST + 1;
    for (size_t i = 0; i < l->count; i++) {
        size_t edits = l->docs[i].readable
                           ? hdx_str_distance(id.ptr, l->docs[i].article.id.ptr)
                           : least;
        if (edits < least) {
            least = edits;
            nearest = l->docs[i].article.id;
        }
    }
    return nearest;
}

/* What cannot be read may be it. Articles of the default locale come first. */
static hdx_whereabouts look(void *context, hdx_str id, hdx_str section,
                            hdx_str *nearest)
{
    const hdx_lint *l = context;
    hdx_whereabouts found = HDX_NO_SUCH_ARTICLE;
    for (size_t i = 0; i < l->count; i++) {
        const hdx_lint_doc *doc = &l->docs[i];
        if (!doc->readable)
            return HDX_IS_THERE;
        if (!hdx_str_eq(doc->article.id, id))
            continue;
        if (section.len == 0 || has_section(&doc->article, section))
            return HDX_IS_THERE;
        found = HDX_NO_SUCH_SECTION;
        if (doc->original)
            return found;
    }
    if (found == HDX_NO_SUCH_ARTICLE)
        *nearest = nearest_id(l, id);
    return found;
}

static bool list_locales(hdx_lint *l, hdx_path_world *out)
{
    hdx_locale *locales =
        hdx_arena_alloc(&l->arena, (l->layout.count + 1) * sizeof *locales);
    for (size_t i = 0; locales && i < l->layout.count; i++)
        if (l->layout.locales[i].count)
            locales[out->locale_count++] = l->layout.locales[i].locale;
    out->locales = locales;
    return locales != NULL;
}

static helpdex_status check_files(hdx_lint *l, const hdx_kb_files *files)
{
    hdx_path_world world = {.default_locale = &l->layout.default_locale,
                            .look = look,
                            .context = l};
    hdx_path_hearer hearer = {tell, l};
    hdx_paths paths = {0};
    if (!list_locales(l, &world))
        return HELPDEX_NOMEM;
    helpdex_status status = hdx_path_files_read(files, hearer, &paths, NULL);
    if (!status)
        status = hdx_paths_lint(&paths, &world, hearer, NULL);
    hdx_paths_free(&paths);
    return status;
}

void hdx_lint_path_files(hdx_lint *l)
{
    hdx_kb_files files;
    helpdex_error why;
    helpdex_report *report;
    if (hdx_report_new(&report, NULL)) {
        l->failed = true;
        return;
    }
    helpdex_status status = hdx_kb_files_read(
        &l->arena, l->kb_dir, HDX_PATHS_DIR, report, &files, &why);
    if (status && status != HELPDEX_NOMEM)
        hdx_lint_add_at(l, NULL, why.file, why.line, why.column, why.message);
    else if (!status)
        status = check_files(l, &files);
    l->failed = l->failed || status == HELPDEX_NOMEM;
    helpdex_report_free(report);
}
