/* Bytes that nobody can guess, of the system. */
#ifndef HDX_RANDOM_H
#define HDX_RANDOM_H

#include "base/error.h"

/* Errors: IO. */
helpdex_status hdx_random(void *bytes, size_t count, helpdex_error *err);

#endif
