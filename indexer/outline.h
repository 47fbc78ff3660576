/*
 * What stands where in the markdown of an article: headings, links, images and
 * tables with their offsets, as checks need them and an index does not.
 */
#ifndef HDX_OUTLINE_H
#define HDX_OUTLINE_H

#include "base/arena.h"
#include "base/map.h"

/* What a byte of the markdown is, as far as it is text. */
enum {
    HDX_MARK_NONE,
    HDX_MARK_PROSE,
    HDX_MARK_CODE,
    HDX_MARK_HTML,
    HDX_MARK_TABLE
};

typedef struct hdx_outline_link {
    hdx_str target; /* as written */
    size_t at;      /* offset of the target, else of what stands before */
    bool image;
    bool described; /* of an image: it has an alternative text */
    bool templated; /* tags of other tools stand in the target */
} hdx_outline_link;

typedef struct hdx_outline_heading {
    unsigned level;
    size_t at; /* of its first text; SIZE_MAX: it has none */
} hdx_outline_heading;

typedef struct hdx_outline {
    hdx_outline_link *links;
    size_t link_count, link_capacity;
    hdx_outline_heading *headings;
    size_t heading_count, heading_capacity;
    bool templated;       /* tags in a heading: its anchor is made elsewhere */
    hdx_map anchors;      /* loose forms of all, see hdx_outline_loose() */
    unsigned char *marks; /* one for each byte of the text; in the arena */
} hdx_outline;

/*
 * Reads the valid UTF-8 `text` from `body` on; offsets are into `text`. What
 * points somewhere does so into `arena` or `text`. False when memory is out.
 */
bool hdx_outline_read(hdx_arena *arena, hdx_str text, size_t body,
                      hdx_outline *out);
void hdx_outline_free(hdx_outline *outline);

/* An anchor as all tools agree on it: letters and digits in lower case. The
   slugs of tools differ in everything else. */
hdx_str hdx_outline_loose(hdx_arena *arena, hdx_str anchor);

#endif
