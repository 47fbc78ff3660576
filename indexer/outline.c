/*
 * A second pass of md4c, which keeps places instead of words. md4c tells none,
 * but what it hands over lies in its input wherever nothing had to be decoded,
 * so that an offset is a difference of pointers.
 */
#include "indexer/outline.h"

#include <md4c.h>
#include <stdlib.h>

#include "indexer/cleaning.h"
#include "text/character.h"

typedef struct outliner {
    hdx_arena *arena;
    hdx_str text;   /* the file */
    hdx_str parsed; /* its body, cleaned */
    size_t body;
    hdx_outline *out;
    hdx_buf heading;
    size_t seen;  /* offset behind the last text */
    size_t image; /* its number + 1 while in one */
    unsigned in_code, in_html, in_table;
    bool in_heading;
    bool failed;
} outliner;

/* The offset in the file of what md4c handed over; SIZE_MAX: it is made up. */
static size_t place_of(const outliner *o, const char *ptr)
{
    uintptr_t at = (uintptr_t)ptr, start = (uintptr_t)o->parsed.ptr;
    return ptr && at >= start && at < start + o->parsed.len
               ? o->body + (size_t)(at - start)
               : SIZE_MAX;
}

hdx_str hdx_outline_loose(hdx_arena *arena, hdx_str anchor)
{
    hdx_str slug = hdx_slug(arena, anchor);
    char *out = slug.ptr ? hdx_arena_alloc(arena, slug.len + 1) : NULL;
    size_t len = 0;
    for (size_t i = 0; out && i < slug.len; i++)
        if (slug.ptr[i] != '-' && slug.ptr[i] != '_')
            out[len++] = slug.ptr[i];
    return (hdx_str){out, len};
}

static bool add_anchor(outliner *o, hdx_str anchor, bool number)
{
    bool added;
    hdx_str loose = hdx_outline_loose(o->arena, anchor);
    hdx_map_entry *entry =
        loose.ptr ? hdx_map_add(&o->out->anchors, loose, &added) : NULL;
    if (!entry)
        return false;
    if (added || !number)
        return true;
    hdx_str again = hdx_arena_format(o->arena, "%.*s%u", HDX_FMT(loose),
                                     (unsigned)++entry->value);
    return again.ptr && hdx_map_add(&o->out->anchors, again, &added);
}

/* A heading's anchor, and that without the numbers before its first word,
   which some tools leave out. */
static bool add_heading_anchor(outliner *o)
{
    hdx_str heading = hdx_str_trim(hdx_buf_str(&o->heading));
    if (heading.len == 0)
        return true;
    if (memchr(heading.ptr, HDX_FILLER, heading.len))
        o->out->templated = true;
    const char *attributes = memchr(heading.ptr, '{', heading.len);
    if (attributes && heading.ptr[heading.len - 1] == '}')
        heading.len = (size_t)(attributes - heading.ptr);
    size_t skip = 0;
    while (skip < heading.len && strchr("0123456789. )", heading.ptr[skip]))
        skip++;
    hdx_str bare = {heading.ptr + skip, heading.len - skip};
    return add_anchor(o, heading, true) &&
           (skip == 0 || add_anchor(o, bare, true));
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    outliner *o = context;
    o->in_code += type == MD_BLOCK_CODE;
    o->in_html += type == MD_BLOCK_HTML;
    o->in_table += type == MD_BLOCK_TABLE;
    if (type != MD_BLOCK_H)
        return 0;
    hdx_outline *out = o->out;
    if (!hdx_grow(&out->headings, &out->heading_capacity,
                  out->heading_count + 1, sizeof *out->headings)) {
        o->failed = true;
        return -1;
    }
    out->headings[out->heading_count++] = (hdx_outline_heading){
        ((const MD_BLOCK_H_DETAIL *)detail)->level, SIZE_MAX};
    o->heading.len = 0;
    o->in_heading = true;
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    outliner *o = context;
    (void)detail;
    o->in_code -= type == MD_BLOCK_CODE;
    o->in_html -= type == MD_BLOCK_HTML;
    o->in_table -= type == MD_BLOCK_TABLE;
    if (type != MD_BLOCK_H)
        return 0;
    o->in_heading = false;
    o->failed = o->failed || o->heading.failed || !add_heading_anchor(o);
    return o->failed ? -1 : 0;
}

/* Keeps a link; `where` is SIZE_MAX when its target had to be decoded. */
static int add_link(outliner *o, const MD_ATTRIBUTE *target, bool image)
{
    hdx_outline *out = o->out;
    size_t where = place_of(o, target->text);
    hdx_str copy =
        hdx_arena_copy(o->arena, (hdx_str){target->text, target->size});
    if (!copy.ptr || !hdx_grow(&out->links, &out->link_capacity,
                               out->link_count + 1, sizeof *out->links)) {
        o->failed = true;
        return -1;
    }
    bool templated = where != SIZE_MAX &&
                     memcmp(o->text.ptr + where, copy.ptr, copy.len) != 0;
    out->links[out->link_count++] =
        (hdx_outline_link){.target = copy,
                           .at = where == SIZE_MAX ? o->seen : where,
                           .image = image,
                           .templated = templated};
    if (image)
        o->image = out->link_count;
    return 0;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *context)
{
    outliner *o = context;
    if (type == MD_SPAN_A)
        return add_link(o, &((const MD_SPAN_A_DETAIL *)detail)->href, false);
    if (type == MD_SPAN_IMG)
        return add_link(o, &((const MD_SPAN_IMG_DETAIL *)detail)->src, true);
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *context)
{
    outliner *o = context;
    (void)detail;
    if (type == MD_SPAN_IMG)
        o->image = 0;
    return 0;
}

static int add_text(MD_TEXTTYPE type, const MD_CHAR *bytes, MD_SIZE size,
                    void *context)
{
    outliner *o = context;
    size_t at = place_of(o, bytes);
    bool html = type == MD_TEXT_HTML || o->in_html;
    bool code = type == MD_TEXT_CODE || o->in_code;
    if (at != SIZE_MAX) {
        memset(o->out->marks + at,
               html          ? HDX_MARK_HTML
               : o->in_table ? HDX_MARK_TABLE
               : code        ? HDX_MARK_CODE
                             : HDX_MARK_PROSE,
               size);
        o->seen = at + size;
    }
    if (o->image && hdx_str_trim((hdx_str){bytes, size}).len)
        o->out->links[o->image - 1].described = true;
    if (!o->in_heading)
        return 0;
    hdx_outline_heading *h = &o->out->headings[o->out->heading_count - 1];
    if (h->at == SIZE_MAX)
        h->at = at;
    if (type != MD_TEXT_HTML)
        hdx_buf_add(&o->heading, (hdx_str){bytes, size});
    return 0;
}

static const MD_PARSER parser = {
    .abi_version = 0,
    .flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS,
    .enter_block = enter_block,
    .leave_block = leave_block,
    .enter_span = enter_span,
    .leave_span = leave_span,
    .text = add_text,
};

/* The length of a name of an anchor at the start of `text`. */
static size_t anchor_length(hdx_str text)
{
    size_t len = 0;
    while (len < text.len && !strchr("\"' \t\r\n<>{}", text.ptr[len]))
        len++;
    return len;
}

/* Anchors that are written out: `id="x"`, `name='x'`, `{#x}`, `{: #x}`. */
static bool add_written_anchors(outliner *o)
{
    static const char *const before[] = {"id=\"", "id='", "name=\"", "name='",
                                         "{#",    "{: #", "{:#",     "{% #"};
    for (size_t i = o->body; i < o->text.len; i++) {
        char c = o->text.ptr[i];
        if (c != 'i' && c != 'n' && c != '{')
            continue;
        hdx_str rest = {o->text.ptr + i, o->text.len - i};
        for (size_t n = 0; n < sizeof before / sizeof *before; n++) {
            hdx_str opening = hdx_str_of(before[n]);
            if (!hdx_str_starts(rest, opening))
                continue;
            hdx_str name = {rest.ptr + opening.len, rest.len - opening.len};
            name.len = anchor_length(name);
            if (name.len && !add_anchor(o, name, false))
                return false;
        }
    }
    return true;
}

bool hdx_outline_read(hdx_arena *arena, hdx_str text, size_t body,
                      hdx_outline *out)
{
    hdx_cleaned cleaned;
    *out = (hdx_outline){.marks = hdx_arena_alloc(arena, text.len + 1)};
    hdx_str markdown = {text.ptr + body, text.len - body};
    if (!out->marks || !hdx_clean_markdown(arena, markdown, &cleaned))
        return false;
    outliner o = {.arena = arena,
                  .text = text,
                  .parsed = cleaned.text,
                  .body = body,
                  .out = out,
                  .seen = body};
    int stop = markdown.len ? md_parse(cleaned.text.ptr, (MD_SIZE)markdown.len,
                                       &parser, &o)
                            : 0;
    bool read = !stop && !o.failed && add_written_anchors(&o);
    hdx_buf_free(&o.heading);
    return read;
}

void hdx_outline_free(hdx_outline *outline)
{
    free(outline->links);
    free(outline->headings);
    hdx_map_free(&outline->anchors);
}
