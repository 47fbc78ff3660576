/*
 * A memo of pairs of neighbouring characters. Every character of a script
 * without spaces stands in two of them, so that they are looked up more often
 * than words, by a key that fits in a register: the general map took a tenth of
 * indexing Chinese.
 */
#ifndef HDX_PAIRS_H
#define HDX_PAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hdx_word;

typedef struct hdx_pair {
    uint32_t key;             /* its two UTF-16 units; 0: the slot is free */
    struct hdx_word *bigram;  /* NULL in a new pair */
    struct hdx_word *reading; /* likewise */
} hdx_pair;

typedef struct hdx_pairs {
    hdx_pair *slots;
    size_t capacity, count;
} hdx_pairs;

/* The pair of two units that are not both 0, perhaps a new one; valid until the
   next call. NULL: no memory. */
hdx_pair *hdx_pairs_at(hdx_pairs *pairs, uint16_t first, uint16_t second);

void hdx_pairs_free(hdx_pairs *pairs);

#endif
