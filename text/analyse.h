/*
 * The one analyser. Index and query go through it with the same pack, so that
 * both are cut alike: text is cut into words by ICU (dictionaries for Chinese,
 * Japanese, Thai, Lao, Khmer and Burmese), and each word is brought to forms
 * that are ever less particular: exact, loose, stem, term. Runs of the pack's
 * bigram scripts also give every pair of neighbours, so that a text is found
 * however the dictionary cut it, and where the pack romanises by pinyin the
 * pair's reading.
 */
#ifndef HDX_ANALYSE_H
#define HDX_ANALYSE_H

#include "text/grams.h"
#include "text/pack.h"

/* Raised by every change that makes the same text give other terms. */
enum { HDX_ANALYSER_VERSION = 5 };

/* A term's first byte is its kind, so that kinds never meet in the index. */
enum {
    HDX_TERM_WORD = 'w',
    HDX_TERM_BIGRAM = 'g',
    HDX_TERM_READING = 'r' /* of two characters, in pinyin */
};

/* No form is longer; longer words are cut between code points. */
enum { HDX_WORD_BYTES = 128 };

/*
 * Of a stem, the term keeps so many code points. It finds candidates; how well
 * a word fits is seen by its other forms. Recall of the right article among 100
 * sections of four FAQ sets: whole words 94.2, stems 95.6, these 97.0; of
 * xquad 98.9, 99.7, 99.8. Two syllables of Hangul are about five letters, and
 * leave particles aside: Success@1 of 486 sentences taken out of their Korean
 * paragraphs was 13.8 with five points, 17.7 with two and grams of two and
 * three; a list of particles added nothing to that.
 */
enum { HDX_TERM_POINTS = 5, HDX_TERM_SYLLABLES = 2 };

/*
 * What a surface word becomes. Of a bigram or a reading only the term is set.
 * The numbers are 0 at first, and then what those who count words and terms
 * have put there.
 */
typedef struct hdx_word {
    hdx_str exact; /* normalised, case-folded, without elision */
    hdx_str loose; /* that, folded and respelled as the pack says */
    hdx_str stem;  /* likewise of its stem */
    hdx_str term;  /* kind, and the beginning of the stem */
    uint32_t number;
    uint32_t term_number;
    hdx_density dense;
    bool stop; /* a stop word: queries can do without it */
} hdx_word;

typedef struct hdx_token {
    hdx_word *word;
    uint32_t begin; /* byte offsets into the text that was analysed */
    uint32_t end;
} hdx_token;

/* Words in the order of the text, then pairs likewise, each with its reading
   behind its bigram. */
typedef struct hdx_tokens {
    hdx_token *items;
    size_t count;
    size_t capacity;
    size_t words; /* how many of them are words */
} hdx_tokens;

typedef struct hdx_analyser hdx_analyser;

/* `pack` must outlive the analyser. Errors: STORE (ICU has no such data). */
helpdex_status hdx_analyser_open(const hdx_pack *pack, hdx_analyser **out,
                                 helpdex_error *err);
void hdx_analyser_free(hdx_analyser *analyser);

const hdx_pack *hdx_analyser_pack(const hdx_analyser *analyser);

/*
 * Cuts valid UTF-8 of less than 2 GiB. `tokens` is emptied and filled; its
 * words live until the analyser is freed or hdx_analyser_trim() is called. One
 * call at a time for each analyser.
 */
helpdex_status hdx_analyse(hdx_analyser *analyser, hdx_str text,
                           hdx_tokens *tokens, helpdex_error *err);

/* Forgets remembered words when they fill more than 16 MiB. */
void hdx_analyser_trim(hdx_analyser *analyser);

void hdx_tokens_free(hdx_tokens *tokens);

/* The term of two characters read as the syllables `a` and `b`. */
enum { HDX_READING_BYTES = 5 };
void hdx_reading_term(uint16_t a, uint16_t b, char term[HDX_READING_BYTES]);

/* The version of the ICU that runs, such as "72.1". */
enum { HDX_ICU_VERSION_SIZE = 20 };
void hdx_analyser_icu(char version[HDX_ICU_VERSION_SIZE]);

#endif
