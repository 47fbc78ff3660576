/* The packs of `locales/`, put into the library at build time. */
#ifndef HDX_BUILTIN_H
#define HDX_BUILTIN_H

#include <stddef.h>

typedef struct hdx_builtin_pack {
    const char *tag;
    const unsigned char *text;
    size_t size;
} hdx_builtin_pack;

/* In bytewise order of tags; made by cmake/EmbedPacks.cmake. */
extern const hdx_builtin_pack hdx_builtin_packs[];
extern const size_t hdx_builtin_pack_count;

#endif
