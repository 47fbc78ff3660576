/*
 * What the classifier sees of a text: its stems, pairs of neighbouring stems,
 * and the letter grams of its words, each as a slot of a table of fixed size.
 * Words are cut and folded by the analyser alone, so that every locale pack
 * works; nothing is known here of any language.
 */
#ifndef HDX_FEATURES_H
#define HDX_FEATURES_H

#include "text/analyse.h"

/* With 16, 18 and 20 bits 91.2, 91.3 and 91.3 % of banking77 are right. */
enum { HDX_SLOT_BITS = 18, HDX_SLOTS = 1 << HDX_SLOT_BITS };

typedef struct hdx_feature {
    uint32_t slot;
    uint32_t times; /* it stands in the text */
} hdx_feature;

/* The features of a text: words, then pairs of words, then grams; in each of
   the three a slot stands once, in the order of the text. A zeroed bag is
   empty; its arrays are used again. */
typedef struct hdx_bag {
    hdx_feature *items;
    size_t count, capacity;
    size_t words;   /* so many are single words */
    size_t terms;   /* so many are words or pairs */
    uint32_t *seen; /* a hash table of places in `items`, from 1 */
    size_t seen_capacity;
} hdx_bag;

/* Fills the bag from a text as analysed. False when memory is out. */
bool hdx_bag_fill(hdx_bag *bag, const hdx_tokens *tokens);

void hdx_bag_free(hdx_bag *bag);

#endif
