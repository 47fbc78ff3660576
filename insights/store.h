/*
 * The seam between the journal and what it is written to. A store is used by
 * one thread at a time; every call leaves it fit for the next, whatever failed.
 */
#ifndef HDX_EVENT_STORE_H
#define HDX_EVENT_STORE_H

#include "insights/event.h"

typedef struct hdx_store hdx_store;

/* Each implementation begins its own struct with this one. */
struct hdx_store {
    /* All of them or none, in one transaction. Those whose `id` is there
       already are left out. With `lasting` they outlive a loss of power. */
    helpdex_status (*write)(hdx_store *store, hdx_event *const *events,
                            size_t count, bool lasting, helpdex_error *err);
    void (*free)(hdx_store *store);
};

/* By what `where` is: a URL of PostgreSQL, else a file of SQLite. */
helpdex_status hdx_store_open(const char *where, hdx_store **out,
                              helpdex_error *err);

/* Make or bring up to date the tables. `*out` is NULL on failure. */
helpdex_status hdx_store_open_sqlite(const char *path, hdx_store **out,
                                     helpdex_error *err);
helpdex_status hdx_store_open_postgres(const char *url, hdx_store **out,
                                       helpdex_error *err);

#endif
