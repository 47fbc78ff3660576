/*
 * The pool: what may be completed in one locale as it is typed. Titles and
 * questions stand on one shelf, words of the index on the other. A shelf is an
 * array of keys in order of their symbols, so that what begins alike is a range
 * of it, and knows the best score of any range. Mapped into memory and read in
 * place, in the machine's own byte order; the caller has verified the bytes.
 */
#ifndef HDX_POOL_H
#define HDX_POOL_H

#include "base/file.h"

typedef enum hdx_shelf_kind {
    HDX_SHELF_TEXTS, /* titles and questions of articles */
    HDX_SHELF_TERMS, /* words; the number of a text is that of the word */
    HDX_SHELVES
} hdx_shelf_kind;

/*
 * Where in a text a key begins, the best first: at its beginning, at any of its
 * words, or likewise in how it is read. Stop words in front are no part of
 * a beginning.
 */
typedef enum hdx_pool_place {
    HDX_PLACE_READING_WORD,
    HDX_PLACE_READING,
    HDX_PLACE_WORD,
    HDX_PLACE_BEGINNING
} hdx_pool_place;

/* A score has the place in its highest bits. Of a text, then whether it is a
   title, then what is known of its article; of a word, how many sections have
   it. */
enum { HDX_SCORE_PLACE = 30, HDX_SCORE_TITLE = 29 };

static inline hdx_pool_place hdx_score_place(uint32_t score)
{
    return (hdx_pool_place)(score >> HDX_SCORE_PLACE);
}

/* So many symbols of a key can be looked at; behind its text are zeros. */
enum { HDX_POOL_DEEPEST = 128 };

typedef struct hdx_pool_key {
    uint32_t at; /* in `symbols`, up to a 0 */
    uint32_t text;
} hdx_pool_key;

typedef struct hdx_pool_text {
    uint32_t article;
    uint32_t offset; /* of a question in `bytes` */
    uint32_t size;   /* in bytes; 0: it is the article's title */
} hdx_pool_text;

/*
 * The first symbols of keys, where all are letters: the keys [first, end) begin
 * with them. They are few, and by the hash of what is left of one without one
 * of its letters, a typing error among the first is found at once. Errors
 * behind them are looked for in the keys that begin alike, which are few then.
 */
enum { HDX_HEAD_SYMBOLS = 4 };
typedef struct hdx_pool_head {
    uint32_t first, end;
} hdx_pool_head;

typedef struct hdx_pool_gap {
    uint32_t hash; /* see hdx_pool_gap_hash() */
    uint32_t head;
} hdx_pool_gap;

typedef struct hdx_shelf_counts {
    uint32_t keys;
    uint32_t heads;
    uint32_t gap_buckets; /* a power of two */
    uint32_t gaps;
} hdx_shelf_counts;

typedef struct hdx_pool_header {
    char magic[8];
    uint32_t byte_order;
    uint32_t texts;
    uint32_t symbols; /* of all keys, and HDX_POOL_DEEPEST zeros */
    uint32_t bytes;
    uint32_t articles; /* of the forward file, and words of the lexicon, of */
    uint32_t words;    /* the same build */
    hdx_shelf_counts shelves[HDX_SHELVES];
} hdx_pool_header;

typedef struct hdx_shelf {
    const hdx_shelf_counts *counts;
    const uint16_t *symbols; /* the pool's */
    const hdx_pool_key *keys;
    const uint32_t *scores; /* of the keys */
    const uint32_t *best;   /* see hdx_shelf_best() */
    const hdx_pool_head *heads;
    const uint32_t *gap_starts; /* gap_buckets + 1 offsets into `gaps` */
    const hdx_pool_gap *gaps;
} hdx_shelf;

/* The parts of a pool, as they are built and as they are mapped. */
typedef struct hdx_pool {
    const hdx_pool_header *header;
    hdx_shelf shelves[HDX_SHELVES];
    const hdx_pool_text *texts;
    const uint16_t *symbols;
    const char *bytes;
    hdx_mapping file;
} hdx_pool;

/* Writes all parts to a file. Errors: IO. */
helpdex_status hdx_pool_write(const hdx_pool *pool, const char *path,
                              helpdex_error *err);

/* Maps a file and checks that every reference stays inside. Errors: DAMAGED. */
helpdex_status hdx_pool_open(const char *path, hdx_pool *out,
                             helpdex_error *err);
void hdx_pool_close(hdx_pool *pool);

/* How many numbers `best` has on a shelf of so many keys, and filling them. */
size_t hdx_shelf_best_count(uint32_t keys);
void hdx_shelf_fill_best(const uint32_t *scores, uint32_t keys, uint32_t *best);

/* The hash of the symbols that are left of a head without that at `gap`. */
uint32_t hdx_pool_gap_hash(const uint16_t left[HDX_HEAD_SYMBOLS - 1],
                           size_t gap);

/* Keys that are neighbours. */
typedef struct hdx_key_range {
    uint32_t begin, end;
} hdx_key_range;

static inline hdx_key_range hdx_shelf_all(const hdx_shelf *shelf)
{
    return (hdx_key_range){0, shelf->counts->keys};
}

/* A symbol of a key; `depth` below HDX_POOL_DEEPEST. */
static inline uint16_t hdx_shelf_symbol(const hdx_shelf *shelf, uint32_t key,
                                        size_t depth)
{
    return shelf->symbols[shelf->keys[key].at + depth];
}

/*
 * The keys of `within`, alike in their first `depth` symbols, that go on with
 * these; `depth` and `count` together at most HDX_POOL_DEEPEST. Logarithmic.
 */
hdx_key_range hdx_shelf_narrow(const hdx_shelf *shelf, hdx_key_range within,
                               size_t depth, const uint16_t *symbols,
                               size_t count);

/* The first of `within` and those that have the same symbol at `depth`, where
   all before are alike. Logarithmic in how many those are. */
hdx_key_range hdx_shelf_child(const hdx_shelf *shelf, hdx_key_range within,
                              size_t depth);

/*
 * The key with the best score in a range that is not empty, the first among
 * equals. Constant: inner blocks of HDX_BEST_BLOCK keys are known in runs of
 * powers of two, those at the ends are read.
 */
enum { HDX_BEST_BLOCK = 64 };
uint32_t hdx_shelf_best(const hdx_shelf *shelf, hdx_key_range range);

/*
 * The next head which, without the symbol at `gap`, is `left`; begin with `*at`
 * 0. False: there is none.
 */
bool hdx_shelf_next_head(const hdx_shelf *shelf,
                         const uint16_t left[HDX_HEAD_SYMBOLS - 1], size_t gap,
                         uint32_t *at, hdx_key_range *out);

#endif
