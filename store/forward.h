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

/* Lists of texts are written one a line. */
typedef struct hdx_forward_article {
    hdx_str id;
    hdx_str title;
    hdx_str path; /* below the folder that was indexed */
    hdx_str url;  /* empty: none, as with every text here */
    hdx_str category;
    hdx_str deep_link;
    hdx_str regions;   /* for which it is meant; "-XX": not for XX */
    hdx_str platforms; /* likewise */
    hdx_str source;    /* of a translation: hashes of the sections that it was
                       made from, HDX_SOURCE_HASH bytes each */
    hdx_str questions; /* the ways customers ask for it */
    uint64_t digest;   /* of its file */
    uint32_t weight;   /* from 1, the lightest first; 0: none was given */
    int32_t modified;  /* day of its last change since 1970; 0: not known */
    uint32_t helped;   /* readers whom it helped */
    uint32_t unhelped; /* and did not help */
    uint16_t behind;   /* sections of its source that are newer */
    uint16_t sections; /* that its source has; 0: it is no translation */
    bool high_stakes;
} hdx_forward_article;

enum { HDX_SOURCE_HASH = 8 };

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

/*
 * Of the articles of a file some may be gone since it was written: replaced by
 * those of a later file, or removed. Their ordinals, in order, are a file too.
 * Errors of writing: IO; of hiding: DAMAGED, IO, NOT_FOUND.
 */
helpdex_status hdx_gone_write(const char *path, const uint32_t *ordinals,
                              size_t count, helpdex_error *err);
helpdex_status hdx_forward_hide(hdx_forward *forward, const char *path,
                                helpdex_error *err);
bool hdx_forward_is_gone(const hdx_forward *forward, uint32_t article);

/* With those that are gone. */
uint32_t hdx_forward_article_count(const hdx_forward *forward);
uint32_t hdx_forward_section_count(const hdx_forward *forward);

/*
 * What a locale's folder has: its file, without what is gone, and that of its
 * delta (NULL where it has none). Errors: those of opening and hiding.
 */
typedef struct hdx_forwards {
    hdx_forward *base;
    hdx_forward *delta;
} hdx_forwards;

helpdex_status hdx_forwards_open(const char *dir, hdx_forwards *out,
                                 helpdex_error *err);
void hdx_forwards_close(hdx_forwards *forwards);

/* The one that has the article of this id; NULL: none. */
const hdx_forward *hdx_forwards_find(const hdx_forwards *forwards, hdx_str id,
                                     uint32_t *article);

/* Views into the file, terminated; ordinals must be below the counts. */
hdx_forward_article hdx_forward_article_at(const hdx_forward *forward,
                                           uint32_t ordinal);
hdx_forward_section hdx_forward_section_at(const hdx_forward *forward,
                                           uint32_t ordinal);
/* The article a section belongs to. */
uint32_t hdx_forward_article_of(const hdx_forward *forward, uint32_t section);

/* The ordinal of the article of this id, or HDX_NO_ARTICLE where there is none
   or it is gone; binary search. */
enum { HDX_NO_ARTICLE = 0x7FFFFFFF };
uint32_t hdx_forward_find(const hdx_forward *forward, hdx_str id);

/* The sections of an article are [first, end); binary search. */
void hdx_forward_sections_of(const hdx_forward *forward, uint32_t article,
                             uint32_t *first, uint32_t *end);

#endif
