/* BCP 47 tags, canonicalised by ICU, and how well one serves for another. */
#ifndef HDX_LOCALE_H
#define HDX_LOCALE_H

#include "base/error.h"

enum { HDX_TAG_SIZE = 64 };

typedef struct hdx_locale {
    char tag[HDX_TAG_SIZE];  /* canonical, as written: "pt-BR", "zh-TW" */
    char language[16];       /* "zh" */
    char script[16];         /* likely one if the tag has none: "Hant" */
    char full[HDX_TAG_SIZE]; /* with likely script and region */
    char language_full[HDX_TAG_SIZE]; /* of language and script alone */
} hdx_locale;

/*
 * Reads a tag in any case, with `-` or `_`, old codes included (`iw` is `he`).
 * False when it is no tag, or its language is none that ICU knows.
 */
bool hdx_locale_parse(hdx_str text, hdx_locale *out);

/* The same, for whoever would leave out what is no tag: BAD_INPUT when it is
   none, NOMEM when that could not be found out. */
helpdex_status hdx_locale_read(hdx_str text, hdx_locale *out);

/* Whether it is written from right to left. */
bool hdx_locale_is_right_to_left(const hdx_locale *locale);

/* What stands for any language. */
bool hdx_locale_root(hdx_locale *out);

/*
 * How well text in `offered` serves a reader of `wanted`: 4 the same tag, 3
 * another spelling of it (zh-CN for zh-Hans), 2 the language at large (de for
 * de-AT, pt-BR for pt-PT), 1 another region of it (pt-PT for pt-BR), 0 not
 * the same language and script.
 */
int hdx_locale_fit(const hdx_locale *wanted, const hdx_locale *offered);

#endif
