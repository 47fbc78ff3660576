/*
 * The forward file: what a generation knows of each section and article by
 * ordinal, mapped into memory and read in place. Section ordinals are those
 * of the engine's documents. Its numbers are the machine's own; a file of
 * another byte order is refused. The caller has verified the bytes: a disk that
 * fails later kills a process that reads a mapping.
 */
#ifndef HDX_FORWARD_H
#define HDX_FORWARD_H

#include "base/arena.h"
#include "base/file.h"

typedef struct hdx_forward_article {
    hdx_str id;
    hdx_str title;
    hdx_str path; /* below the folder that was indexed */
    hdx_str url;  /* empty: none */
} hdx_forward_article;

typedef struct hdx_forward_section {
    uint32_t article;
    uint32_t line;    /* of the section in its file, from 1 */
    hdx_str anchor;   /* empty above the first heading */
    hdx_str headings; /* the path, one a line, outermost first */
    hdx_str text;     /* plain */
} hdx_forward_section;

typedef struct hdx_forward_writer hdx_forward_writer;

helpdex_status hdx_forward_writer_new(hdx_forward_writer **out,
                                      helpdex_error *err);
/* Starts the next article; the sections that follow are its own. */
helpdex_status hdx_forward_add_article(hdx_forward_writer *writer,
                                       const hdx_forward_article *article,
                                       helpdex_error *err);
/* Adds the next section; its `article` is ignored. */
helpdex_status hdx_forward_add_section(hdx_forward_writer *writer,
                                       const hdx_forward_section *section,
                                       helpdex_error *err);
/* Errors: IO; BAD_INPUT when there are more than 4 GiB of text. */
helpdex_status hdx_forward_write(hdx_forward_writer *writer, const char *path,
                                 helpdex_error *err);
void hdx_forward_writer_free(hdx_forward_writer *writer);

typedef struct hdx_forward hdx_forward;

/* Maps a file and checks that every reference stays inside. Errors: DAMAGED. */
helpdex_status hdx_forward_open(const char *path, hdx_forward **out,
                                helpdex_error *err);
void hdx_forward_free(hdx_forward *forward);

uint32_t hdx_forward_article_count(const hdx_forward *forward);
uint32_t hdx_forward_section_count(const hdx_forward *forward);

/* Views into the file, terminated; ordinals must be below the counts. */
hdx_forward_article hdx_forward_article_at(const hdx_forward *forward,
                                           uint32_t ordinal);
hdx_forward_section hdx_forward_section_at(const hdx_forward *forward,
                                           uint32_t ordinal);
/* The article a section belongs to. */
uint32_t hdx_forward_article_of(const hdx_forward *forward, uint32_t section);

/* Whether there is an article of this id; binary search. */
bool hdx_forward_has_id(const hdx_forward *forward, hdx_str id);

#endif
