/* What the threads of a server share. */
#ifndef HDX_SERVER_STATE_H
#define HDX_SERVER_STATE_H

#include "server/bucket.h"
#include "server/desk.h"
#include "server/keeper.h"
#include "server/worker.h"

enum { HDX_CONDITION_TEXT = 600 };

/* How the index that serves stands; read and written under the lock. */
typedef struct hdx_condition {
    pthread_mutex_t lock;
    char generation[256];
    char degraded[HDX_CONDITION_TEXT]; /* why no newer one serves; "": all is
                                          well */
    uint64_t swaps;
} hdx_condition;

struct hdx_server {
    char *index_dir;
    hdx_worker *workers;
    unsigned count;
    atomic_uint connections;
    atomic_bool draining;
    int empty; /* an eventfd: the last connection has ended, while draining */
    hdx_condition condition;
    hdx_keeper keeper;
    hdx_limiter limiter;
    hdx_desk *desk;
    hdx_counter turned_away; /* connections above the limit */
    hdx_buf openapi;
    int64_t started; /* hdx_clock() */
};

/* A connection that was counted has ended. */
void hdx_server_leave(hdx_server *server);

#endif
