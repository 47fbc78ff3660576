/*
 * Triage paths as a picture: what a customer is asked, where each answer leads,
 * and where a person takes over. Drawn from the files of a knowledge base, so
 * that a writer sees a change before it is published.
 */
#ifndef HELPDEX_TRIAGE_H
#define HELPDEX_TRIAGE_H

#include <stddef.h>

#include <helpdex/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What to draw. Fill with helpdex_triage_options_init(), then change. */
typedef struct helpdex_triage_options {
    size_t size;             /* sizeof(helpdex_triage_options) */
    const char *path;        /* the name of a path; NULL: all */
    const char *locale;      /* to show texts in; NULL: the default locale */
    const char *locales_dir; /* folder of locale packs; NULL: those built in */
} helpdex_triage_options;

/* Immutable; free it once. */
typedef struct helpdex_drawing helpdex_drawing;

/**
 * Set every option to its default.
 *
 * Ownership: writes `*options` alone.
 * Errors: none.
 * Threads: any.
 * Cost: constant.
 */
HELPDEX_API void helpdex_triage_options_init(helpdex_triage_options *options);

/**
 * Draw triage paths of a knowledge base, as they are on disk. They need not be
 * sound: a dead end is seen best in a picture. A text that the locale lacks is
 * shown in a fallback.
 *
 * Ownership: strings are read during the call. `*out` is new, to be released
 *   with helpdex_drawing_free(); NULL on failure.
 * Errors: INVALID (options; no language tag), NOT_FOUND (no such knowledge
 *   base, path, or no path at all), BAD_INPUT (a path, helpdex.yml or a locale
 *   pack cannot be read), IO.
 * Threads: any number of calls.
 * Cost: lists the files of the knowledge base, and reads triage/.
 */
HELPDEX_API helpdex_status
helpdex_triage_draw(const char *kb_dir, const helpdex_triage_options *options,
                    helpdex_drawing **out, helpdex_error *err);

/**
 * The drawing in the language of Graphviz, UTF-8 and terminated, for its
 * program `dot`.
 *
 * Ownership: borrowed from `drawing`.
 * Errors: none.
 * Threads: any; drawings are immutable.
 * Cost: constant.
 */
HELPDEX_API const char *helpdex_drawing_dot(const helpdex_drawing *drawing);

/**
 * Release a drawing. NULL is fine.
 *
 * Ownership: takes `drawing`; everything borrowed from it is gone.
 * Errors: none.
 * Threads: one call, after the last use.
 * Cost: constant.
 */
HELPDEX_API void helpdex_drawing_free(helpdex_drawing *drawing);

#ifdef __cplusplus
}
#endif

#endif
