/* Reading rows; what a row means is the caller's to say. */
#include "eval/table.h"

#include "base/file.h"

enum { LARGEST_FILE = 1 << 26 };

/* The first byte that is no text, or SIZE_MAX. */
static size_t find_bad_byte(hdx_str text)
{
    const char *nul = text.len ? memchr(text.ptr, '\0', text.len) : NULL;
    size_t bad = hdx_utf8_check(text);
    if (nul && (size_t)(nul - text.ptr) < bad)
        bad = (size_t)(nul - text.ptr);
    return bad;
}

helpdex_status hdx_table_open(hdx_arena *arena, const char *path,
                              hdx_table *out, helpdex_error *err)
{
    const hdx_str mark = HDX_STR("\xEF\xBB\xBF");
    unsigned line, column;
    hdx_str text;
    helpdex_status status =
        hdx_file_read(arena, path, LARGEST_FILE, &text, err);
    if (status)
        return status;
    size_t bad = find_bad_byte(text);
    if (bad != SIZE_MAX) {
        hdx_str_position(text, bad, &line, &column);
        return hdx_fail_at(err, HELPDEX_BAD_INPUT, path, line, column,
                           "byte 0x%02X is not text in UTF-8; save the file "
                           "as UTF-8",
                           (unsigned char)text.ptr[bad]);
    }
    if (hdx_str_starts(text, mark))
        text = (hdx_str){text.ptr + mark.len, text.len - mark.len};
    *out = (hdx_table){.file = path, .rest = text};
    return HELPDEX_OK;
}

bool hdx_table_next(hdx_table *table)
{
    while (hdx_str_line(&table->rest, &table->row)) {
        table->line++;
        if (hdx_str_trim(table->row).len)
            return true;
    }
    return false;
}

size_t hdx_table_lines_left(const hdx_table *table)
{
    hdx_str rest = table->rest, line;
    size_t count = 0;
    while (hdx_str_line(&rest, &line))
        count++;
    return count;
}

helpdex_status hdx_table_fault(const hdx_table *table, const char *at,
                               const char *message, helpdex_error *err)
{
    unsigned row, column;
    hdx_str_position(table->row, (size_t)(at - table->row.ptr), &row, &column);
    return hdx_fail_at(err, HELPDEX_BAD_INPUT, table->file, table->line, column,
                       "%s", message);
}
