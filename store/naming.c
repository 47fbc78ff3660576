/*
 * Names that vouch for what is inside: whoever holds a generation's name can
 * check its manifest, and with it every file.
 */
#include "store/naming.h"

#include <inttypes.h>

#include "base/digest.h"

enum { NUMBER_DIGITS = 8, DIGEST_DIGITS = 16, NAME_SIZE = 8 + 1 + 16 };

static bool all_of(hdx_str text, const char *allowed)
{
    for (size_t i = 0; i < text.len; i++)
        if (!text.ptr[i] || !strchr(allowed, text.ptr[i]))
            return false;
    return true;
}

bool hdx_name_is_generation(hdx_str name)
{
    return name.len == NAME_SIZE && name.ptr[NUMBER_DIGITS] == '-' &&
           all_of((hdx_str){name.ptr, NUMBER_DIGITS}, "0123456789") &&
           all_of((hdx_str){name.ptr + NUMBER_DIGITS + 1, DIGEST_DIGITS},
                  "0123456789abcdef");
}

uint64_t hdx_name_number(hdx_str name)
{
    uint64_t number = 0;
    for (size_t i = 0; i < NUMBER_DIGITS; i++)
        number = number * 10 + (uint64_t)(name.ptr[i] - '0');
    return number;
}

hdx_str hdx_name_make(hdx_arena *arena, uint64_t number, hdx_str manifest)
{
    hdx_digest digest = hdx_digest_of(manifest);
    return hdx_arena_format(arena, "%0*" PRIu64 "-%.*s", (int)NUMBER_DIGITS,
                            number, (int)DIGEST_DIGITS, digest.hex);
}

bool hdx_name_vouches(hdx_str path, hdx_str manifest)
{
    if (path.len < NAME_SIZE)
        return false;
    hdx_str name = {path.ptr + path.len - NAME_SIZE, NAME_SIZE};
    hdx_digest digest = hdx_digest_of(manifest);
    return hdx_name_is_generation(name) &&
           memcmp(name.ptr + NUMBER_DIGITS + 1, digest.hex, DIGEST_DIGITS) == 0;
}
