/* Reading the files of a folder one after the other. */
#include "store/folder.h"

#include "base/file.h"

enum { FILE_LIMIT = 1 << 20 };

helpdex_status hdx_folder_read(hdx_arena *arena, const char *generation,
                               const char *folder, hdx_folder_reader *read,
                               void *context, helpdex_error *err)
{
    hdx_listing files;
    hdx_str dir = hdx_arena_format(arena, "%s/%s", generation, folder);
    if (!dir.ptr)
        return hdx_fail_nomem(err);
    if (!hdx_dir_exists(dir.ptr))
        return HELPDEX_OK;
    helpdex_status status = hdx_dir_list(arena, dir.ptr, false, &files, err);
    for (size_t i = 0; !status && i < files.count; i++) {
        const char *name = files.items[i].path.ptr;
        hdx_str path = hdx_arena_format(arena, "%s/%s", dir.ptr, name);
        hdx_str text;
        if (!path.ptr)
            return hdx_fail_nomem(err);
        status = hdx_file_read(arena, path.ptr, FILE_LIMIT, &text, err);
        if (!status)
            status = read(context, text, path.ptr, name, err);
    }
    return status;
}
