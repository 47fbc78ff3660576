/*
 * Writing and reading the forward file. The layout is a header, the article
 * records, the section records, the article ordinals in order of ids, and the
 * bytes that the records refer to, each text ended by a NUL.
 */
#include "store/forward.h"

#include <stdlib.h>

#include "store/parts.h"
#include "store/schema.h"

#define MAGIC "HDXFWD3\n"
#define GONE_MAGIC "HDXGONE1"
enum { BYTE_ORDER_MARK = 0x01020304, ARTICLE_TEXTS = 10, SECTION_TEXTS = 3 };

typedef struct text_ref {
    uint32_t offset;
    uint32_t size;
} text_ref;

typedef struct file_header {
    char magic[8];
    uint32_t byte_order;
    uint32_t articles;
    uint32_t sections;
    uint32_t blob; /* bytes */
} file_header;

_Static_assert(sizeof(file_header) % 8 == 0, "records are aligned");

typedef struct article_record {
    uint64_t digest;
    text_ref texts[ARTICLE_TEXTS]; /* in the order of hdx_forward_article */
    uint32_t weight;
    int32_t modified;
    uint32_t helped, unhelped;
    uint16_t behind, sections;
    uint32_t high_stakes;
} article_record;

typedef struct section_record {
    uint32_t article;
    uint32_t line;
    text_ref texts[SECTION_TEXTS]; /* anchor, headings, text */
} section_record;

/* Bytes in pieces of one size, so that they need not move to grow. */
enum { PIECE_BYTES = 1 << 20 };

struct hdx_forward_writer {
    hdx_arena ids;
    hdx_str *id; /* of each article */
    size_t id_capacity;
    article_record *articles;
    size_t article_count, article_capacity;
    section_record *sections;
    size_t section_count, section_capacity;
    hdx_str *pieces; /* of the blob; all but the last are full */
    size_t piece_count, piece_capacity;
    uint64_t blob;
};

helpdex_status hdx_forward_writer_new(hdx_forward_writer **out,
                                      helpdex_error *err)
{
    *out = calloc(1, sizeof **out);
    return *out ? HELPDEX_OK : hdx_fail_nomem(err);
}

void hdx_forward_writer_free(hdx_forward_writer *writer)
{
    if (!writer)
        return;
    for (size_t i = 0; i < writer->piece_count; i++)
        free((void *)(uintptr_t)writer->pieces[i].ptr);
    free(writer->pieces);
    free(writer->articles);
    free(writer->sections);
    free(writer->id);
    hdx_arena_free(&writer->ids);
    free(writer);
}

static bool add_piece(hdx_forward_writer *w)
{
    char *bytes = malloc(PIECE_BYTES);
    if (!bytes || !hdx_grow(&w->pieces, &w->piece_capacity, w->piece_count + 1,
                            sizeof *w->pieces)) {
        free(bytes);
        return false;
    }
    w->pieces[w->piece_count++] = (hdx_str){bytes, 0};
    return true;
}

static bool add_bytes(hdx_forward_writer *w, hdx_str bytes)
{
    while (bytes.len) {
        hdx_str *last = w->piece_count ? &w->pieces[w->piece_count - 1] : NULL;
        if (!last || last->len == PIECE_BYTES) {
            if (!add_piece(w))
                return false;
            continue;
        }
        size_t room = PIECE_BYTES - last->len;
        size_t len = bytes.len < room ? bytes.len : room;
        memcpy((char *)(uintptr_t)last->ptr + last->len, bytes.ptr, len);
        last->len += len;
        w->blob += len;
        bytes.ptr += len;
        bytes.len -= len;
    }
    return true;
}

static helpdex_status add_text(hdx_forward_writer *w, hdx_str text,
                               text_ref *ref, helpdex_error *err)
{
    if (w->blob + text.len + 1 > UINT32_MAX)
        return hdx_fail(err, HELPDEX_BAD_INPUT,
                        "more than 4 GiB of text in one locale; split the "
                        "knowledge base");
    *ref = (text_ref){(uint32_t)w->blob, (uint32_t)text.len};
    if (!add_bytes(w, text) || !add_bytes(w, (hdx_str){"", 1}))
        return hdx_fail_nomem(err);
    return HELPDEX_OK;
}

static helpdex_status add_texts(hdx_forward_writer *w, const hdx_str *texts,
                                text_ref *refs, size_t count,
                                helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < count && !status; i++)
        status = add_text(w, texts[i], &refs[i], err);
    return status;
}

helpdex_status hdx_forward_add_article(hdx_forward_writer *writer,
                                       const hdx_forward_article *article,
                                       helpdex_error *err)
{
    hdx_str id = hdx_arena_copy(&writer->ids, article->id);
    if (!id.ptr ||
        !hdx_grow(&writer->id, &writer->id_capacity, writer->article_count + 1,
                  sizeof *writer->id) ||
        !hdx_grow(&writer->articles, &writer->article_capacity,
                  writer->article_count + 1, sizeof *writer->articles))
        return hdx_fail_nomem(err);
    const hdx_forward_article *a = article;
    const hdx_str texts[ARTICLE_TEXTS] = {
        a->id,        a->title,   a->path,      a->url,    a->category,
        a->deep_link, a->regions, a->platforms, a->source, a->questions};
    writer->id[writer->article_count] = id;
    article_record *record = &writer->articles[writer->article_count++];
    *record = (article_record){.digest = a->digest,
                               .weight = a->weight,
                               .modified = a->modified,
                               .helped = a->helped,
                               .unhelped = a->unhelped,
                               .behind = a->behind,
                               .sections = a->sections,
                               .high_stakes = a->high_stakes};
    return add_texts(writer, texts, record->texts, ARTICLE_TEXTS, err);
}

helpdex_status hdx_forward_add_section(hdx_forward_writer *writer,
                                       const hdx_forward_section *section,
                                       helpdex_error *err)
{
    if (!hdx_grow(&writer->sections, &writer->section_capacity,
                  writer->section_count + 1, sizeof *writer->sections))
        return hdx_fail_nomem(err);
    section_record *record = &writer->sections[writer->section_count++];
    record->article = (uint32_t)writer->article_count - 1;
    record->line = section->line;
    const hdx_str texts[SECTION_TEXTS] = {section->anchor, section->headings,
                                          section->text};
    return add_texts(writer, texts, record->texts, SECTION_TEXTS, err);
}

typedef struct id_order {
    hdx_str id;
    uint32_t ordinal;
} id_order;

static int compare_ids(const void *a, const void *b)
{
    const id_order *x = a, *y = b;
    int order = hdx_str_cmp(x->id, y->id);
    return order ? order
                 : (x->ordinal > y->ordinal) - (x->ordinal < y->ordinal);
}

/* The ordinals of the articles in order of their ids. */
static bool order_ids(const hdx_forward_writer *w, uint32_t *out)
{
    id_order *order = calloc(w->article_count + 1, sizeof *order);
    if (!order)
        return false;
    for (size_t i = 0; i < w->article_count; i++)
        order[i] = (id_order){w->id[i], (uint32_t)i};
    qsort(order, w->article_count, sizeof *order, compare_ids);
    for (size_t i = 0; i < w->article_count; i++)
        out[i] = order[i].ordinal;
    free(order);
    return true;
}

#define ARRAY_BYTES(items, count)                                              \
    ((hdx_str){(const char *)(items), (count) * sizeof *(items)})

helpdex_status hdx_forward_write(hdx_forward_writer *writer, const char *path,
                                 helpdex_error *err)
{
    enum { BEFORE_BLOB = 4 };
    file_header header = {.byte_order = BYTE_ORDER_MARK,
                          .articles = (uint32_t)writer->article_count,
                          .sections = (uint32_t)writer->section_count,
                          .blob = (uint32_t)writer->blob};
    memcpy(header.magic, MAGIC, sizeof header.magic);
    uint32_t *by_id = calloc(writer->article_count + 1, sizeof *by_id);
    hdx_str *parts = calloc(BEFORE_BLOB + writer->piece_count, sizeof *parts);
    helpdex_status status = HELPDEX_OK;
    if (!by_id || !parts || !order_ids(writer, by_id)) {
        status = hdx_fail_nomem(err);
    } else {
        parts[0] = ARRAY_BYTES(&header, 1);
        parts[1] = ARRAY_BYTES(writer->articles, writer->article_count);
        parts[2] = ARRAY_BYTES(writer->sections, writer->section_count);
        parts[3] = ARRAY_BYTES(by_id, writer->article_count);
        for (size_t i = 0; i < writer->piece_count; i++)
            parts[BEFORE_BLOB + i] = writer->pieces[i];
        status = hdx_file_write_parts(path, parts,
                                      BEFORE_BLOB + writer->piece_count, err);
    }
    free(by_id);
    free(parts);
    return status;
}

static hdx_str ref_text(const char *blob, text_ref ref)
{
    return (hdx_str){blob + ref.offset, ref.size};
}

struct hdx_forward {
    hdx_mapping file;
    const file_header *header;
    const article_record *articles;
    const section_record *sections;
    const uint32_t *by_id;
    const char *blob;
    unsigned char *gone; /* a bit for each article; NULL: none is */
};

typedef struct gone_header {
    char magic[HDX_MAGIC_SIZE];
    uint32_t byte_order;
    uint32_t count;
} gone_header;

static bool refs_inside(const hdx_forward *f, const text_ref *refs,
                        size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (refs[i].offset >= f->header->blob ||
            refs[i].size >= f->header->blob - refs[i].offset ||
            f->blob[refs[i].offset + refs[i].size] != '\0')
            return false;
    return true;
}

static bool records_inside(const hdx_forward *f)
{
    const file_header *h = f->header;
    for (uint32_t i = 0; i < h->articles; i++)
        if (f->by_id[i] >= h->articles ||
            !refs_inside(f, f->articles[i].texts, ARTICLE_TEXTS))
            return false;
    for (uint32_t i = 0; i < h->sections; i++)
        if (f->sections[i].article >= h->articles ||
            !refs_inside(f, f->sections[i].texts, SECTION_TEXTS))
            return false;
    return true;
}

/* Sets the pointers into the mapping; false when the file cannot be one. */
static bool locate(hdx_forward *f)
{
    hdx_str bytes = f->file.bytes;
    if (bytes.len < sizeof *f->header)
        return false;
    const file_header *h = f->header = (const void *)bytes.ptr;
    if (memcmp(h->magic, MAGIC, sizeof h->magic) != 0 ||
        h->byte_order != BYTE_ORDER_MARK)
        return false;
    uint64_t articles = (uint64_t)h->articles * sizeof *f->articles;
    uint64_t sections = (uint64_t)h->sections * sizeof *f->sections;
    uint64_t ids = (uint64_t)h->articles * sizeof *f->by_id;
    if (sizeof *h + articles + sections + ids + h->blob != bytes.len)
        return false;
    const char *at = bytes.ptr + sizeof *h;
    f->articles = (const void *)at;
    f->sections = (const void *)(at + articles);
    f->by_id = (const void *)(at + articles + sections);
    f->blob = at + articles + sections + ids;
    return records_inside(f);
}

helpdex_status hdx_forward_open(const char *path, hdx_forward **out,
                                helpdex_error *err)
{
    *out = NULL;
    hdx_forward *f = calloc(1, sizeof *f);
    if (!f)
        return hdx_fail_nomem(err);
    helpdex_status status = hdx_file_map(path, &f->file, err);
    if (!status && !locate(f))
        status = hdx_fail_at(err, HELPDEX_DAMAGED, path, 0, 0,
                             "not a forward file of this machine's byte "
                             "order; rebuild the index");
    if (status)
        hdx_forward_free(f);
    else
        *out = f;
    return status;
}

void hdx_forward_free(hdx_forward *forward)
{
    if (!forward)
        return;
    hdx_file_unmap(&forward->file);
    free(forward->gone);
    free(forward);
}

helpdex_status hdx_gone_write(const char *path, const uint32_t *ordinals,
                              size_t count, helpdex_error *err)
{
    gone_header header = {.byte_order = HDX_BYTE_ORDER,
                          .count = (uint32_t)count};
    hdx_part part = HDX_PART(ordinals, count);
    memcpy(header.magic, GONE_MAGIC, sizeof header.magic);
    return hdx_parts_write(
        path, (hdx_str){(const char *)&header, sizeof header}, &part, 1, err);
}

/* Sets the bits; false when the file cannot be of this one. */
static bool note_gone(hdx_forward *f, hdx_str bytes)
{
    const uint32_t *ordinals;
    if (!hdx_parts_has_header(bytes, sizeof(gone_header), GONE_MAGIC))
        return false;
    const gone_header *h = (const void *)bytes.ptr;
    hdx_part part = HDX_PART(ordinals, h->count);
    if (!hdx_parts_locate(bytes, sizeof *h, &part, 1))
        return false;
    for (uint32_t i = 0; i < h->count; i++) {
        if (ordinals[i] >= f->header->articles)
            return false;
        f->gone[ordinals[i] / 8] |= (unsigned char)(1 << ordinals[i] % 8);
    }
    return true;
}

helpdex_status hdx_forward_hide(hdx_forward *forward, const char *path,
                                helpdex_error *err)
{
    hdx_mapping file;
    helpdex_status status = hdx_file_map(path, &file, err);
    if (status)
        return status;
    free(forward->gone);
    forward->gone = calloc(forward->header->articles / 8 + 1, 1);
    if (!forward->gone)
        status = hdx_fail_nomem(err);
    else if (!note_gone(forward, file.bytes))
        status = hdx_fail_at(err, HELPDEX_DAMAGED, path, 0, 0,
                             "names articles that its index does not have; "
                             "rebuild the index");
    hdx_file_unmap(&file);
    return status;
}

bool hdx_forward_is_gone(const hdx_forward *forward, uint32_t article)
{
    return forward->gone && forward->gone[article / 8] & 1 << article % 8;
}

uint32_t hdx_forward_article_count(const hdx_forward *forward)
{
    return forward->header->articles;
}

uint32_t hdx_forward_section_count(const hdx_forward *forward)
{
    return forward->header->sections;
}

hdx_forward_article hdx_forward_article_at(const hdx_forward *forward,
                                           uint32_t ordinal)
{
    const article_record *r = &forward->articles[ordinal];
    hdx_str texts[ARTICLE_TEXTS];
    for (size_t i = 0; i < ARTICLE_TEXTS; i++)
        texts[i] = ref_text(forward->blob, r->texts[i]);
    return (hdx_forward_article){.id = texts[0],
                                 .title = texts[1],
                                 .path = texts[2],
                                 .url = texts[3],
                                 .category = texts[4],
                                 .deep_link = texts[5],
                                 .regions = texts[6],
                                 .platforms = texts[7],
                                 .source = texts[8],
                                 .questions = texts[9],
                                 .digest = r->digest,
                                 .weight = r->weight,
                                 .modified = r->modified,
                                 .helped = r->helped,
                                 .unhelped = r->unhelped,
                                 .behind = r->behind,
                                 .sections = r->sections,
                                 .high_stakes = r->high_stakes != 0};
}

hdx_forward_section hdx_forward_section_at(const hdx_forward *forward,
                                           uint32_t ordinal)
{
    const section_record *r = &forward->sections[ordinal];
    return (hdx_forward_section){.article = r->article,
                                 .line = r->line,
                                 .anchor = ref_text(forward->blob, r->texts[0]),
                                 .headings =
                                     ref_text(forward->blob, r->texts[1]),
                                 .text = ref_text(forward->blob, r->texts[2])};
}

uint32_t hdx_forward_article_of(const hdx_forward *forward, uint32_t section)
{
    return forward->sections[section].article;
}

uint32_t hdx_forward_find(const hdx_forward *forward, hdx_str id)
{
    uint32_t low = 0, high = forward->header->articles;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t ordinal = forward->by_id[middle];
        const text_ref *texts = forward->articles[ordinal].texts;
        int order = hdx_str_cmp(ref_text(forward->blob, texts[0]), id);
        if (order == 0)
            return hdx_forward_is_gone(forward, ordinal) ? HDX_NO_ARTICLE
                                                         : ordinal;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return HDX_NO_ARTICLE;
}

/* The first section that belongs to `article` or a later one. */
static uint32_t first_section(const hdx_forward *f, uint32_t article)
{
    uint32_t low = 0, high = f->header->sections;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (f->sections[middle].article < article)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void hdx_forward_sections_of(const hdx_forward *forward, uint32_t article,
                             uint32_t *first, uint32_t *end)
{
    *first = first_section(forward, article);
    *end = first_section(forward, article + 1);
}

static helpdex_status open_delta(const char *gone, const char *delta,
                                 hdx_forwards *out, helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    if (hdx_file_exists(gone))
        status = hdx_forward_hide(out->base, gone, err);
    if (!status && hdx_file_exists(delta))
        status = hdx_forward_open(delta, &out->delta, err);
    return status;
}

helpdex_status hdx_forwards_open(const char *dir, hdx_forwards *out,
                                 helpdex_error *err)
{
    hdx_arena arena = {0};
    hdx_str base = hdx_arena_format(&arena, "%s/" HDX_FORWARD_FILE, dir);
    hdx_str gone = hdx_arena_format(&arena, "%s/" HDX_GONE_FILE, dir);
    hdx_str delta =
        hdx_arena_format(&arena, "%s/" HDX_DELTA_DIR "/" HDX_FORWARD_FILE, dir);
    *out = (hdx_forwards){0};
    helpdex_status status = base.ptr && gone.ptr && delta.ptr
                                ? hdx_forward_open(base.ptr, &out->base, err)
                                : hdx_fail_nomem(err);
    if (!status && out->base)
        status = open_delta(gone.ptr, delta.ptr, out, err);
    hdx_arena_free(&arena);
    if (status)
        hdx_forwards_close(out);
    return status;
}

void hdx_forwards_close(hdx_forwards *forwards)
{
    hdx_forward_free(forwards->base);
    hdx_forward_free(forwards->delta);
    *forwards = (hdx_forwards){0};
}

const hdx_forward *hdx_forwards_find(const hdx_forwards *forwards, hdx_str id,
                                     uint32_t *article)
{
    *article = hdx_forward_find(forwards->base, id);
    if (*article != HDX_NO_ARTICLE)
        return forwards->base;
    if (forwards->delta)
        *article = hdx_forward_find(forwards->delta, id);
    return *article == HDX_NO_ARTICLE ? NULL : forwards->delta;
}
