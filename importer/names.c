/* A name is a slug without what some system trips over. */
#include "importer/names.h"

#include "text/character.h"

/* In bytes: any file system takes 255. */
enum { NAME_LIMIT = 80 };

/* Names that some systems keep for devices. */
static bool is_reserved(hdx_str name)
{
    static const char *const whole[] = {"con", "prn", "aux", "nul"};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (hdx_str_eq_nocase(name, hdx_str_of(whole[i])))
            return true;
    hdx_str start = {name.ptr, 3};
    return name.len == 4 && name.ptr[3] >= '0' && name.ptr[3] <= '9' &&
           (hdx_str_eq_nocase(start, HDX_STR("com")) ||
            hdx_str_eq_nocase(start, HDX_STR("lpt")));
}

/* In place: "a & b" has left two hyphens. */
static hdx_str single_hyphens(hdx_str name)
{
    char *bytes = (char *)(uintptr_t)name.ptr;
    size_t len = 0;
    for (size_t i = 0; i < name.len; i++)
        if (bytes[i] != '-' || len == 0 || bytes[len - 1] != '-')
            bytes[len++] = bytes[i];
    return (hdx_str){bytes, len};
}

hdx_str hdx_safe_name(hdx_arena *arena, hdx_str text)
{
    hdx_str name = hdx_slug(arena, text);
    if (!name.ptr)
        return name;
    name = hdx_utf8_cut(single_hyphens(name), NAME_LIMIT);
    while (name.len && strchr("-_", name.ptr[0]))
        name = (hdx_str){name.ptr + 1, name.len - 1};
    while (name.len && strchr("-_", name.ptr[name.len - 1]))
        name.len--;
    return is_reserved(name)
               ? hdx_arena_format(arena, "%.*s-article", HDX_FMT(name))
               : name;
}
