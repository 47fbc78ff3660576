/*
 * Statuses and errors. Messages are written once, where the fault is found,
 * and passed up unchanged.
 */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

const char *helpdex_status_name(helpdex_status status)
{
    static const char *const names[] = {
        [HELPDEX_OK] = "ok",
        [HELPDEX_INVALID] = "invalid argument",
        [HELPDEX_BAD_INPUT] = "bad input",
        [HELPDEX_NOT_FOUND] = "not found",
        [HELPDEX_IO] = "input/output error",
        [HELPDEX_IN_USE] = "in use",
        [HELPDEX_INCOMPATIBLE] = "incompatible",
        [HELPDEX_DAMAGED] = "damaged",
        [HELPDEX_STORE] = "search engine error",
        [HELPDEX_NOMEM] = "out of memory",
    };
    size_t at = (size_t)status;
    return at < sizeof names / sizeof *names ? names[at] : "unknown status";
}

const char *helpdex_version(void)
{
    return HELPDEX_VERSION;
}

/* Ends `text` before a code point that the buffer's end has cut. */
static void end_between_code_points(char *text)
{
    size_t len = strlen(text);
    size_t valid = hdx_utf8_check((hdx_str){text, len});
    if (valid < len && len - valid < 4)
        text[valid] = '\0';
}

static void fill(helpdex_error *err, helpdex_status status, const char *file,
                 unsigned line, unsigned column, const char *format,
                 va_list args)
{
    if (!err)
        return;
    helpdex_error made = {.status = status, .line = line, .column = column};
    snprintf(made.file, sizeof made.file, "%s", file ? file : "");
    vsnprintf(made.message, sizeof made.message, format, args);
    end_between_code_points(made.file);
    end_between_code_points(made.message);
    *err = made;
}

helpdex_status hdx_fail(helpdex_error *err, helpdex_status status,
                        const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fill(err, status, NULL, 0, 0, format, args);
    va_end(args);
    return status;
}

helpdex_status hdx_fail_at(helpdex_error *err, helpdex_status status,
                           const char *file, unsigned line, unsigned column,
                           const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fill(err, status, file, line, column, format, args);
    va_end(args);
    return status;
}

helpdex_status hdx_fail_nomem(helpdex_error *err)
{
    return hdx_fail(err, HELPDEX_NOMEM,
                    "out of memory; close other programs or add memory");
}

size_t helpdex_error_format(const helpdex_error *err, char *buffer, size_t size)
{
    char place[32] = "";
    if (err->line && err->column)
        snprintf(place, sizeof place, ":%u:%u", err->line, err->column);
    else if (err->line)
        snprintf(place, sizeof place, ":%u", err->line);
    int len =
        snprintf(buffer, size, "%s%s%s%s", err->file, err->file[0] ? place : "",
                 err->file[0] ? ": " : "", err->message);
    /* A file's name may hold line ends and terminal sequences. */
    for (size_t i = 0; i + 1 < size && buffer[i]; i++)
        if ((unsigned char)buffer[i] < ' ' || buffer[i] == 0x7F)
            buffer[i] = '?';
    return len < 0 ? 0 : (size_t)len;
}
