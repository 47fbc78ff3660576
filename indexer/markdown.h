/*
 * Markdown to sections, by md4c. A section is a heading and what follows it up
 * to the next heading; it is the unit that a search finds. Raw HTML is left
 * out of the text, and so is what indexer/cleaning.h takes out.
 */
#ifndef HDX_MARKDOWN_H
#define HDX_MARKDOWN_H

#include "base/arena.h"
#include "base/error.h"

/* Bytes [begin, end). */
typedef struct hdx_range {
    size_t begin;
    size_t end;
} hdx_range;

typedef struct hdx_section {
    unsigned level;   /* of its heading, 1 to 6; 0 above the first heading */
    hdx_str heading;  /* plain text on one line */
    hdx_str headings; /* the path to it, one a line, outermost first */
    hdx_str anchor;   /* unique in the document; empty at level 0; that of
                         `{#anchor}` if the heading has one */
    hdx_str text;     /* plain; blocks are lines */
    hdx_range *code;  /* where code blocks stand in it, in order */
    size_t code_count;
    size_t begin; /* byte offsets into the markdown */
    size_t end;
} hdx_section;

typedef struct hdx_document {
    hdx_str title;     /* the first level 1 heading, or empty */
    bool title_opens;  /* it stands above all text, and makes no section */
    bool untranslated; /* an include of it says so */
    bool outdated;     /* likewise */
    hdx_section *sections;
    size_t count;
} hdx_document;

/*
 * Cuts valid UTF-8 into sections, all in `arena`. Sections without text are
 * left out. Errors: BAD_INPUT (a table of more than 100,000 cells).
 */
helpdex_status hdx_markdown_read(hdx_arena *arena, hdx_str markdown,
                                 const char *file, hdx_document *out,
                                 helpdex_error *err);

#endif
