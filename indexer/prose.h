/* The text of a section that is meant to be read: all but its code. */
#ifndef HDX_PROSE_H
#define HDX_PROSE_H

#include "indexer/markdown.h"
#include "text/script.h"

/* Adds the letters of a section's prose, without its heading. */
void hdx_prose_count_letters(const hdx_section *section,
                             const hdx_locale *locale, hdx_letter_count *count);

#endif
