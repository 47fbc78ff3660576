/* Records in the order in which files were read, found by a map of their names. */
#include "indexer/filebook.h"

#include <stdlib.h>

#include "base/map.h"
#include "store/parts.h"

#define MAGIC "HDXBOOK1"
enum { PARTS = 2 };

/*
 * The clock of files ticks some milliseconds apart where it has parts of a
 * second; where it has none, by up to two seconds.
 */
enum { TICK_NS = 100000000 };
static const int64_t SECOND_NS = 1000000000, SLOW_TICK_NS = 2000000000;

typedef struct hdx_filebook_record {
    hdx_file_stamp stamp;
    uint32_t name, size; /* in the names */
    char digest[HDX_DIGEST_HEX];
} record;

typedef struct file_header {
    char magic[HDX_MAGIC_SIZE];
    uint32_t byte_order;
    uint32_t records;
    uint32_t names; /* bytes */
    uint32_t unused;
} file_header;

struct hdx_filebook {
    hdx_mapping file;
    const record *records;
    const char *names;
    uint32_t count;  /* of records */
    uint32_t next;   /* behind the one that was asked for last */
    hdx_map by_name; /* -> number of the record; empty: not made yet */
};

static bool locate(hdx_filebook *l)
{
    hdx_str bytes = l->file.bytes;
    if (!hdx_parts_has_header(bytes, sizeof(file_header), MAGIC))
        return false;
    const file_header *h = (const void *)bytes.ptr;
    hdx_part parts[PARTS] = {HDX_PART(l->records, h->records),
                             HDX_PART(l->names, h->names)};
    if (!hdx_parts_locate(bytes, sizeof *h, parts, PARTS))
        return false;
    l->count = h->records;
    for (uint32_t i = 0; i < h->records; i++)
        if (l->records[i].name > h->names ||
            l->records[i].size > h->names - l->records[i].name)
            return false;
    return true;
}

static hdx_str name_at(const hdx_filebook *l, uint32_t i)
{
    return (hdx_str){l->names + l->records[i].name, l->records[i].size};
}

/* Makes the map when it is needed first; false when memory is out. */
static bool map_names(hdx_filebook *l)
{
    if (l->by_name.count)
        return true;
    for (uint32_t i = 0; i < l->count; i++) {
        bool added;
        hdx_map_entry *entry = hdx_map_add(&l->by_name, name_at(l, i), &added);
        if (!entry)
            return false;
        entry->value = i;
    }
    return true;
}

/* Mostly files are asked for in the order in which they were noted. */
static const record *find(hdx_filebook *l, hdx_str name)
{
    if (l->next < l->count && hdx_str_eq(name_at(l, l->next), name))
        return &l->records[l->next++];
    const hdx_map_entry *entry =
        map_names(l) ? hdx_map_find(&l->by_name, name) : NULL;
    if (!entry)
        return NULL;
    l->next = (uint32_t)entry->value + 1;
    return &l->records[entry->value];
}

helpdex_status hdx_filebook_open(const char *path, hdx_filebook **out,
                                 helpdex_error *err)
{
    *out = NULL;
    hdx_filebook *l = calloc(1, sizeof *l);
    if (!l)
        return hdx_fail_nomem(err);
    helpdex_status status = hdx_file_map(path, &l->file, err);
    if (!status && !locate(l))
        status =
            hdx_fail_at(err, HELPDEX_DAMAGED, path, 0, 0,
                        "not a book of files of this machine's byte order; "
                        "rebuild the index");
    if (status)
        hdx_filebook_free(l);
    else
        *out = l;
    return status;
}

void hdx_filebook_free(hdx_filebook *filebook)
{
    if (!filebook)
        return;
    hdx_file_unmap(&filebook->file);
    hdx_map_free(&filebook->by_name);
    free(filebook);
}

bool hdx_filebook_recall(hdx_filebook *filebook, hdx_str name,
                         const hdx_file_stamp *stamp, hdx_digest *out)
{
    const record *r = filebook ? find(filebook, name) : NULL;
    *out = (hdx_digest){{0}};
    if (!r)
        return false;
    memcpy(out->hex, r->digest, sizeof r->digest);
    return r->stamp.inode && r->stamp.size == stamp->size &&
           r->stamp.inode == stamp->inode &&
           r->stamp.modified == stamp->modified &&
           r->stamp.changed == stamp->changed;
}

/* Whether a later writing would show. */
static bool is_settled(int64_t time, int64_t now)
{
    int64_t tick = time % SECOND_NS ? TICK_NS : SLOW_TICK_NS;
    return time < now - tick;
}

bool hdx_filebook_note(hdx_filebook_draft *draft, hdx_str name,
                       const hdx_file_stamp *stamp, const hdx_digest *digest,
                       int64_t now)
{
    size_t at = draft->names.len;
    if (!hdx_grow(&draft->records, &draft->capacity, draft->count + 1,
                  sizeof *draft->records) ||
        !hdx_buf_add(&draft->names, name))
        return false;
    record *r = &draft->records[draft->count++];
    *r = (record){.name = (uint32_t)at, .size = (uint32_t)name.len};
    memcpy(r->digest, digest->hex, sizeof r->digest);
    if (is_settled(stamp->modified, now) && is_settled(stamp->changed, now))
        r->stamp = *stamp; /* else it stays zero, and is never believed */
    return true;
}

helpdex_status hdx_filebook_write(const hdx_filebook_draft *draft,
                                  const char *path, helpdex_error *err)
{
    const record *records = draft->records;
    const char *names = draft->names.ptr;
    file_header header = {.byte_order = HDX_BYTE_ORDER,
                          .records = (uint32_t)draft->count,
                          .names = (uint32_t)draft->names.len};
    hdx_part parts[PARTS] = {HDX_PART(records, draft->count),
                             HDX_PART(names, draft->names.len)};
    memcpy(header.magic, MAGIC, sizeof header.magic);
    return hdx_parts_write(path,
                           (hdx_str){(const char *)&header, sizeof header},
                           parts, PARTS, err);
}

void hdx_filebook_draft_free(hdx_filebook_draft *draft)
{
    free(draft->records);
    hdx_buf_free(&draft->names);
}
