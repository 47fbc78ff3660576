/*
 * Writing and mapping the pool. One table says which parts the file has, in
 * order, and how long each is.
 */
#include "store/pool.h"

#define MAGIC "HDXPOOL1"
enum { BYTE_ORDER_MARK = 0x01020304, ALIGNMENT = 8 };
enum { SHELF_PARTS = 6, PARTS = SHELF_PARTS * HDX_SHELVES + 3 };

/* One part: where its pointer stands, and its size in bytes. */
typedef struct part {
    const void **pointer;
    uint64_t size;
} part;

#define PART(member, count)                                                    \
    ((part){(const void **)&(member), (uint64_t)(count) * sizeof *(member)})

/* The parts behind the header; only the header's numbers are looked at. */
static void list_parts(hdx_pool *p, const hdx_pool_header *h, part out[PARTS])
{
    size_t count = 0;
    for (int i = 0; i < HDX_SHELVES; i++) {
        hdx_shelf *s = &p->shelves[i];
        const hdx_shelf_counts *c = &h->shelves[i];
        out[count++] = PART(s->keys, c->keys);
        out[count++] = PART(s->scores, c->keys);
        out[count++] = PART(s->best, hdx_shelf_best_count(c->keys));
        out[count++] = PART(s->heads, c->heads);
        out[count++] = PART(s->gap_starts, (uint64_t)c->gap_buckets + 1);
        out[count++] = PART(s->gaps, c->gaps);
    }
    out[count++] = PART(p->texts, h->texts);
    out[count++] = PART(p->symbols, h->symbols);
    out[count++] = PART(p->bytes, h->bytes);
}

static uint64_t padding(uint64_t size)
{
    return (ALIGNMENT - size % ALIGNMENT) % ALIGNMENT;
}

helpdex_status hdx_pool_write(const hdx_pool *pool, const char *path,
                              helpdex_error *err)
{
    static const char zeros[ALIGNMENT];
    hdx_pool_header header = *pool->header;
    hdx_pool copy = *pool;
    part parts[PARTS];
    hdx_str out[2 * (PARTS + 1)];
    size_t count = 0;
    memcpy(header.magic, MAGIC, sizeof header.magic);
    header.byte_order = BYTE_ORDER_MARK;
    out[count++] = (hdx_str){(const char *)&header, sizeof header};
    out[count++] = (hdx_str){zeros, padding(sizeof header)};
    list_parts(&copy, &header, parts);
    for (size_t i = 0; i < PARTS; i++) {
        out[count++] = (hdx_str){*parts[i].pointer, parts[i].size};
        out[count++] = (hdx_str){zeros, padding(parts[i].size)};
    }
    return hdx_file_write_parts(path, out, count, err);
}

/* Every run of blocks names a key of its own. */
static bool best_inside(const hdx_shelf *s)
{
    uint32_t keys = s->counts->keys;
    const uint32_t *best = s->best;
    uint32_t blocks = (keys + HDX_BEST_BLOCK - 1) / HDX_BEST_BLOCK;
    for (uint32_t run = 1; run <= blocks; run *= 2)
        for (uint32_t i = 0; i + run <= blocks; i++, best++)
            if (*best >= keys || *best / HDX_BEST_BLOCK < i ||
                *best / HDX_BEST_BLOCK >= i + run)
                return false;
    return true;
}

static bool gaps_inside(const hdx_shelf *s)
{
    const hdx_shelf_counts *c = s->counts;
    if (c->gap_buckets == 0 || (c->gap_buckets & (c->gap_buckets - 1)) != 0 ||
        s->gap_starts[0] != 0 || s->gap_starts[c->gap_buckets] != c->gaps)
        return false;
    for (uint32_t i = 0; i < c->gap_buckets; i++)
        if (s->gap_starts[i] > s->gap_starts[i + 1])
            return false;
    for (uint32_t i = 0; i < c->gaps; i++)
        if (s->gaps[i].head >= c->heads)
            return false;
    for (uint32_t i = 0; i < c->heads; i++)
        if (s->heads[i].first >= s->heads[i].end || s->heads[i].end > c->keys)
            return false;
    return true;
}

static bool shelf_inside(const hdx_pool *p, const hdx_shelf *s, uint32_t texts)
{
    for (uint32_t i = 0; i < s->counts->keys; i++)
        if (s->keys[i].text >= texts ||
            s->keys[i].at > p->header->symbols - HDX_POOL_DEEPEST)
            return false;
    return best_inside(s) && gaps_inside(s);
}

static bool texts_inside(const hdx_pool *p)
{
    const hdx_pool_header *h = p->header;
    for (uint32_t i = 0; i < h->texts; i++)
        if (p->texts[i].article >= h->articles ||
            (uint64_t)p->texts[i].offset + p->texts[i].size > h->bytes)
            return false;
    return true;
}

/* Sets the pointers into the mapping; false when the file cannot be one. */
static bool locate(hdx_pool *p)
{
    hdx_str bytes = p->file.bytes;
    part parts[PARTS];
    if (bytes.len < sizeof *p->header)
        return false;
    const hdx_pool_header *h = p->header = (const void *)bytes.ptr;
    if (memcmp(h->magic, MAGIC, sizeof h->magic) != 0 ||
        h->byte_order != BYTE_ORDER_MARK || h->symbols < HDX_POOL_DEEPEST)
        return false;
    uint64_t at = sizeof *h + padding(sizeof *h);
    list_parts(p, h, parts);
    for (size_t i = 0; i < PARTS; i++) {
        if (at > bytes.len || parts[i].size > bytes.len - at)
            return false;
        *parts[i].pointer = bytes.ptr + at;
        at += parts[i].size + padding(parts[i].size);
    }
    for (int i = 0; i < HDX_SHELVES; i++) {
        p->shelves[i].counts = &h->shelves[i];
        p->shelves[i].symbols = p->symbols;
    }
    return at == bytes.len && texts_inside(p) &&
           shelf_inside(p, &p->shelves[HDX_SHELF_TEXTS], h->texts) &&
           shelf_inside(p, &p->shelves[HDX_SHELF_TERMS], h->words);
}

helpdex_status hdx_pool_open(const char *path, hdx_pool *out,
                             helpdex_error *err)
{
    *out = (hdx_pool){0};
    helpdex_status status = hdx_file_map(path, &out->file, err);
    if (!status && !locate(out)) {
        status = hdx_fail_at(err, HELPDEX_DAMAGED, path, 0, 0,
                             "not a pool of this machine's byte order; "
                             "rebuild the index");
        hdx_pool_close(out);
    }
    return status;
}

void hdx_pool_close(hdx_pool *pool)
{
    hdx_file_unmap(&pool->file);
    *pool = (hdx_pool){0};
}
