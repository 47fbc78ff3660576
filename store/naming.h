/* The names of generations: eight digits, a hyphen, sixteen of the digest. */
#ifndef HDX_NAMING_H
#define HDX_NAMING_H

#include "base/arena.h"

bool hdx_name_is_generation(hdx_str name);

/* Its number; the newest generation has the highest. */
uint64_t hdx_name_number(hdx_str name);

/* The name for a manifest; `ptr` is NULL when memory is out. */
hdx_str hdx_name_make(hdx_arena *arena, uint64_t number, hdx_str manifest);

/* Whether the last part of a path is the name for this manifest. */
bool hdx_name_vouches(hdx_str path, hdx_str manifest);

#endif
