/*
 * A generation in the making, and its publishing. Until CURRENT is renamed
 * nothing that a reader looks at has changed; after it, nothing can fail that
 * matters to them.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/map.h"
#include "store/generation.h"
#include "store/naming.h"

struct hdx_draft {
    hdx_arena arena;
    hdx_map reused; /* path below the draft -> hdx_manifest_file */
    hdx_str index_dir;
    hdx_str path;
    hdx_str *spares; /* generations to take files from; NULL: not listed */
    size_t spare_count;
    int lock;
};

#define DRAFT_DIR "draft"

/* A folder with other things in it is somebody's, and no place for an index. */
static helpdex_status check_ours(const hdx_draft *d, helpdex_error *err)
{
    hdx_arena arena = {0};
    hdx_listing all = {0};
    helpdex_status status =
        hdx_dir_list(&arena, d->index_dir.ptr, false, &all, err);
    bool generation = false, other = false, named = all.count == 0;
    for (size_t i = 0; i < all.count; i++) {
        hdx_str name = all.items[i].path;
        bool file = hdx_str_eq(name, HDX_STR(HDX_CURRENT_FILE)) ||
                    hdx_str_eq(name, HDX_STR(HDX_LOCK_FILE));
        named = named || file;
        generation = generation || hdx_name_is_generation(name);
        other = other || !(file || hdx_str_eq(name, HDX_STR(DRAFT_DIR)));
    }
    /* LevelDB and RocksDB have a CURRENT and a LOCK too. */
    bool ours = named && (generation || !other);
    if (!status && !ours)
        status = hdx_fail_at(err, HELPDEX_BAD_INPUT, d->index_dir.ptr, 0, 0,
                             "holds other files and is no index; name a new "
                             "or an empty folder with --index");
    hdx_arena_free(&arena);
    return status;
}

static helpdex_status prepare(hdx_draft *d, helpdex_error *err)
{
    helpdex_status status = hdx_dir_make(d->index_dir.ptr, err);
    if (!status)
        status = check_ours(d, err);
    hdx_str lock =
        hdx_arena_format(&d->arena, "%s/" HDX_LOCK_FILE, d->index_dir.ptr);
    d->path = hdx_arena_format(&d->arena, "%s/" DRAFT_DIR, d->index_dir.ptr);
    if (!status && (!lock.ptr || !d->path.ptr))
        status = hdx_fail_nomem(err);
    if (!status)
        status =
            hdx_file_lock(lock.ptr, HDX_LOCK_EXCLUSIVE, true, &d->lock, err);
    if (status == HELPDEX_IN_USE)
        return hdx_fail_at(err, HELPDEX_IN_USE, d->index_dir.ptr, 0, 0,
                           "another process is writing this index; wait "
                           "until it is done");
    if (!status)
        status = hdx_dir_remove(d->path.ptr, err);
    if (!status)
        status = hdx_dir_make(d->path.ptr, err);
    return status;
}

helpdex_status hdx_draft_begin(const char *index_dir, hdx_draft **out,
                               helpdex_error *err)
{
    *out = NULL;
    hdx_draft *d = calloc(1, sizeof *d);
    if (!d)
        return hdx_fail_nomem(err);
    d->lock = -1;
    d->index_dir = hdx_arena_copy(&d->arena, hdx_str_of(index_dir));
    helpdex_status status =
        d->index_dir.ptr ? prepare(d, err) : hdx_fail_nomem(err);
    if (status)
        hdx_draft_free(d);
    else
        *out = d;
    return status;
}

const char *hdx_draft_path(const hdx_draft *draft)
{
    return draft->path.ptr;
}

void hdx_draft_free(hdx_draft *draft)
{
    if (!draft)
        return;
    if (draft->lock >= 0)
        hdx_dir_remove(draft->path.ptr, NULL);
    hdx_file_unlock(&draft->lock);
    hdx_map_free(&draft->reused);
    hdx_arena_free(&draft->arena);
    free(draft);
}

static bool add_locales(cJSON *root, const hdx_manifest *manifest)
{
    cJSON *list = cJSON_AddArrayToObject(root, "locales");
    for (size_t i = 0; list && i < manifest->locale_count; i++) {
        const hdx_manifest_locale *from = &manifest->locales[i];
        cJSON *item = cJSON_CreateObject();
        cJSON_AddItemToArray(list, item);
        if (!cJSON_AddStringToObject(item, "locale", from->tag.ptr) ||
            !cJSON_AddNumberToObject(item, "articles",
                                     (double)from->articles) ||
            !cJSON_AddNumberToObject(item, "sections",
                                     (double)from->sections) ||
            !cJSON_AddNumberToObject(item, "terms", (double)from->terms) ||
            !cJSON_AddNumberToObject(item, "notes", (double)from->notes) ||
            !cJSON_AddNumberToObject(item, "copies", (double)from->copies) ||
            !cJSON_AddStringToObject(item, "fingerprint",
                                     from->fingerprint.ptr) ||
            !cJSON_AddStringToObject(item, "setting", from->setting.ptr))
            return false;
    }
    return list != NULL;
}

static bool add_notes(cJSON *root, const hdx_manifest *manifest)
{
    cJSON *list = cJSON_AddArrayToObject(root, "notes");
    for (size_t i = 0; list && i < manifest->note_count; i++) {
        const hdx_manifest_note *from = &manifest->notes[i];
        cJSON *item = cJSON_CreateObject();
        cJSON_AddItemToArray(list, item);
        if (!cJSON_AddStringToObject(item, "locale", from->locale.ptr) ||
            !cJSON_AddStringToObject(item, "file", from->file.ptr) ||
            !cJSON_AddNumberToObject(item, "line", from->line) ||
            !cJSON_AddNumberToObject(item, "column", from->column) ||
            !cJSON_AddStringToObject(item, "message", from->message.ptr))
            return false;
    }
    return list != NULL;
}

/* Notes that a file of the draft has the bytes of `file`. */
static helpdex_status note_reuse(hdx_draft *d, const hdx_manifest_file *file,
                                 helpdex_error *err)
{
    bool added;
    hdx_manifest_file *kept = hdx_arena_alloc(&d->arena, sizeof *kept);
    hdx_str path = hdx_arena_copy(&d->arena, file->path);
    hdx_str sha256 = hdx_arena_copy(&d->arena, file->sha256);
    hdx_map_entry *entry = kept && path.ptr && sha256.ptr
                               ? hdx_map_add(&d->reused, path, &added)
                               : NULL;
    if (!entry)
        return hdx_fail_nomem(err);
    *kept = (hdx_manifest_file){path, file->bytes, sha256};
    entry->value = (uintptr_t)kept;
    return HELPDEX_OK;
}

/* Links a file out of one of the generations that will not be kept; what it
   holds is not known yet. */
static bool link_spare(hdx_draft *d, hdx_str name, const char *to)
{
    for (size_t i = 0; i < d->spare_count; i++) {
        hdx_str from =
            hdx_arena_format(&d->arena, "%s/%s/%.*s", d->index_dir.ptr,
                             d->spares[i].ptr, HDX_FMT(name));
        if (from.ptr && hdx_file_link(from.ptr, to))
            return true;
    }
    return false;
}

/* Whether a file that was digested has the bytes of an entry. */
static bool has_bytes(const hdx_digest_job *seen, const hdx_manifest_file *file)
{
    return seen->err.status == HELPDEX_OK && seen->size == file->bytes &&
           hdx_str_eq(file->sha256, hdx_str_of(seen->digest.hex));
}

/* The bytes of the live generation, written anew. */
static helpdex_status copy_file(const char *from, const char *to,
                                const hdx_manifest_file *file,
                                helpdex_error *err)
{
    hdx_digest digest;
    helpdex_status status = hdx_digest_copy(from, to, &digest, err);
    if (!status && !hdx_str_eq(file->sha256, hdx_str_of(digest.hex)))
        status = hdx_fail_at(err, HELPDEX_DAMAGED, from, 0, 0,
                             "its bytes have changed since the index was "
                             "opened; run it again");
    return status;
}

/* The generations that the new one will outlive. */
static helpdex_status list_spares(hdx_draft *d, const hdx_generation *live,
                                  helpdex_error *err)
{
    hdx_listing all;
    if (d->spares)
        return HELPDEX_OK;
    helpdex_status status =
        hdx_dir_list(&d->arena, d->index_dir.ptr, false, &all, err);
    if (status)
        return status;
    d->spares = hdx_arena_alloc(&d->arena, (all.count + 1) * sizeof *d->spares);
    if (!d->spares)
        return hdx_fail_nomem(err);
    for (size_t i = all.count; i > 0; i--)
        if (hdx_name_is_generation(all.items[i - 1].path) &&
            !hdx_str_eq(all.items[i - 1].path, live->name))
            d->spares[d->spare_count++] = all.items[i - 1].path;
    return HELPDEX_OK;
}

/* Whether a file of a locale, by its name there, tells what has changed since
   the others were written. */
static bool is_of_changes(hdx_str name)
{
    return hdx_str_starts(name, HDX_STR(HDX_DELTA_DIR "/")) ||
           hdx_str_eq(name, HDX_STR(HDX_GONE_FILE)) ||
           hdx_str_eq(name, HDX_STR(HDX_FILEBOOK_FILE));
}

/* A file that is taken over. */
typedef struct taking {
    const hdx_manifest_file *file;
    const char *to;
    bool linked;
} taking;

/* Those files of a locale that are to be taken over; `*count` of them. */
static taking *list_taken(hdx_draft *d, const hdx_generation *live,
                          hdx_str below, bool all, hdx_str without,
                          size_t *count)
{
    const hdx_manifest *m = &live->manifest;
    taking *list =
        hdx_arena_alloc(&d->arena, (m->file_count + 1) * sizeof *list);
    *count = 0;
    for (size_t i = 0; i < m->file_count && list; i++) {
        hdx_str path = m->files[i].path, name = path;
        if (!hdx_str_starts(path, below))
            continue;
        name.ptr += below.len;
        name.len -= below.len;
        if (!all && (is_of_changes(name) || hdx_str_eq(name, without)))
            continue;
        taking *next = &list[(*count)++];
        next->file = &m->files[i];
        next->to =
            hdx_arena_format(&d->arena, "%s/%s", d->path.ptr, path.ptr).ptr;
        if (!next->to)
            return NULL;
    }
    return list;
}

/* Links what can be, and looks at it to the end: false in `linked` of what is
   not what it should be. */
static helpdex_status link_all(hdx_draft *d, taking *list, size_t count,
                               helpdex_error *err)
{
    size_t linked = 0;
    hdx_digest_job *jobs = calloc(count + 1, sizeof *jobs);
    if (!jobs)
        return hdx_fail_nomem(err);
    for (size_t i = 0; i < count; i++) {
        list[i].linked = link_spare(d, list[i].file->path, list[i].to);
        if (list[i].linked)
            jobs[linked++].path = list[i].to;
    }
    hdx_digest_files(jobs, linked);
    linked = 0;
    for (size_t i = 0; i < count; i++) {
        if (!list[i].linked || has_bytes(&jobs[linked++], list[i].file))
            continue;
        hdx_file_remove(list[i].to);
        list[i].linked = false;
    }
    free(jobs);
    return HELPDEX_OK;
}

/*
 * The live generation stays as the second chance, so that no file of it may be
 * one of the draft's as well: damage to the disk would be that of both. What it
 * was made from before is removed soon, and mostly has the same file.
 */
static helpdex_status take_over(hdx_draft *d, const hdx_generation *live,
                                taking *list, size_t count, helpdex_error *err)
{
    helpdex_status status = link_all(d, list, count, err);
    for (size_t i = 0; i < count && !status; i++) {
        const hdx_manifest_file *file = list[i].file;
        hdx_str from = hdx_arena_format(&d->arena, "%s/%s", live->path.ptr,
                                        file->path.ptr);
        if (!from.ptr)
            return hdx_fail_nomem(err);
        if (!list[i].linked)
            status = copy_file(from.ptr, list[i].to, file, err);
        if (!status)
            status = note_reuse(d, file, err);
    }
    return status;
}

static helpdex_status reuse(hdx_draft *d, const hdx_generation *live,
                            hdx_str locale, bool all, hdx_str without,
                            helpdex_error *err)
{
    size_t count;
    hdx_str dir =
        hdx_arena_format(&d->arena, "%s/%.*s", d->path.ptr, HDX_FMT(locale));
    hdx_str delta = hdx_arena_format(&d->arena, "%s/" HDX_DELTA_DIR, dir.ptr);
    hdx_str below = hdx_arena_format(&d->arena, "%.*s/", HDX_FMT(locale));
    if (!dir.ptr || !delta.ptr || !below.ptr)
        return hdx_fail_nomem(err);
    taking *list = list_taken(d, live, below, all, without, &count);
    if (!list)
        return hdx_fail_nomem(err);
    bool has_delta = false;
    for (size_t i = 0; i < count; i++)
        has_delta = has_delta || hdx_str_starts(hdx_str_of(list[i].to), delta);
    helpdex_status status = hdx_dir_make(has_delta ? delta.ptr : dir.ptr, err);
    if (!status)
        status = list_spares(d, live, err);
    return status ? status : take_over(d, live, list, count, err);
}

helpdex_status hdx_draft_reuse(hdx_draft *draft, const hdx_generation *live,
                               hdx_str locale, helpdex_error *err)
{
    return reuse(draft, live, locale, true, HDX_STR(""), err);
}

helpdex_status hdx_draft_reuse_base(hdx_draft *draft,
                                    const hdx_generation *live, hdx_str locale,
                                    hdx_str without, helpdex_error *err)
{
    return reuse(draft, live, locale, false, without, err);
}

helpdex_status hdx_draft_put(hdx_draft *draft, const hdx_generation *live,
                             hdx_str name, hdx_str bytes, helpdex_error *err)
{
    hdx_digest digest = hdx_digest_of(bytes);
    hdx_manifest_file file = {name, bytes.len, hdx_str_of(digest.hex)};
    hdx_str path = hdx_arena_format(&draft->arena, "%s/%.*s", draft->path.ptr,
                                    HDX_FMT(name));
    if (!path.ptr)
        return hdx_fail_nomem(err);
    helpdex_status status = live ? list_spares(draft, live, err) : HELPDEX_OK;
    hdx_digest_job seen = {.path = path.ptr};
    bool linked = !status && link_spare(draft, name, path.ptr);
    if (linked)
        hdx_digest_files(&seen, 1);
    if (linked && !has_bytes(&seen, &file)) {
        hdx_file_remove(path.ptr);
        linked = false;
    }
    if (!status && !linked)
        status = hdx_file_write(path.ptr, bytes, err);
    return status ? status : note_reuse(draft, &file, err);
}

/* Syncs and digests a file of the draft, unless both is done. */
static helpdex_status seal_file(hdx_draft *d, hdx_str name, cJSON *item,
                                helpdex_error *err)
{
    const hdx_map_entry *known = hdx_map_find(&d->reused, name);
    hdx_str path = hdx_arena_format(&d->arena, "%s/%s", d->path.ptr, name.ptr);
    hdx_digest digest;
    hdx_manifest_file file = {.path = name};
    helpdex_status status = HELPDEX_OK;
    if (!item || !path.ptr)
        return hdx_fail_nomem(err);
    if (known)
        file = *(const hdx_manifest_file *)(uintptr_t)known->value;
    else if (!(status = hdx_file_sync(path.ptr, err)))
        status = hdx_digest_file(path.ptr, &digest, &file.bytes, err);
    if (status)
        return status;
    if (!cJSON_AddStringToObject(item, "path", name.ptr) ||
        !cJSON_AddNumberToObject(item, "bytes", (double)file.bytes) ||
        !cJSON_AddStringToObject(item, "sha256",
                                 known ? file.sha256.ptr : digest.hex))
        return hdx_fail_nomem(err);
    return HELPDEX_OK;
}

static helpdex_status add_files(hdx_draft *d, cJSON *root, helpdex_error *err)
{
    hdx_listing files;
    cJSON *list = cJSON_AddArrayToObject(root, "files");
    if (!list)
        return hdx_fail_nomem(err);
    helpdex_status status =
        hdx_dir_list(&d->arena, d->path.ptr, true, &files, err);
    for (size_t i = 0; i < files.count && !status; i++) {
        cJSON *item = cJSON_CreateObject();
        cJSON_AddItemToArray(list, item);
        status = seal_file(d, files.items[i].path, item, err);
    }
    return status;
}

static helpdex_status sync_folder(hdx_draft *d, hdx_str folder,
                                  helpdex_error *err)
{
    hdx_str path =
        hdx_arena_format(&d->arena, "%s/%s", d->path.ptr, folder.ptr);
    hdx_str delta = hdx_arena_format(&d->arena, "%s/" HDX_DELTA_DIR, path.ptr);
    if (!path.ptr || !delta.ptr)
        return hdx_fail_nomem(err);
    helpdex_status status = HELPDEX_OK;
    if (hdx_dir_exists(delta.ptr))
        status = hdx_file_sync(delta.ptr, err);
    return status ? status : hdx_file_sync(path.ptr, err);
}

/* Makes the folders of the draft durable, the innermost first. */
static helpdex_status sync_folders(hdx_draft *d, helpdex_error *err)
{
    hdx_listing tops;
    helpdex_status status =
        hdx_dir_list(&d->arena, d->path.ptr, false, &tops, err);
    for (size_t i = 0; i < tops.count && !status; i++)
        if (tops.items[i].kind == HDX_ENTRY_DIR)
            status = sync_folder(d, tops.items[i].path, err);
    return status ? status : hdx_file_sync(d->path.ptr, err);
}

static helpdex_status write_manifest(hdx_draft *d, hdx_stamp stamp,
                                     const hdx_manifest *manifest,
                                     hdx_str *text, helpdex_error *err)
{
    helpdex_status status = HELPDEX_OK;
    char *printed = NULL;
    cJSON *root = cJSON_CreateObject();
    if (!cJSON_AddStringToObject(root, "helpdex", helpdex_version()) ||
        !cJSON_AddNumberToObject(root, "schema", HDX_SCHEMA_VERSION) ||
        !cJSON_AddNumberToObject(root, "analyser", stamp.analyser) ||
        !cJSON_AddStringToObject(root, "icu", stamp.icu) ||
        !cJSON_AddStringToObject(root, "fingerprint",
                                 manifest->fingerprint.ptr) ||
        !cJSON_AddStringToObject(root, "default_locale",
                                 manifest->default_locale.ptr) ||
        !cJSON_AddStringToObject(root, "contact",
                                 manifest->contact.ptr ? manifest->contact.ptr
                                                       : "") ||
        !add_locales(root, manifest) || !add_notes(root, manifest))
        status = hdx_fail_nomem(err);
    if (!status)
        status = add_files(d, root, err);
    if (!status && !(printed = cJSON_Print(root)))
        status = hdx_fail_nomem(err);
    hdx_str path =
        hdx_arena_format(&d->arena, "%s/" HDX_MANIFEST_FILE, d->path.ptr);
    if (!status) {
        *text = hdx_arena_copy(&d->arena, hdx_str_of(printed));
        status = text->ptr && path.ptr ? hdx_file_write(path.ptr, *text, err)
                                       : hdx_fail_nomem(err);
    }
    cJSON_free(printed);
    cJSON_Delete(root);
    return status;
}

/* One more than the highest number of a generation. */
static uint64_t next_number(const hdx_listing *all)
{
    uint64_t highest = 0;
    for (size_t i = 0; i < all->count; i++)
        if (hdx_name_is_generation(all->items[i].path) &&
            hdx_name_number(all->items[i].path) > highest)
            highest = hdx_name_number(all->items[i].path);
    return highest + 1;
}

/*
 * The generation to keep beside the new one: that which serves now; the newest
 * if none can be opened for a reason that may pass; none if all are damaged,
 * because the new one is what mends them.
 */
static hdx_str serving_name(hdx_draft *d, hdx_stamp stamp,
                            const hdx_generation *live, const hdx_listing *all)
{
    hdx_generation *serving;
    hdx_str name = {0};
    if (live)
        return live->name;
    helpdex_status status =
        hdx_generation_open(d->index_dir.ptr, stamp, &serving, NULL);
    if (status == HELPDEX_DAMAGED)
        return HDX_STR("");
    if (status == HELPDEX_OK) {
        name = hdx_arena_copy(&d->arena, serving->name);
        hdx_generation_free(serving);
    }
    for (size_t i = 0; i < all->count && !name.ptr; i++)
        if (hdx_name_is_generation(all->items[all->count - 1 - i].path))
            name = all->items[all->count - 1 - i].path;
    return name;
}

/*
 * Removes the generations that are neither live nor previous. One that a
 * reader has pinned stays, and so does one whose removal fails: it is tried
 * again at the next publishing.
 */
static void remove_old(hdx_draft *d, const hdx_listing *all, hdx_str previous)
{
    for (size_t i = 0; i < all->count; i++) {
        hdx_str name = all->items[i].path;
        int pin;
        if (!hdx_name_is_generation(name) || hdx_str_eq(name, previous))
            continue;
        hdx_str path =
            hdx_arena_format(&d->arena, "%s/%s", d->index_dir.ptr, name.ptr);
        hdx_str manifest = hdx_arena_format(
            &d->arena, "%s/%s/" HDX_MANIFEST_FILE, d->index_dir.ptr, name.ptr);
        if (!path.ptr || !manifest.ptr)
            return;
        helpdex_status status =
            hdx_file_lock(manifest.ptr, HDX_LOCK_EXCLUSIVE, false, &pin, NULL);
        /* Without a manifest nobody can pin it: a removal was cut short. It
           goes under another name first, so that none sees half of it. */
        if ((status == HELPDEX_OK || status == HELPDEX_NOT_FOUND) &&
            hdx_file_rename(path.ptr, d->path.ptr, NULL) == HELPDEX_OK)
            hdx_dir_remove(d->path.ptr, NULL);
        hdx_file_unlock(&pin);
    }
}

/* Puts the finished folder under its name, then CURRENT to that name. */
static helpdex_status go_live(hdx_draft *d, hdx_str name, helpdex_error *err)
{
    hdx_str path =
        hdx_arena_format(&d->arena, "%s/%s", d->index_dir.ptr, name.ptr);
    hdx_str current =
        hdx_arena_format(&d->arena, "%s/" HDX_CURRENT_FILE, d->index_dir.ptr);
    hdx_str line = hdx_arena_format(&d->arena, "%s\n", name.ptr);
    if (!path.ptr || !current.ptr || !line.ptr)
        return hdx_fail_nomem(err);
    helpdex_status status = sync_folders(d, err);
    if (!status)
        status = hdx_file_rename(d->path.ptr, path.ptr, err);
    if (!status)
        status = hdx_file_replace(current.ptr, line, err);
    return status;
}

helpdex_status hdx_draft_publish(hdx_draft *draft, hdx_stamp stamp,
                                 const hdx_generation *live,
                                 const hdx_manifest *manifest, hdx_arena *arena,
                                 hdx_str *name, helpdex_error *err)
{
    hdx_str text = {0};
    hdx_listing all;
    helpdex_status status = write_manifest(draft, stamp, manifest, &text, err);
    if (!status)
        status =
            hdx_dir_list(&draft->arena, draft->index_dir.ptr, false, &all, err);
    if (status)
        return status;
    hdx_str previous = serving_name(draft, stamp, live, &all);
    *name = hdx_name_make(arena, next_number(&all), text);
    if (!name->ptr)
        return hdx_fail_nomem(err);
    status = go_live(draft, *name, err);
    if (!status)
        remove_old(draft, &all, previous);
    return status;
}
