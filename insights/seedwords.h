/* The words of all lists of BIP-39, made by insights/seedwords_gen.c. */
#ifndef HDX_SEEDWORDS_H
#define HDX_SEEDWORDS_H

#include <stddef.h>
#include <stdint.h>

enum { HDX_SEED_LISTS = 10, HDX_SEED_LIST_WORDS = 2048 };

typedef struct hdx_seed_word {
    uint32_t text; /* where it begins in hdx_seed_texts; plain, lower case */
    uint16_t list;
    uint16_t number; /* in its list, from 0 */
} hdx_seed_word;

/* Sorted bytewise by text; a word of several lists stands there for each. */
extern const hdx_seed_word hdx_seed_words[];
extern const size_t hdx_seed_word_count;
extern const char hdx_seed_texts[]; /* each terminated */

#endif
