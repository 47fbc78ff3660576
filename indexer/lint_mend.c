/*
 * Comments that disable rules, and mending. A file is mended as a whole: it is
 * replaced at one instant, and only when it still has the bytes that were
 * checked.
 */
#include <stdlib.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/file.h"
#include "indexer/lint.h"

static void disable(hdx_lint *l, hdx_lint_doc *doc, const hdx_lint_rule *rule,
                    unsigned line)
{
    hdx_lint_disabled *one = hdx_arena_alloc(&l->arena, sizeof *one);
    if (!one) {
        l->failed = true;
        return;
    }
    *one = (hdx_lint_disabled){rule, line, doc->disabled};
    doc->disabled = one;
}

static bool ends_comment(hdx_str rest)
{
    return rest.len == 0 || hdx_str_starts(rest, HDX_STR("-->")) ||
           hdx_str_starts(rest, HDX_STR("*/")) || rest.ptr[0] == '\n' ||
           rest.ptr[0] == '\r';
}

/* Reads the names of rules up to the end of the comment. */
static void read_names(hdx_lint *l, hdx_lint_doc *doc, hdx_str rest,
                       unsigned line)
{
    bool any = false;
    while (!ends_comment(rest)) {
        size_t len = 0;
        while (len < rest.len && !strchr(" ,\t\r\n", rest.ptr[len]))
            len++;
        hdx_str name = {rest.ptr, len};
        size_t step = len ? len : 1;
        const hdx_lint_rule *rule = hdx_lint_rule_of(name);
        if (rule)
            disable(l, doc, rule, line);
        else if (len)
            hdx_lint_add(l, doc, (size_t)(name.ptr - doc->text.ptr),
                         "there is no rule \"%.*s\"; see docs/lint.md for "
                         "their names",
                         HDX_FMT(name));
        any = any || len;
        rest = (hdx_str){rest.ptr + step, rest.len - step};
    }
    if (!any)
        disable(l, doc, NULL, line);
}

/* Whether a comment opens right before `at`: of HTML, MDX or a head. */
static bool in_comment(const hdx_lint_doc *doc, size_t at)
{
    static const char *const opens[] = {"<!--", "{/*", "#"};
    hdx_str before = hdx_str_trim((hdx_str){doc->text.ptr, at});
    for (size_t i = 0; i < sizeof opens / sizeof *opens; i++) {
        size_t len = strlen(opens[i]);
        if (before.len >= len &&
            memcmp(before.ptr + before.len - len, opens[i], len) == 0)
            return opens[i][0] != '#' || at < doc->article.matter.body;
    }
    return false;
}

void hdx_lint_unknown_rule(hdx_lint *l, hdx_lint_doc *doc)
{
    hdx_str word = HDX_STR("helpdex-disable"), next = HDX_STR("-next-line");
    for (size_t i = 0; i + word.len < doc->text.len; i++) {
        const char *found =
            memchr(doc->text.ptr + i, word.ptr[0], doc->text.len - i);
        if (!found)
            break;
        i = (size_t)(found - doc->text.ptr);
        hdx_str rest = {found, doc->text.len - i};
        if (!hdx_str_starts(rest, word) || !in_comment(doc, i) ||
            doc->outline.marks[i] == HDX_MARK_CODE)
            continue;
        unsigned line = 0, column;
        rest = (hdx_str){rest.ptr + word.len, rest.len - word.len};
        if (hdx_str_starts(rest, next)) {
            hdx_str_position(doc->text, i, &line, &column);
            line++;
            rest = (hdx_str){rest.ptr + next.len, rest.len - next.len};
        }
        read_names(l, doc, rest, line);
    }
}

static bool is_disabled(const hdx_lint_finding *f)
{
    const hdx_lint_disabled *at = f->doc ? f->doc->disabled : NULL;
    while (at && ((at->rule && at->rule != f->rule) ||
                  (at->line && at->line != f->line)))
        at = at->next;
    return at != NULL;
}

void hdx_lint_drop_disabled(hdx_lint *l)
{
    size_t kept = 0;
    for (size_t i = 0; i < l->finding_count; i++)
        if (!is_disabled(&l->findings[i]))
            l->findings[kept++] = l->findings[i];
    l->finding_count = kept;
}

static int by_place(const void *a, const void *b)
{
    const hdx_lint_edit *x = *(const hdx_lint_edit *const *)a;
    const hdx_lint_edit *y = *(const hdx_lint_edit *const *)b;
    return x->begin < y->begin ? -1 : x->begin > y->begin;
}

/* The text with the edits made; those that overlap an earlier one are left
   for the next time. */
static hdx_str edited(hdx_lint *l, hdx_str text, const hdx_lint_edit **edits,
                      size_t count)
{
    hdx_buf buf = {0};
    size_t at = 0;
    qsort(edits, count, sizeof(const hdx_lint_edit *), by_place);
    for (size_t i = 0; i < count; i++) {
        if (edits[i]->begin < at)
            continue;
        hdx_buf_add(&buf, (hdx_str){text.ptr + at, edits[i]->begin - at});
        hdx_buf_add(&buf, edits[i]->with);
        at = edits[i]->end;
    }
    hdx_buf_add(&buf, (hdx_str){text.ptr + at, text.len - at});
    hdx_str out = buf.failed ? (hdx_str){NULL, 0}
                             : hdx_arena_copy(&l->arena, hdx_buf_str(&buf));
    hdx_buf_free(&buf);
    return out;
}

static helpdex_status write_mended(hdx_lint *l, const hdx_lint_doc *doc,
                                   hdx_str text, helpdex_error *err)
{
    hdx_str now;
    const char *path = doc->file->path.ptr;
    struct stat was;
    helpdex_status status =
        hdx_file_read(&l->arena, path, HDX_ARTICLE_LIMIT, &now, err);
    if (status)
        return status;
    if (!hdx_str_eq(now, doc->text))
        return hdx_fail_at(err, HELPDEX_IO, path, 0, 0,
                           "changed while it was checked, so it was not "
                           "mended; check again");
    bool known = stat(path, &was) == 0;
    status = hdx_file_replace(path, text, err);
    if (!status && known && chmod(path, was.st_mode & 07777))
        status = hdx_fail_at(err, HELPDEX_IO, path, 0, 0,
                             "its permissions could not be set again; set "
                             "them by hand");
    return status;
}

/* Mends the article that the findings [from, to) are about. */
static helpdex_status mend_doc(hdx_lint *l, size_t from, size_t to,
                               helpdex_error *err)
{
    size_t count = 0;
    const hdx_lint_edit **edits = hdx_arena_alloc(
        &l->arena, (to - from) * HDX_LINT_EDITS * sizeof(hdx_lint_edit *));
    if (!edits)
        return hdx_fail_nomem(err);
    for (size_t i = from; i < to; i++)
        for (size_t n = 0; n < l->findings[i].edit_count; n++)
            edits[count++] = &l->findings[i].edits[n];
    if (count == 0)
        return HELPDEX_OK;
    const hdx_lint_doc *doc = l->findings[from].doc;
    hdx_str text = edited(l, doc->text, edits, count);
    helpdex_status status =
        text.ptr ? write_mended(l, doc, text, err) : hdx_fail_nomem(err);
    for (size_t i = from; i < to && !status; i++)
        l->findings[i].fixed = l->findings[i].edit_count > 0;
    return status;
}

helpdex_status hdx_lint_mend(hdx_lint *l, helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0, end; i < l->finding_count && !status; i = end) {
        end = i + 1;
        while (end < l->finding_count &&
               l->findings[end].doc == l->findings[i].doc)
            end++;
        if (l->findings[i].doc)
            status = mend_doc(l, i, end, err);
    }
    return status;
}
