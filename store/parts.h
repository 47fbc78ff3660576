/*
 * Files that are a header and parts behind it, each an array that is read in
 * place: how such a file is written, and how its parts are found again. The
 * header begins with a magic of eight bytes and the mark of the byte order; the
 * numbers in it say how long each part is.
 */
#ifndef HDX_PARTS_H
#define HDX_PARTS_H

#include "base/file.h"

enum { HDX_PARTS_MOST = 32, HDX_MAGIC_SIZE = 8, HDX_BYTE_ORDER = 0x01020304 };

/* One part: where its pointer stands, and its size in bytes. */
typedef struct hdx_part {
    const void **pointer;
    uint64_t size;
} hdx_part;

#define HDX_PART(member, count)                                                \
    ((hdx_part){(const void **)&(member), (uint64_t)(count) * sizeof *(member)})

/* Writes and syncs a file; at most HDX_PARTS_MOST parts. Errors: IO. */
helpdex_status hdx_parts_write(const char *path, hdx_str header,
                               const hdx_part *parts, size_t count,
                               helpdex_error *err);

/* The same bytes, added to a buffer. False when memory is out. */
bool hdx_parts_join(hdx_str header, const hdx_part *parts, size_t count,
                    hdx_buf *out);

/* Whether a file is long enough for a header, which has the magic and the byte
   order of this machine. */
bool hdx_parts_has_header(hdx_str file, size_t header_size, const char *magic);

/* Sets the pointers of the parts into a file; false when they do not fill it to
   the byte. */
bool hdx_parts_locate(hdx_str file, size_t header_size, const hdx_part *parts,
                      size_t count);

#endif
