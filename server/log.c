/* Lines of the log. */
#include "server/log.h"

#include <helpdex/journal.h>

#include <stdio.h>
#include <unistd.h>

static void add_time(hdx_json *json)
{
    char text[40];
    struct timespec now;
    struct tm parts;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    size_t len = strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(text + len, sizeof text - len, ".%03ldZ", now.tv_nsec / 1000000);
    hdx_json_text(json, "time", text);
}

static void write_all(hdx_str bytes)
{
    while (bytes.len) {
        ssize_t written = write(STDERR_FILENO, bytes.ptr, bytes.len);
        if (written <= 0)
            return; /* nobody reads it, and nothing else can be told */
        bytes.ptr += written;
        bytes.len -= (size_t)written;
    }
}

void hdx_log_event(const char *level, const char *event, const char *detail)
{
    hdx_buf line = {0};
    hdx_json json = {.out = &line};
    hdx_json_object(&json, NULL);
    add_time(&json);
    hdx_json_text(&json, "level", level);
    hdx_json_text(&json, "event", event);
    if (detail)
        hdx_json_text(&json, "detail", detail);
    hdx_json_end_object(&json);
    hdx_buf_byte(&line, '\n');
    if (!line.failed)
        write_all(hdx_buf_str(&line));
    hdx_buf_free(&line);
}

static void add_question(hdx_json *json, hdx_str question)
{
    helpdex_redaction *redaction;
    if (helpdex_redact(question.ptr, question.len, &redaction, NULL))
        return;
    hdx_json_text(json, "query", helpdex_redaction_text(redaction));
    helpdex_redaction_free(redaction);
}

void hdx_log_request(hdx_exchange *x, uint64_t ns)
{
    char client[HDX_ADDRESS_TEXT];
    hdx_json json = {.out = &x->worker->log};
    if (!x->config->log_requests)
        return;
    hdx_address_write_short(&x->client, client);
    hdx_json_object(&json, NULL);
    add_time(&json);
    hdx_json_text(&json, "level", x->reply.status < 500 ? "info" : "error");
    hdx_json_text(&json, "event", "request");
    hdx_json_text(&json, "request", x->id);
    hdx_json_text(&json, "method", x->method);
    hdx_json_text(&json, "route", x->route ? x->route->path : NULL);
    hdx_json_count(&json, "status", x->reply.status);
    hdx_json_count(&json, "us", ns / 1000);
    hdx_json_count(&json, "bytes", x->reply.body.len);
    hdx_json_text(&json, "client", client);
    if (x->note.ptr && x->config->log_queries)
        add_question(&json, x->note);
    hdx_json_end_object(&json);
    hdx_buf_byte(&x->worker->log, '\n');
}

void hdx_log_flush(hdx_worker *worker)
{
    if (!worker->log.failed && worker->log.len)
        write_all(hdx_buf_str(&worker->log));
    if (worker->log.failed)
        hdx_buf_free(&worker->log);
    worker->log.len = 0;
}
