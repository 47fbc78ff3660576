/*
 * Writing and mapping the pool. One table says which parts the file has, in
 * order, and how long each is.
 */
#include "store/pool.h"

#include "store/parts.h"

#define MAGIC "HDXPOOL1"
enum { SHELF_PARTS = 6, PARTS = SHELF_PARTS * HDX_SHELVES + 3 };

/* The parts behind the header; only the header's numbers are looked at. */
static void list_parts(hdx_pool *p, const hdx_pool_header *h,
                       hdx_part out[PARTS])
{
    size_t count = 0;
    for (int i = 0; i < HDX_SHELVES; i++) {
        hdx_shelf *s = &p->shelves[i];
        const hdx_shelf_counts *c = &h->shelves[i];
        out[count++] = HDX_PART(s->keys, c->keys);
        out[count++] = HDX_PART(s->scores, c->keys);
        out[count++] = HDX_PART(s->best, hdx_shelf_best_count(c->keys));
        out[count++] = HDX_PART(s->heads, c->heads);
        out[count++] = HDX_PART(s->gap_starts, (uint64_t)c->gap_buckets + 1);
        out[count++] = HDX_PART(s->gaps, c->gaps);
    }
    out[count++] = HDX_PART(p->texts, h->texts);
    out[count++] = HDX_PART(p->symbols, h->symbols);
    out[count++] = HDX_PART(p->bytes, h->bytes);
}

helpdex_status hdx_pool_write(const hdx_pool *pool, const char *path,
                              helpdex_error *err)
{
    hdx_pool_header header = *pool->header;
    hdx_pool copy = *pool;
    hdx_part parts[PARTS];
    memcpy(header.magic, MAGIC, sizeof header.magic);
    header.byte_order = HDX_BYTE_ORDER;
    list_parts(&copy, &header, parts);
    return hdx_parts_write(path,
                           (hdx_str){(const char *)&header, sizeof header},
                           parts, PARTS, err);
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
    hdx_part parts[PARTS];
    if (!hdx_parts_has_header(bytes, sizeof *p->header, MAGIC))
        return false;
    const hdx_pool_header *h = p->header = (const void *)bytes.ptr;
    if (h->symbols < HDX_POOL_DEEPEST)
        return false;
    list_parts(p, h, parts);
    if (!hdx_parts_locate(bytes, sizeof *h, parts, PARTS))
        return false;
    for (int i = 0; i < HDX_SHELVES; i++) {
        p->shelves[i].counts = &h->shelves[i];
        p->shelves[i].symbols = p->symbols;
    }
    return texts_inside(p) &&
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
