/*
 * What a server has beside the index: the key that signs conversations, the
 * flows that it may call, the outbox of handoffs with a thread that delivers
 * it, the journal, and the keys of callers. It is opened before the first
 * request and closed behind the last; any thread may use it.
 */
#ifndef HDX_SERVER_DESK_H
#define HDX_SERVER_DESK_H

#include <pthread.h>

#include <helpdex/handoff.h>
#include <helpdex/journal.h>

#include "server/config.h"
#include "server/keys.h"

typedef struct hdx_desk hdx_desk;

enum { HDX_MADE_KEY = 32 };

struct hdx_desk {
    unsigned char made[HDX_MADE_KEY]; /* a key that dies with the process */
    const void *session_key;
    size_t session_key_size;
    helpdex_handoff_config *handoff; /* NULL: no flow and no help desk */
    helpdex_outbox *outbox;          /* NULL: handoffs go to the caller alone */
    helpdex_journal *journal;        /* NULL: nothing is noted */
    hdx_keys *keys;                  /* NULL: there are none */
    atomic_bool keys_unread;         /* and that was said */
    atomic_bool unwritten;           /* likewise of the journal */
    struct hdx_errands *errands;     /* that call flows; NULL: none are known */
    pthread_t courier;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t news;
    bool delivering; /* the thread was started */
    bool waiting;    /* something was put */
    bool stop;
    bool stuck; /* a thread waits for a backend while the process ends */
};

/*
 * `config_path` is the file that `config` was read from (NULL: none),
 * `keys_path` that of keys (NULL: helpdex.keys beside it, if there is one).
 * `*out` is to be closed; NULL on failure. Errors: BAD_INPUT (sections handoff and flows, the
 * file of keys), INVALID (a variable of the environment that is not set), and
 * those of opening the outbox and the journal.
 */
helpdex_status hdx_desk_open(const hdx_config *config, const char *config_path,
                             const char *keys_path, hdx_desk **out,
                             helpdex_error *err);
/* Nothing comes back to workers any more. NULL is fine. */
void hdx_desk_end_errands(hdx_desk *desk);
/* Behind that. Waits ten seconds at most for a delivery that is on its way. NULL is fine. */
void hdx_desk_close(hdx_desk *desk);

/* Something was put into the outbox. */
void hdx_desk_deliver(hdx_desk *desk);

#endif
