/*
 * Exports of other help centres to the native tree of articles. Readers of the
 * formats add articles; importer/tree.c gives them their paths and writes them.
 */
#ifndef HDX_IMPORT_H
#define HDX_IMPORT_H

#include "base/map.h"
#include "importer/intake.h"

typedef struct hdx_import_options {
    const char *into;   /* the knowledge base; made if it is not there */
    const char *format; /* auto, zendesk, intercom, csv or jsonl */
    const char *locale; /* of articles that say none; NULL: they must */
    bool force;         /* replace files that differ */
} hdx_import_options;

/* An article in one locale. Texts that are empty are not written. */
typedef struct hdx_incoming {
    hdx_place place;
    hdx_str id;
    hdx_str locale; /* canonical tag */
    hdx_str title;
    hdx_str description;
    hdx_str section; /* becomes the folder */
    hdx_str modified;
    hdx_str url;
    hdx_str weight;
    hdx_str source; /* the locale of the original, if the export says it */
    hdx_str body;   /* markdown */
    hdx_str *tags;
    size_t tag_count;
    bool draft, outdated, untranslated;
    bool original; /* the others of its id are translations of it */
    hdx_str below; /* its path in any locale, if it names its family */
    hdx_str path;  /* below the knowledge base; both by importer/tree.c */
} hdx_incoming;

typedef struct hdx_import {
    hdx_import_options options;
    hdx_intake in;
    hdx_incoming *articles;
    size_t count, capacity;
    hdx_map known; /* id TAB locale -> number of the article, from 1 */
    size_t written, unchanged; /* files */
} hdx_import;

/*
 * Reads the exports at `paths`, files or folders of them, and writes the
 * articles. With BAD_INPUT nothing was written, and the findings say why; on
 * another error `*err` does. `out` is to be released in any case.
 */
helpdex_status hdx_import_run(const hdx_import_options *options,
                              char *const *paths, size_t count, hdx_import *out,
                              helpdex_error *err);
void hdx_import_free(hdx_import *import);

/*
 * Adds an article whose body is `html`, or plain text when `is_plain`; its
 * locale is still as the export has it. What is wrong with it becomes a
 * finding. Errors: NOMEM.
 */
helpdex_status hdx_import_add(hdx_import *import, hdx_incoming article,
                              hdx_str body, bool is_plain, helpdex_error *err);

/* The readers. `text` is valid UTF-8. Errors: NOMEM; others are findings. */
helpdex_status hdx_import_json(hdx_import *import, const char *file,
                               hdx_str text, helpdex_error *err);
helpdex_status hdx_import_jsonl(hdx_import *import, const char *file,
                                hdx_str text, helpdex_error *err);
helpdex_status hdx_import_csv(hdx_import *import, const char *file,
                              hdx_str text, helpdex_error *err);

/* The text of an article's file. Errors: NOMEM. */
helpdex_status hdx_compose(hdx_arena *arena, const hdx_incoming *article,
                           hdx_str *out, helpdex_error *err);

/* Gives paths to all articles and writes them. */
helpdex_status hdx_import_write(hdx_import *import, helpdex_error *err);

#endif
