/* The locales that the texts of a knowledge base's editors are written in. */
#ifndef HDX_TAGLIST_H
#define HDX_TAGLIST_H

#include "store/texts.h"
#include "text/locale.h"

typedef struct hdx_taglist {
    hdx_locale *locales; /* of all tags, each once */
    hdx_str *tags;       /* as they are written */
    size_t count;
} hdx_taglist;

/* An empty list with room for so many tags, in `arena`. False when memory is
   out. */
bool hdx_taglist_make(hdx_arena *arena, size_t most, hdx_taglist *out);

/* Adds the tags of texts that the indexer has checked. Errors: NOMEM. */
helpdex_status hdx_taglist_add(hdx_taglist *list, const hdx_local_texts *texts,
                               helpdex_error *err);

/* The locale of a tag; NULL of one that is not there. */
const hdx_locale *hdx_taglist_find(const hdx_taglist *list, hdx_str tag);

#endif
