/* Filling in a helpdex_error where a fault is detected. */
#ifndef HDX_ERROR_H
#define HDX_ERROR_H

#include <helpdex/error.h>

#include "base/str.h"

/*
 * Each writes `*err` (NULL is fine) and returns `status`, so that a function
 * can say `return hdx_fail(...)`. A message reads "what; try this".
 */
helpdex_status hdx_fail(helpdex_error *err, helpdex_status status,
                        const char *format, ...)
    __attribute__((format(printf, 3, 4)));

helpdex_status hdx_fail_at(helpdex_error *err, helpdex_status status,
                           const char *file, unsigned line, unsigned column,
                           const char *format, ...)
    __attribute__((format(printf, 6, 7)));

helpdex_status hdx_fail_nomem(helpdex_error *err);

#endif
