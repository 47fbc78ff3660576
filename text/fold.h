/*
 * How all text is folded, articles, questions and the words of packs alike:
 * NFKC_Casefold, and the typographic apostrophe as the plain one.
 */
#ifndef HDX_FOLD_H
#define HDX_FOLD_H

#include <stddef.h>
#include <unicode/umachine.h>
#include <unicode/utypes.h>

/* Longer words are cut here before they are folded. */
enum { HDX_FOLD_UNITS = 128 };

/*
 * Folds a word into at most `room` bytes of UTF-8, cut between code points and
 * not terminated. Returns their number: 0 when nothing is left, or when ICU
 * failed (`*code`).
 */
size_t hdx_fold(const UChar *units, size_t count, char *out, size_t room,
                UErrorCode *code);

#endif
