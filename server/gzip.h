/* Answers compressed, where they are long enough for it to pay. */
#ifndef HDX_SERVER_GZIP_H
#define HDX_SERVER_GZIP_H

#include <zlib.h>

#include "base/str.h"

typedef struct hdx_gzip {
    z_stream stream;
    bool ready;
} hdx_gzip;

/* Whether a header Accept-Encoding (NULL: none) lets gzip through. */
bool hdx_gzip_accepted(const char *header);

/* False: memory is out, or it would not be shorter; `out` is to be ignored. */
bool hdx_gzip_pack(hdx_gzip *gzip, hdx_str bytes, hdx_buf *out);
void hdx_gzip_free(hdx_gzip *gzip);

#endif
