/* Parts stand at multiples of eight, with zeros between. */
#include "store/parts.h"

enum { ALIGNMENT = 8 };

static uint64_t padding(uint64_t size)
{
    return (ALIGNMENT - size % ALIGNMENT) % ALIGNMENT;
}

/* What the file is made of, in order; returns how many pieces. */
static size_t list_pieces(hdx_str header, const hdx_part *parts, size_t count,
                          hdx_str out[2 * (HDX_PARTS_MOST + 1)])
{
    static const char zeros[ALIGNMENT];
    size_t made = 0;
    out[made++] = header;
    out[made++] = (hdx_str){zeros, padding(header.len)};
    for (size_t i = 0; i < count; i++) {
        out[made++] = (hdx_str){*parts[i].pointer, parts[i].size};
        out[made++] = (hdx_str){zeros, padding(parts[i].size)};
    }
    return made;
}

helpdex_status hdx_parts_write(const char *path, hdx_str header,
                               const hdx_part *parts, size_t count,
                               helpdex_error *err)
{
    hdx_str pieces[2 * (HDX_PARTS_MOST + 1)];
    size_t made = list_pieces(header, parts, count, pieces);
    return hdx_file_write_parts(path, pieces, made, err);
}

bool hdx_parts_join(hdx_str header, const hdx_part *parts, size_t count,
                    hdx_buf *out)
{
    hdx_str pieces[2 * (HDX_PARTS_MOST + 1)];
    size_t made = list_pieces(header, parts, count, pieces);
    for (size_t i = 0; i < made; i++)
        hdx_buf_add(out, pieces[i]);
    return !out->failed;
}

bool hdx_parts_has_header(hdx_str file, size_t header_size, const char *magic)
{
    uint32_t order;
    if (file.len < header_size || memcmp(file.ptr, magic, HDX_MAGIC_SIZE) != 0)
        return false;
    memcpy(&order, file.ptr + HDX_MAGIC_SIZE, sizeof order);
    return order == HDX_BYTE_ORDER;
}

bool hdx_parts_locate(hdx_str file, size_t header_size, const hdx_part *parts,
                      size_t count)
{
    uint64_t at = header_size + padding(header_size);
    for (size_t i = 0; i < count; i++) {
        if (at > file.len || parts[i].size > file.len - at)
            return false;
        *parts[i].pointer = file.ptr + at;
        at += parts[i].size + padding(parts[i].size);
    }
    return at == file.len;
}
