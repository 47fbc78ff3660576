/*
 * What every reader of exports has: memory, and what is to be said of the
 * files. A fault of a file is a finding; only memory ends the reading.
 */
#ifndef HDX_INTAKE_H
#define HDX_INTAKE_H

#include <helpdex/index.h>

#include "base/arena.h"
#include "base/error.h"

/* Where in an export something stands. */
typedef struct hdx_place {
    const char *file;
    unsigned line, column;
} hdx_place;

/* A zeroed intake is empty. */
typedef struct hdx_intake {
    hdx_arena arena;
    helpdex_finding *findings;
    size_t finding_count, finding_capacity;
    bool refused; /* an error is among the findings */
    bool failed;  /* memory was out once; what was read since is missing */
} hdx_intake;

void hdx_intake_free(hdx_intake *in);

/* Adds a finding; an error stops the writing, not the reading. */
helpdex_status hdx_intake_say(hdx_intake *in, helpdex_severity severity,
                              hdx_place place, helpdex_error *err,
                              const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* The text of an export, without its byte order mark; `ptr` is NULL after a
   finding that says why there is none. Errors: NOMEM. */
helpdex_status hdx_intake_text(hdx_intake *in, const char *path, hdx_str *out,
                               helpdex_error *err);

/* Whether a path ends so, in any case. */
bool hdx_path_ends(hdx_str path, const char *end);

#endif
