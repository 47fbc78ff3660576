/*
 * The memory pool: chunks of growing size, each served from front to back. It
 * does not know what it holds and never runs a destructor.
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct hdx_arena_chunk {
    hdx_arena_chunk *older;
    size_t size;
    alignas(max_align_t) char bytes[];
};

enum { CHUNK_FIRST = 4096, CHUNK_LARGEST = 1 << 20 };

static int add_chunk(hdx_arena *arena, size_t at_least)
{
    size_t size = arena->chunks ? arena->chunks->size * 2 : CHUNK_FIRST;
    if (size > CHUNK_LARGEST)
        size = CHUNK_LARGEST;
    if (size < at_least)
        size = at_least;
    hdx_arena_chunk *chunk = malloc(sizeof *chunk + size);
    if (!chunk)
        return 0;
    chunk->older = arena->chunks;
    chunk->size = size;
    arena->chunks = chunk;
    arena->next = chunk->bytes;
    arena->left = size;
    return 1;
}

void *hdx_arena_alloc(hdx_arena *arena, size_t size)
{
    size_t rounded =
        (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (rounded < size)
        return NULL;
    if (rounded > arena->left && !add_chunk(arena, rounded))
        return NULL;
    void *p = arena->next;
    arena->next += rounded;
    arena->left -= rounded;
    arena->bytes += rounded;
    return memset(p, 0, rounded);
}

hdx_str hdx_arena_copy(hdx_arena *arena, hdx_str text)
{
    char *copy = hdx_arena_alloc(arena, text.len + 1);
    if (!copy)
        return (hdx_str){NULL, 0};
    if (text.len)
        memcpy(copy, text.ptr, text.len);
    return (hdx_str){copy, text.len};
}

hdx_str hdx_arena_copy_line(hdx_arena *arena, hdx_str text)
{
    enum { DELETE = 0x7F };
    hdx_str copy = hdx_arena_copy(arena, hdx_str_trim(text));
    char *at = (char *)(uintptr_t)copy.ptr;
    for (size_t i = 0; at && i < copy.len; i++)
        if ((unsigned char)at[i] < ' ' || at[i] == DELETE)
            at[i] = ' ';
    return copy;
}

hdx_str hdx_arena_format(hdx_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = len < 0 ? NULL : hdx_arena_alloc(arena, (size_t)len + 1);
    if (!text)
        return (hdx_str){NULL, 0};
    va_start(args, format);
    vsnprintf(text, (size_t)len + 1, format, args);
    va_end(args);
    return (hdx_str){text, (size_t)len};
}

void hdx_arena_reset(hdx_arena *arena)
{
    hdx_arena_chunk *kept = arena->chunks;
    if (!kept)
        return;
    arena->chunks = kept->older;
    hdx_arena_free(arena);
    kept->older = NULL;
    *arena =
        (hdx_arena){.chunks = kept, .next = kept->bytes, .left = kept->size};
}

void hdx_arena_free(hdx_arena *arena)
{
    for (hdx_arena_chunk *chunk = arena->chunks, *older; chunk; chunk = older) {
        older = chunk->older;
        free(chunk);
    }
    *arena = (hdx_arena){0};
}
