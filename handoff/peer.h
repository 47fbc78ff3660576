/* Reading a target or a flow of a configuration. */
#ifndef HDX_PEER_H
#define HDX_PEER_H

#include "handoff/config.h"
#include "handoff/value.h"

/* `at` is its map, below its name. Errors: BAD_INPUT. */
helpdex_status hdx_peer_read(const hdx_value_reader *r, const hdx_yaml *at,
                             bool flow, hdx_peer *out);

#endif
