/*
 * Texts that people write into the files of a knowledge base, one or more in
 * each locale, and where they stand. Tags of locales are texts here; those who
 * read them know what they mean.
 */
#ifndef HDX_TEXTS_H
#define HDX_TEXTS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/yaml.h"

/* A text in a locale, or a locale alone, and where it stands. */
typedef struct hdx_local_text {
    hdx_str locale; /* the tag as written; empty: none was */
    hdx_str text;
    unsigned line;
    unsigned column;
} hdx_local_text;

typedef struct hdx_local_texts {
    hdx_local_text *items;
    size_t count;
} hdx_local_texts;

/* What reads one file. */
typedef struct hdx_text_reader {
    hdx_arena *arena;
    const char *path; /* for messages */
    helpdex_error *err;
} hdx_text_reader;

/* BAD_INPUT at a place of the file: "what; try this". */
helpdex_status hdx_text_fail(const hdx_text_reader *reader, const hdx_yaml *at,
                             const char *what);

/* Refuses a key that stands above in the same map. */
helpdex_status hdx_text_once(const hdx_text_reader *reader, const hdx_yaml *map,
                             const hdx_yaml *key);

/* The names of the keys that a kind of thing may have; NULL behind the last. */
typedef const char *hdx_text_key(unsigned kind, size_t at);

/* Refuses a key that is none of those; `below` names what it stands in. */
helpdex_status hdx_text_unknown(const hdx_text_reader *reader,
                                const hdx_yaml *key, const char *below,
                                hdx_text_key *key_at, unsigned kind);

/* A key alone says nothing, as does YAML's null. */
bool hdx_text_is_blank(const hdx_yaml *value);

/* Each reads into the arena of the reader. Errors: BAD_INPUT, NOMEM. */

/* One text. */
helpdex_status hdx_text_line(const hdx_text_reader *reader,
                             const hdx_yaml *value, hdx_str *out);

/* A text, or a list of texts, one a line. */
helpdex_status hdx_text_lines(const hdx_text_reader *reader,
                              const hdx_yaml *value, hdx_str *out);

/* A text or a list of texts, each with its place and no locale. */
helpdex_status hdx_text_list(const hdx_text_reader *reader,
                             const hdx_yaml *value, hdx_local_texts *out);

/* Texts, or lists of texts, by locale; or texts of no locale. */
helpdex_status hdx_text_by_locale(const hdx_text_reader *reader,
                                  const hdx_yaml *value, hdx_local_texts *out);

/* The same with one text in each locale, which is what is `said`. */
helpdex_status hdx_text_one_by_locale(const hdx_text_reader *reader,
                                      const hdx_yaml *value, const char *said,
                                      hdx_local_texts *out);

#endif
