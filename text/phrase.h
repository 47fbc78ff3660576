/* Looking for a phrase in a text, whatever case, line ends and emphasis. */
#ifndef HDX_PHRASE_H
#define HDX_PHRASE_H

#include "base/arena.h"

/* A text made ready for many phrases. */
typedef struct hdx_phrase_text {
    uint32_t *letters; /* folded; 0 stands for what is no letter or digit */
    size_t *places;    /* of each, in the text */
    size_t count;
} hdx_phrase_text;

/* Both live in `arena`. False when memory is out. */
bool hdx_phrase_prepare(hdx_arena *arena, hdx_str text, hdx_phrase_text *out);

/* Leaves aside what people leave out or mix up in any language: accents, the
   other Chinese script, the other kana. */
void hdx_phrase_loosen(hdx_phrase_text *text);

/* Whether `phrase` stands at a place in `letters`, as whole words where words
   have spaces. Both are prepared. */
bool hdx_phrase_stands_at(const hdx_phrase_text *text, size_t at,
                          const hdx_phrase_text *phrase);

/* The offset at which `phrase` first stands in the text, as whole words where
   words have spaces; SIZE_MAX: it does not. Both are prepared. */
size_t hdx_phrase_find(const hdx_phrase_text *text,
                       const hdx_phrase_text *phrase);

/* Whether two texts are the same as phrases are compared. */
bool hdx_phrase_same(const hdx_phrase_text *a, const hdx_phrase_text *b);

/* The number that a text is, in the digits of any script; 0: it is none, or
   over 999. */
unsigned hdx_phrase_number(const hdx_phrase_text *text);

#endif
