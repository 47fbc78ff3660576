/*
 * How all text is folded, articles, questions and the words of packs alike.
 * Exact: NFKC_Casefold, the typographic apostrophe as the plain one, and before
 * that what the pack normalises. Loose: that without what people leave out or
 * mix up in this language.
 */
#ifndef HDX_FOLD_H
#define HDX_FOLD_H

#include <stddef.h>
#include <unicode/umachine.h>
#include <unicode/utypes.h>

#include "text/pack.h"

/*
 * Writes `text` with the replacements made from left to right, the longest that
 * fits first, at most `room` bytes, whole pieces. Returns their number.
 */
size_t hdx_replace(const hdx_replacements *by, hdx_str text, char *out,
                   size_t room);

/* Longer words are cut here before they are folded. */
enum { HDX_FOLD_UNITS = 128 };

/*
 * The exact form of a word, at most `room` bytes of UTF-8, cut between code
 * points and not terminated. Returns their number: 0 when nothing is left, or
 * when ICU failed (`*code`).
 */
size_t hdx_fold(const hdx_pack *pack, const UChar *units, size_t count,
                char *out, size_t room, UErrorCode *code);

/* The loose form of an exact one, likewise. */
size_t hdx_fold_loose(const hdx_pack *pack, hdx_str exact, char *out,
                      size_t room);

#endif
