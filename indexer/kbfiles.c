/* Reading and copying, without a look at what is in the files. */
#include "indexer/kbfiles.h"

#include "base/error.h"
#include "base/file.h"

enum { FILE_LIMIT = 1 << 20 };

static bool ends_in(hdx_str name, const char *ending)
{
    size_t len = strlen(ending);
    return name.len > len &&
           hdx_str_eq_nocase((hdx_str){name.ptr + name.len - len, len},
                             hdx_str_of(ending));
}

static helpdex_status read_file(hdx_arena *arena, const char *dir,
                                const hdx_entry *entry, helpdex_report *report,
                                hdx_kb_files *out, helpdex_error *err)
{
    hdx_kb_file file = {.name = entry->path};
    file.path = hdx_arena_format(arena, "%s/%s", dir, entry->path.ptr);
    if (!file.path.ptr)
        return hdx_fail_nomem(err);
    if (entry->kind != HDX_ENTRY_FILE ||
        (!ends_in(file.name, ".yml") && !ends_in(file.name, ".yaml")))
        return hdx_report_add(report, HELPDEX_WARNING, file.path.ptr, 0, 0,
                              "no file that is read here, so it is left out; "
                              "end its name in .yml, or move it elsewhere",
                              err);
    helpdex_status status =
        hdx_file_read(arena, file.path.ptr, FILE_LIMIT, &file.text, err);
    if (!status)
        out->items[out->count++] = file;
    return status;
}

helpdex_status hdx_kb_files_read(hdx_arena *arena, const char *kb_dir,
                                 const char *folder, helpdex_report *report,
                                 hdx_kb_files *out, helpdex_error *err)
{
    hdx_listing all;
    hdx_str dir = hdx_arena_format(arena, "%s/%s", kb_dir, folder);
    *out = (hdx_kb_files){.folder = folder};
    if (!dir.ptr)
        return hdx_fail_nomem(err);
    if (!hdx_dir_exists(dir.ptr))
        return HELPDEX_OK;
    helpdex_status status = hdx_dir_list(arena, dir.ptr, false, &all, err);
    if (status)
        return status;
    out->items = hdx_arena_alloc(arena, (all.count + 1) * sizeof *out->items);
    if (!out->items)
        return hdx_fail_nomem(err);
    for (size_t i = 0; i < all.count && !status; i++)
        status = read_file(arena, dir.ptr, &all.items[i], report, out, err);
    return status;
}

void hdx_kb_files_digest(const hdx_kb_files *files, struct sha256_ctx *context)
{
    for (size_t i = 0; i < files->count; i++) {
        hdx_digest_add(context, hdx_str_of(files->folder));
        hdx_digest_add(context, files->items[i].name);
        hdx_digest_add(context, files->items[i].text);
    }
}

helpdex_status hdx_kb_files_write(const hdx_kb_files *files, const char *draft,
                                  helpdex_error *err)
{
    hdx_arena arena = {0};
    hdx_str dir = hdx_arena_format(&arena, "%s/%s", draft, files->folder);
    helpdex_status status = HELPDEX_OK;
    if (files->count)
        status = dir.ptr ? hdx_dir_make(dir.ptr, err) : hdx_fail_nomem(err);
    for (size_t i = 0; i < files->count && !status; i++) {
        hdx_str path = hdx_arena_format(&arena, "%s/%s", dir.ptr,
                                        files->items[i].name.ptr);
        status = path.ptr ? hdx_file_write(path.ptr, files->items[i].text, err)
                          : hdx_fail_nomem(err);
    }
    hdx_arena_free(&arena);
    return status;
}
