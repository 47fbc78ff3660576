/* Names of files, made of what an export says. */
#ifndef HDX_NAMES_H
#define HDX_NAMES_H

#include "base/arena.h"

/*
 * A name for a file or folder: letters and digits of any script, hyphens. It
 * cannot lead out of its folder, and any file system takes it with an ending.
 * Empty when nothing is left; `ptr` is NULL when memory is out.
 */
hdx_str hdx_safe_name(hdx_arena *arena, hdx_str text);

#endif
