/*
 * Counting the grams of one kind that texts share with a question. The grams
 * inside of a word are looked up once for each word and question, in texts only
 * where the lexicon says that the word shares one; those that cross a border
 * between words only where the question has such a border.
 */
#ifndef HDX_GRAMCOUNT_H
#define HDX_GRAMCOUNT_H

#include "search/question.h"
#include "search/tally.h"
#include "text/grams.h"

typedef struct hdx_gramcount {
    const hdx_lexicon *lexicon;
    const hdx_question_grams *grams;
    hdx_gram_mode mode;
    uint64_t *known; /* by word of the lexicon: call, and place in `lists`;
                        place 0: the list is yet to be made */
    uint32_t call;
    uint16_t *lists; /* each a count and so many numbers of grams */
    size_t list_count, list_capacity;
    bool failed;     /* memory was out */
    hdx_tally tally; /* of what has been counted since it was cleared */
    uint64_t keys[3 * (HDX_WORD_BYTES + 2)];
    hdx_symbol syllables[HDX_WORD_BYTES];
} hdx_gramcount;

/* Starts on a question; the rest of the fields has been filled in. False when
   memory is out. */
bool hdx_gramcount_start(hdx_gramcount *count, hdx_arena *arena);

/* Counts a segment of the lexicon's texts, [begin, end). */
void hdx_gramcount_add(hdx_gramcount *count, uint32_t begin, uint32_t end);

#endif
