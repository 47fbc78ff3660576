/*
 * What passages are made from: the sections of the hits, cut into sentences, and
 * which words of the question each says.
 */
#ifndef HDX_EVIDENCE_H
#define HDX_EVIDENCE_H

#include "search/call.h"

typedef enum hdx_statement_state {
    HDX_STATEMENT_FREE,
    HDX_STATEMENT_TAKEN,
    HDX_STATEMENT_COPY /* says what has been taken elsewhere */
} hdx_statement_state;

/* A sentence. */
typedef struct hdx_statement {
    uint32_t begin, end; /* bytes of the section's text */
    uint32_t *words;     /* distinct; numbers of hdx_snippet_match() */
    size_t word_count;
    uint64_t *shingles; /* hashes of each three words in a row, or of fewer */
    size_t shingle_count;
    double nearness; /* 1 where the section answers best, less around it */
    size_t tokens;
    hdx_statement_state state;
} hdx_statement;

/* A section of a hit's article. */
typedef struct hdx_evidence {
    hdx_place at;
    size_t hit;
    hdx_str text; /* without what cannot be seen */
    hdx_statement *statements;
    size_t count;
    double cover; /* 0 to 1: the share of the question whose words it has */
    size_t frame; /* tokens of a passage of it without its text */
    size_t taken; /* statements */
} hdx_evidence;

/*
 * The sections that may say something, in the order of the hits and of their
 * articles; all in the call's scratch. The questions of their links have been
 * made. O(length of the texts); bounded. Errors: NOMEM, STORE.
 */
helpdex_status hdx_evidence_gather(hdx_call *call, hdx_evidence **out,
                                   size_t *count);

/* How much of a question a word or pair of it is, 0 to 1. */
static inline double hdx_evidence_share(const hdx_question *question,
                                        uint32_t number)
{
    double self = question->self + (double)question->pairs.count;
    double worth =
        number < question->word_count ? question->words[number].idf : 1;
    return self > 0 ? worth / self : 0;
}

#endif
