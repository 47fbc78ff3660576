/*
 * The HTTP server: listens, hands connections to its workers, and ends when it
 * is told to. It sees the library as any program does.
 */
#ifndef HDX_SERVER_H
#define HDX_SERVER_H

#include <stdbool.h>

#include <helpdex/error.h>

typedef struct hdx_server_options {
    const char *index_dir; /* unless the configuration names another */
    const char *listen;    /* before that of the configuration; NULL */
    const char *config;    /* a file; NULL: none */
    const char *keys;      /* likewise; NULL: helpdex.keys beside it */
} hdx_server_options;

/* Called once when connections are taken, with "127.0.0.1:8080". */
typedef void hdx_server_ready(void *context, const char *address);

/*
 * Serves until SIGTERM or SIGINT, then ends what has begun, within ten seconds.
 * SIGHUP reads the configuration again. Errors: INVALID (an address that is
 * none, or that others reach while there are no keys), BAD_INPUT (the
 * configuration), IO, and those of helpdex_searcher_open().
 */
helpdex_status hdx_server_run(const hdx_server_options *options,
                              hdx_server_ready *ready, void *context,
                              helpdex_error *err);

#endif
