/* Writing and checking models. One table says which parts there are. */
#include "intent/model.h"

#include "store/parts.h"

#define MAGIC "HDXINTN1"
enum { PARTS = 6 };

static void list_parts(hdx_intent_model *m, const hdx_intent_header *h,
                       hdx_part out[PARTS])
{
    out[0] = HDX_PART(m->starts, (uint64_t)h->buckets + 1);
    out[1] = HDX_PART(m->features, (uint64_t)h->features + 1);
    out[2] = HDX_PART(m->postings, h->postings);
    out[3] = HDX_PART(m->names, h->intents);
    out[4] = HDX_PART(m->rows, h->row_bytes);
    out[5] = HDX_PART(m->ids, h->id_bytes);
}

bool hdx_intent_model_write(const hdx_intent_model *model, hdx_buf *out)
{
    hdx_intent_header header = *model->header;
    hdx_intent_model copy = *model;
    hdx_part parts[PARTS];
    memcpy(header.magic, MAGIC, sizeof header.magic);
    header.byte_order = HDX_BYTE_ORDER;
    list_parts(&copy, &header, parts);
    return hdx_parts_join((hdx_str){(const char *)&header, sizeof header},
                          parts, PARTS, out);
}

static bool starts_inside(const hdx_intent_model *m)
{
    const hdx_intent_header *h = m->header;
    if (h->buckets == 0 || h->buckets > HDX_SLOTS ||
        (h->buckets & (h->buckets - 1)) != 0 || m->starts[0] != 0 ||
        m->starts[h->buckets] != h->features)
        return false;
    for (uint32_t i = 0; i < h->buckets; i++)
        if (m->starts[i] > m->starts[i + 1])
            return false;
    return true;
}

/* Whether a row names all intents, or some that are there. */
static bool row_inside(const hdx_intent_model *m, uint32_t begin, uint32_t end)
{
    if (end - begin == hdx_intent_lanes(m->header->intents))
        return true;
    if ((end - begin) % HDX_INTENT_ENTRY != 0)
        return false;
    for (uint32_t at = begin; at < end; at += HDX_INTENT_ENTRY)
        if (hdx_intent_entry_at(m->rows + at) >= m->header->intents)
            return false;
    return true;
}

static bool features_inside(const hdx_intent_model *m)
{
    const hdx_intent_header *h = m->header;
    const hdx_intent_feature *f = m->features;
    if (f[0].row != 0 || f[0].posting != 0 ||
        f[h->features].row != h->row_bytes ||
        f[h->features].posting != h->postings)
        return false;
    for (uint32_t i = 0; i < h->features; i++)
        if (f[i].row > f[i + 1].row || f[i].posting > f[i + 1].posting ||
            !row_inside(m, f[i].row, f[i + 1].row))
            return false;
    for (uint32_t i = 0; i < h->postings; i++)
        if (m->postings[i].intent >= h->intents)
            return false;
    return true;
}

static bool names_inside(const hdx_intent_model *m)
{
    const hdx_intent_header *h = m->header;
    for (uint32_t i = 0; i < h->intents; i++)
        if ((uint64_t)m->names[i].offset + m->names[i].size >= h->id_bytes ||
            m->ids[(uint64_t)m->names[i].offset + m->names[i].size] != '\0')
            return false;
    return true;
}

static bool locate(hdx_str bytes, hdx_intent_model *m)
{
    hdx_part parts[PARTS];
    if (!hdx_parts_has_header(bytes, sizeof *m->header, MAGIC))
        return false;
    m->header = (const void *)bytes.ptr;
    if (m->header->intents < 2 || m->header->intents > HDX_INTENTS_MOST)
        return false;
    list_parts(m, m->header, parts);
    return hdx_parts_locate(bytes, sizeof *m->header, parts, PARTS) &&
           starts_inside(m) && features_inside(m) && names_inside(m);
}

helpdex_status hdx_intent_model_open(hdx_str bytes, uint64_t stamp,
                                     const char *path, hdx_intent_model *out,
                                     helpdex_error *err)
{
    *out = (hdx_intent_model){0};
    if (!locate(bytes, out))
        return hdx_fail_at(err, HELPDEX_DAMAGED, path, 0, 0,
                           "not a classifier of this version and byte order; "
                           "train it again");
    if (out->header->stamp != stamp)
        return hdx_fail_at(err, HELPDEX_INCOMPATIBLE, path, 0, 0,
                           "trained with another analyser, ICU or locale pack; "
                           "train it again");
    return HELPDEX_OK;
}

helpdex_status hdx_intent_file_open(const char *path, uint64_t stamp,
                                    hdx_intent_file *out, helpdex_error *err)
{
    *out = (hdx_intent_file){0};
    helpdex_status status = hdx_file_map(path, &out->mapping, err);
    if (!status)
        status = hdx_intent_model_open(out->mapping.bytes, stamp, path,
                                       &out->model, err);
    if (status)
        hdx_intent_file_close(out);
    return status;
}

void hdx_intent_file_close(hdx_intent_file *file)
{
    hdx_file_unmap(&file->mapping);
    *file = (hdx_intent_file){0};
}
