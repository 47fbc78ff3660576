/*
 * Places of a text that are not to be written down, and who finds them. Each
 * finder looks for its own kinds and knows nothing of the others; where they
 * overlap, the kind that comes first names the whole.
 */
#ifndef HDX_SECRET_H
#define HDX_SECRET_H

#include "insights/plain.h"

typedef enum hdx_secret {
    HDX_SECRET_EMAIL,
    HDX_SECRET_KEY,
    HDX_SECRET_WALLET,
    HDX_SECRET_IBAN,
    HDX_SECRET_CARD,
    HDX_SECRET_PHONE
} hdx_secret;

/* Characters of the plain text, [begin, end). */
typedef struct hdx_span {
    uint32_t begin;
    uint32_t end;
    hdx_secret kind;
} hdx_span;

/* A zeroed list is empty; `failed` is sticky: memory was out. */
typedef struct hdx_spans {
    hdx_span *items;
    size_t count;
    size_t capacity;
    bool failed;
} hdx_spans;

static inline void hdx_spans_add(hdx_spans *spans, hdx_secret kind,
                                 size_t begin, size_t end)
{
    if (spans->failed || !hdx_grow(&spans->items, &spans->capacity,
                                   spans->count + 1, sizeof *spans->items)) {
        spans->failed = true;
        return;
    }
    spans->items[spans->count++] =
        (hdx_span){(uint32_t)begin, (uint32_t)end, kind};
}

void hdx_find_emails(const hdx_plain *text, hdx_spans *out);

/* Cards and phones. */
void hdx_find_numbers(const hdx_plain *text, hdx_spans *out);

/* Keys, wallets and bank accounts: what mixes letters and digits. */
void hdx_find_codes(const hdx_plain *text, hdx_spans *out);

#endif
