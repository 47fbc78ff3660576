/*
 * A question as one locale's lexicon understands it: which words of the index
 * stand for which of its own, how much each is worth, and its grams.
 */
#ifndef HDX_QUESTION_H
#define HDX_QUESTION_H

#include "base/log.h"
#include "search/thesaurus.h"
#include "search/wording.h"
#include "store/engine.h"
#include "store/lexicon.h"
#include "text/analyse.h"

/* Only so much of a query is searched; a message that is longer says in its
   first lines what it wants. In bytes. */
enum { HDX_QUESTION_BYTES = 4096 };

/* How a word of a text stands to one of the question, the closest first. */
typedef enum hdx_tier {
    HDX_TIER_EXACT,
    HDX_TIER_STEM,       /* an inflection */
    HDX_TIER_FOLDED,     /* without marks, in the other script, respelled */
    HDX_TIER_MARKS,      /* likewise, though one is here as it was written */
    HDX_TIER_SYNONYM,    /* of the locale pack */
    HDX_TIER_PART,       /* a part of a compound, or one with it as a part */
    HDX_TIER_TYPO,       /* one edit away from a word that is not here */
    HDX_TIER_UNFINISHED, /* begins with the last word of the question */
    HDX_TIER_BEGINNING,  /* begins alike, and is perhaps akin */
    HDX_TIERS
} hdx_tier;

typedef struct hdx_question_word {
    hdx_str stem;     /* of the question's own word; one of each */
    hdx_str exact;    /* its form as first asked */
    double idf;       /* how rare it is among sections, with all that match */
    double title_idf; /* likewise among titles */
    double sections;  /* that have it here, and... */
    double titles;    /* ...titles and questions */
    bool stop;        /* a stop word: it ranks, and finds nothing by itself */
    bool known;       /* the index has it, be it in another form */
    uint32_t meant;   /* the word that it may be a typing error of */
} hdx_question_word;

/* What finds candidates: a term of the engine. */
typedef struct hdx_question_lead {
    hdx_str term;
    double weight;
    uint32_t sections; /* that have it; 0: not known */
    bool weak;         /* too common to find by itself */
} hdx_question_lead;

enum { HDX_BORDER_BITS = 4096 };

/* The distinct grams of one kind with their idf. */
typedef struct hdx_question_grams {
    uint64_t *keys;
    double *idf;
    size_t count;
    uint16_t *slots;                        /* 1 + number, by key */
    size_t capacity;                        /* of slots, a power of two */
    double self;                            /* sum of idf */
    uint64_t borders[HDX_BORDER_BITS / 64]; /* neighbours in the question */
} hdx_question_grams;

/* The bit that stands for two neighbours. */
static inline uint32_t hdx_border_bit(uint16_t a, uint16_t b)
{
    return (a * 0x9E3779B1u + b * 0x85EBCA77u) >> 20;
}

/* For each word of a lexicon, what it stands for. */
typedef struct hdx_match {
    uint16_t word; /* 1 + number in the question; 0: for nothing */
    uint16_t tier;
} hdx_match;

typedef struct hdx_question {
    hdx_str text;             /* as it was cut, perhaps out of romaji */
    hdx_question_word *words; /* distinct stems, in order of appearance */
    size_t word_count;
    hdx_question_lead *leads;
    size_t lead_count;
    hdx_question_grams grams[HDX_GRAM_KINDS];
    hdx_match *matches; /* by word of the lexicon; borrowed */
    hdx_map pairs;      /* bigram or reading -> 1 + its number, to be marked */
    double self;        /* sum of idf of the words: what could be found */
} hdx_question;

/* What a question is made with; all but the query belongs to the searcher. */
typedef struct hdx_question_maker {
    const hdx_lexicon *lexicon;
    const struct hdx_question_maker *sibling; /* on the same locale's other
                                files, whose words count as well; NULL: none */
    const hdx_lexicon_means *means;           /* to hold lengths against */
    hdx_analyser *analyser;
    hdx_thesaurus thesaurus;
    hdx_match *matches; /* one for each word of the lexicon, all zero */
    uint32_t *matched;  /* room for as many numbers */
    size_t matched_count;
    uint64_t *known[HDX_GRAM_KINDS]; /* as many; see search/gramcount.h */
    uint32_t calls;                  /* of the ranker so far */
    hdx_tokens *tokens;              /* scratch */
    hdx_wording wording;
    uint32_t audiences; /* that the reader belongs to */
} hdx_question_maker;

/* Whether the reader may be told that the index has a word. */
static inline bool hdx_question_tells(const hdx_question_maker *maker,
                                      uint32_t word)
{
    return !maker->wording.words ||
           maker->wording.words[word] & maker->audiences;
}

/*
 * Cuts a query and looks its words up. Terms live in the analyser's memory and
 * the lexicon, arrays in `arena`. hdx_question_free() before the next one of
 * the same maker: it clears the matches.
 */
helpdex_status hdx_question_make(hdx_question_maker *maker, hdx_str query,
                                 hdx_arena *arena, hdx_question *out,
                                 helpdex_error *err);

/*
 * Makes the question `first` once more, for the sibling of its maker, and weighs
 * the words of both by what both have together.
 */
helpdex_status hdx_question_repeat(hdx_question_maker *maker,
                                   hdx_question *first, hdx_arena *arena,
                                   hdx_question *out, helpdex_error *err);
void hdx_question_free(hdx_question_maker *maker, hdx_question *question);

/* Whether the reader may be told that the index has some word of a term. */
bool hdx_question_tells_term(const hdx_question_maker *maker, hdx_str term);

/* The word of the lexicon that a word of a text is, or HDX_NO_WORD. */
uint32_t hdx_question_lookup(const hdx_lexicon *lexicon, hdx_word *word);

/* Whether the articles, for this reader, have a word as it is written. */
bool hdx_question_has_word(const hdx_question_maker *maker, hdx_word *word);

/* Whether they have one of its term. */
bool hdx_question_has_term(const hdx_question_maker *maker, hdx_str term);

static inline double hdx_idf(double texts, double with)
{
    return hdx_log(1 + (texts - with + 0.5) / (with + 0.5));
}

#endif
