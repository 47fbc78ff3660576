/*
 * Paths of articles, and writing them. All is compared with what is there
 * before anything is written, then all is written beside it and synced, then
 * renamed file by file. An article that is there under another name, by its id,
 * stays where it is. What lies behind a link is not touched.
 */
#include "importer/links.h"
#include "importer/names.h"

#include "base/file.h"

/* The indexer takes no larger articles. */
enum { HEAD_LIMIT = 256 << 10 };

typedef struct tree {
    hdx_import *import;
    hdx_listing listing; /* what is there */
    hdx_map there;       /* "id TAB locale", and "id" -> its entry, from 1 */
    hdx_map families;    /* id -> number of the article that names it, from 1 */
    hdx_map paths;       /* that are taken, below the locale */
    hdx_str *texts;      /* of the files to write, by article */
    hdx_str config;      /* of a new knowledge base; empty: none is written */
    bool failed;         /* memory was out once */
    helpdex_error *err;
} tree;

static hdx_arena *arena_of(tree *t)
{
    return &t->import->in.arena;
}

static bool is_number(hdx_str text)
{
    size_t i = 0;
    while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9')
        i++;
    return i == text.len;
}

/* Whether nothing has this path yet, which is taken from now on. */
static bool take_path(tree *t, hdx_str below)
{
    bool added = false;
    t->failed =
        t->failed || !below.ptr || !hdx_map_add(&t->paths, below, &added);
    return t->failed || added;
}

/* "section/name.md" of a new family: by its title or id, by both, numbered. */
static void name_family(tree *t, hdx_incoming *a)
{
    hdx_str folder = hdx_safe_name(arena_of(t), a->section),
            id = hdx_safe_name(arena_of(t), a->id);
    hdx_str name = is_number(a->id) ? hdx_safe_name(arena_of(t), a->title) : id;
    t->failed = t->failed || !folder.ptr || !id.ptr || !name.ptr;
    if (name.len == 0)
        name = id.len ? id : HDX_STR("article");
    const char *slash = folder.len ? "/" : "";
    a->below = hdx_arena_format(arena_of(t), "%.*s%s%.*s.md", HDX_FMT(folder),
                                slash, HDX_FMT(name));
    if (take_path(t, a->below))
        return;
    if (id.len && !hdx_str_eq(id, name)) {
        name = hdx_arena_format(arena_of(t), "%.*s-%.*s", HDX_FMT(name),
                                HDX_FMT(id));
        a->below = hdx_arena_format(arena_of(t), "%.*s%s%.*s.md",
                                    HDX_FMT(folder), slash, HDX_FMT(name));
    }
    for (unsigned n = 2; !take_path(t, a->below); n++)
        a->below = hdx_arena_format(arena_of(t), "%.*s%s%.*s-%u.md",
                                    HDX_FMT(folder), slash, HDX_FMT(name), n);
}

/* Without the backslashes that hdx_compose() writes. */
static hdx_str unescaped(tree *t, hdx_str quoted)
{
    hdx_str text = hdx_arena_copy(arena_of(t), quoted);
    char *bytes = (char *)(uintptr_t)text.ptr;
    size_t len = 0;
    for (size_t i = 0; bytes && i < text.len; i++) {
        i += bytes[i] == '\\' && i + 1 < text.len;
        bytes[len++] = bytes[i];
    }
    text.len = len;
    return text;
}

/* The id in the head of an article; empty: none is written there. */
static hdx_str id_in(tree *t, hdx_str text)
{
    hdx_str line;
    if (!hdx_str_line(&text, &line) || !hdx_str_eq(line, HDX_STR("---")))
        return HDX_STR("");
    while (hdx_str_line(&text, &line) && !hdx_str_eq(line, HDX_STR("---"))) {
        if (!hdx_str_starts(line, HDX_STR("id:")))
            continue;
        hdx_str id = hdx_str_trim((hdx_str){line.ptr + 3, line.len - 3});
        if (id.len < 2 || !strchr("\"'", id.ptr[0]))
            return hdx_arena_copy(arena_of(t), id);
        return unescaped(t, (hdx_str){id.ptr + 1, id.len - 2});
    }
    return HDX_STR("");
}

static hdx_str full_path(tree *t, hdx_str below)
{
    return hdx_arena_format(arena_of(t), "%s/%.*s", t->import->options.into,
                            HDX_FMT(below));
}

/* The path of an article below its locale; empty: it is in none. */
static hdx_str tail_of(const hdx_entry *entry)
{
    const hdx_str end = HDX_STR(".md");
    const char *slash = strchr(entry->path.ptr, '/');
    if (entry->kind != HDX_ENTRY_FILE || !slash || entry->path.len < end.len ||
        strcmp(entry->path.ptr + entry->path.len - end.len, end.ptr) != 0)
        return HDX_STR("");
    return hdx_str_of(slash + 1);
}

static void note_there(tree *t, hdx_str key, size_t number)
{
    bool added = false;
    hdx_map_entry *entry = key.ptr ? hdx_map_add(&t->there, key, &added) : NULL;
    t->failed = t->failed || !entry;
    if (entry && added)
        entry->value = number;
}

/* Learns where the articles are that are there already. What cannot be read is
   left to compare(). */
static helpdex_status find_ids(tree *t)
{
    hdx_arena scratch = {0};
    for (size_t i = 0; i < t->listing.count && !t->failed; i++) {
        const hdx_entry *entry = &t->listing.items[i];
        hdx_str tail = tail_of(entry), text = HDX_STR(""), id = HDX_STR("");
        if (tail.len == 0)
            continue;
        hdx_arena_reset(&scratch);
        hdx_str path = full_path(t, entry->path);
        if (path.ptr &&
            !hdx_file_read(&scratch, path.ptr, HEAD_LIMIT, &text, NULL))
            id = id_in(t, text);
        t->failed = t->failed || !path.ptr || !id.ptr;
        take_path(t, tail);
        if (t->failed || id.len == 0)
            continue;
        note_there(t, id, i + 1);
        note_there(t,
                   hdx_arena_format(arena_of(t), "%.*s\t%.*s", HDX_FMT(id),
                                    (int)(tail.ptr - entry->path.ptr - 1),
                                    entry->path.ptr),
                   i + 1);
    }
    hdx_arena_free(&scratch);
    return t->failed ? hdx_fail_nomem(t->err) : HELPDEX_OK;
}

/* A family that is there stays where it is. The originals name new ones;
   without one, the first that came. */
static helpdex_status find_families(tree *t)
{
    hdx_import *import = t->import;
    for (size_t i = 0; i < import->count; i++) {
        bool added;
        hdx_map_entry *entry =
            hdx_map_add(&t->families, import->articles[i].id, &added);
        if (!entry)
            return hdx_fail_nomem(t->err);
        if (added || (import->articles[i].original &&
                      !import->articles[entry->value - 1].original))
            entry->value = i + 1;
    }
    for (size_t i = 0; i < import->count && !t->failed; i++) {
        hdx_incoming *a = &import->articles[i];
        const hdx_map_entry *there = hdx_map_find(&t->there, a->id);
        if (hdx_map_find(&t->families, a->id)->value != i + 1)
            continue;
        if (there)
            a->below = tail_of(&t->listing.items[there->value - 1]);
        else
            name_family(t, a);
    }
    return t->failed ? hdx_fail_nomem(t->err) : HELPDEX_OK;
}

/* Where an article of a family is in a locale: where it is already, else where
   its family is. `ptr` is NULL when memory is out. */
static hdx_str path_in(tree *t, size_t family, hdx_str locale)
{
    const hdx_incoming *a = &t->import->articles[family];
    hdx_str key = hdx_arena_format(arena_of(t), "%.*s\t%.*s", HDX_FMT(a->id),
                                   HDX_FMT(locale));
    const hdx_map_entry *there = key.ptr ? hdx_map_find(&t->there, key) : NULL;
    t->failed = t->failed || !key.ptr;
    return there ? t->listing.items[there->value - 1].path
                 : hdx_arena_format(arena_of(t), "%.*s/%.*s", HDX_FMT(locale),
                                    HDX_FMT(a->below));
}

static helpdex_status place(tree *t, hdx_incoming *a)
{
    size_t family = hdx_map_find(&t->families, a->id)->value - 1;
    a->path = path_in(t, family, a->locale);
    return t->failed || !a->path.ptr ? hdx_fail_nomem(t->err) : HELPDEX_OK;
}

/* An article that links to others. */
typedef struct linker {
    tree *tree;
    const hdx_incoming *article;
} linker;

static hdx_str path_of(void *context, hdx_str id)
{
    linker *l = context;
    const hdx_map_entry *family = hdx_map_find(&l->tree->families, id);
    if (!family)
        return HDX_STR("");
    hdx_str path = path_in(l->tree, family->value - 1, l->article->locale);
    l->tree->failed = l->tree->failed || !path.ptr;
    return path;
}

static helpdex_status join(tree *t, hdx_incoming *a)
{
    linker l = {.tree = t, .article = a};
    helpdex_status status =
        hdx_links_localise(&t->import->in, a, path_of, &l, &a->body, t->err);
    return !status && t->failed ? hdx_fail_nomem(t->err) : status;
}

/* Whether `path` is `link`, or lies behind it. */
static bool is_behind(hdx_str path, hdx_str link)
{
    return hdx_str_starts(path, link) &&
           (path.len == link.len || path.ptr[link.len] == '/');
}

/* Compares an article with what is there. `texts` of it is then empty if
   nothing has to be written. */
static helpdex_status compare(tree *t, size_t number)
{
    const hdx_incoming *a = &t->import->articles[number];
    hdx_arena scratch = {0};
    hdx_str path = full_path(t, a->path), old;
    helpdex_error fault;
    if (!path.ptr)
        return hdx_fail_nomem(t->err);
    hdx_place there = {.file = path.ptr};
    for (size_t i = 0; i < t->listing.count; i++)
        if (t->listing.items[i].link &&
            is_behind(a->path, t->listing.items[i].path))
            return hdx_intake_say(&t->import->in, HELPDEX_ERROR, there, t->err,
                                  "%s is a link, and nothing is written "
                                  "behind one; put a folder there",
                                  t->listing.items[i].path.ptr);
    if (!hdx_file_exists(path.ptr))
        return HELPDEX_OK;
    helpdex_status status =
        hdx_file_read(&scratch, path.ptr, SIZE_MAX / 2, &old, &fault);
    if (!status && hdx_str_eq(old, t->texts[number])) {
        t->texts[number] = HDX_STR("");
        t->import->unchanged++;
    } else if (!status && !t->import->options.force) {
        status = hdx_intake_say(
            &t->import->in, HELPDEX_ERROR, there, t->err,
            "is there already and differs from article %.*s; look at it, then "
            "use --force to replace it",
            HDX_FMT(a->id));
    } else if (status) {
        status = hdx_intake_say(&t->import->in, HELPDEX_ERROR, there, t->err,
                                "%s", fault.message);
    }
    hdx_arena_free(&scratch);
    return status;
}

/* A new knowledge base says that it is native, so that a category called like
   a language is not taken for one, and which locale is the original. */
static helpdex_status configure(tree *t)
{
    const hdx_import *import = t->import;
    const char *original = NULL;
    bool agree = true;
    if (t->listing.count || import->count == 0)
        return HELPDEX_OK;
    for (size_t i = 0; i < import->count; i++) {
        const hdx_incoming *a = &import->articles[i];
        if (!a->original)
            continue;
        agree = agree && (!original || strcmp(original, a->locale.ptr) == 0);
        original = a->locale.ptr;
    }
    t->config = hdx_arena_format(arena_of(t), "layout: native\n%s%s%s",
                                 original && agree ? "default_locale: \"" : "",
                                 original && agree ? original : "",
                                 original && agree ? "\"\n" : "");
    return t->config.ptr ? HELPDEX_OK : hdx_fail_nomem(t->err);
}

static helpdex_status move_in(tree *t, const char *from, hdx_str below)
{
    hdx_str to = full_path(t, below);
    hdx_str folder = {to.ptr, to.len};
    if (!to.ptr)
        return hdx_fail_nomem(t->err);
    while (folder.ptr[folder.len - 1] != '/')
        folder.len--;
    hdx_str made =
        hdx_arena_copy(arena_of(t), (hdx_str){folder.ptr, folder.len - 1});
    helpdex_status status =
        made.ptr ? hdx_dir_make(made.ptr, t->err) : hdx_fail_nomem(t->err);
    return status ? status : hdx_file_rename(from, to.ptr, t->err);
}

/* Writes, or with `moving` moves into place, what is to be written. */
static helpdex_status each_file(tree *t, const char *beside, bool moving)
{
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i <= t->import->count && !status; i++) {
        bool last = i == t->import->count;
        hdx_str text = last ? t->config : t->texts[i];
        hdx_str below =
            last ? HDX_STR("helpdex.yml") : t->import->articles[i].path;
        hdx_str from = hdx_arena_format(arena_of(t), "%s/%zu", beside, i);
        if (text.len == 0)
            continue;
        if (!from.ptr)
            return hdx_fail_nomem(t->err);
        status = moving ? move_in(t, from.ptr, below)
                        : hdx_file_write(from.ptr, text, t->err);
        t->import->written += moving && !last && !status;
    }
    return status;
}

static helpdex_status write_all(tree *t)
{
    hdx_str beside = full_path(t, HDX_STR(".import.new"));
    if (!beside.ptr)
        return hdx_fail_nomem(t->err);
    helpdex_status status = hdx_dir_remove(beside.ptr, t->err);
    if (!status)
        status = hdx_dir_make(beside.ptr, t->err);
    if (!status)
        status = each_file(t, beside.ptr, false);
    if (!status)
        status = each_file(t, beside.ptr, true);
    helpdex_status removed = hdx_dir_remove(beside.ptr, status ? NULL : t->err);
    return status ? status : removed;
}

/* What is in the knowledge base; nothing, if there is none yet. */
static helpdex_status look(tree *t)
{
    if (!hdx_file_exists(t->import->options.into))
        return HELPDEX_OK;
    helpdex_status status = hdx_dir_list(arena_of(t), t->import->options.into,
                                         true, &t->listing, t->err);
    return status ? status : find_ids(t);
}

static helpdex_status plan(tree *t)
{
    hdx_import *import = t->import;
    helpdex_status status = look(t);
    if (!status)
        status = find_families(t);
    t->texts =
        hdx_arena_alloc(arena_of(t), (import->count + 1) * sizeof *t->texts);
    if (!status && !t->texts)
        status = hdx_fail_nomem(t->err);
    for (size_t i = 0; i < import->count && !status; i++)
        status = place(t, &import->articles[i]);
    for (size_t i = 0; i < import->count && !status; i++) {
        status = join(t, &import->articles[i]);
        if (!status)
            status = hdx_compose(arena_of(t), &import->articles[i],
                                 &t->texts[i], t->err);
        if (!status)
            status = compare(t, i);
    }
    return status ? status : configure(t);
}

helpdex_status hdx_import_write(hdx_import *import, helpdex_error *err)
{
    tree t = {.import = import, .err = err};
    helpdex_status status = plan(&t);
    if (!status && !import->in.refused)
        status = write_all(&t);
    hdx_map_free(&t.there);
    hdx_map_free(&t.families);
    hdx_map_free(&t.paths);
    return status;
}
