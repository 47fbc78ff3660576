/*
 * For whom a text is meant. A list has one region or platform a line; "-XX"
 * leaves one out. Case does not matter.
 */
#ifndef HDX_AUDIENCE_H
#define HDX_AUDIENCE_H

#include "base/str.h"

/* Whether a reader of `who` may see it: the list is empty, or names them, or
   only names others to leave out. A reader of whom nothing is known (NULL) may
   see all. */
bool hdx_audience_admits(hdx_str list, const char *who);

/* Whether it is meant for `who` by name. */
bool hdx_audience_names(hdx_str list, const char *who);

#endif
