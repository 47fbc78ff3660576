/*
 * The catalogue of locale packs: which files there are, and which of them fits
 * a locale. What stands in a pack is read by text/pack_keys.c.
 */
#include "text/pack.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/yaml.h"
#include "text/builtin.h"
#include "text/pack_keys.h"

enum { PACK_SIZE_LIMIT = 1 << 20 };

typedef struct pack_file {
    hdx_locale locale;
    hdx_str path; /* for errors */
    hdx_str text;
    hdx_pack *pack; /* NULL until asked for */
} pack_file;

struct hdx_catalog {
    hdx_arena arena;
    pack_file *files;
    size_t count;
};

static helpdex_status name_file(pack_file *file, hdx_str tag,
                                helpdex_error *err)
{
    if (hdx_locale_parse(tag, &file->locale))
        return HELPDEX_OK;
    if (hdx_locale_root(&file->locale) &&
        hdx_str_eq(tag, hdx_str_of(file->locale.tag)))
        return HELPDEX_OK;
    return hdx_fail_at(err, HELPDEX_BAD_INPUT, file->path.ptr, 0, 0,
                       "\"%.*s\" is not a language tag; name the file after "
                       "one, as in pt-BR.yml",
                       HDX_FMT(tag));
}

static helpdex_status add_builtin(hdx_catalog *c, helpdex_error *err)
{
    c->files =
        hdx_arena_alloc(&c->arena, hdx_builtin_pack_count * sizeof *c->files);
    if (!c->files)
        return hdx_fail_nomem(err);
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < hdx_builtin_pack_count && !status; i++) {
        const hdx_builtin_pack *from = &hdx_builtin_packs[i];
        pack_file *file = &c->files[c->count++];
        file->path = hdx_arena_format(&c->arena, "locales/%s.yml", from->tag);
        file->text = (hdx_str){(const char *)from->text, from->size};
        if (!file->path.ptr)
            return hdx_fail_nomem(err);
        status = name_file(file, hdx_str_of(from->tag), err);
    }
    return status;
}

static helpdex_status add_folder(hdx_catalog *c, const char *dir,
                                 helpdex_error *err)
{
    hdx_listing listing;
    helpdex_status status = hdx_dir_list(&c->arena, dir, false, &listing, err);
    if (status)
        return status;
    c->files =
        hdx_arena_alloc(&c->arena, (listing.count + 1) * sizeof *c->files);
    if (!c->files)
        return hdx_fail_nomem(err);
    for (size_t i = 0; i < listing.count && !status; i++) {
        hdx_str name = listing.items[i].path;
        if (name.len < 5 || strcmp(name.ptr + name.len - 4, ".yml") != 0)
            continue;
        pack_file *file = &c->files[c->count++];
        file->path = hdx_arena_format(&c->arena, "%s/%s", dir, name.ptr);
        if (!file->path.ptr)
            return hdx_fail_nomem(err);
        status = name_file(file, (hdx_str){name.ptr, name.len - 4}, err);
        if (!status)
            status = hdx_file_read(&c->arena, file->path.ptr, PACK_SIZE_LIMIT,
                                   &file->text, err);
    }
    if (!status && c->count == 0)
        return hdx_fail_at(err, HELPDEX_NOT_FOUND, dir, 0, 0,
                           "no locale pack (*.yml) in it; name the folder "
                           "that holds them");
    return status;
}

static int by_tag(const void *a, const void *b)
{
    return strcmp(((const pack_file *)a)->locale.tag,
                  ((const pack_file *)b)->locale.tag);
}

/* In order of tags, however the files are named: `iw.yml` is Hebrew's. */
static helpdex_status sort_files(hdx_catalog *c, helpdex_error *err)
{
    qsort(c->files, c->count, sizeof *c->files, by_tag);
    for (size_t i = 1; i < c->count; i++) {
        const pack_file *a = &c->files[i - 1], *b = &c->files[i];
        if (by_tag(a, b) != 0)
            continue;
        bool a_last = hdx_str_cmp(a->path, b->path) > 0;
        return hdx_fail_at(err, HELPDEX_BAD_INPUT, (a_last ? a : b)->path.ptr,
                           0, 0, "a second pack for %s, beside %s; keep one",
                           a->locale.tag, (a_last ? b : a)->path.ptr);
    }
    return HELPDEX_OK;
}

helpdex_status hdx_catalog_open(const char *dir, hdx_catalog **out,
                                helpdex_error *err)
{
    *out = NULL;
    hdx_catalog *c = calloc(1, sizeof *c);
    if (!c)
        return hdx_fail_nomem(err);
    helpdex_status status = dir ? add_folder(c, dir, err) : add_builtin(c, err);
    if (!status)
        status = sort_files(c, err);
    if (status)
        hdx_catalog_free(c);
    else
        *out = c;
    return status;
}

void hdx_catalog_free(hdx_catalog *catalog)
{
    if (!catalog)
        return;
    for (size_t i = 0; i < catalog->count; i++)
        hdx_pack_release(catalog->files[i].pack);
    hdx_arena_free(&catalog->arena);
    free(catalog);
}

static size_t subtags(const hdx_locale *locale)
{
    size_t count = 1;
    for (const char *at = locale->tag; *at; at++)
        count += *at == '-';
    return count;
}

/* The best fitting file whose tag has fewer than `below` subtags. */
static pack_file *best_file(hdx_catalog *c, const hdx_locale *wanted,
                            size_t below)
{
    pack_file *best = NULL;
    int best_fit = 0;
    for (size_t i = 0; i < c->count; i++) {
        int fit = hdx_locale_fit(wanted, &c->files[i].locale);
        if (fit > best_fit && subtags(&c->files[i].locale) < below) {
            best = &c->files[i];
            best_fit = fit;
        }
    }
    return best;
}

static pack_file *root_file(hdx_catalog *c)
{
    hdx_locale root;
    for (size_t i = 0; hdx_locale_root(&root) && i < c->count; i++)
        if (strcmp(c->files[i].locale.tag, root.tag) == 0)
            return &c->files[i];
    return NULL;
}

static helpdex_status load(hdx_catalog *c, pack_file *file, helpdex_error *err)
{
    hdx_yaml *root;
    hdx_pack *pack;
    const hdx_pack *wider = NULL;
    if (file->pack)
        return HELPDEX_OK;
    pack_file *from = best_file(c, &file->locale, subtags(&file->locale));
    if (!from)
        from = root_file(c);
    helpdex_status status =
        hdx_yaml_parse(&c->arena, file->text, file->path.ptr, 1, &root, err);
    if (!status && from && from != file && !(status = load(c, from, err)))
        wider = from->pack;
    if (status)
        return status;
    pack = hdx_arena_alloc(&c->arena, sizeof *pack);
    if (!pack)
        return hdx_fail_nomem(err);
    pack->locale = file->locale;
    status = hdx_pack_read(&c->arena, file->path.ptr, root, wider, pack, err);
    if (status)
        hdx_pack_release(pack);
    else
        file->pack = pack;
    return status;
}

helpdex_status hdx_catalog_pack(hdx_catalog *catalog, const hdx_locale *wanted,
                                const hdx_pack **out, helpdex_error *err)
{
    pack_file *file = best_file(catalog, wanted, SIZE_MAX);
    if (!file)
        file = root_file(catalog);
    if (!file)
        return hdx_fail(err, HELPDEX_NOT_FOUND,
                        "no locale pack for %s and no root pack; add und.yml "
                        "to the folder of packs",
                        wanted->tag);
    helpdex_status status = load(catalog, file, err);
    *out = status ? NULL : file->pack;
    return status;
}

helpdex_status hdx_catalog_check(hdx_catalog *catalog, helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < catalog->count && !status; i++)
        status = load(catalog, &catalog->files[i], err);
    return status;
}

size_t hdx_catalog_count(const hdx_catalog *catalog)
{
    return catalog->count;
}

hdx_str hdx_catalog_tag(const hdx_catalog *catalog, size_t at)
{
    return hdx_str_of(catalog->files[at].locale.tag);
}

hdx_str hdx_catalog_text(const hdx_catalog *catalog, size_t at)
{
    return catalog->files[at].text;
}

void hdx_catalog_digest(const hdx_catalog *catalog, struct sha256_ctx *context)
{
    for (size_t i = 0; i < catalog->count; i++) {
        hdx_digest_add(context, hdx_catalog_tag(catalog, i));
        hdx_digest_add(context, hdx_catalog_text(catalog, i));
    }
}

void hdx_catalog_digest_for(hdx_catalog *catalog, const hdx_locale *wanted,
                            struct sha256_ctx *context)
{
    const pack_file *root = root_file(catalog);
    const pack_file *file = best_file(catalog, wanted, SIZE_MAX);
    while (file && file != root) {
        hdx_digest_add(context, hdx_str_of(file->locale.tag));
        hdx_digest_add(context, file->text);
        file = best_file(catalog, &file->locale, subtags(&file->locale));
    }
    if (root)
        hdx_digest_add(context, root->text);
}
