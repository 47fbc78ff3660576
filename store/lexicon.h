/*
 * The lexicon: the words of one locale, the texts as sequences of their
 * numbers, and what is to be known of words and grams to score a text. Mapped
 * into memory and read in place, in the machine's own byte order; the caller
 * has verified the bytes.
 *
 * Words are numbered in order of their terms, so that the words of a term are
 * neighbours, and so are the terms of a beginning.
 */
#ifndef HDX_LEXICON_H
#define HDX_LEXICON_H

#include "base/file.h"

/* What a piece of an article is. */
typedef enum hdx_segment {
    HDX_SEGMENT_TITLE,
    HDX_SEGMENT_QUESTION,
    HDX_SEGMENT_TAG,
    HDX_SEGMENT_DESCRIPTION,
    HDX_SEGMENT_HEADING,
    HDX_SEGMENT_SENTENCE,
    HDX_SEGMENT_CODE, /* a block of it */
    HDX_SEGMENTS
} hdx_segment;

/*
 * How often a word of a segment counts among the words of a section. Title 4:
 * Success@1 on four FAQ sets (cnil-faq, swefaq, covidfaq-jhu, covid-faq-qa) by
 * title weight 0, 1, 2, 4 was 32.9, 40.3, 42.0, 42.9; question sets without
 * titles do not care. Questions are titles in the customer's words. Code is found,
 * but less than what is said of it.
 */
static inline double hdx_segment_weight(hdx_segment segment)
{
    static const double weights[HDX_SEGMENTS] = {4, 4, 2, 2, 2, 1, 0.5};
    return weights[segment];
}

/*
 * A text is an array of numbers: HDX_TEXT_SEGMENT and what begins, or a word,
 * with HDX_TEXT_JOINED where it follows the one before without a space.
 */
enum { HDX_TEXT_WORD = 0x3FFFFFFF, HDX_TEXT_JOINED = 0x40000000 };
static const uint32_t HDX_TEXT_SEGMENT = 0x80000000;

enum { HDX_LEXICON_SYMBOLS = 128, HDX_LEXICON_DENSEST = 3 };

typedef struct hdx_lexicon_word {
    uint32_t exact;        /* offset of its exact form in `bytes` */
    uint32_t symbols;      /* offset of its loose form in `symbols` */
    uint16_t exact_size;   /* bytes */
    uint16_t dense;        /* hdx_density of text/grams.h */
    uint16_t symbol_count; /* at most HDX_LEXICON_SYMBOLS */
    uint16_t stem_count;   /* symbols that its stem begins with, too */
    uint32_t term;
    uint32_t sections; /* that have it */
    uint32_t loose;    /* hash of its loose form */
    uint32_t stem;     /* hash of its stem */
} hdx_lexicon_word;

/* What counting grams looks at for every word of a text, close together. */
typedef struct hdx_lexicon_edge {
    uint16_t first, last; /* of its symbols */
    uint8_t dense;
    uint8_t symbol_count;
} hdx_lexicon_edge;

typedef struct hdx_lexicon_term {
    uint32_t text; /* offset in `bytes`, kind included */
    uint32_t size; /* bytes */
    uint32_t first_word;
    uint32_t sections; /* that have one of its words */
    uint32_t titles;   /* titles and questions that have one */
} hdx_lexicon_term;

/* What words are looked up by in buckets of hashes. */
typedef enum hdx_bucket_kind {
    HDX_BUCKETS_OF_NEAR,  /* hashes of hdx_lexicon_near_hashes() */
    HDX_BUCKETS_OF_GRAMS, /* the upper halves of the keys of hdx_grams_least() */
    HDX_BUCKET_KINDS
} hdx_bucket_kind;

typedef struct hdx_lexicon_hashed {
    uint32_t hash;
    uint32_t word;
} hdx_lexicon_hashed;

typedef struct hdx_bucket_counts {
    uint32_t buckets; /* a power of two */
    uint32_t items;
} hdx_bucket_counts;

typedef struct hdx_lexicon_buckets {
    const uint32_t *starts; /* buckets + 1 offsets into `items` */
    const hdx_lexicon_hashed *items;
} hdx_lexicon_buckets;

/* How many texts have a gram. */
typedef struct hdx_gram_count {
    uint32_t tag; /* upper half of its key */
    uint32_t texts;
} hdx_gram_count;

/* What has grams counted of its own. */
typedef enum hdx_gram_kind {
    HDX_GRAMS_OF_TEXT,
    HDX_GRAMS_OF_TITLES,
    HDX_GRAMS_OF_READINGS,
    HDX_GRAM_KINDS
} hdx_gram_kind;

/* Grams of one text alone are left out. */
typedef struct hdx_gram_counts {
    uint32_t capacity; /* slots, a power of two; or 0 */
    uint32_t texts;    /* all that were counted, perhaps a sample */
} hdx_gram_counts;

/* Mean lengths, as weighted. */
typedef struct hdx_lexicon_means {
    float section_words;
    float section_grams;
    float sentence_grams; /* those of the section, titles too, by sentence */
    float title_words;
    float title_grams;
    float section_readings;
} hdx_lexicon_means;

typedef struct hdx_lexicon_header {
    char magic[8];
    uint32_t byte_order;
    uint32_t words;
    uint32_t terms;
    uint32_t sections;
    uint32_t articles;
    uint32_t texts;       /* numbers of all texts */
    uint32_t symbols;     /* of all words */
    uint32_t bytes;       /* of exact forms and terms */
    uint32_t exact_slots; /* powers of two */
    uint32_t loose_slots;
    uint32_t endings; /* words in order of their endings; 0: of none */
    uint32_t titles;
    hdx_bucket_counts buckets[HDX_BUCKET_KINDS];
    hdx_gram_counts grams[HDX_GRAM_KINDS];
    hdx_lexicon_means means;
} hdx_lexicon_header;

/* The parts of a lexicon, as they are built and as they are mapped. */
typedef struct hdx_lexicon {
    const hdx_lexicon_header *header;
    const hdx_lexicon_word *words;
    const hdx_lexicon_edge *edges; /* of the same words */
    const hdx_lexicon_term *terms;
    const uint32_t *section_texts; /* sections + 1 offsets into `texts` */
    const uint32_t *article_texts; /* likewise */
    const uint32_t *texts;
    const uint32_t *exact; /* slots: 1 + word, by hash of the exact form */
    const uint32_t *loose; /* likewise of the loose form */
    hdx_lexicon_buckets buckets[HDX_BUCKET_KINDS];
    const uint32_t *beginnings; /* all words by their loose forms */
    const uint32_t *endings;    /* words by their stems, read backwards */
    const hdx_gram_count *grams[HDX_GRAM_KINDS];
    const uint16_t *symbols;
    const char *bytes;
    hdx_mapping file;
} hdx_lexicon;

/* Writes all parts to a file. Errors: IO. */
helpdex_status hdx_lexicon_write(const hdx_lexicon *lexicon, const char *path,
                                 helpdex_error *err);

/* Maps a file and checks that every reference stays inside. Errors: DAMAGED. */
helpdex_status hdx_lexicon_open(const char *path, hdx_lexicon *out,
                                helpdex_error *err);
void hdx_lexicon_close(hdx_lexicon *lexicon);

enum { HDX_NO_WORD = 0x7FFFFFFF }; /* or no term */

uint32_t hdx_lexicon_hash(const void *bytes, size_t size);

/* The word of this exact form, or HDX_NO_WORD. */
uint32_t hdx_lexicon_find(const hdx_lexicon *lexicon, hdx_str exact);

/* The next word of this loose form; begin with `*at` 0. HDX_NO_WORD: no more. */
uint32_t hdx_lexicon_find_loose(const hdx_lexicon *lexicon,
                                const uint16_t *symbols, size_t count,
                                uint32_t *at);

/* The term, or HDX_NO_WORD; the first that is not before it in `*place`. */
uint32_t hdx_lexicon_find_term(const hdx_lexicon *lexicon, hdx_str term,
                               uint32_t *place);

/* Behind the last word of a term. */
static inline uint32_t hdx_lexicon_words_end(const hdx_lexicon *lexicon,
                                             uint32_t term)
{
    return term + 1 < lexicon->header->terms
               ? lexicon->terms[term + 1].first_word
               : lexicon->header->words;
}

static inline hdx_str hdx_lexicon_exact(const hdx_lexicon *lexicon,
                                        uint32_t word)
{
    const hdx_lexicon_word *w = &lexicon->words[word];
    return (hdx_str){lexicon->bytes + w->exact, w->exact_size};
}

/*
 * The hashes under which a loose form is near others: its own, and those of
 * the form with one letter left out. Returns how many; 0 for forms under 4
 * symbols or over HDX_NEAR_LONGEST.
 */
enum { HDX_NEAR_SHORTEST = 4, HDX_NEAR_LONGEST = 24 };
size_t hdx_lexicon_near_hashes(const uint16_t *symbols, size_t count,
                               uint32_t hashes[HDX_NEAR_LONGEST + 1]);

/* The items that may have a hash are [returned, end). */
static inline uint32_t hdx_lexicon_bucket(const hdx_lexicon *lexicon,
                                          hdx_bucket_kind kind, uint32_t hash,
                                          uint32_t *end)
{
    const uint32_t *starts = lexicon->buckets[kind].starts;
    uint32_t at = hash & (lexicon->header->buckets[kind].buckets - 1);
    *end = starts[at + 1];
    return starts[at];
}

/* Compares loose forms, for the order of `beginnings`. */
int hdx_lexicon_beginning_cmp(const uint16_t *a, size_t a_count,
                              const uint16_t *b, size_t b_count);

/* The first place in `beginnings` of a loose form that begins so, or that
   would. */
uint32_t hdx_lexicon_find_beginning(const hdx_lexicon *lexicon,
                                    const uint16_t *symbols, size_t count);

/*
 * The words whose stems end alike are neighbours in `endings`. Compares stems
 * read backwards, a beginning of the other first; for the builder and
 * hdx_lexicon_find_ending().
 */
int hdx_lexicon_ending_cmp(const uint16_t *a, size_t a_count, const uint16_t *b,
                           size_t b_count);

/* The first place in `endings` of a stem that ends so, or that would. */
uint32_t hdx_lexicon_find_ending(const hdx_lexicon *lexicon,
                                 const uint16_t *symbols, size_t count);

/* How many texts have the gram, at least; 1 when it is not counted. */
uint32_t hdx_lexicon_gram_texts(const hdx_lexicon *lexicon, hdx_gram_kind kind,
                                uint64_t key);

#endif
