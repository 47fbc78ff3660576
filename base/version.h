/*
 * Versions of a program as people write them, such as 4.2.1, and ranges of
 * them. A version that is written short stands for all that begin with it: 4.2
 * is neither less nor greater than 4.2.7.
 */
#ifndef HDX_VERSION_H
#define HDX_VERSION_H

#include "base/str.h"

enum { HDX_VERSION_PARTS = 4, HDX_VERSION_BOUNDS = 4 };

typedef struct hdx_version {
    uint32_t parts[HDX_VERSION_PARTS];
    size_t count; /* of parts, at least one */
} hdx_version;

typedef struct hdx_version_bound {
    bool less, equal, greater; /* what a version may be to `than` */
    hdx_version than;
} hdx_version_bound;

/* Those within all bounds; all versions without any. */
typedef struct hdx_version_range {
    hdx_version_bound bounds[HDX_VERSION_BOUNDS];
    size_t count;
} hdx_version_range;

/*
 * Reads numbers with dots between them; what follows the fourth, or is no
 * number, is stepped over, as in `4.2.1-beta`. False: it begins with none.
 */
bool hdx_version_read(hdx_str text, hdx_version *out);

/* Reads bounds with spaces between them, such as `>=4.2 <5`; a bound without a
   sign is `=`. False: it is no such text. */
bool hdx_version_range_read(hdx_str text, hdx_version_range *out);

bool hdx_version_range_has(const hdx_version_range *range,
                           const hdx_version *version);

#endif
