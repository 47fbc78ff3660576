/* Exports are read as a whole: a place in them is a line and a column. */
#include "importer/intake.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

enum { EXPORT_LIMIT = 512 << 20 };

void hdx_intake_free(hdx_intake *in)
{
    free(in->findings);
    hdx_arena_free(&in->arena);
}

helpdex_status hdx_intake_say(hdx_intake *in, helpdex_severity severity,
                              hdx_place place, helpdex_error *err,
                              const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    hdx_str cut = hdx_str_of(text);
    if (hdx_utf8_check(cut) != SIZE_MAX) /* cut inside a character */
        cut.len = hdx_utf8_check(cut);
    hdx_str message = hdx_arena_format(&in->arena, "%.*s%s", HDX_FMT(cut),
                                       len < (int)sizeof text ? "" : "...");
    if (!message.ptr || !hdx_grow(&in->findings, &in->finding_capacity,
                                  in->finding_count + 1, sizeof *in->findings))
        return hdx_fail_nomem(err);
    in->findings[in->finding_count++] =
        (helpdex_finding){.severity = severity,
                          .file = place.file,
                          .line = place.line,
                          .column = place.column,
                          .message = message.ptr};
    in->refused = in->refused || severity == HELPDEX_ERROR;
    return HELPDEX_OK;
}

/* The first byte that is no text, or SIZE_MAX. A NUL would end a text of JSON
   early, unseen. */
static size_t find_bad_byte(hdx_str text)
{
    const char *nul = text.len ? memchr(text.ptr, '\0', text.len) : NULL;
    size_t bad = hdx_utf8_check(text);
    size_t at = nul ? (size_t)(nul - text.ptr) : SIZE_MAX;
    return at < bad ? at : bad;
}

helpdex_status hdx_intake_text(hdx_intake *in, const char *path, hdx_str *out,
                               helpdex_error *err)
{
    const hdx_str mark = HDX_STR("\xEF\xBB\xBF");
    hdx_place place = {.file = path};
    helpdex_error fault;
    hdx_str text;
    *out = (hdx_str){NULL, 0};
    helpdex_status status =
        hdx_file_read(&in->arena, path, EXPORT_LIMIT, &text, &fault);
    if (status == HELPDEX_NOMEM)
        return hdx_fail_nomem(err);
    if (status)
        return hdx_intake_say(in, HELPDEX_ERROR, place, err, "%s",
                              fault.message);
    if (hdx_str_starts(text, mark))
        text = (hdx_str){text.ptr + mark.len, text.len - mark.len};
    size_t bad = find_bad_byte(text);
    if (bad != SIZE_MAX) {
        hdx_str_position(text, bad, &place.line, &place.column);
        return hdx_intake_say(in, HELPDEX_ERROR, place, err,
                              "byte 0x%02X is not text in UTF-8; export as "
                              "UTF-8",
                              (unsigned char)text.ptr[bad]);
    }
    if (hdx_str_trim(text).len == 0)
        return hdx_intake_say(in, HELPDEX_ERROR, place, err,
                              "the file is empty; export again");
    *out = text;
    return HELPDEX_OK;
}

bool hdx_path_ends(hdx_str path, const char *end)
{
    size_t len = strlen(end);
    return path.len > len &&
           hdx_str_eq_nocase((hdx_str){path.ptr + path.len - len, len},
                             hdx_str_of(end));
}
