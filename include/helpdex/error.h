/*
 * Statuses, and the error that every fallible call can fill in. The error
 * lives on the caller's stack; the library keeps no last error, prints
 * nothing, and never exits or aborts: running out of memory is an error like
 * any other.
 *
 * Contracts in these headers have four labels. Ownership says who frees,
 * Errors which statuses a caller can meet (HELPDEX_NOMEM is always possible
 * where a status is returned, and is not repeated), Threads what may run at
 * the same time, Cost what grows with what.
 */
#ifndef HELPDEX_ERROR_H
#define HELPDEX_ERROR_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define HELPDEX_API __attribute__((visibility("default")))

typedef enum helpdex_status {
    HELPDEX_OK = 0,
    HELPDEX_INVALID,      /* an argument is outside what the call takes */
    HELPDEX_BAD_INPUT,    /* a file does not hold what it should */
    HELPDEX_NOT_FOUND,    /* no such file, folder, index or locale */
    HELPDEX_IO,           /* the system refused to read or write */
    HELPDEX_IN_USE,       /* another process is writing this index */
    HELPDEX_INCOMPATIBLE, /* index of another schema, analyser or ICU */
    HELPDEX_DAMAGED,      /* bytes of the index are not those written */
    HELPDEX_STORE,        /* the search engine below failed */
    HELPDEX_NOMEM         /* out of memory */
} helpdex_status;

/* What went wrong and where. `message` reads "what; try this". */
typedef struct helpdex_error {
    helpdex_status status;
    unsigned line;   /* from 1; 0 when there is none */
    unsigned column; /* in code points from 1; 0 when there is none */
    char file[512];  /* empty when no file is to blame */
    char message[512];
} helpdex_error;

/**
 * The lower-case name of a status, such as "bad input".
 *
 * Ownership: borrowed; lives as long as the library.
 * Errors: none; an unknown value gives "unknown status".
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API const char *helpdex_status_name(helpdex_status status);

/**
 * The version of the library, such as "0.1.0".
 *
 * Ownership: borrowed; lives as long as the library.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API const char *helpdex_version(void);

/**
 * Write an error as one line, "file:line:column: what; try this".
 *
 * Parts that are not known are left out, and control characters become '?'.
 * The line has no final newline, is always terminated, and is cut to `size`
 * bytes.
 *
 * Ownership: `err` is read, `buffer` is the caller's.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 *
 * Returns the length of the whole line, as snprintf does.
 */
HELPDEX_API size_t helpdex_error_format(const helpdex_error *err, char *buffer,
                                        size_t size);

#ifdef __cplusplus
}
#endif

#endif
