/*
 * What other tools put between the words of an article, taken out before the
 * markdown is read: shortcodes (`{{< >}}`, `{{% %}}`), Liquid and Markdoc
 * (`{% %}`, `{{ }}`), attributes (`{: }`), imports, exports, comments and tags
 * of MDX, and characters that nobody sees. What stands between two tags stays,
 * and so does what a tag shows (`title="..."`). Code stays as it is.
 */
#ifndef HDX_CLEANING_H
#define HDX_CLEANING_H

#include "base/arena.h"

/* Stands for every byte that was taken out in the middle of a line, so that
   offsets and lines stay those of the file. Whoever reads text drops it. */
#define HDX_FILLER '\x01'

typedef struct hdx_cleaned {
    hdx_str text;      /* as long as the original, with the same line ends */
    bool untranslated; /* an include says `translated="no"` */
    bool outdated;     /* likewise `translationOutdated="yes"` */
} hdx_cleaned;

/* Cleans valid UTF-8. False: memory is out. */
bool hdx_clean_markdown(hdx_arena *arena, hdx_str markdown, hdx_cleaned *out);

/* Text without soft hyphens, byte order marks and marks of direction. Itself,
   if it has none; `ptr` is NULL when memory is out. */
hdx_str hdx_clean_text(hdx_arena *arena, hdx_str text);

#endif
