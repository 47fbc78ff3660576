/*
 * Opening and verifying generations. A generation that cannot be read is left
 * where it is: a fault that passes must not cost an index.
 */
#include "store/generation.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "base/digest.h"
#include "base/file.h"
#include "store/naming.h"

enum { MANIFEST_LIMIT = 16 << 20, CURRENT_LIMIT = 256, PIN_ATTEMPTS = 3 };

/* What mends an index; takes its folder. */
#define REBUILD                                                                \
    "rebuild it with helpdex index KB_DIR --index %s, or restore a copy"

/* One generation under examination. */
typedef struct examination {
    hdx_arena *arena;
    const char *index_dir;
    hdx_stamp stamp;
    hdx_str path; /* of the generation */
    cJSON *json;
    hdx_manifest manifest;
    hdx_damage_seen *seen; /* NULL: stop at the first damage */
    void *context;
    helpdex_error *err;
} examination;

static hdx_str text_member(const examination *x, const cJSON *object,
                           const char *key)
{
    const char *text =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
    return text ? hdx_arena_copy(x->arena, hdx_str_of(text))
                : (hdx_str){NULL, 0};
}

static uint64_t number_member(const cJSON *object, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsNumber(item) && item->valuedouble >= 0 &&
                   item->valuedouble < 0x1p64
               ? (uint64_t)item->valuedouble
               : 0;
}

static helpdex_status damaged(const examination *x, const char *file,
                              const char *what)
{
    helpdex_error damage;
    hdx_fail_at(&damage, HELPDEX_DAMAGED, file, 0, 0, "%s; " REBUILD, what,
                x->index_dir);
    if (x->err && x->err->status == HELPDEX_OK)
        *x->err = damage;
    if (x->seen && x->seen(x->context, &damage) == 0)
        return HELPDEX_OK;
    return HELPDEX_DAMAGED;
}

/* Reads manifest.json and holds it against the folder's name. */
static helpdex_status read_manifest(examination *x)
{
    hdx_str path =
        hdx_arena_format(x->arena, "%s/" HDX_MANIFEST_FILE, x->path.ptr);
    if (!path.ptr)
        return hdx_fail_nomem(x->err);
    hdx_str text;
    helpdex_status status =
        hdx_file_read(x->arena, path.ptr, MANIFEST_LIMIT, &text, x->err);
    if (status == HELPDEX_BAD_INPUT) {
        *x->err = (helpdex_error){0};
        damaged(x, path.ptr, "larger than any manifest");
        return HELPDEX_DAMAGED;
    }
    if (status)
        return status;
    if (!hdx_name_vouches(x->path, text)) {
        damaged(x, path.ptr, "its bytes have changed");
        return HELPDEX_DAMAGED;
    }
    x->json = cJSON_ParseWithLength(text.ptr, text.len);
    return x->json ? HELPDEX_OK : hdx_fail_nomem(x->err);
}

static helpdex_status check_stamp(examination *x)
{
    hdx_str icu = text_member(x, x->json, "icu");
    if (number_member(x->json, "schema") == HDX_SCHEMA_VERSION &&
        number_member(x->json, "analyser") == x->stamp.analyser && icu.ptr &&
        hdx_str_eq(icu, hdx_str_of(x->stamp.icu)))
        return HELPDEX_OK;
    return hdx_fail_at(
        x->err, HELPDEX_INCOMPATIBLE, x->index_dir, 0, 0,
        "built with schema %u, analyser %u and ICU %.*s, and this is schema "
        "%u, analyser %u and ICU %s; run: helpdex index KB_DIR --index %s",
        (unsigned)number_member(x->json, "schema"),
        (unsigned)number_member(x->json, "analyser"), HDX_FMT(icu),
        (unsigned)HDX_SCHEMA_VERSION, x->stamp.analyser, x->stamp.icu,
        x->index_dir);
}

static helpdex_status read_locales(examination *x)
{
    hdx_manifest *m = &x->manifest;
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(x->json, "locales");
    m->fingerprint = text_member(x, x->json, "fingerprint");
    m->default_locale = text_member(x, x->json, "default_locale");
    m->contact = text_member(x, x->json, "contact");
    m->locales = hdx_arena_alloc(
        x->arena, ((size_t)cJSON_GetArraySize(list) + 1) * sizeof *m->locales);
    if (!m->locales || !m->fingerprint.ptr || !m->default_locale.ptr ||
        !m->contact.ptr)
        return hdx_fail_nomem(x->err);
    for (const cJSON *at = list ? list->child : NULL; at; at = at->next) {
        hdx_manifest_locale *locale = &m->locales[m->locale_count++];
        locale->tag = text_member(x, at, "locale");
        locale->articles = number_member(at, "articles");
        locale->sections = number_member(at, "sections");
        locale->terms = number_member(at, "terms");
        locale->notes = number_member(at, "notes");
        locale->copies = number_member(at, "copies");
        locale->fingerprint = text_member(x, at, "fingerprint");
        locale->setting = text_member(x, at, "setting");
        if (!locale->tag.ptr || !locale->fingerprint.ptr ||
            !locale->setting.ptr)
            return hdx_fail_nomem(x->err);
    }
    return HELPDEX_OK;
}

static helpdex_status read_notes(examination *x)
{
    hdx_manifest *m = &x->manifest;
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(x->json, "notes");
    m->notes = hdx_arena_alloc(
        x->arena, ((size_t)cJSON_GetArraySize(list) + 1) * sizeof *m->notes);
    if (!m->notes)
        return hdx_fail_nomem(x->err);
    for (const cJSON *at = list ? list->child : NULL; at; at = at->next) {
        hdx_manifest_note *note = &m->notes[m->note_count];
        note->locale = text_member(x, at, "locale");
        note->file = text_member(x, at, "file");
        note->line = (unsigned)number_member(at, "line");
        note->column = (unsigned)number_member(at, "column");
        note->message = text_member(x, at, "message");
        if (note->locale.ptr && note->file.ptr && note->message.ptr)
            m->note_count++;
    }
    return HELPDEX_OK;
}

/* Holds a file that was digested against its entry, and keeps the entry. */
static helpdex_status check_file(examination *x, const cJSON *entry,
                                 const hdx_digest_job *seen)
{
    hdx_manifest_file *file = &x->manifest.files[x->manifest.file_count];
    file->path = text_member(x, entry, "path");
    file->sha256 = text_member(x, entry, "sha256");
    file->bytes = number_member(entry, "bytes");
    helpdex_status status = seen->err.status;
    if (!file->path.ptr || !file->sha256.ptr)
        return hdx_fail_nomem(x->err);
    if (status == HELPDEX_NOT_FOUND || status == HELPDEX_BAD_INPUT)
        return damaged(x, seen->path, "it is missing");
    if (status) {
        *x->err = seen->err;
        return status;
    }
    if (seen->size != file->bytes)
        return damaged(x, seen->path, "its size has changed");
    if (!hdx_str_eq(file->sha256, hdx_str_of(seen->digest.hex)))
        return damaged(x, seen->path, "its bytes have changed");
    x->manifest.file_count++;
    return HELPDEX_OK;
}

/* Reads all files, then holds them against their entries. */
static helpdex_status check_files(examination *x, const cJSON *files)
{
    size_t count = (size_t)cJSON_GetArraySize(files), at = 0;
    hdx_digest_job *jobs = calloc(count + 1, sizeof *jobs);
    x->manifest.files =
        hdx_arena_alloc(x->arena, (count + 1) * sizeof *x->manifest.files);
    helpdex_status status = HELPDEX_OK;
    if (!jobs || !x->manifest.files) {
        free(jobs);
        return hdx_fail_nomem(x->err);
    }
    for (const cJSON *entry = files->child; entry && !status;
         entry = entry->next) {
        const char *name = cJSON_GetStringValue(
            cJSON_GetObjectItemCaseSensitive(entry, "path"));
        jobs[at].path =
            hdx_arena_format(x->arena, "%s/%s", x->path.ptr, name).ptr;
        if (!jobs[at++].path)
            status = hdx_fail_nomem(x->err);
    }
    if (!status)
        hdx_digest_files(jobs, count);
    at = 0;
    for (const cJSON *entry = files->child; entry && !status;
         entry = entry->next)
        status = check_file(x, entry, &jobs[at++]);
    free(jobs);
    return status;
}

static bool is_listed(const cJSON *files, hdx_str path)
{
    for (const cJSON *at = files ? files->child : NULL; at; at = at->next)
        if (hdx_str_eq(path,
                       hdx_str_of(cJSON_GetStringValue(
                           cJSON_GetObjectItemCaseSensitive(at, "path")))))
            return true;
    return false;
}

/* Packs, rules and paths are read by what lies there, so nothing else may lie there. */
static helpdex_status check_folder(const examination *x, const cJSON *files,
                                   const char *folder)
{
    hdx_listing all;
    hdx_str dir = hdx_arena_format(x->arena, "%s/%s", x->path.ptr, folder);
    if (!dir.ptr)
        return hdx_fail_nomem(x->err);
    if (!hdx_dir_exists(dir.ptr))
        return HELPDEX_OK;
    helpdex_status status =
        hdx_dir_list(x->arena, dir.ptr, false, &all, x->err);
    for (size_t i = 0; !status && i < all.count; i++) {
        const char *name = all.items[i].path.ptr;
        hdx_str listed = hdx_arena_format(x->arena, "%s/%s", folder, name);
        hdx_str path = hdx_arena_format(x->arena, "%s/%s", dir.ptr, name);
        if (!listed.ptr || !path.ptr)
            return hdx_fail_nomem(x->err);
        if (!is_listed(files, listed))
            status = damaged(x, path.ptr, "it was never published");
    }
    return status;
}

/* Likewise what has changed of a locale. */
static helpdex_status check_deltas(examination *x, const cJSON *files)
{
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < x->manifest.locale_count && !status; i++) {
        const char *tag = x->manifest.locales[i].tag.ptr;
        hdx_str dir = hdx_arena_format(x->arena, "%s/" HDX_DELTA_DIR, tag);
        hdx_str gone = hdx_arena_format(x->arena, "%s/" HDX_GONE_FILE, tag);
        hdx_str path =
            hdx_arena_format(x->arena, "%s/%s", x->path.ptr, gone.ptr);
        if (!dir.ptr || !gone.ptr || !path.ptr)
            return hdx_fail_nomem(x->err);
        status = check_folder(x, files, dir.ptr);
        if (!status && hdx_file_exists(path.ptr) && !is_listed(files, gone))
            status = damaged(x, path.ptr, "it was never published");
    }
    return status;
}

/* Holds a whole generation against its manifest. */
static helpdex_status examine(examination *x)
{
    helpdex_error none = {0};
    if (!x->err)
        x->err = &none;
    *x->err = (helpdex_error){0};
    helpdex_status status = read_manifest(x);
    if (!status)
        status = check_stamp(x);
    if (!status)
        status = read_locales(x);
    if (!status)
        status = read_notes(x);
    const cJSON *files = cJSON_GetObjectItemCaseSensitive(x->json, "files");
    if (!status && cJSON_GetArraySize(files) == 0)
        status = damaged(x, x->path.ptr, "its manifest lists no files");
    if (!status && files)
        status = check_files(x, files);
    if (!status)
        status = check_folder(x, files, HDX_PACKS_DIR);
    if (!status)
        status = check_folder(x, files, HDX_RULES_DIR);
    if (!status)
        status = check_folder(x, files, HDX_PATHS_DIR);
    if (!status)
        status = check_deltas(x, files);
    cJSON_Delete(x->json);
    x->json = NULL;
    if (!status && x->err->status)
        status = x->err->status; /* damage that `seen` let pass */
    if (x->err == &none)
        x->err = NULL;
    return status;
}

/* What CURRENT names. */
static helpdex_status read_current(hdx_arena *arena, const char *index_dir,
                                   hdx_str *name, helpdex_error *err)
{
    hdx_str path = hdx_arena_format(arena, "%s/" HDX_CURRENT_FILE, index_dir);
    if (!path.ptr)
        return hdx_fail_nomem(err);
    hdx_str text;
    helpdex_status status =
        hdx_file_read(arena, path.ptr, CURRENT_LIMIT, &text, err);
    if (status == HELPDEX_NOT_FOUND)
        return hdx_fail_at(err, HELPDEX_NOT_FOUND, index_dir, 0, 0,
                           "no index there; make one with: helpdex index "
                           "KB_DIR --index %s",
                           index_dir);
    if (status && status != HELPDEX_BAD_INPUT)
        return status;
    hdx_str line = status ? HDX_STR("") : hdx_str_trim(text);
    if (!hdx_name_is_generation(line))
        return hdx_fail_at(err, HELPDEX_DAMAGED, path.ptr, 0, 0,
                           "names no generation; " REBUILD, index_dir);
    *name = hdx_arena_copy(arena, line);
    return name->ptr ? HELPDEX_OK : hdx_fail_nomem(err);
}

/*
 * Pins a generation. A publisher that removes it holds the lock, or held it
 * until the file was gone: NOT_FOUND either way.
 */
static helpdex_status pin(const char *manifest, int *fd, helpdex_error *err)
{
    helpdex_status status =
        hdx_file_lock(manifest, HDX_LOCK_SHARED, false, fd, err);
    if (status ? status != HELPDEX_IN_USE : hdx_file_exists(manifest))
        return status;
    hdx_file_unlock(fd);
    return hdx_fail_at(err, HELPDEX_NOT_FOUND, manifest, 0, 0,
                       "is being removed; open the index again");
}

/* Pins and examines the generation `name` into `g`. */
static helpdex_status take(hdx_generation *g, const char *index_dir,
                           hdx_stamp stamp, hdx_str name, helpdex_error *err)
{
    g->name = name;
    g->path = hdx_arena_format(&g->arena, "%s/%.*s", index_dir, HDX_FMT(name));
    hdx_str manifest = hdx_arena_format(&g->arena, "%s/%.*s/" HDX_MANIFEST_FILE,
                                        index_dir, HDX_FMT(name));
    if (!g->path.ptr || !manifest.ptr)
        return hdx_fail_nomem(err);
    helpdex_status status = pin(manifest.ptr, &g->pin, err);
    if (status)
        return status;
    examination x = {.arena = &g->arena,
                     .index_dir = index_dir,
                     .stamp = stamp,
                     .path = g->path,
                     .err = err};
    status = examine(&x);
    if (status)
        hdx_file_unlock(&g->pin);
    else
        g->manifest = x.manifest;
    return status;
}

/* Takes the newest whole generation other than `live`. */
static bool take_previous(hdx_generation *g, const char *index_dir,
                          hdx_stamp stamp, hdx_str live,
                          const helpdex_error *why)
{
    hdx_listing all;
    if (hdx_dir_list(&g->arena, index_dir, false, &all, NULL))
        return false;
    for (size_t i = all.count; i > 0; i--) {
        hdx_str name = all.items[i - 1].path;
        helpdex_error ignored;
        if (!hdx_name_is_generation(name) || hdx_str_eq(name, live) ||
            take(g, index_dir, stamp, name, &ignored))
            continue;
        g->notice = hdx_arena_format(
            &g->arena, "generation %.*s serves, because of %s: %s",
            HDX_FMT(name), why->file, why->message);
        return g->notice.ptr != NULL;
    }
    return false;
}

helpdex_status hdx_generation_open(const char *index_dir, hdx_stamp stamp,
                                   hdx_generation **out, helpdex_error *err)
{
    helpdex_error why = {0};
    *out = NULL;
    hdx_generation *g = calloc(1, sizeof *g);
    if (!g)
        return hdx_fail_nomem(err);
    g->pin = -1;
    helpdex_status status = HELPDEX_NOT_FOUND;
    hdx_str name = {0};
    /* A publisher may remove what CURRENT named a moment ago: look again. */
    for (int i = 0; i < PIN_ATTEMPTS && status == HELPDEX_NOT_FOUND; i++) {
        status = read_current(&g->arena, index_dir, &name, &why);
        if (status)
            break;
        status = take(g, index_dir, stamp, name, &why);
    }
    bool lost = status == HELPDEX_NOT_FOUND && name.ptr;
    if (lost)
        status = hdx_fail_at(&why, HELPDEX_DAMAGED, index_dir, 0, 0,
                             "generation %.*s is missing; " REBUILD,
                             HDX_FMT(name), index_dir);
    if (status == HELPDEX_DAMAGED &&
        take_previous(g, index_dir, stamp, name, &why))
        status = HELPDEX_OK;
    if (status) {
        hdx_generation_free(g);
        if (err)
            *err = why;
        return status;
    }
    *out = g;
    return HELPDEX_OK;
}

void hdx_generation_free(hdx_generation *generation)
{
    if (!generation)
        return;
    hdx_file_unlock(&generation->pin);
    hdx_arena_free(&generation->arena);
    free(generation);
}

/*
 * Examines under a reader's lock, so that nobody removes files meanwhile. What
 * is not live and has no manifest or is locked is being removed, or was left
 * by a removal that was cut short: no search can read it.
 */
static helpdex_status examine_pinned(examination *x, bool is_live)
{
    int pin = -1;
    hdx_str path =
        hdx_arena_format(x->arena, "%s/" HDX_MANIFEST_FILE, x->path.ptr);
    if (!path.ptr)
        return hdx_fail_nomem(x->err);
    helpdex_status status =
        hdx_file_lock(path.ptr, HDX_LOCK_SHARED, false, &pin, x->err);
    if (!status)
        status = examine(x);
    hdx_file_unlock(&pin);
    bool removed = status == HELPDEX_NOT_FOUND || status == HELPDEX_IN_USE;
    if (!is_live && removed)
        return HELPDEX_OK;
    if (status != HELPDEX_NOT_FOUND)
        return status;
    *x->err = (helpdex_error){0};
    damaged(x, path.ptr, "it is missing");
    return HELPDEX_DAMAGED;
}

helpdex_status hdx_generation_verify_all(const char *index_dir, hdx_stamp stamp,
                                         hdx_arena *arena, hdx_str *name,
                                         hdx_damage_seen *seen, void *context,
                                         helpdex_error *err)
{
    helpdex_error first = {0}, now;
    hdx_listing all;
    helpdex_status status = read_current(arena, index_dir, name, &first);
    if (status == HELPDEX_DAMAGED)
        seen(context, &first);
    else if (status)
        goto done;
    status = hdx_dir_list(arena, index_dir, false, &all, &first);
    bool live_seen = first.status != HELPDEX_OK;
    for (size_t i = 0; i < all.count && !status; i++) {
        if (!hdx_name_is_generation(all.items[i].path))
            continue;
        live_seen = live_seen || hdx_str_eq(all.items[i].path, *name);
        examination x = {.arena = arena,
                         .index_dir = index_dir,
                         .stamp = stamp,
                         .seen = seen,
                         .context = context,
                         .err = &now};
        x.path =
            hdx_arena_format(arena, "%s/%s", index_dir, all.items[i].path.ptr);
        bool is_live = hdx_str_eq(all.items[i].path, *name);
        status =
            x.path.ptr ? examine_pinned(&x, is_live) : hdx_fail_nomem(&now);
        if (status == HELPDEX_INCOMPATIBLE && !is_live) {
            status = HELPDEX_OK; /* an older version left it; it serves none */
            continue;
        }
        if (status && !first.status)
            first = now;
        if (status == HELPDEX_DAMAGED)
            status = HELPDEX_OK;
    }
    if (!status && !live_seen) {
        hdx_fail_at(&now, HELPDEX_DAMAGED, index_dir, 0, 0,
                    "generation %.*s is missing; " REBUILD, HDX_FMT(*name),
                    index_dir);
        seen(context, &now);
        first = first.status ? first : now;
    }
done:
    if (err)
        *err = first;
    return status ? status : first.status;
}
