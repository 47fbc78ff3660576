/*
 * The keeper is a thread that sees when another generation of the index is
 * published, opens it while the old one answers, and hands it to the workers.
 * What cannot be read changes nothing but what /readyz says.
 */
#ifndef HDX_SERVER_KEEPER_H
#define HDX_SERVER_KEEPER_H

#include <pthread.h>
#include <stdbool.h>

#include <helpdex/decide.h>

typedef struct hdx_server hdx_server;

enum { HDX_CURRENT_TEXT = 256 };

typedef struct hdx_keeper {
    pthread_t thread;
    int changes; /* inotify; -1: the system has none, time has to do */
    int wake;    /* an eventfd: something to free, or the end */
    int folder;  /* watch of the index */
    int above;   /* of the folder that it is in: it may be exchanged whole */
    char tried[HDX_CURRENT_TEXT]; /* what CURRENT said when it was read last */
    pthread_mutex_t lock;         /* of what follows */
    helpdex_assistant **retired;
    size_t count, capacity;
    bool stop;
} hdx_keeper;

/*
 * Opens the index once for each worker, all of one generation. `opened` has
 * room for them; on failure it holds none. Errors: as of
 * helpdex_assistant_open().
 */
helpdex_status hdx_keeper_open(hdx_server *server, helpdex_assistant **opened,
                               helpdex_error *err);

helpdex_status hdx_keeper_start(hdx_server *server, helpdex_error *err);
/* Ends the thread; assistants can still be retired. */
void hdx_keeper_stop(hdx_server *server);
void hdx_keeper_close(hdx_server *server);

/* Takes an assistant that a worker has done with, to be freed off its thread. */
void hdx_keeper_retire(hdx_server *server, helpdex_assistant *assistant);

#endif
