/*
 * Locale packs: one YAML file says everything that is particular to a
 * language. A catalogue is a set of packs, read from a folder or built in; an
 * index carries a copy of the one it was built with, so that both sides cut
 * words in the same way.
 *
 * Keys: `name` (the language's own), `fallback` (locales to search for what
 * this one lacks), `stemmer` (a Snowball algorithm), `bigrams` (ISO 15924
 * scripts), `stopwords` (count little in a question), `elisions` (the `l` of
 * "l'article", which is no part of the word), `normalise` (characters that are
 * the same letter written otherwise), `fold` (what people leave out or mix up:
 * marks, han, kana), `respell` (letters that stand for another: `ue` for `u`),
 * `romanise` (pinyin or romaji), `keyboard` (what the keys of a Latin layout
 * are here), `compounds` (yes: words are written together), `synonyms`, `model_instructions`
 * (phrases of texts that speak to a language model), `person` (how people ask for a person) and `messages` (what is said to the reader). A regional pack takes what it does
 * not set from the language's, and every pack from the root's (`und`);
 * `messages` are taken one by one.
 */
#ifndef HDX_PACK_H
#define HDX_PACK_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/map.h"
#include "text/locale.h"

/* What to write for what. */
typedef struct hdx_replacement {
    hdx_str from; /* one code point or more */
    hdx_str to;   /* perhaps empty */
} hdx_replacement;

typedef struct hdx_replacements {
    hdx_replacement *items; /* longer `from` first */
    size_t count;
} hdx_replacements;

/* Words or phrases that mean the same: whoever asks for one of `from` also
   finds `to`, and with two ways the other way round too. */
typedef struct hdx_synonyms {
    hdx_str group; /* names the group; the same in every locale */
    hdx_str *from;
    size_t from_count;
    hdx_str *to; /* of a two-way group: the same list as `from` */
    size_t to_count;
} hdx_synonyms;

typedef enum hdx_romanisation {
    HDX_ROMANISE_NONE,
    HDX_ROMANISE_PINYIN,
    HDX_ROMANISE_ROMAJI
} hdx_romanisation;

/* What is said to the reader. */
typedef enum hdx_message {
    HDX_MESSAGE_NOTHING_FOUND,
    HDX_MESSAGE_DID_YOU_MEAN,   /* {0}: the corrected question */
    HDX_MESSAGE_OTHER_LANGUAGE, /* of a text that the reader's language lacks */
    HDX_MESSAGE_OUTDATED,       /* of a translation that is behind its source */
    HDX_MESSAGE_TOPICS,      /* above what is offered where nothing was found */
    HDX_MESSAGE_PERSON,      /* the way to a person */
    HDX_MESSAGE_SEED_PHRASE, /* to who has written the words of their wallet */
    HDX_SEARCH_MESSAGES, /* those are said around hits, the others in a talk */
    HDX_MESSAGE_CLARIFY = HDX_SEARCH_MESSAGES, /* above things to choose from */
    HDX_MESSAGE_CLARIFY_NONE, /* to choose when it is none of them */
    HDX_MESSAGE_HANDED_OVER,  /* a person takes over */
    HDX_MESSAGE_REASSURE,     /* where stakes are high, before all else */
    HDX_MESSAGE_SKIP,         /* to choose when one has no answer */
    HDX_MESSAGE_UNHELPED,     /* to choose when an answer did not help */
    HDX_MESSAGE_MISSED,       /* before what is asked again */
    HDX_MESSAGES
} hdx_message;

typedef struct hdx_pack {
    hdx_locale locale;
    const char *path; /* of its file, for messages */
    const char *name;
    const char *const *fallback; /* tags, ended by NULL */
    const char *stemmer;         /* NULL: words stay as they are */
    const int32_t *bigrams;      /* UScriptCode */
    size_t bigram_count;
    hdx_map stopwords; /* folded words */
    hdx_map elisions;  /* folded words that an apostrophe ties to the next */
    hdx_replacements normalise; /* in text as written, before all else */
    unsigned folds;             /* HDX_FOLD_* of text/letters.h */
    hdx_replacements respell;   /* in folded words, after `folds` */
    hdx_romanisation romanise;
    hdx_replacements keyboard; /* keys of a Latin layout -> letters here */
    bool compounds;            /* words are written together into longer ones */
    const hdx_synonyms *synonyms;
    size_t synonym_count;
    const hdx_str *instructions; /* phrases that speak to a language model */
    size_t instruction_count;
    const hdx_str *person; /* phrases that ask for a person, wherever they
                              stand in a message */
    size_t person_count;
    const hdx_str *person_alone; /* that do so when they are all of it */
    size_t person_alone_count;
    hdx_str messages[HDX_MESSAGES]; /* patterns of MessageFormat */
} hdx_pack;

typedef struct hdx_catalog hdx_catalog;

/*
 * The packs of a folder (`*.yml`), or with NULL those built in. Read whole,
 * parsed when asked for. Errors: NOT_FOUND, BAD_INPUT, IO.
 */
helpdex_status hdx_catalog_open(const char *dir, hdx_catalog **out,
                                helpdex_error *err);
void hdx_catalog_free(hdx_catalog *catalog);

/*
 * The pack that fits a locale best, the root pack if none does. Borrowed from
 * the catalogue. Errors: BAD_INPUT (the file, line and key).
 */
helpdex_status hdx_catalog_pack(hdx_catalog *catalog, const hdx_locale *wanted,
                                const hdx_pack **out, helpdex_error *err);

/* Parses every pack, so that a fault shows when an index is built and not when
   a reader of that language comes. Errors: BAD_INPUT. */
helpdex_status hdx_catalog_check(hdx_catalog *catalog, helpdex_error *err);

size_t hdx_catalog_count(const hdx_catalog *catalog);
/* Tag and text of one pack file, in order of tags. */
hdx_str hdx_catalog_tag(const hdx_catalog *catalog, size_t at);
hdx_str hdx_catalog_text(const hdx_catalog *catalog, size_t at);

/* Adds all tags and texts to a digest. */
void hdx_catalog_digest(const hdx_catalog *catalog, struct sha256_ctx *context);

/* Likewise of those that make the pack of a locale: its own and the wider. */
void hdx_catalog_digest_for(hdx_catalog *catalog, const hdx_locale *wanted,
                            struct sha256_ctx *context);

#endif
