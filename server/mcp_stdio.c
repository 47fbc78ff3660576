/*
 * MCP on standard input and output: a message a line, an answer a line, one
 * after the other. A line that is too long is answered by an error and read
 * away; nothing that comes in ends the process but its end.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/random.h"
#include "server/keys.h"
#include "server/log.h"
#include "server/mcp.h"
#include "server/route.h"

enum { SESSION_KEY = 32, BLOCK = 65536, CURRENT_MOST = 4096, PATH_TEXT = 4096 };

typedef struct session {
    const hdx_mcp_options *options;
    hdx_mcp_host host;
    hdx_keys *keys;                 /* NULL: none */
    helpdex_handoff_config *config; /* likewise */
    char session_key[SESSION_KEY];  /* unless one was given */
    hdx_arena scratch;
    hdx_buf current; /* what CURRENT said when it was read last */
    hdx_buf line;    /* what has come of a message */
    bool skipping;   /* the rest of one that is too long */
    hdx_buf answer;
    bool closed; /* nobody reads answers any more */
} session;

/* What CURRENT says; empty when it cannot be read. */
static hdx_str read_current(session *s)
{
    char path[PATH_TEXT];
    hdx_str text = {0};
    snprintf(path, sizeof path, "%s/CURRENT", s->options->index_dir);
    if (hdx_file_read(&s->scratch, path, CURRENT_MOST, &text, NULL))
        return (hdx_str){0};
    return text;
}

/* Opens a generation that has been published since. When it cannot be opened,
   the one before goes on serving, and that is said once. */
static void renew(session *s)
{
    helpdex_assistant *assistant;
    helpdex_error err;
    char text[1024];
    hdx_str now = read_current(s);
    if (!now.len || hdx_str_eq(now, hdx_buf_str(&s->current)))
        return;
    s->current.len = 0;
    hdx_buf_add(&s->current, now);
    if (helpdex_assistant_open(s->options->index_dir, &assistant, &err)) {
        helpdex_error_format(&err, text, sizeof text);
        hdx_log_event("error", "degraded", text);
        return;
    }
    helpdex_assistant_free(s->host.desk.assistant);
    s->host.desk.assistant = assistant;
    s->host.searcher = helpdex_assistant_searcher(assistant);
}

/* What the key opens now: it may have been revoked. */
static helpdex_status check_key(session *s, helpdex_error *err)
{
    hdx_grant grant;
    s->host.scopes = HDX_SCOPE_PUBLIC;
    if (!s->keys)
        return HELPDEX_OK;
    helpdex_status status = hdx_keys_find(s->keys, hdx_str_of(s->options->key),
                                          hdx_clock(), &grant, err);
    if (!status && !grant.scopes)
        status = hdx_fail(err, HELPDEX_INVALID,
                          "the key is none that is live; make one by `helpdex "
                          "key create --scope agent`");
    if (!status)
        s->host.scopes |= grant.scopes;
    return status;
}

/* Sends what waits, once; the rest waits for the next time, or for a server. */
static void deliver(session *s)
{
    helpdex_delivered report;
    helpdex_error err;
    if (s->host.desk.outbox &&
        helpdex_outbox_deliver(s->host.desk.outbox, &report, &err))
        hdx_log_event("error", "outbox", err.message);
}

static void write_all(session *s, hdx_str bytes)
{
    while (bytes.len && !s->closed) {
        ssize_t count = write(STDOUT_FILENO, bytes.ptr, bytes.len);
        if (count < 0 && errno == EINTR)
            continue;
        s->closed = count < 0;
        if (count > 0)
            bytes = (hdx_str){bytes.ptr + count, bytes.len - (size_t)count};
    }
}

static void send_answer(session *s)
{
    hdx_buf_byte(&s->answer, '\n');
    if (s->answer.failed) {
        hdx_buf_free(&s->answer);
        write_all(s, HDX_STR("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{"
                             "\"code\":-32603,\"message\":\"out of memory\"}}"
                             "\n"));
        return;
    }
    write_all(s, hdx_buf_str(&s->answer));
}

static void answer_line(session *s)
{
    hdx_str message = hdx_str_trim(hdx_buf_str(&s->line));
    s->answer.len = 0;
    if (s->skipping || s->line.failed) {
        hdx_mcp_refuse_unread(&s->answer, "the message is too long; send less");
        send_answer(s);
    } else if (message.len) {
        renew(s);
        check_key(s, NULL);
        s->host.queued = false;
        if (hdx_mcp_answer(&s->host, message, &s->answer) != HDX_MCP_SILENT)
            send_answer(s);
        if (s->host.queued)
            deliver(s);
        hdx_arena_reset(&s->scratch);
    }
    if (s->line.capacity > BLOCK || s->line.failed)
        hdx_buf_free(&s->line);
    s->line.len = 0;
    s->skipping = false;
}

static void take(session *s, hdx_str block)
{
    while (block.len && !s->closed) {
        const char *end = memchr(block.ptr, '\n', block.len);
        size_t len = end ? (size_t)(end - block.ptr) : block.len;
        s->skipping |= s->line.len + len > HDX_MCP_MESSAGE_MOST;
        if (!s->skipping)
            hdx_buf_add(&s->line, (hdx_str){block.ptr, len});
        if (end)
            answer_line(s);
        len += end != NULL;
        block = (hdx_str){block.ptr + len, block.len - len};
    }
}

static helpdex_status serve(session *s, helpdex_error *err)
{
    static char block[BLOCK];
    while (!s->closed) {
        ssize_t count = read(STDIN_FILENO, block, sizeof block);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return hdx_fail(err, HELPDEX_IO,
                            "cannot read standard input: %s; start it from a "
                            "client of MCP",
                            strerror(errno));
        if (count == 0)
            break;
        take(s, (hdx_str){block, (size_t)count});
    }
    if (s->line.len || s->skipping)
        answer_line(s);
    return HELPDEX_OK;
}

static helpdex_status open_desk(session *s, helpdex_error *err)
{
    const hdx_mcp_options *options = s->options;
    hdx_mcp_desk *desk = &s->host.desk;
    helpdex_status status =
        options->session_key
            ? HELPDEX_OK
            : hdx_random(s->session_key, sizeof s->session_key, err);
    desk->key = options->session_key ? options->session_key : s->session_key;
    desk->key_size = options->session_key ? strlen(options->session_key)
                                          : sizeof s->session_key;
    if (!status && options->config)
        status = helpdex_handoff_config_read(options->config, &s->config, err);
    if (!status && s->config)
        status = helpdex_outbox_open(s->config, &desk->outbox, err);
    if (status == HELPDEX_INVALID && s->config) /* it has flows alone */
        status = HELPDEX_OK;
    if (!status)
        status =
            helpdex_assistant_open(options->index_dir, &desk->assistant, err);
    if (!status)
        s->host.searcher = helpdex_assistant_searcher(desk->assistant);
    return status;
}

static helpdex_status open_all(session *s, helpdex_error *err)
{
    const hdx_mcp_options *options = s->options;
    helpdex_status status = HELPDEX_OK;
    hdx_buf_add(&s->current, read_current(s));
    if (options->key && !options->keys)
        return hdx_fail(err, HELPDEX_INVALID,
                        "a key, and no file of keys; give --keys");
    if (options->key)
        status = hdx_keys_open(options->keys, &s->keys, err);
    if (!status)
        status = check_key(s, err);
    return status ? status : open_desk(s, err);
}

helpdex_status hdx_mcp_run(const hdx_mcp_options *options, helpdex_error *err)
{
    session s = {.options = options, .host = {.reader = options->reader}};
    s.host.arena = &s.scratch;
    signal(SIGPIPE, SIG_IGN);
    helpdex_status status = open_all(&s, err);
    if (!status)
        status = serve(&s, err);
    helpdex_assistant_free(s.host.desk.assistant);
    helpdex_outbox_free(s.host.desk.outbox);
    helpdex_handoff_config_free(s.config);
    hdx_keys_free(s.keys);
    hdx_arena_free(&s.scratch);
    hdx_buf_free(&s.current);
    hdx_buf_free(&s.line);
    hdx_buf_free(&s.answer);
    return status;
}
