/*
 * A memory pool: many small allocations, one release. It never gives single
 * allocations back. A zeroed arena is an empty one.
 */
#ifndef HDX_ARENA_H
#define HDX_ARENA_H

#include <stddef.h>

#include "base/str.h"

typedef struct hdx_arena_chunk hdx_arena_chunk;

typedef struct hdx_arena {
    hdx_arena_chunk *chunks; /* newest first */
    char *next;
    size_t left;
    size_t bytes; /* handed out so far */
} hdx_arena;

/* Zeroed bytes aligned for any type; NULL when memory is out. */
void *hdx_arena_alloc(hdx_arena *arena, size_t size);

/* A copy of `text` with a NUL behind it; its `ptr` is NULL when memory is out. */
hdx_str hdx_arena_copy(hdx_arena *arena, hdx_str text);

/* The same without white space at the ends, control characters as spaces. */
hdx_str hdx_arena_copy_line(hdx_arena *arena, hdx_str text);

/* A formatted string; `ptr` is NULL when memory is out. */
hdx_str hdx_arena_format(hdx_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Takes everything back but the newest chunk, to be filled again. */
void hdx_arena_reset(hdx_arena *arena);

/* Releases everything; the arena is empty and can be used again. */
void hdx_arena_free(hdx_arena *arena);

#endif
