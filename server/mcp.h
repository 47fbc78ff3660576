/*
 * The Model Context Protocol, by which the tools of language models reach the
 * help centre: a message in, its answer out, whatever carries them
 * (server/mcp_stdio.c, server/handle_mcp.c). Nothing is kept between two
 * messages, so that any thread can answer any of them. It reads the index, and
 * what changes anything elsewhere is a tool with scopes of its own.
 */
#ifndef HDX_SERVER_MCP_H
#define HDX_SERVER_MCP_H

#include <helpdex/decide.h>
#include <helpdex/handoff.h>
#include <helpdex/search.h>

#include "base/arena.h"

/* Who reads, where a call does not say. All may be NULL. */
typedef struct hdx_mcp_reader {
    const char *locale;
    const char *region;
    const char *platform;
    const char *app_version;
} hdx_mcp_reader;

/* Whoever converses, and where handoffs go. */
typedef struct hdx_mcp_desk {
    helpdex_assistant *assistant; /* NULL: there are no tools that converse */
    helpdex_outbox *outbox;       /* NULL: packets are given to the caller */
    const void *key;              /* signs sessions; NULL: there are none */
    size_t key_size;
} hdx_mcp_desk;

/* What a message is answered with. */
typedef struct hdx_mcp_host {
    helpdex_searcher *searcher;
    hdx_mcp_desk desk;
    hdx_arena *arena; /* scratch, for the time of one message */
    hdx_mcp_reader reader;
    unsigned scopes; /* of the caller, HDX_SCOPE_... */
    bool queued;     /* out: something was put into the outbox */
    hdx_str note;    /* out, in the arena: what was asked; not redacted yet */
} hdx_mcp_host;

typedef enum hdx_mcp_outcome {
    HDX_MCP_ANSWERED,
    HDX_MCP_SILENT,   /* notifications get no answer */
    HDX_MCP_MALFORMED /* what came is no message; the answer says so */
} hdx_mcp_outcome;

enum { HDX_MCP_MESSAGE_MOST = 1024 * 1024 /* bytes */ };

/* Adds the answer, one line of JSON, to `out`; its `failed` says that memory
   ran out. Any bytes may come in. */
hdx_mcp_outcome hdx_mcp_answer(hdx_mcp_host *host, hdx_str message,
                               hdx_buf *out);

/* Adds the refusal of a message that nobody has read. */
void hdx_mcp_refuse_unread(hdx_buf *out, const char *why);

/* Whether a version of the protocol is spoken here. */
bool hdx_mcp_speaks(const char *version);

typedef struct hdx_mcp_options {
    const char *index_dir;
    hdx_mcp_reader reader;
    const char *config;      /* of handoffs, docs/handoff.md; NULL: none */
    const char *keys;        /* the file of keys; NULL: none */
    const char *key;         /* the caller's; NULL: the public's */
    const char *session_key; /* NULL: sessions end with the process */
} hdx_mcp_options;

/*
 * Answers messages of standard input, a line each, on standard output, until
 * it ends. Takes up each new generation of the index. Errors: IO (of standard
 * input), INVALID (the key is none), and those of helpdex_assistant_open(),
 * helpdex_handoff_config_read(), helpdex_outbox_open() and hdx_keys_open().
 */
helpdex_status hdx_mcp_run(const hdx_mcp_options *options, helpdex_error *err);

#endif
