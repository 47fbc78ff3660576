/*
 * Opening the triage paths of a generation. They were checked when it was
 * built; what cannot be read here was built by another version.
 */
#include "assist/pathbook.h"

#include "base/file.h"
#include "store/schema.h"

enum { PATH_LIMIT = 1 << 20 };

static helpdex_status read_paths(const char *generation, hdx_pathbook *book,
                                 helpdex_error *err)
{
    hdx_listing files;
    hdx_str dir =
        hdx_arena_format(&book->arena, "%s/" HDX_PATHS_DIR, generation);
    if (!dir.ptr)
        return hdx_fail_nomem(err);
    if (!hdx_dir_exists(dir.ptr))
        return HELPDEX_OK;
    helpdex_status status =
        hdx_dir_list(&book->arena, dir.ptr, false, &files, err);
    for (size_t i = 0; !status && i < files.count; i++) {
        const char *name = files.items[i].path.ptr;
        hdx_str path = hdx_arena_format(&book->arena, "%s/%s", dir.ptr, name);
        hdx_str text;
        if (!path.ptr)
            return hdx_fail_nomem(err);
        status = hdx_file_read(&book->arena, path.ptr, PATH_LIMIT, &text, err);
        if (!status)
            status = hdx_paths_read(&book->paths, text, path.ptr, name, err);
    }
    return status;
}

static const hdx_locale *find_locale(const hdx_pathbook *book, hdx_str tag)
{
    for (size_t i = 0; i < book->locale_count; i++)
        if (hdx_str_eq(book->tags[i], tag))
            return &book->locales[i];
    return NULL;
}

const hdx_locale *hdx_pathbook_locale(const hdx_pathbook *book,
                                      const hdx_local_text *text)
{
    return text->locale.len ? find_locale(book, text->locale)
                            : &book->default_locale;
}

static helpdex_status add_locales(hdx_pathbook *book,
                                  const hdx_local_texts *texts,
                                  helpdex_error *err)
{
    for (size_t i = 0; i < texts->count; i++) {
        hdx_str tag = texts->items[i].locale;
        if (tag.len == 0 || find_locale(book, tag))
            continue;
        if (!hdx_locale_parse(tag, &book->locales[book->locale_count]))
            return hdx_fail_nomem(err); /* the indexer knows it for a tag */
        book->tags[book->locale_count++] = tag;
    }
    return HELPDEX_OK;
}

/* All texts of a path, one list after the other; NULL behind the last. */
static const hdx_local_texts *texts_at(const hdx_path *path, size_t at)
{
    if (at < 2)
        return at == 0 ? &path->labels : &path->reassurance;
    at -= 2;
    if (at < path->slot_count)
        return &path->slots[at].ask;
    at -= path->slot_count;
    for (size_t i = 0; i < path->node_count; i++) {
        const hdx_path_node *node = &path->nodes[i];
        if (at < 2)
            return at == 0 ? &node->text : &node->failed;
        at -= 2;
        if (at < node->option_count)
            return &node->options[at].label;
        at -= node->option_count;
    }
    return NULL;
}

static helpdex_status list_locales(hdx_pathbook *book, helpdex_error *err)
{
    const hdx_local_texts *texts;
    size_t most = 0;
    for (size_t i = 0; i < book->paths.count; i++)
        for (size_t n = 0; (texts = texts_at(&book->paths.items[i], n)); n++)
            most += texts->count;
    book->locales =
        hdx_arena_alloc(&book->arena, (most + 1) * sizeof *book->locales);
    book->tags = hdx_arena_alloc(&book->arena, (most + 1) * sizeof *book->tags);
    if (!book->locales || !book->tags)
        return hdx_fail_nomem(err);
    helpdex_status status = HELPDEX_OK;
    for (size_t i = 0; i < book->paths.count; i++)
        for (size_t n = 0; (texts = texts_at(&book->paths.items[i], n)); n++)
            if (!status)
                status = add_locales(book, texts, err);
    return status;
}

static helpdex_status list_articles(hdx_pathbook *book, helpdex_error *err)
{
    bool added;
    for (size_t i = 0; i < book->paths.count; i++) {
        const hdx_local_texts *ids = &book->paths.items[i].articles;
        for (size_t n = 0; n < ids->count; n++) {
            hdx_map_entry *entry =
                hdx_map_add(&book->articles, ids->items[n].text, &added);
            if (!entry)
                return hdx_fail_nomem(err);
            entry->value = added ? i + 1 : entry->value;
        }
    }
    return HELPDEX_OK;
}

static helpdex_status list_labels(hdx_pathbook *book, helpdex_error *err)
{
    size_t count = 0;
    for (size_t i = 0; i < book->paths.count; i++)
        count += book->paths.items[i].labels.count;
    book->labels =
        hdx_arena_alloc(&book->arena, (count + 1) * sizeof *book->labels);
    if (!book->labels)
        return hdx_fail_nomem(err);
    for (size_t i = 0; i < book->paths.count; i++) {
        const hdx_path *path = &book->paths.items[i];
        for (size_t n = 0; n < path->labels.count; n++) {
            const hdx_local_text *text = &path->labels.items[n];
            hdx_path_label *label = &book->labels[book->label_count++];
            label->path = path;
            label->locale = hdx_pathbook_locale(book, text);
            if (!hdx_phrase_prepare(&book->arena, text->text, &label->phrase))
                return hdx_fail_nomem(err);
            hdx_phrase_loosen(&label->phrase);
        }
    }
    return HELPDEX_OK;
}

helpdex_status hdx_pathbook_open(const char *generation,
                                 const hdx_locale *default_locale,
                                 hdx_pathbook *out, helpdex_error *err)
{
    *out = (hdx_pathbook){.default_locale = *default_locale};
    helpdex_status status = read_paths(generation, out, err);
    if (!status)
        status = list_locales(out, err);
    if (!status)
        status = list_articles(out, err);
    return status ? status : list_labels(out, err);
}

void hdx_pathbook_close(hdx_pathbook *book)
{
    hdx_paths_free(&book->paths);
    hdx_map_free(&book->articles);
    hdx_arena_free(&book->arena);
    *book = (hdx_pathbook){0};
}

const hdx_path *hdx_pathbook_find(const hdx_pathbook *book, hdx_str name)
{
    for (size_t i = 0; i < book->paths.count; i++)
        if (hdx_str_eq(book->paths.items[i].name, name))
            return &book->paths.items[i];
    return NULL;
}

const hdx_path *hdx_pathbook_by_article(const hdx_pathbook *book, hdx_str id)
{
    const hdx_map_entry *entry = hdx_map_find(&book->articles, id);
    return entry ? &book->paths.items[entry->value - 1] : NULL;
}

const hdx_path *hdx_pathbook_by_label(const hdx_pathbook *book,
                                      const hdx_locale *reader,
                                      const hdx_phrase_text *message)
{
    const hdx_path_label *best = NULL;
    for (size_t i = 0; i < book->label_count; i++) {
        const hdx_path_label *label = &book->labels[i];
        if ((!best || label->phrase.count > best->phrase.count) &&
            hdx_locale_fit(reader, label->locale) > 0 &&
            hdx_phrase_find(message, &label->phrase) != SIZE_MAX)
            best = label;
    }
    return best ? best->path : NULL;
}

const hdx_local_text *hdx_pathbook_text(const hdx_pathbook *book,
                                        const hdx_local_texts *texts,
                                        hdx_readers readers)
{
    const hdx_local_text *best = NULL;
    for (size_t i = 0; i < readers.count && !best; i++) {
        int best_fit = 0;
        for (size_t n = 0; n < texts->count; n++) {
            const hdx_local_text *text = &texts->items[n];
            int fit = hdx_locale_fit(&readers.locales[i],
                                     hdx_pathbook_locale(book, text));
            if (fit > best_fit) {
                best_fit = fit;
                best = text;
            }
        }
    }
    return best || texts->count == 0 ? best : &texts->items[0];
}
