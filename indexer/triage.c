/* helpdex_triage_draw: reads triage/ and has it drawn. */
#include <helpdex/triage.h>

#include <stdlib.h>

#include "base/error.h"
#include "indexer/kbfiles.h"
#include "indexer/pathgraph.h"
#include "indexer/tree.h"
#include "store/schema.h"

struct helpdex_drawing {
    hdx_buf dot; /* terminated */
};

/* One drawing at work. */
typedef struct drawing_job {
    hdx_arena arena;
    helpdex_report *report;
    hdx_tree tree;
    hdx_paths paths;
    const hdx_path *only;
    hdx_locale *chain;
    hdx_shown_locales shown;
    helpdex_error *err;
} drawing_job;

void helpdex_triage_options_init(helpdex_triage_options *options)
{
    *options = (helpdex_triage_options){.size = sizeof *options};
}

static helpdex_status read_paths(drawing_job *j, const char *kb_dir)
{
    hdx_kb_files files;
    helpdex_status status = hdx_kb_files_read(&j->arena, kb_dir, HDX_PATHS_DIR,
                                              j->report, &files, j->err);
    for (size_t i = 0; i < files.count && !status; i++)
        status = hdx_paths_read(&j->paths, files.items[i].text,
                                files.items[i].path.ptr,
                                files.items[i].name.ptr, j->err);
    if (!status && j->paths.count == 0)
        return hdx_fail_at(j->err, HELPDEX_NOT_FOUND, kb_dir, 0, 0,
                           "it has no triage path; write one into its folder "
                           "triage/");
    return status;
}

static helpdex_status find_path(drawing_job *j, const char *name)
{
    const char *nearest = "";
    size_t least = SIZE_MAX;
    if (!name)
        return HELPDEX_OK;
    for (size_t i = 0; i < j->paths.count; i++) {
        const hdx_path *path = &j->paths.items[i];
        size_t edits = hdx_str_distance(name, path->name.ptr);
        if (edits < least) {
            least = edits;
            nearest = path->name.ptr;
        }
        if (edits == 0)
            j->only = path;
    }
    return j->only ? HELPDEX_OK
                   : hdx_fail(j->err, HELPDEX_NOT_FOUND,
                              "no path is called \"%s\"; did you mean %s?",
                              name, nearest);
}

static helpdex_status list_locales(drawing_job *j, const char *tag)
{
    const hdx_locale *standard = &j->tree.layout.default_locale;
    const hdx_pack *pack;
    hdx_locale wanted = *standard;
    size_t count = 0;
    if (tag && hdx_locale_read(hdx_str_of(tag), &wanted))
        return hdx_fail(j->err, HELPDEX_INVALID,
                        "\"%s\" is not a language tag; write one, such as "
                        "pt-BR",
                        tag);
    helpdex_status status =
        hdx_catalog_pack(j->tree.catalog, &wanted, &pack, j->err);
    if (status)
        return status;
    while (pack->fallback[count])
        count++;
    j->chain = hdx_arena_alloc(&j->arena, (count + 2) * sizeof *j->chain);
    if (!j->chain)
        return hdx_fail_nomem(j->err);
    j->chain[j->shown.count++] = wanted;
    for (size_t i = 0; i < count; i++)
        j->shown.count += hdx_locale_parse(hdx_str_of(pack->fallback[i]),
                                           &j->chain[j->shown.count]);
    j->chain[j->shown.count++] = *standard;
    j->shown.items = j->chain;
    j->shown.default_locale = standard;
    return HELPDEX_OK;
}

static helpdex_status draw(drawing_job *j, helpdex_drawing **out)
{
    helpdex_drawing *drawing = calloc(1, sizeof *drawing);
    if (!drawing)
        return hdx_fail_nomem(j->err);
    hdx_paths_draw(&j->paths, j->only, &j->shown, &drawing->dot);
    hdx_buf_byte(&drawing->dot, '\0');
    if (drawing->dot.failed) {
        helpdex_drawing_free(drawing);
        return hdx_fail_nomem(j->err);
    }
    *out = drawing;
    return HELPDEX_OK;
}

static helpdex_status run(drawing_job *j, const char *kb_dir,
                          const helpdex_triage_options *o,
                          helpdex_drawing **out)
{
    helpdex_status status = hdx_report_new(&j->report, j->err);
    if (!status)
        status = hdx_tree_open(&j->arena, kb_dir, NULL, o->locales_dir,
                               j->report, &j->tree, j->err);
    if (!status)
        status = read_paths(j, kb_dir);
    if (!status)
        status = find_path(j, o->path);
    if (!status)
        status = list_locales(j, o->locale);
    return status ? status : draw(j, out);
}

helpdex_status helpdex_triage_draw(const char *kb_dir,
                                   const helpdex_triage_options *options,
                                   helpdex_drawing **out, helpdex_error *err)
{
    helpdex_triage_options o;
    drawing_job j = {.err = err};
    *out = NULL;
    helpdex_triage_options_init(&o);
    if (options && options->size != sizeof *options)
        return hdx_fail(err, HELPDEX_INVALID,
                        "options of another version; call "
                        "helpdex_triage_options_init first");
    if (options)
        o = *options;
    helpdex_status status = run(&j, kb_dir, &o, out);
    hdx_paths_free(&j.paths);
    hdx_tree_free(&j.tree);
    helpdex_report_free(j.report);
    hdx_arena_free(&j.arena);
    return status;
}

const char *helpdex_drawing_dot(const helpdex_drawing *drawing)
{
    return drawing->dot.ptr;
}

void helpdex_drawing_free(helpdex_drawing *drawing)
{
    if (!drawing)
        return;
    hdx_buf_free(&drawing->dot);
    free(drawing);
}
