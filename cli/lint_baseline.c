/*
 * A text file, in order of lines: two branches that add findings merge, and
 * what was mended can be deleted by hand.
 */
#include "cli/lint_baseline.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/file.h"

enum { BASELINE_LIMIT = 64 << 20, FINGERPRINT = 16 };

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* All lines, sorted by file. */
static helpdex_status list_lines(const helpdex_report *report, hdx_arena *arena,
                                 const char **lines, size_t *count,
                                 helpdex_error *err)
{
    for (size_t i = 0; i < helpdex_report_finding_count(report); i++) {
        const helpdex_finding *f = helpdex_report_finding(report, i);
        if (f->fixed)
            continue;
        lines[*count] = hdx_arena_format(arena, "%s %s %s\n", f->fingerprint,
                                         f->rule, f->file)
                            .ptr;
        if (!lines[(*count)++])
            return hdx_fail_nomem(err);
    }
    qsort(lines, *count, sizeof *lines, by_text);
    return HELPDEX_OK;
}

helpdex_status cli_baseline_write(const char *path,
                                  const helpdex_report *report,
                                  helpdex_error *err)
{
    hdx_arena arena = {0};
    hdx_buf buf = {0};
    size_t count = 0;
    const char **lines =
        hdx_arena_alloc(&arena, (helpdex_report_finding_count(report) + 1) *
                                    sizeof(const char *));
    helpdex_status status = lines
                                ? list_lines(report, &arena, lines, &count, err)
                                : hdx_fail_nomem(err);
    hdx_buf_add(&buf, HDX_STR("# What helpdex check is not to count. Delete a "
                              "line when its fault is mended.\n"));
    for (size_t i = 0; i < count; i++)
        hdx_buf_add(&buf, hdx_str_of(lines[i]));
    if (!status)
        status = buf.failed ? hdx_fail_nomem(err)
                            : hdx_file_replace(path, hdx_buf_str(&buf), err);
    hdx_buf_free(&buf);
    hdx_arena_free(&arena);
    return status;
}

/* The next finding with the fingerprint that is not known yet. */
static void mark(const helpdex_report *report, hdx_str print, bool *known)
{
    for (size_t i = 0; i < helpdex_report_finding_count(report); i++) {
        const helpdex_finding *f = helpdex_report_finding(report, i);
        if (!known[i] && hdx_str_eq(print, hdx_str_of(f->fingerprint))) {
            known[i] = true;
            return;
        }
    }
}

helpdex_status cli_baseline_read(const char *path, const helpdex_report *report,
                                 bool *known, helpdex_error *err)
{
    hdx_arena arena = {0};
    hdx_str text = {NULL, 0}, line;
    unsigned number = 0;
    helpdex_status status =
        hdx_file_read(&arena, path, BASELINE_LIMIT, &text, err);
    if (status == HELPDEX_NOT_FOUND)
        status = hdx_fail_at(err, HELPDEX_NOT_FOUND, path, 0, 0,
                             "no such baseline; write it with --save");
    while (!status && hdx_str_line(&text, &line)) {
        number++;
        line = hdx_str_trim(line);
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        const char *blank = memchr(line.ptr, ' ', line.len);
        if (!blank || blank - line.ptr != FINGERPRINT)
            status =
                hdx_fail_at(err, HELPDEX_BAD_INPUT, path, number, 1,
                            "not a line of a baseline; delete it, or write "
                            "the file again with --save");
        else
            mark(report, (hdx_str){line.ptr, FINGERPRINT}, known);
    }
    hdx_arena_free(&arena);
    return status;
}
