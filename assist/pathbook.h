/*
 * The triage paths of an index, made ready to be begun and walked: found by
 * name, by an article or by what a customer says, and their texts chosen for a
 * reader. Nothing changes after it was opened, so any thread may use it.
 */
#ifndef HDX_PATHBOOK_H
#define HDX_PATHBOOK_H

#include "base/map.h"
#include "search/taglist.h"
#include "store/paths.h"
#include "text/locale.h"
#include "text/phrase.h"

/* A way that customers say it. */
typedef struct hdx_path_label {
    const hdx_path *path;
    const hdx_locale *locale;
    hdx_phrase_text phrase;
} hdx_path_label;

/* Zeroed, it has no paths. */
typedef struct hdx_pathbook {
    hdx_arena arena;
    hdx_paths paths;
    hdx_locale default_locale;
    hdx_taglist tags; /* of all texts in the paths */
    hdx_map articles; /* id -> 1 + number of the path that it begins */
    hdx_path_label *labels;
    size_t label_count;
} hdx_pathbook;

/*
 * Reads the paths of a generation's folder; none is fine. A text without a tag
 * is in the default locale. Close it even if it fails. Errors: IO, DAMAGED.
 */
helpdex_status hdx_pathbook_open(const char *generation,
                                 const hdx_locale *default_locale,
                                 hdx_pathbook *out, helpdex_error *err);
void hdx_pathbook_close(hdx_pathbook *book);

/* Each gives NULL when no path is begun so. */
const hdx_path *hdx_pathbook_find(const hdx_pathbook *book, hdx_str name);
const hdx_path *hdx_pathbook_by_article(const hdx_pathbook *book, hdx_str id);

/* The path with a label in the reader's language that stands in the message,
   prepared and loosened, as whole words; of several the longest label decides. */
const hdx_path *hdx_pathbook_by_label(const hdx_pathbook *book,
                                      const hdx_locale *reader,
                                      const hdx_phrase_text *message);

/* Locales that a reader is served in, the best first. */
typedef struct hdx_readers {
    const hdx_locale *locales;
    size_t count;
} hdx_readers;

/* Of texts the one for a reader, the first if there is none for any of the
   locales; NULL without texts. */
const hdx_local_text *hdx_pathbook_text(const hdx_pathbook *book,
                                        const hdx_local_texts *texts,
                                        hdx_readers readers);

/* The locale of a text. */
const hdx_locale *hdx_pathbook_locale(const hdx_pathbook *book,
                                      const hdx_local_text *text);

#endif
