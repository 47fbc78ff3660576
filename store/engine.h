/*
 * The seam to the search engine: terms and a query tree go in, ranked ordinals
 * come out. It never sees text, query strings or languages, and nothing of the
 * engine's own shows through. Behind it is Xapian (engine_xapian.cc).
 */
#ifndef HDX_ENGINE_H
#define HDX_ENGINE_H

#include "base/error.h"

#ifdef __cplusplus
#define HDX_NOEXCEPT noexcept
extern "C" {
#else
#define HDX_NOEXCEPT
#endif

/* A term of one document, and how often it counts there. */
typedef struct hdx_posting {
    hdx_str term;
    uint32_t frequency;
} hdx_posting;

typedef struct hdx_engine_writer hdx_engine_writer;
typedef struct hdx_engine hdx_engine;

/*
 * Starts a new index that will be the single file `path`; a work folder lies
 * beside it meanwhile. Errors: IO, STORE.
 */
helpdex_status hdx_engine_writer_open(const char *path, hdx_engine_writer **out,
                                      helpdex_error *err) HDX_NOEXCEPT;

/* Adds the next document; the first has ordinal 0. Terms are distinct. */
helpdex_status hdx_engine_writer_add(hdx_engine_writer *writer,
                                     const hdx_posting *postings, size_t count,
                                     helpdex_error *err) HDX_NOEXCEPT;

/* Writes the file and removes the work folder. Nothing can be added after. */
helpdex_status hdx_engine_writer_finish(hdx_engine_writer *writer,
                                        helpdex_error *err) HDX_NOEXCEPT;
void hdx_engine_writer_free(hdx_engine_writer *writer) HDX_NOEXCEPT;

/* Opens a finished file, whose bytes the caller has verified. */
helpdex_status hdx_engine_open(const char *path, hdx_engine **out,
                               helpdex_error *err) HDX_NOEXCEPT;

/* Adds the documents of another file, at most once: both are searched as one.
   Errors: those of opening. */
helpdex_status hdx_engine_join(hdx_engine *engine, const char *path,
                               helpdex_error *err) HDX_NOEXCEPT;
void hdx_engine_free(hdx_engine *engine) HDX_NOEXCEPT;

/* Of all files, as the next. */
helpdex_status hdx_engine_document_count(const hdx_engine *engine,
                                         uint32_t *out,
                                         helpdex_error *err) HDX_NOEXCEPT;
/* How many documents have the term. */
helpdex_status hdx_engine_document_frequency(const hdx_engine *engine,
                                             hdx_str term, uint32_t *out,
                                             helpdex_error *err) HDX_NOEXCEPT;

typedef enum hdx_query_op {
    HDX_QUERY_TERM, /* documents with `term` */
    HDX_QUERY_OR,   /* documents with any child; weights add up */
    HDX_QUERY_MAYBE /* documents of the first child; the second adds weight */
} hdx_query_op;

typedef struct hdx_query hdx_query;
struct hdx_query {
    hdx_query_op op;
    double weight; /* multiplies what the node adds to a score; 1 is plain */
    hdx_str term;
    const hdx_query *children;
    size_t count;
};

/* Constants of BM25: term frequency saturates by k1, length counts by b. */
typedef struct hdx_bm25 {
    double k1;
    double b;
} hdx_bm25;

typedef struct hdx_candidate {
    double score;
    uint32_t ordinal; /* in its file */
    bool joined;      /* its file is the one that was added */
} hdx_candidate;

/*
 * The `limit` best documents, best first, lower ordinals first among equals.
 * `out` has room for `limit`; `*count` are there. Errors: STORE.
 */
helpdex_status hdx_engine_retrieve(hdx_engine *engine, const hdx_query *query,
                                   hdx_bm25 weighting, uint32_t limit,
                                   hdx_candidate *out, size_t *count,
                                   helpdex_error *err) HDX_NOEXCEPT;

/* For the tests of the guard alone: throws inside it what `kind` says. */
typedef enum hdx_engine_fault {
    HDX_FAULT_NONE,
    HDX_FAULT_LOCK,
    HDX_FAULT_VERSION,
    HDX_FAULT_CORRUPT,
    HDX_FAULT_OPENING,
    HDX_FAULT_MODIFIED,
    HDX_FAULT_OTHER_XAPIAN,
    HDX_FAULT_BAD_ALLOC,
    HDX_FAULT_STANDARD,
    HDX_FAULT_UNKNOWN
} hdx_engine_fault;
helpdex_status hdx_engine_throw(hdx_engine_fault kind,
                                helpdex_error *err) HDX_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
