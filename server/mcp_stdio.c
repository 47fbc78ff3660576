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
#include "server/desk.h"
#include "server/log.h"
#include "server/mcp.h"
#include "server/route.h"

enum { BLOCK = 65536, CURRENT_MOST = 4096, PATH_TEXT = 4096 };

typedef struct session {
    const hdx_mcp_options *options;
    hdx_mcp_host host;
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

static void take_up(session *s, helpdex_assistant *assistant)
{
    s->host.assistant = assistant;
    s->host.searcher = helpdex_assistant_searcher(assistant);
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
    helpdex_assistant_free(s->host.assistant);
    take_up(s, assistant);
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
        if (hdx_mcp_answer(&s->host, message, &s->answer) != HDX_MCP_SILENT)
            send_answer(s);
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

/* Without a key the caller may read alone. */
static helpdex_status find_scopes(session *s, helpdex_error *err)
{
    hdx_desk *desk = s->host.desk;
    hdx_grant grant = {0};
    s->host.scopes = HDX_SCOPE_PUBLIC;
    if (!s->options->key)
        return HELPDEX_OK;
    if (!desk->keys)
        return hdx_fail(err, HELPDEX_INVALID,
                        "a key, and no file of keys; name it by --keys");
    helpdex_status status = hdx_keys_find(
        desk->keys, hdx_str_of(s->options->key), hdx_clock(), &grant, err);
    if (!status && !grant.scopes)
        return hdx_fail(err, HELPDEX_INVALID,
                        "$HELPDEX_KEY is no key, or revoked; see `helpdex key "
                        "list`");
    s->host.scopes = grant.scopes;
    return status;
}

static helpdex_status open_all(session *s, helpdex_error *err)
{
    const hdx_mcp_options *options = s->options;
    hdx_config *config;
    helpdex_assistant *assistant;
    helpdex_status status = hdx_config_read(options->config, &config, err);
    if (status)
        return status;
    status = hdx_desk_open(config, options->config, options->keys,
                           &s->host.desk, err);
    hdx_config_drop(config);
    if (!status)
        status = find_scopes(s, err);
    hdx_buf_add(&s->current, read_current(s));
    if (!status)
        status = helpdex_assistant_open(options->index_dir, &assistant, err);
    if (!status)
        take_up(s, assistant);
    return status;
}

helpdex_status hdx_mcp_run(const hdx_mcp_options *options, helpdex_error *err)
{
    session s = {.options = options, .host = {.reader = options->reader}};
    s.host.arena = &s.scratch;
    signal(SIGPIPE, SIG_IGN);
    helpdex_status status = open_all(&s, err);
    if (!status)
        status = serve(&s, err);
    helpdex_assistant_free(s.host.assistant);
    hdx_desk_close(s.host.desk);
    hdx_arena_free(&s.scratch);
    hdx_buf_free(&s.current);
    hdx_buf_free(&s.line);
    hdx_buf_free(&s.answer);
    return status;
}
