/*
 * Which words of a locale a reader may be told. A word that stands in articles
 * for others alone must not come back as a completion or a correction, nor by
 * its presence keep a typing error from being one.
 */
#ifndef HDX_WORDING_H
#define HDX_WORDING_H

#include "store/forward.h"
#include "store/lexicon.h"

/* Articles for the same readers are one audience; beyond so many they share
   the last one, whose words are told to readers alone of whom nothing is
   known. */
enum { HDX_AUDIENCES = 32 };

typedef struct hdx_audience {
    hdx_str regions;
    hdx_str platforms;
} hdx_audience;

/* Zeroed, it tells everything. */
typedef struct hdx_wording {
    hdx_audience audiences[HDX_AUDIENCES];
    size_t count;
    uint32_t *words; /* by word of the lexicon: a bit for each audience that
                        has it; NULL: all articles are for everybody */
} hdx_wording;

/* `*out` is to be released with hdx_wording_close(), and borrows from the
   forward file. Errors: NOMEM. */
helpdex_status hdx_wording_make(const hdx_forward *forward,
                                const hdx_lexicon *lexicon, hdx_wording *out,
                                helpdex_error *err);
void hdx_wording_close(hdx_wording *wording);

/* A bit for each audience that a reader belongs to. */
uint32_t hdx_wording_audiences(const hdx_wording *wording, const char *region,
                               const char *platform);

#endif
