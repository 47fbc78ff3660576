/*
 * The OpenAPI 3.1 document: paths, parameters and scopes as the table of routes
 * has them, and the schemas of server/schemas.json.
 */
#ifndef HDX_SERVER_OPENAPI_H
#define HDX_SERVER_OPENAPI_H

#include "base/str.h"

/* server/schemas.json, from the build. */
extern const char hdx_schemas[];
extern const size_t hdx_schemas_size;

/* False when memory is out. */
bool hdx_openapi_write(hdx_buf *out);

#endif
