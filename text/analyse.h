/*
 * The one analyser. Index and query go through it with the same pack, so that
 * both are cut alike: text is cut into words by ICU (dictionaries for Chinese,
 * Japanese, Thai, Lao, Khmer and Burmese), each word folded by NFKC_Casefold
 * and stemmed; runs of the pack's bigram scripts also give every pair of
 * neighbours, so that a word is found however the dictionary cut it.
 */
#ifndef HDX_ANALYSE_H
#define HDX_ANALYSE_H

#include "text/pack.h"

/* Raised by every change that makes the same text give other terms. */
enum { HDX_ANALYSER_VERSION = 3 };

/* A term's first byte is its kind, so that kinds never meet in the index. */
enum { HDX_TERM_WORD = 'w', HDX_TERM_BIGRAM = 'g' };

/* The kind of the same term as one of the titles alone: an upper-case letter. */
static inline char hdx_title_kind(char kind)
{
    return (char)(kind - 'a' + 'A');
}

/* No term is longer; longer words are cut between code points. */
enum { HDX_TERM_BYTES = 128 };

typedef struct hdx_token {
    hdx_str term;   /* kind and folded, stemmed text; see hdx_analyse() */
    uint32_t begin; /* byte offsets into the text that was analysed */
    uint32_t end;
    uint32_t *slot; /* of the term: 0 at first, then what the one who counts
                       terms has put there; lives as long as the term */
    bool stop;      /* a stop word: queries can do without it */
} hdx_token;

/* Words in the order of the text, then bigrams likewise. */
typedef struct hdx_tokens {
    hdx_token *items;
    size_t count;
    size_t capacity;
} hdx_tokens;

typedef struct hdx_analyser hdx_analyser;

/* `pack` must outlive the analyser. Errors: STORE (ICU has no such data). */
helpdex_status hdx_analyser_open(const hdx_pack *pack, hdx_analyser **out,
                                 helpdex_error *err);
void hdx_analyser_free(hdx_analyser *analyser);

/*
 * Cuts valid UTF-8 of less than 2 GiB. `tokens` is emptied and filled; its
 * terms live until the analyser is freed or hdx_analyser_trim() is called. One
 * call at a time for each analyser.
 */
helpdex_status hdx_analyse(hdx_analyser *analyser, hdx_str text,
                           hdx_tokens *tokens, helpdex_error *err);

/* Forgets remembered words when they fill more than 16 MiB. */
void hdx_analyser_trim(hdx_analyser *analyser);

void hdx_tokens_free(hdx_tokens *tokens);

/* The version of the ICU that runs, such as "72.1". */
enum { HDX_ICU_VERSION_SIZE = 20 };
void hdx_analyser_icu(char version[HDX_ICU_VERSION_SIZE]);

#endif
