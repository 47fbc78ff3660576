/*
 * Character n-grams of a text that is given word by word: 4- and 5-grams across
 * the borders of words, 2- and 3-grams of Hangul; of runs without spaces 1- and
 * 2-grams of signs, 2- and 3-grams of letters. They forgive endings, compounds,
 * typing errors and another cut by the dictionary.
 */
#ifndef HDX_GRAMS_H
#define HDX_GRAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A code point in 16 bits; the few that do not fit share theirs with others. */
typedef uint16_t hdx_symbol;

static inline hdx_symbol hdx_symbol_of(uint32_t c)
{
    return (hdx_symbol)(c <= 0xFFFF ? c : 0xD800 | (c & 0x7FF));
}

/* Whether words of a script stand apart, and what it is made of otherwise. */
typedef enum hdx_density {
    HDX_SPACED,
    HDX_SPACED_SIGNS, /* Hangul: a sign is a syllable */
    HDX_DENSE_SIGNS,  /* Han and kana: a sign says much */
    HDX_DENSE_LETTERS /* Thai, Lao, Khmer, Burmese */
} hdx_density;

static inline bool hdx_is_dense(hdx_density density)
{
    return density >= HDX_DENSE_SIGNS;
}

/* How a text is cut into grams. */
typedef enum hdx_gram_mode {
    HDX_GRAMS_TEXT,   /* as said above */
    HDX_GRAMS_TITLE,  /* 3- to 5-grams inside of words; runs alike */
    HDX_GRAMS_READING /* 2- and 3-grams of syllables */
} hdx_gram_mode;

/* What stands at either end of a word of a script with spaces. */
enum { HDX_GRAM_BORDER = '_' };

/* The sizes of the grams of a word; none where `least` is over `most`. */
typedef struct hdx_gram_sizes {
    unsigned least, most;
} hdx_gram_sizes;

hdx_gram_sizes hdx_gram_sizes_of(hdx_gram_mode mode, hdx_density dense);

/* The key of the gram that ends with `last`, four symbols of 16 bits, and
   begins with `fifth` before them if it has five. */
static inline uint64_t hdx_gram_key(uint64_t last, hdx_symbol fifth,
                                    unsigned size)
{
    uint64_t key = size < 4 ? last & (((uint64_t)1 << (16 * size)) - 1) : last;
    key = (key + (size == 5 ? fifth * 0xD6E8FEB86659FD93u : 0) + size) *
          0x9E3779B97F4A7C15u;
    return key ^ key >> 29;
}

/* The window that slides over a text. */
typedef struct hdx_gram_window {
    hdx_gram_mode mode;
    unsigned count;    /* symbols in the window, of those at work */
    hdx_density dense; /* of the word before */
    uint64_t last;     /* the last four symbols */
    hdx_symbol fifth;
} hdx_gram_window;

static inline hdx_gram_window hdx_gram_window_start(hdx_gram_mode mode)
{
    return (hdx_gram_window){.mode = mode};
}

/* No more grams come of a word of `count` symbols. */
static inline size_t hdx_grams_room(size_t count)
{
    return 3 * (count + 2);
}

/*
 * Adds the next word and writes the keys of the grams that end in it to `out`,
 * which has hdx_grams_room() for them; returns how many. `joined`: a word of a
 * dense script that follows another at once.
 * Equal grams have equal keys; others practically never.
 */
size_t hdx_grams_add(hdx_gram_window *window, const hdx_symbol *symbols,
                     size_t count, hdx_density dense, bool joined,
                     uint64_t *out);

/* The same for those grams alone that began in a word before. */
size_t hdx_grams_cross(hdx_gram_window *window, const hdx_symbol *symbols,
                       size_t count, hdx_density dense, bool joined,
                       uint64_t *out);

/* Moves on over a word whose grams are of no interest. */
void hdx_grams_pass(hdx_gram_window *window, const hdx_symbol *symbols,
                    size_t count, hdx_density dense, bool joined);

/*
 * The keys of the shortest grams that a word has inside of it in a text; a word
 * without one of these has no other either. `out` has room for `count` + 2.
 */
size_t hdx_grams_least(const hdx_symbol *symbols, size_t count,
                       hdx_density dense, uint64_t *out);

/* How many grams a word adds to a text, near enough to tell its length. */
static inline uint32_t hdx_grams_length(hdx_gram_mode mode, size_t count,
                                        hdx_density dense)
{
    if (hdx_is_dense(dense))
        return 2 * (uint32_t)count;
    if (mode == HDX_GRAMS_TITLE && dense == HDX_SPACED)
        return count > 1 ? 3 * (uint32_t)count - 3 : 1;
    return 2 * (uint32_t)count + 2;
}

#endif
