/*
 * Golden queries: questions, and the articles that must answer them. A set is
 * of one locale, whatever files it was read from.
 */
#ifndef HDX_GOLDEN_H
#define HDX_GOLDEN_H

#include "base/arena.h"
#include "base/error.h"

/* An article that answers. All strings here are terminated. */
typedef struct hdx_right hdx_right;
struct hdx_right {
    const char *article;
    const char *section; /* NULL: whichever of it is found */
    unsigned gain;       /* how well it answers, from 1 */
    unsigned line;       /* where the file says so */
    unsigned column;
    hdx_right *next;
};

typedef struct hdx_golden {
    const char *qid; /* of a TREC run */
    const char *query;
    hdx_right *right; /* any of these; in the order of the file */
} hdx_golden;

typedef struct hdx_golden_set {
    const char *locale; /* as the file is named */
    const char *file;
    hdx_golden *items; /* each query once */
    size_t count;
} hdx_golden_set;

/*
 * Reads `file` of rows `query<TAB>article id[#section]`; rows of one query are
 * one golden query that each of its articles answers. In `arena`. Errors:
 * NOT_FOUND, IO, BAD_INPUT (a row is malformed, or there is none).
 */
helpdex_status hdx_golden_read(hdx_arena *arena, const char *file,
                               const char *locale, hdx_golden_set *out,
                               helpdex_error *err);

typedef struct hdx_golden_sets {
    hdx_golden_set *items; /* in the order of the files' names */
    size_t count;
} hdx_golden_sets;

/* Reads every `<locale>.tsv` of a folder. Errors: as above; NOT_FOUND when
   there is no such file. */
helpdex_status hdx_golden_read_all(hdx_arena *arena, const char *dir,
                                   hdx_golden_sets *out, helpdex_error *err);

/* Adds `right`, which lives as long as the golden query, behind the others. */
void hdx_golden_add(hdx_golden *golden, hdx_right *right);

#endif
