/*
 * Reading locale packs. The loader refuses keys it does not know: a typing
 * error in a pack must not silently change how a language is searched.
 */
#include "text/pack.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "base/file.h"
#include "base/yaml.h"
#include "text/builtin.h"
#include "text/fold.h"

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

static void free_words(hdx_pack *pack)
{
    if (!pack)
        return;
    hdx_map_free(&pack->stopwords);
    hdx_map_free(&pack->elisions);
}

void hdx_catalog_free(hdx_catalog *catalog)
{
    if (!catalog)
        return;
    for (size_t i = 0; i < catalog->count; i++)
        free_words(catalog->files[i].pack);
    hdx_arena_free(&catalog->arena);
    free(catalog);
}

typedef struct pack_reader {
    hdx_catalog *catalog;
    const pack_file *file;
    hdx_pack *pack;
    bool has_stopwords;
    bool has_elisions; /* perhaps none: the file's own choice */
    helpdex_error *err;
} pack_reader;

static helpdex_status fail_value(pack_reader *r, const hdx_yaml *at,
                                 const char *what)
{
    return hdx_fail_at(r->err, HELPDEX_BAD_INPUT, r->file->path.ptr, at->line,
                       at->column, "%s", what);
}

static size_t child_count(const hdx_yaml *list)
{
    size_t count = 0;
    for (const hdx_yaml *at = list->first; at; at = at->next)
        count++;
    return count;
}

static helpdex_status read_name(pack_reader *r, const hdx_yaml *value)
{
    if (value->kind != HDX_YAML_SCALAR)
        return fail_value(r, value, "name is one text; write name: ...");
    r->pack->name = value->text.ptr;
    return HELPDEX_OK;
}

static helpdex_status read_fallback(pack_reader *r, const hdx_yaml *value)
{
    if (value->kind != HDX_YAML_LIST)
        return fail_value(r, value, "fallback is a list; write [a, b]");
    const char **tags = hdx_arena_alloc(
        &r->catalog->arena, (child_count(value) + 1) * sizeof *tags);
    if (!tags)
        return hdx_fail_nomem(r->err);
    size_t count = 0;
    for (const hdx_yaml *at = value->first; at; at = at->next) {
        hdx_locale locale;
        if (at->kind != HDX_YAML_SCALAR || !hdx_locale_parse(at->text, &locale))
            return fail_value(r, at,
                              "not a language tag; write one, such as "
                              "pt-BR");
        tags[count++] =
            hdx_arena_copy(&r->catalog->arena, hdx_str_of(locale.tag)).ptr;
        if (!tags[count - 1])
            return hdx_fail_nomem(r->err);
    }
    r->pack->fallback = tags;
    return HELPDEX_OK;
}

static helpdex_status read_stemmer(pack_reader *r, const hdx_yaml *value)
{
    struct sb_stemmer *stemmer = value->kind == HDX_YAML_SCALAR
                                     ? sb_stemmer_new(value->text.ptr, "UTF_8")
                                     : NULL;
    if (!stemmer)
        return fail_value(r, value,
                          "no stemmer of Snowball has this name; "
                          "write its English name, such as german");
    sb_stemmer_delete(stemmer);
    r->pack->stemmer = value->text.ptr;
    return HELPDEX_OK;
}

static helpdex_status read_bigrams(pack_reader *r, const hdx_yaml *value)
{
    if (value->kind != HDX_YAML_LIST)
        return fail_value(r, value, "bigrams is a list; write [Hani]");
    int32_t *codes = hdx_arena_alloc(&r->catalog->arena,
                                     (child_count(value) + 1) * sizeof *codes);
    if (!codes)
        return hdx_fail_nomem(r->err);
    size_t count = 0;
    for (const hdx_yaml *at = value->first; at; at = at->next) {
        int32_t code = at->kind == HDX_YAML_SCALAR
                           ? u_getPropertyValueEnum(UCHAR_SCRIPT, at->text.ptr)
                           : UCHAR_INVALID_CODE;
        if (code == UCHAR_INVALID_CODE)
            return fail_value(r, at,
                              "not a script; write an ISO 15924 code, "
                              "such as Hani");
        codes[count++] = code;
    }
    r->pack->bigrams = codes;
    r->pack->bigram_count = count;
    return HELPDEX_OK;
}

/* Adds a word, folded as the analyser folds it, to a map. */
static bool add_word(pack_reader *r, hdx_str word, hdx_map *out)
{
    UChar units[HDX_FOLD_UNITS + 1];
    char folded[4 * HDX_FOLD_UNITS];
    UErrorCode code = U_ZERO_ERROR;
    int32_t count;
    bool added;
    u_strFromUTF8(units, HDX_FOLD_UNITS, &count, word.ptr, (int32_t)word.len,
                  &code);
    if (code == U_BUFFER_OVERFLOW_ERROR)
        return true; /* no word of a text is so long */
    size_t len = hdx_fold(units, (size_t)count, folded, sizeof folded, &code);
    hdx_str lasting = hdx_arena_copy(
        &r->catalog->arena, (hdx_str){folded, U_FAILURE(code) ? 0 : len});
    return U_SUCCESS(code) && lasting.ptr &&
           (len == 0 || hdx_map_add(out, lasting, &added));
}

/* Words between white space of any script, as the keys of a map. */
static helpdex_status read_words(pack_reader *r, const hdx_yaml *value,
                                 hdx_map *out)
{
    if (value->kind != HDX_YAML_SCALAR)
        return fail_value(r, value,
                          "stopwords and elisions are each one text of words; "
                          "write >- and the words below");
    hdx_str text = value->text;
    for (size_t at = 0, begin = 0; at < text.len;) {
        size_t end = at;
        bool space = u_isUWhiteSpace((UChar32)hdx_utf8_next(text, &at));
        if (!space && at < text.len)
            continue;
        end = space ? end : at;
        if (end > begin &&
            !add_word(r, (hdx_str){text.ptr + begin, end - begin}, out))
            return hdx_fail_nomem(r->err);
        begin = at;
    }
    return HELPDEX_OK;
}

static helpdex_status read_stopwords(pack_reader *r, const hdx_yaml *value)
{
    r->has_stopwords = true;
    return read_words(r, value, &r->pack->stopwords);
}

static helpdex_status read_elisions(pack_reader *r, const hdx_yaml *value)
{
    r->has_elisions = true;
    return read_words(r, value, &r->pack->elisions);
}

typedef helpdex_status read_key(pack_reader *r, const hdx_yaml *value);

static const struct pack_key {
    const char *name;
    read_key *read;
} pack_keys[] = {
    {"name", read_name},           {"fallback", read_fallback},
    {"stemmer", read_stemmer},     {"bigrams", read_bigrams},
    {"stopwords", read_stopwords}, {"elisions", read_elisions},
};

static helpdex_status read_pack(pack_reader *r, const hdx_yaml *root)
{
    if (root && root->kind != HDX_YAML_MAP)
        return fail_value(r, root, "a locale pack is a map; write key: value");
    helpdex_status status = HELPDEX_OK;
    for (const hdx_yaml *at = root ? root->first : NULL; at && !status;
         at = at->next) {
        const struct pack_key *key = NULL;
        for (size_t i = 0; i < sizeof pack_keys / sizeof *pack_keys; i++)
            if (hdx_str_eq(at->key, hdx_str_of(pack_keys[i].name)))
                key = &pack_keys[i];
        if (key && hdx_yaml_get(root, key->name) != at)
            return fail_value(r, at, "written twice; keep one");
        status = key ? key->read(r, at)
                     : fail_value(r, at,
                                  "unknown key; known are name, "
                                  "fallback, stemmer, bigrams, stopwords "
                                  "and elisions");
    }
    return status;
}

static helpdex_status inherit_words(pack_reader *r, const hdx_map *from,
                                    hdx_map *to)
{
    bool added;
    for (size_t i = 0; i < from->capacity; i++)
        if (from->slots[i].key.ptr &&
            !hdx_map_add(to, from->slots[i].key, &added))
            return hdx_fail_nomem(r->err);
    return HELPDEX_OK;
}

/* Takes what the pack's own file has not set from the wider pack. */
static helpdex_status inherit(pack_reader *r, const hdx_pack *wider)
{
    hdx_pack *pack = r->pack;
    if (!pack->name)
        pack->name = wider->name;
    if (!pack->fallback)
        pack->fallback = wider->fallback;
    if (!pack->stemmer)
        pack->stemmer = wider->stemmer;
    if (!pack->bigrams) {
        pack->bigrams = wider->bigrams;
        pack->bigram_count = wider->bigram_count;
    }
    helpdex_status status = HELPDEX_OK;
    if (!r->has_stopwords)
        status = inherit_words(r, &wider->stopwords, &pack->stopwords);
    if (!status && !r->has_elisions)
        status = inherit_words(r, &wider->elisions, &pack->elisions);
    return status;
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
    static const char *const no_fallback[] = {NULL};
    if (file->pack)
        return HELPDEX_OK;
    pack_reader r = {.catalog = c, .file = file, .err = err};
    hdx_yaml *root;
    helpdex_status status =
        hdx_yaml_parse(&c->arena, file->text, file->path.ptr, 1, &root, err);
    if (status)
        return status;
    r.pack = hdx_arena_alloc(&c->arena, sizeof *r.pack);
    if (!r.pack)
        return hdx_fail_nomem(err);
    r.pack->locale = file->locale;
    status = read_pack(&r, root);
    pack_file *wider = best_file(c, &file->locale, subtags(&file->locale));
    if (!wider)
        wider = root_file(c);
    if (!status && wider && wider != file && !(status = load(c, wider, err)))
        status = inherit(&r, wider->pack);
    if (!r.pack->fallback)
        r.pack->fallback = no_fallback;
    if (!r.pack->name)
        r.pack->name = r.pack->locale.tag;
    if (status)
        free_words(r.pack);
    else
        file->pack = r.pack;
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
