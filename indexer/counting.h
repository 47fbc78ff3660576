/*
 * What scoring needs to know of all texts together: how many sections have a
 * word, a term, a gram, and how long texts are on average. Grams are counted
 * in at most SAMPLE sections, evenly spread: their weight is a logarithm.
 */
#ifndef HDX_COUNTING_H
#define HDX_COUNTING_H

#include "store/lexicon.h"

typedef struct hdx_counting hdx_counting;

/* Where counts go: the parts of the lexicon in the making. */
typedef struct hdx_counts {
    const uint32_t *article_of; /* of each section */
    hdx_lexicon_header *header; /* titles, grams and means */
    hdx_lexicon_word *words;    /* sections */
    hdx_lexicon_term *terms;    /* sections and titles */
} hdx_counts;

/*
 * Counts the texts of a lexicon whose gram counts are yet to be made. `pinyin`:
 * readings are counted too. Free `*out` when it is written.
 */
helpdex_status hdx_counting_run(const hdx_lexicon *lexicon, bool pinyin,
                                const hdx_counts *to, hdx_counting **out,
                                helpdex_error *err);

/* The slots of one kind, as many as the header now says. */
const hdx_gram_count *hdx_counting_grams(const hdx_counting *counting,
                                         hdx_gram_kind kind);
void hdx_counting_free(hdx_counting *counting);

#endif
