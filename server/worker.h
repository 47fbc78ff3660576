/*
 * A worker is a thread with an assistant and the connections that the door gave
 * it. It does one thing at a time, so that nothing here needs a lock but the
 * mail, by which other threads reach it between two requests.
 */
#ifndef HDX_SERVER_WORKER_H
#define HDX_SERVER_WORKER_H

#include <pthread.h>

#include "server/errand.h"
#include "server/exchange.h"
#include "server/gzip.h"
#include "server/kept.h"
#include "server/metrics.h"

typedef struct hdx_server hdx_server;

struct hdx_connection {
    hdx_worker *worker;
    hdx_connection *next, *before;
    hdx_address address;
    int fd;
    uint64_t deadline; /* by which it must have gone on; hdx_now_ns() */
    bool idle;         /* between two requests */
    bool finished;     /* the caller sends no more */
};

typedef struct hdx_arrival {
    int fd;
    struct sockaddr_storage address;
    socklen_t size;
} hdx_arrival;

/* What has come since the worker looked last. */
typedef struct hdx_mail {
    pthread_mutex_t lock;
    hdx_arrival *arrivals;
    size_t count, capacity;
    helpdex_assistant *assistant; /* NULL: no other */
    hdx_config *config;           /* NULL: no other */
    hdx_errand *errands;          /* that have come back */
    bool drain;                   /* connections end with their next answer */
    bool stop;
} hdx_mail;

struct hdx_worker {
    hdx_server *server;
    pthread_t thread;
    struct MHD_Daemon *daemon;
    int epoll;
    int wake; /* an eventfd: there is mail */
    hdx_mail mail;

    helpdex_assistant *assistant;
    hdx_config *config;
    bool draining;
    hdx_connection *connections;
    hdx_connection *arriving; /* the one that is being added */
    hdx_exchange *spare;
    size_t spare_count;
    hdx_exchange *waiting; /* for errands */
    hdx_arena scratch;
    uint64_t round; /* when the requests that are being answered were ready */
    uint64_t next_look; /* at deadlines */
    uint64_t ids;       /* state of the generator of request ids */
    hdx_buf log;        /* lines of this round */
    hdx_gzip gzip;
    hdx_kept kept;
    hdx_counters counters; /* others read them */
};

/* Starts the thread; it owns `assistant`. Errors: IO, NOMEM. */
helpdex_status hdx_worker_start(hdx_worker *worker, hdx_server *server,
                                helpdex_assistant *assistant,
                                hdx_config *config, helpdex_error *err);
/* For other threads: the worker gets the connection, or closes it. */
void hdx_worker_give(hdx_worker *worker, const hdx_arrival *arrival);
/* Gives back an assistant that it never took, or NULL. */
helpdex_assistant *hdx_worker_offer(hdx_worker *worker,
                                    helpdex_assistant *assistant);
/* For the threads of errands: the exchange goes on. Takes the errand. */
void hdx_worker_come_back(hdx_worker *worker, hdx_errand *errand);
void hdx_worker_configure(hdx_worker *worker, hdx_config *config);
void hdx_worker_drain(hdx_worker *worker);
/* Ends the thread and closes what is open. */
void hdx_worker_stop(hdx_worker *worker);

/* The pipeline of a request whose headers, and body if it has one, are there
   (server/pipeline.c): leaves the reply in the exchange. */
void hdx_pipeline_run(hdx_exchange *x);
/* Goes on with one whose errand has come back; its reply is there then. */
void hdx_pipeline_go_on(hdx_exchange *x, hdx_errand *errand);

#endif
