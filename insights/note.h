/* A row of the journal: one search, with nothing of its customer in it. */
#ifndef HDX_NOTE_H
#define HDX_NOTE_H

#include <helpdex/search.h>

/* The columns of text, in the order of the table. */
enum {
    HDX_NOTE_LOCALE,
    HDX_NOTE_QUERY,
    HDX_NOTE_FIRST_ID,
    HDX_NOTE_FIRST_TIER,
    HDX_NOTE_CORRECTION,
    HDX_NOTE_VIA,
    HDX_NOTE_GENERATION,
    HDX_NOTE_REGION,
    HDX_NOTE_PLATFORM,
    HDX_NOTE_TEXTS
};

typedef struct hdx_note {
    char *texts[HDX_NOTE_TEXTS]; /* NULL: there is none */
    int64_t at;                  /* seconds since 1970 */
    int64_t hits;
    int64_t took_us;
    bool seed_phrase; /* the query had one and is not here */
    bool fallback;    /* of the first hit */
} hdx_note;

/*
 * Redacts and copies. `*out` is to be released with hdx_note_free(); NULL on
 * failure. Errors: INVALID (the query is not UTF-8), STORE (ICU has no data).
 */
helpdex_status hdx_note_make(const helpdex_request *request,
                             const helpdex_results *results, hdx_note **out,
                             helpdex_error *err);
void hdx_note_free(hdx_note *note);

#endif
