/* A known issue, inside of an answer. */
#ifndef HDX_PRESENT_BANNER_H
#define HDX_PRESENT_BANNER_H

#include <helpdex/search.h>

#include "base/json.h"

void hdx_present_banner(hdx_json *json, const helpdex_banner *banner);

#endif
